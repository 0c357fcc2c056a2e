"""Brings raw data into the pipeline, by a program of one's own."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..specification import StepSpecification
from .common_ports import LOADED

DATA_LOAD_SPEC = StepSpecification(step_type="DataLoad", kind=PROCESSING.name, outputs=[LOADED])
