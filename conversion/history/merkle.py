"""The Merkle tree of RFC 6962 §2.1 (RFC 9162 §2.1): roots, growth, proofs and their checks.

Nodes are addressed as (level, index): level 0 holds the leaf hashes, and node (l, i) covers the
leaves i·2^l up to (i+1)·2^l. Only nodes whose leaves all exist are ever stored; the ragged right
edge is folded from them when it is needed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import zip_longest
from typing import Self, TypeAlias

from conversion.errors import HistoryBroken

HASH_BYTES = 32
_SIZE_BYTES = 8
EMPTY_ROOT = sha256(b"").digest()

Node: TypeAlias = tuple[int, int, bytes]
"""Level, index, hash of a complete subtree."""

NodeLookup: TypeAlias = Callable[[int, int], bytes]
"""Level and index → hash of a stored node."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf; the prefix keeps leaves and nodes apart (second preimages)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbouring subtrees."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes, computed from scratch: the check on every shorter way."""
    level = list(leaves)
    while len(level) > 1:
        pairs = zip_longest(level[::2], level[1::2])
        level = [left if right is None else node_hash(left, right) for left, right in pairs]
    return level[0] if level else EMPTY_ROOT


@dataclass(slots=True)
class Frontier:
    """The right edge of a growing tree: all that appending needs.

    Attributes:
        size: leaves so far.
        edge: roots of the complete subtrees that make up the tree, largest first; there is one
            for each binary 1 of `size`.
    """

    size: int = 0
    edge: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> list[Node]:
        """Add a leaf hash; the nodes that became complete, lowest first."""
        level, index, digest = 0, self.size, leaf
        nodes = [(level, index, digest)]
        while index & 1:
            level, index, digest = level + 1, index >> 1, node_hash(self.edge.pop(), digest)
            nodes.append((level, index, digest))
        self.edge.append(digest)
        self.size += 1
        return nodes

    def root(self) -> bytes:
        """The root of the tree so far."""
        return _fold(self.edge) if self.edge else EMPTY_ROOT

    def to_bytes(self) -> bytes:
        """Size as eight bytes, big end first, then the edge."""
        return self.size.to_bytes(_SIZE_BYTES) + b"".join(self.edge)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The frontier that was written as these bytes.

        Raises:
            HistoryBroken: the length does not fit the size.
        """
        size, edge = int.from_bytes(data[:_SIZE_BYTES]), data[_SIZE_BYTES:]
        if len(data) != _SIZE_BYTES + HASH_BYTES * size.bit_count():
            raise HistoryBroken("读取历史树的边缘", "长度与条数不符", "由全部历史记录重建历史树")
        return cls(size, [edge[at : at + HASH_BYTES] for at in range(0, len(edge), HASH_BYTES)])


def root_at(nodes: NodeLookup, size: int) -> bytes:
    """The root that the tree had, or has, at a size."""
    return _span(nodes, 0, size) if size else EMPTY_ROOT


def inclusion_proof(nodes: NodeLookup, index: int, size: int) -> tuple[bytes, ...]:
    """PATH of RFC 6962 §2.1.1: that leaf `index` is in the tree of `size` leaves.

    Raises:
        HistoryBroken: there is no such leaf.
    """
    if not 0 <= index < size:
        raise _no_proof(f"第 {index} 片叶不在 {size} 片叶的历史树中")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_span(nodes, middle, end))
            end = middle
        else:
            proof.append(_span(nodes, start, middle))
            start = middle
    return tuple(reversed(proof))


def consistency_proof(nodes: NodeLookup, old: int, new: int) -> tuple[bytes, ...]:
    """PROOF of RFC 6962 §2.1.2: that the tree of `new` leaves extends that of `old` leaves.

    Raises:
        HistoryBroken: `old` is zero or beyond `new`; nothing can be proved.
    """
    if not 1 <= old <= new:
        raise _no_proof(f"{new} 片叶的历史树不能由 {old} 片叶的历史树延长而来")
    proof: list[bytes] = []
    start, end = 0, new
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_span(nodes, middle, end))
            end = middle
        else:
            proof.append(_span(nodes, start, middle))
            start = middle
    if start:  # else the old root itself is where the checker begins
        proof.append(_span(nodes, start, end))
    return tuple(reversed(proof))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof leads from the leaf hash to the root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes([leaf, *proof]):
        return False
    node, last, digest = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            digest = node_hash(step, digest)
            node, last = _climb(node, last)
        else:
            digest = node_hash(digest, step)
        node, last = node >> 1, last >> 1
    return last == 0 and digest == root


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the new tree extends the old one (RFC 9162 §2.1.4.2)."""
    if old == new:
        return old >= 1 and not proof and old_root == new_root
    if not 1 <= old < new or not proof or not _are_hashes([old_root, new_root, *proof]):
        return False
    whole = old & -old  # leaves of the old tree's last complete subtree
    height = whole.bit_length() - 1
    path = [old_root, *proof] if whole == old else list(proof)
    roots = _roots_along(path, (old - 1) >> height, (new - 1) >> height)
    return roots == (old_root, new_root)


def _roots_along(path: list[bytes], node: int, last: int) -> tuple[bytes, bytes] | None:
    """The two roots that a consistency path leads to; None if its length is wrong."""
    before = after = path[0]
    for step in path[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            before, after = node_hash(step, before), node_hash(step, after)
            node, last = _climb(node, last)
        else:
            after = node_hash(after, step)
        node, last = node >> 1, last >> 1
    return (before, after) if last == 0 else None


def _climb(node: int, last: int) -> tuple[int, int]:
    """Go up past the levels where the node is a left one without a sibling."""
    while node and not node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _span(nodes: NodeLookup, start: int, end: int) -> bytes:
    """The hash over leaves `start` up to `end`, where `start` is a left edge of that size."""
    parts = []
    while start < end:
        level = (end - start).bit_length() - 1
        parts.append(nodes(level, start >> level))
        start += 1 << level
    return _fold(parts)


def _fold(parts: Sequence[bytes]) -> bytes:
    digest = parts[-1]
    for left in reversed(parts[:-1]):
        digest = node_hash(left, digest)
    return digest


def _split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def _no_proof(found: str) -> HistoryBroken:
    return HistoryBroken("出具历史证明", found, "核对序号与条数")
