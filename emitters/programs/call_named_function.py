"""Calls a Python function in a training job, and keeps what it returns as JSON.

Arguments: the file of the function's module, in the channel of its code; the function's name; and for each
of its arguments NAME:TYPE, or NAME:TYPE:KEYS. A value is the hyperparameter of that name. With KEYS, a list
in JSON, it is what they lead to in the result of another function, which the channel of that name brings; of
the type Channel it is the folder of the channel that KEYS name. What the function returns is left as
`results.json` among the checkpoints, which SageMaker copies to S3 as they are.

Images have older Pythons than stepwire asks for: this runs from 3.7 on, and needs nothing else.
"""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

_ML = Path(__file__).absolute().parents[3]
_CHANNELS = _ML / "input" / "data"
_CODE = _CHANNELS / "function-code"
_RESULTS = "results.json"
_LONGEST = 1024  # of what SageMaker tells of a failure
_SHOWN = 60
_WHATEVER = ("Json", "Python")
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


class CallError(Exception):
    """What keeps a function from being called, or its result from being kept; its text says it."""


def main() -> None:
    """Call the function; of what goes wrong, leave word where SageMaker looks for it."""
    file, name, *described = sys.argv[1:]
    try:
        function = _find(Path(file).absolute(), name)
        arguments = dict(_argument(name, text) for text in described)
        _keep(name, _call(name, function, arguments))
    except CallError as error:
        failure = _ML / "output" / "failure"
        failure.parent.mkdir(parents=True, exist_ok=True)
        failure.write_text(str(error)[:_LONGEST], encoding="utf-8")
        sys.exit(1 if error.__cause__ else str(error))  # of what has a cause, the traceback has told it


def _find(file: Path, name: str) -> Callable[..., Any]:
    parts = file.relative_to(_CODE).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    sys.path[0] = str(_CODE)  # in place of this program's own folder
    try:
        found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    except BaseException as error:  # the module is the user's own: it may even exit
        raise _failure(f"{file.name} cannot be imported", error) from error
    return found


def _call(name: str, function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    try:
        return function(**arguments)
    except BaseException as error:  # one that exits has no result either
        raise _failure(f"{name}() failed", error) from error


def _failure(what: str, error: BaseException) -> CallError:
    """Print the traceback from the user's code on, and sum it up with the last line of that."""
    sys.stdout.flush()
    trace = error.__traceback__
    while trace and trace.tb_next and not _is_own(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace)
    return CallError(f"{what}: {type(error).__name__}: {error}{_place(error.__traceback__)}")


def _place(trace: TracebackType | None) -> str:
    lines = [item for item in traceback.extract_tb(trace) if _is_own(item.filename)]
    return f" ({Path(lines[-1].filename).name}, line {lines[-1].lineno})" if lines else ""


def _is_own(file: str) -> bool:
    return file.startswith(str(_CODE))


def _argument(function: str, described: str) -> tuple[str, Any]:
    """Return the name and the value of an argument; raises CallError where it has not its type."""
    name, type_, *rest = described.split(":", 2)
    keys = json.loads(rest[0]) if rest else None
    if type_ == "Channel":
        return name, str(_CHANNELS.joinpath(*keys or ()))
    try:
        value = _hyperparameter(name) if keys is None else _result(name, keys)
    except (OSError, ValueError, LookupError, TypeError) as error:
        said = f"{type(error).__name__}: {error}"
        raise CallError(f"{function}() cannot be given '{name}', which is not there: {said}") from None
    try:
        return name, _from_text(value, type_) if keys is None else _checked(value, type_)
    except (ValueError, OverflowError, TypeError, KeyError):
        raise CallError(f"{function}() takes '{name}' as {type_}, and was given {_shown(value)}") from None


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _hyperparameter(name: str) -> str:
    given = (_ML / "input" / "config" / "hyperparameters.json").read_text(encoding="utf-8")
    return str(json.loads(given)[name])


def _result(channel: str, keys: list[Any]) -> Any:
    value = json.loads((_CHANNELS / channel / _RESULTS).read_text(encoding="utf-8"))["Result"]
    for key in keys:
        value = value[key]
    return value


def _from_text(text: str, type_: str) -> Any:
    """Return the value of a data type that has travelled as a text."""
    if type_ == "Integer":
        return int(text)
    if type_ == "Float":
        return float(text)
    if type_ == "Boolean":
        return _TRUTHS[text.lower()]
    return _from_json(text) if type_ in _WHATEVER else text


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:  # a text is written as it is
        return _TRUTHS.get(text.lower(), text)


def _checked(value: Any, type_: str) -> Any:
    """Return a result as a value of a data type."""
    if type_ in _WHATEVER:
        return value
    if isinstance(value, str):
        return _from_text(value, type_)
    if type_ == "Boolean":
        return _TRUTHS[json.dumps(value)]
    if type_ in ("Integer", "Float") and isinstance(value, bool):
        raise TypeError
    if type_ == "Integer":
        return _whole(value)
    return float(value) if type_ == "Float" else json.dumps(value)


def _whole(number: float) -> int:
    if int(number) != number:
        raise ValueError
    return int(number)


def _keep(function: str, value: Any) -> None:
    """Leave what was returned where SageMaker takes it from; raises CallError for what is no JSON."""
    try:
        text = json.dumps({"Result": value}, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        hint = "return numbers, texts, lists and mappings of them"
        raise CallError(f"{function}() returned what is no JSON: {error}; {hint}") from None
    model, kept = _ML / "model", _ML / "checkpoints"
    # A training job leaves a model: where the function has written none, this is it.
    places = [kept] if model.is_dir() and any(model.iterdir()) else [kept, model]
    for folder in places:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _RESULTS).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
