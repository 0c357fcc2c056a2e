"""The reference of documents in Markdown, made from what is known of their keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..specs.keys import DEPENDENCY, DOCUMENT_KEYS, INPUT, OUTPUT, STEP, DocumentKey

_SECTIONS: Mapping[str, tuple[str, Mapping[str, DocumentKey]]] = {
    "The document": ("", DOCUMENT_KEYS),
    "A step": ("steps: {NAME: {…}}", STEP),
    "A dependency": ("dependencies: {NAME: {…}}", DEPENDENCY),
    "An output": ("outputs: {NAME: {…}}", OUTPUT),
    "An input": ("inputs: {NAME: {…}}", INPUT),
}


def document_reference() -> str:
    """Write the reference of the format in Markdown: every key, with an example."""
    return "\n".join(_reference()) + "\n"


def _reference() -> Iterator[str]:
    yield "# Documents"
    yield ""
    yield "A pipeline document is YAML (1.2) or JSON. Unknown keys are errors; all problems are told at once."
    yield "`stepwire init` writes a first one, with `--from inputs.raw_data --to registered-model` one"
    yield "of library steps that lead there; `stepwire schema` writes the JSON Schema. An editor"
    yield "with a YAML language server uses it once the first line of the document says where it is:"
    yield ""
    yield "```yaml"
    yield "# yaml-language-server: $schema=stepwire.schema.json"
    yield "```"
    yield ""
    yield "This page is made from what reads documents; `stepwire schema --format markdown` writes it."
    for title, (where, keys) in _SECTIONS.items():
        yield from ("", f"## {title}", "")
        if where:
            yield from (f"Under `{where}`.", "")
        yield from ("| key | what it says | example |", "| --- | --- | --- |")
        for name, key in keys.items():
            yield f"| `{name}` | {key.meaning} | `{key.example}` |"
    yield from ("", "## References", "", *_REFERENCES)


_REFERENCES = (
    "In `request`, `env` and `arguments` a value may be a reference in SageMaker's words:",
    "",
    "| reference | what it is |",
    "| --- | --- |",
    "| `{Get: Parameters.NAME}` | an input |",
    "| `{Get: Execution.PipelineExecutionId}` | a variable of the execution |",
    "| `{Get: Steps.NAME.PATH}` | a property of another step, which so runs earlier |",
    "| `{Std:Join: {On: /, Values: [...]}}` | a text put together of others |",
    "| `{Std:JsonGet: {PropertyFile: {Get: Steps.NAME.PropertyFiles.FILE}, Path: a.b}}` | one in a file |",
    "",
    "They count as uses and as edges, as what the solver wires does; a number reaches a text through a Join.",
)
