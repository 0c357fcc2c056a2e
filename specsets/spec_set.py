"""What a spec set says: its document, the variations of it, and what is expected of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from ..problems.problem import Location, Position
from ..specs.frozen_model import Frozen
from ..specs.text.discovery import ENDINGS
from ..specs.text.source import SourceText

AS_IT_IS = "as it is"
"""The name of the case without a variation."""


def _as_list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


NameList = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class Expectation(Frozen):
    """What is expected of a pipeline; what is None is not looked at.

    `bindings` are among those of the best wiring (null: unbound), `wiring` is all of them. `unresolved` and
    `unsound` hold the codes of the problems that keep it from being wired or read, `refused` those that keep
    it from being emitted, `missing` the dependencies that cannot be bound, `warnings` the codes of all
    warnings, `idle` all outputs, steps and inputs that nothing uses, `says` what stands in the words of a
    failure. With `snapshot`, the emitted definition is the one that was agreed.
    """

    bindings: Mapping[str, str | None] = Field(default_factory=dict)
    wiring: Mapping[str, str] | None = None
    unique: bool | None = None
    count: Annotated[int, Field(ge=0, strict=True)] | None = None
    ambiguous: NameList | None = None
    unresolved: NameList | None = None
    missing: NameList | None = None
    unsound: NameList | None = None
    refused: NameList | None = None
    warnings: NameList | None = None
    idle: NameList | None = None
    says: NameList = ()
    snapshot: bool = False

    @model_validator(mode="after")
    def _agree(self) -> Expectation:
        if not self.model_fields_set:
            raise ValueError("nothing is expected")
        of_failures = [name for name in ("unresolved", "unsound") if getattr(self, name) is not None]
        of_wirings = [name for name in _OF_WIRINGS if name in self.model_fields_set]
        if len(of_failures) == 2 or (of_failures and of_wirings):
            both = " and ".join(repr(name) for name in (*of_failures, *of_wirings)[:2])
            raise ValueError(f"{both} cannot both be expected")
        if self.snapshot and self.refused is not None:
            raise ValueError("'snapshot' and 'refused' cannot both be expected")
        return self

    @property
    def fails(self) -> bool:
        """Tell whether no wiring is expected."""
        return self.unresolved is not None or self.unsound is not None


_OF_WIRINGS = (
    "bindings",
    "wiring",
    "unique",
    "count",
    "ambiguous",
    "refused",
    "warnings",
    "idle",
    "snapshot",
)


class Variation(Frozen):
    """A change of the document, and what is expected after it.

    `without` names steps, ports and inputs; `rename` gives them other names, `retype` gives ports and inputs
    other types; `with` is merged into the document (null removes). They are made in this order: `rename`,
    `retype`, `with`, `without`.
    """

    name: str = ""
    without: NameList = ()
    rename: Mapping[str, str] = Field(default_factory=dict)
    retype: Mapping[str, str] = Field(default_factory=dict)
    with_: Mapping[str, Any] = Field(default_factory=dict, validation_alias="with")
    expect: Expectation

    @model_validator(mode="after")
    def _vary(self) -> Variation:
        if not (self.without or self.rename or self.retype or self.with_):
            raise ValueError("nothing is varied: give 'without', 'rename', 'retype' or 'with'")
        return self

    @property
    def title(self) -> str:
        """The name, or, without one, what is varied."""
        parts = [
            *(f"{old} as {new}" for old, new in self.rename.items()),
            *(f"{port} as {type_}" for port, type_ in self.retype.items()),
            *([f"with {', '.join(self.with_)}"] if self.with_ else []),
            *([f"without {', '.join(self.without)}"] if self.without else []),
        ]
        return self.name or "; ".join(parts)


@dataclass(frozen=True)
class SpecCase:
    """One thing to test: a name, where it stands, the variation or None, and what is expected.

    `places` tells where the keys of what is expected stand.
    """

    name: str
    position: Position
    variation: Variation | None
    expect: Expectation
    places: Mapping[Location, Position] = field(default_factory=dict)


@dataclass(frozen=True)
class SpecSet:
    """A document and its cases.

    `document` is the path of a document, or the text of one inside the spec set. `folder` is where relative
    paths start from, `allow` are folders whose files may be named beside those in it.
    """

    path: Path
    name: str
    document: Path | SourceText
    cases: tuple[SpecCase, ...]
    allow: tuple[Path, ...] = ()

    @property
    def folder(self) -> Path:
        """The folder that the document's relative paths start from."""
        return self.document.parent if isinstance(self.document, Path) else self.path.parent


def spec_set_stem(path: Path) -> str:
    """Return the name of a spec set's file without its ending."""
    ending = next((ending for ending in ENDINGS if path.name.endswith(ending)), path.suffix)
    return path.name.removesuffix(ending)
