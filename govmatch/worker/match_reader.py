"""The words and trees that profiles are read with: those of the files and of the glossary."""

from pathlib import Path

from govmatch.glossary.bridging import bridge as current_bridge
from govmatch.glossary.events import SUBJECT as GLOSSARY
from govmatch.kit.db import ReadSession, canonical_json
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.matching.profile import Profile
from govmatch.matching.reading import Reader, Terms
from govmatch.taxonomy import trees

__all__ = ["GLOSSARY", "MatchReader"]


@dataclass(frozen=True)
class MatchReader:
    """A reader, and a digest that changes with everything that makes it read otherwise."""

    reader: Reader
    digest: str

    @classmethod
    def of(cls, session: ReadSession, content: Path) -> "MatchReader":
        """Return the reader of what holds now; it takes some megabytes and half a second."""
        bridge = current_bridge(session, content)
        reader = Reader(bridge, parents=trees.parents(session, content))
        # The headings are read now: a session is not for keeping.
        tree = canonical_json(trees.theme_parents(session))
        return cls(reader, digest(f"{bridge.digest} {tree}")[:32])

    def read(self, profile: Profile) -> Terms:
        """Return the terms of a profile."""
        return self.reader.read(profile)
