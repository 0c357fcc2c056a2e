"""What a person sees of a run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stepwire.cli.progress import Progress, describe_models, summarise
from stepwire.runtime.results import Run, StepEvent, StepResult


@pytest.fixture(autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths within the current folder are told from there, so none of a test lies in it."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))


def told(*events: StepEvent, live: bool) -> str:
    written: list[str] = []
    progress = Progress(
        lambda text, _: written.append(text), (lambda: written.append("<erased>")) if live else None
    )
    for event in events:
        progress(event)
    return "".join(written)


STARTED = StepEvent("A", "Training", 1, 2, "started")
DONE = StepEvent("A", "Training", 1, 2, "succeeded", seconds=1.25, note="all well")
SKIPPED = StepEvent("B", "Fail", 2, 2, "skipped", note="the other side was taken")


def test_each_step_is_a_line() -> None:
    assert told(STARTED, DONE, SKIPPED, live=False) == (
        "[1/2] A (Training) done in 1.2 s: all well\n[2/2] B (Fail) skipped: the other side was taken\n"
    )


def test_on_a_terminal_a_line_shows_while_the_step_runs_and_is_written_over() -> None:
    assert told(STARTED, DONE, live=True) == (
        "running: A 0 s; 1 waiting …<erased>[1/2] A (Training) done in 1.2 s: all well\n"
    )


def test_what_runs_is_told_with_its_time_and_memory() -> None:
    running = replace(STARTED, state="running", seconds=3, peak=20 * 2**20)
    assert told(running, live=True) == "running: A 3 s 20 MB; 1 waiting …"


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (60, "running: first 0 s, second 0 s; 1 waiting …"),
        (44, "running: first 0 s, second 0 s; 1 waiting …"),
        (43, "running: first 0 s and 1 more; 1 waiting …"),
        (41, "running: fi… 0 s and 1 more; 1 waiting …"),
        (20, "running: first 0 s…"),
        (1, "…"),
    ],
)
def test_the_line_never_wraps(width: int, line: str) -> None:
    """Else it could not be erased."""
    written: list[str] = []
    progress = Progress(lambda text, _: written.append(text), lambda: None, None, lambda: width)
    for name in ("first", "second"):
        progress(replace(STARTED, step=name, total=3))
    assert written[-1] == line
    assert len(line) < max(width, 2)


def test_the_log_of_one_step_is_followed(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    written: list[str] = []
    progress = Progress(lambda text, _: written.append(text), followed="A")
    for state, text in (
        ("started", "one\ntw"),
        ("running", "one\ntwo\n\x1b[2J"),
        ("succeeded", "one\ntwo\n\x1b[2Jx"),
    ):
        log.write_text(text)
        progress(replace(DONE, state=state, log=log))  # type: ignore[arg-type]
    assert written[:3] == ["  | one\n", "  | two\n", "  | \x1b[2Jx\n"]


def test_a_message_is_one_line() -> None:
    event = replace(DONE, state="failed", note="x\n::error::y")
    assert told(event, live=False) == "[1/2] A (Training) FAILED in 1.2 s: x ::error::y\n"


def test_the_summary_is_a_table_with_the_places_of_outputs(tmp_path: Path) -> None:
    steps = (
        StepResult("A", "Training", "Succeeded", 1.25, {"m": "s3://bucket/a"}, peak=3 * 2**20),
        StepResult("Longer", "Fail", "Skipped"),
    )
    assert list(summarise(Run("run-0001", tmp_path, steps, (), {}), Path("root"))) == [
        "step    result   time   memory",
        "A       done     1.2 s  3 MB",
        "  m: root/s3/bucket/a",
        "Longer  skipped",
        f"logs: {tmp_path}/STEP/log.txt",
    ]


def finished(folder: Path, *models: Path) -> Run:
    return Run("run-0001", folder, (), models, {})


def test_a_run_without_a_model_says_where_its_files_are(tmp_path: Path) -> None:
    assert list(describe_models(finished(tmp_path))) == [
        f"no model was registered; the run's files are in {tmp_path}"
    ]


@pytest.mark.parametrize(
    ("report", "lines"),
    [
        ({"m": {"auc": {"value": 0.98765}, "n": {"value": 3}}}, ["m.auc = 0.9877", "m.n = 3.0000"]),
        ({"value": 1}, ["value = 1.0000"]),
        ({"a": {"value": True}, "b": [1], "c": {"value": "x"}}, []),
        ({"a": {"value": 10**400}}, []),
        ([], []),
    ],
)
def test_the_figures_of_a_models_reports_are_shown(tmp_path: Path, report: Any, lines: list[str]) -> None:
    (tmp_path / "evaluation.json").write_text(json.dumps(report))
    (tmp_path / "package.json").write_text('{"x": {"value": 1}}')
    *figures, last = describe_models(finished(tmp_path, tmp_path))
    assert figures == lines
    assert last == f"registered model package: {tmp_path}"


@pytest.mark.parametrize("text", ["no JSON", "[" * 100_000, "\x00"])
def test_a_report_that_cannot_be_read_is_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "evaluation.json").write_text(text)
    assert len(list(describe_models(finished(tmp_path, tmp_path)))) == 1


def test_a_followed_line_without_an_end_is_written_in_pieces(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_text("a\n" + "x" * (2 * 2**20) + "\nb")
    written: list[str] = []
    progress = Progress(lambda text, _: written.append(text), followed="A")
    progress(replace(DONE, state="running", log=log))
    assert "".join(written).count("x") == 2 * 2**20
    progress(replace(DONE, state="succeeded", log=log))
    assert written[0] == "  | a\n"
    assert "  | b\n" in written
    assert max(map(len, written)) == 2**20 + len("  | \n")
