"""Laws of edits: the text and the model agree after them, and what they do not touch stays."""

from __future__ import annotations

import importlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from stepwire.problems.errors import StepwireError
from stepwire.specs import LIBRARY, PipelineSpec, StepSpecification, loads
from stepwire.specs.edits.apply import Append, Drop, Edit, Put, edited
from stepwire.specs.edits.patch import patched
from stepwire.specs.text.nodes import TextNode, compose
from stepwire.specs.text.source import parse_source
from stepwire.specs.write import pipeline_data, spec_data

CORPUS = sorted((Path(__file__).parents[2].parent / "shared" / "corpus").glob("*.json"))
SEEDS = st.integers(0, 2**32)


def same(left: PipelineSpec, right: PipelineSpec) -> bool:
    """Tell whether two pipelines are equal but for their places."""
    return left.model_dump(warnings=False) == right.model_dump(warnings=False)


def locations(data: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """List every location of a document."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for key, item in items for found in ((*at, key), *locations(item, (*at, key)))]


WORDS = [
    "x",
    "a b",
    "true",
    "1",
    "é: ü",
    "a, b",
    "- x",
    "",
    "'q' \"r\"",
    "#x",
    "x #y",
    "null",
    "S3Uri",
    "Json",
]


def some_edit(rng: random.Random, pipeline: PipelineSpec, data: dict[str, Any]) -> Edit:
    """Make up an edit, mostly one that can be made."""
    places = locations(data)
    steps = list(pipeline.steps) or ["A"]
    step = rng.choice(steps)
    spec = pipeline.steps[step].spec if step in pipeline.steps else StepSpecification(kind="Fail")
    ports: list[tuple[str | int, ...]] = [("dependencies", name) for name in spec.dependencies]
    port = rng.choice(ports or [("dependencies", "new")])
    output = ("outputs", rng.choice(list(spec.outputs) or ["new"]))
    addresses = [f"{name}.{out}" for name, item in pipeline.steps.items() for out in item.spec.outputs]
    wanting = [f"{name}.{dep}" for name, item in pipeline.steps.items() for dep in item.spec.dependencies]
    source, wants = rng.choice(addresses or ["A.x"]), rng.choice(wanting or ["A.x"])
    word = rng.choice(WORDS)
    at = ("steps", step)
    choices: list[Callable[[], Edit]] = [
        lambda: Drop(rng.choice(places)),
        lambda: Drop(rng.choice(places)),
        lambda: Drop(rng.choice(places)),
        lambda: Put(rng.choice(places), word),
        lambda: Append(rng.choice(places), word),
        lambda: Append(rng.choice(places), [step, rng.choice(steps)]),
        lambda: Put((*at, *port, "required"), False),
        lambda: Put((*at, *port, "type"), rng.choice(["training_data", "any", "property_file"])),
        lambda: Put((*at, *port), {"type": "any", "description": word}),
        lambda: Put((*at, *output, "type"), rng.choice(["training_data", "any", "property_file"])),
        lambda: Put((*at, *output, "max_consumers"), 3),
        lambda: Drop((*at, *output)),
        lambda: Append((*at, *port, "aliases"), word),
        lambda: Append((*at, *output, "aliases"), word),
        lambda: Append((*at, *port, "compatible_sources"), step),
        lambda: Append((*at, "roles"), word),
        lambda: Put((*at, "request", word, "x y"), [1, {"a": None, "b": [True, 1.5, "é"]}, {}, []]),
        lambda: Put((*at, "env", "X"), word),
        lambda: Put((*at, "spec"), rng.choice(["DataLoad", "XGBoostTraining"])),
        lambda: Put(("steps", "New"), {"spec": rng.choice(["DataLoad", "ModelEvaluation"])}),
        lambda: Put(("steps", "New", "outputs", "y"), {"type": "any"}),
        lambda: Put(("steps", "Own"), {"kind": "Lambda", "outputs": {"r": {}, "s": {"type": "any"}}}),
        lambda: Put(("inputs", "new in"), {"type": "training_data", "default": word}),
        lambda: Put(("types", "new"), {"is": ["processing_output"]}),
        lambda: Append(("types", rng.choice(["mine", "new"]), "is"), "model_artifacts"),
        lambda: Put(("pins", wants), source),
        lambda: Append(("forbid",), [wants, source]),
        lambda: Append(("order",), [step, rng.choice(steps)]),
        lambda: Append(("edges",), [step, rng.choice(steps)]),
        lambda: Put(("policy", "compatible_sources"), "prefer"),
    ]
    return rng.choice(choices)()


def some_edits(rng: random.Random, pipeline: PipelineSpec, data: dict[str, Any]) -> list[Edit]:
    """Make up one to five edits that can be made one after the other."""
    edits: list[Edit] = []
    after = pipeline
    for _ in range(rng.randint(1, 12)):
        edit = some_edit(rng, after, data)
        try:
            after = edited(pipeline, [*edits, edit])
        except StepwireError:
            continue
        edits.append(edit)
        if len(edits) == 5:
            break
    return edits


def by_name(data: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Let some steps take their specification by name, and give some things that a document may leave out."""
    steps = dict(data["steps"])
    for name in ("Load", "Tell"):
        if rng.random() < 0.5:
            steps[name] = {"spec": rng.choice(sorted(LIBRARY)), "env": {"A": 1}}
    for step in steps.values():
        for key in ("roles", "env", "dependencies", "request"):
            if rng.random() < 0.1 and key not in step and ("spec" not in step or key in ("env", "request")):
                step[key] = rng.choice([None, {} if key != "roles" else []])
    extra = {key: None for key in ("pins", "order", "types") if key not in data and rng.random() < 0.1}
    return {**data, "steps": steps, **extra}


@pytest.fixture(scope="session")
def texts() -> ModuleType:
    """Ways to write a document: `texts.py`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent))
        return importlib.import_module("texts")


@settings(max_examples=400)
@given(data=st.data(), seed=SEEDS)
def test_a_patched_text_loads_as_the_edited_pipeline(
    strategies: ModuleType, texts: ModuleType, data: Any, seed: int
) -> None:
    """Whatever the style of the text; comments outside of what is removed stay, and JSON stays JSON."""
    rng = random.Random(seed)
    content = by_name(pipeline_data(data.draw(strategies.pipelines())), rng)
    style = rng.choice(["yaml", "yaml", "aliases", "json"])
    file = "d.json" if style == "json" else "d.yaml"
    text = (
        texts.json_text(content, rng)
        if style == "json"
        else texts.Writer(rng, style == "aliases").document(content)
    )
    before = loads(text, file=file)
    assert parse_source(text, file).data == content
    edits = some_edits(rng, before, content)
    assume(edits)
    for edit in edits:
        event(f"{style} {type(edit).__name__}")
    after = patched(text, file, edits, before)
    assert same(loads(after, file=file), edited(before, edits)), (edits, after)
    if style == "json":
        json.loads(after)
    assert text.endswith("\n") == after.endswith("\n")
    assert text.startswith("\ufeff") == after.startswith("\ufeff")
    if "\r\n" in text:
        assert "\n" not in after.replace("\r\n", "")
    kept = untouched_comments(text, file, parse_source(after, file).data, edits)
    assert kept <= comments(after.split("\n")), (edits, after)


def comments(lines: list[str]) -> set[str]:
    """Return the comments, which all differ."""
    return {line[line.index("# ") :].rstrip("\r").partition(":")[0] for line in lines if "# " in line}


def untouched_comments(text: str, file: str, after: Any, edits: list[Edit]) -> set[str]:
    """Return the comments on lines that have no part of what became another value."""
    put = {edit.location for edit in edits if isinstance(edit, Put)}
    body = text.removeprefix("\ufeff")
    touched: set[int] = set()

    def touch(start: int, end: int) -> None:
        touched.update(range(body.count("\n", 0, start), body.count("\n", 0, end) + 1))

    def compare(node: TextNode, now: Any, at: tuple[str | int, ...] = ()) -> None:
        if node.form is dict and isinstance(now, dict) and now and at not in put:
            for entry in node.entries:
                if entry.merges or entry.key not in now or entry.value.target:
                    touch(entry.start, entry.end)
                elif entry.value.data() != now[str(entry.key)]:
                    touch(entry.start, entry.value.start)
                    compare(entry.value, now[str(entry.key)], (*at, entry.key))
        elif node.data() != now:
            touch(node.start, node.end)

    compare(compose(body, file), after)
    return comments([line for number, line in enumerate(body.split("\n")) if number not in touched])


@given(data=st.data())
def test_a_pipeline_written_as_a_document_loads_as_itself(strategies: ModuleType, data: Any) -> None:
    """What was left out is what the reader fills in."""
    pipeline = data.draw(strategies.pipelines())
    assert same(loads(json.dumps(pipeline_data(pipeline)), file="d.json"), pipeline)


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_a_specification_of_the_library_written_down_is_itself(name: str) -> None:
    """Written as short as can be, or as it was given."""
    for given_ in (False, True):
        assert StepSpecification.model_validate(spec_data(LIBRARY[name], given=given_)) == LIBRARY[name]


@pytest.mark.skipif(not CORPUS, reason="the corpus of real pipelines is not here")
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_real_pipelines_written_load_as_themselves_and_take_edits(path: Path) -> None:
    """The text stays what json.dumps makes of its data."""
    content = json.loads(path.read_text())["pipeline"]
    text = json.dumps(content, indent=1, ensure_ascii=False)
    pipeline = loads(text, file="d.json")
    assert same(loads(json.dumps(pipeline_data(pipeline)), file="d.json"), pipeline)
    rng = random.Random(path.stem)
    for _ in range(5):
        edits = some_edits(rng, pipeline, content)
        after = patched(text, "d.json", edits, pipeline)
        assert same(loads(after, file="d.json"), edited(pipeline, edits)), edits
        assert json.dumps(json.loads(after), indent=1, ensure_ascii=False) == after
