"""The words for what cannot hold together: its code, its title, and what each member demands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ...problems.codes import Code
from ...problems.counts import counted, listed
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
from ...specs import PipelineSpec
from ..circles import CircleArrow

MAX_NAMED_SOURCES = 4

_RULES = (
    (Acyclic, Code.CIRCLE),
    (BranchSides, Code.BOTH_SIDES),
    (SameSource, Code.NO_COMMON_PRODUCER),
)


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
            conditions = [rule.condition for rule in conflict.rules if isinstance(rule, BranchSides)]
            return f"a step would need both sides of {listed(conditions)}, of which only one runs"
        case Code.NO_COMMON_PRODUCER:
            return "dependencies that must come from one step have none in common"
        case _:
            return "these cannot hold together"


def conflict_parts(conflict: Elements) -> Iterator[str]:
    """Say of the members of a conflict what they demand, in one sentence where they demand the same."""
    pins = {rule.port: rule for rule in conflict.rules if isinstance(rule, Pinned)}
    takes = ((say_sources(item), str(item.port)) for item in conflict.variables if item.port not in pins)
    yield from (
        f"{ports} {'each take' if many else 'takes'} {what}" for what, ports, many in _together(takes)
    )
    yield from map(str, pins.values())
    yield from (f"{first} runs before {second}" for first, second in conflict.edges)
    limits = ((_limit(rule), str(rule.source)) for rule in conflict.rules if isinstance(rule, AtMost))
    yield from (
        f"{outputs} {'each feed' if many else 'feeds'} {what}" for what, outputs, many in _together(limits)
    )
    for rule in conflict.told:
        if isinstance(rule, Constraint) and not isinstance(rule, Pinned | AtMost):
            yield f"{_say_rule(rule, conflict)} [{rule.code}]"


def _together(said: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, bool]]:
    """Yield what is said of several once, with all of them, and whether they are several."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for what, whom in said:
        found[what].append(whom)
    yield from ((what, listed(whom), len(whom) > 1) for what, whom in found.items())


def _limit(rule: AtMost) -> str:
    return f"at most {rule.limit} (max_consumers) [{rule.code}]"


def _say_rule(rule: Constraint, conflict: Elements) -> str:
    match rule:
        case SameSource(ports=ports):
            return f"{listed(map(str, ports))} must come from one step"
        case BranchSides(condition=condition):
            steps = {item.port.step for item in conflict.variables}
            steps |= {each.source.step for item in conflict.variables for each in item.candidates}
            sides = [[step for step in side if step in steps] for side in (rule.if_, rule.else_)]
            if not all(sides):
                return str(rule)
            return f"of {condition}, {listed(sides[0])} stands in 'if' and {listed(sides[1])} in 'else'"
        case _:
            return str(rule)


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
