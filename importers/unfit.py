"""What keeps a definition from becoming a document."""

from __future__ import annotations

from collections.abc import Iterator

from ..definitions.check_order import check_sides
from ..definitions.check_pipeline import DEFINITION_VERSION
from ..definitions.check_references import check_cycles
from ..definitions.recognise import DefinitionText
from ..definitions.steps import Definition
from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Problem
from ..problems.suggestions import shown


def find_unfit(definition: Definition) -> Iterator[Problem]:
    """Find why no document can say what a definition does: another version, steps of one name."""
    version = definition.body.get("Version")
    if version != DEFINITION_VERSION:
        message = f"pipeline: Version: expected '{DEFINITION_VERSION}', found {shown(version)}"
        yield Problem(Code.PIPELINE_LIMIT, message, location=("Version",))
    seen: set[str] = set()
    for step in definition.steps:
        if step.name in seen:
            message = f"step '{step.name}': another step has this name, so nothing can tell them apart"
            where = (*step.location, "Name")
            yield Problem(Code.STEP_NAME, message, hint="rename one", location=where)
        seen.add(step.name)


def refuse_what_never_runs(found: DefinitionText) -> None:
    """Raise DefinitionError for steps in a circle, or that need both sides of a condition.

    The document would say the same, and so have no wiring; here the problem is told where it stands.
    """
    problems = (*check_cycles(found.definition), *check_sides(found.definition))
    if problems:
        raise DefinitionError(found.placed(problems))
