"""What docs/python.md shows is done."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "python.md").read_text("utf-8")
BLOCKS = dict(re.findall(r'^```\w+ title="(\S+)"\n(.*?)^```$', TEXT, flags=re.DOTALL | re.MULTILINE))


def test_the_program_of_the_documentation_wires_and_emits(folder: Path) -> None:
    (folder / "churn.py").write_text(BLOCKS["churn.py"])
    done = subprocess.run([sys.executable, "churn.py"], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "train.train takes prep.train" in done.stdout
    assert "evaluate.model takes train.model_artifacts" in done.stdout
    steps = json.loads((folder / "definition.json").read_text())["Steps"]
    assert {"prep", "train", "evaluate", "good-enough"} <= {step["Name"] for step in steps}
