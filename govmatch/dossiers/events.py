"""What happened to the files of a case; each is a row of the case itself."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutDossier(Event):
    """The subject is the challenge; `kind` is full or public."""

    subject_kind: ClassVar[str] = "challenge"

    dossier: int
    kind: str


@dataclass(frozen=True)
class DossierAsked(AboutDossier):
    """Somebody wants the file of the case; the worker makes it."""


@dataclass(frozen=True)
class DossierMade(AboutDossier):
    """It can be taken; the hashes are those of the archive and of the list of its files."""

    sha256: str
    manifest: str


@dataclass(frozen=True)
class AboutRelease(Event):
    """About what of one application goes to the public."""

    subject_kind: ClassVar[str] = "application"


@dataclass(frozen=True)
class ReleaseNarrowed(AboutRelease):
    """Somebody left out more, or less of what was left out by hand; the reasons stand with it."""

    revision: int


@dataclass(frozen=True)
class ReleaseAllowed(AboutRelease):
    """Somebody read what goes out and let it; `sha256` is of exactly that."""

    version: int
    sha256: str


@dataclass(frozen=True)
class ReleaseTakenBack(AboutRelease):
    """Nothing of it goes into copies that are made from now on."""


@dataclass(frozen=True)
class DossierTaken(AboutDossier):
    """Somebody took it."""
