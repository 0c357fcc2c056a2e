"""Runs a model's inference functions over files, as a batch transform does.

Arguments: the folder of the unpacked model, the script with model_fn, input_fn, predict_fn and output_fn, and
a file of JSON: `content_type`, `accept`, and `batches`, pairs of the files of a request and of its answer.
Functions that the script lacks are those of SageMaker's inference toolkit, for CSV and JSON.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any


def main() -> None:
    """Load the model once, and answer every request."""
    folder, script, order = (Path(argument) for argument in sys.argv[1:])
    asked = json.loads(order.read_text(encoding="utf-8"))
    module = _load(script)
    model = _function(module, "model_fn", _no_model)(str(folder))
    read = _function(module, "input_fn", _read_input)
    predict = _function(module, "predict_fn", lambda data, loaded: loaded.predict(data))
    write = _function(module, "output_fn", _write_output)
    for request, answer in asked["batches"]:
        data = read(_body(Path(request), asked["content_type"]), asked["content_type"])
        said = write(predict(data, model), asked["accept"])
        body = said[0] if isinstance(said, tuple) else said
        Path(answer).write_bytes(body if isinstance(body, bytes) else str(body).encode())


def _load(script: Path) -> ModuleType:
    sys.path.insert(0, str(script.parent))
    spec = importlib.util.spec_from_file_location("inference", script)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{script.name} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules["inference"] = module
    spec.loader.exec_module(module)
    return module


def _function(module: ModuleType, name: str, otherwise: Any) -> Any:
    return getattr(module, name, otherwise)


def _no_model(_: str) -> Any:
    raise SystemExit("the script has no model_fn")


def _body(path: Path, content_type: str) -> Any:
    content = path.read_bytes()
    return content.decode() if content_type.startswith(("text/", "application/json")) else content


def _read_input(body: Any, content_type: str) -> Any:
    import numpy

    if content_type.startswith("text/csv"):
        rows = [[float(cell) for cell in row] for row in csv.reader(io.StringIO(body)) if row]
        return numpy.array(rows)
    if content_type.startswith(("application/json", "application/jsonlines")):
        lines = [json.loads(line) for line in body.splitlines() if line.strip()]
        return numpy.array(lines[0] if len(lines) == 1 else lines)
    raise SystemExit(f"the script has no input_fn, and {content_type} is not read without one")


def _write_output(prediction: Any, accept: str) -> str:
    values = prediction.tolist() if hasattr(prediction, "tolist") else prediction
    if accept.startswith("text/csv"):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(
            row if isinstance(row, list) else [row]
            for row in (values if isinstance(values, list) else [values])
        )
        return text.getvalue()
    return json.dumps(values)


if __name__ == "__main__":
    main()
