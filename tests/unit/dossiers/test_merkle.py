"""The tree over the journal: any row shows its place, and nothing else does."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from govmatch.dossiers.merkle import Tree, leaf, root_from


def _leaves(size: int) -> list[bytes]:
    return [leaf(number, f"hash {number}") for number in range(1, size + 1)]


def test_the_root_is_that_of_the_standard() -> None:
    """Seven leaves, put together by hand as RFC 6962 says."""
    one, two, three, four, five, six, seven = _leaves(7)

    def node(left: bytes, right: bytes) -> bytes:
        return hashlib.sha256(b"\x01" + left + right).digest()

    left = node(node(one, two), node(three, four))
    assert Tree(_leaves(7)).root == node(left, node(node(five, six), seven)).hex()
    assert Tree([]).root == hashlib.sha256(b"").hexdigest()
    assert Tree([one]).root == one.hex()


@given(st.integers(1, 70), st.data())
def test_every_row_leads_to_the_root_and_no_other_row_does(size: int, data: st.DataObject) -> None:
    leaves, place = _leaves(size), data.draw(st.integers(0, size - 1))
    tree = Tree(leaves)
    proof = tree.proof([place])
    assert root_from(leaves[place], place, size, proof) == tree.root
    assert root_from(leaf(place + 1, "other"), place, size, proof) != tree.root
    other = data.draw(st.integers(0, size - 1))
    if other != place:
        assert root_from(leaves[place], other, size, proof) != tree.root


@given(st.integers(2, 70), st.data())
def test_a_changed_hash_beside_the_way_is_noticed(size: int, data: st.DataObject) -> None:
    tree, place = Tree(_leaves(size)), data.draw(st.integers(0, size - 1))
    proof = tree.proof([place])
    key = data.draw(st.sampled_from(sorted(proof)))
    changed = bytearray(bytes.fromhex(proof[key]))
    changed[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
    start = _leaves(size)[place]
    assert root_from(start, place, size, {**proof, key: changed.hex()}) != tree.root
    left = {name: one for name, one in proof.items() if name != key}
    assert root_from(start, place, size, left) is None
    assert root_from(start, size, size, proof) is None
