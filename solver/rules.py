"""The hard rules that one dependency and one source settle between them (design: unary rules)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..specs import travels
from .context import Context, Dependency, Source


class Verdict(NamedTuple):
    """What one rule says of a dependency and a source."""

    rule: str
    passed: bool
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.rule}: expected {self.expected}, found {self.found}"


Judge = Callable[[Context, Dependency, Source], bool]
Say = Callable[[Context, Dependency, Source], str]


class Rule(NamedTuple):
    """A rule over one dependency and one source: whether it holds, what it expects and what there is."""

    code: str
    holds: Judge
    expected: Say
    found: Say


def _accepts_type(context: Context, dependency: Dependency, source: Source) -> bool:
    return context.lattice.match(dependency.spec.dependency_type, source.spec.output_type) is not None


def _travels(_: Context, dependency: Dependency, source: Source) -> bool:
    return travels(dependency.spec.data_type, source.spec.data_type)


def _is_compatible(context: Context, dependency: Dependency, source: Source) -> bool:
    wanted = context.required_names(dependency)
    return not wanted or not source.names.isdisjoint(wanted)


def _is_other(_: Context, dependency: Dependency, source: Source) -> bool:
    return dependency.port.step != source.port.step


def _along_edge(context: Context, dependency: Dependency, source: Source) -> bool:
    feeders = context.feeders(dependency)
    return feeders is None or source.port.step in feeders


def _as_pinned(context: Context, dependency: Dependency, source: Source) -> bool:
    return context.pins.get(dependency.port, source.port) == source.port


def _is_allowed(context: Context, dependency: Dependency, source: Source) -> bool:
    return (dependency.port, source.port) not in context.forbidden


def _listed(names: frozenset[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(names)) or "nothing"


RULES: tuple[Rule, ...] = (
    Rule(
        "type",
        _accepts_type,
        lambda context, d, _: _listed(frozenset(context.lattice.accepted(d.spec.dependency_type)) - {"any"}),
        lambda _, __, s: s.spec.output_type,
    ),
    Rule(
        "data-type",
        _travels,
        lambda _, d, __: f"what travels as {d.spec.data_type}",
        lambda _, __, s: str(s.spec.data_type),
    ),
    Rule(
        "source",
        _is_compatible,
        lambda _, d, __: f"a source that is {' or '.join(d.spec.compatible_sources)}",
        lambda _, __, s: f"{_listed(s.names)}",
    ),
    Rule(
        "self", _is_other, lambda _, d, __: f"another step than {d.port.step}", lambda _, __, s: s.port.step
    ),
    Rule(
        "edge",
        _along_edge,
        lambda _, d, __: f"an edge that ends at {d.port.step}",
        lambda _, d, s: f"no edge {s.port.step} -> {d.port.step}",
    ),
    Rule(
        "pin",
        _as_pinned,
        lambda context, d, _: f"{context.pins[d.port]}, to which it is pinned",
        lambda _, __, s: str(s.port),
    ),
    Rule(
        "forbid",
        _is_allowed,
        lambda _, __, s: f"anything but {s.port}",
        lambda _, __, s: f"{s.port}, which is forbidden",
    ),
)
"""The unary rules in the order in which they are reported."""


_OF_THE_STEPS = tuple(rule for rule in RULES if rule.code not in ("pin", "forbid"))


def passes(context: Context, dependency: Dependency, source: Source) -> bool:
    """Tell whether a dependency may take a source as far as the two of them settle it."""
    return all(rule.holds(context, dependency, source) for rule in RULES)


def fits(context: Context, dependency: Dependency, source: Source) -> bool:
    """Tell the same as if nothing were pinned or forbidden."""
    return all(rule.holds(context, dependency, source) for rule in _OF_THE_STEPS)


def verdicts(context: Context, dependency: Dependency, source: Source) -> Iterator[Verdict]:
    """Yield what each rule says of a dependency and a source, in the order of RULES."""
    for rule in RULES:
        passed = rule.holds(context, dependency, source)
        expected = rule.expected(context, dependency, source) if not passed else ""
        yield Verdict(rule.code, passed, expected, "" if passed else rule.found(context, dependency, source))
