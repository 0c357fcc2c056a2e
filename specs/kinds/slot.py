"""Where steps take references in their requests, and what belongs there, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..types import DataType
from .offer import Form

S3 = (DataType.S3_URI,)


@dataclass(frozen=True)
class Slot:
    """Where a kind of step takes the dependencies whose name, type and data type fit.

    `name` is a regular expression over the whole name, its groups available to `place` as {1}, {2}, …;
    empty `types` or `data_types` fit all. The first fitting slot of a kind is the default.

    `wants` says what a value is that belongs here, by the facets of `meaning`, for each group the best first.
    `named` tells that authors choose the names of such dependencies; SageMaker's own say nothing of a source.
    `form` is what the value must be: a file where a folder will not do.
    """

    place: str
    name: str = ".*"
    types: tuple[str, ...] = ()
    data_types: tuple[str, ...] = ()
    may_share: bool = False
    wants: tuple[str, ...] = ()
    named: bool = True
    form: Form = Form.ANY

    def fits(self, name: str, type_: str, data_type: str) -> bool:
        """Tell whether a dependency so named and typed goes here."""
        return (
            (self.name == ".*" or re.fullmatch(self.name, name) is not None)
            and (not self.types or type_ in self.types)
            and (not self.data_types or data_type in self.data_types)
        )

    def at(self, name: str) -> str:
        """Write the slot of the dependency called `name`."""
        match = re.fullmatch(self.name, name)
        groups = match.groups() if match else ()
        return self.place.format(name, *groups, name=name)


IMAGE = r"image(?:_uri)?"
