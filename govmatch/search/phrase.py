"""Words that stand next to each other."""

from collections.abc import Iterable, Sequence

from govmatch.search.snapshot import Part


def occurrences(
    part: Part, field: str, rows: Sequence[Sequence[str]], flags: bytes
) -> dict[int, int]:
    """Return the flagged documents in which the words stand in a row, and how often.

    Each row holds the terms that may stand at its place; an empty one stands for any word.
    """
    places = [(offset, row) for offset, row in enumerate(rows) if row]
    if not places:
        return {}
    candidates = _holding_all(part, field, [row for _, row in places], flags)
    if len(places) == 1 or not candidates:
        return dict.fromkeys(candidates, 1)
    starts: dict[int, set[int]] = {}
    for number, (offset, row) in enumerate(places):
        found = _starts(part, field, row, offset, candidates)
        if number:
            found = {document: starts[document] & found[document] for document in found}
        starts = {document: here for document, here in found.items() if here}
        candidates = set(starts)
    return {document: len(here) for document, here in starts.items()}


def _holding_all(part: Part, field: str, rows: Iterable[Sequence[str]], flags: bytes) -> set[int]:
    """Return the flagged documents that hold a term of each row."""
    holding: set[int] | None = None
    for row in rows:
        here: set[int] = set()
        for term in row:
            here.update(part.segment.postings(part.reading, field, term).documents)
        holding = here if holding is None else holding & here
        if not holding:
            return set()
    return {document for document in holding or () if flags[document]}


def _starts(
    part: Part, field: str, row: Sequence[str], offset: int, candidates: set[int]
) -> dict[int, set[int]]:
    """Return where the whole would begin in each candidate, judged by one of its words."""
    found: dict[int, set[int]] = {}
    for term in row:
        for document, positions in part.reading.places(field, term, candidates).items():
            found.setdefault(document, set()).update(place - offset for place in positions)
    return found
