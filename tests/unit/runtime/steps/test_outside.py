"""Kinds that nothing runs here, with a script of the user's that stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from stepwire.runtime.errors import StepFailedError
from stepwire.runtime.options import RunOptions, StandIn

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

COUNT = """
import json, pathlib
step = json.loads(pathlib.Path("input/step.json").read_text())
lines = pathlib.Path("input/s3/bucket/data/a.csv").read_text().split()
out = pathlib.Path("output/s3/bucket/result")
out.mkdir(parents=True)
(out / "count.txt").write_text(str(len(lines)))
answer = {"BestCandidate": {"CandidateName": step["Arguments"]["AutoMLJobName"]}}
pathlib.Path("output/properties.json").write_text(json.dumps(answer))
"""


def step() -> dict[str, Any]:
    source = {"S3DataSource": {"S3Uri": "s3://bucket/data/"}}
    inputs = [{"DataSource": source}, {"DataSource": {"S3DataSource": {"S3Uri": "s3://bucket/not/there"}}}]
    return {
        "Name": "Auto",
        "Type": "AutoML",
        "Arguments": {"AutoMLJobName": "job", "InputDataConfig": inputs},
    }


def run(bench: Bench, script: str) -> Any:
    place = bench.s3("data/a.csv")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("1\n2\n3\n")
    options = RunOptions(jobs=1, stand_ins={"Auto": StandIn(bench.file("auto.py", script))})
    return bench.run(step(), options=options)


def test_a_stand_in_finds_the_step_and_its_files_and_leaves_properties_and_files(bench: Bench) -> None:
    assert run(bench, COUNT).look_up("Auto", "BestCandidate.CandidateName") == "job"
    assert bench.s3("result/count.txt").read_text() == "3"


def test_a_stand_in_need_not_leave_anything(bench: Bench) -> None:
    assert run(bench, "pass").look_up("Auto", "AutoMLJobName") == "job"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("open('output/properties.json', 'w').write('{')", "a properties.json that is no JSON"),
        ("open('output/properties.json', 'w').write('[]')", "a properties.json that holds no mapping"),
        ("import os; os.symlink('/etc', 'output/s3')", "made a link of its output"),
        ("raise SystemExit(4)", "exited with code 4"),
    ],
)
def test_what_is_wrong_with_a_stand_in_is_told(bench: Bench, script: str, reason: str) -> None:
    with pytest.raises(StepFailedError, match=reason):
        run(bench, script)
