"""Paths in containers, held against the ports of their step."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.definitions.check_containers import check_containers
from stepwire.definitions.steps import read_definition

IN = "/opt/ml/processing/input/customers"


def told(path: str, told_as: Any) -> list[str]:
    inputs = [{"InputName": "a", "S3Input": {"LocalPath": path}}]
    step = {"Name": "A", "Type": "Processing", "Arguments": {"ProcessingInputs": inputs, **told_as}}
    return [str(problem) for problem in check_containers(read_definition({"Steps": [step]}))]


WRONG = "/opt/ml/processing/input/custmers"


@pytest.mark.parametrize(
    ("told_as", "place"),
    [
        ({"AppSpecification": {"ContainerArguments": ["--in", WRONG]}}, "ContainerArguments[1]"),
        ({"AppSpecification": {"ContainerArguments": [f"--in={WRONG}"]}}, "ContainerArguments[0]"),
        ({"AppSpecification": {"ContainerEntrypoint": ["x", WRONG]}}, "ContainerEntrypoint[1]"),
        ({"Environment": {"IN": WRONG}}, "Environment.IN"),
    ],
)
def test_a_path_that_is_nearly_that_of_a_port_is_told_with_the_right_one(told_as: Any, place: str) -> None:
    (problem,) = told(IN, told_as)
    assert f"{place}: no input or output of the step is at '{WRONG}'" in problem
    assert problem.endswith(f"(did you mean '{IN}'?) [SW426]")


@pytest.mark.parametrize(
    "path", [IN, f"{IN}/", f"{IN}/part-1.csv", "/opt/ml/processing/input", "/tmp/x", "x"]
)
def test_paths_in_and_around_ports_are_fine_and_so_are_others(path: str) -> None:
    assert told(IN, {"AppSpecification": {"ContainerArguments": [path]}}) == []


def test_the_path_of_a_port_begins_at_the_root() -> None:
    (problem,) = told("data/in", {})
    assert "expected a path that begins with '/', found 'data/in'" in problem
