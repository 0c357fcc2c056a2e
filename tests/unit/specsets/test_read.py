"""Reading spec sets: what they may say, and what is wrong with others."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stepwire.problems.errors import SpecSetError
from stepwire.specsets.read import MAX_CASES, read_spec_set, slug, unique_names
from stepwire.specsets.spec_set import AS_IT_IS, SpecSet

Write = Callable[[str], Path]

DOCUMENT = "document: {name: p, steps: {A: {kind: Fail}}}\n"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    def write(text: str) -> Path:
        path = Path("p.wiring.yaml")
        path.write_text(textwrap.dedent(text))
        return path

    return write


def refusal(path: Path) -> list[str]:
    with pytest.raises(SpecSetError) as caught:
        read_spec_set(path)
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


def names(spec_set: SpecSet) -> list[str]:
    return [case.name for case in spec_set.cases]


def test_a_spec_set_has_a_case_for_the_document_and_one_for_each_variation(write: Write) -> None:
    found = read_spec_set(
        write(
            DOCUMENT
            + """\
expect: {unique: true}
variations:
  - {without: A, expect: {unique: true}}
  - {rename: {A: B}, retype: {A.x: any}, with: {order: []}, expect: {unique: true}}
  - {name: mine, without: [A, B], expect: {unique: true}}
"""
        )
    )
    assert names(found) == [AS_IT_IS, "without A", "A as B; A.x as any; with order", "mine"]
    assert [case.position.line for case in found.cases] == [2, 4, 5, 6]
    assert found.name == "p"


def test_variations_are_made_for_every_row_or_combination(write: Write) -> None:
    found = read_spec_set(
        write(
            DOCUMENT
            + """\
variations:
  - {each: {x: [1, 2], y: [a]}, name: "${x} and ${y}", with: {order: "${x}"}, expect: {count: "${x}"}}
  - {each: [{x: 3, y: b}, {x: 4, y: c}], without: A, expect: {count: "${x}", says: "no ${y}"}}
