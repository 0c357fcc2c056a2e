"""Edits in a document's text: before and after of each operation in each style."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stepwire.problems.errors import DocumentError
from stepwire.specs import PipelineSpec, load, loads
from stepwire.specs.edits.apply import Append, Drop, Edit, Put, edited
from stepwire.specs.edits.patch import patched, unified_diff

EXAMPLE = Path(__file__).parents[4] / "examples" / "xgboost" / "pipeline.yaml"


def changes(text: str, *edits: Edit, file: str = "d.yaml") -> str:
    """Return the lines that edits take out of a text and put in; it must load as the edited model."""
    pipeline = loads(text, file=file)
    after = patched(text, file, edits, pipeline)
    assert loads(after, file=file).model_dump() == edited(pipeline, edits).model_dump()
    lines = unified_diff(text, after, file).splitlines()[2:]
    return "\n".join(line for line in lines if not line.startswith((" ", "@@", "\\")))


HEAD = "name: p\nsteps:\n"
BLOCK = """\
name: p   # the name
steps:
  A:
    kind: Processing
    # what it needs
    dependencies:
      data:   # the data
        type: training_data   # its type
        aliases: [a, 'b']
        compatible_sources:
          - X   # one
          - Y
      more: {type: any, required: false}
    env:
      K: v
  B: {kind: Lambda, outputs: {r: {}}}

