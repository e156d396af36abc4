"""Whether the index is what it should be."""

from collections.abc import Iterable

from govmatch.kit.records import dataclass
from govmatch.search.entry import Entry
from govmatch.search.index import Index


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """Keys (kind:id:lang) in which the index is not what it should be, in order."""

    missing: tuple[str, ...]
    extra: tuple[str, ...]
    different: tuple[str, ...]

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self.missing or self.extra or self.different)


def check(index: Index, entries: Iterable[Entry]) -> Difference:
    """Compare the index with the entries it should hold; `Damaged` when it cannot be read."""
    known = index.digests()
    missing, different = [], []
    for entry in entries:
        digest = known.pop(entry.key, None)
        if digest is None:
            missing.append(entry.key)
        elif digest != entry.digest():
            different.append(entry.key)
    return Difference(
        missing=tuple(sorted(missing)),
        extra=tuple(sorted(known)),
        different=tuple(sorted(different)),
    )
