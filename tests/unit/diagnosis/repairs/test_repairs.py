"""The repairs that are offered, and which come first."""

from __future__ import annotations

import stepwire as sw
from stepwire.specs import loads


def offered(text: str) -> list[tuple[tuple[str, str, str], ...]]:
    """Each repair that is offered, as the kinds, targets and new values of its remedies."""
    report = sw.explain(loads(text))
    return [
        tuple((item.kind, item.target, item.new) for item in repair.remedies) for repair in report.repairs
    ]


TRAIN = """\
name: p
inputs: {raw: {type: processing_output}}
steps:
  Split:
    kind: Processing
    dependencies: {raw: {type: processing_output}}
    outputs: {train: {type: processing_output}, test: {type: processing_output}}
  Fit:
    kind: Training
    dependencies: {train: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
  Judge:
    kind: Processing
    dependencies: {model: {type: model_artifacts}, test: {type: processing_output}}
    outputs: {report: {type: evaluation_report}}
"""


def test_a_mistake_that_another_hides_is_mended_with_it() -> None:
    """Only with a source is it seen that the order is wrong, too."""
    text = TRAIN.replace(
        "{model: {type: model_artifacts}, test",
        "{model: {type: model_artifacts, compatible_sources: [Gone]}, test",
    )
    both = text + "order: [[Judge, Fit]]\npolicy: {compatible_sources: require}\n"
    first, *_ = offered(both)
    assert {kind for kind, *_ in first} <= {"name-source", "add-role", "drop-order"}
    assert "drop-order" in {kind for kind, *_ in first}
    assert len(first) == 2


def test_an_edge_from_each_step_that_fits_is_offered() -> None:
    twice = TRAIN.replace(
        "  Fit:\n", "  Other: {kind: Training, outputs: {model: {type: model_artifacts}}}\n  Fit:\n"
    )
    repairs = offered(twice + "edges: [[Split, Fit], [Split, Judge]]\n")
    assert {(item,) for item in (("add-edge", "Judge", "Fit"), ("add-edge", "Judge", "Other"))} == {
        *repairs[:2]
    }


def test_an_input_that_nothing_could_take_is_mistyped() -> None:
    """Nothing in the pipeline takes hyperparameters: sooner than a second input, the first is mended."""
    first, *_ = offered(
        TRAIN.replace("raw: {type: processing_output}}\nsteps", "raw: {type: hyperparameters}}\nsteps")
    )
    assert first == (("retype-output", "inputs.raw", "processing_output"),)


def test_own_code_may_give_an_output_though_nobody_names_its_step() -> None:
    """It is the step that fits best; what comes later gives nothing."""
    lacking = TRAIN.replace("    outputs: {model: {type: model_artifacts}}\n", "")
    given = [item for repair in offered(lacking) for item in repair if item[0] == "give-output"]
    assert given == [("give-output", "Split.model", "model_artifacts")]
    named = lacking.replace(
        "model: {type: model_artifacts}", "model: {type: model_artifacts, compatible_sources: [Fit]}"
    )
    assert not [item for repair in offered(named) for item in repair if item[0] == "give-output"]


def test_a_mistyped_taker_that_a_new_source_uncovers_is_mended_with_it() -> None:
    """Once the judge may take the model, the trainer must not take what the judge makes."""
    gauged = TRAIN.replace("name: p\n", "name: p\ntypes: {gauge: {is: []}}\n").replace(
        "evaluation_report", "gauge"
    )
    text = gauged.replace("train: {type: training_data}", "train: {type: gauge}").replace(
        "{model: {type: model_artifacts}, test",
        "{model: {type: model_artifacts, compatible_sources: [Gone]}, test",
    )
    repairs = offered(text + "policy: {compatible_sources: require}\n")
    assert ["add-role", "retype-dependency"] in [[kind for kind, *_ in repair] for repair in repairs]


def test_a_declared_group_is_dropped_together_with_what_else_keeps_it_apart() -> None:
    """Without the group, no two dependencies of a step share an output either."""
    repairs = offered(
        TRAIN + "  Join:\n    kind: Processing\n"
        "    dependencies: {left: {type: model_artifacts}, right: {type: model_artifacts}}\n"
        "    distinct: [[left, right]]\n"
    )
    assert (("drop-distinct", "Join", "Join.right"),) in repairs


def test_an_edge_from_a_step_that_feeds_nothing_comes_first() -> None:
    text = TRAIN.replace(
        "steps:\n", "steps:\n  Early: {kind: Training, outputs: {model: {type: model_artifacts}}}\n"
    )
    edges = "edges: [[Split, Fit], [Split, Judge], [Early, Split]]\n"
    first, second, *_ = offered(text + edges)
    assert (first, second) == ((("add-edge", "Judge", "Fit"),), (("add-edge", "Judge", "Early"),))


