"""The commands that compare: lock, diff, impact, test."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from stepwire.comparison.lock import read_lock

Write = Callable[[str, str], Path]

DOCUMENT = """
name: churn
library: [lib.yaml]
request: {role: "arn:aws:iam::111122223333:role/p", image: i, instance: ml.m5.large, bucket: my-bucket}
inputs: {raw: {type: training_data}}
steps:
  Split: {spec: Split}
  Fit:
    kind: Training
    dependencies: {train: {type: training_data}, more: {type: training_data, required: false}}
    outputs: {model: {type: model_artifacts}}
"""
LIBRARY = """
specs:
  Split:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {train: {type: processing_output}}
"""
SPEC_SET = "document: churn.yaml\nexpect: {bindings: {Fit.train: Split.train}, unique: true}\n"


@pytest.fixture(autouse=True)
def churn(write: Write) -> Path:
    write("lib.yaml", LIBRARY)
    return write("churn.yaml", DOCUMENT)


def rename(old: str = "train:", new: str = "learn:", file: str = "lib.yaml") -> None:
    path = Path(file)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def git(*arguments: str) -> None:
    user = ["-c", "user.name=me", "-c", "user.email=me@example.com"]
    subprocess.run(["git", *user, *arguments], check=True, capture_output=True)


def test_a_lock_is_written_and_checked(call: Any, churn: Path) -> None:
    assert call("lock", churn) == (0, "wrote churn.yaml.lock\n", "")
    assert call("lock", "--check") == (0, "churn.yaml: as locked\n", "")
    assert call("lock", "*.yaml", "--check") == (
        0,
        "churn.yaml: as locked\n",
        "",
    )  # the library is no pipeline
    assert call("lock", "churn.yaml.lock", "--check").code == 0
    rename()
    said = call("lock", "--check")
    assert (said.code, said.out) == (4, "")
    assert (
        "step 'Split': the specification Split has changed: output 'train' is now called 'learn'" in said.err
    )
    assert "Fit.train took Split.train and would take Split.learn" in said.err
    said = call("lock", churn)
    assert said.code == 0
    assert "warning: " in said.err
    assert call("lock", "--check").code == 0


@pytest.mark.parametrize("format_", ["json", "sarif", "github"])
def test_drift_is_told_to_machines(call: Any, churn: Path, format_: str) -> None:
    call("lock", churn)
    rename()
    said = call("lock", "--check", "--format", format_)
    assert said.code == 4
    assert "SW511" in said.out
    assert "SW513" in said.out
    if format_ == "github":
        assert said.out.startswith("::error file=churn.yaml,")
    else:
        json.loads(said.out)


def test_to_lock_nothing_is_wrong_usage(call: Any) -> None:
    assert call("lock").code == 2
    said = call("lock", "--check")
    assert (said.code, said.out) == (2, "")
    assert "there is no lock here or below" in said.err


def test_patterns_leave_out_what_is_no_pipeline(call: Any, write: Write, churn: Path) -> None:
    """Spec sets, spec files and other JSON; what is named is taken at its word."""
    spec_set = write("churn.wiring.yaml", SPEC_SET)
    write("package.json", '{"name": "site"}')
    for given in ("**/*.yaml", "."):
        said = call("check", given)
        assert (said.code, said.out.count("sound")) == (0, 1)
    said = call("check", spec_set)
    assert said.code == 2
    assert "'churn.wiring.yaml' is a spec set, and no document (it is run as a test)" in said.err
    assert call("check", "lib.yaml").code == 2
    write("broken.yaml", "name: x\nstpes: {}\n")
    assert call("check", "**/*.yaml").code == 2, "a misspelt key is no reason to look away"


def test_a_lock_that_does_not_speak_of_a_dependency_is_not_the_wiring(call: Any, churn: Path) -> None:
    """However well it is sealed: nothing may be chosen that was not agreed on."""
    call("lock", churn)
    lock = read_lock(Path("churn.yaml.lock"))
    some = {key: item for key, item in lock.wiring.bindings.items() if key != "Fit.train"}
    forged = lock.model_copy(update={"wiring": lock.wiring.model_copy(update={"bindings": some})})
    Path("churn.yaml.lock").write_text(forged.text)
    said = call("solve", "--locked", churn)
    assert (said.code, said.out) == (4, "")
    assert "the lock does not say what Fit.train takes" in said.err


def test_a_folder_in_the_place_of_a_lock_is_told(call: Any, churn: Path) -> None:
    Path("churn.yaml.lock").mkdir()
    for command in (("lock", churn), ("lock", "--check", churn), ("lock", "--force", churn)):
        said = call(*command)
        assert (said.code, said.out) == (2, "")
        assert "a folder stands where the lock should be" in said.err


@pytest.mark.parametrize("text", ["", "<<<<<<< HEAD\n", '{"lock": 2}', "null"])
@pytest.mark.parametrize(
    "command", [("lock", "--check"), ("lock",), ("solve", "--locked"), ("emit", "--locked")]
)
def test_a_lock_that_cannot_be_used_is_left_as_it_is(
    call: Any, churn: Path, text: str, command: tuple[str, ...]
) -> None:
    Path("churn.yaml.lock").write_text(text)
    said = call(*command, churn)
    assert (said.code, said.out) == (2, "")
    assert "churn.yaml.lock:1:1: " in said.err
    assert Path("churn.yaml.lock").read_text() == text


@pytest.mark.parametrize("command", ["solve", "emit", "run", "graph"])
def test_a_stale_or_missing_lock_ends_every_command_that_wants_it(
    call: Any, churn: Path, command: str
) -> None:
    said = call(command, churn, "--locked")
    assert (said.code, said.out) == (2, "")
    assert "SW501" in said.err
    call("lock", churn)
    rename()
    said = call(command, churn, "--locked")
    assert (said.code, said.out) == (4, "")
    assert "SW513" in said.err


def test_the_locked_wiring_is_used_exactly(call: Any, churn: Path) -> None:
    call("lock", churn)
    free = json.loads(call("solve", churn, "--format", "json").out)
    locked = json.loads(call("solve", churn, "--locked", "--format", "json").out)
    assert locked["count"] == {"value": "1", "exact": True}
    assert {key: item["source"] for key, item in locked["wirings"][0]["bindings"].items()} == {
        key: item["source"] for key, item in free["wirings"][0]["bindings"].items()
    }
    assert locked["wirings"][0]["unbound"] == free["wirings"][0]["unbound"]
    assert call("emit", churn, "--locked").out == call("emit", churn).out


def test_revisions_are_compared(call: Any, churn: Path) -> None:
    git("init")
    git("add", "-A")
    git("commit", "-m", "one")
    rename()
    said = call("diff", "HEAD:churn.yaml", "churn.yaml")
    assert (said.code, said.err) == (0, "")
    assert "moved        Fit.train: Split.train" in said.out
    assert "because step 'Split': output 'train' is now called 'learn'" in said.out
    assert call("diff", "HEAD:churn.yaml", "churn.yaml", "--exit-code").code == 4
    assert call("diff", "HEAD:churn.yaml", "HEAD:churn.yaml", "--exit-code").code == 0
    data = json.loads(call("diff", "HEAD:churn.yaml", "churn.yaml", "--format", "json").out)
    assert data["rewires"]
    table = call("diff", "HEAD:churn.yaml", "churn.yaml", "--format", "markdown").out
    assert "| moved | `Fit.train` | `Split.train` | `Split.learn` |" in table


def test_the_impact_of_a_change_is_listed(call: Any, churn: Path, write: Write) -> None:
    write("other.yaml", "name: other\nsteps: {Stop: {kind: Fail}}\n")
    git("init")
    git("add", "-A")
    git("commit", "-m", "one")
    assert call("impact", "--since", "HEAD") == (0, "", "no pipeline is touched\n")
    said = call("impact", "--spec", "Split")
    assert said.err == "1 pipeline touched: 1 not compared\n"
    assert "used by Split" in said.out
    rename()
    said = call("impact", "--since", "HEAD", "--exit-code", "--jobs", "2")
    assert said.code == 4
    assert said.out.startswith("churn.yaml: rewired (1 moved")
    assert said.err == "1 pipeline touched: 1 rewired\n"
    said = call("impact", "--spec", "Nobody", "--since", "HEAD")
    assert (said.code, said.err) == (2, "no specification here is called 'Nobody' [SW107]\n")
    assert call("impact", "--spec", "DataLoad", "--since", "HEAD") == (0, "", "no pipeline is touched\n")
    assert json.loads(call("impact", "--since", "HEAD", "--format", "json").out)["pipelines"]
    assert "### 1 pipeline touched" in call("impact", "--since", "HEAD", "--format", "markdown").out


def test_an_impact_of_nothing_in_particular_is_wrong_usage(call: Any) -> None:
    assert call("impact").code == 2
    assert call("impact", "--since", "HEAD").code == 2  # there is no repository here


def test_spec_sets_are_run(call: Any, write: Write) -> None:
    write("churn.wiring.yaml", SPEC_SET)
    assert call("test") == (0, "churn.wiring.yaml: 1 case as agreed\n1 case in all: 1 as agreed, 0 not\n", "")
    rename()
    said = call("test")
    assert said.code == 4
    assert said.out == "churn.wiring.yaml: 1 of 1 case not as agreed\n1 case in all: 0 as agreed, 1 not\n"
    assert "churn.wiring.yaml: as it is" in said.err
    assert "SW533" in said.err
    sarif = json.loads(call("test", "--format", "sarif").out)
    assert sarif["runs"][0]["results"][0]["ruleId"] == "SW533"


def test_snapshots_are_written_when_asked_to(call: Any, write: Write) -> None:
    write("churn.wiring.yaml", SPEC_SET.replace("unique: true", "snapshot: true"))
    said = call("test")
    assert said.code == 4
    assert "--snapshot-update" in said.err
    assert call("test", "--snapshot-update").code == 0
    assert call("test").code == 0
    Path("__snapshots__/churn.yaml.wiring/as-it-is.json").write_bytes(b"\xff")
    said = call("test", "--snapshot-update")
    assert said.code == 4
    assert "SW554" in said.err
    assert Path("__snapshots__/churn.yaml.wiring/as-it-is.json").read_bytes() == b"\xff"


def test_what_spec_sets_are_worth_is_a_figure(call: Any, write: Write) -> None:
    write("churn.wiring.yaml", SPEC_SET)
    said = call("test", "--mutate")
    assert said.code == 0
    assert "not noticed: " in said.out
    assert "mutation score " in said.out
    reached = json.loads(call("test", "--mutate", "--format", "json").out)["score"]
    assert 0 < reached < 100
    assert call("test", "--mutate", "--min-score", reached).code == 0
    assert call("test", "--mutate", "--min-score", "99.9").code == 4


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"a.wiring.yaml": "document: gone.yaml\nexpect: {unique: true}\n"}, "SW531"),
        ({"a.wiring.yaml": f"name: x\n{SPEC_SET}", "b.wiring.yaml": f"name: x\n{SPEC_SET}"}, "SW532"),
        ({"a.wiring.yaml": "expect: ["}, "SW101"),
    ],
)
def test_spec_sets_that_cannot_stand_are_told(
    call: Any, write: Write, names: dict[str, str], words: str
) -> None:
    for name, text in names.items():
        write(name, text)
    said = call("test")
    assert (said.code, said.out) == (2, "")
    assert words in said.err


def test_wrong_usage_of_test(call: Any) -> None:
    assert call("test").code == 2
    assert call("test", "--min-score", "3").code == 2


def test_patterns_and_folders_are_checked_by_several_processes(call: Any, write: Write) -> None:
    Path("pipes").mkdir()
    rename("[lib.yaml]", "[../lib.yaml]", "churn.yaml")
    for number in range(5):
        write(f"pipes/{number}.yaml", Path("churn.yaml").read_text())
    write("pipes/9.yaml", "nam: x")
    for jobs in ((), ("--jobs", "2")):
        said = call("check", "pipes/**/*.yaml", "--allow", ".", *jobs)
        assert said.code == 2
        assert said.out.splitlines() == [
            f"pipes/{number}.yaml: sound; 3 dependencies bound" for number in range(5)
        ]
        assert "pipes/9.yaml:1:1" in said.err
    assert call("check", "pipes", "--format", "json").code == 2
    assert call("check", "nowhere/*.yaml").code == 2


@pytest.mark.parametrize("command", ["lock", "diff", "impact", "test"])
def test_every_command_has_help_with_an_example(call: Any, command: str) -> None:
    said = call(command, "--help")
    assert said.code == 0
    assert f"stepwire {command} " in said.out
    assert "Example" in said.out
    assert said.err == ""


def test_the_sarif_of_drift_is_sarif(call: Any, churn: Path, check_sarif: Callable[[Any], None]) -> None:
    call("lock", churn)
    rename()
    check_sarif(json.loads(call("lock", "--check", "--format", "sarif").out))


def test_json_problems_have_their_schema(call: Any, churn: Path) -> None:
    schema = Path(__file__).parents[2] / "problems/problems.schema.json"
    call("lock", churn)
    rename()
    printed = json.loads(call("lock", "--check", "--format", "json").out)
    jsonschema.validate(printed, json.loads(schema.read_text()))


def test_a_snapshot_whose_spec_set_is_gone_is_unused(call: Any, write: Write) -> None:
    write("churn.wiring.yaml", "document: churn.yaml\nexpect: {snapshot: true}\n")
    assert call("test", "--snapshot-update").code == 0
    Path("churn.wiring.yaml").rename("other.wiring.yaml")
    assert call("test", "--snapshot-update").code == 0
    assert not Path("__snapshots__/churn.yaml.wiring").exists()
    write("__snapshots__/gone.yaml.wiring/a.json", "{}")
    said = call("test")
    assert said.code == 4
    assert (
        "the tests of this snapshot are gone (remove it, or let --snapshot-update do so) [SW553]" in said.err
    )
