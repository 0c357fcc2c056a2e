"""Loading documents: every key, libraries, places, and all problems in one run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from stepwire.problems.errors import DocumentError
from stepwire.specs import LIBRARY, PipelineSpec, StepSpecification, load, load_library, loads
from stepwire.specs.ranking_settings import RankingSettings

EVERY_KEY = """
name: churn
library: [specs/own.yaml]
types:
  features: {is: [training_data]}
inputs:
  raw:
    type: training_data
    data_type: S3Uri
    default: s3://bucket/raw
    roles: [DataLoad]
    aliases: [source]
    semantic_keywords: [csv]
    description: where it comes from
  rounds: {type: hyperparameters, data_type: Integer, default: 10}
steps:
  Clean: {spec: TabularPreprocessing, code: clean.py, env: {MODE: fast, N: 3}, arguments: {split: 0.2}}
  Train:
    step_type: OwnTraining
    kind: Training
    node_type: internal
    roles: [Trainer]
    dependencies:
      data:
        type: features
        data_type: S3Uri
        required: true
        compatible_sources: [TabularPreprocessing]
        semantic_keywords: [train]
        aliases: [training_data]
        slot: InputDataConfig[ChannelName=x].DataSource.S3DataSource.S3Uri
        may_share: true
        description: the channel
      rounds: {type: hyperparameters, data_type: Integer, required: no}
      auc: {type: property_file, data_type: Json, json_path: metrics.auc, required: false}
    outputs:
      model:
        type: model_artifacts
        data_type: S3Uri
        property_path: properties.ModelArtifacts.S3ModelArtifacts
        aliases: [model_data]
        semantic_keywords: [booster]
        max_consumers: 2
        description: the model
    distinct: [[data, auc]]
    same_source: [[data, auc]]
    request: {ResourceConfig: {InstanceCount: 1}}
    arguments: {eta: 0.3}
  Own: {spec: OwnSpec, arguments: [--fast, 3]}
  Decide: {kind: Condition, request: {Conditions: []}}
  Stop: {kind: Fail}
