"""Every kind of joint evidence, and that the best wiring follows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import stepwire as sw
from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.problem.joint_evidence import joint_evidence
from stepwire.solver.problem.refinement import MAX_MODEL_STEPS
from stepwire.solver.ranking.evidence import Fact, Several, Term, number_of_ways, some
from stepwire.solver.search.wiring import Wiring
from stepwire.specs import PipelineSpec, Port

Read = Callable[[str], PipelineSpec]

TRAINERS = """
    steps:
      Red: {kind: Training, outputs: {model: {type: model_artifacts}}}
      Blue: {kind: Training, outputs: {model: {type: model_artifacts}}}
      Judge:
        kind: Processing
        dependencies: {model: {type: model_artifacts}}
        outputs: {report: {type: evaluation_report}, value: {type: property_file, data_type: Json}}
      Other:
        kind: Processing
        dependencies: {model: {type: model_artifacts}}
        outputs: {report: {type: evaluation_report}, value: {type: property_file, data_type: Json}}
"""
REGISTER = """
      Register:
        kind: RegisterModel
        dependencies: {model_data: {type: model_artifacts}, report: {type: evaluation_report}}
"""


def kinds(pipeline: PipelineSpec) -> set[str]:
    """The kinds of joint evidence that are stated of a pipeline."""
    return {joint.kind for joint in joint_evidence(PipelinePorts(pipeline))}


def counted(wiring: Wiring) -> set[str]:
    """The kinds of joint evidence that count in a wiring."""
    return {piece.kind for piece in wiring.joint}


def test_what_is_registered_is_what_was_evaluated(read: Read) -> None:
    """Nothing else tells which trainer a registration is of."""
    pins = "    pins: {Judge.model: Red.model, Other.model: Blue.model, Register.report: %s.report}\n"
    for judge, trainer in (("Judge", "Red"), ("Other", "Blue")):
        wiring = sw.resolve(read(TRAINERS + REGISTER + pins % judge))
        assert wiring.sources["Register.model_data"] == f"{trainer}.model"
        (piece,) = (piece for piece in wiring.joint if piece.kind == "same-model")
        assert Port("Register", "model_data") in piece.dependencies
        assert Port(judge, "model") in piece.dependencies


def test_lineage_goes_through_model_steps_and_transforms(read: Read) -> None:
    """A check of predictions is about the model of the Model step that the Transform took."""
    chain = """
      RedOne:
        kind: Model
        dependencies: {model_data: {type: model_artifacts}}
        outputs: {name: {type: model_artifacts, data_type: ModelName}}
      Predict:
        kind: Transform
        dependencies: {model_name: {type: model_artifacts, data_type: ModelName}}
        outputs: {TransformOutput: {type: processing_output}}
      ModelQualityCheck:
        kind: QualityCheck
        dependencies: {baseline_dataset: {type: processing_output}}
        outputs: {report: {type: evaluation_report}}
    pins: {RedOne.model_data: Blue.model, Register.report: ModelQualityCheck.report}
"""
    assert sw.resolve(read(TRAINERS + REGISTER + chain)).sources["Register.model_data"] == "Blue.model"


def test_a_gate_looks_at_the_model_that_its_branch_goes_on_with(read: Read) -> None:
    gate = """
      Gate: {kind: Condition, dependencies: {"condition[0].left": {type: property_file, data_type: Json}}}
    branches: {Gate: {if: [Register]}}
    pins: {Judge.model: Red.model, Other.model: Blue.model, Register.model_data: Blue.model}
"""
    register = "      Register: {kind: RegisterModel, dependencies: {model_data: {type: model_artifacts}}}\n"
    wiring = sw.resolve(read(TRAINERS + register + gate.removeprefix("\n")))
    assert wiring.sources["Gate.condition[0].left"] == "Other.value"
    assert "gated-model" in counted(wiring)


def test_of_one_trainer_alone_no_lineage_is_stated(read: Read) -> None:
    one = TRAINERS.replace("      Blue: {kind: Training, outputs: {model: {type: model_artifacts}}}\n", "")
    assert not kinds(read(one + REGISTER)) & {"same-model", "gated-model"}


def test_a_step_that_makes_data_anew_is_not_passed_by(read: Read) -> None:
    pipeline = read(
        """
    steps:
      Split: {kind: Processing, outputs: {train: {type: processing_output}}}
      Enrich:
        kind: Processing
        dependencies: {source: {type: processing_output}}
        outputs: {train: {type: processing_output}}
      More: {kind: Processing, dependencies: {source: {type: processing_output}}}
      Fit: {kind: Training, dependencies: {train: {type: training_data}}}
    pins: {Enrich.source: Split.train, More.source: Enrich.train}
"""
    )
    assert sw.resolve(pipeline).sources["Fit.train"] == "Enrich.train"
    worse = next(it for it in sw.wirings(pipeline) if it.sources["Fit.train"] == "Split.train")
    assert "passed-by" in counted(worse)


def test_dependencies_that_a_number_tells_apart_take_different_things(read: Read) -> None:
    pipeline = read(
        """
    steps:
      One: {kind: Function, outputs: {x: {type: any, data_type: Python}, y: {type: any, data_type: Python}}}
      Add:
        kind: Function
        dependencies: {number_1: {type: any, data_type: Python}, number_2: {type: any, data_type: Python}}
