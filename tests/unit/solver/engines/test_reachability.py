"""Reachability under edges that are added and taken back."""

from __future__ import annotations

from stepwire.solver.engines.reachability import Reachability
from stepwire.solver.presolve.components import Flow
from stepwire.solver.problem.rules_over_several import BranchSides

STEPS = ("A", "B", "C", "D")


def test_an_edge_that_closes_a_cycle_is_refused_until_the_way_back_is_gone() -> None:
    reach = Reachability(Flow(STEPS, (("A", "B"),), (), tangles=(STEPS,)))
    assert reach.consistent
    assert reach.add("B", "C")
    assert not reach.allows("C", "A")
    assert not reach.add("C", "A")
    reach.undo()
    reach.undo()
    assert reach.allows("C", "A")
    assert not reach.allows("B", "A")


def test_without_the_rule_cycles_are_allowed() -> None:
    reach = Reachability(Flow(STEPS, (("A", "B"),), (), tangles=()))
    assert reach.add("B", "A")


def test_no_step_is_reached_from_both_sides() -> None:
    branch = BranchSides("Gate", ("A",), ("B", "Elsewhere"))
    reach = Reachability(Flow(STEPS, (("A", "C"),), (branch,), tangles=(STEPS,)))
    assert reach.consistent
    assert not reach.allows("B", "C")
    assert not reach.allows("B", "A")
    assert reach.add("C", "D")
    assert not reach.add("B", "D")
    reach.undo()
    reach.skip()
    reach.undo()
    reach.undo()
    assert reach.add("B", "D")


def test_fixed_edges_alone_can_be_inconsistent() -> None:
    cyclic = Flow(STEPS, (("A", "B"), ("B", "A")), (), tangles=(STEPS,))
    joined = Flow(STEPS, (("A", "C"), ("B", "C")), (BranchSides("Gate", ("A",), ("B",)),), tangles=(STEPS,))
    assert not Reachability(cyclic).consistent
    assert not Reachability(joined).consistent


def test_edges_outside_of_the_watched_part_are_told() -> None:
    reach = Reachability(Flow(("A", "B"), (), (), tangles=(("A", "B"),)))
    assert reach.inside("A", "B")
    assert not reach.inside("A", "Z")
