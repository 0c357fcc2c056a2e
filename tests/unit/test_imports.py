"""What `import stepwire` costs."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"boto3", "botocore", "clingo", "rich", "sagemaker"}


def test_import_stepwire_loads_nothing_heavy() -> None:
    """A program that imports stepwire pays for no cloud library, no solver core and no terminal library."""
    code = (
        "import sys; from stepwire import *; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "stepwire" in loaded
    assert not loaded & HEAVY
