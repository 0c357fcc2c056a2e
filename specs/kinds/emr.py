"""EMR: a step of a cluster of Amazon EMR."""

from __future__ import annotations

from .kind import StepKind, attributes
from .slot import Slot

EMR = StepKind(
    "EMR",
    outputs=attributes("Id") | {"Status": "Status.State"},
    slots=(Slot("StepConfig.HadoopJarStep.Args[Flag=--{name}]"),),
    serves=True,
)
