"""Turns the difference between a text's nodes and an edited tree into splices of the text."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from ..text.entries import BlockEntries, Fate, FlowEntries, Pairs, Splices
from ..text.nodes import TextNode, line_start
from ..text.style import style_of
from .edit import EditTree


def spliced(text: str, root: TextNode, tree: EditTree) -> str:
    """Return the text with what makes `root`, its node, equal to `tree`, which was planted from it."""
    ended = bool(text) and line_start(text, len(text)) == len(text)
    style = style_of(text, root)
    # With a line break at its end every line is like the others; it is taken away again below.
    splices = Splices(text if ended else text + style.line_break, style)
    _Walk(splices, _lost(root, tree)).container(root, tree)
    result = splices.result()
    return result if ended else result.removesuffix(style.line_break)


def _lost(root: TextNode, tree: EditTree) -> Set[int]:
    """Return the anchored nodes that do not stay as they are."""
    anchored = {id(node) for node in _below(root) if node.anchored}
    return anchored - set(map(id, _standing(root, tree))) if anchored else anchored


def _below(node: TextNode) -> Iterator[TextNode]:
    yield node
    for entry in node.entries:
        yield from _below(entry.value)


def _standing(node: TextNode, tree: EditTree | None) -> Iterator[TextNode]:
    """Yield the nodes whose text and value stay as they are."""
    if tree is None or tree.origin is not node:
        return
    if not tree.touched:
        yield from _below(node)
        return
    for entry in node.entries:
        if not entry.merges:
            yield from _standing(entry.value, tree.entries.get(entry.key))


@dataclass(frozen=True)
class _Walk:
    """Goes through nodes and tree. `lost` are anchored nodes that change: aliases of them are written out."""

    splices: Splices
    lost: Set[int]

    def container(self, node: TextNode, tree: EditTree) -> None:
        fates, new = self._fates(node, tree)
        for entry, fate in zip(node.entries, fates, strict=True):
            if fate is None and not entry.merges and entry.value.entries:
                self.container(entry.value, tree.entries[entry.key])
        write = FlowEntries if node.flow else BlockEntries
        write(self.splices, node, fates, new).splice_all()

    def _fates(self, node: TextNode, tree: EditTree) -> tuple[list[Fate], Pairs]:
        """Return what becomes of each entry, and what is new."""
        kept = {
            key: inner for key, inner in node.merged.items() if _is_as_planted(inner, tree.entries.get(key))
        }
        spread = self._is_spread(node, tree)
        fates: list[Fate] = []
        for entry in node.entries:
            if entry.merges:
                fates.append({key: inner.data() for key, inner in kept.items()} if spread else None)
                kept = {} if spread else kept
            elif (child := tree.entries.get(entry.key)) is None:
                fates.append({})
            elif child.origin is not entry.value or self._is_rewritten(entry.value, child):
                fates.append({entry.key: child.data()})
            else:
                fates.append(None)
        own = {entry.key for entry in node.entries if not entry.merges}
        stay = own | {
            key for key, inner in node.merged.items() if _is_as_planted(inner, tree.entries.get(key))
        }
        new: Pairs = {key: child.data() for key, child in tree.entries.items() if key not in stay}  # type: ignore[misc]
        if node.form is dict and {} in fates and new:
            fates[fates.index({})], new = new, {}
        return fates, new

    def _is_spread(self, node: TextNode, tree: EditTree) -> bool:
        """Tell whether what a mapping merges must be written out."""
        if any(key not in tree.entries for key in node.merged):
            return True
        sources = [part for entry in node.entries if entry.merges for part in _below(entry.value)]
        return any(id(part.target) in self.lost for part in sources)

    def _is_rewritten(self, node: TextNode, tree: EditTree) -> bool:
        """Tell whether a value that is still there is written anew as a whole."""
        if node.target:
            return tree.touched or id(node.target) in self.lost
        if not tree.touched:
            return False
        has_no_brackets = node.flow and self.splices.text[node.end - 1] not in "]}"
        left = (
            tree.entries if node.form is dict else {entry.key for entry in node.entries} & tree.entries.keys()
        )
        return has_no_brackets or not (node.entries and left)


def _is_as_planted(node: TextNode, tree: EditTree | None) -> bool:
    return tree is not None and tree.origin is node and not tree.touched
