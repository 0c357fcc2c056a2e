"""The stand-ins for SageMaker's built-in XGBoost algorithm: training, and answers."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("xgboost")

from stepwire.runtime.programs import serve_xgboost, train_xgboost  # noqa: E402

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*UBJSON:UserWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

# A label, a weight or a number, a number.
ROWS = "".join(f"{number % 2},{number % 2 + 1},{number}\n" for number in range(40))
SPARSE = "# comment\n" + "".join(f"{number % 2} 1:{number % 2} 4:{number} # row\n" for number in range(40))
PARAMETERS = {
    "num_round": "4",
    "max_depth": "2",
    "objective": "binary:logistic",
    "eval_metric": "auc,logloss",
}

Train = Callable[..., dict[str, float]]


@pytest.fixture
def ml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(train_xgboost, "_ML", tmp_path)
    for name in ("input/config", "input/data", "model", "output"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


@pytest.fixture
def train(ml: Path) -> Train:
    """Train on channels, texts by name, and return the metrics that are told."""

    def train(
        content_type: str | None = "text/csv", parameters: Any = PARAMETERS, **channels: str
    ) -> dict[str, float]:
        for name, text in channels.items():
            (ml / "input/data" / name).mkdir(exist_ok=True)
            (ml / "input/data" / name / "rows").write_text(text)
        told = {name: {"ContentType": content_type} if content_type else {} for name in channels}
        (ml / "input/config/inputdataconfig.json").write_text(json.dumps(told))
        (ml / "input/config/hyperparameters.json").write_text(json.dumps(parameters))
        train_xgboost.main()
        metrics: dict[str, float] = json.loads((ml / "output/metrics.json").read_text())
        return metrics

    return train


def predict(ml: Path, rows: list[list[float]]) -> list[float]:
    model = serve_xgboost.model_fn(str(ml / "model"))
    said = serve_xgboost.output_fn(serve_xgboost.predict_fn(rows, model), "text/csv")
    return [float(line) for line in said.splitlines()]


def test_metrics_of_all_channels_are_told_as_the_algorithm_does(
    ml: Path, train: Train, capsys: pytest.CaptureFixture[str]
) -> None:
    found = train(train=ROWS, validation=ROWS)
    assert set(found) == {"train:auc", "train:logloss", "validation:auc", "validation:logloss"}
    assert found["validation:auc"] == 1.0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition("]")[0] for line in lines] == ["[0", "[1", "[2", "[3"]
    assert lines[-1].startswith(f"[3]#011train-auc:1.00000#011train-logloss:{found['train:logloss']:.5f}")
    low, high = predict(ml, [[1, 0], [2, 1]])
    assert low < 0.5 < high


def test_weights_are_a_column_and_no_feature(ml: Path, train: Train) -> None:
    train(train=ROWS, parameters={**PARAMETERS, "csv_weights": "1"})
    assert serve_xgboost.model_fn(str(ml / "model")).num_features() == 1


@pytest.mark.parametrize("content_type", [None, "text/libsvm", "text/x-libsvm; charset=utf-8"])
def test_libsvm_leaves_out_what_is_not_there(ml: Path, train: Train, content_type: str | None) -> None:
    """And is what the algorithm expects where no content type is said."""
    train(content_type, train=SPARSE)
    assert serve_xgboost.model_fn(str(ml / "model")).num_features() == 5
    low, high = predict(ml, [[np.nan, 0, np.nan, np.nan, 1], [np.nan, 1, np.nan, np.nan, 1]])
    assert low < 0.5 < high


def test_early_stopping_asks_the_validation_channel(train: Train, capsys: pytest.CaptureFixture[str]) -> None:
    stopping = {**PARAMETERS, "num_round": "50", "early_stopping_rounds": "2", "eval_metric": "auc"}
    train(train=ROWS, validation=ROWS, parameters=stopping)
    assert len(capsys.readouterr().out.splitlines()) == 3
    train(train=ROWS, parameters=stopping)
    assert len(capsys.readouterr().out.splitlines()) == 50


def test_the_same_seed_makes_the_same_model(ml: Path, train: Train) -> None:
    drawn = {**PARAMETERS, "subsample": "0.5"}
    models = []
    for seed in ("1", "1", "2"):
        train(train=ROWS, parameters={**drawn, "seed": seed})
        models.append((ml / "model/xgboost-model").read_bytes())
    assert models[0] == models[1] != models[2]


def test_a_channel_may_be_a_pipe(ml: Path, train: Train) -> None:
    pipe = ml / "input/data/train_0"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(ROWS,))
    writer.start()
    (ml / "input/data/train").mkdir()
    (ml / "input/config/inputdataconfig.json").write_text(json.dumps({"train": {"ContentType": "csv"}}))
    (ml / "input/config/hyperparameters.json").write_text(json.dumps(PARAMETERS))
    train_xgboost.main()
    writer.join()
    assert json.loads((ml / "output/metrics.json").read_text())["train:auc"] == 1.0


def test_classes_are_answered_with_a_number_for_each(ml: Path, train: Train) -> None:
    three = "".join(f"{number % 3},{number % 3}\n" for number in range(30))
    train(train=three, parameters={"num_round": "3", "objective": "multi:softprob", "num_class": "3"})
    model = serve_xgboost.model_fn(str(ml / "model"))
    (line,) = serve_xgboost.output_fn(serve_xgboost.predict_fn([[2.0]], model), "text/csv").splitlines()
    assert len(line.split(",")) == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"parameters": {}, "train": ROWS}, "num_round is required"),
        ({"validation": ROWS}, "there is no channel train"),
        ({"content_type": "application/x-parquet", "train": ROWS}, "application/x-parquet is not read here"),
    ],
)
def test_what_cannot_be_trained_is_told_in_words(train: Train, change: dict[str, Any], words: str) -> None:
    with pytest.raises(SystemExit, match=words):
        train(**change)


def test_an_empty_channel_is_told(ml: Path, train: Train) -> None:
    (ml / "input/data/train").mkdir()
    (ml / "input/config/inputdataconfig.json").write_text('{"train": {}}')
    (ml / "input/config/hyperparameters.json").write_text(json.dumps(PARAMETERS))
    with pytest.raises(SystemExit, match="the channel train has no files"):
        train_xgboost.main()
