"""The tree over a day's links: every leaf is proved by its path, and nothing tells how many there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.cases.links import ChainKeys
from actions.cases.merkle import LEAST_LEAVES, NoProof, Proof, day_tree, hash_leaf, hash_node, read_proof

KEYS, DAY = ChainKeys.of(b"k" * 32), date(2026, 3, 2)
LINKS = st.lists(st.binary(min_size=32, max_size=32), max_size=40, unique=True)


def proof_of(links: list[bytes], place: int) -> Proof:
    tree = day_tree(KEYS, KEYS.current, DAY, links)
    return Proof("LP-1", 1, DAY, links[place], tree.path(links[place]), tree.root)


def test_hashes_are_those_of_rfc_6962() -> None:
    assert hash_leaf(b"") == bytes.fromhex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    assert hash_node(b"a" * 32, b"b" * 32) == sha256(b"\x01" + b"a" * 32 + b"b" * 32).digest()


@settings(max_examples=15)
@given(LINKS.filter(bool), st.data())
def test_each_leaf_leads_to_the_root_and_no_other_does(links: list[bytes], data: st.DataObject) -> None:
    proof = proof_of(links, data.draw(st.integers(0, len(links) - 1)))
    assert proof.leads_to == proof.root
    assert read_proof(proof.written()) == proof
    assert replace(proof, leaf=sha256(proof.leaf).digest()).leads_to != proof.root


@settings(max_examples=10)
@given(LINKS)
def test_a_tree_of_any_day_is_as_high_as_one_without_reports(links: list[bytes]) -> None:
    tree = day_tree(KEYS, KEYS.current, DAY, links)
    assert (len(tree.leaves), len(tree.levels)) == (LEAST_LEAVES, 11)
    assert list(tree.leaves) == sorted(tree.leaves)


def test_a_root_cannot_be_made_without_the_key() -> None:
    other = ChainKeys.of(b"another key of 32 bytes in length")
    assert day_tree(KEYS, KEYS.current, DAY, []).root != day_tree(other, other.current, DAY, []).root


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"path": [1]}', "[" * 100_000])
def test_what_is_no_proof_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NoProof):
        read_proof(text)


@pytest.mark.parametrize(("old", "new"), [("left", "up"), ("right", "up"), ('"leaf": "', '"leaf": "00')])
def test_a_proof_that_was_changed_is_refused(old: str, new: str) -> None:
    text = proof_of([b"a" * 32, b"b" * 32], 0).written()
    with pytest.raises(NoProof):
        read_proof(text.replace(old, new))
