"""What values are (the type lattice), how they travel (data types), and where a step stands (node types)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from graphlib import CycleError, TopologicalSorter


class DependencyType(StrEnum):
    """The types that are always there; documents and libraries may add others."""

    TRAINING_DATA = "training_data"
    PROCESSING_OUTPUT = "processing_output"
    EVALUATION_REPORT = "evaluation_report"
    MODEL_ARTIFACTS = "model_artifacts"
    HYPERPARAMETERS = "hyperparameters"
    PAYLOAD_SAMPLES = "payload_samples"
    PROPERTY_FILE = "property_file"
    CUSTOM_PROPERTY = "custom_property"
    ANY = "any"


class DataType(StrEnum):
    """How a value travels."""

    S3_URI = "S3Uri"
    MODEL_NAME = "ModelName"
    MODEL_PACKAGE_ARN = "ModelPackageArn"
    IMAGE_URI = "ImageUri"
    MODEL_OBJECT = "ModelObject"
    STRING = "String"
    JSON = "Json"
    INTEGER = "Integer"
    FLOAT = "Float"
    BOOLEAN = "Boolean"
    PYTHON = "Python"


class NodeType(StrEnum):
    """Where a step stands in a pipeline, told by what it has."""

    SOURCE = "source"
    """Outputs, no dependencies."""
    INTERNAL = "internal"
    """Dependencies and outputs."""
    SINK = "sink"
    """Dependencies, no outputs."""
    SINGULAR = "singular"
    """Neither."""

    @classmethod
    def of(cls, *, dependencies: bool, outputs: bool) -> NodeType:
        """Name the node type of a step that has, or has not, dependencies and outputs."""
        if dependencies:
            return cls.INTERNAL if outputs else cls.SINK
        return cls.SOURCE if outputs else cls.SINGULAR


class Match(StrEnum):
    """In which way a dependency's type accepts an output's."""

    EXACT = "exact"
    SUBTYPE = "subtype"
    CONVERSION = "conversion"
    UNTYPED = "untyped"
    """One of the two is `any`."""


_T = DependencyType
_D = DataType

PARENTS: Mapping[str, tuple[str, ...]] = {
    _T.TRAINING_DATA: (),
    _T.PROCESSING_OUTPUT: (),
    _T.EVALUATION_REPORT: (_T.PROCESSING_OUTPUT,),
    _T.MODEL_ARTIFACTS: (),
    _T.HYPERPARAMETERS: (),
    _T.PAYLOAD_SAMPLES: (),
    _T.PROPERTY_FILE: (),
    _T.CUSTOM_PROPERTY: (),
    _T.ANY: (),
}
"""The types that are always there, each with the types it is a kind of."""

CONVERSIONS: Mapping[str, tuple[str, ...]] = {
    _T.TRAINING_DATA: (_T.PROCESSING_OUTPUT,),
    _T.PROCESSING_OUTPUT: (_T.TRAINING_DATA,),
    _T.EVALUATION_REPORT: (_T.PROCESSING_OUTPUT,),
    _T.HYPERPARAMETERS: (_T.CUSTOM_PROPERTY,),
    _T.PAYLOAD_SAMPLES: (_T.PROCESSING_OUTPUT,),
    _T.CUSTOM_PROPERTY: (_T.PROPERTY_FILE, _T.HYPERPARAMETERS),
}
"""Per dependency type, the other exact output types it accepts; these do not chain."""

_TEXT = (_D.STRING, _D.PYTHON)

TRAVELS: Mapping[str, tuple[str, ...]] = {
    _D.S3_URI: (_D.S3_URI, *_TEXT),
    _D.MODEL_NAME: (_D.MODEL_NAME, *_TEXT),
    _D.MODEL_PACKAGE_ARN: (_D.MODEL_PACKAGE_ARN, *_TEXT),
    _D.IMAGE_URI: (_D.IMAGE_URI, *_TEXT),
    _D.MODEL_OBJECT: (_D.MODEL_OBJECT,),
    _D.STRING: (
        _D.STRING,
        _D.S3_URI,
        _D.MODEL_NAME,
        _D.MODEL_PACKAGE_ARN,
        _D.IMAGE_URI,
        _D.INTEGER,
        _D.FLOAT,
        _D.BOOLEAN,
        _D.JSON,
        _D.PYTHON,
    ),
    _D.JSON: (_D.JSON, _D.STRING, _D.INTEGER, _D.FLOAT, _D.BOOLEAN, _D.PYTHON),
    _D.INTEGER: (_D.INTEGER, _D.STRING, _D.JSON, _D.PYTHON),
    _D.FLOAT: (_D.FLOAT, _D.INTEGER, _D.STRING, _D.JSON, _D.PYTHON),
    _D.BOOLEAN: (_D.BOOLEAN, _D.STRING, _D.JSON, _D.PYTHON),
    _D.PYTHON: tuple(_D),
}
"""Per dependency data type, the output data types that can travel into it."""


@dataclass(frozen=True)
class TypeLattice:
    """The types that a pipeline knows and which of them accepts which.

    `declared` maps each type added by a document or library to the types it is a kind of; the shipped
    types are always there. Parents that do not exist and cycles are for the document's check to report;
    here they simply lead nowhere.
    """

    declared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """Map every known type to its direct parents."""
        return {**PARENTS, **self.declared}

    def ancestors(self, name: str) -> frozenset[str]:
        """Return the type itself and every type above it."""
        return _reached(name, self.parents)

    @cached_property
    def is_acyclic(self) -> bool:
        """Tell whether no type is a kind of itself."""
        try:
            TopologicalSorter(self.parents).prepare()
        except CycleError:
            return False
        return True

    @cached_property
    def _children(self) -> Mapping[str, Sequence[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, parents in self.parents.items():
            for parent in parents:
                found[parent].append(name)
        return found

    def _below(self, name: str) -> Iterator[str]:
        """Yield the type itself and those below it, in the order in which they are declared."""
        below = _reached(name, self._children)
        return (each for each in self.parents if each in below)

    @cached_property
    def _accepted(self) -> dict[str, Mapping[str, Match]]:
        return {}

    def _accepted_by(self, wanted: str) -> Mapping[str, Match]:
        accepted = dict.fromkeys(CONVERSIONS.get(wanted, ()), Match.CONVERSION)
        if wanted == DependencyType.ANY:
            accepted.update(dict.fromkeys(self.parents, Match.UNTYPED))
        accepted[DependencyType.ANY] = Match.UNTYPED
        accepted.update(dict.fromkeys(self._below(wanted), Match.SUBTYPE))
        accepted[wanted] = Match.EXACT
        return accepted

    def accepted(self, wanted: str) -> Mapping[str, Match]:
        """Return the output types that a dependency of type `wanted` accepts, and how."""
        if wanted not in self.parents:
            return {}
        found = self._accepted.get(wanted)
        if found is None:
            found = self._accepted[wanted] = self._accepted_by(wanted)
        return found

    def match(self, wanted: str, offered: str) -> Match | None:
        """Tell how a dependency of type `wanted` accepts an output of type `offered`; None if not."""
        return self.accepted(wanted).get(offered)


def _reached(name: str, following: Mapping[str, Sequence[str]]) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(following.get(current, ()))
    return frozenset(seen)


def travels(wanted: str, offered: str) -> bool:
    """Tell whether a value of data type `offered` can travel into a slot of data type `wanted`."""
    return offered in TRAVELS[wanted]
