"""stepwire wires SageMaker pipelines: steps say what they need and make, and a solver finds how they fit."""

from .emitters.builder import PipelineBuilder
from .errors import StepwireError
from .solver import count, explain, resolve, wirings
from .solver.dag import PipelineDAG
from .specs import (
    DependencySpec,
    DependencyType,
    NodeType,
    OutputSpec,
    PipelineSpec,
    PropertyReference,
    StepSpecification,
    load,
)

__all__ = [
    "DependencySpec",
    "DependencyType",
    "NodeType",
    "OutputSpec",
    "PipelineBuilder",
    "PipelineDAG",
    "PipelineSpec",
    "PropertyReference",
    "StepSpecification",
    "StepwireError",
    "count",
    "explain",
    "load",
    "resolve",
    "wirings",
]
