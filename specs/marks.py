"""Marks on the fields of models: which lists are sets, and which texts speak of steps and ports."""

from __future__ import annotations

from enum import Enum
from typing import Annotated


class Mark(Enum):
    """What a field of a document means beyond its type."""

    SET = "a list whose order says nothing"
    GROUP = "a list that says nothing once one of its items is gone"
    INLINE = "a model whose keys stand among those of the model that holds it"
    UNDER_IS = "a list that a document writes as {is: [...]}"
    STEP = "the name of a step"
    DEPENDENCY = "the address of a dependency"
    SIBLING = "the name of a dependency of the same step"
    SOURCE = "the address of an output or an input"
    STEP_OR_SOURCE = "the name of a step, or the address of an output or an input"


StepName = Annotated[str, Mark.STEP]
DependencyAddress = Annotated[str, Mark.DEPENDENCY]
SiblingName = Annotated[str, Mark.SIBLING]
SourceAddress = Annotated[str, Mark.SOURCE]
StepOrSource = Annotated[str, Mark.STEP_OR_SOURCE]

Words = Annotated[tuple[str, ...], Mark.SET]
Groups = Annotated[tuple[Annotated[tuple[SiblingName, ...], Mark.SET, Mark.GROUP], ...], Mark.SET]
