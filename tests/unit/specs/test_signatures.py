"""What type checkers are told of constructors is what the constructors take."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from stepwire.specs import (
    Branch,
    DependencySpec,
    InputSpec,
    OutputSpec,
    PipelineSpec,
    Step,
    StepSpecification,
)
from stepwire.specs.frozen_model import Frozen

MODELS = [Branch, DependencySpec, InputSpec, OutputSpec, PipelineSpec, Step, StepSpecification]


@pytest.mark.parametrize("model", MODELS)
def test_a_signature_names_every_field_and_no_other(model: type[Frozen]) -> None:
    """By its name, and by its key in a document where that can be written in Python."""
    tree = ast.parse(Path(inspect.getfile(model)).read_text(encoding="utf-8"))
    (body,) = (
        node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == model.__name__
    )
    (init,) = (
        node for node in ast.walk(body) if isinstance(node, ast.FunctionDef) and node.name == "__init__"
    )
    told = {argument.arg for argument in init.args.kwonlyargs}
    keys = {str(field.validation_alias) for field in model.model_fields.values() if field.validation_alias}
    assert told == {*model.model_fields, *(key for key in keys if key == "type")}
