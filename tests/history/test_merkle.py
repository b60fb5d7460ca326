"""The Merkle tree against the published vectors, and against itself at every small size."""

import json
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversion.errors import HistoryBroken
from conversion.history.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_at,
    root_of,
    verify_consistency,
    verify_inclusion,
)

VECTORS = Path(__file__).parent / "vectors"
LARGEST = 130

# The certificate-transparency reference tree: its leaves, and its root at each size.
CT_LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]  # fmt: skip


def a_log(leaves):
    """A grown frontier, and the lookup of all nodes that it stored on the way."""
    frontier, stored = Frontier(), {}
    for leaf in leaves:
        for level, index, digest in frontier.append(leaf):
            assert (level, index) not in stored
            stored[level, index] = digest
    return frontier, lambda level, index: stored[level, index]


LEAVES = [leaf_hash(bytes([value])) for value in range(LARGEST)]
FRONTIER, NODES = a_log(LEAVES)
ROOTS = [root_of(LEAVES[:size]) for size in range(LARGEST + 1)]


def decoded(case, *names):
    return [b64decode(case[name]) for name in names], [
        b64decode(step) for step in case["proof"] or []
    ]


def cases(name):
    loaded = json.loads((VECTORS / name).read_text())
    assert len(loaded) == 98
    return [pytest.param(case, id=case["case"]) for case in loaded]


@pytest.mark.parametrize("case", cases("rfc6962-inclusion.json"))
def test_published_inclusion_proofs_are_judged_as_published(case):
    (leaf, root), proof = decoded(case, "leafHash", "root")

    assert (
        verify_inclusion(leaf, case["leafIdx"], case["treeSize"], proof, root)
        is not case["wantErr"]
    )


@pytest.mark.parametrize("case", cases("rfc6962-consistency.json"))
def test_published_consistency_proofs_are_judged_as_published(case):
    (old, new), proof = decoded(case, "root1", "root2")

    assert verify_consistency(case["size1"], case["size2"], old, new, proof) is not case["wantErr"]


@pytest.mark.parametrize("size", range(9))
def test_the_reference_tree_has_its_published_roots(size):
    leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in CT_LEAVES[:size]]

    assert root_of(leaves).hex() == CT_ROOTS[size]
    assert a_log(leaves)[0].root().hex() == CT_ROOTS[size]


# draft-ietf-plants-merkle-tree-certs, appendix "Subtree Test Vectors": every output for trees of
# up to 130 one-byte leaves, as lines of text, under one hash. A subtree [start, end) is valid if
# start is a multiple of the least power of two not below its size.


def subtrees(limit):
    for end in range(limit + 1):
        for start in range(end + 1):
            if start % (1 << max(end - start - 1, 0).bit_length()) == 0:
                yield start, end


def shifted(start):
    return lambda level, index: NODES(level, index + (start >> level))


def subtree_consistency(start, end, low, high):
    """SUBTREE_PROOF: down to the smallest tree that begins with the subtree, then PROOF."""
    if start == end:
        return []
    if start == low:
        return list(consistency_proof(shifted(low), end - low, high - low))
    middle = low + (1 << ((high - low - 1).bit_length() - 1))
    if end <= middle:
        return [
            *subtree_consistency(start, end, low, middle),
            root_at(shifted(middle), high - middle),
        ]
    return [*subtree_consistency(start, end, middle, high), root_at(shifted(low), middle - low)]


def line(prefix, proof):
    return " ".join([prefix, *(step.hex() for step in proof)]).encode() + b"\n"


def test_all_roots_of_all_subtrees_are_the_published_ones():
    accumulated = sha256()
    for start, end in subtrees(LARGEST):
        accumulated.update(line(f"[{start}, {end})", [root_at(shifted(start), end - start)]))

    assert (
        accumulated.hexdigest()
        == "b82806ad4265bb151c1119c0f4db437bb4d1a1f887b3a7fba1cd4ebf552e3e81"
    )


def test_all_inclusion_proofs_of_all_subtrees_are_the_published_ones():
    accumulated, count = sha256(), 0
    for start, end in subtrees(LARGEST):
        for index in range(start, end):
            proof = inclusion_proof(shifted(start), index - start, end - start)
            accumulated.update(line(f"{index} [{start}, {end})", proof))
            count += 1

    assert count == 12_807
    assert (
        accumulated.hexdigest()
        == "ac2a8f989e44d99e399db448050ff5f19757df53cfb716aa81015d3955d8163f"
    )


def test_all_consistency_proofs_of_all_subtrees_are_the_published_ones():
    accumulated, count = sha256(), 0
    for size in range(LARGEST + 1):
        for start, end in subtrees(size):
            accumulated.update(
                line(f"[{start}, {end}) {size}", subtree_consistency(start, end, 0, size))
            )
            count += 1

    assert count == 42_893
    assert (
        accumulated.hexdigest()
        == "10fa99b37bf9bf9ffa26b412fbd98bd75363256d0b75d61bc4538b9c9c5a0a74"
    )


def test_every_leaf_of_every_small_log_is_proved_to_be_in_it():
    for size in range(1, LARGEST + 1):
        for index in range(size):
            proof = inclusion_proof(NODES, index, size)

            assert verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size])


