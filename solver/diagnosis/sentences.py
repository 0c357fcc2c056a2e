"""The sentences in which a report speaks of remedies, moves, conflicts and what is idle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import networkx as nx

from ...specs import Port
from ..conflict import Conflict
from ..counting import WiringCount
from ..problem import Acyclic, AtMost, BranchSides, Distinct, Forbidden, Pinned, SameSource, Variable
from .failures import Link
from .idle import Idle
from .remedies import Remedy
from .repairs import Move

SHOWN_SOURCES = 4
SHOWN_MOVES = 6

_REMEDIES: Mapping[str, str] = {
    "respell-source": "in compatible_sources of {target}, write '{new}' for '{old}'",
    "drop-pin": "drop the pin of {target} to {old}",
    "repin": "pin {target} to {new}, not to {old}",
    "drop-order": "drop the order {old} -> {new}",
    "drop-forbid": "no longer forbid {target} to take {old}",
    "retype-output": "change the type of the output {target} from {old} to {new}",
    "retype-dependency": "change the type of the dependency {target} from {old} to {new}",
    "retravel-output": "change the data_type of the output {target} from {old} to {new}",
    "retravel-dependency": "change the data_type of the dependency {target} from {old} to {new}",
    "name-source": "add '{new}' to compatible_sources of {target}",
    "add-role": "add '{new}' to the roles of {target}",
    "add-edge": "add the edge {new} -> {target}",
    "lift-exclusivity": "let {target} feed {new} (max_consumers), not {old}",
    "drop-edge": "drop the edge {old} -> {new}",
    "add-step": "add a step '{target}' (spec: {new})",
    "may-share": "let {target} share its source (may_share: true)",
    "declare-input": "declare {target}, of type {new}",
    "drop-distinct": "drop the distinct group of step {target} with {old}",
    "drop-same-source": "drop the same_source group {old} of step {target}",
    "leave-branch": "take step {target} out of the branch '{old}'",
    "make-optional": "make {target} optional (required: false)",
}

_RULES = (
    (Acyclic, "SW205"),
    (BranchSides, "SW206"),
    (SameSource, "SW207"),
)


def remedy_told(remedy: Remedy) -> str:
    """Say what a remedy changes."""
    said = _REMEDIES[remedy.kind].format(target=remedy.target, old=remedy.old, new=remedy.new)
    if remedy.kind == "add-step" and remedy.old:
        return f"{said}, and what it needs itself: {remedy.old}"
    return said


def move_told(move: Move) -> str:
    """Say what a dependency takes, and what it took before."""
    if move.before is None:
        return f"{move.dependency} takes {move.after}"
    return f"{move.dependency} takes {move.after or 'nothing'}, not {move.before}"


def moves_told(moves: Sequence[Move], none: str = "nothing else moves") -> str:
    """Say what moves, the first few of many."""
    if not moves:
        return none
    said = [move_told(move) for move in moves[:SHOWN_MOVES]]
    more = len(moves) - SHOWN_MOVES
    return "; ".join([*said, f"and {more} more move"] if more > 0 else said)


def count_told(count: WiringCount) -> str:
    """Say how many wirings there are."""
    noun = "wiring" if count == WiringCount(1) else "wirings"
    number = (
        count.digits
        if len(count.digits) < 10
        else f"{count.digits[0]}.{count.digits[1:3]}e{len(count.digits) - 1}"
    )
    return f"{'' if count.exact else 'at least '}{number} {noun}"


def idle_told(item: Idle) -> str:
    """Say what is idle."""
    match item.what:
        case "step":
            return f"nothing needs the step '{item.address}'"
        case "input":
            return f"nothing uses the input '{item.address}'"
        case _:
            return f"nothing uses the output '{item.address}'"


def chain_told(chain: Sequence[Link], need: str) -> str:
    """Say the way from the last step down to a need: what each step takes from the next."""
    if not chain:
        return ""
    parts = [
        f"takes '{link.dependency}' from '{link.needs}'" if link.dependency else f"runs after '{link.needs}'"
        for link in chain
    ]
    return f"'{chain[0].step}' {', which '.join(parts)}, which lacks '{need}'"


def conflict_code(conflict: Conflict) -> str:
    """Return the code of a conflict: by its rule, or the general one where rules of several kinds meet."""
    kinds = {type(rule) for rule in conflict.rules} - {Pinned, Forbidden}
    if kinds and kinds <= {AtMost, Distinct}:
        return "SW204"
    found = [code for kind, code in _RULES if kinds == {kind}]
    return found[0] if found else "SW202"


def conflict_title(conflict: Conflict) -> str:
    """Say in a few words what kind of conflict it is."""
    count = len(conflict.variables)
    match conflict_code(conflict):
        case "SW204":
            offered = {item.source for variable in conflict.variables for item in variable.candidates}
            if any(isinstance(rule, Pinned) for rule in conflict.rules):
                return f"{count} dependencies cannot share what they are pinned to"
            outputs = "one source" if len(offered) == 1 else f"{len(offered)} sources"
            return f"{count} dependencies have {outputs} between them, and not enough to go round"
        case "SW205":
            return "the steps would run in a circle"
        case "SW206":
            return "a step would need both sides of a condition, of which one runs"
        case "SW207":
            return "dependencies that must come from one producer have none in common"
        case _:
            return "these cannot hold together"


def conflict_parts(conflict: Conflict) -> Iterator[str]:
    """Say of each member of a conflict what it demands."""
    pinned = {rule.port: rule.source for rule in conflict.rules if isinstance(rule, Pinned)}
    for variable in conflict.variables:
        if variable.port in pinned:
            yield f"{variable.port} is pinned to {pinned[variable.port]}"
        else:
            yield f"{variable.port} takes {sources_told(variable)}"
    for first, second in conflict.edges:
        yield f"{first} runs before {second}"
    for rule in conflict.rules:
        if not isinstance(rule, Pinned):
            yield f"{rule} [{rule.code}]"


def sources_told(variable: Variable) -> str:
    """Name the sources that a dependency may take, the first few of many."""
    sources = [str(candidate.source) for candidate in variable.candidates]
    if len(sources) > SHOWN_SOURCES:
        sources[SHOWN_SOURCES:] = [f"one of {len(sources) - SHOWN_SOURCES} more"]
    return " or ".join(sources) or "nothing"


def circle(conflict: Conflict) -> list[tuple[str, str]]:
    """Follow a circle that a conflict closes: each step with the reason why it runs after the one before."""
    reasons = dict.fromkeys(conflict.edges, "by order, edges or a branch")
    pinned = {rule.port: rule.source for rule in conflict.rules if isinstance(rule, Pinned)}
    for variable in conflict.variables:
        for candidate in reversed(variable.candidates):
            if pinned.get(variable.port, candidate.source) == candidate.source:
                edge = (candidate.source.step, variable.port.step)
                said = "is pinned to" if variable.port in pinned else "takes"
                reasons[edge] = f"{variable.port} {said} {candidate.source}"
    graph: nx.DiGraph[str] = nx.DiGraph(sorted(reasons))
    found = min(
        nx.strongly_connected_components(graph), key=lambda steps: (-len(steps), min(steps)), default=set()
    )
    if len(found) < 2 and not any(graph.has_edge(step, step) for step in found):
        return []
    edges = nx.find_cycle(graph.subgraph(sorted(found)), min(found))
    return [(edges[0][0], ""), *((after, reasons[before, after]) for before, after in edges)]


def dependency_told(port: Port, type_: str) -> str:
    """Name a dependency in the words of the seed design."""
    return f"Step '{port.step}' missing required dependency '{port.name}' ({type_})"
