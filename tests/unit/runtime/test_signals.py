"""Steps end with the run, whatever ends it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def running(mark: str) -> bool:
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if mark.encode() in (entry / "cmdline").read_bytes():
                    return True
            except OSError:
                continue
    return False


def until(holds: bool, mark: str, seconds: float) -> None:
    end = time.monotonic() + seconds
    while running(mark) != holds and time.monotonic() < end:
        time.sleep(0.02)
    assert running(mark) == holds


@pytest.mark.parametrize("isolate", ["auto", "off"])
@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda item: item.name
)
def test_a_signal_to_the_run_ends_its_steps(tmp_path: Path, number: signal.Signals, isolate: str) -> None:
    mark = uuid4().hex
    app = {"ImageUri": "i", "ContainerEntrypoint": ["sh", "-c", f"setsid sleep 60 & sleep 60 # {mark}"]}
    step = {"Name": "A", "Type": "Processing", "Arguments": {"AppSpecification": app}}
    (tmp_path / "definition.json").write_text(json.dumps({"Version": "2020-12-01", "Steps": [step]}))
    command = [sys.executable, "-m", "stepwire", "run", "definition.json", "--isolate", isolate]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as run:
        until(True, mark, 30)
        run.send_signal(number)
        run.wait(timeout=10)
    until(False, mark, 5)