edges: [[Clean, Train], [Train, Own]]
order: [[Clean, Decide]]
branches: {Decide: {if: [Own], else: [Stop]}}
pins: {Clean.raw_data: inputs.raw}
forbid: [[Train.auc, Clean.test]]
policy: {compatible_sources: prefer}
ranking: {synonyms: [[rows, records]], weights: {exact-name: 20}}
request: {RoleArn: arn}
"""
OWN = "specs: {OwnSpec: {kind: Processing, dependencies: {model: {type: model_artifacts}}}}"


def refusal(text: str, **values: Any) -> list[str]:
    """Return the lines of the DocumentError for a document called d.yaml, without their `d.yaml:`."""
    with pytest.raises(DocumentError) as caught:
        loads(text, file="d.yaml", **values)
    return [line.removeprefix("d.yaml:") for line in str(caught.value).splitlines()]


def load_every_key(folder: Path, name: str, text: str) -> PipelineSpec:
    (folder / "specs").mkdir()
    (folder / "specs" / "own.yaml").write_text(OWN)
    (folder / name).write_text(text)
    return load(folder / name)


def test_every_key_of_a_document_is_read(tmp_path: Path) -> None:
    pipeline = load_every_key(tmp_path, "p.yaml", EVERY_KEY)
    assert pipeline.name == "churn"
    assert pipeline.types == {"features": ("training_data",)}
    raw = pipeline.inputs["raw"]
    assert (raw.input_type, raw.data_type, raw.default) == ("training_data", "S3Uri", "s3://bucket/raw")
    assert (raw.roles, raw.aliases, raw.semantic_keywords) == (("DataLoad",), ("source",), ("csv",))
    assert raw.description == "where it comes from"
    assert pipeline.inputs["rounds"].default == 10
    clean = pipeline.steps["Clean"]
    assert clean.spec is LIBRARY["TabularPreprocessing"]
    assert (clean.code, clean.env, clean.arguments) == ("clean.py", {"MODE": "fast", "N": 3}, {"split": 0.2})
    assert pipeline.steps["Own"].arguments == ("--fast", 3)
    assert pipeline.steps["Own"].spec.step_type == "OwnSpec"
    assert pipeline.edges == (("Clean", "Train"), ("Train", "Own"))
    assert pipeline.order == (("Clean", "Decide"),)
    assert (pipeline.branches["Decide"].if_, pipeline.branches["Decide"].else_) == (("Own",), ("Stop",))
    assert pipeline.pins == {"Clean.raw_data": "inputs.raw"}
    assert pipeline.forbid == (("Train.auc", "Clean.test"),)
    assert pipeline.policy.compatible_sources == "prefer"
    assert pipeline.ranking == RankingSettings(synonyms=(("rows", "records"),), weights={"exact-name": 20})
    assert pipeline.request == {"RoleArn": "arn"}


def test_every_key_of_an_inline_specification_is_read(tmp_path: Path) -> None:
    step = load_every_key(tmp_path, "p.yaml", EVERY_KEY).steps["Train"]
    assert (step.spec.step_type, step.spec.kind, step.spec.node_type) == (
        "OwnTraining",
        "Training",
        "internal",
    )
    assert step.spec.roles == ("Trainer",)
    assert step.spec.distinct == step.spec.same_source == (("data", "auc"),)
    data = step.spec.dependencies["data"]
    assert (data.dependency_type, data.data_type, data.required) == ("features", "S3Uri", True)
    assert (data.compatible_sources, data.semantic_keywords) == (("TabularPreprocessing",), ("train",))
    assert (data.aliases, data.may_share, data.description) == (("training_data",), True, "the channel")
    assert data.slot == "InputDataConfig[ChannelName=x].DataSource.S3DataSource.S3Uri"
    assert step.spec.dependencies["rounds"].required is False
    assert step.spec.dependencies["auc"].json_path == "metrics.auc"
    model = step.spec.outputs["model"]
    assert (model.output_type, model.data_type, model.max_consumers) == ("model_artifacts", "S3Uri", 2)
    assert model.property_path == "properties.ModelArtifacts.S3ModelArtifacts"
    assert (model.aliases, model.semantic_keywords) == (("model_data",), ("booster",))
    assert model.description == "the model"
    assert step.request == {"ResourceConfig": {"InstanceCount": 1}}
    assert step.arguments == {"eta": 0.3}


def test_yaml_and_json_load_the_same(tmp_path: Path) -> None:
    for folder in ("yaml", "json"):
        (tmp_path / folder).mkdir()
    plain = {**yaml.safe_load(EVERY_KEY)}
    from_yaml = load_every_key(tmp_path / "yaml", "p.yaml", EVERY_KEY)
    from_json = load_every_key(tmp_path / "json", "p.json", json.dumps(plain, indent=2))
    assert from_yaml.model_dump() == from_json.model_dump()


def test_a_document_with_every_section_commented_out_is_an_empty_pipeline() -> None:
    keys = "library types inputs steps order branches pins forbid policy ranking request edges unused"
    pipeline = loads("name: p\n" + "".join(f"{key}:\n" for key in keys.split()))
    assert pipeline.model_dump() == PipelineSpec(name="p").model_dump()


def test_no_edges_and_no_edges_at_all_are_two_things() -> None:
    assert loads("name: p\nsteps: {}\n").edges is None
    assert loads("name: p\nsteps: {}\nedges: []\n").edges == ()


def test_the_norwegian_problem_does_not_arise() -> None:
    step = loads("name: p\nsteps: {A: {kind: Fail, env: {COUNTRY: no, N: on, Y: yes}}}\n").steps["A"]
    assert step.env == {"COUNTRY": "no", "N": "on", "Y": "yes"}


def test_aliases_and_merge_keys_are_read() -> None:
    pipeline = loads("""
name: p
steps:
  A: &step {kind: Processing, env: &env {X: 1}, outputs: &ports {a: {type: any}}}
  B: {<<: *step, outputs: {<<: *ports, b: {type: any}}}
  C: {kind: Training, env: *env}
