"""What `make corpus` measures: variations keep their truth; the targets hold where the pipelines are."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest

CASE = {
    "pipeline": {
        "name": "P",
        "inputs": {"raw": {"type": "processing_output"}},
        "steps": {
            "Fit": {
                "kind": "Training",
                "dependencies": {"train": {"type": "training_data"}},
                "outputs": {"model": {"type": "model_artifacts"}},
            },
            "Split": {
                "kind": "Processing",
                "dependencies": {"input": {"type": "processing_output"}},
                "outputs": {"train": {"type": "processing_output"}},
            },
            "Gate": {"kind": "Condition", "dependencies": {}},
            "Keep": {"kind": "RegisterModel", "dependencies": {"model_data": {"type": "model_artifacts"}}},
        },
        "order": [["Fit", "Gate"]],
        "branches": {"Gate": {"if": ["Keep"], "else": []}},
    },
    "wiring": {"Fit.train": "Split.train", "Split.input": "inputs.raw", "Keep.model_data": "Fit.model"},
}


def module(name: str) -> ModuleType:
    """A module of the package `corpus`, which stands beside this test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[1]))
        return importlib.import_module(f"corpus.{name}")


cases, measure, main = module("cases"), module("measure"), module("__main__")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.json").write_text(json.dumps(CASE))
    return tmp_path


def test_trainers_are_doubled_with_all_that_follows_them_and_share_the_rest(folder: Path) -> None:
    """The gate takes nothing, so there is one, on whose side both halves stand."""
    [case] = cases.read(folder)
    doubled = cases.doubled(case)
    assert doubled.wiring == {
        "FitA.train": "Split.train",
        "FitB.train": "Split.train",
        "KeepA.model_data": "FitA.model",
        "KeepB.model_data": "FitB.model",
        "Split.input": "inputs.raw",
    }
    assert doubled.pipeline.branches["Gate"].if_ == ("KeepA", "KeepB")
    assert {("FitA", "Gate"), ("FitB", "Gate")} == set(doubled.pipeline.order)


def test_every_variation_is_a_pipeline_whose_truth_is_a_wiring(folder: Path) -> None:
    """Pinned to it, each has a wiring, and no other."""
    [case] = cases.read(folder)
    for vary in cases.VARIATIONS.values():
        varied = vary(case)
        judged = measure.judge(varied)
        assert len(judged) == len(varied.wiring)
        assert {item.dependency: item.expected for item in judged} == dict(varied.wiring)


def test_names_of_an_anonymous_pipeline_tell_nothing(folder: Path) -> None:
    [case] = cases.read(folder)
    steps = cases.anonymous(case).document["steps"]
    assert sorted(steps) == ["step01", "step02", "step03", "step04"]
    assert len(steps) == len(case.document["steps"])


def judged(case: str, margin: int | None, *, right: bool) -> object:
    """One judged dependency."""
    return measure.Judged(case, "Training", "A.a", "B.b" if right else "C.c", "B.b", margin)


def test_a_threshold_is_learnt_from_the_other_folds() -> None:
    """What a fold holds does not decide on itself: with its own margins the threshold would be higher."""
    easy = [judged("a", 50, right=True) for _ in range(20)]
    hard = [judged("b", 1, right=False)]
    assert measure.threshold(hard) == 1
    assert measure.threshold(easy + hard) == 50
    found = measure.added(measure.cross([*easy, *hard], 2, measure.threshold))
    assert (found.bindings, found.wrong, found.wrong_flagged) == (21, 1, 1)


def test_without_the_folder_it_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main.main(["--folder", str(tmp_path / "none")])
    assert capsys.readouterr().out.startswith("skipped:")


def test_it_prints_what_is_right_and_what_is_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main.main(["--folder", str(folder), "--cross", "--curve"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[:5] == ["as", "written", "3", "of", "3"]
    assert any(line.startswith("5 folds") for line in lines)


@pytest.mark.skipif(not cases.FOLDER.is_dir(), reason="there are no real pipelines here")
@pytest.mark.parametrize(
    ("variation", "bindings", "pipelines"),
    [("as written", 0.97, 0.85), ("anonymous", 0.91, 0.0), ("doubled", 0.95, 0.0)],
)
def test_the_best_wiring_is_the_authors(variation: str, bindings: float, pipelines: float) -> None:
    """On real pipelines, the targets hold; warnings stay on an eighth of the bindings."""
    found = [measure.judge(cases.VARIATIONS[variation](case)) for case in cases.read(cases.FOLDER)]
    figures = measure.Figures.of([item for case in found for item in case])
    assert figures.right >= bindings * figures.bindings
    assert figures.pipelines_right >= pipelines * figures.pipelines
    assert figures.warned <= measure.MOST_WARNED * figures.bindings


def test_pipelines_written_for_this_are_mostly_wired_as_they_were_meant() -> None:
    """Their pins are their truth; without them, the best wiring is compared with it."""
    judged = [item for case in cases.read(cases.WRITTEN) for item in measure.judge(case)]
    figures = measure.Figures.of(judged)
    assert figures.right >= 0.93 * figures.bindings


def test_what_is_told_of_margins_lies_between_what_is_counted_and_the_unseen() -> None:
    """Where all is right here, half of what was wrong of the unseen is told; it never rises."""
    found = [judged(str(number), 30, right=True) for number in range(999)]
    told = measure.told([*found, *(judged(str(number), 0, right=False) for number in range(999))])
    assert told[0] == 79, "halfway between 100 and 58"
    assert told[-1] == 1
    assert told == sorted(told, reverse=True)


def test_a_repository_is_named_by_how_its_cases_begin() -> None:
    cases = ("027-sm-pipelines-callback", "n031-sm-pipelines-lambda")
    assert {measure.Judged(case, "", "", None, "", 0).repository for case in cases} == {"sm-pipelines"}
