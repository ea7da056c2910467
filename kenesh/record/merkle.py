"""The Merkle tree of RFC 6962 §2.1 over SHA-256 (RFC 9162 has the same tree).

Invariants
* A leaf and a node can never be mistaken for one another: they are hashed with different first bytes.
* `Range` holds what is needed to append and to know the root, and nothing else: one hash for each one-bit
  of the size, at most 63. It is kept beside the events and changes with them.
* Proofs are checked without the tree, by whoever holds two roots or a root and a leaf.

    range = Range().append(leaf_hash(b"first")).append(leaf_hash(b"second"))
    range.root() == node_hash(leaf_hash(b"first"), leaf_hash(b"second"))
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from kenesh.errors import BadRecord

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()  # RFC 6962: the hash of an empty tree is that of an empty string


class BadProof(BadRecord):
    """A proof does not lead where it says."""

    code = "record.bad-proof"
    template = "The {kind} proof is refused: {reason}."
    advice = "Ask for the proof again; if that is refused, keep both and tell the witnesses."


class BadRange(BadRecord):
    """A stored compact range cannot belong to its size."""

    code = "record.bad-range"
    template = "A compact range of {size} leaves needs {expected} bytes, not {actual}."
    advice = "Run `kenesh verify` on the data folder, and restore from a backup."


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf holding `data`, 32 bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two subtrees, 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Range(msgspec.Struct, frozen=True):
    """The compact range over the first `size` leaves: roots of its perfect subtrees, largest first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> Range:
        """The range with one more leaf, given its leaf hash."""
        hashes, carried, size = list(self.hashes), leaf, self.size
        while size & 1:
            carried = node_hash(hashes.pop(), carried)
            size >>= 1
        return Range(self.size + 1, (*hashes, carried))

    def root(self) -> bytes:
        """The tree hash over all leaves, 32 bytes."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root

    def to_bytes(self) -> bytes:
        """The hashes one after another; the size says how many they are."""
        return b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> Range:
        """Read what `to_bytes` wrote. Raises BadRange where the length does not fit the size."""
        expected = max(size, 0).bit_count() * HASH_BYTES
        if size < 0 or len(data) != expected:
            raise BadRange(size=size, expected=expected, actual=len(data))
        return cls(size, tuple(data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)))


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The tree hash over leaf hashes, as RFC 6962 §2.1 defines it; `Range` does the same step by step."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else EMPTY_ROOT
    cut = _cut(len(leaves))
    return node_hash(root_of(leaves[:cut]), root_of(leaves[cut:]))


def _cut(size: int) -> int:
    """The largest power of two below `size`, which is at least 2."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The audit path of the leaf at `index` (RFC 6962 §2.1.1), nearest hash first.

    Raises:
        BadProof: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise BadProof(kind="inclusion", reason=f"no leaf {index} among {len(leaves)}")
    if len(leaves) == 1:
        return ()
    cut = _cut(len(leaves))
    if index < cut:
        return (*inclusion_proof(leaves[:cut], index), root_of(leaves[cut:]))
    return (*inclusion_proof(leaves[cut:], index - cut), root_of(leaves[:cut]))


def consistency_proof(leaves: Sequence[bytes], size: int) -> tuple[bytes, ...]:
    """Proof that the tree over all leaves extends the one over the first `size` (RFC 6962 §2.1.2).

    Raises:
        BadProof: `size` is not between 1 and the number of leaves.
    """
    if not 1 <= size <= len(leaves):
        raise BadProof(kind="consistency", reason=f"no tree of {size} among {len(leaves)} leaves")
    return () if size == len(leaves) else _subproof(leaves, size, whole=True)


def _subproof(leaves: Sequence[bytes], size: int, *, whole: bool) -> tuple[bytes, ...]:
    if size == len(leaves):
        return () if whole else (root_of(leaves),)
    cut = _cut(len(leaves))
    if size <= cut:
        return (*_subproof(leaves[:cut], size, whole=whole), root_of(leaves[cut:]))
    return (*_subproof(leaves[cut:], size - cut, whole=False), root_of(leaves[:cut]))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that the leaf hash stands at `index` in the tree of `size` leaves with this root.

    Returns only if it does. Source: RFC 9162 §2.1.3.2.

    Raises:
        BadProof: it does not, or the proof is not one for this place.
    """
    if not 0 <= index < size:
        raise BadProof(kind="inclusion", reason=f"leaf {index} is not in a tree of {size}")
    _, found, *path = _hashes((root, leaf, *proof), "inclusion")
    here, last = index, size - 1
    for step in path:
        if last == 0:
            raise BadProof(kind="inclusion", reason="it is too long")
        if here & 1 or here == last:
            found = node_hash(step, found)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, step)
        here, last = here >> 1, last >> 1
    if last:
        raise BadProof(kind="inclusion", reason="it is too short")
    if found != root:
        raise BadProof(kind="inclusion", reason="it leads to another root")


def verify_consistency(size1: int, root1: bytes, size2: int, root2: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree of `size2` leaves begins with all `size1` leaves of the other.

    Returns only if it does. A proof from an empty tree says nothing and is refused, as the public vectors
    want it. Source: RFC 9162 §2.1.4.2.

    Raises:
        BadProof: it does not, or the proof is not one for these sizes.
    """
    if not 1 <= size1 <= size2:
        raise BadProof(kind="consistency", reason=f"no proof leads from {size1} to {size2} leaves")
    path = _hashes(proof, "consistency")
    if size1 == size2:
        if path or root1 != root2:
            raise BadProof(kind="consistency", reason="equal sizes need equal roots and no proof")
        return
    _follow(size1, root1, size2, root2, path)


def _follow(size1: int, root1: bytes, size2: int, root2: bytes, path: list[bytes]) -> None:
    if size1 & (size1 - 1) == 0:
        path = [root1, *path]  # a perfect tree is its own first node
    if not path:
        raise BadProof(kind="consistency", reason="it is empty")
    here, last = size1 - 1, size2 - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            raise BadProof(kind="consistency", reason="it is too long")
        if here & 1 or here == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, step)
        here, last = here >> 1, last >> 1
    if last:
        raise BadProof(kind="consistency", reason="it is too short")
    if old != root1 or new != root2:
        raise BadProof(kind="consistency", reason="it leads to another root")


def _hashes(given: Sequence[bytes], kind: str) -> list[bytes]:
    for one in given:
        if len(one) != HASH_BYTES:
            raise BadProof(kind=kind, reason=f"a hash has {len(one)} bytes, not {HASH_BYTES}")
    return list(given)