# the end of it
order:
- [A, B]
- [B, A]
"""
DATA = ("steps", "A", "dependencies", "data")


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            Put((*DATA, "type"), "any"),
            "-        type: training_data   # its type\n+        type: any   # its type",
        ),
        (Put((*DATA, "required"), False), "+        required: false"),
        (Put((*DATA, "description"), "a: b"), '+        description: "a: b"'),
        (Append((*DATA, "aliases"), "c"), "-        aliases: [a, 'b']\n+        aliases: [a, 'b', c]"),
        (Append((*DATA, "compatible_sources"), "Z"), "+          - Z"),
        (Append((*DATA, "semantic_keywords"), "k"), "+        semantic_keywords: [k]"),
        (Put((*DATA, "compatible_sources", 0), "W"), "-          - X   # one\n+          - W   # one"),
        (Put((*DATA, "compatible_sources"), ["W"]), "-          - X   # one\n-          - Y\n+          - W"),
        (Put((*DATA, "aliases"), []), "-        aliases: [a, 'b']\n+        aliases: []"),
        (Drop((*DATA, "compatible_sources", 0)), "-          - X   # one"),
        (Drop((*DATA, "aliases", 0)), "-        aliases: [a, 'b']\n+        aliases: ['b']"),
        (Drop((*DATA, "aliases")), "-        aliases: [a, 'b']"),
        (Drop(("steps", "A", "env", "K")), "-    env:\n-      K: v"),
        (Drop(("steps", "A", "dependencies", "more")), "-      more: {type: any, required: false}"),
        (
            Drop(("steps", "A", "dependencies", "more", "required")),
            "-      more: {type: any, required: false}\n+      more: {type: any}",
        ),
        (Put(("steps", "A", "dependencies", "x"), {"type": "any"}), "+      x:\n+        type: any"),
        (
            Put(("steps", "B", "outputs", "r", "aliases"), ["z"]),
            "-  B: {kind: Lambda, outputs: {r: {}}}\n+  B: {kind: Lambda, outputs: {r: {aliases: [z]}}}",
        ),
        (Append(("order",), ["A", "B"]), "+- [A, B]"),
        (Drop(("order", 1)), "-- [B, A]"),
        (Drop(("order",)), "-order:\n-- [A, B]\n-- [B, A]"),
        (Append(("edges",), ["A", "B"]), "+\n+edges:\n+- [A, B]"),
        (Put(("inputs", "raw"), {"type": "any"}), "+\n+inputs:\n+  raw:\n+    type: any"),
    ],
    ids=str,
)
def test_block_style(edit: Edit, expected: str) -> None:
    """Each edit takes and adds its own lines, in the style of those around it."""
    assert changes(BLOCK, edit) == expected


JSON_DATA = {
    "name": "p",
    "steps": {
        "A": {
            "kind": "Processing",
            "dependencies": {"d": {"type": "any", "aliases": ["a"]}, "e": {"type": "any"}},
        }
    },
}
D = ("steps", "A", "dependencies", "d")


@pytest.mark.parametrize("indent", [None, 1, 4, "\t"])
@pytest.mark.parametrize("compact", [False, True])
def test_json_stays_as_its_writer_would_have_written_it(indent: str | int | None, compact: bool) -> None:
    """Indented or on one line, with or without spaces after colons and commas."""
    separators = (",", ":") if compact else None if indent is None else (",", ": ")
    text = json.dumps(JSON_DATA, indent=indent, separators=separators) + "\n"
    if compact and indent is not None:
        text = text.replace('":', '" :').replace('" :', '":')
    edits: list[Edit] = [
        Put((*D, "type"), "model_artifacts"),
        Append((*D, "aliases"), "é"),
        Drop(("steps", "A", "dependencies", "e")),
        Put(("steps", "A", "dependencies", "f"), {"type": "any", "aliases": ["x", "y"], "required": False}),
        Put(("pins", "A.d"), "inputs.raw"),
        Put(("inputs", "raw"), {"type": "model_artifacts"}),
    ]
    after = patched(text, "d.json", edits, loads(text, file="d.json"))
    expected = json.dumps(json.loads(after), indent=indent, separators=separators, ensure_ascii=False) + "\n"
    assert after == expected
    assert loads(after, file="d.json").model_dump() == edited(loads(text, file="d.json"), edits).model_dump()


FLOW = """\
{
  name: p,
  steps: {
    A: { kind: Processing, dependencies: {
      # the first
      d: {type: any},  # of d
      e: {type: any},
      f: {type: any}   # of f
    } }
  }
}
"""
PORTS = ("steps", "A", "dependencies")


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([Drop((*PORTS, "d"))], "-      d: {type: any},  # of d"),
        (
            [Drop((*PORTS, "f"))],
            "-      e: {type: any},\n-      f: {type: any}   # of f\n+      e: {type: any}",
        ),
        (
            [Drop((*PORTS, "e")), Drop((*PORTS, "f"))],
            "-      d: {type: any},  # of d\n-      e: {type: any},\n-      f: {type: any}   # of f\n"
            "+      d: {type: any}  # of d",
        ),
        (
            [Put((*PORTS, "g"), {"type": "any", "aliases": ["x y"]})],
            "-      f: {type: any}   # of f\n"
            "+      f: {type: any},   # of f\n+      g: {type: any, aliases: [x y]}",
        ),
        (
            [Put((*PORTS, "e", "type"), "model_artifacts")],
            "-      e: {type: any},\n+      e: {type: model_artifacts},",
        ),
        (
            [Drop(("steps", "A", "dependencies", n)) for n in "def"],
            "-    A: { kind: Processing, dependencies: {\n"
            "-      # the first\n-      d: {type: any},  # of d\n"
            "-      e: {type: any},\n-      f: {type: any}   # of f\n-    } }\n"
            "+    A: { kind: Processing, dependencies: {} }",
        ),
    ],
)
def test_brackets_over_several_lines(edits: list[Edit], expected: str) -> None:
    """Commas are set and taken where they must be, comments keep to their lines."""
    assert changes(FLOW, *edits) == expected


@pytest.mark.parametrize(
    "text", [f"{HEAD}  A: {{}}\n  B: {{}}\n  C: {{}}\n", "name: p\nsteps: {A: {}, B: {}, C: {}}\n"]
)
def test_a_new_key_takes_the_place_of_one_that_goes(text: str) -> None:
    """So that a step that is called otherwise stays where it stood."""
    text = text.replace("{}", "{kind: Fail}")
    edits = (Drop(("steps", "B")), Put(("steps", "Z"), {"kind": "Fail"}))
    after = patched(text, "d.yaml", edits, loads(text))
    assert list(loads(after).steps) == ["A", "Z", "C"]


def test_a_trailing_comma_stays_one() -> None:
    """What is added ends like what was there."""
    text = "name: p\nsteps: {\n  A: {kind: Fail,},\n}\n"
    assert changes(text, Put(("steps", "B"), {"kind": "Fail"})) == "+  B: {kind: Fail},"
    assert changes(text, Put(("steps", "A", "env", "X"), 1)) == (
        "-  A: {kind: Fail,},\n+  A: {kind: Fail, env: {X: 1},},"
    )


def test_line_ends_the_mark_at_the_start_and_a_missing_last_line_break_stay() -> None:
    """Whatever an editor or another system wrote there."""
    text = "\ufeffname: p\r\nsteps:\r\n  A: {kind: Fail}\r\n  B: {kind: Fail}"
    pipeline = loads(text)
    assert patched(text, "d.yaml", [Append(("order",), ["A", "B"])], pipeline) == (
        text + "\r\norder:\r\n  - [A, B]"
    )
    assert patched(text, "d.yaml", [Drop(("steps", "B"))], pipeline) == text.removesuffix(
        "\r\n  B: {kind: Fail}"
    )
    assert patched(text, "d.yaml", [], pipeline) == text


def test_no_empty_line_is_left_over() -> None:
    """Of the empty lines around what is removed, those above go with it."""
    text = "name: p\n\nsteps:\n  A: {kind: Fail}\n\n  # b\n\n  B: {kind: Fail}\n\n  C: {kind: Fail}\n"
    assert changes(text, Drop(("steps", "A"))) == "-  A: {kind: Fail}\n-"
    assert changes(text, Drop(("steps", "B"))) == "-  B: {kind: Fail}\n-"
    assert changes(text, Drop(("steps", "C"))) == "-\n-  C: {kind: Fail}"


def test_the_first_key_behind_a_dash() -> None:
    """The next key moves up to the dash, unless a comment stands between."""
    request = ("steps", "A", "request", "L", 0)
    text = f"{HEAD}  A:\n    kind: Fail\n    request:\n      L:\n      - a: 1  # of a\n        b: 2\n"
    assert changes(text, Drop((*request, "a"))) == "-      - a: 1  # of a\n-        b: 2\n+      - b: 2"
    text = text.replace("        b: 2", "        # of b\n        b: 2")
    assert changes(text, Drop((*request, "a"))) == "-      - a: 1  # of a\n+      -"
    assert changes(text, Put(request, {"x": [1], "y": {"z": 0}})).endswith(
        "+      - x: [1]\n+        y:\n+          z: 0"
    )


def test_keys_with_nothing_under_them() -> None:
    """A section whose lines are all commented out gets its first line above the comments."""
    text = f"{HEAD}  A: {{kind: Lambda, dependencies: {{d: {{type: any}}}}, outputs: {{r}}}}\n"
    text += "pins:  # fixed\n  # A.d: x\n"
    assert changes(text, Put(("pins", "A.d"), "A.r")) == "+  A.d: A.r"
    assert "outputs: {r: {aliases: [x]}}" in changes(
        text, Append(("steps", "A", "outputs", "r", "aliases"), "x")
    )


def test_values_below_their_key() -> None:
    """A value that replaces lines below its key goes up to it, comments stay."""
    text = f"{HEAD}  A:\n    kind:\n      Fail\n    env:  # all\n      # one\n      X: 1\n      Y: 2\n"
    assert (
        changes(text, Put(("steps", "A", "kind"), "Lambda")) == "-    kind:\n-      Fail\n+    kind: Lambda"
    )
    assert changes(text, Put(("steps", "A", "env"), {"Z": 3})) == "-      X: 1\n-      Y: 2\n+      Z: 3"


def test_block_scalars() -> None:
    """What follows one is added behind it; one that keeps its empty lines keeps them."""
    text = f"{HEAD}  A:\n    kind: Fail\n    request:\n      M: |+\n        text\n\n  B:\n    kind: Fail\n"
    assert changes(text, Put(("steps", "A", "env", "X"), 1)) == "+    env:\n+      X: 1"
    assert changes(text, Put(("steps", "A", "request", "M"), "m")) == (
        "-      M: |+\n-        text\n-\n+      M: m"
    )


ANCHORS = """\
name: p
request: &base {X: 1, Y: {Z: 2}}
steps:
  A:
    kind: Fail
    request: *base
  B:
    kind: Fail
    request:
      <<: *base   # as ever
      W: 3
