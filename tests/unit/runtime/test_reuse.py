"""What is used again, and why; what is run again, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.problems.errors import ParameterError
from stepwire.runtime.errors import StepFailedError
from stepwire.runtime.options import RunOptions

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

COPY = """
import pathlib, sys
base = pathlib.Path(sys.argv[1])
text = "".join(path.read_text() for path in sorted((base / "data").rglob("*.txt")))
(base / "out" / "all.txt").write_text(text + " ".join(sys.argv[2:]))
"""


def output(step: str) -> dict[str, str]:
    return {"Get": f"Steps.{step}.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri"}


def chain(bench: Bench, *, word: str = "", script: str = COPY) -> list[dict[str, Any]]:
    """Make two steps, the second of which takes what the first has made of files here."""
    source = str(bench.home / "files" / "raw")
    return [
        bench.processing("First", script, inputs={"data": source}, outputs=["out"]),
        bench.processing(
            "Second", COPY, inputs={"data": output("First")}, outputs=["out"], arguments=[*ARGUMENTS, word]
        ),
    ]


ARGUMENTS = ["/opt/ml/processing"]


def whys(bench: Bench) -> dict[str, str]:
    found = {event.step: event.why for event in bench.events if event.state in ("reused", "succeeded")}
    bench.events.clear()
    return found


def read(bench: Bench) -> str:
    return bench.s3("Second/out/all.txt").read_text()


@pytest.fixture
def ran(bench: Bench) -> Bench:
    bench.file("raw/a.txt", "a")
    bench.file("raw/b.txt", "b")
    bench.run(*chain(bench))
    assert whys(bench) == {"First": "not run before", "Second": "not run before"}
    return bench


def test_what_is_the_same_is_used_again(ran: Bench) -> None:
    run = ran.run(*chain(ran))
    assert whys(ran) == dict.fromkeys(("First", "Second"), "nothing changed since run-0001")
    assert all(step.reused for step in run.steps)
    assert (run.folder / "First" / "log.txt").is_file()
    assert read(ran) == "ab"


def test_a_changed_file_is_told_and_what_comes_of_it_runs_again(ran: Bench) -> None:
    ran.file("raw/b.txt", "B")
    ran.file("raw/c.txt", "C")
    ran.run(*chain(ran))
    assert whys(ran) == {
        "First": "input 'data' changed: 2 files differ since run-0001",
        "Second": "input 'data' changed: 1 file differs since run-0001",
    }
    assert read(ran) == "aBC"


def test_code_that_makes_the_same_stops_the_change(ran: Bench) -> None:
    ran.run(*chain(ran, script=COPY + "# another comment"))
    assert whys(ran) == {
        "First": "input 'code' changed: 1 file differs since run-0001",
        "Second": "nothing changed since run-0001",
    }


def test_a_changed_argument_is_named_by_its_place(ran: Bench) -> None:
    ran.run(*chain(ran, word="more"))
    assert whys(ran)["Second"] == "AppSpecification.ContainerArguments[1] changed since run-0001"
    assert read(ran) == "abmore"


def test_what_was_made_longer_ago_is_used_too_and_lies_where_it_did(ran: Bench) -> None:
    ran.run(*chain(ran, word="more"))
    whys(ran)
    ran.run(*chain(ran))
    assert whys(ran)["Second"] == "nothing changed since run-0001"
    assert read(ran) == "ab"


def test_outputs_go_where_the_name_of_their_job_says(ran: Bench) -> None:
    steps = chain(ran)
    place = steps[0]["Arguments"]["ProcessingOutputConfig"]["Outputs"][0]["S3Output"]
    place["S3Uri"] = {
        "Std:Join": {"On": "/", "Values": ["s3://bucket", {"Get": "Execution.ProcessingJobName"}]}
    }
    for _ in range(2):
        ran.run(*steps)
        assert whys(ran) == dict.fromkeys(("First", "Second"), "nothing changed since run-0001")
    ran.run(*chain(ran))
    assert whys(ran) == dict.fromkeys(("First", "Second"), "nothing changed since run-0001")


def test_outputs_go_where_this_run_wants_them(ran: Bench) -> None:
    steps = chain(ran)
    place = steps[1]["Arguments"]["ProcessingOutputConfig"]["Outputs"][0]["S3Output"]
    place["S3Uri"] = {
        "Std:Join": {"On": "/", "Values": ["s3://bucket", {"Get": "Execution.PipelineExecutionId"}]}
    }
    run = ran.run(*steps)
    assert whys(ran)["Second"] == "nothing changed since run-0001"
    assert run.steps[1].outputs == {"out": "s3://bucket/run-0002"}
    assert (
        run.look_up("Second", "ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri")
        == "s3://bucket/run-0002"
    )
    assert ran.s3("run-0002/all.txt").read_text() == "ab"


def test_what_is_stored_can_be_thrown_away_without_a_wrong_answer(ran: Bench) -> None:
    for place in list((ran.root / "objects").glob("*/*"))[:2]:
        place.chmod(0o644)
        place.write_text("forged")
    ran.run(*chain(ran))
    assert read(ran) == "ab"


def test_a_run_can_be_told_to_use_nothing(ran: Bench) -> None:
    ran.run(*chain(ran), options=RunOptions(jobs=1, fresh=True))
    assert {event.state for event in ran.events} == {"started", "succeeded"}
    assert set(whys(ran).values()) == {"nothing was to be used again"}


def test_a_variable_that_is_passed_counts(ran: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVEL", "1")
    ran.run(*chain(ran), options=RunOptions(jobs=1, environment=("LEVEL",)))
    assert whys(ran)["First"] == "the variable LEVEL is new since run-0001"


def test_no_step_can_change_what_is_stored(ran: Bench) -> None:
    spoil = """
    import pathlib, sys
    base = pathlib.Path(sys.argv[1])
    for path in (base / "data").rglob("*.txt"):
        path.write_text("spoilt")
    (base / "out" / "done.txt").write_text("done")
    """
    ran.run(*chain(ran), ran.processing("Spoil", spoil, inputs={"data": output("First")}, outputs=["out"]))
    whys(ran)
    ran.run(*chain(ran))
    assert whys(ran)["Second"] == "nothing changed since run-0001"
    assert read(ran) == "ab"


def test_what_is_large_is_stored_once(bench: Bench) -> None:
    bench.file("raw/a.txt", "x" * 2_000_000)
    bench.run(*chain(bench))
    sizes = {path.stat().st_ino: path.stat().st_size for path in bench.root.rglob("*") if path.is_file()}
    assert sum(size for size in sizes.values() if size > 1_000_000) == 2_000_000


def test_one_step_alone_takes_what_an_earlier_run_has_made(ran: Bench) -> None:
    ran.file("raw/a.txt", "A")
    run = ran.run(*chain(ran, word="x"), options=RunOptions(jobs=1, only=("Second",)))
    assert whys(ran)["First"] == "taken from run-0001"
    assert {step.name: step.status for step in run.steps} == {"First": "Succeeded", "Second": "Succeeded"}
    assert read(ran) == "abx"


def test_until_leaves_out_what_comes_after(ran: Bench) -> None:
    run = ran.run(*chain(ran), options=RunOptions(jobs=1, until=("First",)))
    assert {step.name: step.status for step in run.steps} == {"First": "Succeeded", "Second": "Skipped"}


def test_from_runs_what_comes_of_a_step(ran: Bench) -> None:
    ran.run(*chain(ran), options=RunOptions(jobs=1, start=("Second",)))
    assert whys(ran) == {"First": "taken from run-0001", "Second": "nothing changed since run-0001"}


def test_one_step_alone_takes_what_is_given(bench: Bench) -> None:
    bench.file("raw/never.txt", "never")
    given = str(bench.file("given/a.txt", "given").parent)
    options = RunOptions(jobs=1, only=("Second",), given={"First.out": given})
    run = bench.run(*chain(bench), options=options)
    assert read(bench) == "given"
    assert run.look_up("First", "ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri") == given


def test_what_no_run_has_made_is_told_before_anything_starts(bench: Bench) -> None:
    bench.file("raw/a.txt", "a")
    with pytest.raises(
        ParameterError, match="'First' is needed, is not to be run, and no earlier run has made it"
    ):
        bench.run(*chain(bench), options=RunOptions(only=("Second",)))
    with pytest.raises(ParameterError, match="there is no step 'Secnod'"):
        bench.run(*chain(bench), options=RunOptions(only=("Secnod",)))
    assert not bench.root.exists()


def test_what_was_finished_before_a_failure_is_used_again(bench: Bench) -> None:
    bench.file("raw/a.txt", "a")
    steps = chain(bench)
    steps[1]["Arguments"]["AppSpecification"]["ContainerEntrypoint"] = [
        "python3",
        "-c",
        "raise SystemExit(1)",
    ]
    with pytest.raises(StepFailedError):
        bench.run(*steps)
    whys(bench)
    bench.run(*chain(bench))
    assert whys(bench)["First"] == "nothing changed since run-0001"
    record = json.loads((bench.root / "runs" / "run-0001" / "run.json").read_text())
    assert (record["status"], record["steps"][1]["status"]) == ("Failed", "Failed")


def test_independent_steps_run_at_the_same_time(bench: Bench) -> None:
    """Each waits until the other has begun."""
    meet = """
    import pathlib, sys, time
    base = pathlib.Path(sys.argv[1])
    (base / "out" / "done.txt").write_text("done")
    time.sleep(1.5)
    """
    bench.run(*(bench.processing(name, meet, outputs=["out"]) for name in "ABC"), options=RunOptions(jobs=3))
    states = [event.state for event in bench.events if event.state != "running"]
    assert states == ["started"] * 3 + ["succeeded"] * 3


def test_a_definition_may_say_how_many_run_at_a_time(bench: Bench) -> None:
    write = "import pathlib, sys; pathlib.Path(sys.argv[1], 'out', 'x').write_text('x')"
    steps = [bench.processing(name, write, outputs=["out"]) for name in "ABC"]
    definition = {"Steps": steps, "ParallelismConfiguration": {"MaxParallelExecutionSteps": 1}}
    bench.run_definition(definition, options=RunOptions(jobs=3))
    states = [event.state for event in bench.events if event.state != "running"]
    assert states == ["started", "succeeded"] * 3


def test_a_package_that_is_not_installed_is_told_before_the_first_step(bench: Bench) -> None:
    script = "import json, no_such_package\n"
    with pytest.raises(StepFailedError):
        bench.run(bench.processing("Prep", script, outputs=["out"]))
    assert bench.events[0].state == "warned"
    assert bench.events[0].note == "its script imports 'no_such_package', which is not installed here"
