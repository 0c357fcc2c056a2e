"""A definition that was read, as if a document had been emitted as it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..definitions.check_pipeline import DEFINITION_VERSION
from ..definitions.recognise import DefinitionText
from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Problem
from ..problems.suggestions import shown
from .definition import Emission
from .settings import STAND_IN_SETTINGS


def as_emitted(found: DefinitionText) -> Emission:
    """See a definition as an emission; raises DefinitionError for one of another version.

    Whatever else is wrong with it is told when it is run.
    """
    body = found.definition.body
    if body.get("Version", DEFINITION_VERSION) != DEFINITION_VERSION:
        message = f"pipeline: Version: expected '{DEFINITION_VERSION}', found {shown(body.get('Version'))}"
        problem = Problem(Code.PIPELINE_LIMIT, message, location=("Version",))
        raise DefinitionError(found.placed([problem]))
    return Emission(found.name, body, (), _stand_ins(body))


def _stand_ins(definition: Mapping[str, Any]) -> dict[str, str]:
    """Fill what stands for settings that were not given, as for a document."""
    declared = definition.get("Parameters")
    items = [item for item in declared if isinstance(item, Mapping)] if isinstance(declared, list) else []
    open_ = [item.get("Name") for item in items if "DefaultValue" not in item]
    return {name: value for name, value in STAND_IN_SETTINGS.items() if name in open_}
