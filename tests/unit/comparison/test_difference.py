"""The semantic difference, with its causes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import stepwire as sw
from stepwire.comparison import difference
from stepwire.comparison.causes import explained
from stepwire.comparison.difference import Difference, compare
from stepwire.comparison.difference_record import difference_to_data
from stepwire.comparison.lock import make_lock
from stepwire.comparison.markdown import difference_to_markdown
from stepwire.comparison.other_differences import with_meaning
from stepwire.comparison.state import state_of_lock, state_of_pipeline
from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.ranking.pieces import PIECES
from stepwire.specs import PipelineSpec

Read = Callable[..., PipelineSpec]

RENAMED = ("test: {type: processing_output}}\n  Fit", "exam: {type: processing_output}}\n  Fit")
WORDS = "step 'Split': output 'test' is now called 'exam'"
GAP = " " * 13
RETYPED = ("model: {type: model_artifacts}}}", "model: {type: hyperparameters}}}")


def between(before: PipelineSpec, after: PipelineSpec) -> Difference:
    return explained(compare(state_of_pipeline("old", before), state_of_pipeline("new", after)))


def test_a_pipeline_does_not_differ_from_itself(read: Read) -> None:
    found = between(read(), read())
    assert found.is_empty
    assert not found.rewires
    assert str(found) == "old → new: the wirings are the same"


def test_a_moved_binding_tells_its_evidence_and_its_cause(read: Read) -> None:
    found = between(read(), read(RENAMED))
    (moved,) = found.bindings
    assert (moved.kind, moved.dependency) == ("moved", "Judge.test")
    assert moved.before
    assert moved.after
    assert (moved.before.source, moved.after.source) == ("Split.test", "Split.exam")
    assert [piece.kind for piece in moved.lost] == ["exact-name"]
    assert moved.gained == ()
    assert moved.reason == "Split.test is gone"
    assert moved.causes == (WORDS,)
    assert found.rewires


def test_a_step_that_only_has_another_name_is_the_same_step(read: Read) -> None:
    """Against a document and against a lock; what it is bound to did not move."""
    before, after = read(), read(("  Split:", "  SplitAll:"), ("  Judge:", "  Grade:"))
    locked = state_of_lock("lock", make_lock(sw.resolve(before), sw.count(before)))
    for found in (between(before, after), explained(compare(locked, state_of_pipeline("new", after)))):
        assert found.renamed == {"Judge": "Grade", "Split": "SplitAll"}
        assert not found.is_empty
        assert not found.rewires
        assert found.summary == "2 renamed"
        assert "renamed      step 'Split' is now called 'SplitAll'" in str(found)
        assert "**renamed**: step 'Judge' is now called 'Grade'" in difference_to_markdown(found)
        assert difference_to_data(found)["renamed"] == {"Judge": "Grade", "Split": "SplitAll"}


def test_a_step_is_followed_when_it_changes_with_its_name(read: Read) -> None:
    """What changed is told beside the name; a step that shares little with it is another step."""
    before = read()
    after = read(("  Judge:", "  Grade:"), ("report: {type: evaluation_report}", "verdict: {type: any}"))
    found = between(before, after)
    assert (found.renamed, found.bindings) == ({"Judge": "Grade"}, ())
    assert found.changes == (
        "step 'Judge' is now called 'Grade'",
        "step 'Grade': output 'verdict' is new",
        "step 'Grade': output 'report' is gone",
    )
    other = read(
        ("  Split:", "  Load:"), ("test: {type: processing_output}}\n  Fit", "x: {type: any}}\n  Fit")
    )
    assert between(before, other).renamed == {"Split": "Load"}
    less = read(("  Fit:", "  Learn:"), ("train: {type: training_data}},", "rows: {type: any}},"))
    assert between(before, less).renamed == {}


def test_what_speaks_of_a_renamed_step_follows_it(read: Read) -> None:
    more = (
        "edges: [[Split, Fit], [Split, Judge], [Fit, Judge]]\norder: [[Split, Judge]]\nunused: [Split.test]\n"
    )
    more += "pins: {Fit.train: Split.train}\nforbid: [[Judge.test, Split.train]]\n"
    before = read(("steps:", f"{more}steps:"))
    after = read(("steps:", f"{more}steps:".replace("Split", "SplitAll")), ("  Split:", "  SplitAll:"))
    found = between(before, after)
    assert (found.renamed, found.bindings) == ({"Split": "SplitAll"}, ())
    assert found.changes == ("step 'Split' is now called 'SplitAll'",)


def test_a_name_that_moves_a_binding_is_its_cause(read: Read) -> None:
    """The steps' names were all that told the two models apart."""
    text = """
name: p
steps:
  FitRed: {kind: Training, outputs: {model: {type: model_artifacts}}}
  Zap: {kind: Training, outputs: {model: {type: model_artifacts}, more: {type: any}}}
  UseRed: {kind: Lambda, dependencies: {model: {type: model_artifacts}}}
"""
    found = between(read(text=text), read(("FitRed", "Zip"), ("Zap", "AnyRed"), text=text))
    (moved,) = found.bindings
    assert (moved.dependency, moved.kind) == ("UseRed.model", "moved")
    assert moved.causes == ("step 'FitRed' is now called 'Zip'; step 'Zap' is now called 'AnyRed'",)


