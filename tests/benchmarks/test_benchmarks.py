"""The benchmarks run, at sizes that take no time, and all that are asked agree. No time is tested."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

CONFLICTS = {"pigeonhole": (4, 3), "cycle": (3, 1), "same-source": (3, 1), "pin": (2, 3)}
"""How many dependencies and rules the conflict of each flaw has."""

Answers = Mapping[tuple[str, str, str], Mapping[str, Any] | None]


def measured(file: Path, *options: str) -> Answers:
    """Run the benchmarks and return the answers by regime, question and who answered."""
    command = [sys.executable, "-m", "benchmarks", "--quick", "--json", str(file), *options]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    subprocess.run(command, check=True, env=environment)
    rows = json.loads(file.read_text("utf-8"))["rows"]
    return {(row["regime"], row["question"], row["contender"]): row["answer"] for row in rows}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """All questions about eight steps."""
    return measured(tmp_path_factory.mktemp("figures") / "small.json", "--sizes", "8")


@pytest.mark.parametrize("regime", ["A", "B", "C"])
class TestOfEightSteps:
    def test_all_find_the_same_optimum(self, small: Answers, regime: str) -> None:
        """Listing everything and plain clingo say what stepwire says, its uniqueness included."""
        best = small[regime, "best, unique?", "stepwire"]
        assert best is not None
        assert small[regime, "best, unique?", "one python-constraint"] == best
        assert small[regime, "best, unique?", "plain clingo"] == best
        if find_spec("ortools"):
            # On a slow machine it has no answer in the time that it gets.
            assert small[regime, "best, unique?", "CP-SAT"] in (None, {"score": best["score"]})

    def test_a_matcher_that_looks_no_further_is_wrong(self, small: Answers, regime: str) -> None:
        greedy = small[regime, "best, unique?", "greedy matcher"]
        assert greedy is not None
        assert greedy["wrong"]

    def test_counts_are_exact(self, small: Answers, regime: str) -> None:
        """Both rivals list as many wirings as stepwire counts."""
        count = small[regime, "count", "stepwire"]
        assert count is not None
        assert count["exact"]
        for rival in ("one python-constraint", "plain clingo"):
            assert small[regime, "count", rival] == {"count": count["count"]}

    def test_everything_is_said_at_once(self, small: Answers, regime: str) -> None:
        everything = small[regime, "everything", "stepwire"]
        best, count = (small[regime, name, "stepwire"] for name in ("best, unique?", "count"))
        assert everything is not None
        assert best is not None
        assert count is not None
        assert everything["score"] == best["score"]
        assert (everything["ties"] == "0") == best["unique"]
        assert (everything["count"], everything["exact"]) == (count["count"], True)

    @pytest.mark.parametrize("flaw", CONFLICTS)
    def test_every_conflict_has_its_size(self, small: Answers, regime: str, flaw: str) -> None:
        dependencies, rules = CONFLICTS[flaw]
        found = small[regime, f"conflict: {flaw}", "stepwire"]
        assert found == {"wrong": False, "dependencies": dependencies, "rules": rules, "edges": 0}

    @pytest.mark.parametrize("flaw", CONFLICTS)
    def test_every_flaw_has_one_conflict_and_a_correction_for_each_member(
        self, small: Answers, regime: str, flaw: str
    ) -> None:
        found = small[regime, f"all conflicts: {flaw}", "stepwire"]
        expected = {"wrong": False, "conflicts": 1, "corrections": sum(CONFLICTS[flaw]), "exact": True}
        assert found == expected


def test_the_command_line_is_measured_too(small: Answers) -> None:
    assert {question for regime, question, _ in small if regime == "ex"} == {
        "stepwire --help",
        "stepwire check",
        "stepwire solve",
    }


def test_a_component_that_is_large_has_the_optimum_that_plain_clingo_finds(tmp_path: Path) -> None:
    """Forty steps hang together; the rival that lists everything is ended by the limit."""
    options = ("--sizes", "40", "--regimes", "C", "--questions", "best, unique?", "--limit", "2")
    found = measured(tmp_path / "large.json", *options)
    ours = found["C", "best, unique?", "stepwire"]
    assert ours is not None
    assert ours == found["C", "best, unique?", "plain clingo"]
    assert found["C", "best, unique?", "one python-constraint"] is None
