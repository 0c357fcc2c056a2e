"""Every kind of evidence, found alone."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire import resolve
from stepwire.solver.candidates import Ports
from stepwire.solver.ranking import POINTS, evidence
from stepwire.specs import PipelineSpec


def scored(
    dependency: str = "left",
    output: str = "right",
    steps: tuple[str, str] = ("Make", "Use"),
    *,
    needs: dict[str, Any] | None = None,
    offers: dict[str, Any] | None = None,
    others: dict[str, Any] | None = None,
    branches: dict[str, Any] | None = None,
) -> dict[str, int]:
    """The evidence for the one binding of a two-step pipeline, by kind."""
    producer, consumer = steps
    offered = {"type": "processing_output", **(offers or {})}
    wanted = {"type": "processing_output", **(needs or {})}
    whole = PipelineSpec(
        name="P",
        steps={
            producer: {"spec": {"kind": "Processing", "outputs": {output: offered}}},
            consumer: {"spec": {"kind": "Processing", "dependencies": {dependency: wanted}}},
            **(others or {}),
        },
        branches=branches or {},
    )
    ports = Ports(whole)
    wanted_port = next(item for item in ports.dependencies if item.port == (consumer, dependency))
    source = next(item for item in ports.sources if item.port == (producer, output))
    return dict(evidence(ports.ranking, ports.context, wanted_port, source))


PLAIN = {"exact-type", "exact-data-type", "made-by-step"}


@pytest.mark.parametrize(
    ("dependency", "output", "kind"),
    [
        ("table", "Table", "exact-name"),
        ("training_data", "train", "same-words"),
        ("model", "best_model", "contained-words"),
        ("big_table", "small_table", "shared-words"),
    ],
)
def test_names_give_one_piece_of_evidence(dependency: str, output: str, kind: str) -> None:
    assert set(scored(dependency, output)) == {kind, *PLAIN}


def test_names_that_share_nothing_give_none() -> None:
    assert set(scored()) == PLAIN


@pytest.mark.parametrize("side", ["needs", "offers"])
def test_an_alias_of_either_side_counts(side: str) -> None:
    needs, offers = ({"aliases": ["right"]}, {}) if side == "needs" else ({}, {"aliases": ["left"]})
    assert set(scored(needs=needs, offers=offers)) == {"alias", *PLAIN}


def test_shared_words_count_each_up_to_a_limit() -> None:
    assert scored("a_b_x", "a_b_c_y")["shared-words"] == 2 * POINTS["shared-words"]
    assert scored("a_b_c_x", "a_b_c_y")["shared-words"] == 2 * POINTS["shared-words"]


def test_another_split_counts_against() -> None:
    assert scored("train_table", "validation_table")["other-split"] < 0
    assert "other-split" not in scored("train_table", "train_validation_table")
    assert "other-split" in scored("training_data", "raw_data"), "raw data is not yet fit to train on"


def test_a_step_that_makes_a_thing_is_preferred_to_an_input() -> None:
    """Of two sources alike, the step's is meant: what a pipeline makes is there to be used."""
    pipeline = PipelineSpec(
        name="P",
        inputs={"table": {"type": "training_data"}},
        steps={
            "Make": {"spec": {"kind": "Processing", "outputs": {"table": {"type": "training_data"}}}},
            "Use": {"spec": {"kind": "Training", "dependencies": {"table": {"type": "training_data"}}}},
        },
    )
    assert resolve(pipeline).sources["Use.table"] == "Make.table"


def test_keywords_count_in_the_name_and_in_the_keywords_of_an_output() -> None:
    assert scored(needs={"semantic_keywords": ["right", "other"]})["keywords"] == POINTS["keywords"]
    both = scored(needs={"semantic_keywords": ["red"]}, offers={"semantic_keywords": ["red"]})
    assert both["keywords"] == POINTS["keywords"]


@pytest.mark.parametrize(
    ("wanted", "offered", "kind"),
    [
        ("processing_output", "processing_output", "exact-type"),
        ("processing_output", "evaluation_report", "accepted-type"),
        ("processing_output", "training_data", "accepted-type"),
        ("processing_output", "any", "untyped"),
        ("any", "model_artifacts", "untyped"),
    ],
)
def test_types_give_one_piece_of_evidence(wanted: str, offered: str, kind: str) -> None:
    assert set(scored(needs={"type": wanted}, offers={"type": offered})) == {
        kind,
        "exact-data-type",
        "made-by-step",
    }


def test_another_data_type_scores_lower() -> None:
    found = scored(needs={"data_type": "String"})
    assert found["accepted-data-type"] < POINTS["exact-data-type"]


def test_a_named_source_is_evidence() -> None:
    assert "named-source" in scored(needs={"compatible_sources": ["Processing"]})


def test_the_producers_name_in_the_dependencys_is_evidence() -> None:
    assert set(scored("evaluate_this", steps=("Evaluation", "Use"))) == {"step-name", *PLAIN}


def test_steps_of_like_names_belong_together_unless_most_have_them() -> None:
    assert set(scored(steps=("LoadRed", "UseRed"))) == {"step-names-alike", *PLAIN}
    third = {"MoreRed": {"spec": {"kind": "Fail"}}}
    assert set(scored(steps=("LoadRed", "UseRed"), others=third)) == PLAIN


def test_taking_from_a_branch_that_one_is_outside_of_counts_against() -> None:
    gate = {"Gate": {"spec": {"kind": "Condition"}}}
    outside = scored(steps=("Make", "Use"), branches={"Gate": {"if": ["Make"]}}, others=gate)
    assert outside["outside-branch"] < 0
    inside = scored(steps=("Make", "Use"), branches={"Gate": {"if": ["Make", "Use"]}}, others=gate)
    assert "outside-branch" not in inside
