"""The references of a pipeline definition, held against the steps, outputs and parameters that are there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Problem
from ..problems.suggestions import did_you_mean, shown
from ..specs.expressions import Get, iter_expressions, parse_get
from ..specs.kinds.catalogue import find_kind
from ..specs.kinds.for_each import FOR_EACH
from ..specs.paths import Index, Key, Member, PathError, Token, parse_path
from ..specs.step import STEP_NAME
from .loop_outputs import ReferenceFault, understand_get
from .steps import DefinedStep, Definition, feature_outputs, needs, output_names
from .subjects import MakeProblem

# Source: the SDKs' execution variables.
EXECUTION_VARIABLES = (
    "CurrentDateTime",
    "PipelineArn",
    "PipelineExecutionArn",
    "PipelineExecutionId",
    "PipelineName",
    "StartDateTime",
    "ProcessingJobName",
    "TrainingJobName",
)


@dataclass(frozen=True)
class Known:
    """What the references of a definition may name."""

    steps: Mapping[str, DefinedStep]
    parameters: tuple[str, ...]
    unread: frozenset[str] = frozenset()
    """Steps that are there but could not be read, so that nothing is known of what they have."""


def check_references(definition: Definition) -> tuple[Problem, ...]:
    """Find every reference of a definition (version 2020-12-01) to something that is not there.

    SW401 a step, SW402 a parameter, SW403 a property file, SW404 an output; SW405 a reference without the
    form of one; SW406 steps in a cycle; SW407 a step's name illegal or given twice.
    """
    known = known_names(definition)
    found = [*_check_names(definition.steps), *check_cycles(definition)]
    for step in definition.steps:
        found += check_value(step.body, known, step.problem)
        found += _check_order(step, known)
        found += _check_property_files(step)
    return tuple(sorted(set(found), key=lambda problem: (problem.code, problem.message)))


def known_names(definition: Definition) -> Known:
    """Gather what the references of a definition may name."""
    steps = {step.name: step for step in reversed(definition.steps)}
    return Known(steps, tuple(item.name for item in definition.parameters), definition.unread)


def check_value(value: Any, known: Known, report: MakeProblem) -> Iterator[Problem]:
    """Check every expression in a JSON value; `report` makes a problem of what is wrong at a place in it."""
    for location, expression in iter_expressions(value):
        in_json_get = location[-2:] == ("Std:JsonGet", "PropertyFile")
        for code, message, hint in _expression_faults(expression, known, in_json_get=in_json_get):
            yield report(code, location, message, hint)


def _check_names(steps: Sequence[DefinedStep]) -> Iterator[Problem]:
    counts = Counter(step.name for step in steps)
    last = {step.name: step for step in steps}
    for name, count in counts.items():
        where = (*last[name].location, "Name")
        if count > 1:
            message = f"step '{name}': {count} steps have this name"
            yield Problem(Code.STEP_NAME, message, hint="rename all but one", location=where)
        if not STEP_NAME.fullmatch(name):
            message, hint = (
                f"step {name!r}: not a step's name",
                "1 to 64 letters, digits, hyphens and underscores",
            )
            yield Problem(Code.STEP_NAME, message, hint=hint, location=where)


def _check_order(step: DefinedStep, known: Known) -> Iterator[Problem]:
    for index, name in enumerate(step.depends_on):
        if name not in known.steps and name not in known.unread:
            message, hint = f"there is no step '{name}'", did_you_mean(name, known.steps)
            yield step.problem(Code.UNKNOWN_STEP, ("DependsOn", index), message, hint)


def _check_property_files(step: DefinedStep) -> Iterator[Problem]:
    outputs = output_names(step)
    for index, file in enumerate(step.property_files):
        if file.output_name not in outputs:
            message = f"the step has no output '{file.output_name}'"
            hint = did_you_mean(file.output_name, outputs)
            yield step.problem(Code.UNKNOWN_OUTPUT, ("PropertyFiles", index, "OutputName"), message, hint)


def check_cycles(definition: Definition) -> Iterator[Problem]:
    """Find cycles that share no step, in the order of their least names (SW406)."""
    steps = {step.name: step for step in reversed(definition.steps)}
    graph = {name: sorted(needs(step) & steps.keys()) for name, step in sorted(steps.items())}
    while cycle := _find_cycle(graph):
        arrows = " -> ".join(f"'{name}'" for name in (*cycle, cycle[0]))
        message = f"steps {arrows}: each needs the one before it, and so none can be first"
        hint = "take away one of these references or DependsOn"
        yield Problem(Code.CYCLE, message, hint=hint, location=steps[cycle[0]].location)
        graph = {
            name: [item for item in before if item not in cycle]
            for name, before in graph.items()
            if name not in cycle
        }


def _find_cycle(graph: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        nodes: list[str] = error.args[1][:-1]  # the last repeats the first
        start = nodes.index(min(nodes))
        return (*nodes[start:], *nodes[:start])
    return ()


def _expression_faults(
    expression: Mapping[str, Any], known: Known, *, in_json_get: bool
) -> Iterator[ReferenceFault]:
    match expression:
        case {"Get": text}:
            yield from _get_faults(text, known, in_json_get=in_json_get)
        case {"Std:Join": {"Values": list() | tuple()} as join} if isinstance(join.get("On", ""), str):
            pass
        case {"Std:JsonGet": {"Path": _, "S3Uri": _}}:
            pass
        case {"Std:JsonGet": {"Path": _, "PropertyFile": {"Get": str(text)}}} if _is_property_file(text):
            pass
        case {"Std:JsonGet": _}:
            form = '{"PropertyFile": {"Get": "Steps.NAME.PropertyFiles.FILE"}, "Path": "a.b"}'
            yield Code.MALFORMED_REFERENCE, "Std:JsonGet has not its form", f"write {form}"
        case _:
            form = '{"On": "/", "Values": [...]}'
            yield Code.MALFORMED_REFERENCE, "Std:Join has not its form", f"write {form}"


def _get_faults(text: Any, known: Known, *, in_json_get: bool) -> Iterator[ReferenceFault]:
    parsed = parse_get(text) if isinstance(text, str) else None
    if parsed is None:
        forms = "write Steps.NAME.PROPERTY, Parameters.NAME or Execution.NAME"
        yield Code.MALFORMED_REFERENCE, f"{shown(text)}, is no reference", forms
        return
    get = understand_get(parsed, known.steps)
    if not isinstance(get, Get):
        yield get
    elif get.scope == FOR_EACH.name:
        return  # told where loops are checked
    elif get.scope == "Parameters":
        if get.name not in known.parameters:
            hint = did_you_mean(get.name, known.parameters)
            yield Code.UNKNOWN_PARAMETER, f"there is no parameter '{get.name}'", hint
    elif get.scope == "Execution":
        if get.name not in EXECUTION_VARIABLES:
            hint = did_you_mean(get.name, EXECUTION_VARIABLES)
            yield Code.MALFORMED_REFERENCE, f"there is no execution variable '{get.name}'", hint
    elif get.name in known.unread:
        return
    elif get.name not in known.steps:
        missing = f"there is no step '{get.name}' for '{text}'"
        yield Code.UNKNOWN_STEP, missing, did_you_mean(get.name, known.steps)
    elif _is_property_file(text):
        yield from _property_file_faults(get, known.steps[get.name], in_json_get=in_json_get)
    else:
        yield from _property_faults(get, known.steps[get.name])


def _is_property_file(text: str) -> bool:
    get = parse_get(text)
    return get is not None and get.scope == "Steps" and get.path.startswith("PropertyFiles.")


def _property_file_faults(get: Get, step: DefinedStep, *, in_json_get: bool) -> Iterator[ReferenceFault]:
    name = get.path.removeprefix("PropertyFiles.")
    files = [file.property_file_name for file in step.property_files]
    if name not in files:
        yield (
            Code.UNKNOWN_PROPERTY_FILE,
            f"step '{step.name}' has no property file '{name}'",
            did_you_mean(name, files) or "declare it in the step's PropertyFiles",
        )
    elif not in_json_get:
        message = f"the property file '{name}' of step '{step.name}' is not a value by itself"
        yield Code.MALFORMED_REFERENCE, message, "read one with Std:JsonGet"


def _property_faults(get: Get, step: DefinedStep) -> Iterator[ReferenceFault]:
    try:
        tokens = parse_path(get.path)
    except PathError as error:
        wrong = f"expected {error.expected} at character {error.offset + 1}"
        said = f"'{get.path}' of step '{step.name}' cannot be read: {wrong}"
        yield Code.MALFORMED_REFERENCE, said, _joined(step.name, get.path, error.offset)
        return
    wanted = _wanted_output(step, tokens)
    if wanted is None:
        return
    outputs = output_names(step)
    if isinstance(wanted, Key) and wanted.text not in outputs:
        missing = f"step '{step.name}' has no output '{wanted.text}'"
        yield Code.UNKNOWN_OUTPUT, missing, did_you_mean(wanted.text, outputs)
    if isinstance(wanted, Key) and wanted.text in feature_outputs(step) and Member("S3Output") in tokens:
        missing = f"output '{wanted.text}' of step '{step.name}' goes to a feature store, and has no S3Output"
        yield Code.UNKNOWN_OUTPUT, missing, "read the features by a query, or write them to S3 as well"
    if isinstance(wanted, Index) and wanted.number >= len(outputs):
        missing = f"step '{step.name}' has {len(outputs)} outputs, and so none at [{wanted.number}]"
        yield Code.UNKNOWN_OUTPUT, missing, did_you_mean("", outputs)


def _joined(step: str, path: str, end: int) -> str:
    """Write a reference to which a path was added, `….S3Uri/train.csv`, as the Join that was meant."""
    before, after = path[:end], path[end:]
    if not after.startswith("/"):
        return ""
    join = {"On": "", "Values": [{"Get": f"Steps.{step}.{before}"}, after]}
    return "write " + json.dumps({"Std:Join": join}, ensure_ascii=False)


def _wanted_output(step: DefinedStep, tokens: Sequence[Token]) -> Token | None:
    """Return the part of a path that picks one of a step's declared outputs, if there is one."""
    declared = find_kind(step.kind).declares
    way, rest = tokens[: len(declared)], tokens[len(declared) :]
    if not declared or tuple(way) != tuple(map(Member, declared)) or not rest:
        return None
    return rest[0]
