"""Paths of a container, told as a program finds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.runtime.container_paths import relocate, relocate_all

ML = "/work folder/ml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/opt/ml", "{}"),
        ("/opt/ml/", "{}/"),
        ("/opt/ml/model", "{}/model"),
        ("--dir=/opt/ml/model", "--dir={}/model"),
        ("file:///opt/ml/model", "file://{}/model"),
        ("cp /opt/ml/a '/opt/ml/b'", "cp {}/a '{}/b'"),
        ("/opt/ml/a:/opt/ml/b", "{}/a:{}/b"),
        ('{"dir": "/opt/ml/a"}', '{"dir": "{}/a"}'),
        ("/opt/mlx", "/opt/mlx"),
        ("/opt/ml-old/a", "/opt/ml-old/a"),
        ("/opt/ml.txt", "/opt/ml.txt"),
        ("/srv/opt/ml/a", "/srv/opt/ml/a"),
        ("s3://opt/ml/a", "s3://opt/ml/a"),
        ("s3://bucket/opt/ml/a", "s3://bucket/opt/ml/a"),
        ("http://host/opt/ml", "http://host/opt/ml"),
    ],
)
def test_opt_ml_is_relocated_only_as_a_whole_path_prefix(text: str, expected: str) -> None:
    assert relocate(text, ML) == expected.replace("{}", ML)


@given(st.text().filter(lambda text: "/opt/ml" not in text))
def test_a_text_that_does_not_speak_of_opt_ml_stays_as_it_is(text: str) -> None:
    assert relocate(text, ML) == text


@given(st.text())
def test_relocating_twice_is_relocating_once(text: str) -> None:
    once = relocate(text, ML)
    assert relocate(once, ML) == once


def test_texts_deep_in_a_value_are_relocated() -> None:
    value = {"a": ["/opt/ml/x", 1, None], "b": {"c": "/opt/ml"}}
    assert relocate_all(value, ML) == {"a": [f"{ML}/x", 1, None], "b": {"c": ML}}
