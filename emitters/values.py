"""What a dependency receives in a definition: a reference to its source, in the form that its place wants."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..definitions.api_requests import wanted_at
from ..definitions.api_values import TEXT
from ..problems.codes import Code
from ..specs import INPUTS, DataType, DependencySpec, DependencyType, OutputSpec, PipelineSpec
from ..specs.expressions import Get, is_expression, parse_get
from ..specs.kinds.catalogue import find_kind
from ..specs.kinds.function import RESULT, channel_of, channel_slot, is_channel
from ..specs.kinds.kind import StepKind
from ..specs.kinds.offer import NUMERIC_TYPES, Form, Offer
from ..specs.paths import Index, Key, Member, Token, parse_path, property_text
from ..specs.references import PropertyReference
from .requests.common import Request, RequestError, to_text_expression
from .requests.tuning import best_model

NAMED_LISTS: Mapping[str, str] = {"Outputs": "OutputName", "InputDataConfig": "ChannelName"}
"""Lists whose items are picked by name, and what holds the name."""


class ValueFault(ValueError):
    """A value that cannot be written; its text says why, `hint` what to do."""

    def __init__(self, code: Code, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


@dataclass(frozen=True)
class PassedArgument:
    """What a function is called with: a value at a slot of its request, and how that becomes the argument.

    That is its data type; for a part of another function's result, which comes in a channel, with the keys
    that lead to it; for files their channel.
    """

    slot: str
    value: Any
    way: str


@dataclass(frozen=True)
class ValueWriter:
    """Writes what dependencies receive; `requests` holds the finished Arguments of steps, by name."""

    pipeline: PipelineSpec
    requests: dict[str, Request] = field(default_factory=dict)

    def value(self, dependency: DependencySpec, reference: PropertyReference, taker: StepKind) -> Any:
        """Write what a dependency of a step of a kind, the taker, receives from its source.

        Raises ValueFault.
        """
        output, slot = reference.output_spec, dependency.slot or ""
        wanted, takes = taker.form_wanted(slot), wanted_at(taker.name, slot)
        if reference.step_name == INPUTS:
            return fitted(reference.to_sagemaker_property(), output.data_type, takes)
        kind = find_kind(self.pipeline.steps[reference.step_name].spec.kind)
        if (read := _read_offer(kind, output)) is not None:
            return fitted(self._result(reference, read), DataType.JSON, takes)
        if (joined := joined_offer(kind.name, output)) is not None:
            return self._joined(reference, joined)
        if output.property_path is None:
            raise ValueFault(Code.NO_PLACE, *_nothing_offered(kind.name, reference))
        expression: Mapping[str, Any] = reference.to_sagemaker_property()
        if _is_property_file(output):
            if not output.property_path.removeprefix("properties.").startswith("PropertyFiles"):
                message = f"reads a property file, and steps of kind {kind.name} have none"
                raise ValueFault(Code.NO_PLACE, message, "let a Processing step write the file")
            expression = _json_get(dependency, reference)
        elif wanted is Form.FILE:
            expression = self._file(reference, expression, kind.form(output.property_path))
        self._require_place(reference)
        return fitted(expression, output.data_type, takes)

    def argument(
        self, dependency: DependencySpec, reference: PropertyReference, taker: StepKind
    ) -> PassedArgument:
        """Write what a function receives as an argument; raises ValueFault.

        The result of another function comes as its file, since no hyperparameter can hold what is not known
        to be short, nor be read out of a file.
        """
        name, type_ = dependency.logical_name, _argument_type(dependency)
        if channel := channel_of(dependency.slot):
            value = self.value(dependency, reference, taker)
            return PassedArgument(dependency.slot or "", value, f"Channel:{json.dumps([channel])}")
        maker = self.pipeline.steps.get(reference.step_name)
        read = _read_offer(find_kind(maker.spec.kind), reference.output_spec) if maker else None
        if read is not None:
            keys = [_plain_key(token) for token in parse_path(self._result_path(reference))[1:]]
            if not is_channel(name):
                message = f"takes {reference} as a file, in a channel, which cannot have that name"
                hint = "rename the parameter: at most 64 of a-z, A-Z, 0-9 and _"
                raise ValueFault(Code.NO_PLACE, message, hint)
            way = f"{type_}:{json.dumps(keys)}"
            return PassedArgument(channel_slot(name), self._results_file(reference, read), way)
        slot = f"HyperParameters['{name}']"
        value = self.value(dependency.model_copy(update={"slot": slot}), reference, taker)
        is_vague = type_ in (DataType.JSON, DataType.PYTHON) and not _is_property_file(reference.output_spec)
        return PassedArgument(slot, value, reference.output_spec.data_type if is_vague else type_)

    def _joined(self, reference: PropertyReference, offer: Offer) -> Any:
        path = reference.output_spec.property_path or offer.at(reference.output_spec.logical_name)
        job_name = {"Get": f"Steps.{reference.step_name}.{path.removeprefix('properties.')}"}
        try:
            return best_model(self.requests.get(reference.step_name, {}), job_name)
        except RequestError as error:
            raise ValueFault(Code.NO_PLACE, f"cannot take {reference}: {error}") from None

    def _result(self, reference: PropertyReference, offer: Offer) -> Mapping[str, Any]:
        """Read what a function returned, or the part of it that an output is, from the file that has it."""
        file = self._results_file(reference, offer)
        return {"Std:JsonGet": {"S3Uri": file, "Path": self._result_path(reference)}}

    def _results_file(self, reference: PropertyReference, offer: Offer) -> Mapping[str, Any]:
        """Name the file that has what a function returned."""
        place = {"Get": f"Steps.{reference.step_name}.{offer.path}"}
        return {"Std:Join": {"On": "/", "Values": [place, offer.file]}}

    def _result_path(self, reference: PropertyReference) -> str:
        """Name the part of what a function returned that an output is."""
        output = reference.output_spec
        others = self.pipeline.steps[reference.step_name].spec.outputs.values()
        if output.property_path is None and len([it for it in others if it.property_path is None]) > 1:
            hint = f"say which: 'property_path: {RESULT}[0]', or {RESULT}['auc'] of a mapping"
            raise ValueFault(
                Code.INCOMPLETE, f"takes {reference}, one of several results of a function", hint
            )
        return property_text(output.property_path or RESULT)

    def _file(self, reference: PropertyReference, expression: Mapping[str, Any], form: Form) -> Any:
        if form in (Form.NAME, Form.NUMBER, Form.TEXT):
            raise ValueFault(Code.WRONG_FORM, f"wants a file, and {reference} is a {form}")
        if form is not Form.FOLDER:
            return expression
        file = file_of(reference.output_spec)
        if file is None:
            hint = f"say which file in it: 'file: NAME' at the output {reference}"
            raise ValueFault(Code.WRONG_FORM, f"wants a file, and {reference} is a folder", hint)
        ends = self._ends_in_slash(last_part(self._written(reference)))
        return {"Std:Join": {"On": "" if ends else "/", "Values": [expression, file]}}

    def doubt(self, value: Any, reference: PropertyReference) -> str:
        """Say what a file that was joined to a folder relies on: how a value ends that may be another at each
        start; empty where nothing is left open."""
        match value:
            case {"Std:Join": {"On": on, "Values": [{"Get": _}, str(file)]}} if reference.step_name != INPUTS:
                last = last_part(self._written(reference))
                if is_expression(last) and (source := _source(last)):
                    told = "ends in '/'" if on == "" else "does not end in '/'"
                    return f"joins '{file}' to {reference}, and relies on it that {source} {told}"
        return ""

    def _ends_in_slash(self, last: Any) -> bool:
        """Tell whether what ends a URI ends in `/`; a parameter is taken to end as its default does."""
        get = parse_get(last["Get"]) if is_expression(last) and isinstance(last.get("Get"), str) else None
        given = self.pipeline.inputs.get(get.name) if get and get.scope == "Parameters" else None
        return str(given.default if given else last).endswith("/")

    def _require_place(self, reference: PropertyReference) -> None:
        """Raise ValueFault for an output that goes to a feature store, and so has no place in S3."""
        tokens = parse_path(reference.output_spec.property_path or "x")
        item = _follow(self.requests.get(reference.step_name, {}), tokens[:3])
        if isinstance(item, Mapping) and "FeatureStoreOutput" in item and "S3Output" not in item:
            message = f"cannot take {reference}: it goes to a feature store, and has no place in S3"
            raise ValueFault(Code.UNKNOWN_OUTPUT, message, "let the step write a second output to S3")

    def _written(self, reference: PropertyReference) -> Any:
        """Return the URI that stands in the request of a step where its output lies; None when none does."""
        path = reference.output_spec.property_path
        return _follow(self.requests.get(reference.step_name, {}), parse_path(path)) if path else None

    def is_number(self, expression: Mapping[str, Any]) -> bool:
        """Tell whether an expression may have a value that is no text."""
        if "Std:JsonGet" in expression:
            return True
        text = expression.get("Get")
        get = parse_get(text) if isinstance(text, str) else None
        return get is not None and self._is_number(get)

    def _is_number(self, get: Get) -> bool:
        if get.scope == "Parameters":
            given = self.pipeline.inputs.get(get.name)
            return given is not None and given.data_type in NUMERIC_TYPES
        step = self.pipeline.steps.get(get.name) if get.scope == "Steps" else None
        return step is not None and find_kind(step.spec.kind).form(get.path) is Form.NUMBER


def _argument_type(dependency: DependencySpec) -> DataType:
    """Return the data type of an argument: where none is said, it is what comes."""
    return dependency.data_type if "data_type" in dependency.model_fields_set else DataType.PYTHON


def _plain_key(token: Token) -> str | int:
    match token:
        case Index(number):
            return number
        case Key(text) | Member(text):
            return text
    return str(token)


def _is_property_file(output: OutputSpec) -> bool:
    return output.output_type == DependencyType.PROPERTY_FILE


def _read_offer(kind: StepKind, output: OutputSpec) -> Offer | None:
    """Return the offer by which an output is read from a file; None when it is a property."""
    path = property_text(output.property_path or RESULT)
    if not path.startswith(RESULT):
        return None
    return next((offer for offer in kind.offers if offer.file), None)


def joined_offer(kind: str, output: OutputSpec) -> Offer | None:
    """Return the offer by which an output is put together of several properties; None when it is one."""
    offer = find_kind(kind).offer(output.logical_name, output.output_type, output.data_type)
    if offer is None or not offer.joined or output.data_type != DataType.S3_URI:
        return None
    return offer


def _nothing_offered(kind: str, reference: PropertyReference) -> tuple[str, str]:
    output = reference.output_spec
    message = f"takes {reference}, which is no property that a definition can refer to"
    offers = find_kind(kind).offers
    paths = dict.fromkeys(offer.path.replace("{name}", "NAME") for offer in offers if offer.path)
    if not paths:
        return f"{message}: steps of kind {kind} offer nothing", ""
    what = f"of type {output.output_type} and data type {output.data_type}"
    hint = f"steps of kind {kind} offer nothing {what}; with a property_path it may be {', '.join(paths)}"
    return message, hint


def _json_get(dependency: DependencySpec, reference: PropertyReference) -> Mapping[str, Any]:
    if not dependency.json_path:
        message = f"reads the property file {reference}"
        raise ValueFault(Code.INCOMPLETE, message, "give it a json_path such as metrics.auc.value")
    get = reference.to_sagemaker_property()
    return {"Std:JsonGet": {"PropertyFile": get, "Path": dependency.json_path}}


def fitted(expression: Mapping[str, Any], data_type: DataType, takes: str | None) -> Mapping[str, Any]:
    """Turn a number into a text where the API takes a text, as the SDKs' `to_string` does."""
    if takes == TEXT and data_type in (*NUMERIC_TYPES, DataType.JSON):
        return to_text_expression(expression)
    return expression