"""
        )
    )
    assert names(found) == ["1 and a", "2 and a", "without A [3, b]", "without A [4, c]"]
    assert [case.expect.count for case in found.cases] == [1, 2, 3, 4]
    assert found.cases[2].expect.says == ("no b",)
    assert found.cases[0].variation
    assert found.cases[0].variation.with_ == {"order": 1}


def test_a_document_is_found_from_the_folder_of_the_spec_set(write: Write, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "d.yaml").write_text("name: p\nsteps: {}\n")
    path = tmp_path / "sub" / "p.wiring.yaml"
    path.write_text("document: ../d.yaml\nexpect: {unique: true}\n")
    found = read_spec_set(path, [tmp_path])
    assert found.document == tmp_path / "sub" / "../d.yaml"
    assert found.folder == tmp_path / "sub" / ".."


def test_the_limit_of_cases_counts_all_variations(write: Write) -> None:
    """Each table is within the limit; together they are not."""
    each = f"{{a: {[*range(100)]}, b: {[*range(90)]}}}"
    row = f"- {{name: 'v ${{a}} ${{b}}', each: {each}, without: s, expect: {{unique: true}}}}"
    document = "document: {name: a, steps: {s: {kind: Processing, outputs: {o: {type: any}}}}}"
    with pytest.raises(SpecSetError, match="at most 10,000 in all"):
        read_spec_set(write("\n".join([document, "variations:", row, row.replace("v ", "w ")])))


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("[1]", ["1:1: a spec set should be a mapping, found a list [SW104]"]),
        ("document: [", ["2:1: the text is no YAML"]),
        (
            "expect: {unique: true}",
            ["1:1: 'document' should be the path of a document, or a document [SW105]"],
        ),
        (
            "document: 3\nexpect: {unique: true}",
            ["1:1: 'document' should be the path of a document, or a document, found a whole number, 3"],
        ),
        (
            "document: gone.yaml\nexpect: {unique: true}",
            ["1:1: the document 'gone.yaml' is not there (no gone.yaml) [SW531]"],
        ),
        (DOCUMENT, ["1:1: nothing is expected (give 'expect', or 'variations') [SW105]"]),
        (DOCUMENT + "expect: {}", ["2:1: expect: nothing is expected [SW104]"]),
        (
            DOCUMENT + "expect: {uniq: true}",
            ["2:10: expect: unknown key 'uniq' (did you mean 'unique'?) [SW103]"],
        ),
        (DOCUMENT + "expect: {count: -1}", ["2:10: expect: 'count' should be at least 0"]),
        (DOCUMENT + "expect: {count: many}", ["2:10: expect: 'count' should be a whole number"]),
        (
            DOCUMENT + "expect: {unresolved: SW201, count: 3}",
            ["2:1: expect: 'unresolved' and 'count' cannot both be expected [SW104]"],
        ),
        (
            DOCUMENT + "expect: {unresolved: SW201, unsound: SW101}",
            ["2:1: expect: 'unresolved' and 'unsound' cannot both be expected [SW104]"],
        ),
        (
            DOCUMENT + "expect: {snapshot: true, refused: SW433}",
            ["2:1: expect: 'snapshot' and 'refused' cannot both be expected [SW104]"],
        ),
        (
            DOCUMENT + "variations: {}\nexpects: {}",
            ["3:1: unknown key 'expects' (did you mean 'expect'?) [SW103]"],
        ),
        (DOCUMENT + "variations: x", ["2:1: 'variations' should be a list, found a text"]),
        (DOCUMENT + "variations: [x]", ["2:14: variation 1 should be a mapping, found a text"]),
        (DOCUMENT + "variations: [{expect: {unique: true}}]", ["2:14: variation 1: nothing is varied"]),
        (DOCUMENT + "variations: [{without: A}]", ["2:14: variation 1: 'expect' is missing [SW105]"]),
        (
            DOCUMENT + "variations: [{each: [], without: A, expect: {unique: true}}]",
            ["2:15: 'each' should be {column: [values]}, or a list of mappings with the same columns"],
        ),
        (
            DOCUMENT + "variations: [{each: [{a: 1}, {b: 1}], without: A, expect: {unique: true}}]",
            ["2:15: 'each' should be"],
        ),
        (
            DOCUMENT + 'variations: [{each: {step: [A]}, without: "${stp}", expect: {unique: true}}]',
            ["2:14: variation 1: there is no column 'stp' (did you mean 'step'?) [SW534]"],
        ),
        (
            DOCUMENT + 'variations: [{without: "${step}", expect: {unique: true}}]',
            ["2:14: variation 1: there is no column 'step' (declare it under 'each') [SW534]"],
        ),
        (
            DOCUMENT
            + "variations:\n  - {without: A, expect: {unique: true}}\n  - {without: A, expect: {count: 1}}",
            ["4:5: two cases have the name 'without A' (give one another 'name') [SW532]"],
        ),
        (
            DOCUMENT + "variations:\n  - {name: a b, without: A, expect: {unique: true}}\n"
            "  - {name: a-b, without: A, expect: {unique: true}}",
            ["4:5: two cases have the name 'a-b'"],
        ),
        (
            DOCUMENT + "name: 3\nexpect: {unique: true}",
            ["2:1: 'name' should be a text, found a whole number, 3"],
        ),
        (DOCUMENT + DOCUMENT, ["2:1: the key 'document' is given twice"]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(write: Write, text: str, problems: list[str]) -> None:
    found = refusal(write(text))
    assert len(found) >= len(problems)
    for said, wanted in zip(found, problems, strict=False):
        assert said.startswith(wanted)


def test_no_more_cases_are_made_than_anyone_could_want(write: Write) -> None:
    many = list(range(200))
    text = f"variations: [{{each: {{a: {many}, b: {many}}}, without: A, expect: {{unique: true}}}}]"
    (said, *_) = refusal(write(DOCUMENT + text))
    assert f"at most {MAX_CASES:,}" in said


def test_two_spec_sets_of_one_name_are_told(tmp_path: Path) -> None:
    sets = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.wiring.yaml"
        path.write_text(f"name: same\n{DOCUMENT}expect: {{unique: true}}\n")
        sets.append(read_spec_set(path))
    (problem,) = unique_names(sets)
    assert problem.code == "SW532"
    assert "'same'" in problem.message
    assert unique_names([sets[0], sets[0]]) == ()


def test_names_that_differ_in_case_only_are_one_name(write: Write) -> None:
    """The files of their snapshots would be one where the file system does not tell them apart."""
    text = (
        DOCUMENT + "expect: {idle: []}\nvariations:\n  - {name: As it IS, without: A, expect: {idle: []}}\n"
    )
    assert refusal(write(text)) == [
        "4:5: two cases have the name 'As it IS' (give one another 'name') [SW532]"
    ]


def test_long_names_make_files_of_their_own() -> None:
    long = "without a" * 40
    assert slug(long) != slug(f"{long} and b")
    assert len(slug(long)) < 120
    assert slug("as it is") == "as-it-is"


def test_reading_takes_time_in_proportion_to_the_variations(tmp_path: Path) -> None:
    """The places of each were once looked for among those of all: 2,000 took a minute."""
    path = tmp_path / "many.wiring.yaml"
    varied = "".join(
        f"  - {{name: v{n}, with: {{description: d{n}}}, expect: {{unique: true}}}}\n" for n in range(2000)
    )
    path.write_text(DOCUMENT + "variations:\n" + varied)
    start = time.process_time()
    assert len(read_spec_set(path).cases) == 2000
    assert time.process_time() - start < 15
