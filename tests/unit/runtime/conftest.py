"""A bench on which definitions are made of tiny scripts and run for real."""

from __future__ import annotations

import tarfile
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from stepwire.runtime import results, runner
from stepwire.runtime.containment import Isolate, ProgramLimits, contain
from stepwire.runtime.keeper.client import Keeper
from stepwire.runtime.object_store import ObjectStore
from stepwire.runtime.options import RunOptions
from stepwire.runtime.step_job import Job
from stepwire.runtime.store import Store

BASE = "/opt/ml/processing"
NO_LIMITS = ProgramLimits()


def _has_walls() -> bool:
    with TemporaryDirectory() as folder, Keeper() as keeper:
        return contain(keeper, "auto", ProgramLimits(), (), Path(folder)).walls


NEEDS_WALLS = pytest.mark.skipif(not _has_walls(), reason="this machine has no namespaces for us")


@dataclass
class Bench:
    """Makes steps of scripts, and runs them under `root`; a script finds its base folder in `sys.argv[1]`."""

    home: Path
    keeper: Keeper
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
        return self.run_definition(definition, **options)

    def run_definition(self, definition: Mapping[str, Any], **options: Any) -> results.Run:
        options = {"options": RunOptions(jobs=1), "listen": self.events.append, **options}
        return runner.run_definition(definition, root=self.root, **options)

    def job(
        self,
        request: Mapping[str, Any],
        step: str = "Step",
        isolate: Isolate = "auto",
        limits: ProgramLimits = NO_LIMITS,
        **sides: tuple[str, ...],
    ) -> Job:
        folder = self.root / "runs" / "run-0001" / step
        folder.mkdir(parents=True)
        store = Store(self.root / "s3", ObjectStore(self.root / "objects"))
        containment = contain(self.keeper, isolate, limits, (), folder)
        return Job(
            step=step,
            name=f"run-0001-{step}",
            request=request,
            folder=folder,
            store=store,
            registry=self.root / "models",
            containment=containment,
            sides=sides,
        )

    def packed(self, step: str, name: str) -> str:
        """Read a member of the model that a training step has packed."""
        (archive,) = self.s3("models").glob(f"{step}-*/output/model.tar.gz")
        with tarfile.open(archive) as tar:
            content = tar.extractfile(name)
            assert content is not None
            return content.read().decode()

    def states(self) -> dict[str, str]:
        """The last state of every step."""
        return {event.step: event.state for event in self.events}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Keeper() as keeper:
        yield Bench(tmp_path, keeper)
