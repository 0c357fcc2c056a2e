"""What a step is, what a pipeline is, and how both are read."""

from .check import list_problems, require_sound
from .inputs import InputSpec
from .libraries import Library
from .library import LIBRARY
from .load import load, load_library, loads
from .pipeline import Branch, PipelineSpec, Policy
from .port import INPUTS, Port
from .port_specs import DependencySpec, OutputSpec
from .references import PropertyReference
from .specification import StepSpecification
from .step import Step
from .types import DataType, DependencyType, Match, NodeType, TypeLattice, travels

__all__ = [
    "INPUTS",
    "LIBRARY",
    "Branch",
    "DataType",
    "DependencySpec",
    "DependencyType",
    "InputSpec",
    "Library",
    "Match",
    "NodeType",
    "OutputSpec",
    "PipelineSpec",
    "Policy",
    "Port",
    "PropertyReference",
    "Step",
    "StepSpecification",
    "TypeLattice",
    "list_problems",
    "load",
    "load_library",
    "loads",
    "require_sound",
    "travels",
]
