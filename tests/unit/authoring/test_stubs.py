"""Typed classes of steps: what is written for a library, and that type checkers hold wirings to it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from random import Random

import pytest

from stepwire.authoring.stubs import SHIPPED, attribute_names, class_name, of_file, of_python, to_stubs
from stepwire.specs import LIBRARY, DependencySpec, OutputSpec, StepSpecification, TypeLattice, travels

ROOT = Path(__file__).parents[3]
OWN = """
types: {feature_rows: {is: [processing_output]}}
specs:
  my-step:
    kind: Processing
    dependencies:
      "class": {type: feature_rows, description: 'says "so"'}
      in.put: {type: training_data, required: false}
      text: {type: custom_property, data_type: String, description: NEED}
    outputs: {"1st": {type: feature_rows}, step: {type: evaluation_report}}
""".replace("NEED", "words of a need " * 8)


def test_the_shipped_module_is_what_the_library_says() -> None:
    """Written anew by `stepwire stubs -o authoring/shipped.py`."""
    assert (ROOT / "authoring" / "shipped.py").read_text("utf-8") == to_stubs(LIBRARY, SHIPPED)


def test_the_order_of_specifications_does_not_matter() -> None:
    backwards = dict(reversed(list(LIBRARY.items())))
    assert to_stubs(backwards, SHIPPED) == to_stubs(LIBRARY, SHIPPED)


@pytest.mark.parametrize(
    ("name", "written"),
    [("my-step", "MyStep"), ("XGBoostTraining", "XGBoostTraining"), ("2nd", "_2nd"), ("é", "Unnamed")],
)
def test_names_of_classes(name: str, written: str) -> None:
    assert class_name(name) == written


def test_names_of_attributes_are_python_and_differ() -> None:
    names = attribute_names(["a.b", "a-b", "class", "1st", "spec", "é"], taken=["spec"])
    assert list(names.values()) == ["a_b", "a_b_2", "_class", "_1st", "spec_2", "é"]


def test_the_module_of_a_spec_file_is_formatted_and_works(tmp_path: Path) -> None:
    """It is as ruff leaves it, a strict type checker accepts it, and its pins are those of the document."""
    (tmp_path / "own.yaml").write_text(OWN)
    done = command(tmp_path, "stubs", "own.yaml", "-o", "steps.py")
    assert done.returncode == 0, done.stderr
    for check in (
        ["check", "--select", "E,F,I,W", "--line-length", "110"],
        ["format", "--check", "--line-length", "110"],
    ):
        ruff = [
            sys.executable,
            "-m",
            "ruff",
            *check,
            "--config",
            'lint.isort.known-first-party=["stepwire"]',
            "--isolated",
        ]
        assert (
            subprocess.run([*ruff, str(tmp_path / "steps.py")], capture_output=True, check=False).returncode
            == 0
        )
    program = "m = MyStep('m')\nn = MyStep('n').takes(_class=m.outputs._1st)\nprint(n.pins['class'].source)\n"
    (tmp_path / "use.py").write_text(f"from steps import MyStep\n{program}")
    ran = subprocess.run(
        [sys.executable, "use.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.stdout == "m.1st\n", ran.stderr


def test_the_check_tells_when_the_library_has_moved_on(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN)
    command(tmp_path, "stubs", "own.yaml", "-o", "steps.py")
    assert command(tmp_path, "stubs", "own.yaml", "-o", "steps.py", "--check").returncode == 0
    (tmp_path / "own.yaml").write_text(OWN.replace("evaluation_report", "model_artifacts"))
    moved = command(tmp_path, "stubs", "own.yaml", "-o", "steps.py", "--check")
    assert moved.returncode == 4
    assert "+    def step_2(self) -> Output[ModelArtifacts, S3Uri]:" in moved.stdout


def test_a_module_of_python_imports_its_specifications() -> None:
    text = to_stubs({"F": StepSpecification(kind="Fail")}, of_python("mine:SPECS"))
    assert 'SPECS = import_specs("mine:SPECS")' in text
    assert "from stepwire.specs.from_python import import_specs" in text


def test_types_of_a_library_are_seen_as_those_above_them() -> None:
    spec = StepSpecification(kind="Processing", outputs=[OutputSpec(logical_name="o", output_type="rows")])
    lattice = TypeLattice({"rows": ("processing_output",), "odd": ()})
    assert "Output[ProcessingOutput, S3Uri]" in to_stubs({"S": spec}, of_file("x.yaml"), lattice)


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stepwire", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def pairs() -> Iterator[tuple[str, DependencySpec, str, OutputSpec]]:
    """Every dependency of the library with every output."""
    for taker, giver in product(sorted(LIBRARY), repeat=2):
        for dependency, output in product(
            LIBRARY[taker].dependencies.values(), LIBRARY[giver].outputs.values()
        ):
            yield taker, dependency, giver, output


def is_right(dependency: DependencySpec, output: OutputSpec) -> bool:
    """Tell what the rules `type` and `data-type` say."""
    typed = TypeLattice().match(dependency.dependency_type, output.output_type)
    return typed is not None and travels(dependency.data_type, output.data_type)


def statement(taker: str, dependency: DependencySpec, giver: str, output: OutputSpec) -> str:
    [keyword] = attribute_names([dependency.logical_name]).values()
    [attribute] = attribute_names([output.logical_name]).values()
    return f's.{taker}("t").takes({keyword}=s.{giver}("g").outputs.{attribute})'


def lines_of_mypy(program: Path) -> set[int]:
    """Return the lines with errors, by the project's own strict settings, whose cache is there."""
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary", str(program)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not checked.stderr
    return {int(line.split(":")[1]) for line in checked.stdout.splitlines() if ": error:" in line}


def lines_of_pyright(program: Path) -> set[int]:
    """Return the lines with errors, as a strict editor would underline them."""
    pyright = Path(sys.executable).with_name("basedpyright")
    if not pyright.exists():
        pytest.skip("basedpyright is not installed")
    settings = {
        "typeCheckingMode": "strict",
        "extraPaths": [str(ROOT / ".typing")],
        "include": [program.name],
    }
    (program.parent / "pyrightconfig.json").write_text(json.dumps(settings))
    checked = subprocess.run(
        [pyright, "--outputjson"], cwd=program.parent, capture_output=True, text=True, check=False
    )
    found = json.loads(checked.stdout)["generalDiagnostics"]
    return {item["range"]["start"]["line"] + 1 for item in found if item["severity"] == "error"}


@pytest.mark.parametrize("errors", [lines_of_mypy, lines_of_pyright])
def test_wrong_wirings_are_type_errors_and_right_ones_are_none(
    errors: Callable[[Path], set[int]], tmp_path: Path
) -> None:
    """A thousand wirings of the shipped library, drawn at random, each on a line of a program."""
    known = list(pairs())
    drawn = Random(0).choices([it for it in known if not is_right(it[1], it[3])], k=1000)
    drawn += Random(1).choices([it for it in known if is_right(it[1], it[3])], k=1000)
    lines = ["import stepwire.authoring.shipped as s", *(statement(*item) for item in drawn)]
    program = tmp_path / "program.py"
    program.write_text("\n".join(lines) + "\n")
    assert errors(program) == set(range(2, 1002))
