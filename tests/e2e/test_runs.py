"""The commands that look at earlier runs, and clear them away."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Call


def definition(*scripts: str) -> dict[str, Any]:
    """Make steps `s1`, `s2` …, each after the one before, which run a line of shell and make a file."""
    steps = []
    for number, script in enumerate(scripts, start=1):
        output = {"S3Uri": f"s3://bucket/s{number}", "LocalPath": "/opt/ml/processing/out"}
        steps.append(
            {
                "Name": f"s{number}",
                "Type": "Processing",
                "DependsOn": [f"s{number - 1}"] if number > 1 else [],
                "Arguments": {
                    "ProcessingOutputConfig": {"Outputs": [{"OutputName": "out", "S3Output": output}]},
                    "AppSpecification": {"ImageUri": "i", "ContainerEntrypoint": ["sh", "-c", script]},
                },
            }
        )
    return {"Version": "2020-12-01", "Steps": steps}


@pytest.fixture
def run(folder: Path, call: Call) -> Any:
    """Run steps of shell under the name `chain`."""

    def run(*scripts: str) -> Any:
        (folder / "chain.json").write_text(json.dumps(definition(*scripts)))
        return call("run", "chain.json")

    return run


GOOD = "echo made > processing/out/text"


def test_without_runs_there_is_a_word(call: Call) -> None:
    said = call("runs")
    assert (said.code, said.out, said.err) == (0, "", "no runs in .stepwire\n")
    assert call("clean", "--keep", "1").err == "cleared 0 runs and 0 stored files, 0.0 MB\n"


def test_runs_are_listed_the_newest_first(run: Any, call: Call) -> None:
    assert run(GOOD).code == 0
    assert run(GOOD, "exit 3").code == 6
    first, second = call("runs").out.splitlines()
    assert first.startswith("run-0002  2")
    assert first.endswith(", 2 steps")
    assert "chain: failed in " in first
    assert "run-0001" in second
    assert "chain: succeeded in " in second
    assert second.endswith(", 1 step")
    told = json.loads(call("runs", "--format", "json").out)
    assert [item["run"] for item in told["runs"]] == ["run-0002", "run-0001"]


@pytest.mark.parametrize("name", ["last", "2", "run-0002"])
def test_a_run_is_shown_with_what_each_step_did_and_why(run: Any, call: Call, name: str) -> None:
    run(GOOD)
    run(GOOD, "echo oh >&2; exit 3", GOOD)
    lines = call("runs", "show", name).out.splitlines()
    assert lines[0].startswith("run-0002")
    assert lines[1].startswith("  s1 (Processing) reused, made in ")
    assert lines[1].endswith(": nothing changed since run-0001")
    assert lines[2] == "    out: s3://bucket/s1"
    assert lines[3] == "  s2 (Processing) failed: exited with code 3"
    assert lines[4] == "  logs: .stepwire/runs/run-0002/STEP/log.txt"
    told = json.loads(call("runs", "show", name, "--format", "json").out)
    assert [step["status"] for step in told["steps"]] == ["Reused", "Failed"]


def test_a_run_that_there_is_not_is_an_error(run: Any, call: Call) -> None:
    run(GOOD)
    said = call("runs", "show", "7")
    assert said.code != 0
    assert "there is no run '7' in .stepwire" in said.err


def test_clean_keeps_the_newest_and_what_they_need(folder: Path, run: Any, call: Call) -> None:
    run("echo old > processing/out/text")
    for entry in (folder / ".stepwire/cache").rglob("*.json"):
        os.utime(entry, (0, 0))
    run(GOOD)
    run(GOOD)
    said = call("clean", "--keep", "1")
    assert said.code == 0
    assert said.err.startswith("cleared 2 runs and ")
    assert [line.split()[0] for line in call("runs").out.splitlines()] == ["run-0003"]
    assert (folder / ".stepwire/s3/bucket/s1/text").read_text() == "made\n"
    assert "reused: nothing changed since run-0002" in run(GOOD).err
    assert "done" in run("echo old > processing/out/text").err


def test_clean_wants_to_know_how_many(call: Call) -> None:
    assert call("clean").code == 2
    assert call("clean", "--keep", "-1").code == 2
