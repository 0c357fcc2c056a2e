"""What the commands print, where, and the code that they leave with."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Write = Callable[[str, str], Path]

SOUND = """\
name: sound
inputs:
  raw: {type: training_data}
steps:
  Prepare:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {tidy: {type: processing_output}}
  Train:
    kind: Training
    dependencies: {tidy: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
"""
TIED = """\
name: tied
steps:
  A: {kind: Processing, outputs: {first: {type: processing_output}}}
  B: {kind: Processing, outputs: {second: {type: processing_output}}}
  C: {kind: Processing, dependencies: {data: {type: processing_output}}}
"""
UNRESOLVED = SOUND.replace("raw: {type: training_data}\nsteps", "other: {type: property_file}\nsteps")


@pytest.fixture
def sound(write: Write) -> Path:
    return write("sound.yaml", SOUND)


def test_check_says_that_a_document_is_sound(call: Any, sound: Path) -> None:
    assert call("check", sound) == (0, "sound.yaml: sound; 2 dependencies bound\n", "")


def test_check_checks_all_documents_and_leaves_with_the_worst_code(call: Any, write: Write) -> None:
    sound, tied = write("sound.yaml", SOUND), write("tied.yaml", TIED)
    unresolved, broken = write("unresolved.yaml", UNRESOLVED), write("broken.yaml", "nam: x")
    said = call("check", unresolved, broken, sound, tied)
    assert said.code == 2
    assert said.out.splitlines() == [
        "sound.yaml: sound; 2 dependencies bound",
        "tied.yaml: sound; 1 dependency bound, 1 ambiguous",
    ]
    assert "broken.yaml:1:1: the document: unknown key 'nam' (did you mean 'name'?)" in said.err
    assert "missing required dependency 'raw'" in said.err


def test_a_tie_is_a_warning_and_under_strict_an_error(call: Any, write: Write) -> None:
    tied = write("tied.yaml", TIED)
    said = call("check", tied)
    assert said.code == 0
    assert "another would do just as well (about 1 in 2 of such bindings is wrong; pin it" in said.err
    assert "pins: {C.data: A.first}) [SW301]" in said.err
    for command in ("check", "solve"):
        said = call(command, tied, "--strict")
        assert (said.code, said.out) == (3, "")
        assert "C.data takes A.first or B.second" in said.err


def test_solve_prints_a_table(call: Any, sound: Path) -> None:
    said = call("solve", sound)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0].split() == ["DEPENDENCY", "TAKES", "SCORE", "LEAD", "WRONG"]
    assert "Train.tidy" in said.out
    assert said.out.splitlines()[-1].startswith("score ")


def test_the_json_of_solve_has_its_agreed_keys(call: Any, sound: Path) -> None:
    result = json.loads(call("solve", sound, "--format", "json").out)
    agreed = ["schema", "status", "count", "wirings", "ties", "ambiguous"]
    assert list(result) == [*agreed, "more_ties", "forced", "dead", "complete"]
    assert result["schema"] == 1
    assert result["status"] == "resolved"
    assert result["count"] == {"value": "2", "exact": True}
    assert result["ties"] == 1
    assert result["ambiguous"] == result["dead"] == []
    assert result["forced"] == ["Prepare.raw"]
    assert result["complete"]
    (wiring,) = result["wirings"]
    assert list(wiring) == ["score", "bindings", "unbound", "joint"]
    binding = wiring["bindings"]["Train.tidy"]
    assert list(binding) == ["source", "score", "margin", "evidence", "margin_known", "doubt"]
    assert binding["margin_known"]
    assert binding["source"] == "Prepare.tidy"
    assert sum(piece["points"] for piece in binding["evidence"]) == binding["score"]
    assert wiring["score"] == sum(item["score"] for item in wiring["bindings"].values())


def test_solve_prints_as_many_wirings_as_asked_for_the_best_first(call: Any, sound: Path) -> None:
    for options in (("--all",), ("--limit", 2), ("--limit", 99)):
        result = json.loads(call("solve", sound, "--format", "json", *options).out)
        scores = [wiring["score"] for wiring in result["wirings"]]
        assert len(scores) == 2
        assert scores == sorted(scores, reverse=True)


def test_an_unresolved_pipeline_is_json_too(call: Any, write: Write) -> None:
    said = call("solve", write("unresolved.yaml", UNRESOLVED), "--format", "json")
    result = json.loads(said.out)
    assert said.code == 1
    assert (result["status"], result["count"]["value"], result["wirings"]) == ("unresolved", "0", [])
    (problem,) = result["problems"]
    assert problem["code"] == "SW201"
    end = {"line": 7, "column": 23}
    assert problem["position"] == {"file": "unresolved.yaml", "line": 7, "column": 20, "end": end}


def test_a_tie_under_strict_is_json_with_every_tied_wiring(call: Any, write: Write) -> None:
    said = call("solve", write("tied.yaml", TIED), "--strict", "--format", "json")
    result = json.loads(said.out)
    assert said.code == 3
    assert (result["ties"], len(result["wirings"])) == (2, 2)
    assert result["problems"][0]["code"] == "SW302"


def test_problems_and_warnings_are_sarif(
    call: Any, write: Write, check_sarif: Callable[[object], None]
) -> None:
    cycle = SOUND + "order: [[Train, Prepare], [Prepare, Train]]\n"
    documents = [
        write("with space.yaml", "nam: x"),
        write("unresolved.yaml", UNRESOLVED),
        write("cycle.yaml", cycle),
        write("tied.yaml", TIED),
    ]
    said = call("check", *documents, "--format", "sarif")
    log = json.loads(said.out)
    check_sarif(log)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert {result["level"] for result in run["results"]} == {"error", "warning"}
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]
    ]
    assert set(uris) == {"with%20space.yaml", "unresolved.yaml", "cycle.yaml", "tied.yaml"}


def test_nothing_wrong_is_an_empty_log(call: Any, sound: Path, check_sarif: Callable[[object], None]) -> None:
    log = json.loads(call("check", sound, "--format", "sarif").out)
    check_sarif(log)
    assert log["runs"][0]["results"] == []
    assert call("check", sound, "--format", "github") == (0, "", "")
    assert json.loads(call("check", sound, "--format", "json").out)["problems"] == []


def test_problems_are_annotations_of_github(call: Any, write: Write) -> None:
    said = call("check", write("a,b.yaml", "nam: x"), write("tied.yaml", TIED), "--format", "github")
    lines = said.out.splitlines()
    place = "file=a%2Cb.yaml,line=1,col=1,endLine=1,endColumn=4"
    assert any(line.startswith(f"::error {place},title=SW103::") for line in lines)
    assert any(line.startswith("::warning file=tied.yaml,line=5,") for line in lines)
    assert all(line.startswith("::") for line in lines)


def test_emit_writes_the_definition_to_stdout_or_to_a_file(call: Any, sound: Path) -> None:
    said = call("emit", sound)
    assert [step["Name"] for step in json.loads(said.out)["Steps"]] == ["Prepare", "Train"]
    written = call("emit", sound, "-o", "definition.json")
    assert (written.code, written.out, written.err) == (0, "", "wrote definition.json\n")
    assert Path("definition.json").read_text() == said.out


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left(call: Any, sound: Path) -> None:
    said = call("emit", sound, "-o", "nowhere/definition.json")
    assert (said.code, said.out) == (2, "")
    assert said.err == "error: nowhere/definition.json: No such file or directory\n"
    assert sorted(path.name for path in Path().iterdir()) == ["sound.yaml"]


def test_graph_draws_for_mermaid_and_graphviz(call: Any, sound: Path) -> None:
    mermaid = call("graph", sound)
    assert mermaid.out.startswith("flowchart TD\n")
    dot = call("graph", sound, "--format", "dot")
    assert call("graph", sound, "-o", "sound.dot") == (0, "", "wrote sound.dot\n")
    assert Path("sound.dot").read_text() == dot.out
    assert dot.out.startswith('digraph "sound" {\n')
    assert (mermaid.code, mermaid.err, dot.code, dot.err) == (0, "", 0, "")


def test_graph_marks_what_has_no_source(call: Any, write: Write) -> None:
    text = "name: p\nsteps:\n  Load: {spec: DataLoad}\n  Judge: {spec: ModelEvaluation}\n"
    document = write("lacking.yaml", text + "  Prepare: {spec: TabularPreprocessing}\n")
    said = call("graph", document)
    assert said.code == 1
    assert said.err.startswith("error: Pipeline 'p' has no valid wiring.")
    assert '--x|"model"|' in said.out
    assert '-->|"raw_data"|' in said.out
    drawn = call("graph", document, "-o", "lacking.svg")
    assert drawn.code == 1
    assert "nothing fits" in Path("lacking.svg").read_text()


def test_specifications_of_ones_own_come_from_python(
    call: Any, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(Path.cwd())
    write(
        "own_steps.py",
        """
        import stepwire as sw
        MINE = sw.StepSpecification(step_type="Mine", kind="Processing", outputs=[
            sw.OutputSpec(logical_name="made", output_type=sw.DependencyType.PROCESSING_OUTPUT)])
        NOTHING = 3
        """,
    )
    document = write("mine.yaml", "name: mine\nsteps:\n  First: {spec: Mine}\n")
    assert call("check", document, "--library", "own_steps:MINE").code == 0
    said = call("check", document)
    assert said.code == 2
    assert "no specification is called 'Mine'" in said.err
    for wrong in ("own_steps:NOTHING", "own_steps:ABSENT", "no_such_module:X", "own_steps"):
        said = call("check", document, "--library", wrong)
        assert (said.code, said.out) == (2, "")
        assert wrong in said.err


@pytest.mark.parametrize("command", ["check", "solve", "emit", "run", "graph"])
def test_every_command_has_help_with_an_example(call: Any, command: str) -> None:
    said = call(command, "--help")
    assert said.code == 0
    assert f"stepwire {command} " in said.out
    assert "Example" in said.out
    assert said.err == ""


def test_the_help_names_the_exit_codes(call: Any) -> None:
    said = call("--help")
    assert said.code == 0
    for words in ("0 fine", "1 unresolved", "2 usage or document error", "6 a step failed"):
        assert words in said.out


@pytest.mark.parametrize(
    "arguments",
    [("frobnicate",), ("check",), ("check", "x.yaml", "--frob"), ("solve", "x.yaml", "--limit", "0")],
    ids=" ".join,
)
def test_wrong_usage_leaves_with_2_and_points_to_the_help(call: Any, arguments: tuple[str, ...]) -> None:
    said = call(*arguments)
    assert (said.code, said.out) == (2, "")
    assert "--help" in said.err


def test_a_real_process_keeps_data_and_words_apart_and_has_no_colours(start: Any, write: Write) -> None:
    tied = write("tied.yaml", TIED)
    said = start("solve", tied, "--format", "json", NO_COLOR="1", PYTHONIOENCODING="ascii")
    assert said.code == 0
    assert json.loads(said.out)["status"] == "resolved"
    assert said.err.startswith("warning: tied.yaml:5:")
    assert "\x1b" not in said.out + said.err


def test_a_reader_that_has_enough_is_no_error(sound: Path) -> None:
    """As with `stepwire solve … | head -1`: no words, and the code of a program that SIGPIPE ends."""
    command = [sys.executable, "-m", "stepwire", "solve", str(sound)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141
