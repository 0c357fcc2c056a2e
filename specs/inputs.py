"""What comes into a pipeline from outside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from ..problems.suggestions import did_you_mean, shown
from .frozen_model import Frozen
from .literals import Scalar
from .marks import Words
from .port_specs import NonEmptyName, OutputSpec
from .types import DataType

PARAMETER_NAME = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""SageMaker's pattern for the names of parameters; source: PipelineParameterName."""


class InputSpec(Frozen):
    """A value that comes from outside; it becomes a pipeline parameter."""

    input_type: NonEmptyName = Field(validation_alias="type")
    data_type: DataType = DataType.S3_URI
    default: Scalar | None = None
    enum: tuple[Scalar, ...] = ()
    roles: Words = ()
    aliases: Words = ()
    semantic_keywords: Words = ()
    description: str = ""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            input_type: str = ...,
            type: str = ...,
            data_type: DataType | str = ...,
            default: str | int | float | bool | None = ...,
            enum: Sequence[str | int | float | bool] = ...,
            roles: Sequence[str] = ...,
            aliases: Sequence[str] = ...,
            semantic_keywords: Sequence[str] = ...,
            description: str = ...,
        ) -> None: ...

    def as_output(self, name: str) -> OutputSpec:
        """See the input as the output of a step called `inputs`."""
        return OutputSpec(
            logical_name=name,
            output_type=self.input_type,
            data_type=self.data_type,
            aliases=self.aliases,
            semantic_keywords=self.semantic_keywords,
        )


_LITERALS: Mapping[str, tuple[tuple[type, ...], str]] = {
    DataType.INTEGER: ((int,), "a whole number"),
    DataType.FLOAT: ((float, int), "a number"),
    DataType.BOOLEAN: ((bool,), "true or false"),
}
"""How the default of an input is written; of all other data types, as a text."""


def wrong_default(given: InputSpec) -> tuple[str, str] | None:
    """Say what is wrong with the default of an input, and what may be meant; None when nothing is."""
    if given.default is None:
        return None
    types, words = _LITERALS.get(given.data_type, ((str,), "a text"))
    found = shown(given.default)
    if type(given.default) not in types:
        return f"its data_type {given.data_type} wants {words} as default, found {found}", ""
    if given.enum and given.default not in given.enum:
        names = [str(value) for value in given.enum]
        hint = did_you_mean(str(given.default), names, limit=0)
        return f"its default is none of {', '.join(names)}, found {found}", hint
    return None