""")
    assert list(pipeline.steps["B"].spec.outputs) == ["a", "b"]
    assert pipeline.steps["C"].env == pipeline.steps["B"].env == {"X": 1}


@pytest.mark.parametrize("folded", [False, True])
def test_characters_beyond_the_first_plane_survive_json(folded: bool) -> None:
    text = json.dumps(
        {"name": "p", "steps": {"A": {"kind": "Fail", "env": {"X": "😀"}}}}, ensure_ascii=folded
    )
    assert loads(text, file="d.json").steps["A"].env == {"X": "😀"}


def test_further_specifications_may_be_handed_in() -> None:
    spec = StepSpecification(kind="Fail")
    assert loads("name: p\nsteps: {A: {spec: Mine}}", specs={"Mine": spec}).steps["A"].spec is spec


def test_specifications_handed_in_win_over_shipped_ones() -> None:
    spec = StepSpecification(kind="Fail")
    assert loads("name: p\nsteps: {A: {spec: DataLoad}}", specs={"DataLoad": spec}).steps["A"].spec is spec


def test_the_folder_of_the_document_is_kept(tmp_path: Path) -> None:
    assert load_every_key(tmp_path, "p.yaml", EVERY_KEY).folder == tmp_path


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "~", "null", "---\n...\n"])
def test_an_empty_document_is_told_what_it_needs(text: str) -> None:
    assert refusal(text)[0].endswith("the document is empty (it needs at least 'name' and 'steps') [SW105]")


@pytest.mark.parametrize(
    ("text", "found"), [("- a", "a list"), ("hello", 'a text, "hello"'), ("3", "a whole number, 3")]
)
def test_a_document_that_is_no_mapping_is_refused(text: str, found: str) -> None:
    assert refusal(text) == [f"1:1: the document should be a mapping, found {found} [SW104]"]


def test_missing_keys_are_reported_unless_they_are_misspelt() -> None:
    missing = "1:1: the document has no '{}' [SW105]"
    assert refusal("{}") == [missing.format("name"), missing.format("steps")]
    assert refusal("name: p") == [missing.format("steps")]
    assert refusal("step: {}\nxyz: 1") == [
        missing.format("name"),
        "1:1: the document: unknown key 'step' (did you mean 'steps'?) [SW103]",
        "2:1: the document: unknown key 'xyz' (there are 'branches', 'definition', 'edges', 'experiment', "
        "'forbid', 'inputs', 'library', 'metadata', 'mlflow', 'name', 'order', 'pins', 'policy', "
        "'ranking', 'request', 'steps', 'types', 'unused') [SW103]",
    ]


def test_what_cannot_be_read_hides_nothing_and_causes_no_further_problems() -> None:
    """Sound parts beside a broken one are known; broken parts count as there."""
    assert refusal("""name: p
types: {good: {is: [any]}, bad: 3}
inputs: {good: {type: good}, bad: 3, other: {type: bad}}
steps:
  A: {kind: Processing, dependencies: {x: {type: any}}}
  B: 3
