"""A lock: the wiring that was agreed on, and the hashes of all that it was made from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import ConfigDict, Field, ValidationError

from ..emitters.records.wiring import to_wiring
from ..problems.codes import Code
from ..problems.counts import counted
from ..problems.errors import DocumentError, LockError
from ..problems.problem import Position, Problem
from ..problems.suggestions import shown
from ..problems.validation import problems_of
from ..solver.search.counting import WiringCount
from ..solver.search.wiring import Wiring
from ..specs import PipelineSpec, StepSpecification
from ..specs.frozen_model import Frozen
from ..specs.text.source import read_text
from .digest import canonical_spec, digest, document_digest

LOCK = ".lock"
"""What is added to the name of a document for its lock."""

FORMAT: Final = 1
"""The version of the lock's format."""


_MARKER = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: |$)", re.MULTILINE)
_MOVING = frozenset(("margin", "margin_known"))
"""What a wiring tells of others: how much is known depends on the time there was."""


class LockedSpec(Frozen):
    """The specification of a step, by its hash and those of its ports, which do not contain their names."""

    step_type: str
    sha256: str
    dependencies: Mapping[str, str]
    outputs: Mapping[str, str]


class LockedDocument(Frozen):
    """The document, by its pipeline's name and the hash of what it says beside its specifications."""

    name: str
    sha256: str


class LockedBinding(Frozen):
    """One dependency's source, with its score and evidence."""

    model_config = ConfigDict(extra="allow")

    source: str
    score: int
    evidence: tuple[Mapping[str, Any], ...] = ()


class LockedJoint(Frozen):
    """Evidence that several bindings give together."""

    kind: str
    points: int
    dependencies: tuple[str, ...]


class LockedWiring(Frozen):
    """The bindings by the dependency's address, as `solve --format json` prints them, without margins."""

    model_config = ConfigDict(extra="allow")

    score: int
    bindings: Mapping[str, LockedBinding]
    unbound: tuple[str, ...]
    joint: tuple[LockedJoint, ...] = ()

    @property
    def sources(self) -> dict[str, str]:
        """Map each bound dependency's address to its source's."""
        return {port: binding.source for port, binding in self.bindings.items()}


class LockedCount(Frozen):
    """How many wirings there are; no value where they were too many to count."""

    exact: bool
    value: str | None


class Lock(Frozen):
    """What a lock file holds."""

    lock: Literal[1] = FORMAT
    stepwire: str
    document: LockedDocument
    specs: Mapping[str, LockedSpec]
    wiring: LockedWiring
    count: LockedCount
    sha256: str = Field(default="", exclude=True)

    @property
    def seal(self) -> str:
        """The hash of all that the lock says; a lock whose `sha256` is another was edited by hand."""
        return digest(self.model_dump(mode="json"))

    def __repr__(self) -> str:
        bound = counted(len(self.wiring.bindings), "binding")
        return f"<Lock {self.document.name}: {bound}, score {self.wiring.score}>"

    @property
    def text(self) -> str:
        """The lock as a file holds it: the same bytes for the same wiring of the same pipeline."""
        data = {**self.model_dump(mode="json"), "sha256": self.seal}
        return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def lock_path(document: Path) -> Path:
    """Return the path of a document's lock."""
    return document.with_name(f"{document.name}{LOCK}")


def make_lock(wiring: Wiring, count: WiringCount | None) -> Lock:
    """Lock a wiring of a pipeline that has `count` wirings; None, or one that is not exact, is left open."""
    pipeline, record = wiring.pipeline, to_wiring(wiring)
    digits = count.digits if count and count.exact else None
    bindings = {
        port: {key: item for key, item in binding.items() if key not in _MOVING}
        for port, binding in record["bindings"].items()
    }
    return Lock(
        stepwire=version("stepwire"),
        document=LockedDocument(name=pipeline.name, sha256=document_digest(pipeline)),
        specs=locked_specs(pipeline),
        wiring=LockedWiring.model_validate({**record, "bindings": bindings}),
        count=LockedCount(exact=digits is not None, value=digits),
    )