TWO_MODELS = """
name: two
steps:
  Blue: {kind: Training, outputs: {model: {type: model_artifacts}}}
  Red: {kind: Training, outputs: {model: {type: model_artifacts}}}
  Judge:
    kind: Processing
    dependencies: {model: {type: model_artifacts}}
    outputs: {report: {type: evaluation_report}}
  Register:
    kind: RegisterModel
    dependencies: {model_data: {type: model_artifacts}, report: {type: evaluation_report}}
pins: {Judge.model: Red.model}
"""


def test_evidence_of_several_bindings_is_told_of_those_that_move(read: Read) -> None:
    """The registered model is the one that is evaluated, and nothing but that tells which."""
    before = read(text=TWO_MODELS)
    after = read(("Judge.model: Red.model", "Judge.model: Blue.model"), text=TWO_MODELS)
    found = between(before, after)
    assert {item.dependency for item in found.bindings} == {"Judge.model", "Register.model_data"}
    after = read(("pins:", "ranking: {weights: {same-model: 0, unused-step: -9}}\npins:"), text=TWO_MODELS)
    (moved,) = between(before, after).bindings
    assert moved.dependency == "Register.model_data"
    assert ("same-model", 6) in [(piece.kind, piece.points) for piece in moved.lost]
    assert moved.causes == ('the document: ranking.weights is now {"same-model":0,"unused-step":-9}',)
    assert found.before.score == sw.resolve(before).score


def test_bindings_that_come_and_go_tell_the_step_that_does(read: Read) -> None:
    more = read(
        ("  Judge:", "  Note: {kind: Lambda, dependencies: {report: {type: evaluation_report}}}\n  Judge:")
    )
    (added,) = between(read(), more).bindings
    assert (added.kind, added.dependency, added.causes) == ("added", "Note.report", ("step 'Note' is new",))
    (removed,) = between(more, read()).bindings
    assert (removed.kind, removed.reason) == ("removed", "Note.report is gone")
    assert removed.causes == ("step 'Note' is gone",)


def test_evidence_that_changes_is_told_where_nothing_moves(read: Read) -> None:
    found = between(
        read(),
        read(("train: {type: training_data}", "train: {type: training_data, semantic_keywords: [train]}")),
    )
    (item,) = found.bindings
    assert item.kind == "evidence"
    assert item.gained
    assert not found.rewires
    assert found.summary == "1 weighed anew"


def test_what_is_newly_ambiguous_is_told_and_what_is_settled(read: Read) -> None:
    twin = read(
        (
            "  Fit: {kind",
            "  Split2: {kind: Processing, dependencies: {raw: {type: training_data}},\n"
            "    outputs: {train: {type: processing_output}}}\n  Fit: {kind",
        )
    )
    found = between(read(), twin)
    assert [(item.dependency, item.causes) for item in found.ambiguous] == [
        ("Fit.train", ("step 'Split2' is new",))
    ]
    assert "Split2.train" in {source for item in found.alternatives for source in item.sources}
    assert with_meaning(found).edits == ()  # what is a cause already is not told again
    back = between(twin, read())
    assert back.settled == ("Fit.train",)
    assert "settled      Fit.train is no longer ambiguous" in str(back)


def test_what_is_newly_unresolved_is_told_with_its_cause(read: Read) -> None:
    found = between(read(), read(RETYPED))
    assert [problem.code for problem in found.unresolved] == ["SW201"]
    assert found.unresolved_causes == (
        "step 'Fit': output 'model': type \"model_artifacts\" is now \"hyperparameters\"",
    )
    assert found.rewires
    back = between(read(RETYPED), read())
    assert back.is_resolved_again
    assert "resolved again" in back.summary


def test_a_change_that_needs_another_says_so(read: Read) -> None:
    """The pin cannot stand before the input is there, and the input alone moves nothing."""
    after = read(
        ("inputs: {raw:", "inputs: {late: {type: training_data}, raw:"),
        ("steps:", "pins: {Fit.train: inputs.late}\nsteps:"),
    )
    (moved,) = between(read(), after).bindings
    assert moved.causes == ("pin 'Fit.train' is new, with other changes",)


def test_a_source_that_would_still_do_is_told(read: Read) -> None:
    (moved,) = between(read(), read(("steps:", "pins: {Fit.train: inputs.raw}\nsteps:"))).bindings
    assert moved.reason.startswith("Split.train does not do any more: pin: expected inputs.raw, ")
    (moved,) = between(read(("steps:", "pins: {Fit.train: inputs.raw}\nsteps:")), read()).bindings
    assert moved.reason.startswith("inputs.raw would still do")
    assert moved.causes == ("pin 'Fit.train' is gone",)