"""


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            Put(("steps", "A", "request", "X"), 5),
            "-    request: *base\n+    request:\n+      X: 5\n+      Y:\n+        Z: 2",
        ),
        (Put(("steps", "B", "request", "X"), 5), "+      X: 5"),
        (Put(("steps", "B", "request", "Y", "Z"), 5), "+      Y:\n+        Z: 5"),
        (
            Drop(("steps", "B", "request", "X")),
            "-      <<: *base   # as ever\n+      Y:   # as ever\n+        Z: 2",
        ),
        (
            Put(("request", "X"), 5),
            "-request: &base {X: 1, Y: {Z: 2}}\n+request: &base {X: 5, Y: {Z: 2}}\n"
            "-    request: *base\n+    request:\n+      X: 1\n+      Y:\n+        Z: 2\n"
            "-      <<: *base   # as ever\n+      X: 1   # as ever\n+      Y:\n+        Z: 2",
        ),
    ],
    ids=str,
)
def test_anchors_and_merges(edit: Edit, expected: str) -> None:
    """A change is made where it was asked for; what else uses the anchor keeps its value."""
    assert changes(ANCHORS, edit) == expected


def test_other_words_of_documents() -> None:
    """Long keys, types without `is` and ports in a list are edited as they stand."""
    text = (
        "name: p\ntypes: {mine: [any]}\nsteps:\n  A:\n    kind: Lambda\n    dependencies:\n"
        "    - {logical_name: d, dependency_type: any}\n"
        "    outputs:\n    - logical_name: o\n      output_type: any\n"
    )
    assert "mine: [any, property_file]" in changes(text, Append(("types", "mine", "is"), "property_file"))
    assert "dependency_type: mine}" in changes(text, Put(("steps", "A", "dependencies", "d", "type"), "mine"))
    assert changes(text, Put(("steps", "A", "outputs", "q"), {"type": "mine"})) == (
        "+    - logical_name: q\n+      type: mine"
    )
    assert "+    outputs: []" in changes(text, Drop(("steps", "A", "outputs", "o")))


def test_the_example_is_edited_where_it_must_and_nowhere_else() -> None:
    """A step's specification is written out where it was named, as changed; all else stays."""
    text = EXAMPLE.read_text()
    assert changes(text, Put(("pins", "train.train"), "preprocess.train")) == (
        "+\n+pins:\n+  train.train: preprocess.train"
    )
    edits = (
        Put(("steps", "load", "outputs", "raw_data", "max_consumers"), 1),
        Drop(("steps", "good-enough", "dependencies", "auc", "aliases", 0)),
    )
    assert changes(text, *edits) == (
        "-        aliases: [metrics]\n"
        "-    spec: DataLoad\n"
        "+    kind: Processing\n"
        "+    step_type: DataLoad\n"
        "+    outputs:\n"
        "+      raw_data:\n"
        "+        type: training_data\n"
        "+        aliases: [data, dataset]\n"
        "+        semantic_keywords: [data, raw, input]\n"
        "+        max_consumers: 1\n"
        "+        description: the data as it comes from its source"
    )


