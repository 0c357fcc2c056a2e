"""Completes the request of a Job step: CreateJob."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ...specs.expressions import is_expression
from ..assets import Asset
from .common import Request, RequestContext, add_tags


def complete_job(job: RequestContext, request: Request) -> list[Asset]:
    """Write the job's document as the text that CreateJob wants, and fill in its role."""
    request.setdefault("RoleArn", job.settings["role"])
    document = request.get("JobConfigDocument")
    if isinstance(document, Mapping) and not is_expression(document):
        request["JobConfigDocument"] = to_text_with_references(document)
    add_tags(job, request)
    return []


def to_text_with_references(document: Any) -> Any:
    """Write a JSON value as a text: a Join of its pieces and the references between them, if it has any."""
    pieces: list[Any] = []
    for piece in _pieces(document):
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    if len(pieces) == 1 and isinstance(pieces[0], str):
        return pieces[0]
    return {"Std:Join": {"On": "", "Values": pieces}}


def _pieces(value: Any) -> Iterator[Any]:
    if is_expression(value):
        yield from ('"', value, '"')
    elif isinstance(value, Mapping):
        yield "{"
        for number, (key, item) in enumerate(value.items()):
            yield (", " if number else "") + json.dumps(key) + ": "
            yield from _pieces(item)
        yield "}"
    elif isinstance(value, list | tuple):
        yield "["
        for number, item in enumerate(value):
            yield ", " if number else ""
            yield from _pieces(item)
        yield "]"
    else:
        yield json.dumps(value, ensure_ascii=False)
