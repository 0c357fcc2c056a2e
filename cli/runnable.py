"""Tells a pipeline document from a definition, and makes either ready to run on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from ..definitions.check_pipeline import DEFINITION_VERSION
from ..definitions.recognise import DefinitionText
from ..emitters.definition import Emission
from ..emitters.settings import STAND_IN_SETTINGS
from ..problems.codes import Code
from ..problems.errors import DefinitionError, ParameterError
from ..problems.problem import Problem
from ..problems.suggestions import shown
from .given import read_given_file


def read_runnable(path: Path, emit: Callable[[], Emission]) -> Emission:
    """Read a definition, or have the document at `path` emitted.

    Raises DocumentError when the file cannot be read, DefinitionError for a definition of another version;
    whatever else is wrong with it is told when it is run.
    """
    found = read_given_file(path)
    if not isinstance(found, DefinitionText):
        return emit()
    body = found.definition.body
    if body.get("Version", DEFINITION_VERSION) != DEFINITION_VERSION:
        message = f"pipeline: Version: expected '{DEFINITION_VERSION}', found {shown(body.get('Version'))}"
        problem = Problem(Code.PIPELINE_LIMIT, message, location=("Version",))
        raise DefinitionError(found.placed([problem]))
    return Emission(found.name, body, (), _stand_ins(body))


def _stand_ins(definition: Mapping[str, Any]) -> dict[str, str]:
    """Fill what stands for settings that were not given, as for a document."""
    declared = definition.get("Parameters")
    items = [item for item in declared if isinstance(item, Mapping)] if isinstance(declared, list) else []
    open_ = [item.get("Name") for item in items if "DefaultValue" not in item]
    return {name: value for name, value in STAND_IN_SETTINGS.items() if name in open_}


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
