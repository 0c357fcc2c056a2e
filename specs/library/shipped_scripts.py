"""Where the programs lie that steps of the library run, as long as a document names no other."""

from __future__ import annotations

from pathlib import Path

SCRIPTS = Path(__file__).parent / "scripts"
