"""Whole pipelines of the SDK (v3), as teams write them: sound, taken in whole, and said by documents."""

from __future__ import annotations

import gc
import json
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

import pytest

import stepwire as sw
from stepwire.definitions.check_definition import check_definition
from stepwire.definitions.steps import read_definition
from stepwire.emitters.definition import emit_valid
from stepwire.emitters.offline import offline
from stepwire.specs import loads

pytest.importorskip("sagemaker.mlops", reason="version 3 of the SDK is not here")
teams, common = import_module("tests.programs.teams"), import_module("tests.programs.common")
documents, plain = import_module("tests.programs.team_documents").DOCUMENTS, common.plain
pytestmark = [pytest.mark.filterwarnings(told) for told in common.TOLD_BY_THE_SDK]


@cache
def written(name: str) -> Mapping[str, Any]:
    """The definition that the SDK writes for a program."""
    with offline():
        definition: Mapping[str, Any] = json.loads(teams.pipeline_of(teams.PROGRAMS[name]).definition())
    gc.collect()  # the SDK leaves folders to the collector, which here warns where nobody hears it
    return definition


def by_name(definition: Mapping[str, Any]) -> dict[str, Any]:
    return {step["Name"]: plain(step) for step in json.loads(json.dumps(definition))["Steps"]}


@pytest.mark.parametrize("name", sorted(teams.PROGRAMS))
def test_it_raises_no_alarm_and_comes_in_whole(name: str) -> None:
    definition = written(name)
    assert check_definition(read_definition(definition)) == ()
    assert sw.emit(sw.from_definition(definition, pins=False)).definition == definition


@pytest.mark.parametrize("name", sorted(documents))
def test_a_document_says_the_same(name: str) -> None:
    """But for what the SDK's own programs carry, which no document says."""
    ours = emit_valid(sw.resolve(loads(json.dumps(documents[name]), file="p.json"))).definition
    assert by_name(ours) == by_name(written(name))
    assert plain(list(ours["Parameters"])) == plain(written(name)["Parameters"])
