"""The benchmarks run, at a size that takes no time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_every_question_is_asked_and_every_answer_written(tmp_path: Path) -> None:
    """The rival that lists everything finds the same optimum; the matcher that looks no further does not."""
    file = tmp_path / "figures.json"
    folder = Path(__file__).parent
    subprocess.run([sys.executable, folder, "--quick", "--sizes", "8", "--json", file], check=True)
    rows = json.loads(file.read_text("utf-8"))
    answers = {(row["regime"], row["question"]): row["answer"] for row in rows}
    assert {row["regime"] for row in rows} == {"example", "A", "B", "C"}
    for regime in "ABC":
        best = answers[regime, "best and next"].split(",")[0]
        assert answers[regime, "naive python-constraint (rival)"].split()[0] == best
        assert "wrong" in answers[regime, "greedy (rival)"]
        assert answers[regime, "count"].endswith("exact")
        assert answers[regime, "conflict"] == "4 dependencies, 3 rules"