"""
    )
    best = sw.resolve(pipeline)
    assert len(set(best.sources.values())) == 2
    assert any("taken-twice" in counted(it) for it in sw.wirings(pipeline))


@pytest.mark.parametrize("kind", ["unused-input", "unused-step"])
def test_an_input_or_a_step_is_not_left_without_a_taker(read: Read, kind: str) -> None:
    """Of two sources alike, one is taken by each dependency, as each is there to be used."""
    table = "{type: processing_output}"
    made = f"{{kind: Processing, outputs: {{table: {table}}}}}"
    sources = {
        "unused-input": f"    inputs: {{red: {table}, blue: {table}}}\n    steps:\n",
        "unused-step": f"    steps:\n      Red: {made}\n      Blue: {made}\n",
    }
    takers = "".join(
        f"      {name}: {{kind: Training, dependencies: {{rows: {{type: training_data}}}}}}\n"
        for name in ("Fit", "Learn")
    )
    pipeline = read(sources[kind] + takers)
    assert len(set(sw.resolve(pipeline).sources.values())) == 2
    assert any(kind in counted(it) for it in sw.wirings(pipeline))


def test_pins_and_forbidden_bindings_change_nothing_of_what_is_stated(read: Read) -> None:
    """They take wirings away; what joint evidence says of the others must stay."""
    plain = [joint.key for joint in joint_evidence(PipelinePorts(read(TRAINERS + REGISTER)))]
    fixed = "    pins: {Register.model_data: Red.model}\n    forbid: [[Judge.model, Blue.model]]\n"
    assert [joint.key for joint in joint_evidence(PipelinePorts(read(TRAINERS + REGISTER + fixed)))] == plain


def test_evidence_of_very_many_ways_is_stated_without_listing_them(read: Read) -> None:
    """Ways multiply where many steps may feed one another; what they share is stated once."""
    judges = "".join(
        f"""
      Judge{number}x:
        kind: Processing
        dependencies: {{model: {{type: model_artifacts}}}}
        outputs: {{report: {{type: evaluation_report}}}}
      Read{number}x:
        kind: Processing
        dependencies:
          first: {{type: evaluation_report, required: false}}
          second: {{type: evaluation_report, required: false}}
          third: {{type: evaluation_report, required: false}}
        outputs: {{report: {{type: evaluation_report}}}}"""
        for number in range(8)
    )
    text = TRAINERS.replace("    steps:", f"    steps:{judges}") + REGISTER
    found = [joint for joint in joint_evidence(PipelinePorts(read(text))) if joint.kind == "same-model"]
    assert max(number_of_ways(joint.fact, {}) for joint in found) > 200_000
    facts: dict[int, Fact] = {}
    for joint in found:
        gather(joint.fact, facts)
    assert len(facts) < 5_000


def gather(fact: Fact, facts: dict[int, Fact]) -> None:
    """Gather a fact and those that it rests on."""
    if id(fact) not in facts:
        facts[id(fact)] = fact
        for other in fact.facts if isinstance(fact, Several) else ():
            gather(other, facts)


def test_names_that_are_spelt_alike_are_not_told_apart_by_a_number(read: Read) -> None:
    takes = "{%s: {type: processing_output}, %s: {type: processing_output}}"
    text = """
    steps:
      Make: {kind: Processing, outputs: {rows: {type: processing_output}, more: {type: processing_output}}}
      Use: {kind: Processing, dependencies: %s}
"""
    assert "taken-twice" in kinds(read(text % (takes % ("part_1", "part_2"))))
    assert "taken-twice" not in kinds(read(text % (takes % ("eval_set", "evaluation_set"))))


def test_what_is_worth_nothing_ties_nothing_together(read: Read) -> None:
    taught = "    ranking: {weights: {same-model: 0}}\n"
    assert "same-model" in kinds(read(TRAINERS + REGISTER))
    assert "same-model" not in kinds(read(TRAINERS + REGISTER + taught))


def test_a_step_that_makes_a_model_anew_is_not_passed_by(read: Read) -> None:
    """What is registered is the packed model."""
    packing = """
    steps:
      Red: {kind: Training, outputs: {model: {type: model_artifacts}}}
      Pack:
        kind: Processing
        dependencies: {model: {type: model_artifacts}}
        outputs: {packed_model: {type: model_artifacts}}
      Register:
        kind: RegisterModel
        dependencies: {model_data: {type: model_artifacts}}
