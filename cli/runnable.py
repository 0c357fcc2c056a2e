"""Tells a pipeline document from a definition, and makes either ready to run on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from ..emitters.definition import Emission
from ..emitters.settings import STAND_INS
from ..problems.codes import Code
from ..problems.errors import ParameterError
from ..problems.problem import Problem
from ..specs.text.source import read_source


def read_runnable(path: Path, emit: Callable[[], Emission]) -> Emission:
    """Read a definition, or have the document at `path` emitted.

    Raises DocumentError when the file cannot be read; a definition is checked when it is run.
    """
    if path.suffix == ".json":
        data = read_source(path).sound().data
        if isinstance(data, dict) and "Steps" in data and "steps" not in data:
            return Emission(path.stem, data, (), _stand_ins(data))
    return emit()


def _stand_ins(definition: Mapping[str, Any]) -> dict[str, str]:
    """Fill what stands for settings that were not given, as for a document."""
    declared = definition.get("Parameters")
    items = [item for item in declared if isinstance(item, Mapping)] if isinstance(declared, list) else []
    open_ = [item.get("Name") for item in items if "DefaultValue" not in item]
    return {name: value for name, value in STAND_INS.items() if name in open_}


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
