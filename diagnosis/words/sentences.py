"""The sentences in which a report speaks of remedies, moves and conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...problems.codes import Code
from ...problems.counts import counted
from ...solver.problem.candidates import NearMiss
from ...solver.problem.elements import Elements
from ...solver.problem.rules_over_several import (
    Acyclic,
    AtMost,
    BranchSides,
    Constraint,
    Distinct,
    Edge,
    Forbidden,
    Pinned,
    SameSource,
)
from ...solver.problem.wiring_problem import Variable
from ...specs import DependencySpec, PipelineSpec, Port
from ..ambiguity import Ambiguity
from ..circles import CircleArrow
from ..failures import Link, Missing, Need
from ..moves import BindingMove
from ..repairs.remedies import Remedy

MAX_NAMED_SOURCES = 4
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
    "give-output": "let {target} be an output too, of type {new}",
    "add-edge": "add the edge {new} -> {target}",
    "lift-exclusivity": "let {target} feed {new} (max_consumers), not {old}",
    "drop-edge": "drop the edge {old} -> {new}",
    "add-step": "add a step '{target}' (spec: {new})",
    "add-chain": "add the steps {new}",
    "may-share": "let {target} share its source (may_share: true)",
    "declare-input": "declare {target}, of type {new}",
    "drop-distinct": "drop the distinct group of step {target} with {old}",
    "drop-same-source": "drop the same_source group {old} of step {target}",
    "leave-branch": "take step {target} out of the branch '{old}'",
    "make-optional": "make {target} optional (required: false)",
}


_RULES = (
    (Acyclic, Code.CIRCLE),
    (BranchSides, Code.BOTH_SIDES),
    (SameSource, Code.NO_COMMON_PRODUCER),
)


def say_remedy(remedy: Remedy) -> str:
    """Say what a remedy changes."""
    said = _REMEDIES[remedy.kind].format(target=remedy.target, old=remedy.old, new=remedy.new)
    if remedy.kind == "add-step" and remedy.old:
        return f"{said}, and what it needs itself: {remedy.old}"
    return said


def say_move(move: BindingMove) -> str:
    """Say what a dependency takes, and what it took before."""
    if move.before is None:
        return f"{move.dependency} takes {move.after}"
    return f"{move.dependency} takes {move.after or 'nothing'}, not {move.before}"


def say_moves(moves: Sequence[BindingMove], none: str = "nothing else moves") -> str:
    """Say what moves, the first few of many."""
    if not moves:
        return none
    said = [say_move(move) for move in moves[:SHOWN_MOVES]]
    more = len(moves) - SHOWN_MOVES
    return "; ".join([*said, f"and {more} more move"] if more > 0 else said)


def say_chain(chain: Sequence[Link], verb: str, need: str) -> str:
    """Say the way from the last step down to a need: what each step takes from the next."""
    if not chain:
        return ""
    parts = [
        f"takes '{link.dependency}' from '{link.needs}'" if link.dependency else f"runs after '{link.needs}'"
        for link in chain
    ]
    return f"'{chain[0].step}' {', which '.join(parts)}, which {verb} '{need}'"


def conflict_code(conflict: Elements) -> Code:
    """Return the code of a conflict: by its rule, or the general one where rules of several kinds meet."""
    kinds = {type(rule) for rule in conflict.rules} - {Pinned, Forbidden}
    if kinds and kinds <= {AtMost, Distinct}:
        return Code.TOO_FEW_SOURCES
    found = [code for kind, code in _RULES if kinds == {kind}]
    return found[0] if found else Code.CONFLICT


def conflict_title(conflict: Elements) -> str:
    """Say in a few words what kind of conflict it is."""
    count = len(conflict.variables)
    match conflict_code(conflict):
        case Code.TOO_FEW_SOURCES:
            offered = {item.source for variable in conflict.variables for item in variable.candidates}
            if any(isinstance(rule, Pinned) for rule in conflict.rules):
                return f"{count} dependencies cannot share what they are pinned to"
            outputs = "one source" if len(offered) == 1 else counted(len(offered), "source")
            return f"{count} dependencies have {outputs} between them, and not enough to go round"
        case Code.CIRCLE:
            return "the steps would run in a circle"
        case Code.BOTH_SIDES:
            return "a step would need both sides of a condition, of which one runs"
        case Code.NO_COMMON_PRODUCER:
            return "dependencies that must come from one producer have none in common"
        case _:
            return "these cannot hold together"


def conflict_parts(conflict: Elements) -> Iterator[str]:
    """Say of each member of a conflict what it demands."""
    pins = {rule.port: str(rule) for rule in conflict.rules if isinstance(rule, Pinned)}
    for variable in conflict.variables:
        yield pins.get(variable.port) or f"{variable.port} takes {say_sources(variable)}"
    for first, second in conflict.edges:
        yield f"{first} runs before {second}"
    for rule in conflict.told:
        if isinstance(rule, Constraint) and not isinstance(rule, Pinned):
            yield f"{rule} [{rule.code}]"


def say_sources(variable: Variable) -> str:
    """Name the sources that a dependency may take, the first few of many."""
    sources = [str(candidate.source) for candidate in variable.candidates]
    if len(sources) > MAX_NAMED_SOURCES:
        sources[MAX_NAMED_SOURCES:] = [f"one of {len(sources) - MAX_NAMED_SOURCES} more"]
    return " or ".join(sources) or "nothing"


def say_arrow(arrow: CircleArrow, pipeline: PipelineSpec) -> str:
    """Say why a step runs after another, and where that is written."""
    if arrow.dependency is None:
        return say_edge((arrow.before, arrow.after), pipeline)
    verb = "is pinned to" if arrow.is_pinned else "takes"
    return f"{arrow.dependency} {verb} {arrow.source}"


def say_edge(edge: Edge, pipeline: PipelineSpec) -> str:
    """Say what makes a step run before another, whatever is wired: an edge, an order or a branch."""
    before, after = edge
    for section, pairs in (("order", pipeline.order), ("edges", pipeline.edges or ())):
        if edge in pairs:
            place = pipeline.places.key((section, pairs.index(edge)))
            return f"{section}: [{before}, {after}]{f', {place}' if place else ''}"
    side = "if" if after in pipeline.branches[before].if_ else "else"
    return f"{after} stands in the branch '{side}' of {before}"


def say_dependency(port: Port, type_: str) -> str:
    """Name a dependency in the words of the seed design."""
    return f"Step '{port.step}' missing required dependency '{port.name}' ({type_})"


def say_near_misses(failure: Missing) -> Iterator[str]:
    """Say why the nearest sources do not do, a sentence each."""
    for miss in failure.near_misses:
        reasons = "; ".join(map(str, miss.failed))
        if failure.pinned == miss.source:
            yield f"its pin to {miss.source} breaks a rule: {reasons}"
        elif not failure.pinned:
            yield f"not {miss.source}: {reasons}"
    if not failure.near_misses:
        yield "there is no output or input at all that it could take"


def say_question(ambiguity: Ambiguity) -> str:
    """Ask what the dependency should take that decides most."""
    choices = [str(choice) if choice else "nothing" for choice in ambiguity.choices]
    return f"Should {ambiguity.question} take {' or '.join(choices)}?"


def say_pins(pins: Mapping[Port, Port]) -> str:
    """Write pins as a document has them."""
    return f"{{{', '.join(f'{port}: {source}' for port, source in pins.items())}}}"


def say_near_miss(need: Need, miss: NearMiss, wanted: DependencySpec | None) -> str:
    """Say why a source does not do for a need, and that its type would where it would."""
    names = " or ".join(wanted.compatible_sources) if wanted else ""
    known = {"names": names, "step": need.port.step, "data_type": need.data_type}
    why = [_NEAR[it.rule].format(found=it.found, expected=it.expected, **known) for it in miss.failed]
    right = any(item.rule == "type" and item.passed for item in miss.verdicts)
    said = ", and ".join(why)
    return f"of the right type, but {said}" if right else said


_NEAR: Mapping[str, str] = {
    "type": "is {found}, not {expected}",
    "data-type": "travels as {found}, not as {data_type}",
    "source": "comes from {found}, not from {names}",
    "self": "is made by {step} itself",
    "edge": "there is {found}",
    "pin": "is not {expected}",
    "forbid": "is forbidden to it",
}
"""What is said of each rule that a source breaks."""