def test_against_a_lock_the_causes_are_what_changed_at_both_ends(read: Read) -> None:
    """A lock holds hashes of ports, from which a new name can be told, but no document to try."""
    lock = make_lock(sw.resolve(read()), sw.count(read()))
    found = explained(compare(state_of_lock("lock", lock), state_of_pipeline("new", read(RENAMED))))
    (moved,) = found.bindings
    assert moved.causes == (WORDS,)
    assert found.changes == (WORDS,)
    assert found.ambiguous == found.alternatives == ()


def test_text_names_every_part(read: Read) -> None:
    found = between(read(), read(RENAMED))
    (moved,) = found.bindings
    assert moved.before
    assert moved.after
    assert str(found).splitlines()[:5] == [
        f"old → new: {found.summary}",
        f"moved        Judge.test: Split.test ({moved.before.score}) → Split.exam ({moved.after.score})",
        f"{GAP}Split.test is gone",
        f"{GAP}evidence: -exact-name {PIECES['exact-name'].points}",
        f"{GAP}because {WORDS}",
    ]


def test_markdown_is_a_table_that_no_name_can_break(read: Read) -> None:
    odd = read(("train: {type: training_data}", "'a|b<c`d': {type: training_data}"))
    lines = difference_to_markdown(between(read(), odd)).splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    assert len(rows) == 4
    assert all(row.replace("\\|", "").count("|") == 6 for row in rows)
    assert "| `` Fit.a\\|b<c`d `` |" in "".join(rows)


def test_json_holds_what_the_text_says(read: Read) -> None:
    data = difference_to_data(between(read(), read(RENAMED)))
    assert data["schema"] == 1
    assert data["rewires"]
    (binding,) = data["bindings"]
    assert binding["before"]["source"] == "Split.test"
    assert binding["lost"] == [{"kind": "exact-name", "points": PIECES["exact-name"].points}]
    assert binding["causes"] == data["changes"] == [WORDS]
    assert data["before"]["count"]["exact"]


def test_of_several_changes_those_that_are_needed_are_told(read: Read) -> None:
    """Under its new name alone the source that was taken loses to another; that had to be renamed, too."""
    before = read(
        ("Split:", "Extra: {kind: Processing, outputs: {train: {type: processing_output}}}\n  Split:")
    )
    after = read(
        ("Split:", "Extra: {kind: Processing, outputs: {other: {type: processing_output}}}\n  Split:"),
        ("outputs: {train: {", "outputs: {rows: {"),
    )
    found = between(before, after)
    (moved,) = (item for item in found.bindings if item.dependency == "Fit.train")
    assert (moved.before and moved.before.source, moved.after and moved.after.source) == (
        "Extra.train",
        "Extra.other",
    )
    assert moved.causes == ("step 'Extra': output 'train' is now called 'other', with other changes",)


@pytest.mark.parametrize("pair", [RENAMED, RETYPED])
def test_the_order_of_declaration_does_not_change_the_text(read: Read, pair: tuple[str, str]) -> None:
    def turned(pipeline: PipelineSpec) -> PipelineSpec:
        return pipeline.model_copy(update={"steps": dict(reversed([*pipeline.steps.items()]))})

    before, after = read(), read(pair)
    text = str(between(before, after))
    assert text == str(between(turned(before), turned(after)))
    assert len(text.splitlines()) > 1


def test_a_binding_that_is_only_weighed_anew_lost_nothing(read: Read) -> None:
    found = between(read(), read(("inputs:", "ranking: {weights: {exact-name: 12}}\ninputs:")))
    (anew,) = (item for item in found.bindings if item.dependency == "Judge.test")
    assert (anew.kind, anew.reason) == ("evidence", "")


def test_steps_that_a_lock_does_not_know_are_told(read: Read) -> None:
    before, after = read(), read(("  Judge:", "  Stop: {kind: Fail}\n  Judge:"))
    locks = [state_of_lock("lock", make_lock(sw.resolve(one), sw.count(one))) for one in (before, after)]
    assert explained(compare(locks[0], state_of_pipeline("new", after))).changes == ("step 'Stop' is new",)
    assert explained(compare(locks[1], state_of_pipeline("new", before))).changes == ("step 'Stop' is gone",)


def test_a_pipeline_is_judged_once_however_many_bindings_moved(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[PipelineSpec] = []

    def judge(pipeline: PipelineSpec) -> PipelinePorts:
        made.append(pipeline)
        return PipelinePorts(pipeline)

    monkeypatch.setattr(difference, "PipelinePorts", judge)
    outputs = ("{train: {type: processing_output}, test:", "{fit: {type: processing_output}, exam:")
    found = between(read(), read(outputs))
    assert len(found.of_kind("moved")) > 1
    assert len(made) == 1
