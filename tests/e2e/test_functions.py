"""Functions of a document: checked, run, used again, and told of when they fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Call, Said

Write = Callable[[str, str], Path]

CODE = """
from pathlib import Path

def measure(rows, least, word="none"):
    lines = Path(rows, "rows.txt").read_text().split()
    print("measured", len(lines))
    return {"share": sum(line > least for line in lines) / len(lines), "words": [word, {"deep": True}]}

def judge(share, words, times=1):
    assert isinstance(share, float)
    assert words[1] == {"deep": True}
    return share * times > 0.5

def tell(good, place):
    print(f"good: {good}, at {place}")
"""

DOCUMENT = """
name: shares
inputs:
  rows: {type: training_data, default: "s3://data/rows/"}
  least: {type: hyperparameters, data_type: String, default: c}
steps:
  measure:
    kind: Function
    code: scores.py
    function: measure
    dependencies:
      rows: {type: training_data, slot: "InputDataConfig[ChannelName=rows].DataSource.S3DataSource.S3Uri"}
      least: {type: hyperparameters, data_type: String}
    outputs:
      share: {data_type: Float, property_path: "Result['share']"}
      words: {data_type: Json, property_path: "Result['words']"}
    arguments: {word: WORD}
  judge:
    kind: Function
    code: scores.py
    function: judge
    dependencies:
      share: {type: any, data_type: Float}
      words: {type: any, data_type: Json}
    outputs: {good: {data_type: Boolean}}
    arguments: {times: 1}
  gate:
    kind: Condition
    dependencies: {"condition[0].left": {type: any, data_type: Boolean, compatible_sources: [judge]}}
    request: {Conditions: [{Type: Equals, RightValue: true}]}
  tell:
    kind: Function
    code: scores.py
    function: tell
    dependencies:
      good: {type: any, data_type: Boolean}
      place: {type: training_data}
  stop: {kind: Fail, request: {ErrorMessage: "too small"}}
