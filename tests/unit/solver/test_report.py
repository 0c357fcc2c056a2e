"""What a user reads when there is no wiring."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import stepwire as sw
from stepwire.errors import NoWiringError
from stepwire.solver.report import BROKEN_PIN, CONFLICT, MISSING, Report
from stepwire.specs import PipelineSpec

SEED = """
    steps:
      preprocessing: {spec: TabularPreprocessing}
      training: {spec: XGBoostTraining}
"""


def report_on(pipeline: PipelineSpec) -> Report:
    with pytest.raises(NoWiringError) as raised:
        sw.resolve(pipeline)
    return raised.value.report


def test_raw_data_that_nobody_supplies(read: Callable[[str], PipelineSpec]) -> None:
    """The seed's example, in the seed's words, with its place and the sources that come nearest."""
    report = report_on(read(SEED))
    text = str(report)
    assert text.startswith("Pipeline 'P' has no valid wiring.\n")
    assert "Step 'preprocessing' missing required dependency 'raw_data' (training_data)" in text
    assert "not preprocessing." in text
    assert [str(missing.dependency) for missing in report.missing] == ["preprocessing.raw_data"]
    assert report.conflict is None
    assert [problem.code for problem in report.problems()] == [MISSING]
    assert repr(report) == "<Report P: 1 missing, no conflict>"


def test_declaring_the_input_mends_it(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(SEED + "    inputs: {raw_data: {type: training_data, roles: [DataLoad]}}\n")
    wiring = sw.resolve(pipeline)
    assert wiring.sources["preprocessing.raw_data"] == "inputs.raw_data"
    assert wiring.sources["training.train"] == "preprocessing.train"


def test_an_input_without_the_role_does_not(read: Callable[[str], PipelineSpec]) -> None:
    report = report_on(read(SEED + "    inputs: {raw_data: {type: training_data}}\n"))
    nearest = next(report.missing[0].reasons())
    assert nearest == "not inputs.raw_data: source: expected a source that is DataLoad, found raw_data"


def test_a_pin_that_breaks_a_rule_says_which(read: Callable[[str], PipelineSpec]) -> None:
    inputs = "    inputs: {raw_data: {type: training_data, roles: [DataLoad]}}\n"
    pins = "    pins: {preprocessing.raw_data: training.model_artifacts}\n"
    report = report_on(read(SEED + inputs + pins))
    assert [problem.code for problem in report.problems()] == [BROKEN_PIN]
    (reason,) = report.missing[0].reasons()
    assert reason.startswith(
        "its pin to training.model_artifacts breaks a rule: "
        "type: expected processing_output, training_data, found model_artifacts; "
        "source: expected a source that is DataLoad, found "
    )
    assert "inputs.raw_data" not in str(report)


def test_a_dependency_without_any_source_says_so(read: Callable[[str], PipelineSpec]) -> None:
    report = report_on(read("steps: {Use: {kind: Lambda, dependencies: {a: {type: training_data}}}}\n"))
    assert str(report).endswith("    there is no output or input at all that it could take")


def test_only_the_nearest_sources_are_listed(read: Callable[[str], PipelineSpec]) -> None:
    outputs = ", ".join(f"o{number}: {{type: property_file}}" for number in range(8))
    report = report_on(
        read(
            f"""
    steps:
      Load: {{kind: Processing, outputs: {{{outputs}}}}}
      Use: {{kind: Lambda, dependencies: {{a: {{type: training_data}}}}}}
"""
        )
    )
    assert str(report).endswith("    and 3 more that fit less")


def test_what_is_missing_and_what_conflicts_are_both_told(read: Callable[[str], PipelineSpec]) -> None:
    report = report_on(
        read(
            """
    steps:
      Load: {kind: Processing, outputs: {a: {type: training_data, max_consumers: 1}}}
      One: {kind: Training, dependencies: {train: {type: training_data}, model: {type: model_artifacts}}}
      Two: {kind: Training, dependencies: {train: {type: training_data}}}
"""
        )
    )
    lines = str(report).splitlines()
    assert [str(missing.dependency) for missing in report.missing] == ["One.model"]
    assert lines[-4:] == [
        "These cannot hold together:",
        "    One.train takes Load.a",
        "    Two.train takes Load.a",
        "    Load.a feeds at most 1 (max_consumers) [exclusive]",
    ]
    assert [problem.code for problem in report.problems()] == [MISSING, CONFLICT]


def test_of_many_sources_in_a_conflict_the_first_are_told(read: Callable[[str], PipelineSpec]) -> None:
    outputs = ", ".join(f"o{number}: {{type: training_data, max_consumers: 1}}" for number in range(6))
    users = "".join(
        f"      U{number}: {{kind: Training, dependencies: {{d: {{type: training_data}}}}}}\n"
        for number in range(7)
    )
    report = sw.explain(read(f"    steps:\n      M: {{kind: Custom, outputs: {{{outputs}}}}}\n{users}"))
    assert "U0.d takes M.o0 or M.o1 or M.o2 or M.o3 or one of 2 more\n" in str(report)


def test_explain_returns_the_report_or_the_wiring(read: Callable[[str], PipelineSpec]) -> None:
    assert isinstance(sw.explain(read(SEED)), Report)
    mended = read(SEED + "    inputs: {raw_data: {type: training_data, roles: [DataLoad]}}\n")
    assert sw.explain(mended) == sw.resolve(mended)
