"""Public vectors of RFC 6962 proofs, and a golden tiled log made by another implementation."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from kenesh.record import BadProof, Range, leaf_hash, root_of, verify_consistency, verify_inclusion

pytestmark = pytest.mark.shared
COUNTED = {"inclusion": 98, "consistency": 98}


def vectors(shared: Path, kind: str) -> list[tuple[str, dict]]:
    files = sorted((shared / "vectors/merkle" / kind).rglob("*.json"))
    assert len(files) == COUNTED[kind]
    return [(str(file), json.loads(file.read_text())) for file in files]


def bytes_of(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def refused(check, *args) -> bool:
    try:
        check(*args)
    except BadProof:
        return True
    return False


def test_inclusion_proofs_are_judged_as_the_vectors_say(shared: Path):
    for name, v in vectors(shared, "inclusion"):
        proof = [bytes_of(p) for p in v["proof"] or ()]
        args = (bytes_of(v["leafHash"]), v["leafIdx"], v["treeSize"], proof, bytes_of(v["root"]))
        assert refused(verify_inclusion, *args) == v["wantErr"], name


def test_consistency_proofs_are_judged_as_the_vectors_say(shared: Path):
    for name, v in vectors(shared, "consistency"):
        proof = [bytes_of(p) for p in v["proof"] or ()]
        args = (v["size1"], bytes_of(v["root1"]), v["size2"], bytes_of(v["root2"]), proof)
        assert refused(verify_consistency, *args) == v["wantErr"], name


def entries_of(bundle: bytes) -> list[bytes]:
    """Entries of a C2SP tlog-tiles bundle: each behind its length, two bytes."""
    found = []
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        found.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    return found


def test_every_checkpoint_of_the_golden_log_has_our_root(shared: Path):
    log = shared / "vectors/tessera/log"
    bundles = {int(f.name): f for f in (log / "tile/entries/000.p").iterdir()}
    checkpoints = sorted(log.glob("checkpoint.*"))
    assert len(checkpoints) == 16
    for checkpoint in checkpoints:
        _, size, root, *_ = checkpoint.read_text().split("\n")
        leaves = [leaf_hash(e) for e in entries_of(bundles[int(size)].read_bytes())] if int(size) else []
        grown = Range()
        for leaf in leaves:
            grown = grown.append(leaf)
        assert grown.size == int(size)
        assert grown.root() == root_of(leaves) == base64.b64decode(root)


def test_the_golden_hash_tiles_are_our_leaf_hashes(shared: Path):
    log = shared / "vectors/tessera/log"
    tiles = sorted((log / "tile/0/000.p").iterdir())
    assert tiles
    for tile in tiles:
        entries = entries_of((log / "tile/entries/000.p" / tile.name).read_bytes())
        assert b"".join(leaf_hash(e) for e in entries) == tile.read_bytes()