def locked_specs(pipeline: PipelineSpec) -> dict[str, LockedSpec]:
    """Hash the specification of every step."""
    known: dict[int, LockedSpec] = {}
    for step in pipeline.steps.values():
        if id(step.spec) not in known:
            known[id(step.spec)] = _locked_spec(step.spec)
    return {name: known[id(step.spec)] for name, step in sorted(pipeline.steps.items())}


def _locked_spec(spec: StepSpecification) -> LockedSpec:
    data = canonical_spec(spec)
    return LockedSpec(
        step_type=spec.step_type,
        sha256=digest(data),
        dependencies={name: digest(port) for name, port in data.get("dependencies", {}).items()},
        outputs={name: digest(port) for name, port in data.get("outputs", {}).items()},
    )


def read_lock(path: Path, *, of: PipelineSpec | None = None) -> Lock:
    """Read a lock, `of` a pipeline where one is given.

    Raises LockError when it is not there, is no lock, has merge-conflict markers, is in a format that this
    version does not read, was edited by hand, or belongs to a pipeline of another name.
    """
    where = Position(str(path), 1, 1)
    if not path.exists():
        raise LockError([Problem(Code.NO_LOCK, "there is no lock", where)])
    if path.is_dir():
        message = "a folder stands where the lock should be"
        raise LockError(
            [Problem(Code.LOCK_UNREADABLE, message, where, "move it away, or rename the document")]
        )
    try:
        text = read_text(path)
    except DocumentError as error:
        problems = [Problem(Code.LOCK_UNREADABLE, item.message, item.position) for item in error.problems]
        raise LockError(problems) from None
    return parse_lock(text, str(path), of=of)


def parse_lock(text: str, file: str, *, of: PipelineSpec | None = None) -> Lock:
    """Read the text of a lock; `file` names it in messages; raises LockError as `read_lock` does."""
    lock = _model(_json(text, file), file)
    top = Position(file, 1, 1)
    if lock.sha256 != lock.seal:
        message = "the lock was edited by hand: its content is not what its hash says"
        raise LockError([Problem(Code.LOCK_EDITED, message, top)])
    if of is not None and lock.document.name != of.name:
        message = f"the lock is of the pipeline '{lock.document.name}', not of '{of.name}'"
        raise LockError([Problem(Code.LOCK_OF_ANOTHER, message, top)])
    return lock


def _json(text: str, file: str) -> Mapping[str, Any]:
    marker = _MARKER.search(text)
    if marker:
        where = Position(file, text.count("\n", 0, marker.start()) + 1, 1)
        message = "the lock holds the markers of a merge conflict"
        raise LockError(
            [Problem(Code.LOCK_IN_CONFLICT, message, where, "settle the document first, then write it anew")]
        )
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        cut = "ends too early" if not text[error.pos :].strip() else "is no JSON"
        where = Position(file, error.lineno, error.colno)
        raise LockError([Problem(Code.LOCK_UNREADABLE, f"the lock {cut}: {error.msg}", where)]) from None
    except (RecursionError, ValueError):  # a number of thousands of digits is a ValueError
        raise LockError([_no_lock(file)]) from None
    if not isinstance(data, dict) or "lock" not in data:
        raise LockError([_no_lock(file)])
    return data


def _format(given: Any) -> str:
    return str(given) if isinstance(given, int) else shown(given)


def _no_lock(file: str) -> Problem:
    return Problem(
        Code.LOCK_UNREADABLE, "the file is no lock of stepwire", Position(file, 1, 1), "is it the right file?"
    )


def _model(data: Mapping[str, Any], file: str) -> Lock:
    where = Position(file, 1, 1)
    if data["lock"] != FORMAT:
        by = f" (written by stepwire {data['stepwire']})" if isinstance(data.get("stepwire"), str) else ""
        message = f"the lock has format {_format(data['lock'])}{by}; this version reads format {FORMAT}"
        hint = "use the version that wrote it, or write it anew"
        raise LockError([Problem(Code.LOCK_FORMAT, message, where, hint)])
    try:
        return Lock.model_validate(data)
    except ValidationError as error:
        found = problems_of(error, Lock, subject="the lock")
        problems = [Problem(Code.LOCK_UNREADABLE, item.message, where) for item in found]
        raise LockError(problems) from None