def test_a_loop_may_run_the_step_that_takes_what_it_makes() -> None:
    loop = "  Each: {kind: ForEach, body: [Fit], request: {IterableItems: [a, b]}}\n"
    repairs = offered(TRAIN.replace("steps:\n", f"steps:\n{loop}"))
    assert (("add-to-body", "Judge", "Each"),) in repairs
    inside = TRAIN.replace("steps:\n", f"steps:\n{loop}  Other: {{kind: ForEach, body: [Judge]}}\n")
    assert "add-to-body" not in {kind for repair in offered(inside) for kind, *_ in repair}


def test_a_role_is_no_cure_where_a_step_bears_the_name() -> None:
    """The step that is asked for gives the output too, sooner than another is taken for it."""
    text = TRAIN.replace("    outputs: {report: {type: evaluation_report}}\n", "").replace(
        "{model: {type: model_artifacts}, test",
        "{model: {type: model_artifacts, compatible_sources: [Own]}, test",
    )
    own = text + "  Own: {kind: Processing, step_type: Own}\npolicy: {compatible_sources: require}\n"
    kinds = [item[0] for repair in offered(own) for item in repair]
    assert kinds.index("give-output") < kinds.index("add-role")


def test_an_input_without_a_role_that_nothing_else_takes_plays_it() -> None:
    text = TRAIN.replace(
        "raw: {type: processing_output}}\n    outputs",
        "raw: {type: processing_output, compatible_sources: [DataLoad]}}\n    outputs",
    ).replace("train: {type: training_data}", "train: {type: training_data, compatible_sources: [Split]}")
    text = text.replace(
        "test: {type: processing_output}}\n    outputs",
        "test: {type: processing_output, compatible_sources: [Split]}}\n    outputs",
    )
    first, *_ = offered(text + "policy: {compatible_sources: require}\n")
    assert first == (("add-role", "inputs.raw", "DataLoad"),)


def test_what_takes_from_tuning_by_its_name_gets_a_tuning_step() -> None:
    taken = "  {}:\n    kind: Model\n    dependencies: {{model_data: {{type: model_artifacts}}}}\n"
    untrained = TRAIN[: TRAIN.index("  Fit:")]
    plain, tuned = (offered(untrained + taken.format(name))[0][0] for name in ("Serve", "ServeBestOfHPO"))
    assert (plain[0], plain[2], tuned[2]) == ("add-step", "XGBoostTraining", "XGBoostTuning")


def test_two_needs_of_one_name_declare_one_input() -> None:
    text = TRAIN[: TRAIN.index("  Fit:")] + "".join(
        f"  {name}:\n    kind: Model\n    dependencies: {{model_data: {{type: model_artifacts, {more}}}}}\n"
        for name, more in (("Serve", ""), ("Keep", "may_share: true"))
    )
    assert all(len({item[1:] for item in repair}) == len(repair) for repair in offered(text))


SCARCE = """\
name: p
types: {part: {is: []}}
steps:
  Cut: {kind: Processing, outputs: {one: {type: part, max_consumers: 1}}}
  A: {kind: Processing, dependencies: {it: {type: part}}}
  B: {kind: Processing, dependencies: {it: {type: part}}}
  C: {kind: Processing, dependencies: {it: {type: part}}}
order: [[A, B], [B, A]]
"""


def test_orders_that_contradict_one_another_hide_no_other_cure() -> None:
    """Each failure is mended by itself, however tangled the steps are by the other."""
    report = sw.explain(loads(SCARCE))
    cures = [[[item.kind for item in repair.remedies] for repair in each] for each in report.cures]
    assert cures[0][0] == ["drop-order"]
    assert cures[1][0] == ["lift-exclusivity"]
    assert sorted(item.kind for item in report.repairs[0].remedies) == ["drop-order", "lift-exclusivity"]


def test_what_a_new_source_uncovers_is_lifted_as_far_as_all_need() -> None:
    """With the role, three want what feeds one: it is to feed three, not two."""
    text = SCARCE[: SCARCE.index("order:")].replace(
        "{it: {type: part}}", "{it: {type: part, compatible_sources: [Gone]}}"
    )
    repairs = offered(text + "policy: {compatible_sources: require}\n")
    assert (("add-role", "Cut", "Gone"), ("lift-exclusivity", "Cut.one", "3")) in repairs


def test_a_conflict_with_a_step_that_a_remedy_adds_is_no_reason_to_change_that() -> None:
    """The training that is added needs what already feeds too few; only what is written can be changed."""
    report = sw.explain(
        loads("""
name: unresolved
steps:
  A: {kind: Processing, outputs: {data: {type: processing_output, max_consumers: 1}}}
  B: {kind: Processing, dependencies: {data: {type: processing_output}}}
  C: {kind: Processing, dependencies: {data: {type: processing_output}}}
  D: {kind: Processing, dependencies: {model: {type: model_artifacts}}}
""")
    )
    assert report.complete
    assert report.repairs
