"""A pipeline says the same as a document and as a program: YAML to Python to YAML."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from stepwire.authoring.fluent import Pipeline
from stepwire.specs import loads
from stepwire.specs.write import pipeline_data


def test_documents_and_programs_say_the_same(larger: st.SearchStrategy[Any]) -> None:
    @settings(max_examples=40, deadline=None)
    @given(larger)
    def check(pipeline: Any) -> None:
        document = json.dumps(pipeline_data(pipeline))
        read = loads(document, file="p.json")
        written = pipeline_data(Pipeline.of(read).spec)
        assert written == pipeline_data(read)
        assert loads(json.dumps(written), file="p.json") == read

    check()
