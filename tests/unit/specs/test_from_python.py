"""Specifications imported from Python by name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from stepwire.specs import LIBRARY
from stepwire.specs.from_python import import_specs


def test_one_specification_or_a_collection_may_be_named() -> None:
    assert set(import_specs("stepwire.specs.library:LIBRARY")) == set(LIBRARY)
    assert set(import_specs("stepwire.specs.library:DATA_LOAD_SPEC")) == {"DataLoad"}


def test_modules_are_looked_for_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "from stepwire.specs import StepSpecification\nOURS = [StepSpecification(step_type='Ours')]\n"
    (tmp_path / "stepwire_own_specs.py").write_text(module)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    assert set(import_specs("stepwire_own_specs:OURS")) == {"Ours"}


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("module", "not of the form module:attribute"),
        (":attribute", "not of the form module:attribute"),
        ("stepwire_no_such:x", "ModuleNotFoundError"),
        ("stepwire:nothing", "no attribute 'nothing'"),
        ("stepwire.specs.types:travels", "no step specification"),
    ],
)
def test_what_cannot_be_imported_is_said_in_words(reference: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        import_specs(reference)


@pytest.mark.parametrize("text", ["this is no Python", "raise RuntimeError('broken')"])
def test_a_module_that_breaks_is_said_in_words(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"stepwire_broken_{len(text)}"
    (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ValueError, match=r"cannot be imported: (SyntaxError|RuntimeError)"):
        import_specs(f"{name}:x")
