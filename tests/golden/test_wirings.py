"""The golden spec sets in `wirings/`, run by the pytest plugin: that they are many, and worth something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stepwire import pytest_plugin
from stepwire.solver.problem.unary_rules import UNARY_RULES
from stepwire.specsets.mutation import audit_file, score
from stepwire.specsets.read import read_spec_set

FOLDER = Path(__file__).parent / "wirings"
ROOT = Path(__file__).parents[2]
"""The example, of which one set speaks, lies in a folder of its own."""

SETS = sorted(FOLDER.glob("*.wiring.yaml"))
RULE_NAMES = {rule.code for rule in UNARY_RULES} | {
    "once",
    "exclusive",
    "distinct",
    "same-source",
    "acyclic",
    "branch",
}
DOCUMENT_CODES = {f"SW{number}" for number in range(101, 112)}
WIRING_CODES = {f"SW{number}" for number in (*range(201, 208), 301, 304)}
EMISSION_CODES = {
    *("SW401", "SW402", "SW405", "SW420", "SW421", "SW422"),
    *(f"SW{number}" for number in (431, 432, 433, 434, 435, 438)),
}
AUDITED = [path for path in SETS if not path.name.startswith("retail")][::5]
"""A sample, for the time that it takes; `stepwire test tests/golden --mutate` audits all."""


def test_the_plugin_runs_the_spec_sets(request: pytest.FixtureRequest) -> None:
    assert pytest_plugin in request.config.pluginmanager.get_plugins()
    assert len(SETS) >= 40


def test_there_is_one_for_every_hard_rule() -> None:
    named = {path.name.removeprefix("rule_").partition(".")[0].replace("_", "-") for path in SETS}
    assert named >= RULE_NAMES


def test_every_code_that_a_document_or_a_wiring_can_have_is_expected_somewhere() -> None:
    text = "\n".join(re.sub(r"^#.*", "", path.read_text("utf-8"), flags=re.MULTILINE) for path in SETS)
    assert set(re.findall(r"SW\d{3}", text)) >= DOCUMENT_CODES | WIRING_CODES | EMISSION_CODES


def test_no_case_expects_nothing_but_a_wiring() -> None:
    """Each says which bindings, codes or definition it wants."""
    for path in SETS:
        for case in read_spec_set(path, [ROOT]).cases:
            assert case.expect.model_fields_set - {"unique"}, f"{path.name}: {case.name}"


def test_what_could_break_is_noticed() -> None:
    """At least nine tenths of the breaks of a sample."""
    reached = score([audit_file(path, [ROOT]) for path in AUDITED])
    assert reached is not None
    assert reached >= 90
