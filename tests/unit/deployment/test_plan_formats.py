"""Plans in words, Markdown and JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from stepwire.cli.hints import next_after_plan
from stepwire.deployment.apply_orders import apply_orders
from stepwire.deployment.aws import Aws
from stepwire.deployment.plan import Plan
from stepwire.deployment.plan_formats import plan_to_data, plan_to_markdown
from stepwire.problems.layout import blocks_to_text

from .conftest import MakePlan


@pytest.fixture
def changed(aws: Aws, plan: MakePlan) -> Plan:
    """A plan that changes code, a hyperparameter, a default and a name."""
    apply_orders(aws, plan().orders)
    Path("split.py").write_text("print('more')\n")
    return plan(("eta: 1", "eta: 2"), ("  Split:", "  Cut:"), ("data/raw/", "data/row/"), tags={"t": "x"})


def test_text_says_step_by_step_what_changes_and_why(changed: Plan) -> None:
    text = blocks_to_text(changed.blocks(), width=200)
    assert changed.summary == (
        "pipeline churn will change: 1 step renamed, 1 step changed, 2 other changes, 1 object to upload"
    )
    for words in (
        "> step 'Split' is now called 'Cut' (",
        "~ step 'Fit' changed; cache lost because of HyperParameters.eta",
        '    Arguments.HyperParameters.eta: "1" → "2"',
        "because the document says so under arguments of the step",
        "because the code split.py changed",
        '~ parameter \'raw\': DefaultValue: "s3://data/raw/" → "s3://data/row/"',
        '~ the pipeline: Tags[t]: "x"',
        "+ upload s3://my-bucket/churn/code/Cut/",
        "the rules that AWS documents",
    ):
        assert words in text
    assert "\x1b" not in text


def test_after_a_plan_stands_the_command_that_does_it(changed: Plan) -> None:
    def words(plan: Plan, kept: Path | None = None) -> str:
        return blocks_to_text(next_after_plan(plan, Path("p.yaml"), kept))

    assert words(changed) == "'stepwire deploy p.yaml' with the same options does exactly this"
    assert words(changed, Path("plan.json")) == "'stepwire deploy plan.json' does exactly this"
    foreign = replace(changed, foreign=True)
    assert words(foreign, Path("plan.json")) == "'stepwire deploy plan.json --adopt' does exactly this"
    nothing = replace(
        changed, definition_changes=False, settings=(), target=replace(changed.target, objects=())
    )
    assert words(nothing) == ""


def test_json_keeps_to_its_schema(changed: Plan, plan: MakePlan) -> None:
    schema = json.loads(files("stepwire.deployment").joinpath("plan.schema.json").read_text())
    for made in (changed, plan()):
        jsonschema.Draft7Validator(schema).validate(plan_to_data(made))
    data = plan_to_data(changed)
    moved = next(step for step in data["steps"] if step["name"] == "Cut")
    assert (moved["status"], moved["was"]) == ("renamed", "Split")
    assert data["uploads"][0]["bytes"] == Path("split.py").stat().st_size


def test_markdown_is_a_table_that_no_value_can_break(aws: Aws, plan: MakePlan) -> None:
    apply_orders(aws, plan().orders)
    text = plan_to_markdown(plan(("eta: 1", 'eta: "a|b`c<d> @team [x](y)"')))
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 3
    assert all(row.replace("\\|", "").count("|") == 5 for row in rows)
    assert '`` Arguments.HyperParameters.eta: "1" → "a\\|b`c<d> @team [x](y)" ``' in rows[-1]
    assert "<details>" in text