"""
    wiring = sw.resolve(read(packing))
    assert wiring.sources["Register.model_data"] == "Pack.packed_model"
    assert "passed-by" in kinds(read(packing))


@pytest.mark.parametrize(("steps", "told"), [(MAX_MODEL_STEPS, True), (MAX_MODEL_STEPS + 1, False)])
def test_of_many_steps_that_make_models_none_is_passed_by(read: Read, steps: int, told: bool) -> None:
    """The best of so many that could each be passed by is hard to prove, and none is meant."""
    packing = """
      Pack{number}:
        kind: Processing
        dependencies: {{model: {{type: model_artifacts}}}}
        outputs: {{packed_model: {{type: model_artifacts}}}}"""
    text = f"""
    inputs: {{model: {{type: model_artifacts}}}}
    steps:{"".join(packing.format(number=number) for number in range(steps))}
"""
    assert ("passed-by" in kinds(read(text))) == told


def test_nothing_is_compared_with_itself(read: Read) -> None:
    gate = """
      Better:
        kind: Condition
        dependencies:
          condition[0].left: {type: property_file, data_type: Json, json_path: a}
          condition[0].right: {type: property_file, data_type: Json, json_path: a}
"""
    taken = sw.resolve(read(TRAINERS + gate)).sources
    assert taken["Better.condition[0].left"] != taken["Better.condition[0].right"]


ARGUMENTS = """
    steps:
      start: {kind: Function, outputs: {parent_run_id: {type: any, data_type: Python}}}
      fit:
        kind: Function
        dependencies: {run_id: {type: custom_property, data_type: Python}}
        outputs: {run_id: {type: any, data_type: Python}}
      judge:
        kind: Function
        dependencies: {run_id: {type: custom_property, data_type: Python}}
"""


def test_functions_that_ask_for_one_name_are_handed_the_same(read: Read) -> None:
    """The run is the one that was started, and not what a step hands on, though that is so called."""
    wiring = sw.resolve(read(ARGUMENTS))
    assert wiring.sources["judge.run_id"] == wiring.sources["fit.run_id"] == "start.parent_run_id"
    assert "same-argument" in counted(wiring)


def test_arguments_on_parallel_lines_may_differ(read: Read) -> None:
    lines = ARGUMENTS.replace("fit:", "fit-a:").replace("judge:", "fit-b:")
    twins = """
      weigh-a: {kind: Lambda, outputs: {weight: {type: any, data_type: String}}}
      weigh-b: {kind: Lambda, outputs: {weight: {type: any, data_type: String}}}
"""
    assert "same-argument" not in kinds(read(lines + twins))


def test_what_a_model_is_trained_and_judged_on_are_parts_of_one_split(read: Read) -> None:
    splits = """
    steps:
      Left: {kind: Processing, outputs: {train: {type: processing_output}, test: {type: processing_output}}}
      Right: {kind: Processing, outputs: {train: {type: processing_output}, test: {type: processing_output}}}
      Fit:
        kind: Training
        dependencies: {train: {type: training_data}}
        outputs: {model: {type: model_artifacts}}
      Judge:
        kind: Processing
        dependencies: {model: {type: model_artifacts}, test: {type: processing_output}}
"""
    for maker in ("Left", "Right"):
        pinned = read(splits + f"    pins: {{Fit.train: {maker}.train}}\n    unused: [Left, Right]\n")
        assert sw.resolve(pinned).sources["Judge.test"] == f"{maker}.test"


CHAIN = """
    steps:
      Ingest: {kind: Processing, outputs: {ingested: {type: processing_output}}}
      Split:
        kind: Processing
        dependencies: {input: {type: processing_output}}
        outputs: {rows: {type: processing_output}}
      Train: {kind: %s, dependencies: {data: {type: processing_output}}}
    pins: {Split.input: Ingest.ingested}
"""


@pytest.mark.parametrize(("kind", "is_stated"), [("Training", True), ("Processing", False)])
def test_a_trainer_takes_what_was_prepared_last(read: Read, kind: str, *, is_stated: bool) -> None:
    """Steps that prepare may stand beside each other."""
    pipeline = read(CHAIN % kind)
    assert ("passed-preparation" in kinds(pipeline)) is is_stated
    if is_stated:
        assert sw.resolve(pipeline).sources["Train.data"] == "Split.rows"


def test_two_arguments_of_one_function_are_not_the_same(read: Read) -> None:
    pipeline = read("""
    steps:
      split: {kind: Function, outputs: {y_raw: {type: any}, y_log: {type: any}}}
      train: {kind: Function, dependencies: {y: {type: any}, y_raw: {type: any}}}
    """)
    assert "taken-twice" in kinds(pipeline)
    wiring = sw.resolve(pipeline)
    assert wiring.sources["train.y"] == "split.y_log"
    assert wiring.sources["train.y_raw"] == "split.y_raw"


def test_ways_are_counted_anew_though_facts_come_and_go() -> None:
    """A fact that nobody keeps leaves its place in memory, and its id, to the next."""
    known: dict[Several, int] = {}
    terms = [Term(Port("A", f"d{number}"), frozenset((Port("B", "x"),))) for number in range(9)]
    counts = [number_of_ways(some(*terms[:size]), known) for size in range(2, 10)]
    assert counts == list(range(2, 10))
