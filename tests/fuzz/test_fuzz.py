"""A small share of `make fuzz`: the same inputs every time."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest


def module(name: str) -> ModuleType:
    """A module of the package `fuzz`, which stands beside this test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[1]))
        return importlib.import_module(f"fuzz.{name}")


main, targets = module("__main__"), module("targets")


@pytest.mark.parametrize("name", sorted(targets.TARGETS))
def test_damaged_inputs_end_in_a_result_or_in_words(name: str, tmp_path: Path) -> None:
    for number in range(2 if name == "command" else 15):
        assert targets.outcome(name, main.made(name, number, 1), tmp_path)


@pytest.mark.parametrize("name", ["document", "definition", "lock", "library", "spec-set"])
def test_what_comes_of_an_input_is_the_same_every_time(name: str, tmp_path: Path) -> None:
    for number in range(3):
        text = main.made(name, number, 2)
        assert targets.outcome(name, text, tmp_path) == targets.outcome(name, text, tmp_path)


def test_what_breaks_a_promise_is_found_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_it(_: str, __: Path) -> None:
        raise KeyError("escaped")

    monkeypatch.setitem(targets.TARGETS, "lock", break_it)
    tried, broken = main.run(["lock"], 0.05, 5, tmp_path)
    assert tried == len(broken) > 0
    assert "KeyError: 'escaped'" in broken[0]
    assert (tmp_path / "lock-5-0.txt").exists()
