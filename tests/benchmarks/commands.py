"""Times whole processes of the command line: on the example, and on very many pipelines."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import stepwire

from .measure import Measured
from .table import Row
from .targets import Target

EXAMPLE = Path(__file__).parents[2] / "examples" / "xgboost" / "pipeline.yaml"
START_TARGET = Target("ratio", 1 / 1.8)
BARE = "import pydantic, click, yaml"
"""What no start can do without: the libraries that read documents and command lines."""
SETS, SETS_TARGET = 1000, Target("seconds", 10)
LOCKS, LOCKS_TARGET = 200, Target("seconds", 5)

LIBRARY = """\
specs:
  Clean:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {clean: {type: processing_output}}
  Split:
    kind: Processing
    dependencies: {clean: {type: processing_output}}
    outputs:
      train: {type: processing_output}
      validation: {type: processing_output}
      test: {type: processing_output}
  Train:
    kind: Training
    dependencies: {train: {type: training_data}, validation: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
  Evaluate:
    kind: Processing
    dependencies: {model: {type: model_artifacts}, test: {type: processing_output}}
    outputs: {report: {type: evaluation_report}, metrics: {type: property_file, data_type: Json}}
"""
DOCUMENT = """\
name: pipeline-{number}
library: [library.yaml]
inputs: {{raw: {{type: training_data}}, batch: {{type: processing_output}}}}
steps:
  clean: {{spec: Clean}}
  split: {{spec: Split}}
  train: {{spec: Train}}
  evaluate: {{spec: Evaluate}}
  gate:
    kind: Condition
    dependencies: {{metrics: {{type: property_file, data_type: Json, json_path: auc}}}}
  register: {{kind: RegisterModel, dependencies: {{model: {{type: model_artifacts}}}}}}
  create:
    kind: Model
    dependencies: {{model: {{type: model_artifacts}}}}
    outputs: {{name: {{type: model_artifacts, data_type: ModelName}}}}
  score:
    kind: Transform
    dependencies:
      name: {{type: model_artifacts, data_type: ModelName}}
      batch: {{type: processing_output}}
    outputs: {{scores: {{type: processing_output}}}}
  publish: {{kind: Lambda, dependencies: {{scores: {{type: processing_output}}}}}}
  stop: {{kind: Fail}}
branches: {{gate: {{if: [register], else: [stop]}}}}
"""
SPEC_SET = """\
document: {number}.yaml
expect:
  bindings: {{train.train: split.train, train.validation: split.validation, evaluate.test: split.test}}
  unique: true
"""


def example_rows(*, times: int) -> Iterator[Row]:
    """Time commands on the example, in turn with an interpreter that only imports libraries."""
    steps = len(stepwire.load(EXAMPLE).steps)
    asked = {
        "stepwire check": [*_STEPWIRE, "check", str(EXAMPLE)],
        "stepwire solve": [*_STEPWIRE, "solve", str(EXAMPLE)],
        "stepwire --help": [*_STEPWIRE, "--help"],
        BARE: [sys.executable, "-c", BARE],
    }
    runs = [{name: _timed(command) for name, command in asked.items()} for _ in range(times)]
    middle = {name: sorted((run[name] for run in runs), key=lambda it: it.cpu)[times // 2] for name in asked}
    bare = middle.pop(BARE)
    for name, found in middle.items():
        ratio = bare.cpu / found.cpu
        met = START_TARGET.is_met(found, ratio)
        yield Row("ex", steps, name, "stepwire", found, 0.0, target=START_TARGET, met=met)
        yield Row("ex", steps, name, "its libraries alone", bare, 0.0, ratio=ratio)


def many_rows(*, share: float) -> Iterator[Row]:
    """Time commands on many pipelines of ten steps; `share` is the part of them that is asked about."""
    sets, locks = max(2, int(SETS * share)), max(2, int(LOCKS * share))
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "library.yaml").write_text(LIBRARY)
        for number in range(sets):
            (folder / f"{number}.yaml").write_text(DOCUMENT.format(number=number))
            (folder / f"{number}.wiring.yaml").write_text(SPEC_SET.format(number=number))
        documents = [str(folder / f"{number}.yaml") for number in range(locks)]
        _process(["lock", *documents])
        asked = [
            ("stepwire test", sets, [*_STEPWIRE, "test", name], SETS_TARGET),
            ("stepwire lock --check", locks, [*_STEPWIRE, "lock", "--check", *documents], LOCKS_TARGET),
        ]
        if share == 1:
            pytest = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", name]
            asked.append(("pytest -n 2", sets, pytest, SETS_TARGET))
        for question, number, command, target in asked:
            found = _timed(command)
            held, met = (target, target.is_met(found, None)) if share == 1 else (None, None)
            yield Row(f"{number}x", 10, question, "stepwire", found, 0.0, target=held, met=met)


_STEPWIRE = (sys.executable, "-m", "stepwire")


def _process(arguments: Sequence[str]) -> Measured:
    return _timed([*_STEPWIRE, *arguments])


def _timed(command: Sequence[str]) -> Measured:
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, capture_output=True, env=kept)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(time.perf_counter() - start, cpu, 0.0, {})
