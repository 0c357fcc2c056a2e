"""stepwire wires SageMaker pipelines: steps say what they need and make, and a solver finds how they fit.

Names are imported when they are first used, so that the command can start fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api import count, explain, resolve, wirings
    from .authoring.builder import PipelineBuilder
    from .authoring.dag import PipelineDAG
    from .errors import StepwireError
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

_HOMES = {
    ".authoring.builder": ("PipelineBuilder",),
    ".errors": ("StepwireError",),
    ".api": ("count", "explain", "resolve", "wirings"),
    ".authoring.dag": ("PipelineDAG",),
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'stepwire' has no attribute '{name}'")
    home = next((module for module, names in _HOMES.items() if name in names), ".specs")
    return getattr(import_module(home, __name__), name)


def __dir__() -> list[str]:
    return __all__
