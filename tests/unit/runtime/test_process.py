"""Programs, run for real: behind walls where this machine has them, and in the open."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import uuid4

import pytest

from stepwire.runtime.containment import Isolate, ProgramLimits
from stepwire.runtime.errors import ReasonError
from stepwire.runtime.process import Program, read_tail, run_program
from stepwire.runtime.step_job import Job

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench


@pytest.fixture(params=["auto", "off"])
def job(bench: Bench, request: pytest.FixtureRequest) -> Job:
    return bench.job({}, isolate=cast("Isolate", request.param))


@pytest.fixture
def open_job(bench: Bench) -> Job:
    return bench.job({}, isolate="off")


def python(source: str, **environment: str) -> Program:
    return Program(("python3", "-c", source), "", environment)


def running(mark: str) -> list[int]:
    """List the processes that have a text in their command line."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            found += [int(entry.name)] if mark.encode() in command else []
    return found


def test_output_and_errors_go_to_the_log(job: Job) -> None:
    source = "import os, sys; print('out'); print('err', file=sys.stderr); print(os.getcwd(), os.getenv('A'))"
    run_program(job, python(source, A="1"))
    assert read_tail(job.log) == ("out", "err", f"{job.seen} 1")


def test_python_is_the_interpreter_that_runs_stepwire(job: Job) -> None:
    run_program(job, python("import sys; print(sys.executable)"))
    assert read_tail(job.log) == (sys.executable,)