order: [[A], [A, Z], [B, A]]
pins: {A.x: inputs.good, B.x: inputs.bad, A.y: [inputs.bad]}
forbid: [[A.x], [A.z, inputs.good]]
branches: {B: {if: [A]}, C: 3}
""") == [
        "2:28: types, bad: a type is written {is: [parent, …]} [SW104]",
        "3:30: inputs: 'bad' should be a mapping, found a whole number, 3 [SW104]",
        "6:3: step 'B' should be a mapping, found a whole number, 3 [SW104]",
        "7:9: order, item 1: item 2 is missing [SW105]",
        "7:18: order: no step is called 'Z' (there are 'A', 'B') [SW107]",
        "8:43: pins: 'A.y' should be a text, found a list [SW104]",
        "9:10: forbid, item 1: item 2 is missing [SW105]",
        "9:18: forbid: step 'A' has no dependency 'z' (there is 'x') [SW107]",
        "10:26: branches: 'C' should be a mapping, found a whole number, 3 [SW104]",
    ]


@pytest.mark.parametrize("key", ["types", "inputs", "steps", "library"])
def test_a_section_of_the_wrong_form_causes_no_further_problems(key: str) -> None:
    sections = {
        "types": "{mine: {is: [any]}}",
        "inputs": "{raw: {type: mine}}",
        "steps": "{A: {spec: DataLoad}, B: {spec: TabularPreprocessing}}",
        "order": "[[A, B]]",
        "pins": "{B.raw_data: inputs.raw}",
        key: "3",
    }
    text = "name: p\n" + "".join(f"{name}: {value}\n" for name, value in sections.items())
    if key == "library":
        text = text.replace("DataLoad", "FromTheLibrary").replace("mine}", "from_the_library}")
    (line,) = refusal(text)
    assert " should be a " in line


def test_positions_in_a_merged_part_are_those_of_where_it_is_merged() -> None:
    assert refusal("name: p\nrequest: &r {kinds: 1}\nsteps:\n  A: {kind: Fail, <<: *r}\n") == [
        "4:3: step 'A': unknown key 'kinds' (did you mean 'kind'?) [SW103]"
    ]


def test_files_of_specifications_are_found_beside_the_document(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "p.json").write_text(
        '{"name": "p", "library": ["../own.yaml"], "steps": {"A": {"spec": "OwnSpec"}}}'
    )
    document = tmp_path / "sub" / "p.json"
    assert load(document, allow=[tmp_path]).steps["A"].spec.step_type == "OwnSpec"
    with pytest.raises(DocumentError, match=r"'\.\./own\.yaml' lies outside the document's folder"):
        load(document)


@pytest.mark.parametrize(
    "text", ["[default]\naws_secret = s3cret\n", "s3cret: 1\n", "- s3cret\n", "%s3cret: [\n"]
)
def test_of_a_file_that_is_no_spec_file_no_word_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "credentials").write_text(text)
    (tmp_path / "p.yaml").write_text("name: p\nlibrary: [credentials]\nsteps: {A: {spec: Gone}}")
    with pytest.raises(DocumentError) as caught:
        load(tmp_path / "p.yaml")
    assert "this is no spec file" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_link_out_of_the_folder_is_followed_and_refused(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "link.yaml").symlink_to("../own.yaml")
    (tmp_path / "sub" / "p.yaml").write_text("name: p\nlibrary: [link.yaml]\nsteps: {A: {spec: OwnSpec}}")
    with pytest.raises(DocumentError, match="lies outside"):
        load(tmp_path / "sub" / "p.yaml")


def test_a_library_brings_types_and_specifications(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("types: {mine: {is: [any]}}\nspecs: {S: {kind: Fail, dependencies: {a: {type: mine}}}}")
    library = load_library(path)
    assert library.types == {"mine": ("any",)}
    assert list(library.specs) == ["S"]
    steps = "{A: {spec: S}, B: {kind: Fail, dependencies: {b: {type: mine}}}}"
    text = f"name: p\nlibrary: [own.yaml]\nsteps: {steps}"
    (tmp_path / "p.yaml").write_text(text)
    assert load(tmp_path / "p.yaml").types == {"mine": ("any",)}


def test_a_later_library_wins_and_the_document_wins_over_both(tmp_path: Path) -> None:
    for name, kind in (("one", "Fail"), ("two", "Lambda")):
        (tmp_path / f"{name}.yaml").write_text(
            f"specs: {{S: {{kind: {kind}}}}}\ntypes: {{t: {{is: [{name}]}}}}"
        )
    text = "name: p\nlibrary: [one.yaml, two.yaml, two.yaml]\nsteps: {A: {spec: S}}\ntypes: {t: {is: [any]}}"
    (tmp_path / "p.yaml").write_text(text)
    pipeline = load(tmp_path / "p.yaml")
    assert pipeline.steps["A"].spec.kind == "Lambda"
    assert pipeline.types == {"t": ("any",)}


def test_libraries_and_the_document_teach_the_ranking_together(tmp_path: Path) -> None:
    """Synonyms add up; of two weights for one kind, the later counts."""
    (tmp_path / "own.yaml").write_text(
        "ranking: {synonyms: [[a, b]], weights: {exact-name: 1, alias: 2}}\nspecs: {}\n"
    )
    text = "name: p\nlibrary: [own.yaml]\nsteps: {}\nranking: {synonyms: [[c, d]], weights: {alias: 3}}\n"
    (tmp_path / "p.yaml").write_text(text)
    taught = load(tmp_path / "p.yaml").ranking
    assert taught.synonyms == (("a", "b"), ("c", "d"))
    assert taught.weights == {"exact-name": 1, "alias": 3}


def test_a_kind_of_evidence_that_there_is_not_is_a_problem_where_it_stands(tmp_path: Path) -> None:
    for taught, words in {
        "{weights: {alias: 2000}}": "'alias' should be at most 1000, found a whole number, 2000",
        "{weights: {alias: -2000}}": "'alias' should be at least -1000, found a whole number, -2000",
        "{synonyms: [[rows]]}": "item 1 should have at least 2 items, found 1",
        "{synonyms: [[feature store, fs]]}": "'feature store' is no single word of letters",
        "{synonyms: [[customerRows, x]]}": "'customerRows' is no single word of letters",
        '{synonyms: [["1", "2"]]}': "'1' is no single word of letters",
        "{synonyms: [[a, A]]}": "a group should have two different words at least",
    }.items():
        (problem,) = refusal(f"name: p\nsteps: {{}}\nranking: {taught}\n")
        assert words in problem
    assert refusal("name: p\nsteps: {}\nranking:\n  weights: {exat-name: 1}\n") == [
        "4:13: ranking: no kind of evidence is called 'exat-name' (did you mean 'exact-name'?) [SW107]"
    ]
    (tmp_path / "own.yaml").write_text("specs: {}\nranking: {weights: {exat-name: 1}}\n")
    with pytest.raises(DocumentError, match=r"own\.yaml:2:21: ranking: no kind"):
        load_library(tmp_path / "own.yaml")


@pytest.mark.parametrize(
    "taught", ["{synonyms: [[one]]}", "{weights: {alias: 1.5}}", "{weights: {alias: 1001}}", "{points: 1}"]
)
def test_what_cannot_be_taught_is_refused(taught: str) -> None:
    [line] = refusal(f"name: p\nsteps: {{}}\nranking: {taught}\n")
    assert line.startswith("3:")


def test_problems_of_a_library_stand_in_its_file(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "spec: {}\nspecs:\n  S: {kinds: Fail}\n  T: 3\n  U: {kind: Fail, outputs: {o: {}}}\ntypes: {a: any}\n"
    )
    (tmp_path / "p.yaml").write_text(
        "name: p\nlibrary: [own.yaml, gone.yaml, .]\nsteps: {A: {spec: Unknown}, B: {kind: Fail, env: 3}}"
    )
    with pytest.raises(DocumentError) as caught:
        load(tmp_path / "p.yaml")
    lines = [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]
    assert lines == [
        "own.yaml:1:1: the spec file: unknown key 'spec' (did you mean 'specs'?) [SW103]",
        "own.yaml:3:7: spec 'S': unknown key 'kinds' (did you mean 'kind'?) [SW103]",
        "own.yaml:4:3: spec 'T' should be a mapping, found a whole number, 3 [SW104]",
        "own.yaml:5:29: spec 'U', outputs.o: 'type' is missing [SW105]",
        "own.yaml:6:9: types, a: a type is written {is: [parent, …]} [SW104]",
        "p.yaml:2:21: the file 'gone.yaml' is not there [SW101]",
        f"p.yaml:2:32: the file {str(tmp_path)!r} is no regular file [SW101]",
        "p.yaml:3:45: step 'B': 'env' should be a mapping, found a whole number, 3 [SW104]",
    ]


def test_types_of_libraries_that_go_round_in_a_circle_are_found(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("types: {a: {is: [b]}}")
    (tmp_path / "p.yaml").write_text("name: p\nlibrary: [own.yaml]\nsteps: {}\ntypes: {b: {is: [a]}}")
    with pytest.raises(DocumentError) as caught:
        load(tmp_path / "p.yaml")
    assert [problem.message for problem in caught.value.problems] == [
        "type 'a' is a kind of itself, through 'b'",
        "type 'b' is a kind of itself, through 'a'",
    ]


def test_a_library_takes_no_libraries(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("library: [own.yaml]\nspecs: {}")
    with pytest.raises(DocumentError, match="the spec file: unknown key 'library'"):
        load_library(path)


def test_a_document_never_makes_code_run() -> None:
    assert refusal("name: p\nlibrary: ['os:system']\nsteps: {}") == [
        "2:11: the file 'os:system' is not there [SW101]"
    ]


def test_the_shipped_library_is_always_there() -> None:
    for name, spec in LIBRARY.items():
        assert loads(f"name: p\nsteps: {{A: {{spec: {name}}}}}").steps["A"].spec is spec


def test_a_large_pipeline_loads(tmp_path: Path) -> None:
    steps = {
        f"S{n}": {
            "kind": "Processing",
            "dependencies": {"a": {"type": "any"}},
            "outputs": {"b": {"type": "any"}},
        }
        for n in range(2000)
    }
    assert len(loads(json.dumps({"name": "p", "steps": steps}), file="d.json").steps) == 2000


def test_letters_that_steer_a_terminal_are_never_printed() -> None:
    """Names from a document are shown with what cannot be printed written out."""
    nasty = '"\\e[31m\\n\\u202e\\x7f"'
    text = f"""name: {nasty}
{nasty}: 1
types: {{{nasty}: {nasty}, t: {{is: [{nasty}]}}}}
inputs: {{{nasty}: {{type: {nasty}, data_type: {nasty}, {nasty}: 1}}, i: {{type: {nasty}, default: {nasty}}}}}
steps:
  {nasty}: {{spec: {nasty}}}
  A: {{kind: Fail, {nasty}: 1, node_type: {nasty}, dependencies: {{{nasty}: {{type: {nasty}}}}}}}
  B: {{spec: DataLoad, env: {{{nasty}: []}}, arguments: {nasty}}}
  C: {{kind: Fail, outputs: {{o: {{type: any, property_path: {nasty}}}}}}}
