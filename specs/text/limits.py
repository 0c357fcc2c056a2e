"""How large what is read may be, and how deep."""

from __future__ import annotations

MAX_FILE_BYTES = 4 * 2**20
"""No document, spec file, definition or lock is larger."""

MAX_DOCUMENT_DEPTH = 40
"""Levels of nesting that a document may have."""

MAX_VALUES = 500_000
"""Values that one text may hold, those that aliases stand for included."""

MAX_ALIAS_VALUES = 20_000
"""Values that all aliases of a text together may stand for."""
