"""What bash, zsh and fish are told when somebody presses TAB."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCUMENT = """
name: churn
inputs: {customers: {type: training_data, description: who may leave}}
steps:
  Split:
    kind: Processing
    dependencies: {customers: {type: training_data}}
    outputs: {train: {type: processing_output}, test: {type: processing_output}}
  Fit:
    kind: Training
    dependencies: {train: {type: training_data, description: the channel}}
    outputs: {model: {type: model_artifacts}}
"""
STEPWIRE = Path(sys.executable).with_name("stepwire")


def told(shell: str, *words: str) -> str:
    """What the shell is told for a line whose last word is being typed."""
    line = " ".join(["stepwire", *words])
    asked = {"_STEPWIRE_COMPLETE": f"{shell}_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words))}
    if shell == "fish":
        asked["COMP_CWORD"] = words[-1]
    done = subprocess.run(
        [str(STEPWIRE)], env={**os.environ, **asked}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.fixture(autouse=True)
def document(folder: Path) -> None:
    (folder / "churn.yaml").write_text(DOCUMENT)


@pytest.mark.parametrize(
    ("shell", "expected"),
    [
        ("bash", "plain,Fit.train\n"),
        ("zsh", "plain\nFit.train\nthe channel\n"),
        ("fish", "plain,Fit.train\tthe channel\n"),
    ],
)
def test_dependencies_are_offered_to_every_shell(shell: str, expected: str) -> None:
    assert told(shell, "why", "churn.yaml", "Fi") == expected


def test_all_dependencies_are_offered_then_all_sources() -> None:
    assert told("bash", "why", "churn.yaml", "") == "plain,Fit.train\nplain,Split.customers\n"
    sources = "plain,inputs.customers\nplain,Fit.model\nplain,Split.train\nplain,Split.test\n"
    assert told("bash", "why", "churn.yaml", "Fit.train", "") == sources


def test_inputs_codes_and_commands_are_offered() -> None:
    assert told("bash", "run", "churn.yaml", "--input", "c") == "plain,customers=\n"
    assert told("bash", "explain", "SW20").splitlines()[0] == "plain,SW201"
    assert "plain,why" in told("bash", "w")


@pytest.mark.parametrize("name", ["gone.yaml", "broken.yaml"])
def test_of_a_document_that_cannot_be_read_nothing_is_offered(folder: Path, name: str) -> None:
    (folder / "broken.yaml").write_text("name: [")
    assert told("bash", "why", name, "").strip() == ""


# How each shell is asked what it would offer after `stepwire why churn.yaml Fit.train S`.
ASKED = {
    "bash": """
        eval "$(_STEPWIRE_COMPLETE=bash_source stepwire)"
        COMP_WORDS=(stepwire why churn.yaml Fit.train S); COMP_CWORD=4; _stepwire_completion stepwire
        printf "%s\\n" "${COMPREPLY[@]}"
    """,
    "zsh": """
        compdef() { : }
        _describe() { print -l -- "${(@P)3%%:*}" }
        compadd() { while [[ $1 == -* ]]; do shift; [[ $1 == unsorted ]] && shift; done; print -l -- ${(P)1} }
        eval "$(_STEPWIRE_COMPLETE=zsh_source stepwire)"
        words=(stepwire why churn.yaml Fit.train S); CURRENT=5; _stepwire_completion
    """,
    "fish": """
        _STEPWIRE_COMPLETE=fish_source stepwire | source
        complete -C "stepwire why churn.yaml Fit.train S"
    """,
}


@pytest.mark.parametrize("shell", ASKED)
def test_each_shell_completes_a_line_itself(shell: str) -> None:
    """The script that the README names is taken, and asked as the shell asks it."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not there")
    quiet = {"bash": ("--norc",), "zsh": ("-f",), "fish": ("--no-config",)}[shell]
    path = f"{STEPWIRE.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [shell, *quiet, "-c", ASKED[shell]],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    offered = [line.split("\t")[0] for line in done.stdout.split("\n") if line]
    assert sorted(offered) == ["Split.test", "Split.train"], done.stderr
