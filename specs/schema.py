"""The JSON Schema of documents, made from the models that read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, TypeAdapter

from .inputs import InputSpec
from .keys import DEPENDENCY, DOCUMENT_KEYS, INPUT, OUTPUT, STEP, DocumentKey
from .kinds.catalogue import KINDS
from .pipeline import PipelineSpec
from .port_specs import DependencySpec, OutputSpec
from .specification import StepSpecification
from .step import Step

DRAFT = "http://json-schema.org/draft-07/schema#"
_REFERENCE = "#/definitions/{model}"
_MODELS: Mapping[str, tuple[type[BaseModel], Mapping[str, DocumentKey]]] = {
    "dependency": (DependencySpec, DEPENDENCY),
    "output": (OutputSpec, OUTPUT),
    "input": (InputSpec, INPUT),
}
_HELD = {"dependencies": "dependency", "outputs": "output", "inputs": "input"}


def document_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 7) of pipeline documents."""
    definitions: dict[str, Any] = {}
    for name, (model, keys) in _MODELS.items():
        fields = ((_key(model, field), field) for field in model.model_fields if field != "logical_name")
        definitions[name] = _object(model, fields, keys, definitions)
    definitions["output"]["required"] = []  # it depends on the kind of the step
    definitions["step"] = _step_schema(definitions)
    top = _object(
        PipelineSpec, ((name, name) for name in PipelineSpec.model_fields), DOCUMENT_KEYS, definitions
    )
    properties = top["properties"]
    properties["library"] = _told({"type": "array", "items": {"type": "string"}}, DOCUMENT_KEYS["library"])
    properties["steps"] = _told(_by_name("step"), DOCUMENT_KEYS["steps"])
    properties["types"] = _told(
        {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {"is": {"type": "array", "items": {"type": "string"}}},
                "required": ["is"],
                "additionalProperties": False,
            },
        },
        DOCUMENT_KEYS["types"],
    )
    return {
        "$schema": DRAFT,
        "title": "stepwire pipeline",
        "description": "A SageMaker pipeline whose steps say what they need and make.",
        **top,
        "required": ["name", "steps"],
        "definitions": dict(sorted(definitions.items())),
    }


def _step_schema(definitions: dict[str, Any]) -> dict[str, Any]:
    of_spec = ((name, name) for name in StepSpecification.model_fields)
    schema = _object(StepSpecification, of_spec, STEP, definitions)
    own = ((name, name) for name in Step.model_fields if name != "spec")
    properties = schema["properties"]
    properties |= _object(Step, own, STEP, definitions)["properties"]
    properties["spec"] = _told({"type": "string"}, STEP["spec"])
    properties["kind"] = _told({"type": "string", "examples": list(KINDS)}, STEP["kind"])
    properties["depends_on"]["items"] = {"anyOf": [{"type": "string"}, properties["depends_on"]["items"]]}
    return {**schema, "required": [], "if": _TYPES_OUTPUTS, "else": _WITH_TYPES}


_TYPED = {"enum": [name for name, kind in KINDS.items() if kind.output_type]}
_TYPES_OUTPUTS = {
    "anyOf": [{"required": [key], "properties": {key: _TYPED}} for key in ("kind", "step_type")]
}
"""Holds of a step whose kind gives its outputs a type."""
_WITH_TYPES = {"properties": {"outputs": {"additionalProperties": {"required": ["type"]}}}}


def _object(
    model: type[BaseModel],
    fields: Iterable[tuple[str, str]],
    keys: Mapping[str, DocumentKey],
    definitions: dict[str, Any],
) -> dict[str, Any]:
    """Write the schema of a mapping whose keys are fields of a model."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    for key, name in fields:
        field = model.model_fields[name]
        if key in _HELD:
            properties[key] = _told(_by_name(_HELD[key]), keys[key])
        elif key not in ("steps", "types"):
            properties[key] = _told(_schema_of(field.annotation, definitions), keys[key])
        if field.is_required():
            required.append(key)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _schema_of(annotation: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = TypeAdapter(annotation).json_schema(by_alias=True, ref_template=_REFERENCE)
    definitions.update(schema.pop("$defs", {}))
    return {**schema}


def _told(schema: Mapping[str, Any], key: DocumentKey) -> dict[str, Any]:
    return {**schema, "description": key.meaning}


def _by_name(definition: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": {"$ref": f"#/definitions/{definition}"}}


def _key(model: type[BaseModel], name: str) -> str:
    return str(model.model_fields[name].validation_alias or name)
