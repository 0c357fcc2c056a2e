"""What a user gives: a document or a definition, on a path or, as `-`, on standard input; or a value."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Problem
from ..specs.text.limits import MAX_FILE_BYTES
from ..specs.text.source import SourceText, decoded, parse_source, read_text
from .recognise import DefinitionText, recognise, recognise_value

STANDARD_INPUT = "-"


class WritesDefinition(Protocol):
    """A Pipeline object of the SageMaker SDK (v2 or v3), read without network."""

    def definition(self) -> str:
        """Return the definition as JSON text."""
        ...


DefinitionValue = Mapping[str, Any] | WritesDefinition
"""A definition as a JSON value, the answer of DescribePipeline, or a Pipeline object of the SDK."""


def require_definition(value: object, name: str = "pipeline") -> DefinitionText:
    """Find the definition in a value, a text, or an SDK's object, whose name is the pipeline's.

    Raises DefinitionError for what is none.
    """
    if hasattr(value, "definition") and callable(value.definition):
        name, value = str(getattr(value, "name", name)), value.definition()
    found = recognise_value(value, name)
    if found is None:
        message, hint = "this is no pipeline definition", "one has 'Version' and 'Steps'"
        raise DefinitionError([Problem(Code.UNREADABLE, message, hint=hint)])
    return found


def read_given(text: str, file: str) -> DefinitionText | SourceText:
    """Read a definition, recognised by what it holds, or a document; `file` names it in messages.

    Raises DocumentError for what cannot be read and DefinitionError for a definition that is malformed.
    """
    return recognise(text, file) or parse_source(text, file)


def read_given_file(path: Path) -> DefinitionText | SourceText:
    """Read a file, or standard input, as `read_given` does its text."""
    file = str(path)
    return read_given(_read_standard_input() if file == STANDARD_INPUT else read_text(path), file)


@cache
def _read_standard_input() -> str:
    """Read standard input, which can be read only once."""
    return decoded(sys.stdin.buffer.read(MAX_FILE_BYTES + 1), STANDARD_INPUT)
