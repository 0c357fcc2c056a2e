"""What is told before the first step of a run has started."""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from stepwire.problems.errors import DefinitionError
from stepwire.runtime.options import RunOptions, StandIn

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

MAKE = "import pathlib, sys; pathlib.Path(sys.argv[1], 'out/text').write_text('made')"


def refusals(bench: Bench, *steps: dict[str, Any]) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        bench.run(*steps)
    assert {event.state for event in bench.events} <= {"warned"}
    return [problem.message.partition(" (/")[0] for problem in caught.value.problems]


def condition(*inner: dict[str, Any]) -> dict[str, Any]:
    comparison = {"Type": "Equals", "LeftValue": 1, "RightValue": 2}
    return {
        "Name": "If",
        "Type": "Condition",
        "Arguments": {"Conditions": [comparison], "IfSteps": list(inner)},
    }


def test_all_that_is_missing_is_told_at_once_and_leaves_no_run(bench: Bench) -> None:
    """Kinds, programs, inputs and places, of several steps."""
    spark = {"Name": "Spark", "Type": "EMR", "Arguments": {}}
    train = bench.training("Train", "", OutputDataConfig={"S3OutputPath": "s3://<bucket>/model"})
    image = bench.training("Deep", "", AlgorithmSpecification={"TrainingImage": "deep:1"})
    prep = bench.processing("Prep", MAKE, inputs={"raw": "s3://bucket/raw"}, outputs=["out"])
    assert refusals(bench, spark, train, image, prep) == [
        "step 'Spark': steps of kind EMR do not run on this machine",
        "step 'Deep': the program is inside the image 'deep:1', and images do not run on this machine",
        "step 'Prep' finds nothing at 's3://bucket/raw' for input 'raw'",
        "step 'Train' uses 's3://<bucket>/model', which is no S3 URI (such as s3://bucket/key)",
    ]
    assert not bench.root.exists()


def test_what_steps_lack_that_are_not_to_run_does_not_matter(bench: Bench) -> None:
    spark = {"Name": "Spark", "Type": "EMR", "Arguments": {}, "DependsOn": ["Prep"]}
    prep = bench.processing("Prep", MAKE, outputs=["out"])
    bench.run(prep, spark, options=RunOptions(until=("Prep",)))
    assert bench.states() == {"Prep": "succeeded"}


@pytest.mark.parametrize(
    "program", ["/opt/ml/processing/other/run.py", "/opt/ml/processing/code/other.py", "run.py"]
)
def test_a_program_that_no_input_brings_is_refused(bench: Bench, program: str) -> None:
    step = bench.processing("Prep", MAKE)
    step["Arguments"]["AppSpecification"]["ContainerEntrypoint"] = ["python3", "-u", program]
    place = program if program.startswith("/") else f"/opt/ml/{program}"
    assert refusals(bench, step) == [f"step 'Prep' starts '{place}', which none of its inputs brings"]


@pytest.mark.parametrize(
    "entrypoint", [["python3", "-c", "print(1)"], ["python3", "-m", "this"], ["sh", "-c", "true"]]
)
def test_a_program_that_is_no_file_needs_no_input(bench: Bench, entrypoint: list[str]) -> None:
    step = bench.processing("Prep", MAKE, arguments=())
    step["Arguments"]["AppSpecification"]["ContainerEntrypoint"] = entrypoint
    bench.run(step)
    assert bench.states() == {"Prep": "succeeded"}


def test_what_an_earlier_step_writes_is_not_missing(bench: Bench) -> None:
    """Neither where it is read, nor below, nor above that."""
    first = bench.processing("First", MAKE, outputs=["out"])
    places = {"a": "s3://bucket/First/out", "b": "s3://bucket/First/out/text", "c": "s3://bucket/First"}
    bench.run(first, bench.processing("Second", "", inputs=places, DependsOn=["First"]))
    assert bench.states() == {"First": "succeeded", "Second": "succeeded"}


def test_what_another_step_writes_at_any_time_is_missing(bench: Bench) -> None:
    second = bench.processing("Second", "", inputs={"a": "s3://bucket/First/out"})
    with pytest.raises(DefinitionError, match="step 'First' writes there; let this one depend on it"):
        bench.run(bench.processing("First", MAKE, outputs=["out"]), second)


def test_a_training_step_writes_nothing_under_a_name_that_one_can_know(bench: Bench) -> None:
    train = bench.training("Train", "", OutputDataConfig={"S3OutputPath": "s3://bucket"})
    prep = bench.processing("Prep", "", inputs={"raw": "s3://bucket/raw"}, DependsOn=["Train"])
    assert refusals(bench, train, prep) == ["step 'Prep' finds nothing at 's3://bucket/raw' for input 'raw'"]


def test_what_a_step_lacks_that_may_never_run_is_a_warning(bench: Bench) -> None:
    step = bench.processing("Then", "", inputs={"raw": "s3://bucket/raw"})
    bench.run(condition(step))
    assert bench.states() == {"If": "succeeded", "Then": "skipped"}
    warned = next(event.note for event in bench.events if event.state == "warned")
    assert warned.startswith("should it run, it finds nothing at 's3://bucket/raw' for input 'raw'")


def test_what_is_stood_in_for_needs_no_code(bench: Bench) -> None:
    names = {
        "sagemaker_program": '"a.py"',
        "sagemaker_submit_directory": '"s3://bucket/code/sourcedir.tar.gz"',
    }
    train = bench.training("Train", "", HyperParameters=names, AlgorithmSpecification={"TrainingImage": "i"})
    script = "import os, pathlib; pathlib.Path(os.environ['SM_MODEL_DIR'], 'model').touch()"
    stand_ins = {"Train": StandIn(bench.file("instead.py", script))}
    bench.run(train, options=RunOptions(stand_ins=stand_ins))
    assert bench.states() == {"Train": "succeeded"}


def test_packages_that_packed_code_imports_are_looked_for(bench: Bench) -> None:
    script = bench.file("fit.py", "import no_such_package, json\nimport own\nimport os\nos._exit(3)\n")
    packed = bench.s3("code/sourcedir.tar.gz")
    packed.parent.mkdir(parents=True)
    with tarfile.open(packed, "w:gz") as archive:
        archive.add(script, "fit.py")
        archive.add(bench.file("own.py"), "own.py")
    names = {
        "sagemaker_program": '"fit.py"',
        "sagemaker_submit_directory": '"s3://bucket/code/sourcedir.tar.gz"',
    }
    train = bench.training(
        "Train", "", HyperParameters=names, AlgorithmSpecification={"TrainingImage": "image"}
    )
    missing = bench.processing("Prep", "", inputs={"raw": "s3://bucket/nothing"})
    refusals(bench, train, missing)
    assert [event.note for event in bench.events] == [
        "its script imports 'no_such_package', which is not installed here"
    ]
