"""What `import stepwire` costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp
import networkx as nx
import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "xgboost" / "pipeline.yaml"
HEAVY = {"boto3", "botocore", "clingo", "rich", "sagemaker"}

ELSEWHERE = (
    "stepwire.authoring",
    "stepwire.comparison",
    "stepwire.deployment",
    "stepwire.diagnosis.explain",
    "stepwire.diagnosis.repairs",
    "stepwire.diagnosis.report",
    "stepwire.emitters.pictures",
    "stepwire.importers.from_definition",
    "stepwire.problems.sarif",
    "stepwire.runtime",
    "stepwire.solver.conflicts",
    "stepwire.solver.engines.clingo",
    "stepwire.specs.edits",
    "stepwire.specs.schema",
    "stepwire.specsets",
)
"""Rooms and modules that a pipeline which can be wired has no need of."""


def loaded_by(*arguments: str) -> set[str]:
    """Name the modules that a command loads."""
    code = (
        "import atexit, sys; from stepwire.__main__ import start;"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
        f"sys.argv = ['stepwire', *{arguments}]; start()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_import_stepwire_loads_nothing_heavy() -> None:
    """A program that imports stepwire pays for no cloud library, no solver core and no terminal library."""
    code = (
        "import sys; from stepwire import *; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "stepwire" in loaded
    assert not loaded & HEAVY


@pytest.mark.parametrize("asked", ["--help", "--version"])
def test_the_help_loads_nothing_of_what_commands_do(asked: str) -> None:
    """Nor does completing the name of a command."""
    loaded = loaded_by(asked)
    assert not {name for name in loaded if name.startswith(("stepwire.specs", "stepwire.solver", "pydantic"))}
    assert not {name.partition(".")[0] for name in loaded} & {*HEAVY, "networkx", "yaml"}


@pytest.mark.parametrize("command", ["check", "solve"])
def test_the_usual_road_loads_no_library_that_it_does_not_need(command: str) -> None:
    """A pipeline of usual size is wired without networkx, clingo, the SDK and what talks to AWS."""
    modules = loaded_by(command, str(EXAMPLE))
    loaded = {name.partition(".")[0] for name in modules}
    assert "stepwire" in loaded
    assert not loaded & {"networkx", "clingo", "boto3", "botocore", "sagemaker", "numpy"}
    assert command == "solve" or not loaded & HEAVY
    assert not {name for name in modules if name.startswith(ELSEWHERE)}


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Neither when they are loaded, nor within functions, nor for type hints."""
    graph = grimp.build_graph("stepwire", exclude_type_checking_imports=False, cache_dir=None)
    imports = nx.DiGraph(
        (name, other) for name in graph.modules for other in graph.find_modules_directly_imported_by(name)
    )
    circles = [sorted(circle) for circle in nx.strongly_connected_components(imports) if len(circle) > 1]
    assert circles == []
