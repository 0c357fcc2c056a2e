"""The XGBoost example, from its document to a registered model, on this machine."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

EXAMPLE = Path(__file__).parents[2] / "examples" / "xgboost"
DOCUMENT = EXAMPLE / "pipeline.yaml"


def test_the_example_trains_and_registers_a_good_model(call: Any, tmp_path: Path) -> None:
    for library in ("numpy", "sklearn", "xgboost"):
        pytest.importorskip(library)
    said = call("run", DOCUMENT, "--root", tmp_path / "root")
    assert said.code == 0, said.err
    package = tmp_path / "root" / "models" / "breast-cancer" / "1"
    report = json.loads((package / "ModelMetrics/ModelQuality/Statistics/evaluation.json").read_text())
    assert report["binary_classification_metrics"]["auc"]["value"] >= 0.97
    assert (package / "model.tar.gz").stat().st_size > 0
    assert "binary_classification_metrics.auc = 0.9" in said.out
    assert said.out.splitlines()[-1] == "registered model package: root/models/breast-cancer/1"
    assert "too-weak (Fail) skipped: 'good-enough' took the other side" in said.err


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Write the diabetes data of scikit-learn as CSV."""
    sets = pytest.importorskip("sklearn.datasets")
    sets.load_diabetes(as_frame=True).frame.to_csv(tmp_path / "rows.csv", index=False)
    return tmp_path / "rows.csv"


@pytest.mark.parametrize(
    ("document", "stand_ins", "told"),
    [
        ("text/pipeline.yaml", {}, "good-enough (Condition) done: true"),
        ("batch/pipeline.yaml", {}, "predict (Transform) done"),
        (
            "approval/pipeline.yaml",
            {"ask": "approval/scripts/approve.py", "tell": "approval/scripts/notify.py:handler"},
            "approved (Condition) done: true → register, tell",
        ),
        (
            "existing/imported.yaml",
            {"prepare": "existing/scripts/prepare.py", "train": "existing/scripts/train.py"},
            "train (Training) done",
        ),
    ],
)
def test_the_other_examples_run(
    call: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows: Path,
    document: str,
    stand_ins: dict[str, str],
    told: str,
) -> None:
    monkeypatch.chdir(EXAMPLE.parent)
    words = [word for step, program in stand_ins.items() for word in ("--stand-in", f"{step}={program}")]
    if document.startswith("existing"):
        words += ["--input", f"RawData={rows}"]
    said = call("run", document, "--root", tmp_path / "root", *words)
    assert said.code == 0, said.err
    assert told in said.untimed


def test_the_champion_is_beaten_registered_and_announced(call: Any, tmp_path: Path) -> None:
    """Tuning, two branches, a batch transform and a Lambda; again, it takes up what it has made."""
    for library in ("numpy", "pandas", "sklearn", "xgboost"):
        pytest.importorskip(library)
    example = EXAMPLE.parent / "champion"
    announce = f"announce={example / 'scripts' / 'announce.py'}"
    run = ("run", example / "pipeline.yaml", "--root", tmp_path / "root", "--stand-in", announce)
    said = call(*run)
    assert said.code == 0, said.err
    root = tmp_path / "root"
    assert (root / "models" / "champions" / "1" / "model.tar.gz").stat().st_size > 0
    (answers,) = (root / "s3").rglob("data.csv.out")
    scores = [float(line) for line in answers.read_text().split()]
    assert len(scores) == 57
    assert all(0 <= score <= 1 for score in scores)
    assert "tune-challenger (Tuning) done" in said.err
    assert "better (Condition) done: true → create-model, register, announce, score-batch" in said.untimed
    assert "keep-champion (Fail) skipped: 'better' took the other side" in said.err
    assert "a new champion waits for approval: arn:aws:sagemaker:" in said.err
    again = call(*run)
    assert again.err.count("nothing changed since run-0001") == 9
    assert not (root / "models" / "champions" / "2").exists()


def _shuffled(value: Any, draw: random.Random) -> Any:
    """Declare in another order what has no order of its own: keys, but not list items or arguments."""
    if isinstance(value, list):
        return [_shuffled(item, draw) for item in value]
    if not isinstance(value, dict):
        return value
    keys = draw.sample(list(value), len(value))
    return {key: value[key] if key == "arguments" else _shuffled(value[key], draw) for key in keys}


def test_the_order_of_declaration_does_not_show(call: Any, folder: Path) -> None:
    expected = call("emit", DOCUMENT).out
    shutil.copytree(EXAMPLE / "scripts", folder / "scripts")
    document = yaml.safe_load(DOCUMENT.read_text())
    for seed in range(5):
        text = yaml.safe_dump(_shuffled(document, random.Random(seed)), sort_keys=False)
        (folder / "shuffled.yaml").write_text(text)
        said = call("emit", "shuffled.yaml")
        assert (said.code, said.out) == (0, expected), said.err


def test_the_seed_of_hashes_does_not_show(start: Any) -> None:
    first, second = (start("emit", DOCUMENT, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.code == 0
    assert first.out == second.out


PROGRAM = """
import sys
from stepwire.cli import main
sys.argv = ["stepwire", *sys.argv[1:]]
try:
    main()
finally:
    loaded = sorted({name.partition(".")[0] for name in sys.modules})
    print("LOADED", *(name for name in loaded if name in ("boto3", "botocore", "sagemaker")), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("command", "loaded"),
    [("check", "LOADED"), ("solve", "LOADED"), ("graph", "LOADED"), ("emit", "LOADED")],
)
def test_wiring_and_emission_need_neither_sdk_nor_region_nor_credentials(command: str, loaded: str) -> None:
    bare = {"PATH": os.environ["PATH"], "HOME": os.devnull, "PYTHONPATH": os.pathsep.join(sys.path[1:])}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, command, str(DOCUMENT)],
        env=bare,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == loaded
