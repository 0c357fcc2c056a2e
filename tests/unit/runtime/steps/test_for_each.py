"""ForEach steps: a body of steps for each item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from stepwire.runtime.errors import StepFailedError
from stepwire.runtime.options import RunOptions, StandIn

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

WRITE = """
import pathlib, sys
base = pathlib.Path(sys.argv[1])
(base / "out" / "text").write_text(sys.argv[2] + str(len(list(base.rglob("text")))))
"""
HANDLER = 'def lambda_handler(event, context): return {"size": len(event["name"]), "from": event["uri"]}'


def loop(bench: Bench, items: Any, **more: Any) -> dict[str, Any]:
    name = {"Get": "ForEach.CurrentItem['name']"}
    prep = bench.processing("Prep", WRITE, outputs=["out"], arguments=["/opt/ml/processing", name])
    output = prep["Arguments"]["ProcessingOutputConfig"]["Outputs"][0]["S3Output"]
    output["S3Uri"] = {"Std:Join": {"On": "/", "Values": ["s3://bucket", name]}}
    uri = {"Get": "Steps.Prep.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri"}
    call = {
        "Name": "Call",
        "Type": "Lambda",
        "Arguments": {"name": name, "uri": uri},
        "OutputParameters": [{"OutputName": "size"}, {"OutputName": "from"}],
    }
    return {
        "Name": "Loop",
        "Type": "ForEach",
        "Arguments": {"IterableItems": items, "MaxConcurrency": 2, "ForEachBody": [call, prep], **more},
    }


def options(bench: Bench) -> RunOptions:
    return RunOptions(jobs=1, stand_ins={"Call": StandIn(bench.file("handler.py", HANDLER))})


ITEMS = [{"name": "a"}, {"name": "bbb"}, {"name": "cc"}]


def test_each_item_has_its_iteration_and_later_steps_see_them(bench: Bench) -> None:
    selector = {"Pick": "MaxBy", "Field": {"Get": "IterationOutput.Call.OutputParameters['size']"}}
    use = {
        "Name": "Use",
        "Type": "Lineage",
        "Arguments": {
            "Actions": [{"ActionName": {"Get": "Steps.Loop.Selected.OutputParameters['from']"}}],
            "Contexts": [
                {"ContextName": {"Get": "Steps.Loop.IterationOutputs[2].Call.OutputParameters['from']"}}
            ],
        },
    }
    run = bench.run(use, loop(bench, ITEMS, Selector=selector), options=options(bench))
    assert [bench.s3(f"{name}/text").read_text() for name in ("a", "bbb", "cc")] == ["a0", "bbb0", "cc0"]
    assert list(run.look_up("Use", "ActionArns")) == ["s3://bucket/bbb"]
    assert list(run.look_up("Use", "ContextArns")) == ["s3://bucket/cc"]
    assert run.look_up("Loop", "SucceededStepCount") == 6
    assert [step.name for step in run.steps] == ["Loop", "Use"]


def test_an_item_is_read_as_json_when_a_field_of_it_is_asked_for(bench: Bench) -> None:
    bench.run(loop(bench, ['{"name": "a"}', '{"name": "bbb"}']), options=options(bench))
    assert [bench.s3(f"{name}/text").read_text() for name in ("a", "bbb")] == ["a0", "bbb0"]


def test_a_text_that_is_no_json_has_no_fields(bench: Bench) -> None:
    with pytest.raises(
        StepFailedError, match=r"asks for ForEach.CurrentItem\['name'\] of .+, which is no JSON"
    ):
        bench.run(loop(bench, ["a"]), options=options(bench))


@pytest.mark.parametrize("items", ["a", "3", '"a"'])
def test_a_text_that_is_no_list_in_json_has_no_items(bench: Bench, items: str) -> None:
    with pytest.raises(StepFailedError, match=r"goes through .+, which is no list"):
        bench.run(loop(bench, items), options=options(bench))


def test_a_loop_waits_for_what_its_steps_need(bench: Bench) -> None:
    late = bench.processing(
        "Late",
        f"import time; time.sleep(0.3)\n{WRITE}",
        outputs=["out"],
        arguments=["/opt/ml/processing", "x"],
    )
    made = {"Get": "Steps.Late.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri"}
    early = loop(bench, ITEMS)
    early["Arguments"]["ForEachBody"][0]["Arguments"]["late"] = made
    run = bench.run(early, late, options=options(bench))
    assert [step.name for step in run.steps] == ["Late", "Loop"]


def test_items_may_be_a_list_in_json(bench: Bench) -> None:
    bench.run(loop(bench, '[{"name": "a"}, {"name": "bbb"}]'), options=options(bench))
    assert [bench.s3(f"{name}/text").read_text() for name in ("a", "bbb")] == ["a0", "bbb0"]


def test_it_tells_how_much_was_used_again(bench: Bench) -> None:
    bench.run(loop(bench, ITEMS), options=options(bench))
    assert bench.events[-1].note == "3 items"
    bench.run(loop(bench, [*ITEMS, {"name": "d"}]), options=options(bench))
    assert bench.events[-1].note == "4 items, 3 of 8 steps used again"


def test_the_log_of_an_iteration_that_fails_is_shown(bench: Bench) -> None:
    prep = bench.processing("Prep", "raise SystemExit('no such thing')")
    arguments = {"IterableItems": ["a", "b"], "ForEachBody": [prep]}
    with pytest.raises(StepFailedError, match=r"step 'Loop' fails in 'Prep-\d', which exited with") as caught:
        bench.run({"Name": "Loop", "Type": "ForEach", "Arguments": arguments})
    assert caught.value.tail == ("no such thing",)
    assert caught.value.log is not None
    assert caught.value.log.parent.name.startswith("Prep-")


def test_an_iteration_that_fails_is_named(bench: Bench) -> None:
    with pytest.raises(StepFailedError, match=r"step 'Loop' fails in 'Prep-1', which finds no 'CurrentItem"):
        bench.run(loop(bench, [ITEMS[0], {"other": 1}]), options=options(bench))
