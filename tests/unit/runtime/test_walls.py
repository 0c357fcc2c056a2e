"""What a step behind walls can see and change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stepwire.runtime.errors import ReasonError, RunError
from stepwire.runtime.process import Program, read_tail, run_program
from stepwire.runtime.step_job import Job

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench


@pytest.fixture
def job(bench: Bench) -> Job:
    job = bench.job({})
    if not job.containment.walls:
        pytest.skip("this machine has no namespaces for us")
    return job


def python(source: str) -> Program:
    return Program(("python3", "-c", source), "", {})


def test_its_folder_is_opt_ml(job: Job) -> None:
    run_program(job, python("open('/opt/ml/model', 'w').write('mine'); import os; print(os.getcwd())"))
    assert (job.ml / "model").read_text() == "mine"
    assert read_tail(job.log) == ("/opt/ml",)
    assert not Path("/opt/ml/model").exists()


def test_what_it_writes_elsewhere_is_gone_or_in_its_folder(job: Job, bench: Bench) -> None:
    source = """
import os, pathlib, tempfile
for name in ("~/mine", "../mine", "/mine", tempfile.gettempdir() + "/mine"):
    pathlib.Path(os.path.expanduser(name)).write_text("mine")
    print(name)
"""
    before = {path.name for path in Path.home().iterdir()}
    run_program(job, python(source))
    assert len(read_tail(job.log)) == 4
    places = ("/mine", "/opt/mine", "/tmp/mine", str(job.folder / "mine"))
    assert not any(Path(place).exists() for place in places)
    assert {path.name for path in Path.home().iterdir()} == before


@pytest.mark.parametrize("place", ["/etc", "/usr", "/var", sys.prefix])
def test_the_rest_of_the_machine_is_read_only(job: Job, place: str) -> None:
    run_program(
        job,
        python(f"""
try:
    open({place!r} + "/stepwire-was-here", "w")
except OSError as error:
    print(error.strerror)
"""),
    )
    assert read_tail(job.log)[0] in ("Read-only file system", "Permission denied")
    assert not Path(place, "stepwire-was-here").exists()


def test_it_cannot_undo_its_walls(job: Job) -> None:
    source = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print(libc.mount(b"none", b"/etc", None, 0x20 | 0x1000, None), libc.umount2(b"/etc", 2))
"""
    run_program(job, python(source))
    assert read_tail(job.log) == ("-1 -1",)


def test_it_sees_no_process_of_the_machine_and_no_credentials(
    job: Job, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "user" / ".aws").mkdir(parents=True)
    (tmp_path / "user" / ".aws" / "credentials").write_text("planted")
    source = f"""
import os, pathlib
for entry in pathlib.Path("/proc").iterdir():
    try:
        if entry.name.isdecimal() and b"PLANTED" in (entry / "environ").read_bytes():
            print("seen")
    except OSError:
        pass
print(os.path.exists({str(tmp_path / "user" / ".aws" / "credentials")!r}))
"""
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    environment = {**os.environ, "SECRET": "PLANTED"}
    with subprocess.Popen([sys.executable, "-c", "input()"], env=environment, stdin=subprocess.PIPE) as other:
        run_program(job, python(source))
        other.terminate()
    assert read_tail(job.log) == ("False",)


def test_where_there_are_no_walls_a_run_that_requires_them_is_refused(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stepwire.runtime.containment.sys.platform", "darwin")
    with pytest.raises(RunError, match="steps cannot be isolated on this machine"):
        bench.job({}, isolate="require")


@pytest.mark.parametrize("name", ["train.py", "train.sh"])
def test_without_walls_a_script_that_names_opt_ml_is_refused_before_it_runs(bench: Bench, name: str) -> None:
    job = bench.job({}, isolate="off")
    job.ml.mkdir(exist_ok=True)
    (job.ml / name).write_text("# /opt/ml/a comment\nopen('/opt/ml/model/x')\n")
    starter = "python3" if name.endswith(".py") else "bash"
    with pytest.raises(ReasonError, match=f"names /opt/ml in {name}, line 2, and steps are not isolated"):
        run_program(job, Program((starter, f"{job.ml}/{name}"), "", {}))
    assert not job.log.exists()