def test_every_small_log_is_proved_to_extend_every_smaller_one():
    for new in range(1, LARGEST + 1):
        for old in range(1, new + 1):
            proof = consistency_proof(NODES, old, new)

            assert verify_consistency(old, new, ROOTS[old], ROOTS[new], proof)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
@settings(deadline=None)
def test_the_frontier_grows_to_the_root_over_all_leaves_and_survives_storage(leaves):
    frontier, nodes = a_log(leaves)

    assert frontier.root() == root_of(leaves) == root_at(nodes, len(leaves))
    assert Frontier.from_bytes(frontier.to_bytes()) == frontier
    assert Frontier.from_bytes(frontier.to_bytes()).append(EMPTY_ROOT) == frontier.append(
        EMPTY_ROOT
    )


@pytest.mark.parametrize(
    "data", [b"", bytes(7), bytes(9), FRONTIER.to_bytes()[:-1], FRONTIER.to_bytes() + b"\0"]
)
def test_a_frontier_of_the_wrong_length_is_refused(data):
    with pytest.raises(HistoryBroken):
        Frontier.from_bytes(data)


def test_only_complete_subtrees_are_stored_fewer_than_two_a_leaf():
    frontier, count = Frontier(), 0
    for size, leaf in enumerate(LEAVES, 1):
        count += len(frontier.append(leaf))

        assert count == 2 * size - size.bit_count()


@given(st.data())
@settings(deadline=None)
def test_a_proof_of_a_log_of_a_million_reads_few_nodes(data):
    size = data.draw(st.integers(1, 1 << 20))
    place = data.draw(st.integers(1, size))
    reads = []

    def lookup(level, index):
        assert (index + 1) << level <= size, "an incomplete node is not stored"
        reads.append((level, index))
        return bytes(32)

    inclusion_proof(lookup, place - 1, size)
    consistency_proof(lookup, place, size)

    assert len(reads) <= 2 * 2 * 20


def places():
    return st.integers(1, LARGEST).flatmap(
        lambda size: st.tuples(st.just(size), st.integers(1, size))
    )


def mutants(proof):
    """Every proof one step longer, one shorter, or one bit away."""
    for at, step in enumerate(proof):
        yield (*proof[:at], *proof[at + 1 :])
        yield (*proof[:at], step, *proof[at:])
        yield (*proof[:at], bytes([step[0] ^ 1]) + step[1:], *proof[at + 1 :])
        yield (*proof[:at], step[:-1], *proof[at + 1 :])
    yield (*proof, EMPTY_ROOT)
    yield (EMPTY_ROOT, *proof)


@given(places())
@settings(deadline=None)
def test_a_changed_inclusion_proof_proves_nothing(place):
    size, count = place
    index, root = count - 1, ROOTS[size]
    leaf, proof = LEAVES[index], inclusion_proof(NODES, index, size)

    assert not any(verify_inclusion(leaf, index, size, mutant, root) for mutant in mutants(proof))
    assert not verify_inclusion(leaf, index + 1, size, proof, root)
    assert not verify_inclusion(leaf, index - 1, size, proof, root)
    assert not verify_inclusion(leaf, index, size - 1, proof, ROOTS[size - 1])
    assert not verify_inclusion(leaf_hash(leaf), index, size, proof, root)


@given(places())
@settings(deadline=None)
def test_a_changed_consistency_proof_proves_nothing(place):
    new, old = place
    roots = ROOTS[old], ROOTS[new]
    proof = consistency_proof(NODES, old, new)

    assert not any(verify_consistency(old, new, *roots, mutant) for mutant in mutants(proof))
    assert not verify_consistency(old, new, EMPTY_ROOT, ROOTS[new], proof)
    assert not verify_consistency(old, new, ROOTS[old], EMPTY_ROOT, proof)
    assert not verify_consistency(old - 1, new, ROOTS[old - 1], ROOTS[new], proof)


@given(
    st.integers(2, LARGEST).flatmap(lambda size: st.tuples(st.just(size), st.integers(1, size - 1)))
)
@settings(deadline=None)
def test_a_log_whose_past_was_rewritten_is_not_an_extension(place):
    new, old = place
    rewritten = [leaf_hash(b"rewritten"), *LEAVES[1:new]]
    _, nodes = a_log(rewritten)
    proof = consistency_proof(nodes, old, new)

    assert not verify_consistency(old, new, ROOTS[old], root_of(rewritten), proof)


def test_only_whole_hashes_are_taken_as_proof():
    # Otherwise the border between two neighbours could be moved: same bytes, same parent.
    left, right = LEAVES[0] + LEAVES[1][:1], LEAVES[1][1:]

    assert node_hash(left, right) == ROOTS[2]
    assert not verify_inclusion(left, 0, 2, [right], ROOTS[2])
    assert not verify_consistency(1, 2, left, ROOTS[2], [right])


def test_a_node_cannot_pass_for_a_leaf():
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != node_hash(LEAVES[0], LEAVES[1])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 5), (5, 5)])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(index, size):
    with pytest.raises(HistoryBroken):
        inclusion_proof(NODES, index, size)


@pytest.mark.parametrize(("old", "new"), [(0, 1), (0, 0), (3, 2), (-1, 2)])
def test_there_is_no_proof_that_a_log_extends_nothing_or_a_longer_one(old, new):
    with pytest.raises(HistoryBroken):
        consistency_proof(NODES, old, new)
