"""Writes a document's data as text in many styles, with comments sprinkled."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Writer:
    """Writes YAML as people do: styles mixed, comments, empty lines, quotes, anchors and merges."""

    rng: random.Random
    aliases: bool
    comments: int = 0
    named: int = 0
    anchors: dict[str, str] = field(default_factory=dict)

    def document(self, data: dict[str, Any]) -> str:
        """Write a whole document."""
        rng = self.rng
        lines = self.flow_lines(data, 0) if rng.random() < 0.15 else self.mapping(data, 0)
        lines = [*(["# head"] if rng.random() < 0.3 else []), *lines]
        lines += ["# tail"] if rng.random() < 0.3 else []
        text = "\n".join(lines) + ("\n" if rng.random() < 0.8 else "")
        if rng.random() < 0.2:
            text = text.replace("\n", "\r\n")
        return ("\ufeff" if rng.random() < 0.1 else "") + text

    def comment(self) -> str:
        """Write a comment that is like no other."""
        self.comments += 1
        return f"# c{self.comments}: [x, {{"

    def mapping(self, data: dict[str, Any], indent: int) -> list[str]:
        """Write a mapping in block style."""
        lines: list[str] = []
        apart = self.rng.random() < 0.2
        items = dict(data)
        base = self.merge(items)
        for key, value in [*([("<<", base)] if base else []), *items.items()]:
            if lines and apart:
                lines.append("")
            if self.rng.random() < 0.15:
                lines.append(" " * indent + self.comment())
            head = "<<" if key == "<<" else self.key(key)
            if self.rng.random() < 0.02 and key != "<<":
                head = f"? {head}\n{' ' * indent}"
            lines += self.value(f"{' ' * indent}{head}:", value, indent)
        return lines

    def merge(self, items: dict[str, Any]) -> Any:
        """Take the items that an anchor has out, and return the alias of it."""
        for known, name in self.anchors.items() if self.aliases and self.rng.random() < 0.4 else ():
            base = json.loads(known)
            if (
                isinstance(base, dict)
                and base
                and all(key in items and items[key] == base[key] for key in base)
            ):
                for key in base:
                    del items[key]
                return Alias(name)
        return None

    def value(self, head: str, value: Any, indent: int) -> list[str]:
        """Write a value behind its key or dash, with an anchor at times, or as an alias."""
        known = json.dumps(value)
        anchor = alias = ""
        if isinstance(value, Alias):
            alias = value.text
        elif self.aliases and known in self.anchors:
            alias = f"*{self.anchors[known]}" if self.rng.random() < 0.7 else ""
        elif self.aliases and self.rng.random() < 0.4:
            self.named += 1
            anchor = f" &a{self.named}"
        lines = self.anchored(head, value, indent, anchor, alias)
        if anchor and any(anchor in line for line in lines):
            self.anchors[known] = anchor.strip(" &")
        return lines

    def anchored(self, head: str, value: Any, indent: int, anchor: str, alias: str) -> list[str]:
        """Write a value behind its key or dash."""
        eol = f"  {self.comment()}" if self.rng.random() < 0.15 else ""
        inline = alias or self.inline(value)
        dashed = head.endswith("-")
        if isinstance(value, dict | list) and value and not alias and self.rng.random() < 0.65:
            deeper = indent + (2 if dashed else self.rng.choice([2, 2, 2, 4]))
            note = [" " * deeper + self.comment()] if self.rng.random() < 0.1 else []
            if self.rng.random() < 0.12:
                first, *rest = self.flow_lines(value, indent + 2)
                lines = [f"{head}{anchor} {first}", *rest]
                return [*lines[:-1], lines[-1] + eol]
            if isinstance(value, list) and not dashed and self.rng.random() < 0.4:
                deeper = indent
                note = []
            lines = self.mapping(value, deeper) if isinstance(value, dict) else self.sequence(value, deeper)
            compact = dashed and not anchor and not eol and not note and not lines[0].lstrip().startswith("#")
            if compact and self.rng.random() < 0.8:
                return [f"{head} {lines[0].lstrip()}", *lines[1:]]
            return [f"{head}{anchor}{eol}", *note, *lines]
        if isinstance(value, str) and not alias and self.rng.random() < 0.05:
            return [f"{head}{eol}", " " * (indent + 2) + inline]
        block = isinstance(value, str) and value.isalnum() and not alias and not anchor
        if block and self.rng.random() < 0.05 and not eol:
            return [f"{head} |-", " " * (indent + 2) + value]
        return [f"{head}{anchor} {inline}{eol}"]

    def sequence(self, data: list[Any], indent: int) -> list[str]:
        """Write a list in block style."""
        lines: list[str] = []
        for item in data:
            if self.rng.random() < 0.1:
                lines.append(" " * indent + self.comment())
            lines += self.value(f"{' ' * indent}-", item, indent)
        return lines

    def flow_lines(self, value: Any, indent: int) -> list[str]:
        """Write a collection in flow style, an entry a line, mostly."""
        rng = self.rng
        is_mapping = isinstance(value, dict)
        trailing = rng.random() < 0.3
        lines = ["{" if is_mapping else "["]
        items = list(value.items()) if is_mapping else [("", item) for item in value]
        for number, (key, item) in enumerate(items, 1):
            comma = "," if number < len(items) or trailing else ""
            head = f"{self.key(key, flow=True)}: " if is_mapping else ""
            if rng.random() < 0.15:
                lines.append(" " * (indent + 2) + self.comment())
            if isinstance(item, dict | list) and item and rng.random() < 0.3:
                first, *rest = self.flow_lines(item, indent + 2)
                lines += [" " * (indent + 2) + head + first, *rest]
                lines[-1] += comma
            elif rng.random() < 0.2 and number > 1 and "#" not in lines[-1]:
                lines[-1] += f" {head}{self.inline(item)}{comma}"
            else:
                lines.append(f"{' ' * (indent + 2)}{head}{self.inline(item)}{comma}")
            if rng.random() < 0.15:
                lines[-1] += f" {self.comment()}"
        close = "}" if is_mapping else "]"
        if rng.random() < 0.2 and "#" not in lines[-1]:
            return [*lines[:-1], lines[-1] + " " + close]
        return [*lines, " " * indent + close]

    def key(self, key: str, *, flow: bool = False) -> str:
        """Write a key, quoted at times."""
        plain = key.replace(".", "").isalnum() and not key[0].isdigit() and key not in ("true", "null")
        return key if plain and self.rng.random() < 0.9 else json.dumps(key)

    def inline(self, value: Any) -> str:
        """Write a value on one line."""
        rng = self.rng
        if isinstance(value, Alias):
            return value.text
        if isinstance(value, dict):
            pad = rng.choice(["", "", " "])
            return f"{{{pad}{', '.join(f'{self.key(k)}: {self.inline(v)}' for k, v in value.items())}{pad}}}"
        if isinstance(value, list):
            return f"[{', '.join(map(self.inline, value))}]"
        if isinstance(value, str):
            plain = value.replace("_", "").replace(".", "").isalnum() and value[0].isalpha()
            if plain and value not in ("true", "null", "false") and rng.random() < 0.85:
                return value
            return (
                f"'{value}'"
                if "'" not in value and rng.random() < 0.5 and value.isprintable()
                else json.dumps(value)
            )
        return json.dumps(value)


class Alias(str):
    """The name of an anchor, in the place of the value that it stands for."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """How it is written."""
        return f"*{self}"


def json_text(data: dict[str, Any], rng: random.Random) -> str:
    """Write a document as JSON, on one line or indented."""
    indent: Any = rng.choice([None, None, 1, 2, 4, "\t"])
    separators = (",", ":") if indent is None and rng.random() < 0.5 else None
    text = json.dumps(data, indent=indent, separators=separators, ensure_ascii=rng.random() < 0.5)
    return text + rng.choice(["", "\n"])
