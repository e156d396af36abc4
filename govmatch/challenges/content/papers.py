"""The papers of a challenge, kept where all files of the site are kept."""

from datetime import datetime

from govmatch.challenges.content.attached import MAX_MB
from govmatch.challenges.content.whole import FromFiles
from govmatch.challenges.models import Challenge
from govmatch.files.actions import Owner, remove, store
from govmatch.files.queries import of_owner
from govmatch.kit.content import FILES
from govmatch.kit.db import Session
from govmatch.kit.records import dataclass
from govmatch.settings import Settings

OWNER = "challenge"
SLOT = "attachment"


@dataclass(frozen=True, slots=True)
class _Paper:
    name: str
    content: bytes


def keep_papers(
    session: Session, challenge: Challenge, found: FromFiles, *, settings: Settings, now: datetime
) -> None:
    """Keep exactly the papers that the files name; `now` is the machine's time."""
    owner = Owner(OWNER, challenge.id)
    wanted = {
        store(
            session,
            _Paper(one.name, one.content),
            settings=settings,
            owner=owner,
            slot=SLOT,
            allowed=(),
            max_mb=MAX_MB,
            actor=FILES,
            now=now,
        ).id
        for one in found.attached
    }
    for file in of_owner(session, OWNER, challenge.id):
        if file.id not in wanted:
            remove(session, file, now=now)
