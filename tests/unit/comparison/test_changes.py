"""The single changes between two pipelines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stepwire.comparison.changes import DocumentChange, find_changes, with_change
from stepwire.comparison.digest import canonical_pipeline
from stepwire.specs import PipelineSpec

Read = Callable[..., PipelineSpec]

CASES = [
    (
        ("raw: {type: training_data}}\n    outputs", "rows: {type: training_data}}\n    outputs"),
        ("step 'Split': dependency 'raw' is now called 'rows'",),
    ),
    (("report: {type: evaluation_report}", ""), ("step 'Judge': output 'report' is gone",)),
    (
        ("report: {type: evaluation_report}", "report: {type: processing_output, aliases: [r]}"),
        (
            "step 'Judge': output 'report': aliases is now [\"r\"]",
            "step 'Judge': output 'report': type \"evaluation_report\" is now \"processing_output\"",
        ),
    ),
    (
        ("Fit: {kind: Training", "Fit: {roles: [Fitter], kind: Training"),
        ("step 'Fit': roles is now [\"Fitter\"]",),
    ),
    (("steps:", "pins: {Fit.train: Split.train}\nsteps:"), ("pin 'Fit.train' is new",)),
    (("steps:", "order: [[Split, Judge]]\nsteps:"), ('\'order\' has ["Split","Judge"]',)),
    (("steps:", "edges: []\nsteps:"), ("the document: edges is now []",)),
    (
        ("steps:", "policy: {compatible_sources: prefer}\nsteps:"),
        ('the document: policy.compatible_sources is now "prefer"',),
    ),
    (("steps:", "types: {rows: {is: [training_data]}}\nsteps:"), ("type 'rows' is new",)),
    (("inputs: {raw:", "inputs: {more: {type: any}, raw:"), ("input 'more' is new",)),
    (
        ("steps:", "ranking: {weights: {exact-name: 20}, synonyms: [[model, net]]}\nsteps:"),
        (
            'the document: ranking.synonyms is now [["model","net"]]',
            'the document: ranking.weights is now {"exact-name":20}',
        ),
    ),
    (("steps:", "unused: [Judge.report]\nsteps:"), ("'unused' has \"Judge.report\"",)),
    (("name: churn", "name: fraud"), ()),
    (("Fit: {kind", "Fit: {env: {A: b}, kind"), ()),
]


@pytest.mark.parametrize(("pair", "words"), CASES, ids=lambda case: str(case)[:40])
def test_changes_are_found_and_worded(read: Read, pair: tuple[str, str], words: tuple[str, ...]) -> None:
    after = read(pair)
    assert tuple(map(str, find_changes(read(), after))) == words
    assert len(find_changes(after, read())) == len(words)


@pytest.mark.parametrize("pair", [pair for pair, words in CASES if words], ids=str)
def test_all_changes_made_give_the_other_pipeline(read: Read, pair: tuple[str, str]) -> None:
    """And all of them undone the first one."""
    before, after = read(), read(pair)
    pipeline = before
    changes = find_changes(before, after)
    for change in changes:
        pipeline = with_change(pipeline, change)
    assert canonical_pipeline(pipeline) == canonical_pipeline(after)
    for change in reversed(changes):
        pipeline = with_change(pipeline, change.undone)
    assert canonical_pipeline(pipeline) == canonical_pipeline(before)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            "pins: {Fit.train: Split.train}",
            "pins: {Fit.train: Split.test}",
            'pin \'Fit.train\' "Split.train" is now "Split.test"',
        ),
        (
            "branches: {Gate: {if: [Fit]}}",
            "branches: {Gate: {else: [Fit]}}",
            'branch \'Gate\' {"if":["Fit"]} is now {"else":["Fit"]}',
        ),
        (
            "types: {rows: {is: [training_data]}}",
            "types: {rows: {is: [any]}}",
            'type \'rows\': is ["training_data"] is now ["any"]',
        ),
    ],
)
def test_what_changed_is_not_told_as_gone(read: Read, before: str, after: str, words: str) -> None:
    gate = ("steps:", "steps:\n  Gate: {kind: Condition}")
    one, other = (read(gate, ("inputs:", f"{line}\ninputs:")) for line in (before, after))
    (change,) = find_changes(one, other)
    assert str(change) == words


def test_items_of_lists_come_and_go_one_by_one(read: Read) -> None:
    before = read(("steps:", "edges: [[Split, Fit], [Split, Judge], [Fit, Judge]]\nsteps:"))
    after = read(("steps:", "edges: [[Split, Fit], [Fit, Judge]]\nsteps:"))
    (change,) = find_changes(before, after)
    assert str(change) == '\'edges\' no longer has ["Split","Judge"]'
    assert with_change(before, change).edges == (("Fit", "Judge"), ("Split", "Fit"))


def test_a_step_that_came_or_went_is_told_from_one_that_changed() -> None:
    came, went = DocumentChange(("steps", "A"), after={}), DocumentChange(("steps", "A"), before={})
    changed = DocumentChange(("steps", "A", "code"), after="a.py")
    assert [item.is_whole_step("A") for item in (came, went, changed)] == [True, True, False]
    assert not came.is_whole_step("B")
