"""Library files that many documents name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stepwire.problems.errors import DocumentError
from stepwire.specs.load import load_shared, shared_library

LIBRARY = "specs: {Mine: {kind: Processing, outputs: {NAME: {type: any}}}}\n"


def test_a_library_is_read_once_while_it_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "lib.yaml"
    path.write_text(LIBRARY.replace("NAME", "one"))
    (tmp_path / "a.yaml").write_text("name: a\nlibrary: [lib.yaml]\nsteps: {X: {spec: Mine}}\n")
    (tmp_path / "b.yaml").write_text("name: b\nlibrary: [lib.yaml]\nsteps: {Y: {spec: Mine}}\n")
    first, second = load_shared(tmp_path / "a.yaml"), load_shared(tmp_path / "b.yaml")
    assert first.steps["X"].spec is second.steps["Y"].spec
    path.write_text(LIBRARY.replace("NAME", "other"))
    os.utime(path, ns=(1, 1))
    assert list(load_shared(tmp_path / "a.yaml").steps["X"].spec.outputs) == ["other"]


def test_a_library_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="is not there"):
        shared_library(tmp_path / "gone.yaml")
