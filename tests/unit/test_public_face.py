"""The names that `import stepwire` offers."""

from __future__ import annotations

import pytest

import stepwire


def test_the_public_face_is_small_sorted_and_whole() -> None:
    """At most fifteen names; each can be used, and `dir` shows them."""
    assert len(stepwire.__all__) <= 15
    assert stepwire.__all__ == sorted(stepwire.__all__)
    assert all(getattr(stepwire, name) for name in stepwire.__all__)
    assert dir(stepwire) == stepwire.__all__


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'solve'"):
        stepwire.solve  # noqa: B018