def test_types_of_a_library_file_are_declared_anew_when_they_change(tmp_path: Path) -> None:
    """They cannot be dropped, since the document does not have them."""
    (tmp_path / "own.yaml").write_text("types: {mine: {is: [any]}}\n")
    path = tmp_path / "p.yaml"
    path.write_text("name: p\nlibrary: [own.yaml]\nsteps:\n  A: {kind: Fail}\n")
    edits = [Append(("types", "mine", "is"), "property_file")]
    pipeline = load(path)
    path.write_text(patched(path.read_text(), str(path), edits, pipeline))
    assert path.read_text().endswith("types:\n  mine:\n    is: [any, property_file]\n")
    assert load(path).types == edited(pipeline, edits).types
    with pytest.raises(DocumentError, match="comes from a library file"):
        patched("name: p\nsteps: {A: {kind: Fail}}", "d.yaml", [Drop(("types", "mine"))], pipeline)


def test_a_text_that_cannot_take_an_edit_says_so() -> None:
    """Here the text at the end has no line break, and would get one if anything came after it."""
    text = f"{HEAD}  A:\n    kind: Fail\n    request:\n      M: |\n        text"
    with pytest.raises(DocumentError, match="cannot take the change") as caught:
        patched(text, "d.yaml", [Put(("inputs", "x"), {"type": "any"})], loads(text))
    assert [problem.code for problem in caught.value.problems] == ["SW112"]


def test_a_diff_names_the_file_and_tells_of_a_missing_line_break() -> None:
    """As `diff -u` does."""
    assert unified_diff("a\nb\n", "a\nc", "p.yaml") == (
        "--- a/p.yaml\n+++ b/p.yaml\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline at end of file\n"
    )
    assert unified_diff("a", "a", "p.yaml") == ""


def test_scalars_are_plain_only_where_they_are_read_as_themselves() -> None:
    """Texts that YAML would take for something else are quoted, in brackets more of them."""
    words = [
        "x",
        "a b",
        "yes",
        "1.0",
        "true",
        "~",
        "a: b",
        "- a",
        "a#b",
        "a #b",
        "[x]",
        "a, b",
        "é",
        "<<",
        "x:",
    ]
    keys = [
        "x",
        "a b",
        "yes",
        '"1.0"',
        '"true"',
        '"~"',
        '"a: b"',
        '"- a"',
        "a#b",
        '"a #b"',
        '"[x]"',
        "a, b",
        "é",
    ]
    keys += ['"<<"', '"x:"']
    text = f"{HEAD}  A:\n    kind: Fail\n    request: {{}}\n"
    edits = [
        Put(("steps", "A", "request"), {"L": words, "K": dict.fromkeys(words, 1), "Q": 'it\'s [so], "x"'})
    ]
    assert changes(text, *edits) == (
        "-    request: {}\n"
        "+    request:\n"
        '+      L: [x, a b, yes, "1.0", "true", "~", "a: b", "- a", a#b, '
        '"a #b", "[x]", "a, b", é, <<, "x:"]\n'
        "+      K:\n" + "".join(f"+        {key}: 1\n" for key in keys) + '+      Q: it\'s [so], "x"'
    )


def test_pipelines_made_in_python_are_not_patched_but_edited() -> None:
    """They have no text; the same edits serve."""
    pipeline = PipelineSpec(name="p", steps={"A": {"spec": {"kind": "Fail"}}})
    assert edited(pipeline, [Put(("steps", "A", "env", "X"), 1)]).steps["A"].env == {"X": 1}
