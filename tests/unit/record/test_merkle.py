import hashlib

import pytest

from kenesh.record import BadProof, Range, consistency_proof, inclusion_proof, leaf_hash, node_hash, root_of
from kenesh.record.merkle import BadRange

LEAVES = [leaf_hash(bytes([n])) for n in range(7)]


def test_the_empty_tree_is_the_hash_of_nothing():
    assert Range().root() == root_of([]) == hashlib.sha256(b"").digest()


def test_leaves_and_nodes_are_hashed_apart():
    assert leaf_hash(b"x") == hashlib.sha256(b"\x00x").digest()
    assert node_hash(b"l", b"r") == hashlib.sha256(b"\x01lr").digest()


def test_the_tree_of_seven_is_the_figure_of_the_standard():
    a, b, c, d, e, f, j = LEAVES  # RFC 6962 §2.1.3
    k = node_hash(node_hash(a, b), node_hash(c, d))
    assert root_of(LEAVES) == node_hash(k, node_hash(node_hash(e, f), j))
    assert inclusion_proof(LEAVES, 3) == (c, node_hash(a, b), node_hash(node_hash(e, f), j))
    assert consistency_proof(LEAVES, 4) == (node_hash(node_hash(e, f), j),)


def test_proofs_of_what_is_not_there_are_refused():
    for index in (-1, 7):
        with pytest.raises(BadProof):
            inclusion_proof(LEAVES, index)
    for size in (0, 8):
        with pytest.raises(BadProof):
            consistency_proof(LEAVES, size)


def test_a_stored_range_must_fit_its_size():
    with pytest.raises(BadRange) as refused:
        Range.from_bytes(3, bytes(32))
    assert refused.value.values == {"size": 3, "expected": 64, "actual": 32}
    with pytest.raises(BadRange):
        Range.from_bytes(-1, b"")
