"""The script modes of the SDKs, run for real."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.problems.errors import DefinitionError
from stepwire.runtime.archive import pack
from stepwire.runtime.errors import StepFailedError
from tests.unit.runtime.conftest import NEEDS_WALLS

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

TRAIN = """
import json, os, pathlib, sys
model = pathlib.Path(os.environ["SM_MODEL_DIR"])
(model / "seen.json").write_text(json.dumps({"arguments": sys.argv[1:], "cwd": os.getcwd()}))
"""

ML = "/opt/ml"
pytestmark = NEEDS_WALLS


def seen(bench: Bench) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bench.packed("Train", "seen.json"))
    return found


def sdk2(bench: Bench, *, program: str = "train.py", **hyperparameters: str) -> dict[str, Any]:
    """Make a step as SDK v2 does: its code in a tar.gz, its hyperparameters JSON."""
    bench.file("code/train.py", TRAIN)
    bench.file("code/lib/other.py", TRAIN)
    bench.file("code/train.sh", 'cp lib/other.py "$SM_MODEL_DIR"')
    archive = bench.s3("code/sourcedir.tar.gz")
    archive.parent.mkdir(parents=True)
    pack(bench.home / "files" / "code", archive)
    step = bench.training("Train", "")
    del step["Arguments"]["AlgorithmSpecification"]["ContainerEntrypoint"]
    step["Arguments"]["InputDataConfig"] = []
    step["Arguments"]["HyperParameters"] = {
        "sagemaker_program": json.dumps(program),
        "sagemaker_submit_directory": '"s3://bucket/code/sourcedir.tar.gz"',
        "sagemaker_container_log_level": "20",
        **hyperparameters,
    }
    return step


def sdk3(bench: Bench, source: Any, **hyperparameters: str) -> dict[str, Any]:
    """Make a step as SDK v3 does: its code and its drivers in channels."""
    bench.file("code/train.py", TRAIN)
    bench.file("drivers/sourcecode.json", json.dumps(source))
    step = bench.training("Train", "")
    step["Arguments"]["AlgorithmSpecification"] |= {
        "ContainerEntrypoint": ["/bin/bash"],
        "ContainerArguments": ["-c", "/opt/ml/input/data/sm_drivers/sm_train.sh"],
    }
    step["Arguments"]["InputDataConfig"] = [
        bench.channel("code", str(bench.home / "files" / "code")),
        bench.channel("sm_drivers", str(bench.home / "files" / "drivers")),
    ]
    step["Arguments"]["HyperParameters"] = hyperparameters
    return step


def test_sdk2_code_runs_in_its_folder_with_hyperparameters_as_sorted_arguments(bench: Bench) -> None:
    values = {"objective": '"a:b"', "k": "3", "eta": "0.1", "fast": "true", "name": "plain"}
    bench.run(sdk2(bench, **values))
    assert seen(bench) == {
        "arguments": ["--eta", "0.1", "--fast", "True", "-k", "3", "--name", "plain", "--objective", "a:b"],
        "cwd": f"{ML}/code",
    }


def test_sdk2_scripts_may_lie_deeper(bench: Bench) -> None:
    bench.run(sdk2(bench, program="lib/other.py"))
    assert seen(bench)["arguments"] == []


def test_shell_scripts_run_too(bench: Bench) -> None:
    bench.run(sdk2(bench, program="train.sh"))
    assert bench.packed("Train", "other.py")


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("trian.py", "has no 'trian.py' in its code; there are 'lib', 'train.py', 'train.sh'"),
        ("../../x.py", "names '../../x.py' in its code, which would lead out of it"),
        ("/bin/true", "names '/bin/true' in its code, which would lead out of it"),
        ("lib", "has no 'lib' in its code; there are 'lib', 'train.py', 'train.sh'"),
    ],
)
def test_a_script_that_is_not_in_the_code_is_a_failure(bench: Bench, program: str, reason: str) -> None:
    with pytest.raises(StepFailedError) as caught:
        bench.run(sdk2(bench, program=program))
    assert caught.value.reason == reason


def test_code_that_is_not_there_is_a_failure(bench: Bench) -> None:
    step = sdk2(bench)
    bench.s3("code/sourcedir.tar.gz").unlink()
    with pytest.raises(DefinitionError, match=r"finds nothing at '.*sourcedir\.tar\.gz' for its code"):
        bench.run(step)


def test_sdk3_code_runs_in_its_channel_without_the_shell_script_of_its_drivers(bench: Bench) -> None:
    bench.run(sdk3(bench, {"entry_script": "train.py"}, eta="0.1", fast="true", name="plain"))
    assert seen(bench) == {
        "arguments": ["--eta", "0.1", "--fast", "true", "--name", "plain"],
        "cwd": f"{ML}/input/data/code",
    }


def test_sdk3_code_may_be_packed(bench: Bench) -> None:
    step = sdk3(bench, {"entry_script": "deep.py", "source_dir": "s3://any/source.tar.gz"})
    bench.file("packed/deep.py", TRAIN)
    pack(bench.home / "files" / "packed", bench.home / "files" / "code" / "source.tar.gz")
    bench.run(step)
    assert seen(bench)["arguments"] == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ({"command": "python train.py && true"}, "names no entry_script"),
        ({"entry_script": "a\0.py"}, "names 'a\0.py' in its code, which would lead out of it"),
        ({"entry_script": "nothing.py"}, "has no 'nothing.py' in its code; there is 'train.py'"),
        (["train.py"], "names no entry_script"),
    ],
)
def test_sdk3_code_without_a_script_is_a_failure(bench: Bench, source: Any, reason: str) -> None:
    with pytest.raises(StepFailedError) as caught:
        bench.run(sdk3(bench, source))
    assert reason in caught.value.reason


def test_a_text_that_no_program_can_be_given_stays_json(bench: Bench) -> None:
    bench.run(sdk2(bench, name=json.dumps("a\0b")))
    assert seen(bench)["arguments"] == ["--name", '"a\\u0000b"']
