"""The sentences in which a report speaks of needs, near misses, remedies and moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ...problems.counts import listed
from ...solver.problem.candidates import NearMiss
from ...solver.problem.unary_rules import Verdict
from ...specs import INPUTS, PipelineSpec, Port
from ..ambiguity import Ambiguity
from ..failures import Link, Missing
from ..moves import BindingMove
from ..repairs.remedies import Remedy

SHOWN_MOVES = 4

_REMEDIES: Mapping[str, str] = {
    "respell-source": "in compatible_sources of {target}, write '{new}' for '{old}'",
    "drop-pin": "drop the pin of {target} to {old}",
    "repin": "pin {target} to {new}, not to {old}",
    "drop-order": "drop the order {old} -> {new}",
    "drop-forbid": "no longer forbid {target} to take {old}",
    "retype-output": "change the type of the {offer} {target} from {old} to {new}",
    "retype-dependency": "change the type of the dependency {target} from {old} to {new}",
    "retravel-output": "change the data_type of the {offer} {target} from {old} to {new}",
    "retravel-dependency": "change the data_type of the dependency {target} from {old} to {new}",
    "name-source": "add '{new}' to compatible_sources of {target}",
    "add-role": "add '{new}' to the roles of {target}",
    "give-output": "let {target} be an output too, of type {new}",
    "add-edge": "add the edge {new} -> {target}",
    "add-to-body": "let {new} run {target} as well (body)",
    "lift-exclusivity": "let {target} feed {new} (max_consumers), not {old}",
    "drop-edge": "drop the edge {old} -> {new}",
    "add-step": "add a step '{target}' (spec: {new})",
    "add-chain": "add the steps {new}",
    "may-share": "let {target} share its source (may_share: true)",
    "declare-input": "declare {target}, of type {new}",
    "drop-distinct": "drop the distinct group [{old}] of {target}, and let {new} share (may_share: true)",
    "drop-same-source": "drop the same_source group [{old}] of step {target}",
    "leave-branch": "take step {target} out of the {old}",
    "make-optional": "make {target} optional (required: false)",
}


def say_remedy(remedy: Remedy) -> str:
    """Say what a remedy changes."""
    offer = "input" if str(remedy.target).startswith(f"{INPUTS}.") else "output"
    said = _REMEDIES[remedy.kind].format(target=remedy.target, old=remedy.old, new=remedy.new, offer=offer)
    if remedy.kind == "add-step" and remedy.old:
        return f"{said}, and what it needs itself: {remedy.old}"
    return said


def say_move(move: BindingMove) -> str:
    """Say what a dependency takes, and what it took before."""
    return _say_alike([move])


def _say_alike(moves: Sequence[BindingMove]) -> str:
    """Say what dependencies take that all took the same before, and take the same now."""
    first = moves[0]
    said = f"{listed(str(move.dependency) for move in moves)} {'takes' if len(moves) == 1 else 'take'}"
    return f"{said} {first.after or 'nothing'}{f', not {first.before}' if first.before else ''}"


def say_moves(moves: Sequence[BindingMove], none: str = "nothing else changes") -> str:
    """Say what moves, the first few of many."""
    if not moves:
        return none
    alike: defaultdict[tuple[Port | None, Port | None], list[BindingMove]] = defaultdict(list)
    for move in moves[:SHOWN_MOVES]:
        alike[move.before, move.after].append(move)
    said = map(_say_alike, alike.values())
    more = len(moves) - SHOWN_MOVES
    return "; ".join([*said, f"and {more} more {'changes' if more == 1 else 'change'}"] if more > 0 else said)


def say_chain(chain: Sequence[Link], verb: str, need: str) -> str:
    """Say the way from the last step down to a need: what each step takes from the next."""
    if not chain:
        return ""
    parts = [
        f"takes '{link.dependency}' from '{link.needs}'" if link.dependency else f"runs after '{link.needs}'"
        for link in chain
    ]
    return f"'{chain[0].step}' {', which '.join(parts)}, which {verb} '{need}'"


def say_dependency(port: Port, type_: str) -> str:
    """Name a dependency in the words of the seed design."""
    return f"Step '{port.step}' missing required dependency '{port.name}' ({type_})"


def say_near_misses(failure: Missing, pipeline: PipelineSpec) -> Iterator[str]:
    """Say why the nearest sources do not do, a sentence each."""
    for miss in failure.near_misses:
        yield f"not {miss.source}: {say_near_miss(failure.need.port, miss, pipeline)}"
    if not failure.near_misses:
        yield "there is no output or input at all that it could take"


def say_broken_pin(failure: Missing, pipeline: PipelineSpec) -> str:
    """Say what a dependency is pinned to, and why it cannot take that."""
    miss = next(item for item in failure.near_misses if item.source == failure.pinned)
    why = _say_faults(failure.need.port, miss, pipeline)
    return f"{failure.need.port} is pinned to {miss.source}, which {why}"


def say_question(ambiguity: Ambiguity) -> str:
    """Ask what the dependency should take that decides most."""
    choices = [str(choice) if choice else "nothing" for choice in ambiguity.choices]
    return f"Should {ambiguity.question} take {' or '.join(choices)}?"


def say_pins(pins: Mapping[Port, Port]) -> str:
    """Write pins as a document has them."""
    return f"{{{', '.join(f'{port}: {source}' for port, source in pins.items())}}}"


def say_near_miss(port: Port, miss: NearMiss, pipeline: PipelineSpec) -> str:
    """Say why a source does not do for a dependency, and that its type would where it would."""
    said = _say_faults(port, miss, pipeline)
    return f"of the right type, but {said}" if is_right_type(miss) else said


def is_right_type(miss: NearMiss) -> bool:
    """Tell whether it is not the type that keeps a source from a dependency."""
    return all(verdict.rule != "type" for verdict in miss.failed)


def _say_faults(port: Port, miss: NearMiss, pipeline: PipelineSpec) -> str:
    return ", and ".join(_say_verdict(verdict, port, miss, pipeline) for verdict in miss.failed)


def _say_verdict(verdict: Verdict, port: Port, miss: NearMiss, pipeline: PipelineSpec) -> str:
    match verdict.rule:
        case "type":
            return f"is {verdict.found}, not {verdict.expected}"
        case "data-type":
            wanted = pipeline.dependency(port)
            return f"travels as {verdict.found}, not as {wanted.data_type if wanted else ''}"
        case "source":
            return _say_origin(port, miss, pipeline)
        case "self":
            return f"is made by {port.step} itself"
        case "edge":
            return f"has no edge {miss.source.step} -> {port.step}"
        case "loop":
            return f"is made anew for each item of {pipeline.loops()[miss.source.step]}"
        case "pin":
            return f"is not {verdict.expected}"
        case _:
            return "is forbidden to it"


def _say_origin(port: Port, miss: NearMiss, pipeline: PipelineSpec) -> str:
    """Say where a source comes from, and where it should."""
    wanted = pipeline.dependency(port)
    names = " or ".join(wanted.compatible_sources) if wanted else ""
    if miss.source.step == INPUTS:
        return f"is an input without the role {names}"
    step = miss.source.step
    known = ", ".join(sorted(pipeline.steps[step].spec.names - {step}))
    return f"comes from {step}{f' ({known})' if known else ''}, not from {names}"
