"""A share of `proofs imports`: definitions out of the whole catalogue come in and go out unchanged."""

from __future__ import annotations

import pytest

from tests.proofs.imports import prove_import, prove_random
from tests.proofs.shapes import KINDS_WRITTEN, step_of


@pytest.mark.parametrize("seed", [0, 1000, 2000])
def test_random_definitions_come_in_and_go_out_unchanged(seed: int) -> None:
    assert prove_random(seed, 20) > 10


@pytest.mark.parametrize("kind", KINDS_WRITTEN, ids=lambda kind: str(kind.name))
def test_the_least_step_of_each_kind_comes_in_and_goes_out_unchanged(kind: object) -> None:
    steps = [step_of(kind, "one")]  # type: ignore[arg-type]
    assert prove_import({"Version": "2020-12-01", "Steps": steps})
