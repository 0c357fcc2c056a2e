"""Tuning steps, with scripts whose best hyperparameters are known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.problems.errors import DefinitionError
from stepwire.runtime.errors import StepFailedError

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

TRAIN = """
import json, os, pathlib
values = json.loads(os.environ["SM_HPS"])
if values.get("kind") == "broken":
    raise SystemExit(3)
print("loss:", (float(values.get("x", 0)) - 0.3) ** 2 + len(values.get("kind", "")) + values["base"])
(pathlib.Path(os.environ["SM_MODEL_DIR"]) / "values.json").write_text(json.dumps(values))
"""


def tuning(
    bench: Bench, strategy: str, ranges: dict[str, Any], most: int = 6, **config: Any
) -> dict[str, Any]:
    definition = bench.training("Train", TRAIN)["Arguments"]
    definition["AlgorithmSpecification"]["MetricDefinitions"] = [
        {"Name": "loss", "Regex": r"loss: ([0-9.e-]+)"}
    ]
    definition["StaticHyperParameters"] = {"base": "1"}
    return {
        "Name": "Tune",
        "Type": "Tuning",
        "Arguments": {
            "HyperParameterTuningJobConfig": {
                "Strategy": strategy,
                "ResourceLimits": {"MaxNumberOfTrainingJobs": most, "MaxParallelTrainingJobs": 3},
                "HyperParameterTuningJobObjective": {"Type": "Minimize", "MetricName": "loss"},
                "ParameterRanges": ranges,
                **config,
            },
            "TrainingJobDefinition": definition,
        },
    }


NUMBER = {
    "ContinuousParameterRanges": [{"Name": "x", "MinValue": "0", "MaxValue": "1", "ScalingType": "Linear"}]
}
CHOICE = {"CategoricalParameterRanges": [{"Name": "kind", "Values": ["aaa", "b", "broken"]}]}


def test_a_grid_finds_the_best_and_goes_on_after_a_trial_that_fails(bench: Bench) -> None:
    run = bench.run(tuning(bench, "Grid", CHOICE))
    best = run.look_up("Tune", "BestTrainingJob")
    assert best["TunedHyperParameters"] == {"kind": "b"}
    assert best["FinalHyperParameterTuningJobObjectiveMetric"]["Value"] == pytest.approx(2.09)
    assert len(run.look_up("Tune", "TrainingJobSummaries")) == 2
    name = run.look_up("Tune", "TrainingJobSummaries[0].TrainingJobName")
    assert bench.s3(f"models/{name}/output/model.tar.gz").is_file()
    assert bench.events[-1].note == "best of 3: loss = 2.09"


def test_random_trials_are_the_same_in_every_run_and_are_used_again(bench: Bench) -> None:
    first = bench.run(tuning(bench, "Random", NUMBER))
    second = bench.run(tuning(bench, "Random", NUMBER))
    assert second.steps[0].reused
    assert first.properties["Tune"] == second.properties["Tune"]
    values = [item["FinalHyperParameterTuningJobObjectiveMetric"]["Value"] for item in summaries(first)]
    assert values == sorted(values)
    assert len(values) == 6


def summaries(run: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run.look_up("Tune", "TrainingJobSummaries")
    return found


def test_an_informed_strategy_needs_optuna_and_finds_a_good_value(bench: Bench) -> None:
    pytest.importorskip("optuna")
    run = bench.run(tuning(bench, "Bayesian", NUMBER, most=9))
    assert summaries(run)[0]["FinalHyperParameterTuningJobObjectiveMetric"]["Value"] < 1.1


def test_where_no_trial_goes_well_the_log_of_one_is_shown(bench: Bench) -> None:
    step = tuning(bench, "Random", NUMBER, 2)
    bench.file("Train.py", "raise SystemExit('no such thing')")
    with pytest.raises(StepFailedError, match="no trial that came to an objective: exited with") as caught:
        bench.run(step)
    assert caught.value.tail == ("no such thing",)


def test_a_target_that_is_reached_ends_the_search(bench: Bench) -> None:
    criteria = {"TargetObjectiveMetricValue": 5.0}
    run = bench.run(tuning(bench, "Random", NUMBER, TuningJobCompletionCriteria=criteria))
    assert len(summaries(run)) == 3


def test_several_definitions_share_the_trials(bench: Bench) -> None:
    step = tuning(bench, "Random", NUMBER)
    arguments = step["Arguments"]
    definition = arguments.pop("TrainingJobDefinition")
    config = arguments["HyperParameterTuningJobConfig"]
    objective, ranges = config.pop("HyperParameterTuningJobObjective"), config.pop("ParameterRanges")
    own = {"TuningObjective": objective, "HyperParameterRanges": ranges}
    arguments["TrainingJobDefinitions"] = [
        {**definition, **own, "DefinitionName": "one"},
        {**definition, **own, "DefinitionName": "two", "StaticHyperParameters": {"base": "0"}},
    ]
    run = bench.run(step)
    assert [item["TrainingJobDefinitionName"] for item in summaries(run)] == ["two"] * 3 + ["one"] * 3


def test_a_metric_that_no_trial_tells_is_named_with_those_they_tell(bench: Bench) -> None:
    objective = {"Type": "Maximize", "MetricName": "auc"}
    with pytest.raises(StepFailedError, match=r"its log does not tell 'auc' \(metrics: loss\)"):
        bench.run(tuning(bench, "Random", NUMBER, 1, HyperParameterTuningJobObjective=objective))


def test_a_scale_that_a_range_does_not_have_is_refused(bench: Bench) -> None:
    ranges = json.loads(json.dumps(NUMBER).replace("Linear", "Logarithmic"))
    with pytest.raises(StepFailedError, match="varies 'x' on a scale that its range does not have"):
        bench.run(tuning(bench, "Random", ranges))


# Trial after trial is worse from the first epoch on; from there it would go on for a minute.
EPOCHS = """
import json, os, pathlib, sys, time
values = json.loads(os.environ["SM_HPS"])
kept = pathlib.Path("/opt/ml/checkpoints") if os.path.isdir("/opt/ml/checkpoints") else None
assert kept is None or not list(kept.iterdir())
(pathlib.Path(os.environ["SM_MODEL_DIR"]) / "values.json").write_text(json.dumps(values))
for epoch in range(3):
    print("loss:", values["kind"] * (3 - epoch), flush=True)
    if kept:
        (kept / "last").write_text(str(epoch))
    time.sleep(values["pause"] if values["kind"] > 1 else 0)
