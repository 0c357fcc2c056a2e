"""Processing steps under the container contract, with real programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from stepwire.problems.errors import DefinitionError
from stepwire.runtime.containment import Isolate
from stepwire.runtime.errors import StepFailedError
from stepwire.runtime.options import RunOptions
from tests.unit.runtime.conftest import NEEDS_WALLS

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench

WRITE = """
import pathlib, sys
base = pathlib.Path(sys.argv[1])
(base / "out" / "result.txt").write_text("done")
"""


def test_outputs_go_to_their_uris(bench: Bench) -> None:
    run = bench.run(bench.processing("Prep", WRITE, outputs=["out"]))
    assert bench.s3("Prep/out/result.txt").read_text() == "done"
    assert run.steps[0].outputs == {"out": "s3://bucket/Prep/out"}


def test_a_file_and_a_prefix_are_where_the_program_looks_for_them(bench: Bench) -> None:
    bench.file("raw/a/b.csv", "tree")
    script = """
    import pathlib, sys
    base = pathlib.Path(sys.argv[1])
    text = (base / "one" / "single.csv").read_text() + (base / "many" / "a" / "b.csv").read_text()
    (base / "out" / "both").write_text(text)
    """
    inputs = {"one": str(bench.file("single.csv", "file+")), "many": str(bench.home / "files" / "raw")}
    bench.run(bench.processing("Prep", script, inputs=inputs, outputs=["out"]))
    assert bench.s3("Prep/out/both").read_text() == "file+tree"


def test_a_program_may_change_its_copy_of_an_input(bench: Bench) -> None:
    source = bench.file("raw/a.csv", "as it was")
    script = WRITE + '(base / "raw" / "a.csv").write_text("changed")'
    bench.run(bench.processing("Prep", script, inputs={"raw": str(source.parent)}, outputs=["out"]))
    assert source.read_text() == "as it was"


@pytest.mark.parametrize("isolate", ["off", pytest.param("require", marks=NEEDS_WALLS)])
def test_environment_and_arguments_speak_of_the_work_folder(bench: Bench, isolate: Isolate) -> None:
    script = """
    import os, pathlib, sys
    flag, base = sys.argv[1:]
    assert flag.startswith("--out=") and os.environ["OUT"] == flag.removeprefix("--out=")
    assert os.environ["OTHER"] == "/opt/mlx"
    (pathlib.Path(os.environ["OUT"]) / "cwd").write_text(os.getcwd())
    """
    arguments = ["--out=/opt/ml/processing/out", "/opt/ml"]
    step = bench.processing("Prep", script, outputs=["out"], arguments=arguments)
    step["Arguments"]["Environment"] = {"OUT": "/opt/ml/processing/out", "OTHER": "/opt/mlx"}
    run = bench.run(step, options=RunOptions(isolate=isolate))
    folder = str(run.folder / "Prep" / "ml") if isolate == "off" else "/opt/ml"
    assert bench.s3("Prep/out/cwd").read_text() == folder


def test_the_config_files_describe_the_job(bench: Bench) -> None:
    script = WRITE + "import shutil; shutil.copytree(base.parent / 'config', base / 'out' / 'config')"
    run = bench.run(bench.processing("Prep", script, outputs=["out"]), options=RunOptions(isolate="off"))
    config = bench.s3("Prep/out/config")
    job = json.loads((config / "processingjobconfig.json").read_text())
    assert job["ProcessingJobName"] == run.look_up("Prep", "ProcessingJobName")
    local_path = job["ProcessingOutputConfig"]["Outputs"][0]["S3Output"]["LocalPath"]
    assert local_path == f"{run.folder}/Prep/ml/processing/out"
    hosts = json.loads((config / "resourceconfig.json").read_text())
    assert hosts == {"current_host": "algo-1", "hosts": ["algo-1"]}


def test_properties_are_those_of_the_describe_call(bench: Bench) -> None:
    run = bench.run(bench.processing("Prep", WRITE, outputs=["out"]))
    path = "ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri"
    assert run.look_up("Prep", path) == "s3://bucket/Prep/out"
    name = run.look_up("Prep", "ProcessingJobName")
    assert name.startswith("Prep-")
    assert run.look_up("Prep", "ProcessingJobArn").endswith(f":processing-job/{name}")


def fail(bench: Bench, script: str, **options: object) -> StepFailedError:
    with pytest.raises(StepFailedError) as caught:
        bench.run(bench.processing("Prep", script, **options))  # type: ignore[arg-type]
    assert not bench.s3("Prep").exists()
    return caught.value


def test_a_failing_program_tells_its_code_and_the_end_of_its_log(bench: Bench) -> None:
    script = WRITE + "for number in range(100): print('line', number)\nsys.exit(3)"
    error = fail(bench, script, outputs=["out"])
    assert (error.step, error.reason, error.exit_code_of_program) == ("Prep", "exited with code 3", 3)
    assert error.tail == tuple(f"line {number}" for number in range(80, 100))
    assert error.log == bench.root / "runs" / "run-0001" / "Prep" / "log.txt"
    assert error.log.read_text().count("\n") == 100


def test_a_killed_program_leaves_nothing_in_s3(bench: Bench) -> None:
    error = fail(bench, WRITE + "import os; os.kill(os.getpid(), 15)", outputs=["out"])
    assert error.reason == "was killed by signal 15 (SIGTERM)"


def test_an_output_left_empty_is_a_failure_and_no_output_is_published(bench: Bench) -> None:
    error = fail(bench, WRITE + '(base / "empty" / "folder").mkdir()', outputs=["out", "empty"])
    assert error.reason.startswith("wrote nothing to /opt/ml/processing/empty for output 'empty'")


def test_a_missing_input_is_named_with_its_uri(bench: Bench) -> None:
    """Before anything is started."""
    step = bench.processing("Prep", WRITE, inputs={"raw": "s3://bucket/raw.csv"}, outputs=["out"])
    with pytest.raises(DefinitionError) as caught:
        bench.run(step)
    (problem,) = caught.value.problems
    assert problem.message.startswith("step 'Prep' finds nothing at 's3://bucket/raw.csv' for input 'raw'")
    assert not bench.events


def test_a_uri_that_leads_out_of_s3_is_refused_before_anything_starts(bench: Bench) -> None:
    step = bench.processing("Prep", "open('/dev/null')", outputs=["out"])
    step["Arguments"]["ProcessingOutputConfig"]["Outputs"][0]["S3Output"]["S3Uri"] = "s3://bucket/../../x"
    with pytest.raises(DefinitionError, match="no folder can stand for"):
        bench.run(step)
    assert not bench.events


def test_an_input_cannot_come_from_outside_of_s3(bench: Bench) -> None:
    step = bench.processing("Prep", WRITE, inputs={"raw": "s3://bucket/../../../files"}, outputs=["out"])
    with pytest.raises(DefinitionError, match="no folder can stand for"):
        bench.run(step)


def test_a_program_that_runs_longer_than_it_may_is_ended(bench: Bench) -> None:
    step = bench.processing("Prep", "import time; time.sleep(60)")
    step["Arguments"]["StoppingCondition"] = {"MaxRuntimeInSeconds": 1}
    with pytest.raises(StepFailedError, match="ran for longer than its limit of 1 seconds"):
        bench.run(step)


def test_the_values_of_the_environment_are_not_told(bench: Bench) -> None:
    step = bench.processing("Prep", "import sys; sys.exit(1)")
    step["Arguments"]["Environment"] = {"PASSWORD": "hunter2"}
    with pytest.raises(StepFailedError) as caught:
        bench.run(step)
    assert "hunter2" not in f"{caught.value}{caught.value!r}{bench.events}"


@pytest.mark.parametrize("target", ["/etc", "../../../../.."])
def test_an_output_that_is_a_link_publishes_nothing(bench: Bench, target: str) -> None:
    script = (
        WRITE
        + f"""
(base / "out" / "result.txt").unlink()
(base / "out").rmdir()
(base / "out").symlink_to({target!r})
"""
    )
    assert "made a link of output 'out'" in fail(bench, script, outputs=["out"]).reason


def test_a_link_in_an_output_publishes_nothing(bench: Bench) -> None:
    script = WRITE + '(base / "out" / "passwd").symlink_to("/etc/passwd")'
    assert "leads out of it" in fail(bench, script, outputs=["out"]).reason
