"""Papers of a challenge that is changed on the site: held during the check, then public."""

from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import held_papers
from govmatch.challenges.queries.papers import HELD, KEPT
from govmatch.challenges.rules import may_amend
from govmatch.files import storage
from govmatch.files.actions import Owner, Upload, keep, remove, store
from govmatch.files.kinds import MEDIA_TYPES, Kind
from govmatch.files.models import StoredFile
from govmatch.files.queries import of_owner
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.settings import Settings

SLOT = "attachment"
MAX_MB = 10


def hold_paper(
    session: Session,
    challenge: Challenge,
    upload: Upload,
    *,
    settings: Settings,
    actor: Actor,
    now: datetime,
) -> StoredFile:
    """Keep an upload for the check of a change; nobody can read it until the change is public.

    `now` is the machine's time. It counts as removed from the start, so that what is never
    published goes by itself. Raises `Refused` for what is too large or not safe, and `TooMany`.
    """
    require(may_amend(actor, challenge))
    file = store(
        session, upload, settings=settings, owner=Owner(HELD, challenge.id), slot=SLOT,
        allowed=(), max_mb=MAX_MB, actor=actor, now=now,
    )  # fmt: skip
    remove(session, file, now=now)
    return file


def put_up_papers(
    session: Session, challenge: Challenge, *, settings: Settings, actor: Actor, now: datetime
) -> None:
    """Make exactly the papers that the challenge names readable for everybody.

    Those that it names no more are removed. `now` is the machine's time. Raises `Invalid` where the
    content of one is not there any more, since its check took longer than a day.
    """
    there = {file.sha256: file for file in of_owner(session, KEPT, challenge.id)}
    held = {file.sha256: file for file in held_papers(session, challenge)}
    named = {str(one["sha256"]) for one in challenge.attachments}
    for sha256 in sorted(named - there.keys()):
        file = held.get(sha256)
        content = _content(file, settings)
        if file is None or content is None:
            raise Invalid({"papers": msg("A file is no longer there. Please choose it again.")})
        keep(
            session, content, settings=settings, owner=Owner(KEPT, challenge.id), slot=SLOT,
            name=file.name, kind=_kind(file), actor=actor, now=now,
        )  # fmt: skip
    for sha256 in there.keys() - named:
        remove(session, there[sha256], now=now)


def _content(file: StoredFile | None, settings: Settings) -> bytes | None:
    """Return what a held file contains, unless due work has forgotten it."""
    try:
        return storage.read(settings.files_dir, file.sha256) if file is not None else None
    except FileNotFoundError:
        return None


def _kind(file: StoredFile) -> Kind:
    return next(kind for kind, name in MEDIA_TYPES.items() if file.media_type.startswith(name))