order: [[{nasty}, B]]
pins: {{{nasty}: {nasty}, B.x: {nasty}}}
branches: {{{nasty}: {{if: [{nasty}]}}}}
library: [{nasty}]
"""
    with pytest.raises(DocumentError) as caught:
        loads(text)
    assert len(caught.value.problems) > 15
    for problem in caught.value.problems:
        lines = str(problem).split("\n")
        assert all(map(str.isprintable, lines)), lines
        assert len(lines) == (3 if "malformed" in problem.message else 1)


def test_a_key_given_twice_hides_no_other_problem() -> None:
    text = "name: P\nsteps:\n  a: {kind: Fail}\n  a: {kind: Fail}\n  b: {spec: Nope}\n  c: {kidn: Fail}\n"
    with pytest.raises(DocumentError) as raised:
        loads(text)
    assert [problem.code for problem in raised.value.problems] == ["SW102", "SW107", "SW105", "SW103"]


@pytest.mark.parametrize("key", ["unused", "order", "edges", "forbid"])
@pytest.mark.parametrize("item", ["1", "[a]", "{a: b}", "null"])
def test_a_list_with_something_odd_in_it_is_told(key: str, item: str) -> None:
    with pytest.raises(DocumentError) as raised:
        loads(f"name: a\nsteps: {{s: {{kind: Fail}}}}\n{key}: [{item}]\n")
    assert all(problem.position for problem in raised.value.problems)