def test_training_variables_of_this_process_are_not_handed_on(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SM_MODEL_DIR", "/elsewhere")
    run_program(job, python("import os; print(os.environ.get('SM_MODEL_DIR'))"))
    assert read_tail(job.log) == ("None",)


def test_a_program_that_exits_with_3_is_said_to(job: Job) -> None:
    with pytest.raises(ReasonError) as caught:
        run_program(job, python("raise SystemExit(3)"))
    assert (caught.value.reason, caught.value.exit_code) == ("exited with code 3", 3)


def test_a_killed_program_is_said_to_be(job: Job) -> None:
    source = "import os, signal; print('before'); os.kill(os.getpid(), signal.SIGKILL)"
    with pytest.raises(ReasonError, match=r"was killed by signal 9 \(SIGKILL\)"):
        run_program(job, python(source))
    assert read_tail(job.log) == ("before",)


def test_a_program_that_uses_opt_ml_by_itself_is_told_not_to(open_job: Job) -> None:
    with pytest.raises(ReasonError, match="it uses /opt/ml by itself"):
        run_program(open_job, python("open('/opt/ml/nothing/here')"))


def test_a_program_that_is_not_there_is_named(job: Job) -> None:
    with pytest.raises(ReasonError, match="could not start its program 'no-such-program': No such file"):
        run_program(job, Program(("no-such-program",), "", {}))


def test_a_program_that_may_not_be_executed_is_named(job: Job) -> None:
    script = job.ml / "run.sh"
    script.parent.mkdir(exist_ok=True)
    script.write_text("#!/bin/sh\n")
    with pytest.raises(ReasonError, match=r"could not start its program '.*run\.sh': Permission denied"):
        run_program(job, Program((f"{job.seen}/run.sh",), "", {}))


def test_a_program_that_runs_too_long_is_ended(job: Job) -> None:
    with pytest.raises(ReasonError, match=r"ran for longer than its limit of 0\.2 seconds"):
        run_program(job, python("import time; time.sleep(60)"), limit=0.2)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only the process group ends")
@pytest.mark.parametrize("own_session", [False, True])
def test_what_a_program_leaves_running_is_ended_with_it(job: Job, own_session: bool) -> None:
    mark = uuid4().hex
    child = [sys.executable, "-c", f"import time; time.sleep(60) # {mark}"]
    source = (
        f"import subprocess; subprocess.Popen({child}, start_new_session={own_session}); print('started')"
    )
    run_program(job, python(source))
    assert read_tail(job.log) == ("started",)
    assert running(mark) == []


def test_an_interrupt_ends_the_program_and_goes_on(job: Job) -> None:
    mark = uuid4().hex

    def interrupt() -> None:
        while not read_tail(job.log):
            time.sleep(0.01)
        # What Ctrl-C does: interrupt_main() would not end the wait for the program.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt), job.containment.keeper:
        run_program(job, python(f"import time; print('up'); time.sleep(60) # {mark}"))
    thread.join()
    assert running(mark) == []


def test_the_end_of_this_process_is_the_end_of_its_programs(job: Job) -> None:
    """Killed as by `kill -9`, a run leaves no program, whatever sessions they are in."""
    mark = uuid4().hex
    child = [sys.executable, "-c", f"import time; time.sleep(60) # {mark}"]
    start = f"import subprocess, time; subprocess.Popen({child}, start_new_session=True)"
    source = f"{start}; print(1); time.sleep(60)"
    forked = os.fork()
    if forked == 0:
        try:
            job.containment.keeper.forget()
            run_program(job, python(source + f" # {mark}"))
        finally:
            os._exit(1)
    while not read_tail(job.log):
        time.sleep(0.01)
    os.kill(forked, signal.SIGKILL)
    os.waitpid(forked, 0)
    end = time.monotonic() + 5
    while running(mark) and time.monotonic() < end:
        time.sleep(0.01)
    assert running(mark) == []


def test_only_named_variables_reach_a_program(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "planted")
    run_program(
        job, python("import os; print(sorted(os.environ)); print('planted' in str(os.environ))", A="1")
    )
    names, planted = read_tail(job.log)
    contract = {
        "A",
        "HOME",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "PATH",
        "PYTHONUNBUFFERED",
        "PYTHONUSERBASE",
        "TMPDIR",
        "TZ",
    }
    assert set(eval(names)) <= contract
    assert planted == "False"


def test_a_file_larger_than_it_may_be_is_not_written(bench: Bench) -> None:
    job = bench.job({}, limits=ProgramLimits(file_bytes=2**20))
    with pytest.raises(ReasonError, match=r"exited with code 1|SIGXFSZ"):
        run_program(job, python("open('large', 'wb').write(bytes(2**21))"))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux counts what a process has written to")
def test_more_memory_than_it_may_have_is_refused(bench: Bench) -> None:
    job = bench.job({}, limits=ProgramLimits(memory_bytes=200 * 2**20))
    with pytest.raises(ReasonError, match="a process of it may take 200 MiB of memory"):
        run_program(job, python("bytearray(400 * 2**20)"))
    run_program(job, python("bytearray(50 * 2**20)"))
    assert job.peaks[-1] > 50 * 2**20


def test_the_tail_is_the_last_lines_of_a_log(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_bytes(b"x" * 100_000 + b"\n" + b"\xff\n" * 30 + b"last " + b"y" * 1000)
    tail = read_tail(log)
    assert len(tail) == 20
    assert tail[0] == "�"
    assert tail[-1].startswith("last y")
    assert len(tail[-1]) == 500


def test_a_log_that_is_not_there_has_no_tail(tmp_path: Path) -> None:
    assert read_tail(tmp_path / "log.txt") == ()


def test_the_environment_is_not_shown() -> None:
    assert "secret" not in repr(Program(("python",), "", {"PASSWORD": "secret"}))
    assert os.environ.get("PASSWORD") is None


def test_all_that_a_program_leaves_is_limited_together(bench: Bench) -> None:
    """What was there before it does not count."""
    job = bench.job({}, limits=ProgramLimits(file_bytes=2**20))
    (job.ml / "input").mkdir(parents=True)
    (job.ml / "input" / "data").write_bytes(b"x" * 2**20)
    fill = "for name in {}: open(name, 'wb').write(b'x' * 600_000)"
    run_program(job, Program((sys.executable, "-c", fill.format("'a'")), "", {}))
    with pytest.raises(ReasonError, match="leaves 1 MiB, and may leave 1"):
        run_program(job, Program((sys.executable, "-c", fill.format("'bc'")), "", {}))


def test_the_memory_of_a_running_program_is_known(bench: Bench) -> None:
    """And of no other."""
    job = bench.job({})
    script = "import time; held = b'x' * 50_000_000; open('ready', 'w').close(); time.sleep(60)"
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(run_program, job, Program((sys.executable, "-c", script), "", {}))
        while not (job.ml / "ready").exists():
            assert not held.done()
            time.sleep(0.01)
        assert 50_000_000 < bench.keeper.memory(job.folder) < 200_000_000
        assert bench.keeper.memory(job.folder / "other") == 0
        bench.keeper.close()
    assert held.exception() is not None
    assert bench.keeper.memory(job.folder) == 0
