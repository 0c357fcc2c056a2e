"""All kinds of evidence for one binding, by name."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from .content_evidence import CONTENT_EVIDENCE
from .evidence_table import EvidenceTable, Piece
from .name_evidence import NAME_EVIDENCE
from .source_list_evidence import LISTED, UNLISTED
from .step_evidence import STEP_EVIDENCE
from .type_evidence import TYPE_EVIDENCE

TABLES: tuple[EvidenceTable[Any, Any], ...] = (
    NAME_EVIDENCE,
    TYPE_EVIDENCE,
    CONTENT_EVIDENCE,
    STEP_EVIDENCE,
)

PIECES: Mapping[str, Piece[Any, Any]] = {
    piece.kind: piece
    for piece in (*chain.from_iterable(row for table in TABLES for row in table.rows), LISTED, UNLISTED)
}
"""Every kind of evidence; the points are set by hand on real pipelines."""

ROW_OF: Mapping[str, str] = {
    piece.kind: row[0].kind for table in TABLES for row in table.rows for piece in row
} | {kind: kind for kind in (LISTED.kind, UNLISTED.kind)}
"""The row that each kind stands in, by its first kind: of a row, one piece counts."""