sys.exit(values["kind"] == 3)
"""
KINDS = {"CategoricalParameterRanges": [{"Name": "kind", "Values": ["1", "2", "3", "0.5"]}]}


def epochs(bench: Bench, strategy: str, *, pause: float, **config: Any) -> dict[str, Any]:
    step = tuning(bench, strategy, KINDS, 4, **config)
    bench.file("Train.py", EPOCHS)
    arguments = step["Arguments"]
    arguments["TrainingJobDefinition"]["StaticHyperParameters"] = {"pause": str(pause)}
    arguments["TrainingJobDefinition"]["CheckpointConfig"] = {"S3Uri": "s3://bucket/kept"}
    return step


def told(run: Any) -> list[tuple[str, str, float]]:
    return [
        (
            item["TunedHyperParameters"]["kind"],
            item["TrainingJobStatus"],
            item["FinalHyperParameterTuningJobObjectiveMetric"]["Value"],
        )
        for item in summaries(run)
    ]


@pytest.mark.parametrize("pause", [0, 60])
def test_trials_that_fall_behind_are_stopped_whether_or_not_they_would_end_sooner(
    bench: Bench, pause: int
) -> None:
    run = bench.run(epochs(bench, "Grid", pause=pause, TrainingJobEarlyStoppingType="Auto"))
    assert told(run) == [
        ("0.5", "Completed", 0.5),
        ("1", "Completed", 1.0),
        ("2", "Stopped", 6.0),
        ("3", "Stopped", 9.0),
    ]
    counters = {"Completed": 2, "Stopped": 2, "NonRetryableError": 0}
    assert run.look_up("Tune", "TrainingJobStatusCounters") == counters
    assert bench.events[-1].note == "best of 4 (2 stopped early): loss = 0.5"
    jobs = [item["TrainingJobName"] for item in summaries(run)]
    assert [bench.s3(f"models/{job}").exists() for job in jobs] == [True, True, False, False]
    assert [bench.s3(f"kept/{job}").exists() for job in jobs] == [True, True, False, False]
    assert not list((bench.root / "checkpoints").glob("*/"))


def test_hyperband_stops_trials_and_needs_to_know_how_long_they_are(bench: Bench) -> None:
    pytest.importorskip("optuna")
    resources = {"HyperbandStrategyConfig": {"MinResource": 1, "MaxResource": 3}}
    first = bench.run(epochs(bench, "Hyperband", pause=0, StrategyConfig=resources))
    assert {status for _, status, _ in told(first)} == {"Completed", "Stopped"}
    again = bench.run(epochs(bench, "Hyperband", pause=0.3, StrategyConfig=resources))
    assert not again.steps[0].reused
    assert told(again) == told(first)
    with pytest.raises(DefinitionError, match="give it a MaxResource, or the job one of the hyperparameters"):
        bench.run(epochs(bench, "Hyperband", pause=0))
    auto = epochs(bench, "Hyperband", pause=0, TrainingJobEarlyStoppingType="Auto", StrategyConfig=resources)
    with pytest.raises(DefinitionError, match="TrainingJobEarlyStoppingType has to be Off"):
        bench.run(auto)
