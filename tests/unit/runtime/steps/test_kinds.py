"""The kinds that run here, each in a file of the name that it has in the other rooms."""

from __future__ import annotations

from pathlib import Path

import pytest

import stepwire
from stepwire.emitters.requests.kinds import COMPLETIONS
from stepwire.runtime.steps.kinds import RUNNABLE_KINDS

ROOT = Path(stepwire.__file__).parent


@pytest.mark.parametrize("name", sorted(RUNNABLE_KINDS))
def test_a_kind_has_the_same_file_name_in_the_three_rooms(name: str) -> None:
    own = RUNNABLE_KINDS[name].request.__module__.rpartition(".")[2]
    assert name in COMPLETIONS
    file = own.removesuffix("_request")  # a request that has grown has a file beside
    assert (ROOT / "runtime" / "steps" / f"{file}.py").is_file()
    for room in ("specs/kinds", "emitters/requests"):
        assert (ROOT / room / f"{file}.py").is_file(), f"{room} has no {file}"
        assert f'"{name}"' in (ROOT / "specs" / "kinds" / f"{file}.py").read_text()
