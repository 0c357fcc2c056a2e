"""Writes explanations: for people at a terminal, and as a JSON value for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import Any

from ...diagnosis.ambiguity import Ambiguity
from ...diagnosis.circles import circle
from ...diagnosis.contrast import Contrast
from ...diagnosis.failures import Failure, Missing, Need
from ...diagnosis.moves import BindingMove
from ...diagnosis.repairs.repairs import Repair
from ...diagnosis.report import Report
from ...diagnosis.why import Instead, Why
from ...diagnosis.words.clashing import conflict_code, conflict_parts, say_arrow
from ...diagnosis.words.found import problem_of
from ...diagnosis.words.idleness import say_idle
from ...diagnosis.words.sentences import say_remedy
from ...problems.errors import DocumentError
from ...problems.records import to_place, to_record
from ...solver.problem.candidates import NearMiss
from ...solver.problem.elements import Elements
from ...specs import Port
from ...specs.edits.apply import Append, Drop, Edit, Put
from .wiring import to_binding, to_count, to_joint

EXPLANATION_SCHEMA = 1


SHOWN_NEAR_MISSES = 20
"""So many near misses are written for each dependency, unless all are asked for."""


def to_explanation(report: Report, *, all_: bool = False) -> dict[str, Any]:
    """Write a report as the value that `explain --format json` prints."""
    return {
        "schema": EXPLANATION_SCHEMA,
        "pipeline": report.pipeline.name,
        "status": "resolved" if report.is_resolved else "unresolved",
        "complete": report.complete,
        "score": report.wiring.score if report.wiring else None,
        "failures": [
            {**_failure(failure, report, all_=all_), "repairs": list(_cures(report, number))}
            for number, failure in enumerate(report.failures)
        ],
        "repairs": [_repair(number, repair) for number, repair in enumerate(report.repairs, 1)],
        "clashes": [
            {
                "conflicts": [_conflict(item) for item in clash.conflicts],
                "corrections": [_conflict(item) for item in clash.corrections],
                "complete": clash.complete,
            }
            for clash in report.clashes
        ],
        "ambiguities": [_ambiguity(item) for item in report.ambiguities],
        "idle": [
            {
                "code": item.code,
                "what": item.what,
                "address": item.address,
                "message": say_idle(item),
                "position": to_place(item.position),
            }
            for item in report.idle
        ],
    }


def _failure(failure: Failure, report: Report, *, all_: bool) -> dict[str, Any]:
    told = to_record(problem_of(failure, report.pipeline))
    if isinstance(failure, Missing):
        shown = failure.near_misses if all_ else failure.near_misses[:SHOWN_NEAR_MISSES]
        return {
            **told,
            "kind": "missing",
            "needs": [_need(need) for need in (failure.need, *failure.also)],
            "pinned": _address(failure.pinned),
            "near_misses": [_near_miss(miss) for miss in shown],
            "near_misses_in_all": len(failure.near_misses),
        }
    return {
        **told,
        "kind": "contradiction",
        "needs": [_need(need) for need in failure.needs],
        "also": [str(port) for port in failure.also],
        "conflict": {**_conflict(failure.conflict), "smallest": failure.conflict.is_smallest},
        "circle": [
            {"before": arrow.before, "after": arrow.after, "reason": say_arrow(arrow, report.pipeline)}
            for arrow in circle(failure.conflict)
        ],
    }


def _need(need: Need) -> dict[str, Any]:
    return {
        "dependency": str(need.port),
        "type": need.type,
        "data_type": need.data_type,
        "position": to_place(need.position),
        "chain": [
            {"step": link.step, "dependency": link.dependency or None, "needs": link.needs}
            for link in need.chain
        ],
    }


def _near_miss(miss: NearMiss) -> dict[str, Any]:
    return {
        "source": str(miss.source),
        "position": to_place(miss.position),
        "failed": len(miss.failed),
        "rules": [
            {"rule": item.rule, "passed": item.passed, "expected": item.expected, "found": item.found}
            for item in miss.verdicts
        ],
    }


def _conflict(conflict: Elements) -> dict[str, Any]:
    return {
        "code": conflict_code(conflict),
        "dependencies": [str(variable.port) for variable in conflict.variables],
        "members": list(conflict_parts(conflict)),
    }


def _cures(report: Report, number: int) -> Iterator[dict[str, Any]]:
    """Write what mends one of several failures alone; nothing where there is one failure only."""
    found = report.cures[number] if report.cures else ()
    for letter, repair in zip(ascii_lowercase, found, strict=False):
        yield _repair(f"{number + 1}{letter}", repair)


def _repair(number: int | str, repair: Repair) -> dict[str, Any]:
    return {
        "number": number,
        "changes": [
            {"kind": remedy.kind, "target": remedy.target, "message": say_remedy(remedy)}
            for remedy in repair.remedies
        ],
        "edits": [_edit(edit) for edit in repair.edits],
        "count": to_count(repair.count),
        "takes": [_move(move) for move in repair.takes],
        "moves": [_move(move) for move in repair.moves],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    match edit:
        case Put(location, value):
            return {"edit": "put", "location": list(location), "value": value}
        case Append(location, value):
            return {"edit": "append", "location": list(location), "value": value}
        case Drop(location):
            return {"edit": "drop", "location": list(location)}


def _move(move: BindingMove) -> dict[str, Any]:
    return {
        "dependency": str(move.dependency),
        "before": _address(move.before),
        "after": _address(move.after),
    }


def _address(port: Port | None) -> str | None:
    return str(port) if port else None


def _ambiguity(ambiguity: Ambiguity) -> dict[str, Any]:
    return {
        "dependencies": [str(port) for port in ambiguity.dependencies],
        "question": str(ambiguity.question),
        "choices": [_address(choice) for choice in ambiguity.choices],
        "rivals": [
            {"loss": rival.loss, "moves": [_move(move) for move in rival.moves]} for rival in ambiguity.rivals
        ],
        "more": ambiguity.more,
        "pins": {str(port): str(source) for port, source in ambiguity.pins.items()},
    }


def to_misspelling(error: DocumentError, changes: Sequence[str]) -> dict[str, Any]:
    """Write what is wrong with a document, and the repair that mends it, in the form of an explanation."""
    repair = {"number": 1, "changes": [{"kind": "respell", "message": change} for change in changes]}
    return {
        "schema": EXPLANATION_SCHEMA,
        "status": "invalid",
        "problems": [to_record(problem) for problem in error.problems],
        "repairs": [repair],
    }


def to_reasons(why: Why) -> dict[str, Any]:
    """Write why a dependency takes what it takes as the value that `why --format json` prints.

    Of a dependency that takes the same in every wiring, `barred` says what keeps it from the next best of the
    `others` that fit; a binding is forced where its margin is known to be none.
    """
    instead = why.instead
    return {
        "schema": EXPLANATION_SCHEMA,
        "dependency": str(why.dependency),
        "binding": to_binding(why.binding) if why.binding else None,
        "joint": [to_joint(piece) for piece in why.joint],
        "instead": _instead(why, instead) if instead else None,
        "barred": [_instead(why, other) for other in why.barred],
        "others": why.others,
        "is_pinned": str(why.dependency) in why.pipeline.pins,
    }


def _instead(why: Why, instead: Instead) -> dict[str, Any]:
    taken = instead.wiring.bindings[why.dependency] if instead.wiring else None
    return {
        "source": str(instead.source),
        "is_valid": instead.wiring is not None,
        "rules": _near_miss(instead.miss)["rules"] if instead.miss else [],
        "loss": instead.loss if instead.wiring else None,
        "binding": to_binding(taken) if taken else None,
        "moves": [_move(move) for move in instead.moves],
        "problems": [to_record(problem_of(failure, why.pipeline)) for failure in instead.failures],
    }


def to_contrast(found: Contrast) -> dict[str, Any]:
    """Write how two whole wirings differ as the value that `why --against N --format json` prints."""
    return {
        "schema": EXPLANATION_SCHEMA,
        "rank": found.rank,
        "loss": found.loss,
        "moves": [_move(move) for move in found.moves],
    }
