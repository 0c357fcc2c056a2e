"""Finds a smallest conflict, where one is known that can spare no member, but others may have fewer."""

from __future__ import annotations

from dataclasses import replace

from ..deadline import Deadline
from ..presolve.components import decompose
from ..problem.elements import sort_element_sets
from ..problem.wiring_problem import WiringProblem
from .minimal import Conflict

LARGE = 250
"""In a problem of more elements than these, no smaller conflict is looked for."""

MAX_MEASURED_CORRECTIONS = 300
"""Nor in one with more corrections, or conflicts, than these."""


def smallest_conflict(problem: WiringProblem, found: Conflict, deadline: Deadline) -> Conflict:
    """Return a conflict with fewest members of the part of a problem that one was found in.

    That is the one found, where no other has fewer. It `is_smallest` where the part is small enough, and the
    time long enough, to look at all conflicts.
    Source: a conflict with fewest members is a smallest set that has a member of every minimal correction;
    R. Reiter, A theory of diagnosis from first principles, 1987.
    """
    if len(problem.elements) > LARGE:
        return found
    parts = (part for part in decompose(problem) if {*found} <= {*part.problem.elements})
    part = next(parts, None)
    if part is None:
        return found
    members = part.problem.elements
    if len(found) == 1:
        return replace(found, is_smallest=True)
    from ..engines.clingo_cores import SOON, corrections, hitting_sets  # clingo is loaded only for this

    every, complete = corrections(
        part, range(len(members)), MAX_MEASURED_CORRECTIONS, deadline.share(2), SOON
    )
    sets, listed = hitting_sets(every, MAX_MEASURED_CORRECTIONS, deadline, SOON) if complete else ([], False)
    if not listed:
        return found
    best, *_ = sort_element_sets(Conflict.of(members[place] for place in sorted(each)) for each in sets)
    return replace(best if len(best) < len(found) else found, is_smallest=True)
