"""Shapes of the API, and the cache in which they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stepwire.definitions import api_shapes
from stepwire.definitions.api_shapes import _model, botocore_version, request_shape, response_shape, shape


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    _model.cache_clear()
    yield tmp_path / "stepwire"
    _model.cache_clear()


def test_an_operation_has_a_shape_that_leads_to_others() -> None:
    training = request_shape("CreateTrainingJob")
    assert training is not None
    assert "TrainingJobName" in training.required
    channels = training.members["InputDataConfig"]
    assert channels.type == "list"
    assert channels.member.members["ChannelName"].type == "string"
    assert training.members["HyperParameters"].value.type == "string"
    assert response_shape("DescribeTrainingJob") is not None
    assert request_shape("CreateNothing") is None
    assert shape("NoShape") is None


def test_shapes_are_kept_under_the_version_of_botocore(cache: Path) -> None:
    before = request_shape("CreateModel")
    (kept,) = cache.iterdir()
    assert botocore_version() in kept.name
    _model.cache_clear()
    assert request_shape("CreateModel") == before


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 0}'])
def test_a_cache_that_cannot_be_read_is_made_again(cache: Path, text: str) -> None:
    shape("PipelineName")
    (kept,) = cache.iterdir()
    kept.write_text(text)
    _model.cache_clear()
    assert shape("PipelineName") is not None
    assert kept.stat().st_size > 10_000


def test_without_a_place_for_a_cache_the_shapes_are_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", no_home)
    assert shape("PipelineName") is not None


def test_where_the_cache_cannot_be_written_the_shapes_are_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert shape("PipelineName") is not None


def test_a_damaged_botocore_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_shapes, "_botocore", lambda: tmp_path)
    with pytest.raises(api_shapes.NoServiceModelError, match="no model of SageMaker"):
        shape("PipelineName")
