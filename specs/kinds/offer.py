"""What steps offer to others: properties with the values they hold, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ..types import DataType


class Form(StrEnum):
    """What a value is, whatever it means."""

    FOLDER = "folder"
    """A prefix in S3, with any number of files under it."""
    FILE = "file"
    """One file in S3."""
    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    """What names a thing: a name, an ARN, an id."""
    ANY = "any"


WORDS = (DataType.STRING, DataType.JSON, DataType.PYTHON)
"""Data types of values that may be anything that can be written."""

NUMERIC_TYPES = (DataType.FLOAT, DataType.INTEGER, DataType.BOOLEAN)


@dataclass(frozen=True)
class Offer:
    """A property that steps of a kind have for outputs whose name, type and data type fit.

    `path` is a template in which `{name}` stands for the output's name; `name` is a regular expression over
    the whole name; empty `types` or `data_types` fit all. The first fitting offer of a kind is the default.
    `joined` tells that the value is no single property, but is put together of several; `file`, that it is
    read from a JSON file under the property.
    """

    path: str
    form: Form = Form.ANY
    name: str = ".*"
    types: tuple[str, ...] = ()
    data_types: tuple[str, ...] = ()
    joined: bool = False
    file: str = ""

    def fits(self, name: str, type_: str, data_type: str) -> bool:
        """Tell whether an output so named and typed is this property."""
        return (
            (self.name == ".*" or re.fullmatch(self.name, name) is not None)
            and (not self.types or type_ in self.types)
            and (not self.data_types or data_type in self.data_types)
        )

    def at(self, name: str) -> str:
        """Write the path of the output called `name`."""
        return self.path.format(name=name)

    @property
    def is_attribute(self) -> bool:
        """Tell whether every step of the kind has it, under a name of its own."""
        return self.name != ".*" and not self.types


def attributes(*names: str, form: Form = Form.NAME) -> tuple[Offer, ...]:
    """Offer members of a step's properties under their own names."""
    return tuple(attribute(name, name, form) for name in names)


def attribute(name: str, path: str, form: Form = Form.NAME) -> Offer:
    """Offer a property under a name of its own."""
    return Offer(path, form, name=re.escape(name))
