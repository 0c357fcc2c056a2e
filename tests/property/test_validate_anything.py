"""Validation is total: any JSON value, wherever it stands in a definition, is judged, not stumbled over."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from stepwire.definitions.check_definition import validate_definition
from stepwire.definitions.steps import read_definition

KEYS = st.sampled_from(
    ["Get", "Std:Join", "Type", "Conditions", "IfSteps", "S3Uri", "Steps", "Name"]
) | st.text(max_size=3)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
JSON = st.recursive(
    SCALARS | st.just({"Get": "Steps.S.Outcome"}),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
TYPES = st.sampled_from(["Processing", "Training", "RegisterModel", "Tuning", "Condition", "Fail", "Lambda"])
MEMBERS = st.sampled_from(
    [
        "AppSpecification",
        "Conditions",
        "ElseSteps",
        "Environment",
        "ErrorMessage",
        "InputDataConfig",
        "RoleArn",
    ]
)


@settings(max_examples=100, deadline=None)
@given(kind=TYPES, arguments=st.dictionaries(MEMBERS, JSON, max_size=3) | JSON, parameters=JSON, steps=JSON)
def test_any_json_value_is_judged(kind: str, arguments: Any, parameters: Any, steps: Any) -> None:
    """Every definition yields a sorted list of problems of the four codes, each time the same.

    Reading it finds malformed steps, and references where none may stand (SW405).
    """
    step = {"Name": "S", "Type": kind, "Arguments": arguments}
    for definition in (
        {"Steps": [step], "Parameters": parameters},
        {"Version": "2020-12-01", "Steps": steps},
    ):
        read = read_definition(definition)
        problems = validate_definition(read)
        assert problems == validate_definition(read)
        assert {problem.code for problem in read.problems} <= {"SW405", "SW408"}
        assert {problem.code for problem in problems} <= {"SW420", "SW421", "SW422", "SW423"}
