"""The hard rules that one dependency and one source settle between them (design: unary rules)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ...specs import travels
from ...specs.types import TRAVELS
from ..binding_ends import Dependency, Source
from .context import RuleContext


class Verdict(NamedTuple):
    """What a rule says of a dependency and a source: whether it holds, what it expects, what there is."""

    rule: str
    passed: bool
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.rule}: expected {self.expected}, found {self.found}"


Judge = Callable[[RuleContext, Dependency, Source], bool]
SayWhyNot = Callable[[RuleContext, Dependency, Source], str]


class UnaryRule(NamedTuple):
    """A rule over one dependency and one source: whether it holds, what it expects and what there is."""

    code: str
    holds: Judge
    expected: SayWhyNot
    found: SayWhyNot


def _accepts_type(context: RuleContext, dependency: Dependency, source: Source) -> bool:
    return context.lattice.match(dependency.spec.dependency_type, source.spec.output_type) is not None


def _travels(_: RuleContext, dependency: Dependency, source: Source) -> bool:
    return travels(dependency.spec.data_type, source.spec.data_type)


def _is_compatible(context: RuleContext, dependency: Dependency, source: Source) -> bool:
    wanted = context.required_names(dependency)
    return not wanted or not source.names.isdisjoint(wanted)


def _is_other(_: RuleContext, dependency: Dependency, source: Source) -> bool:
    return dependency.port.step != source.port.step


def _along_edge(context: RuleContext, dependency: Dependency, source: Source) -> bool:
    feeders = context.feeders(dependency)
    return feeders is None or source.port.step in feeders


def _in_reach(context: RuleContext, dependency: Dependency, source: Source) -> bool:
    """Tell whether a source is made once for the dependency: a step in a loop makes it for each item."""
    loop = context.loops.get(source.port.step)
    return loop is None or loop == context.loops.get(dependency.port.step)


def _as_pinned(context: RuleContext, dependency: Dependency, source: Source) -> bool:
    return context.pins.get(dependency.port, source.port) == source.port


def _is_allowed(context: RuleContext, dependency: Dependency, source: Source) -> bool:
    return (dependency.port, source.port) not in context.forbidden


def _either(names: Iterable[str]) -> str:
    *others, last = sorted(names) or ("nothing",)
    return f"{', '.join(others)} or {last}" if others else last


def _accepted_types(context: RuleContext, dependency: Dependency, _: Source) -> str:
    accepted = frozenset(context.lattice.accepted(dependency.spec.dependency_type))
    return "any type" if accepted >= context.lattice.parents.keys() else _either(accepted - {"any"})


def _wanted_names(context: RuleContext, dependency: Dependency, _: Source) -> str:
    wanted = context.required_names(dependency)
    return f"a source that is {_either(wanted)}" if wanted else "any source"


def _told_loop(context: RuleContext, step: str) -> tuple[str, ...]:
    loop = context.loops.get(step)
    return (f"in the body of {loop}",) if loop else ()


def _pinned_to(context: RuleContext, dependency: Dependency, _: Source) -> str:
    pinned = context.pins.get(dependency.port)
    return f"{pinned}, to which it is pinned" if pinned else "any source, as it is not pinned"


UNARY_RULES: tuple[UnaryRule, ...] = (
    UnaryRule("type", _accepts_type, _accepted_types, lambda _, __, s: s.spec.output_type),
    UnaryRule(
        "data-type",
        _travels,
        lambda _, d, __: f"what travels as {d.spec.data_type}: {_either(TRAVELS[d.spec.data_type])}",
        lambda _, __, s: str(s.spec.data_type),
    ),
    UnaryRule("source", _is_compatible, _wanted_names, lambda _, __, s: ", ".join(sorted(s.names))),
    UnaryRule(
        "self", _is_other, lambda _, d, __: f"another step than {d.port.step}", lambda _, __, s: s.port.step
    ),
    UnaryRule(
        "edge",
        _along_edge,
        lambda c, d, _: "any step" if c.upstream is None else f"an edge that ends at {d.port.step}",
        lambda c, d, s: (
            f"{'an' if _along_edge(c, d, s) else 'no'} edge {s.port.step} -> {d.port.step}"
            if c.upstream is not None and not s.is_input
            else str(s.port)
        ),
    ),
    UnaryRule(
        "loop",
        _in_reach,
        lambda c, d, _: " or ".join(("a step outside loops", *_told_loop(c, d.port.step))),
        lambda c, _, s: ", ".join((str(s.port), *_told_loop(c, s.port.step))),
    ),
    UnaryRule("pin", _as_pinned, _pinned_to, lambda _, __, s: str(s.port)),
    UnaryRule(
        "forbid",
        _is_allowed,
        lambda _, __, ___: "a source that is not forbidden",
        lambda c, d, s: str(s.port) if _is_allowed(c, d, s) else f"{s.port}, which is forbidden",
    ),
)
"""The unary rules in the order in which they are reported."""


_OF_THE_STEPS = tuple(rule.holds for rule in UNARY_RULES if rule.code not in ("pin", "forbid"))


def passes(context: RuleContext, dependency: Dependency, source: Source) -> bool:
    """Tell whether a dependency may take a source as far as the two of them settle it."""
    return all(rule.holds(context, dependency, source) for rule in UNARY_RULES)


def fits(context: RuleContext, dependency: Dependency, source: Source) -> bool:
    """Tell the same as if nothing were pinned or forbidden."""
    return all(holds(context, dependency, source) for holds in _OF_THE_STEPS)


def verdicts(context: RuleContext, dependency: Dependency, source: Source) -> Iterator[Verdict]:
    """Yield what each rule says of a dependency and a source, in the order of UNARY_RULES."""
    for rule in UNARY_RULES:
        yield Verdict(
            rule.code,
            rule.holds(context, dependency, source),
            rule.expected(context, dependency, source),
            rule.found(context, dependency, source),
        )
