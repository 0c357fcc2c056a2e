"""Programs, run for real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.runtime.errors import ReasonError
from stepwire.runtime.process import Program, read_tail, relocate, relocate_all, run_program

ML = Path("/work folder/ml")


def python(folder: Path, source: str, **environment: str) -> Program:
    return Program(("python3", "-c", source), folder, environment)


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
    assert relocate(text, ML) == expected.replace("{}", str(ML))


@given(st.text().filter(lambda text: "/opt/ml" not in text))
def test_a_text_that_does_not_speak_of_opt_ml_stays_as_it_is(text: str) -> None:
    assert relocate(text, ML) == text


@given(st.text())
def test_relocating_twice_is_relocating_once(text: str) -> None:
    once = relocate(text, ML)
    assert relocate(once, ML) == once


def test_texts_deep_in_a_value_are_relocated() -> None:
    value = {"a": ["/opt/ml/x", 1, None], "b": {"c": "/opt/ml"}}
    assert relocate_all(value, ML) == {"a": [f"{ML}/x", 1, None], "b": {"c": str(ML)}}


def test_output_and_errors_go_to_the_log(tmp_path: Path) -> None:
    source = "import os, sys; print('out'); print('err', file=sys.stderr); print(os.getcwd(), os.getenv('A'))"
    run_program(python(tmp_path, source, A="1"), tmp_path / "log.txt")
    assert read_tail(tmp_path / "log.txt") == ("out", "err", f"{tmp_path} 1")


def test_python_is_the_interpreter_that_runs_stepwire(tmp_path: Path) -> None:
    run_program(python(tmp_path, "import sys; print(sys.executable)"), tmp_path / "log.txt")
    assert read_tail(tmp_path / "log.txt") == (sys.executable,)


def test_training_variables_of_this_process_are_not_handed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SM_MODEL_DIR", "/elsewhere")
    run_program(python(tmp_path, "import os; print(os.environ.get('SM_MODEL_DIR'))"), tmp_path / "log.txt")
    assert read_tail(tmp_path / "log.txt") == ("None",)


def test_a_program_that_exits_with_3_is_said_to(tmp_path: Path) -> None:
    with pytest.raises(ReasonError) as caught:
        run_program(python(tmp_path, "raise SystemExit(3)"), tmp_path / "log.txt")
    assert (caught.value.reason, caught.value.exit_code) == ("exited with code 3", 3)


def test_a_killed_program_is_said_to_be(tmp_path: Path) -> None:
    source = "import os, signal; print('before'); os.kill(os.getpid(), signal.SIGKILL)"
    with pytest.raises(ReasonError, match=r"was killed by signal 9 \(SIGKILL\)"):
        run_program(python(tmp_path, source), tmp_path / "log.txt")
    assert read_tail(tmp_path / "log.txt") == ("before",)


def test_a_program_that_uses_opt_ml_by_itself_is_told_not_to(tmp_path: Path) -> None:
    with pytest.raises(ReasonError, match="it uses /opt/ml by itself"):
        run_program(python(tmp_path, "open('/opt/ml/nothing/here')"), tmp_path / "log.txt")


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReasonError, match="could not start its program 'no-such-program': No such file"):
        run_program(Program(("no-such-program",), tmp_path, {}), tmp_path / "log.txt")


def test_a_program_that_may_not_be_executed_is_named(tmp_path: Path) -> None:
    script = tmp_path / "run.sh"
    script.write_text("#!/bin/sh\n")
    with pytest.raises(ReasonError, match=r"could not start its program '.*run\.sh': Permission denied"):
        run_program(Program((str(script),), tmp_path, {}), tmp_path / "log.txt")


def test_a_program_that_runs_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(ReasonError, match=r"ran for longer than its limit of 0\.2 seconds"):
        run_program(python(tmp_path, "import time; time.sleep(60)"), tmp_path / "log.txt", limit=0.2)


def is_running(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


def test_what_a_program_leaves_running_is_ended_with_it(tmp_path: Path) -> None:
    source = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid)
"""
    run_program(python(tmp_path, source), tmp_path / "log.txt")
    (pid,) = read_tail(tmp_path / "log.txt")
    time.sleep(0.1)
    assert not is_running(int(pid))


def test_an_interrupt_ends_the_program_and_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"

    def interrupt() -> None:
        while not read_tail(log):
            time.sleep(0.01)
        # What Ctrl-C does: interrupt_main() would not end the wait for the program.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        run_program(python(tmp_path, "import os, time; print(os.getpid()); time.sleep(60)"), log)
    thread.join()
    (pid,) = read_tail(log)
    assert not is_running(int(pid))


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
    assert "secret" not in repr(Program(("python",), Path(), {"PASSWORD": "secret"}))
    assert os.environ.get("PASSWORD") is None
