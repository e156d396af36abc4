"""A content on disk gives out the same bytes as one in memory, whatever is asked of it."""

import tempfile

from hypothesis import given
from hypothesis import strategies as st

from govmatch.files.cleaning.joined import Joined, patched
from govmatch.kit.ids import digest
from govmatch.kit.spooled import Reading, Spooled, digest_of, pieces, windows

CONTENTS = st.binary(max_size=300)
PLACES = st.one_of(st.none(), st.integers(-400, 400))


def on_disk(content: bytes) -> Spooled:
    """Return the content of a file that whoever made it has closed already."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return Spooled(file.fileno())


@given(CONTENTS, PLACES, PLACES)
def test_every_part_is_the_same(content: bytes, begin: int | None, end: int | None) -> None:
    spooled = on_disk(content)
    assert len(spooled) == len(content)
    assert spooled[begin:end] == content[begin:end]
    assert digest_of(spooled) == digest(content)


@given(CONTENTS, st.integers(1, 50), st.integers(0, 20))
def test_pieces_and_windows_leave_nothing_out(content: bytes, size: int, overlap: int) -> None:
    assert b"".join(pieces(content, size)) == content
    for place, window in windows(content, overlap=overlap, size=size):
        assert window == content[place : place + size + overlap]
    begins = [place for place, _ in windows(content, overlap=overlap, size=size)]
    assert begins == list(range(0, len(content), size))


@given(CONTENTS, st.lists(st.tuples(st.integers(0, 2), st.integers(-50, 300), st.integers(0, 60))))
def test_it_is_read_like_a_file(content: bytes, moves: list[tuple[int, int, int]]) -> None:
    reading = Reading(on_disk(content))
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        for whence, offset, size in moves:
            base = (0, file.tell(), len(content))[whence]
            if base + offset < 0:
                continue
            assert reading.seek(offset, whence) == file.seek(offset, whence)
            assert reading.read(size) == file.read(size)


@given(CONTENTS, st.lists(st.tuples(st.integers(0, 300), st.binary(max_size=9)), max_size=5))
def test_patches_change_their_places_alone(content: bytes, wanted: list[tuple[int, bytes]]) -> None:
    expected, place, patches = bytearray(content), 0, []
    for begin, new in sorted(wanted):
        if begin >= place and begin + len(new) <= len(content):
            expected[begin : begin + len(new)] = new
            patches.append((begin, new))
            place = begin + len(new)
    made = patched(content, patches)
    assert made[0 : len(made)] == bytes(expected)


@given(CONTENTS, PLACES, PLACES)
def test_a_joined_content_gives_out_any_part(
    content: bytes, begin: int | None, end: int | None
) -> None:
    half = len(content) // 2
    parts: list[tuple[int, int] | bytes] = [(half, len(content)), b"", b"between", (0, half)]
    whole = content[half:] + b"between" + content[:half]
    assert Joined(content, parts)[begin:end] == whole[begin:end]
