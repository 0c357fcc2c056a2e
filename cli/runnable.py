"""Tells a pipeline document from a definition, and makes either ready to run on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ..definitions.given import read_given_file
from ..definitions.recognise import DefinitionText
from ..emitters.as_emitted import as_emitted
from ..emitters.definition import Emission
from ..problems.codes import Code
from ..problems.errors import ParameterError
from ..problems.problem import Problem


def read_runnable(path: Path, emit: Callable[[], Emission]) -> Emission:
    """Read a definition, or have the document at `path` emitted.

    Raises DocumentError when the file cannot be read, DefinitionError for a definition of another version;
    whatever else is wrong with it is told when it is run.
    """
    found = read_given_file(path)
    if not isinstance(found, DefinitionText):
        return emit()
    return as_emitted(found)


def read_assignments(texts: Iterable[str]) -> dict[str, str]:
    """Read values as the command line gives them, NAME=VALUE; raises ParameterError for anything else."""
    found: dict[str, str] = {}
    problems = []
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            problems.append(
                Problem(Code.NO_SUCH_PARAMETER, f"'{text}' gives no input", hint="write it as NAME=VALUE")
            )
        elif name in found:
            problems.append(
                Problem(Code.NO_SUCH_PARAMETER, f"input '{name}' is given twice", hint="keep one")
            )
        found[name] = value
    if problems:
        raise ParameterError(problems)
    return found
