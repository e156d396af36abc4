"""What is in an index, for the operator: every document counts, whoever may find it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from govmatch.search import masks
from govmatch.search.documents import KIND, LANGUAGE
from govmatch.search.snapshot import Part, Snapshot


def digests(parts: Sequence[Part]) -> dict[str, str]:
    """Return the key of each living document and the digest of the entry it was made from."""
    found = {}
    for part in parts:
        for document in masks.documents(part.alive, part.segment.size):
            head = part.reading.head(document)
            found[f"{head['kind']}:{head['id']}:{head['lang']}"] = head["digest"]
    return found


def stats(snapshot: Snapshot, parts: Sequence[Part]) -> dict[str, object]:
    """Return the numbers of an index by their names."""
    pointer = snapshot.pointer
    alive = sum(part.alive.bit_count() for part in parts)
    return {
        "cursor": pointer.cursor,
        "documents": alive,
        "deleted": sum(part.segment.size for part in parts) - alive,
        "segments": len(parts),
        "bytes": sum(size for size, _ in pointer.files.values()),
        "folder": pointer.folder,
        "generation": pointer.generation,
        "kinds": _counted(parts, KIND),
        "languages": _counted(parts, LANGUAGE),
    }


def _counted(parts: Sequence[Part], facet: str) -> Mapping[str, int]:
    total: Counter[str] = Counter()
    for part in parts:
        for value, members in part.segment.facet(part.reading, facet).items():
            total[value] += (members.mask(part.segment.size) & part.alive).bit_count()
    return {value: count for value, count in sorted(total.items()) if count}
