"""What a notebook shows of pipelines and wirings: a picture, and what fails in it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

import stepwire as sw
from stepwire.diagnosis.partial import failing_dependencies, partial_wiring
from stepwire.diagnosis.resolve import wiring_or_report
from stepwire.emitters.pictures.graph import MISSING, to_dot, to_mermaid
from stepwire.emitters.pictures.svg import STYLE
from stepwire.emitters.pictures.unresolved_graph import unresolved_graph
from stepwire.solver.deadline import Deadline
from stepwire.solver.search.search import Search
from stepwire.specs import loads

SOUND = "name: p\nsteps:\n  Load: {spec: DataLoad}\n  Prepare: {spec: TabularPreprocessing}\n"
LACKING = f"{SOUND}  Judge: {{spec: ModelEvaluation}}\n"
CIRCLE = """
name: p
steps:
  A: {kind: Processing, dependencies: {x: {type: any}}, outputs: {a: {type: processing_output}}}
  B: {kind: Processing, dependencies: {y: {type: any}}, outputs: {b: {type: processing_output}}}
pins: {A.x: B.b, B.y: A.a}
"""


def picture(html: str) -> ElementTree.Element:
    """Return the picture that stands first in some HTML."""
    return ElementTree.fromstring(html[: html.index("</svg>") + len("</svg>")])


def classes(svg: ElementTree.Element) -> set[str]:
    return {str(item.get("class")) for item in svg.iter()} - {"None"}


def test_a_wiring_and_its_pipeline_show_the_same_picture() -> None:
    pipeline = loads(SOUND)
    shown, wiring = pipeline._repr_html_(), sw.resolve(pipeline)._repr_html_()
    assert wiring.startswith(shown)
    assert "<pre" in wiring
    assert "Prepare" in "".join(picture(shown).itertext())


def test_a_pipeline_without_a_wiring_shows_how_far_it_goes_and_why_no_further() -> None:
    shown = loads(LACKING)._repr_html_()
    svg = picture(shown)
    assert {"arrow failed", "node missing"} <= classes(svg)
    assert "arrow" in classes(svg)
    assert "missing required dependency" in shown


def test_what_fails_is_marked_in_every_language() -> None:
    search = Search.over(loads(LACKING))
    report = wiring_or_report(search)
    assert not isinstance(report, sw.Wiring)
    graph = unresolved_graph(search, report)
    assert graph is not None
    [missing] = [node for node in graph.nodes if node.kind == MISSING]
    assert missing.label == "model_artifacts"
    assert [(arrow.start, arrow.end) for arrow in graph.arrows if arrow.mark == "failed"] == [
        (missing.id, "Judge")
    ]
    assert '--x|"model"|' in to_mermaid(graph)
    assert "color=red" in to_dot(graph)


def test_of_what_contradicts_itself_the_rest_is_drawn() -> None:
    search = Search.over(loads(CIRCLE))
    report = wiring_or_report(search)
    assert not isinstance(report, sw.Wiring)
    failing = failing_dependencies(report)
    assert list(map(str, failing)) == ["A.x", "B.y"]
    wiring = partial_wiring(search, failing)
    assert wiring is not None
    assert not wiring.bindings
    assert classes(picture(loads(CIRCLE)._repr_html_())) >= {"arrow failed"}


def test_a_document_that_cannot_stand_is_told() -> None:
    broken = loads(SOUND).model_copy(update={"pins": {"Prepare.no": "Load.raw_data"}})
    assert "has no dependency" in broken._repr_html_()


def test_there_is_no_picture_when_time_is_up() -> None:
    search = Search.over(loads(LACKING))
    report = wiring_or_report(search)
    assert not isinstance(report, sw.Wiring)
    late = Search.over(loads(LACKING), timeout=Deadline.after(0))
    late.__dict__["problem"] = search.problem
    assert unresolved_graph(late, report) is None


@pytest.mark.parametrize("ground", ["prefers-color-scheme:dark", "data-jp-theme-light=false", ".vscode-dark"])
def test_a_picture_is_readable_on_dark_ground(ground: str) -> None:
    assert ground in STYLE
    dark = STYLE[STYLE.index(ground) :]
    assert "--paper:#0d1117" in dark[: dark.index("}")]
