"""What a port is: a dependency that a step has, or an output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from .frozen_model import Frozen
from .marks import Words
from .paths import PathError, parse_path, parse_slot
from .types import DataType

MAX_NAME_LENGTH = 256


def _port_name(name: str) -> str:
    if not name.strip():
        raise ValueError("a name is empty")
    if name != name.strip() or not name.isprintable() or len(name) > MAX_NAME_LENGTH:
        limits = f"at most {MAX_NAME_LENGTH} printable characters, no space around them"
        raise ValueError(f"{name!r} is no name: {limits}")
    return name


PortName = Annotated[str, AfterValidator(_port_name)]

NonEmptyName = Annotated[str, Field(min_length=1)]


def _slot(text: str) -> str:
    try:
        parse_slot(text)
    except PathError as error:
        raise ValueError(f"malformed: {error}") from None
    return text


def _path(text: str) -> str:
    try:
        parse_path(text)
    except PathError as error:
        raise ValueError(f"malformed: {error}") from None
    return text


def _file(name: str) -> str:
    parts = name.split("/")
    if not name or name != name.strip() or ".." in parts or "" in parts:
        raise ValueError(f"{name!r} is no file within the output's folder: write it as report.json")
    return name


class DependencySpec(Frozen):
    """A named, typed input of a step."""

    logical_name: PortName
    dependency_type: NonEmptyName = Field(validation_alias="type")
    data_type: DataType = DataType.S3_URI
    required: bool = True
    compatible_sources: Words = ()
    semantic_keywords: Words = ()
    aliases: Words = ()
    json_path: str | None = None
    slot: Annotated[str, AfterValidator(_slot)] | None = None
    may_share: bool = False
    description: str = ""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            logical_name: str,
            dependency_type: str = ...,
            type: str = ...,
            data_type: DataType | str = ...,
            required: bool = ...,
            compatible_sources: Sequence[str] = ...,
            semantic_keywords: Sequence[str] = ...,
            aliases: Sequence[str] = ...,
            json_path: str | None = ...,
            slot: str | None = ...,
            may_share: bool = ...,
            description: str = ...,
        ) -> None: ...


class OutputSpec(Frozen):
    """A named, typed product of a step."""

    logical_name: PortName
    output_type: NonEmptyName = Field(validation_alias="type")
    data_type: DataType = DataType.S3_URI
    property_path: Annotated[str, AfterValidator(_path)] | None = None
    aliases: Words = ()
    semantic_keywords: Words = ()
    max_consumers: int | None = Field(default=None, ge=1, strict=True)
    file: Annotated[str, AfterValidator(_file)] | None = None
    description: str = ""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            logical_name: str,
            output_type: str = ...,
            type: str = ...,
            data_type: DataType | str = ...,
            property_path: str | None = ...,
            aliases: Sequence[str] = ...,
            semantic_keywords: Sequence[str] = ...,
            max_consumers: int | None = ...,
            file: str | None = ...,
            description: str = ...,
        ) -> None: ...
