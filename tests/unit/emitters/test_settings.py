"""The short settings of a request."""

from __future__ import annotations

import pytest

from stepwire.emitters.settings import Settings, check_settings, split_request
from stepwire.problems.problem import Position

HERE = Position("p.yaml", 3, 1)


def test_a_setting_is_what_was_given_or_a_parameter_or_the_default() -> None:
    settings = Settings({"image": "mine:1"})
    assert settings["image"] == "mine:1"
    assert settings["role"] == {"Get": "Parameters.RoleArn"}
    assert settings["instance_count"] == 1


def test_an_address_of_texts_is_a_text() -> None:
    assert Settings({"bucket": "bkt", "prefix": "/a//b/"}).uri("c", "d.py") == "s3://bkt/a/b/c/d.py"


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ({}, ["s3:/", {"Get": "Parameters.Bucket"}, "c"]),
        (
            {"bucket": "bkt", "prefix": {"Get": "Parameters.p"}},
            ["s3:/", "bkt", {"Get": "Parameters.p"}, "c"],
        ),
    ],
)
def test_an_address_that_is_known_only_at_run_time_is_a_join(
    given: dict[str, object], values: object
) -> None:
    assert Settings(given).uri("c") == {"Std:Join": {"On": "/", "Values": values}}


def test_a_request_is_parted_in_three() -> None:
    request = {"image": "i", "CacheConfig": {"Enabled": True}, "Environment": {}, "PropertyFiles": []}
    assert split_request(request) == (
        {"image": "i"},
        {"CacheConfig": {"Enabled": True}, "PropertyFiles": []},
        {"Environment": {}},
    )


def test_unknown_settings_are_told_with_what_was_meant() -> None:
    found = [str(problem) for problem in check_settings({"instnce": 1, "Tags": []}, "step 'A'", HERE)]
    assert found == [
        "p.yaml:3:1: step 'A', request: unknown setting 'instnce' (did you mean 'instance'?) [SW431]",
        "p.yaml:3:1: step 'A', request: unknown setting 'Tags' "
        "(members of the SageMaker API stand in the request of a step) [SW431]",
    ]


@pytest.mark.parametrize("bucket", ["s3://mine", "mine/folder", "Mine", "b", "", 7])
def test_what_cannot_be_a_bucket_is_told(bucket: object) -> None:
    (problem,) = check_settings({"bucket": bucket}, "the document", HERE)
    assert problem.code == "SW438"
    assert "should be the name of an S3 bucket" in problem.message


@pytest.mark.parametrize("bucket", ["my-bucket.1", {"Get": "Parameters.b"}])
def test_a_bucket_is_a_name_or_an_expression(bucket: object) -> None:
    assert list(check_settings({"bucket": bucket, "image": "x"}, "the document", HERE)) == []
