"""Laws of locks and of what is made from them."""

from __future__ import annotations

import random
from types import ModuleType
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import stepwire as sw
from stepwire.comparison.drift import as_locked, find_drift
from stepwire.comparison.lock import make_lock, parse_lock
from stepwire.diagnosis.errors import NoWiringError
from stepwire.specs import PipelineSpec


def lock_text(pipeline: PipelineSpec) -> str | None:
    try:
        return make_lock(sw.resolve(pipeline), sw.count(pipeline)).text
    except NoWiringError:
        return None


@settings(max_examples=30)
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_the_order_of_declaration_changes_no_byte_of_a_lock(
    cases: st.SearchStrategy[Any], changes: ModuleType, data: st.DataObject, random: random.Random
) -> None:
    pipeline = data.draw(cases).pipeline
    assert lock_text(changes.shuffled(pipeline, random)) == lock_text(pipeline)


@settings(max_examples=30)
@given(data=st.data())
def test_a_fresh_lock_has_not_drifted_and_gives_its_wiring_back(
    cases: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """Whichever wiring was locked, it is the only one of the locked pipeline."""
    pipeline = data.draw(cases).pipeline
    text = lock_text(pipeline)
    assume(text is not None)
    assert text is not None
    assert find_drift(parse_lock(text, "p.lock", of=pipeline), pipeline) == ()
    wiring = data.draw(st.sampled_from(list(sw.wirings(pipeline, limit=20))))
    locked = as_locked(pipeline, make_lock(wiring, sw.count(pipeline)))
    assert [found.sources for found in sw.wirings(locked)] == [wiring.sources]
