"""Values at their slots in requests."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.emitters.placing import SlotError, place


def test_no_place_within_an_expression_that_a_user_wrote() -> None:
    request: dict[str, Any] = {"Url": {"Std:Join": {"On": "/", "Values": ["s3:/", None]}}}
    with pytest.raises(SlotError, match="on the way to it, found the expression Std:Join"):
        place(request, "Url['Std:Join'].Values[1]", "x")
