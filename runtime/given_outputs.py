"""Outputs that a user gives instead of having a step run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..definitions.steps import DefinedStep, output_names
from ..problems.codes import Code
from ..problems.errors import ParameterError
from ..problems.problem import Problem
from ..problems.suggestions import did_you_mean
from ..specs.kinds.catalogue import find_kind
from ..specs.kinds.function import CALLER_CHANNEL, RESULT, RESULTS_FILE
from ..specs.paths import Index, Key, Member, PathError, Token, parse_path, path_to_text
from .errors import ReasonError
from .request_models import RequestPart
from .runnable_kind import RunnableKind
from .step_job import Job, StepOutcome, write_json
from .steps.training_request import BOOTSTRAP, channel_names

_RESULT = Member(RESULT)
_TOO_DEEP = f"is given a {RESULT} that is nested too deep"


def read_given_outputs(given: Mapping[str, str], steps: Sequence[DefinedStep]) -> dict[str, RunnableKind]:
    """Return what takes the place of the steps whose outputs are given, by `STEP.output`.

    An output is one that the step declares, or a property path (`ModelArtifacts.S3ModelArtifacts`), of a
    function `Result` or a part of it by its keys. A value is a file or folder of this machine, JSON, or a
    text. Raises ParameterError for names that lead nowhere.
    """
    by_name = {step.name: step for step in steps}
    values: dict[str, dict[tuple[Token, ...], str]] = {}
    problems = []
    for name, value in given.items():
        step_name, _, output = name.partition(".")
        step = by_name.get(step_name)
        if step is None or not output:
            hint = did_you_mean(step_name, by_name)
            problems.append(Problem(Code.NO_SUCH_PARAMETER, f"'{name}' is no output of a step", hint=hint))
            continue
        try:
            path = _path(step, output)
        except PathError:
            problems.append(Problem(Code.NO_SUCH_PARAMETER, f"step '{step_name}' has no output '{output}'"))
            continue
        if _calls_function(step) and path[0] != _RESULT and not output[0].isupper():
            message = f"step '{step_name}' calls a function, of which a run knows no output '{output}'"
            hint = f"give {step_name}.{RESULT}=VALUE, all that it returns, or a part: {RESULT}['{output}']"
            problems.append(Problem(Code.NO_SUCH_PARAMETER, message, hint=hint))
        problems += _items(name, path)
        values.setdefault(step_name, {})[path] = value
    if problems:
        raise ParameterError(problems)
    return {name: _giving(found) for name, found in values.items()}


def _calls_function(step: DefinedStep) -> bool:
    return not channel_names(step.arguments).isdisjoint((BOOTSTRAP, CALLER_CHANNEL))


def _path(step: DefinedStep, output: str) -> tuple[Token, ...]:
    named = output in output_names(step) or (output.isidentifier() and not output[0].isupper())
    path = find_kind(step.kind).output_path(output, "", "") if named else None
    return parse_path(path or f"properties.{output}")


def _items(name: str, path: Sequence[Token]) -> Iterator[Problem]:
    """Tell of an item of a list in a result: nothing would say what the other items are."""
    item = next((place for place, token in enumerate(path) if isinstance(token, Index)), 0)
    if item and path[0] == _RESULT:
        message = f"'{name}' is an item of a list, which is given whole"
        whole = path_to_text(tuple(path[:item]))
        hint = f"give {name.partition('.')[0]}.{whole}='[…]', or a file with it"
        yield Problem(Code.NO_SUCH_PARAMETER, message, hint=hint)


def _giving(values: Mapping[tuple[Token, ...], str]) -> RunnableKind:
    def give(job: Job) -> StepOutcome:
        properties: dict[str, Any] = {}
        for path, text in values.items():
            _put(properties, path, _read_json(text) if path[0] == _RESULT else _value(text))
        if RESULT in properties:
            _keep_result(job, properties.pop(RESULT))
        outputs = {str(path[-1]): text for path, text in values.items()}
        return StepOutcome(properties, outputs, note="given")

    return RunnableKind(RequestPart, give)


def _keep_result(job: Job, result: Any) -> None:
    """Put the result of a function where others look for it; raises ReasonError."""
    output = job.request.get("OutputDataConfig")
    place = output.get("S3OutputPath") if isinstance(output, Mapping) else None
    if not isinstance(place, str):
        raise ReasonError(f"is given a {RESULT}, and calls no function")
    try:
        write_json(job.folder / RESULTS_FILE, {RESULT: result})
    except RecursionError:
        raise ReasonError(_TOO_DEEP) from None
    job.store.publish({"": job.folder / RESULTS_FILE}, f"{place}/{RESULTS_FILE}", take=True)


def _read_json(text: str) -> Any:
    """Return the value of a JSON file, or of JSON; any other text is itself. Raises ReasonError."""
    file = _existing(text)
    try:
        return json.loads(file.read_bytes() if file and file.is_file() else text)
    except (ValueError, OSError):
        return text
    except RecursionError:
        raise ReasonError(_TOO_DEEP) from None


def _existing(text: str) -> Path | None:
    """Return the file or folder that a text names; a text may be longer than any name."""
    try:
        return Path(text) if Path(text).exists() else None
    except (OSError, ValueError):
        return None


def _put(properties: dict[str, Any], path: Sequence[Token], value: Any) -> None:
    """Put a value at a path; what a list of named things would hold is held by its name."""
    *above, last = [_name(token) for token in path]
    for name in above:
        properties = properties.setdefault(name, {})
        if not isinstance(properties, dict):
            raise ReasonError(f"is given '{name}' both as a value and as parts of one")
    properties[last] = value


def _name(token: Token) -> str:
    match token:
        case Member(name):
            return name
        case Key(text):
            return text
        case Index(number):
            return str(number)
    raise ReasonError("is given what no property path names")


def _value(text: str) -> Any:
    if text.startswith("s3://"):
        return text
    if path := _existing(text):
        return str(path.resolve())
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
