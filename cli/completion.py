"""What a shell offers after TAB: the ports and inputs of the document that the line names, and codes.

A line is completed while it is being typed: of a document that cannot be read, nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click
from click.shell_completion import CompletionItem

from ..importers.loading import load_pipeline
from ..problems.codes import Code
from ..problems.errors import StepwireError
from ..specs import INPUTS, PipelineSpec


def complete_dependencies(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer the dependencies of the document, each with its type."""
    pipeline = _document(context)
    ports = (
        (f"{name}.{port}", spec.description or f"{spec.dependency_type}, {spec.data_type}")
        for name, step in sorted(pipeline.steps.items() if pipeline else ())
        for port, spec in step.spec.dependencies.items()
    )
    return _offered(ports, typed)


def complete_sources(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer the outputs and the inputs of the document, each with its type."""
    pipeline = _document(context)
    return _offered(_sources(pipeline) if pipeline else (), typed)


def complete_input_names(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer the inputs of the document, as `NAME=`."""
    pipeline = _document(context)
    given = pipeline.inputs.items() if pipeline else ()
    return _offered(((f"{name}=", spec.description or spec.input_type) for name, spec in given), typed)


def complete_subjects(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    """Offer codes where one is being typed, else files."""
    if typed.upper().startswith("SW"):
        return _offered(((str(code), code.meaning) for code in Code), typed.upper())
    return [CompletionItem(typed, type="file")]


def _sources(pipeline: PipelineSpec) -> Iterator[tuple[str, str]]:
    for name, given in sorted(pipeline.inputs.items()):
        yield f"{INPUTS}.{name}", given.description or given.input_type
    for name, step in sorted(pipeline.steps.items()):
        for port, spec in step.spec.outputs.items():
            yield f"{name}.{port}", spec.description or f"{spec.output_type}, {spec.data_type}"


def _offered(items: Iterable[tuple[str, str]], typed: str) -> list[CompletionItem]:
    return [CompletionItem(name, help=help_) for name, help_ in items if name.startswith(typed)]


def _document(context: click.Context) -> PipelineSpec | None:
    # After an option that waits for its value, click has sorted no words into parameters yet.
    path = context.params.get("document") or next(iter(context.args), None)
    try:
        return load_pipeline(path) if path else None
    except StepwireError:
        return None
