"""The references of a pipeline definition, held against the steps, outputs and parameters that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Problem
from ..problems.suggestions import did_you_mean, shown
from ..specs.kinds.catalogue import find_kind
from ..specs.paths import Index, Key, Member, PathError, Token, parse_path
from ..specs.pipeline import STEP_NAME
from .expressions import Get, iter_expressions, parse_get
from .steps import DefinedStep, needs, output_names, place_of, read_parameters, read_steps

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

# What only a ForEach step understands; not checked here.
_LOOP_SCOPES = ("ForEach.", "IterationOutput.")


class Fault(NamedTuple):
    """What is wrong with one reference, and what would be right."""

    code: Code
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Known:
    """What the references of a definition may name."""

    steps: Mapping[str, DefinedStep]
    parameters: tuple[str, ...]


def check_references(definition: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Find every reference of a definition (version 2020-12-01) to something that is not there.

    SW401 a step, SW402 a parameter, SW403 a property file, SW404 an output; SW405 a reference without the
    form of one; SW406 steps in a cycle; SW407 a step's name illegal or given twice; SW408, and then nothing
    else, where the definition itself is malformed.
    """
    try:
        steps, parameters = read_steps(definition), read_parameters(definition)
    except DefinitionError as error:
        return error.problems
    known = Known({step.name: step for step in reversed(steps)}, tuple(item.name for item in parameters))
    found = [*_check_names(steps), *_check_cycles(known)]
    for step in steps:
        found += check_value(step.body, known, f"step '{step.name}'")
        found += _check_order(step, known)
        found += _check_property_files(step)
    return tuple(sorted(set(found), key=lambda problem: (problem.code, problem.message)))


def check_value(value: Any, known: Known, subject: str) -> Iterator[Problem]:
    """Check every expression in a JSON value; `subject` (`step 'Train'`) is what the problems speak of."""
    for location, expression in iter_expressions(value):
        place = ": ".join(filter(None, (subject, place_of(location))))
        in_json_get = location[-2:] == ("Std:JsonGet", "PropertyFile")
        for fault in _expression_faults(expression, known, in_json_get=in_json_get):
            yield Problem(fault.code, f"{place}: {fault.message}", hint=fault.hint)


def _check_names(steps: Sequence[DefinedStep]) -> Iterator[Problem]:
    for name, count in Counter(step.name for step in steps).items():
        if count > 1:
            message = f"step '{name}': {count} steps have this name"
            yield Problem(Code.STEP_NAME, message, hint="rename all but one")
        if not STEP_NAME.fullmatch(name):
            message = f"step {name!r}: not a step's name"
            yield Problem(Code.STEP_NAME, message, hint="1 to 64 letters, digits, hyphens and underscores")


def _check_order(step: DefinedStep, known: Known) -> Iterator[Problem]:
    for index, name in enumerate(step.depends_on):
        if name not in known.steps:
            message = f"step '{step.name}': DependsOn[{index}]: there is no step '{name}'"
            yield Problem(Code.UNKNOWN_STEP, message, hint=did_you_mean(name, known.steps))


def _check_property_files(step: DefinedStep) -> Iterator[Problem]:
    outputs = output_names(step)
    for index, file in enumerate(step.property_files):
        if file.output_name not in outputs:
            place = f"step '{step.name}': PropertyFiles[{index}].OutputName"
            message = f"{place}: the step has no output '{file.output_name}'"
            yield Problem(Code.UNKNOWN_OUTPUT, message, hint=did_you_mean(file.output_name, outputs))


def _check_cycles(known: Known) -> Iterator[Problem]:
    """Report cycles that share no step, in the order of their least names."""
    graph = {name: sorted(needs(step) & known.steps.keys()) for name, step in sorted(known.steps.items())}
    while cycle := _find_cycle(graph):
        arrows = " -> ".join(f"'{name}'" for name in (*cycle, cycle[0]))
        message = f"steps {arrows}: each needs the one before it, and so none can be first"
        yield Problem(Code.CYCLE, message, hint="take away one of these references or DependsOn")
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