branches: {gate: {if: [tell], else: [stop]}}
"""


@pytest.fixture
def shares(folder: Path, write: Write) -> Callable[..., None]:
    """Write the pipeline, its code with each `old` of the pairs replaced by `new`, and its data."""

    def shares(*pairs: tuple[str, str]) -> None:
        write("pipeline.yaml", DOCUMENT)
        text = CODE
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        write("scores.py", text)
        write(".stepwire/s3/data/rows/rows.txt", "a b c d e f g\n")

    shares()
    return shares


def run(call: Call, *options: str) -> tuple[Said, dict[str, str]]:
    """Run the pipeline; returns what was said, and how each step ended, however long it took."""
    said = call("run", "pipeline.yaml", *options)
    lines = [line for line in said.untimed.splitlines() if line.startswith("[")]
    return said, {line.split()[1]: line.split(") ", 1)[1] for line in lines}


def log(folder: Path, step: str) -> str:
    newest = max((folder / ".stepwire" / "runs").iterdir())
    return (newest / step / "log.txt").read_text()


def result(folder: Path, step: str) -> Any:
    (file,) = (folder / ".stepwire" / "s3").glob(f"*/shares/run-*/{step}/results/results.json")
    return json.loads(file.read_text())


def test_results_go_from_function_to_function_and_into_a_condition(
    folder: Path, call: Call, shares: Any
) -> None:
    assert call("check", "pipeline.yaml").out == "pipeline.yaml: sound; 7 dependencies bound\n"
    said, steps = run(call)
    assert said.code == 0
    assert steps["gate"] == "done: true → tell"
    assert result(folder, "measure") == {"Result": {"share": 4 / 7, "words": ["WORD", {"deep": True}]}}
    assert result(folder, "tell") == {"Result": None}
    assert log(folder, "measure") == "measured 7\n"
    assert log(folder, "tell") == "good: True, at s3://data/rows/\n"
    assert "  checkpoints: .stepwire/s3/stand-in/shares/run-0001/judge/results\n" in said.err


def test_a_function_is_used_again_until_its_code_changes(folder: Path, call: Call, shares: Any) -> None:
    run(call)
    _, again = run(call)
    assert {again[name] for name in ("measure", "judge", "tell")} == {
        "reused: nothing changed since run-0001"
    }
    shares(("> 0.5", "> 0.75"))
    said, edited = run(call)
    assert edited["judge"].endswith("channel 'function-code' changed: 1 file differs since run-0001")
    assert edited["gate"] == "done: false → stop"
    assert (said.code, "too small" in said.err) == (6, True)


def test_an_argument_counts_too(call: Call, shares: Any) -> None:
    run(call)
    _, steps = run(call, "--input", "least=b")
    assert steps["measure"].endswith("HyperParameters.least changed since run-0001")
    assert "channel 'share' changed" in steps["judge"]


def test_without_walls_it_is_the_same(folder: Path, call: Call, shares: Any) -> None:
    said, _ = run(call, "--isolate", "off")
    assert said.code == 0
    assert log(folder, "tell") == "good: True, at s3://data/rows/\n"


@pytest.mark.parametrize(
    ("pair", "step", "words"),
    [
        (
            ("len(lines), ", "[][0], "),
            "measure",
            "exited with code 1: measure() failed: IndexError: list index out of range (scores.py, line 7)",
        ),
        (
            ("return share * times > 0.5", "return {share}"),
            "judge",
            "exited with code 1: judge() returned what is no JSON: Object of type set is not JSON "
            "serializable; return numbers, texts, lists and mappings of them",
        ),
        (
            ('{"share": sum(', '{"shares": sum('),
            "judge",
            "exited with code 1: judge() cannot be given 'share', which is not there: KeyError: 'share'",
        ),
        (
            ("sum(line > least for line in lines) / len(lines)", '"most"'),
            "judge",
            "exited with code 1: judge() takes 'share' as Float, and was given \"most\"",
        ),
        (
            ("from pathlib import Path", "from pathlib import Paths as Path"),
            "measure",
            "exited with code 1: scores.py cannot be imported: ImportError: cannot import name 'Paths'",
        ),
    ],
)
def test_what_goes_wrong_is_told_of_the_function(
    call: Call, shares: Any, pair: tuple[str, str], step: str, words: str
) -> None:
    shares(pair)
    said, _ = run(call)
    assert said.code == 6
    assert f"error: step '{step}' {words}" in said.err
    assert "call_named_function" not in said.err


def test_packages_that_a_module_lacks_are_told_before(call: Call, shares: Any) -> None:
    shares(("from pathlib", "import no_such_package\nfrom pathlib"))
    said, _ = run(call)
    assert "its script imports 'no_such_package', which is not installed here" in said.err


def test_a_long_argument_arrives_whole(folder: Path, call: Call, shares: Any) -> None:
    long = "é " * 150 + "end"
    text = DOCUMENT.replace("WORD", json.dumps(long, ensure_ascii=False))
    (folder / "pipeline.yaml").write_text(text, encoding="utf-8")
    said, _ = run(call)
    assert said.code == 0
    assert result(folder, "measure")["Result"]["words"][0] == long


def test_an_argument_that_no_job_takes_is_told_by_check(folder: Path, call: Call, shares: Any) -> None:
    (folder / "pipeline.yaml").write_text(DOCUMENT.replace("WORD", "x" * 2600))
    said = call("check", "pipeline.yaml")
    words = "Arguments.HyperParameters.word: expected at most 2500 characters, found 2602"
    assert f"step 'measure': {words}" in said.err


def test_what_a_function_returns_is_given(folder: Path, call: Call, shares: Any) -> None:
    """Whole, as JSON or in a file, or the parts of it that others take."""
    whole = {"share": 0.9, "words": ["a", {"deep": True}]}
    (folder / "whole.json").write_text(json.dumps(whole))
    parts = (f"Result['{name}']={json.dumps(value)}" for name, value in whole.items())
    for given in ([f"Result={json.dumps(whole)}"], ["Result=whole.json"], list(parts)):
        options = [word for item in given for word in ("--give", f"measure.{item}")]
        said, steps = run(call, *options)
        assert (said.code, steps["measure"], steps["gate"]) == (0, "done: given", "done: true → tell")


def test_a_result_is_given_as_what_a_run_knows_it_by(call: Call, shares: Any) -> None:
    said, _ = run(call, "--give", "measure.share=0.9")
    assert said.code == 2
    assert "give measure.Result=VALUE, all that it returns, or a part: Result['share']" in said.err


def test_a_long_result_is_given_as_json(folder: Path, call: Call, shares: Any) -> None:
    """Longer than the name of a file can be."""
    whole = {"share": 0.9, "words": ["a" * 5000, {"deep": True}]}
    said, _ = run(call, "--give", f"measure.Result={json.dumps(whole)}")
    assert said.code == 0
    assert result(folder, "measure") == {"Result": whole}


def test_a_result_that_is_too_deep_is_told(call: Call, shares: Any) -> None:
    for depth in (3_000, 100_000):  # too deep to be written, and to be read
        Path("deep.json").write_text("[" * depth + "]" * depth)
        said, _ = run(call, "--give", "measure.Result=deep.json")
        assert said.code == 6
        assert "step 'measure' is given a Result that is nested too deep" in said.err


def test_an_item_of_a_result_is_not_given_alone(call: Call, shares: Any) -> None:
    for item in ("Result[0]", "Result['words'][0]"):
        said, _ = run(call, "--give", f"measure.{item}=5")
        assert said.code == 2
        assert f"'measure.{item}' is an item of a list, which is given whole" in said.err
    assert "give measure.Result['words']='[…]'" in said.err


def test_an_emitted_document_runs_and_is_imported_as_it_is(folder: Path, call: Call, shares: Any) -> None:
    emitted = call("emit", "pipeline.yaml").out
    (folder / "definition.json").write_text(emitted)
    assert call("check", "definition.json").code == 0
    (folder / "imported.yaml").write_text(call("import", "definition.json").out)
    assert json.loads(call("emit", "imported.yaml").out) == json.loads(emitted)
