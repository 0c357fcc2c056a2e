"""A bench on which definitions are made of tiny scripts and run for real."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from stepwire.runtime import results, runner
from stepwire.runtime.job import Job
from stepwire.runtime.store import Store

BASE = "/opt/ml/processing"


@dataclass
class Bench:
    """Makes steps of scripts, and runs them under `root`; a script finds its base folder in `sys.argv[1]`."""

    home: Path
    events: list[results.StepEvent] = field(default_factory=list)

    @property
    def root(self) -> Path:
        return self.home / ".stepwire"

    def s3(self, key: str) -> Path:
        return self.root / "s3" / "bucket" / key

    def file(self, name: str, text: str = "") -> Path:
        path = self.home / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
        return path

    def processing(
        self,
        name: str,
        script: str,
        *,
        inputs: Mapping[str, Any] | None = None,
        outputs: Iterable[str] = (),
        arguments: Iterable[Any] = (BASE,),
        **body: Any,
    ) -> dict[str, Any]:
        sources = {"code": str(self.file(f"{name}.py", script)), **(inputs or {})}
        return {
            "Name": name,
            "Type": "Processing",
            "Arguments": {
                "ProcessingInputs": [
                    {"InputName": key, "S3Input": {"S3Uri": uri, "LocalPath": f"{BASE}/{key}"}}
                    for key, uri in sources.items()
                ],
                "ProcessingOutputConfig": {
                    "Outputs": [
                        {
                            "OutputName": key,
                            "S3Output": {"S3Uri": f"s3://bucket/{name}/{key}", "LocalPath": f"{BASE}/{key}"},
                        }
                        for key in outputs
                    ]
                },
                "AppSpecification": {
                    "ImageUri": "image",
                    "ContainerEntrypoint": ["python3", f"{BASE}/code/{name}.py"],
                    "ContainerArguments": list(arguments),
                },
            },
            **body,
        }

    def training(self, name: str, script: str, **arguments: Any) -> dict[str, Any]:
        """Make a Training step with an entrypoint; its script lies in the channel `script`."""
        source = str(self.file(f"{name}.py", script))
        return {
            "Name": name,
            "Type": "Training",
            "Arguments": {
                "AlgorithmSpecification": {
                    "TrainingImage": "image",
                    "ContainerEntrypoint": ["python3", f"/opt/ml/input/data/script/{name}.py"],
                },
                "OutputDataConfig": {"S3OutputPath": "s3://bucket/models/"},
                "InputDataConfig": [self.channel("script", source)],
                **arguments,
            },
        }

    @staticmethod
    def channel(name: str, uri: Any) -> dict[str, Any]:
        return {
            "ChannelName": name,
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}},
        }

    def run(self, *steps: Mapping[str, Any], declared: Iterable[Any] = (), **options: Any) -> results.Run:
        definition = {"Version": "2020-12-01", "Parameters": list(declared), "Steps": list(steps)}
        return runner.run_definition(definition, root=self.root, listen=self.events.append, **options)

    def job(self, request: Mapping[str, Any], step: str = "Step", **sides: tuple[str, ...]) -> Job:
        folder = self.root / "runs" / "run-0001" / step
        folder.mkdir(parents=True)
        store = Store(self.root / "s3", folder)
        return Job(step, f"run-0001-{step}", request, folder, store, self.root / "models", sides)

    def states(self) -> dict[str, str]:
        """The last state of every step."""
        return {event.step: event.state for event in self.events}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)
