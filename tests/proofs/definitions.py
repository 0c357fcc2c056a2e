"""Every definition is run, stood in for, or refused before anything starts, with all that is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from stepwire.definitions.recognise import recognise
from stepwire.problems.codes import Code
from stepwire.problems.errors import DefinitionError
from stepwire.problems.problem import Problem
from stepwire.runtime.errors import StepFailedError
from stepwire.runtime.options import RunOptions, StandIn
from stepwire.runtime.results import StepEvent
from stepwire.runtime.runner import run_definition

from .stubs import Stubs

FOLDER = Path(__file__).parents[3] / "shared" / "definitions"
REFUSED: Mapping[str, tuple[str, ...]] = {
    "009": ("SW442",),  # a Training request without OutputDataConfig
    "022": ("SW443",),  # a template: its bucket is `<YOUR_BUCKET_NAME>`
    "023": ("SW443",),  # a template: its bucket is `$SAGEMAKER_DATA_BUCKET`
    "046": ("SW442",),  # relative LocalPaths
    "048": ("SW443",),  # a template: its bucket is `${aws_s3_bucket.mlops_data.bucket}`
    "v2-estimator-transformer-collection": ("SW442",),  # its S3OutputPath is null
}
"""The definitions that cannot run anywhere as they are, or not here, and how they are refused."""

FAILS: Mapping[str, str] = {
    # The one names a folder as its manifest; the other looks for the model of its second-best job beside
    # S3OutputPath, where no job puts one.
    "v2-training-rich": r"finds a folder at '.*/train' for channel 'train', which has to be a file",
    "v2-tuning-top-model": r"finds nothing at 's3://a-bucket/Tune-\w+-\d+/output/model.tar.gz'",
}
"""The definitions that fail while they run, and would on SageMaker, and how."""

_STANDS_IN = {Code.KIND_NOT_RUN, Code.NO_PROGRAM}
_NOTHING_AT = re.compile(r"finds nothing at '(?P<uri>[^']+)' for (?P<what>[^(]+)")


@dataclass(frozen=True)
class Proof:
    """How a definition went: as it is, with stand-ins for some of its steps, or not at all, with codes."""

    way: Literal["run", "stood in for", "refused", "failed"]
    stood_in: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def read(path: Path) -> Mapping[str, Any]:
    """Read a definition."""
    found = recognise(path.read_text("utf-8"), path.name)
    assert found is not None, f"{path} holds no definition"
    return found.definition.body


def prove(path: Path, home: Path, *, holds: bool = True) -> Proof:
    """Run a definition in `home` with stubs, its conditions coming out as `holds` where that can be.

    Whatever is said to be missing, before anything starts, is supplied, once: that has to be enough.
    """
    stubs = Stubs(read(path), holds)
    script = home / "stub.py"
    script.write_text(stubs.program)
    for uri in stubs.told_uris():
        _supply(stubs, uri, "data", home / "root" / "s3")
    told, warned = _run(stubs, {}, home)
    names = tuple(dict.fromkeys(_step(problem) for problem in told if _wants_stand_in(problem)))
    for text in [*(problem.message for problem in told), *warned]:
        if found := _NOTHING_AT.search(text):
            _supply(stubs, found["uri"], found["what"].strip(), home / "root" / "s3")
    others = {item.code for item in told if not _NOTHING_AT.search(item.message)} - _STANDS_IN
    if others:
        return Proof("refused", codes=tuple(sorted(code.value for code in others)))
    stand_ins = {name: StandIn(script) for name in names}
    try:
        again, _ = _run(stubs, stand_ins, home) if told or warned else ((), [])
    except StepFailedError as error:
        if path.stem in FAILS and re.search(FAILS[path.stem], error.reason):
            return Proof("failed", names)
        raise
    assert not again, f"not all that was missing was told at once: {again[0].message}"
    return Proof("stood in for" if names else "run", names)


def prove_all(folder: Path = FOLDER) -> str:
    """Prove every definition, its conditions both ways, and tell how many went which way."""
    ways: Counter[str] = Counter()
    for path in sorted(folder.glob("*/*.json")):
        for holds in (True, False):
            with TemporaryDirectory() as home:
                proof = prove(path, Path(home), holds=holds)
            assert proof.codes == REFUSED.get(path.stem, ()), (
                f"{path.stem} is refused otherwise: {proof.codes}"
            )
        ways[proof.way] += 1
    return ", ".join(f"{count} {way}" for way, count in sorted(ways.items()))


def _wants_stand_in(problem: Problem) -> bool:
    """Tell whether a step wants a program; what the SDK has serialised cannot be made up, either."""
    told = problem.message.partition(" (")[0]
    return problem.code in _STANDS_IN or told.endswith(("for its function", "for its arguments"))


def _step(problem: Problem) -> str:
    return problem.message.split("'")[1]


def _run(stubs: Stubs, stand_ins: Mapping[str, StandIn], home: Path) -> tuple[tuple[Problem, ...], list[str]]:
    """Run a definition; return why it was refused, and of what failing steps were warned before.

    A Fail step may fail, too.
    """
    events: list[StepEvent] = []
    try:
        run_definition(
            stubs.definition,
            root=home / "root",
            parameters=stubs.parameters,
            options=RunOptions(stand_ins=stand_ins, jobs=2),
            listen=events.append,
        )
    except DefinitionError as error:
        assert {event.state for event in events} <= {"warned"}, "something was started"
        return tuple(error.problems), [event.note for event in events]
    except StepFailedError as error:
        warned = [event.note for event in events if event.state == "warned"]
        if warned or error.step in {step.name for step in stubs.steps if step.kind == "Fail"}:
            return (), warned
        raise
    return (), []


def _supply(stubs: Stubs, uri: str, what: str, s3: Path) -> None:
    place = s3 / uri.removeprefix("s3://").strip("/")
    for name, content in stubs.content(uri, what).items():
        target = place / name if name else place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
