"""What is in an index, for the operator: every document counts, whoever may find it."""

from collections.abc import Mapping

from govmatch.search import facets
from govmatch.search.arrays import docs_of
from govmatch.search.documents import KIND, LANGUAGE
from govmatch.search.snapshot import View


def digests(view: View) -> dict[str, str]:
    """Return the key of each living document and the digest of the entry it was made from."""
    found = {}
    for document in docs_of(view.snapshot.alive).tolist():
        head = view.head(document)
        found[f"{head['kind']}:{head['id']}:{head['lang']}"] = head["digest"]
    return found


def stats(view: View) -> dict[str, object]:
    """Return the numbers of an index by their names."""
    snapshot = view.snapshot
    alive = int(snapshot.alive.sum())
    return {
        "cursor": snapshot.pointer.cursor,
        "documents": alive,
        "deleted": view.size - alive,
        "segments": len(snapshot.segments),
        "bytes": sum(size for size, _ in snapshot.pointer.files.values()),
        "folder": snapshot.pointer.folder,
        "generation": snapshot.pointer.generation,
        "kinds": _counted(view, KIND),
        "languages": _counted(view, LANGUAGE),
    }


def _counted(view: View, name: str) -> Mapping[str, int]:
    counts = facets.count(view.facet(name), docs_of(view.snapshot.alive))
    return dict(sorted(counts.items()))
