"""Makes a text safe to show: what a terminal would obey, or could not write, stands there as an escape."""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, escape sequences among them; line ends and tabs stay
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # change the direction of what follows
    "\u2028\u2029\ufeff\ud800-\udfff]"  # line ends that few know, and halves of characters
)
_COMMAND = re.compile(r"^(\s*)::|##\[", re.MULTILINE)
_PLAIN = str.maketrans({"→": "->", "≥": ">=", "≤": "<=", "✓": "+", "✗": "x", "…": "...", "·": "-"})
"""Signs of our own texts, and what says the same in ASCII."""


def printable(text: str) -> str:
    r"""Write control characters, lone surrogates and changes of direction as JSON does: `\u001b`."""
    return _UNSAFE.sub(lambda found: _escape(found.group()), text)


def harmless(text: str) -> str:
    """Write what GitHub Actions would obey in a log, `::error::` or `##[…]`, so that it is only read."""
    return _COMMAND.sub(lambda found: f"{found[1] or ''}: :" if found[1] is not None else "## [", text)


def encodable(text: str, encoding: str, *, exact: bool = False) -> str:
    r"""Write what an encoding does not have as JSON does: `\u2192`.

    Unless the text must stay `exact`, our own signs become plain ones that say the same.
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        known = text if exact else text.translate(_PLAIN)
        return "".join(sign if _has(encoding, sign) else _escape(sign) for sign in known)
    return text


def _has(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _escape(sign: str) -> str:
    number = ord(sign)
    if number < 0x10000:
        return f"\\u{number:04x}"
    high, low = divmod(number - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
