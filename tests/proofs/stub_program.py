"""Stands in for any script of any step: writes what the contract of its step, and the table, ask for.

A table in JSON takes the place of the mark: for every step the rows of its outputs, the files that it writes,
the lines that it logs, its metrics, properties and answers.
"""

from __future__ import annotations

import json
import os
import tarfile
from pathlib import Path
from typing import Any

TABLE: dict[str, Any] = json.loads(r"""@TABLE@""")
ML = Path("/opt/ml")


def main() -> None:
    """Find out by whose contract it runs, and do what that asks for."""
    if (ML / "input/step.json").exists():
        step = json.loads((ML / "input/step.json").read_text())["Name"]
        write(ML / "output/properties.json", json.dumps(TABLE[step]["properties"]))
    elif (ML / "config/processingjobconfig.json").exists():
        job = json.loads((ML / "config/processingjobconfig.json").read_text())
        told = TABLE[job["ProcessingJobName"].rpartition("-")[0]]
        for output in job.get("ProcessingOutputConfig", {}).get("Outputs", []):
            write(Path(output["S3Output"]["LocalPath"]) / "part.csv", told["rows"][output["OutputName"]])
        write_all(told)
    elif (ML / "input/arguments.json").exists():
        write(ML / "output/answer.json", json.dumps(lambda_handler({}, None)))
    else:
        name = os.environ["TRAINING_JOB_NAME"]
        told = next(TABLE[step] for step in sorted(TABLE, key=len, reverse=True) if name.startswith(step))
        write(Path(os.environ["SM_MODEL_DIR"]) / "code" / "inference.py", Path(__file__).read_text())
        write(ML / "output/metrics.json", json.dumps(told["metrics"]))
        write_all(told)


def write_all(told: dict[str, Any]) -> None:
    """Write the files and the log of a step."""
    for path, text in told["files"].items():
        write(Path(path), text)
    print("\n".join(told["log"]))


def write(path: Path, text: str) -> None:
    """Write a file, and the folders that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    if path.name.endswith(".tar.gz"):
        with tarfile.open(path, "w:gz") as archive:
            archive.add(__file__, "code/inference.py")


def lambda_handler(event: Any, context: Any) -> dict[str, Any]:
    """Answer with every output that any Lambda or Callback of the pipeline has."""
    return {name: value for told in TABLE.values() for name, value in told["answers"].items()}


def model_fn(folder: str) -> str:
    """Load the model."""
    return folder


def input_fn(body: Any, content_type: str) -> Any:
    """Take a request as it is."""
    return body


def predict_fn(data: Any, model: str) -> Any:
    """Say one thing of every record."""
    return [0.5 for line in str(data).splitlines() if line]


def output_fn(prediction: Any, accept: str) -> str:
    """Write a line for each record."""
    return "".join(f"{value}\n" for value in prediction)


if __name__ == "__main__":
    main()
