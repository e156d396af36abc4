"""Asking for a page as a PDF, and what becomes of it."""

from datetime import datetime, timedelta
from pathlib import Path

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.i18n import Lang
from govmatch.kit.ids import public_id
from govmatch.kit.limits import Limit, spend
from govmatch.kit.records import dataclass
from govmatch.printing import shelf
from govmatch.printing.events import PrintAsked
from govmatch.printing.models import Print

PRINTS = Limit("prints", 30, timedelta(days=1))
KEPT = timedelta(days=1)
LARGEST = 5_000_000
"""Bytes of a page; a larger one would not be made within the limits of time and memory."""


@dataclass(frozen=True)
class Sheet:
    """A page as its reader is shown it, with its title, and its address on this site."""

    html: bytes
    title: str
    page: str
    lang: Lang


def ask(
    session: Session,
    sheet: Sheet,
    *,
    data_dir: Path,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Print:
    """Have a page made a PDF. That the actor may read it was asked when the page was made.

    One that is too large has failed from the beginning. Raises `TooMany` beyond thirty a day.
    """
    assert actor.person_id is not None
    spend(session, PRINTS, str(actor.person_id), now=real_now)
    made = Print(
        public_id=public_id(), person_id=actor.person_id, lang=sheet.lang, title=sheet.title,
        page=sheet.page, asked_at=real_now, expires_at=real_now + KEPT,
    )  # fmt: skip
    session.add(made)
    session.flush()
    if len(sheet.html) > LARGEST:
        made.failed_at = real_now
    else:
        shelf.put(shelf.page_of(data_dir, made.public_id), sheet.html)
    journal.record(session, PrintAsked(made.id), actor=actor, now=now)
    return made


def note_outcome(made: Print, *, is_made: bool, real_now: datetime) -> None:
    """Note that the print can be taken for a day from now, or that it could not be made."""
    if not is_made:
        made.failed_at = real_now
        return
    made.made_at = real_now
    made.expires_at = real_now + KEPT


def let_go(made: Print, *, real_now: datetime) -> None:
    """Let nobody take the print any more, and forget what it was of; due work deletes the files."""
    made.gone_at = made.gone_at or real_now
    made.title = made.page = ""
