"""Real definitions are run, stood in for, or refused; `make proofs` takes all, their conditions both ways."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.proofs import definitions
from tests.unit.runtime.conftest import NEEDS_WALLS

ALL = sorted(definitions.FOLDER.glob("*/*.json"))
SHARE = Random(7).sample(ALL, min(12, len(ALL)))

pytestmark = [NEEDS_WALLS, pytest.mark.skipif(not ALL, reason="the definitions are not here")]


@pytest.mark.parametrize("path", SHARE, ids=[path.stem for path in SHARE])
def test_a_definition_runs_or_tells_all_that_is_missing(path: Path, tmp_path: Path) -> None:
    assert definitions.prove(path, tmp_path).codes == definitions.REFUSED.get(path.stem, ())


def test_most_definitions_are_not_refused() -> None:
    assert len(definitions.REFUSED) <= len(ALL) / 10
