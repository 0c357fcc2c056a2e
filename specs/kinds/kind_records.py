"""What is known of kinds of steps, written for programs and for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .kind import StepKind
from .offer import Form, Offer
from .slot import Slot


def kind_record(kind: StepKind) -> dict[str, Any]:
    """Write all that is known of a kind as a JSON value."""
    return {
        "name": kind.name,
        "type": kind.written_type,
        "operation": f"Create{kind.resource or kind.requested}" if kind.resource or kind.requested else None,
        "describes": f"Describe{kind.resource}" if kind.resource else None,
        "calls": {"service": kind.calls.service, "operation": kind.calls.operation} if kind.calls else None,
        "offers": [_offer(offer) for offer in kind.offers],
        "slots": [_slot(slot) for slot in kind.slots],
        "beside": sorted(kind.beside),
        "needs": list(kind.needs),
        "takes": list(kind.takes),
        "parts": list(kind.parts),
        "holds": list(kind.nested),
        "caches": kind.caches,
        "retries": kind.retries,
        "refused": dict(kind.refused),
        "given": list(kind.given),
        "exclusive": [list(group) for group in kind.exclusive],
        "one_of": [list(group) for group in kind.one_of],
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "path": offer.path,
        "form": str(offer.form),
        "name": None if offer.name == ".*" else _shown(offer.name),
        "types": [str(item) for item in offer.types],
        "data_types": [str(item) for item in offer.data_types],
        "joined": offer.joined,
        "file": offer.file,
    }


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "place": slot.place,
        "form": str(slot.form),
        "name": None if slot.name == ".*" else _shown(slot.name),
        "types": [str(item) for item in slot.types],
        "data_types": [str(item) for item in slot.data_types],
        "may_share": slot.may_share,
        "wants": list(slot.wants),
    }


def _shown(pattern: str) -> str:
    """Write a pattern of names without what only a program needs."""
    for written, plain in (("\\_", "_"), ("\\.", "."), ("(?i:", "("), ("(?:", "(")):
        pattern = pattern.replace(written, plain)
    return pattern


def kind_lines(kind: StepKind) -> Iterator[str]:
    """Tell all that is known of a kind, line by line."""
    record = kind_record(kind)
    yield f"{kind.name}: {_summary(record)}"
    yield from _section("what it offers", map(_offer_line, record["offers"]))
    yield from _section("where references go", map(_slot_line, record["slots"]))
    yield from _section("beside its Arguments", _beside(kind))
    yield from _section("what the pipeline service makes of it", _service(kind))


def kind_operation(kind: StepKind) -> str:
    """Name what takes the request of such steps."""
    record = kind_record(kind)
    if record["calls"]:
        return f"{record['calls']['operation']} of {record['calls']['service']}"
    return record["operation"] or "no operation of the SageMaker API"


def _summary(record: Mapping[str, Any]) -> str:
    parts = [f"Type {record['type']}"]
    if record["parts"]:
        parts = [f"a definition has several steps for it, of {', '.join(record['parts'])}"]
    elif record["operation"]:
        parts.append(f"its request is {record['operation']}'s")
    if record["describes"] and not record["parts"]:
        parts.append(f"its properties are {record['describes']}'s")
    if record["calls"]:
        parts.append(f"its request is {record['calls']['operation']}'s of {record['calls']['service']}")
    if record["takes"]:
        parts.append(f"takes {', '.join(record['takes'])}")
    return "; ".join(parts)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", title, *(f"  {line}" for line in found))


def _offer_line(offer: Mapping[str, Any]) -> str:
    form = f" ({offer['form']})" if offer["form"] != Form.ANY else ""
    joined = ", as part of a Join" if offer["joined"] else ""
    joined = f", as what stands under it in {offer['file']}" if offer["file"] else joined
    return f"{offer['path'] or '(nothing)'}{form}{joined}{_when(offer)}"


def _slot_line(slot: Mapping[str, Any]) -> str:
    form = f" (a {slot['form']})" if slot["form"] != Form.ANY else ""
    shared = ", may be shared" if slot["may_share"] else ""
    return f"{slot['place']}{form}{shared}{_when(slot)}"


def _when(item: Mapping[str, Any]) -> str:
    told = [f"named {item['name']}"] if item["name"] else []
    told += [f"of type {', '.join(item['types'])}"] if item["types"] else []
    told += [f"of data type {', '.join(item['data_types'])}"] if item["data_types"] else []
    return f" - {'; '.join(told)}" if told else ""


def _beside(kind: StepKind) -> Iterator[str]:
    for name in sorted(kind.beside):
        yield f"{name} (required)" if name in kind.needs else name


def _service(kind: StepKind) -> Iterator[str]:
    yield "its results are cached where 'cache' says so" if kind.caches else "its results are not cached"
    yield "it is tried again where 'retry' says so" if kind.retries else "it is not tried again"
    for member, reason in sorted(kind.refused.items()):
        yield f"{member} is refused: {reason}"
    for member in kind.given:
        yield f"{member} comes from a parameter only"
    for group in kind.exclusive:
        yield f"at most one of {', '.join(group)}"
    for group in kind.one_of:
        yield f"at least one of {', '.join(group)}"
