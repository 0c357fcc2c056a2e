"""How far a pipeline that has no wiring can be wired: all of it but what fails."""

from __future__ import annotations

from collections.abc import Collection

from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from ..specs import Port
from .repairs.trials import Trials
from .report import Report


def failing_dependencies(report: Report) -> tuple[Port, ...]:
    """List the dependencies that the failures of a report are about, sorted by address."""
    return tuple(sorted({port for failure in report.failures for port in failure.dependencies}))


def partial_wiring(search: Search, failing: Collection[Port]) -> Wiring | None:
    """Return the best wiring of what does not fail; where even that has none, one that binds nothing.

    None only where not even the order of the steps holds together. Raises TimeIsUp at the search's deadline.
    """
    trials = Trials(search.engine, search.deadline)
    everything = (variable.port for variable in search.problem.variables)
    return trials.solve(search.pipeline, search.problem.without(failing)) or trials.solve(
        search.pipeline, search.problem.without({*failing, *everything})
    )
