"""Assets, put where a definition looks for them."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.emitters.assets import Asset
from stepwire.problems.errors import DefinitionError
from stepwire.runtime.errors import RunError

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

FAIL_NOT = {"Name": "Check", "Type": "Condition", "Arguments": {"Conditions": []}}
DECLARED = [{"Name": "bucket", "Type": "String"}]


def stage(bench: Bench, source: Path, uri: Any, *, archive: bool = False) -> None:
    asset = Asset(source, uri, archive=archive)
    bench.run(FAIL_NOT, declared=DECLARED, assets=[asset], parameters={"bucket": "bucket"})


def test_a_file_lies_at_its_uri(bench: Bench) -> None:
    stage(bench, bench.file("prep.py", "code"), "s3://bucket/code/other.py")
    assert bench.s3("code/other.py").read_text() == "code"


def test_a_file_lies_in_a_uri_that_ends_with_a_slash(bench: Bench) -> None:
    stage(bench, bench.file("prep.py", "code"), "s3://bucket/code/")
    assert bench.s3("code/prep.py").read_text() == "code"


def test_a_folder_lies_under_its_uri_without_what_python_leaves_in_it(bench: Bench) -> None:
    bench.file("code/lib/a.py", "code")
    bench.file("code/__pycache__/a.pyc")
    stage(bench, bench.home / "files" / "code", "s3://bucket/code")
    assert [path.name for path in bench.s3("code").rglob("*")] == ["lib", "a.py"]


def test_a_uri_may_speak_of_parameters(bench: Bench) -> None:
    uri = {"Std:Join": {"On": "/", "Values": ["s3:/", {"Get": "Parameters.bucket"}, "prep.py"]}}
    stage(bench, bench.file("prep.py", "code"), uri)
    assert bench.s3("prep.py").read_text() == "code"


def test_an_archive_has_the_same_bytes_every_time(bench: Bench) -> None:
    bench.file("code/train.py", "code")
    packed = []
    for key in ("1.tar.gz", "2.tar.gz"):
        bench.file(f"code/__pycache__/{key}")
        stage(bench, bench.home / "files" / "code", f"s3://bucket/{key}", archive=True)
        packed.append(bench.s3(key).read_bytes())
    assert packed[0] == packed[1]
    with tarfile.open(bench.s3("1.tar.gz")) as tar:
        assert tar.getnames() == ["train.py"]


def test_wrong_assets_are_told_at_once_before_anything_is_made(bench: Bench) -> None:
    missing = Asset(bench.home / "nothing", {"Get": "Parameters.bukcet"})
    with pytest.raises(DefinitionError) as caught:
        bench.run(FAIL_NOT, declared=DECLARED, assets=[missing], parameters={"bucket": "bucket"})
    assert [problem.code for problem in caught.value.problems] == ["SW443", "SW402"]
    assert not bench.root.exists()


@pytest.mark.parametrize("uri", ["s3://bucket/../x", "/tmp/x", {"Get": "Execution.TrainingJobName"}])
def test_an_asset_that_cannot_be_staged_is_named(bench: Bench, uri: Any) -> None:
    source = bench.file("prep.py")
    with pytest.raises(RunError, match=r"asset '.*prep\.py' cannot be staged"):
        stage(bench, source, uri)
