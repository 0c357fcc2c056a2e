"""Plans that are kept in files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stepwire.deployment.apply_orders import apply_orders
from stepwire.deployment.aws import Aws
from stepwire.deployment.errors import MovedOnError, PlanError
from stepwire.deployment.plan_file import is_plan, read_plan, to_file

from .conftest import Cloud, MakePlan

FILE = Path("plan.json")


def test_a_kept_plan_is_applied_exactly(aws: Aws, plan: MakePlan) -> None:
    made = plan(tags={"team": "x"}, parallelism=2)
    FILE.write_text(to_file(made))
    orders, told = read_plan(FILE)
    assert orders.target.text == made.target.text
    assert told["action"] == "create"
    apply_orders(aws, orders)
    assert plan(tags={"team": "x"}, parallelism=2).changes_anything is False
    with pytest.raises(MovedOnError, match="SW612"):
        apply_orders(aws, orders)


def test_the_same_plan_gives_the_same_bytes(plan: MakePlan) -> None:
    assert to_file(plan()) == to_file(plan())
    assert str(Path.cwd()) not in to_file(plan())


def test_a_kept_plan_says_when_the_code_has_changed(aws: Aws, plan: MakePlan) -> None:
    FILE.write_text(to_file(plan()))
    Path("split.py").write_text("print('later')\n")
    with pytest.raises(PlanError, match="is not what it was"):
        apply_orders(aws, read_plan(FILE)[0])


def edited(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    def edit(text: str) -> str:
        data = json.loads(text)
        change(data)
        return json.dumps(data)

    return edit


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda text: text[:-30], "cut short"),
        (lambda text: "", "cut short"),
        (lambda text: "[" * 100_000, "cut short"),
        (lambda text: "{}", "is no plan"),
        (lambda text: "[1]", "is no plan"),
        (edited(lambda it: it.update(role="arn:aws:iam::1:role/mine")), "was edited"),
        (edited(lambda it: it["definition"]["Steps"].pop()), "was edited"),
        (edited(lambda it: it["told"].update(changes=False)), "was edited"),
        (edited(lambda it: it.pop("sha256")), "was edited"),
    ],
)
def test_a_plan_that_was_edited_or_cut_is_refused(
    plan: MakePlan, cloud: Cloud, edit: Callable[[str], str], words: str
) -> None:
    FILE.write_text(edit(to_file(plan())))
    with pytest.raises(PlanError, match=rf"{words}.*SW613"):
        read_plan(FILE)


def test_a_document_and_a_definition_are_no_plans() -> None:
    assert not is_plan({"name": "p", "steps": {}})
    assert not is_plan({"Version": "2020-12-01", "Steps": []})
    assert not is_plan([])