def file_of(output: OutputSpec) -> str | None:
    """Name the file that an output is, within its folder; None when nobody can know."""
    if output.file:
        return output.file
    if output.output_type != DependencyType.EVALUATION_REPORT or not output.property_path:
        return None
    keys = [token.text for token in parse_path(output.property_path) if isinstance(token, Key)]
    return f"{keys[-1]}.json" if keys else None


def last_part(uri: Any) -> Any:
    """Return what ends a URI: a text, a reference of which the end is not known, or nothing."""
    match uri:
        case {"Std:Join": {"On": str(separator), "Values": [*_, last]}} if is_expression(uri):
            return last_part(last) or separator
    return uri


def _source(expression: Mapping[str, Any]) -> str:
    """Name what ends an address; nothing for what SageMaker makes of an execution, which ends in no `/`."""
    get = parse_get(str(expression.get("Get")))
    if get and get.scope == "Parameters":
        return f"the parameter '{get.name}'"
    return f"what step '{get.name}' yields" if get and get.scope == "Steps" else ""


def _follow(value: Any, tokens: tuple[Token, ...]) -> Any:
    for before, token in zip((None, *tokens), tokens, strict=False):
        match token, value:
            case Member(name), {**members}:
                value = members.get(name)
            case Index(number), [*items] if number < len(items):
                value = items[number]
            case Key(text), [*items]:
                field = NAMED_LISTS.get(before.name if isinstance(before, Member) else "", "")
                named = (item for item in items if isinstance(item, Mapping) and item.get(field) == text)
                value = next(named, None)
            case _:
                return None
    return value
