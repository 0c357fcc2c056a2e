"""Laws of reading documents: total, independent of order, and the inverse of writing."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stepwire.problems.errors import DocumentError
from stepwire.specs import Port, load, loads
from stepwire.specs.paths import (
    Index,
    Key,
    Member,
    PathError,
    Selector,
    Token,
    parse_path,
    parse_slot,
    path_to_text,
)
from stepwire.specs.port import INPUTS
from stepwire.specs.text.source import parse_source

CORPUS = sorted((Path(__file__).parents[2].parent / "shared" / "corpus").glob("*.json"))

LETTERS = st.characters()  # halves of surrogate pairs included
MARKS = st.text(alphabet="\n -?:,[]{}#&*!|>'\"%@`\t~<=.\\x0189aeilmnostu", max_size=60)
DOCUMENT_KEYS = [
    "name",
    "types",
    "library",
    "inputs",
    "steps",
    "edges",
    "order",
    "branches",
    "pins",
    "forbid",
]
STEP_KEYS = ["spec", "kind", "step_type", "node_type", "dependencies", "outputs", "distinct", "code", "env"]
PORT_KEYS = [
    "type",
    "data_type",
    "required",
    "default",
    "slot",
    "property_path",
    "max_consumers",
    "json_path",
]
NAMES = ["policy", "request", "arguments", "is", "if", "else", "A", "B", "C", "inputs.x", "A.x", "<<"]
KEYS = st.sampled_from(DOCUMENT_KEYS + STEP_KEYS + PORT_KEYS + NAMES)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
    | KEYS
    | st.sampled_from(
        ["Processing", "Condition", "Lambda", "DataLoad", "training_data", "any", "Integer", "S3Uri"]
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=4), inner, max_size=5)
    ),
    max_leaves=25,
)
SECTIONS = st.fixed_dictionaries(
    {"name": st.just("p") | JSON},
    optional={
        "steps": st.dictionaries(
            st.sampled_from("ABC"), st.dictionaries(KEYS, JSON, max_size=5) | JSON, max_size=3
        ),
        **dict.fromkeys(("types", "inputs", "edges", "order", "branches", "pins", "forbid", "policy"), JSON),
    },
)


def is_read_or_refused(text: str, file: str) -> None:
    try:
        loads(text, file=file)
    except DocumentError as error:
        problems = error.problems
    else:
        return
    assert problems
    assert all(problem.position and problem.message and problem.code for problem in problems), problems


@given(text=st.text(alphabet=LETTERS) | MARKS, file=st.sampled_from(["d.yaml", "d.json"]))
@example(text="\ud800", file="d.yaml")
@example(text="1" * 5000, file="d.json")
@example(text="[" * 100_000, file="d.json")
@example(text="[" * 100_000, file="d.yaml")
@example(text='{"name": "\\ud83d"}', file="d.json")
@example(text="a: \x00", file="d.yaml")
@example(text="name: \ufeff\x85\u2028", file="d.yaml")
@settings(max_examples=300)
def test_any_text_is_loaded_or_refused_with_a_document_error(text: str, file: str) -> None:
    is_read_or_refused(text, file)


@given(value=JSON | SECTIONS, file=st.sampled_from(["d.yaml", "d.json"]), plain=st.booleans())
@settings(max_examples=300)
def test_any_json_value_is_loaded_or_refused_with_a_document_error(
    value: Any, file: str, plain: bool
) -> None:
    is_read_or_refused(json.dumps(value, ensure_ascii=plain), file)


@given(value=JSON, plain=st.booleans(), indent=st.none() | st.sampled_from([0, 3, "\t"]))
def test_a_json_text_means_what_json_means(value: Any, plain: bool, indent: int | str | None) -> None:
    text = json.dumps(value, ensure_ascii=plain, indent=indent, separators=None if indent else (",", ":"))
    assert parse_source(text, "d.json").data == value


def shuffled(value: Any, rng: random.Random) -> Any:
    if isinstance(value, dict):
        items = [(key, shuffled(item, rng)) for key, item in value.items()]
        rng.shuffle(items)
        return dict(items)
    return [shuffled(item, rng) for item in value] if isinstance(value, list) else value


PORT_NAMES = st.sampled_from(["data", "model", "train", "report.a", "x 1"])
INPUT_NAMES = st.sampled_from(["data", "model", "train", "report_a", "x-1"])
TYPES = st.sampled_from(["training_data", "processing_output", "any", "mine", "model_artifacts"])
DEPENDENCY = st.fixed_dictionaries(
    {"type": TYPES},
    optional={
        "data_type": st.sampled_from(["S3Uri", "String", "Json"]),
        "required": st.booleans(),
        "aliases": st.lists(PORT_NAMES, max_size=2),
    },
)
OUTPUT = st.fixed_dictionaries({"type": TYPES}, optional={"max_consumers": st.integers(1, 3)})
STEP = st.fixed_dictionaries(
    {"kind": st.sampled_from(["Processing", "Training", "Lambda", "RegisterModel"])},
    optional={
        "dependencies": st.dictionaries(PORT_NAMES, DEPENDENCY, max_size=3),
        "outputs": st.dictionaries(PORT_NAMES, OUTPUT, max_size=3),
        "env": st.dictionaries(st.sampled_from("ABC"), st.integers() | st.text(max_size=2), max_size=2),
        "request": JSON.filter(lambda value: isinstance(value, dict)),
    },
)
DOCUMENTS = st.fixed_dictionaries(
    {
        "name": st.just("p"),
        "types": st.just({"mine": {"is": ["processing_output"]}, "other": {"is": ["mine", "any"]}}),
        "steps": st.dictionaries(st.sampled_from("ABCDE"), STEP, max_size=4),
        "inputs": st.dictionaries(
            INPUT_NAMES,
            st.fixed_dictionaries(
                {"type": TYPES}, optional={"default": st.just("s3://b/k"), "roles": st.just(["Raw"])}
            ),
            max_size=2,
        ),
    }
)


@given(document=DOCUMENTS, seed=st.randoms(use_true_random=False))
def test_the_order_of_declaration_never_changes_what_is_loaded(document: Any, seed: random.Random) -> None:
    first = loads(json.dumps(document), file="d.json").model_dump()
    assert loads(json.dumps(shuffled(document, seed)), file="d.json").model_dump() == first


MEMBERS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_\-]{0,8}", fullmatch=True)
KEY_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=8)
KEYED = KEY_TEXTS.filter(lambda text: not ("'" in text and '"' in text)).map(Key)
ITEMS = st.builds(Index, st.integers(0, 999_999_999)) | KEYED
SELECTORS = st.builds(
    Selector,
    st.from_regex(r"[A-Za-z]+", fullmatch=True),
    st.text(st.characters(codec="utf-8", exclude_characters="]"), min_size=1, max_size=8),
)


def paths(items: st.SearchStrategy[Token]) -> st.SearchStrategy[tuple[Token, ...]]:
    rest = st.lists(st.builds(Member, MEMBERS) | items, max_size=5)
    first = st.builds(Member, MEMBERS.filter(lambda name: name != "properties"))
    return st.builds(lambda head, tail: (head, *tail), first, rest)


@given(tokens=paths(ITEMS))
def test_a_path_that_was_written_reads_the_same(tokens: tuple[Token, ...]) -> None:
    assert parse_path(path_to_text(tokens)) == tokens
    assert parse_path(f"properties.{path_to_text(tokens)}") == tokens


@given(tokens=paths(ITEMS | SELECTORS))
def test_a_slot_that_was_written_reads_the_same(tokens: tuple[Token, ...]) -> None:
    assert parse_slot(path_to_text(tokens)) == tokens


@given(text=st.text(alphabet="A.[]'\"0x=\n", max_size=12) | st.text(alphabet=LETTERS))
def test_any_text_is_a_path_or_refused_at_a_place_in_it(text: str) -> None:
    for parse in (parse_path, parse_slot):
        try:
            tokens = parse(text)
        except PathError as error:
            fault = error
        else:
            assert parse(path_to_text(tokens)) == tokens
            continue
        assert 0 <= fault.offset <= len(text)
        assert str(fault).splitlines()[-1] == " " * (4 + fault.offset) + "^"


@pytest.mark.skipif(not CORPUS, reason="the corpus of real pipelines is not here")
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_real_pipelines_load_and_their_wirings_name_what_is_there(path: Path) -> None:
    case = json.loads(path.read_text())
    pipeline = loads(json.dumps(case["pipeline"]), file=path.name)
    for dependency, source in case["wiring"].items():
        assert pipeline.dependency(Port.parse(dependency)), dependency
        assert pipeline.output(Port.parse(source)), source
    assert INPUTS not in pipeline.steps


def test_a_file_and_its_text_load_the_same(tmp_path: Path) -> None:
    text = "name: p\nsteps: {A: {spec: DataLoad}}\n"
    path = tmp_path / "p.yaml"
    path.write_text(text)
    assert load(path).model_dump() == loads(text).model_dump()
