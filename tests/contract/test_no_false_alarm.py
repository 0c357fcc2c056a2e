"""Real definitions, and what the SDKs wrote for correct programs, are checked without an alarm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stepwire.definitions.check_definition import check_definition
from stepwire.definitions.recognise import recognise

FOLDER = Path(__file__).parents[3] / "shared" / "definitions"
README = FOLDER / "README.md"
DEFINITIONS = sorted(FOLDER.glob("*/*.json"))
pytestmark = pytest.mark.skipif(not README.exists(), reason="the collected definitions are not here")


def known_to_be_wrong() -> set[str]:
    """Read out of the README which definitions it calls wrong, or fixtures of tools."""
    text = README.read_text(encoding="utf-8").partition("Known to be wrong")[2].partition("\n\n")[0]
    ranges = re.findall(r"\b(\d{3})(?:\u2013(\d{3}))?\b", text)
    return {f"{number:03}" for first, last in ranges for number in range(int(first), int(last or first) + 1)}


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_nothing_is_wrong_with_a_definition_unless_the_readme_says_so(path: Path) -> None:
    found = recognise(path.read_text(encoding="utf-8"), path.name)
    assert found is not None
    told = [problem for problem in check_definition(found.definition) if problem.code.severity != "note"]
    if path.stem not in known_to_be_wrong():
        assert told == []


def test_the_readme_is_read() -> None:
    assert {"009", "022", "023", "024", "046"} <= known_to_be_wrong()
    assert "005" not in known_to_be_wrong()