def _expression_faults(expression: Mapping[str, Any], known: Known, *, in_json_get: bool) -> Iterator[Fault]:
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
            yield Fault(Code.MALFORMED_REFERENCE, "Std:JsonGet has not its form", f"write {form}")
        case _:
            form = '{"On": "/", "Values": [...]}'
            yield Fault(Code.MALFORMED_REFERENCE, "Std:Join has not its form", f"write {form}")


def _get_faults(text: Any, known: Known, *, in_json_get: bool) -> Iterator[Fault]:
    if isinstance(text, str) and text.startswith(_LOOP_SCOPES):
        return
    get = parse_get(text) if isinstance(text, str) else None
    if get is None:
        forms = "write Steps.NAME.PROPERTY, Parameters.NAME or Execution.NAME"
        yield Fault(Code.MALFORMED_REFERENCE, f"{shown(text)}, is no reference", forms)
    elif get.scope == "Parameters":
        if get.name not in known.parameters:
            hint = did_you_mean(get.name, known.parameters)
            yield Fault(Code.UNKNOWN_PARAMETER, f"there is no parameter '{get.name}'", hint)
    elif get.scope == "Execution":
        if get.name not in EXECUTION_VARIABLES:
            hint = did_you_mean(get.name, EXECUTION_VARIABLES)
            yield Fault(Code.MALFORMED_REFERENCE, f"there is no execution variable '{get.name}'", hint)
    elif get.name not in known.steps:
        missing = f"there is no step '{get.name}' for '{text}'"
        yield Fault(Code.UNKNOWN_STEP, missing, did_you_mean(get.name, known.steps))
    elif _is_property_file(text):
        yield from _property_file_faults(get, known.steps[get.name], in_json_get=in_json_get)
    else:
        yield from _property_faults(get, known.steps[get.name])


def _is_property_file(text: str) -> bool:
    get = parse_get(text)
    return get is not None and get.scope == "Steps" and get.path.startswith("PropertyFiles.")


def _property_file_faults(get: Get, step: DefinedStep, *, in_json_get: bool) -> Iterator[Fault]:
    name = get.path.removeprefix("PropertyFiles.")
    files = [file.property_file_name for file in step.property_files]
    if name not in files:
        yield Fault(
            Code.UNKNOWN_PROPERTY_FILE,
            f"step '{step.name}' has no property file '{name}'",
            did_you_mean(name, files) or "declare it in the step's PropertyFiles",
        )
    elif not in_json_get:
        message = f"the property file '{name}' of step '{step.name}' is not a value by itself"
        yield Fault(Code.MALFORMED_REFERENCE, message, "read one with Std:JsonGet")


def _property_faults(get: Get, step: DefinedStep) -> Iterator[Fault]:
    try:
        tokens = parse_path(get.path)
    except PathError as error:
        wrong = f"expected {error.expected} at character {error.offset + 1}"
        yield Fault(Code.MALFORMED_REFERENCE, f"'{get.path}' of step '{step.name}' cannot be read: {wrong}")
        return
    wanted = _wanted_output(step, tokens)
    if wanted is None:
        return
    outputs = output_names(step)
    if isinstance(wanted, Key) and wanted.text not in outputs:
        missing = f"step '{step.name}' has no output '{wanted.text}'"
        yield Fault(Code.UNKNOWN_OUTPUT, missing, did_you_mean(wanted.text, outputs))
    if isinstance(wanted, Index) and wanted.number >= len(outputs):
        missing = f"step '{step.name}' has {len(outputs)} outputs, and so none at [{wanted.number}]"
        yield Fault(Code.UNKNOWN_OUTPUT, missing, did_you_mean("", outputs))


def _wanted_output(step: DefinedStep, tokens: Sequence[Token]) -> Token | None:
    """Return the part of a path that picks one of a step's declared outputs, if there is one."""
    declared = find_kind(step.kind).declares
    way, rest = tokens[: len(declared)], tokens[len(declared) :]
    if not declared or tuple(way) != tuple(map(Member, declared)) or not rest:
        return None
    return rest[0]
