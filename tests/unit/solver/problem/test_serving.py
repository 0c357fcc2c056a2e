"""As many as can be are served, and who is left over names a shortage."""

from __future__ import annotations

from random import Random

import networkx as nx
import pytest

from stepwire.solver.deadline import Deadline, TimeIsUp
from stepwire.solver.problem.serving import Serving
from stepwire.specs import Port


def drawn(random: Random) -> tuple[dict[Port, list[Port]], dict[Port, int]]:
    """A few dependencies with what they could take, and the seats of some sources."""
    sources = [Port("P", f"x{number}") for number in range(random.randint(1, 6))]
    takers = [Port("A", f"a{number}") for number in range(random.randint(1, 9))]
    options = {taker: random.sample(sources, random.randint(0, len(sources))) for taker in takers}
    return options, {source: random.randint(1, 3) for source in sources if random.random() < 0.5}


@pytest.mark.parametrize("seed", range(60))
def test_nobody_serves_more_and_hall_says_why(seed: int) -> None:
    """Compared with networkx, which has a node for each seat."""
    options, seats = drawn(Random(seed))
    serving = Serving.of(options, seats)
    graph: nx.Graph[object] = nx.Graph()
    graph.add_nodes_from(options)
    for taker, sources in options.items():
        graph.add_edges_from((taker, (it, seat)) for it in sources for seat in range(seats.get(it, 1)))
    assert len(serving.taken) == len(nx.bipartite.maximum_matching(graph, options)) // 2
    assert {*serving.taken, *serving.unserved} == {*options}
    assert all(source in options[taker] for taker, source in serving.taken.items())
    assert all(len(users) <= seats.get(source, 1) for source, users in serving.users.items())
    for taker in serving.unserved:
        takers, wanted = serving.contending([taker])
        assert all(wanted.issuperset(options[each]) for each in takers)
        assert len(takers) == 1 + sum(seats.get(source, 1) for source in wanted)


def test_very_many_that_want_the_same_are_soon_left_over() -> None:
    """What leads to no seat is looked at once, not again for each of them."""
    outputs = [Port("P", f"x{number}") for number in range(5)]
    serving = Serving.of({Port("A", f"a{number}"): outputs for number in range(20_000)}, {})
    assert len(serving.unserved) == 20_000 - 5
    assert len(serving.contending(serving.unserved[:1])[0]) == 6


def test_it_ends_at_a_deadline() -> None:
    with pytest.raises(TimeIsUp):
        Serving.of({Port("A", "a"): []}, {}, Deadline(at=0.0))
