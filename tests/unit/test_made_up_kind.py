"""The template of CONTRIBUTING adds a kind of step that is checked, emitted, and refused by the runner."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import stepwire

ROOT = Path(stepwire.__file__).parent
ROOMS = [
    "authoring",
    "comparison",
    "definitions",
    "deployment",
    "diagnosis",
    "emitters",
    "importers",
    "problems",
    "runtime",
    "solver",
    "specs",
    "specsets",
]
BLOCK = re.compile(r"^```python\n# (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LISTS = {
    "specs/kinds/catalogue.py": ("from .my_kind import MY_KIND\n", "    CLEANUP,\n", "    MY_KIND,\n"),
    "emitters/requests/kinds.py": (
        "from ...specs.kinds.my_kind import MY_KIND\nfrom .my_kind import complete_my_kind\n",
        "    CLEANUP.name: complete_cleanup,\n",
        "    MY_KIND.name: complete_my_kind,\n",
    ),
}
PROGRAM = """
import stepwire as sw
from stepwire.emitters.definition import emit
from stepwire.errors import DefinitionError
from stepwire.runtime.plan import make_plan
from stepwire.specs import loads

text = '''
name: p
inputs: {question: {type: any, data_type: String, default: why}}
steps: {Ask: {kind: MyKind, dependencies: {question: {type: any, data_type: String}}}}
'''
wiring = sw.resolve(loads(text))
(step,) = emit(wiring).definition["Steps"]
assert step == {
    "Name": "Ask",
    "Type": "MyKind",
    "Arguments": {"Mode": "fast", "Question": {"Get": "Parameters.question"}},
}, step
try:
    make_plan(emit(wiring).definition)
except DefinitionError as error:
    print(error)
"""


def test_a_kind_that_is_made_up_is_emitted_and_refused_by_the_runner(tmp_path: Path) -> None:
    tree = tmp_path / "stepwire"
    tree.mkdir()
    for path in ROOT.glob("*.py"):
        shutil.copy(path, tree)
    for room in ROOMS:
        if (ROOT / room).is_dir():
            shutil.copytree(ROOT / room, tree / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text()):
        (tree / name).write_text(text)
    for name, (imports, after, line) in LISTS.items():
        text = (tree / name).read_text()
        assert after in text
        text = text.replace(after, after + line, 1).replace("\n_KINDS = (", f"\n{imports}\n_KINDS = (", 1)
        (tree / name).write_text(text.replace("\nCOMPLETIONS: ", f"\n{imports}\nCOMPLETIONS: ", 1))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "step 'Ask'" in done.stdout
    assert "MyKind" in done.stdout
