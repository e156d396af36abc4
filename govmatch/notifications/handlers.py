"""The daily mail: what people chose to hear of once a day, sent from seven in their morning on."""

from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from govmatch.accounts.models import Person
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.kit.i18n import as_lang
from govmatch.kit.notices import Notice
from govmatch.notifications import actions, queries
from govmatch.notifications.models import InboxItem

HOUR = 7
MOST = 2_000
"""Items taken up in one turn; the rest follows a minute later."""


def send_digests(background: Background, session: Session) -> None:
    """Mail each person who wants it so what came since the last daily mail and was not read."""
    waiting = queries.for_digests(session, most=MOST)
    for person_id, items in groupby(waiting, key=lambda item: item.person_id):
        person = session.get_one(Person, person_id)
        day = _day(person, background)
        if day and not queries.had_digest(session, person_id, day):
            _send(session, background, person, list(items), day)


def _day(person: Person, background: Background) -> str:
    """Return the person's day once its hour has come, else an empty text."""
    zone = ZoneInfo(person.zone or background.settings.zone)
    local: datetime = background.real_now.astimezone(zone)
    return local.date().isoformat() if local.hour >= HOUR else ""


def _send(
    session: Session, background: Background, person: Person, items: list[InboxItem], day: str
) -> None:
    for item in items:
        item.digest_day = day
    if person.disabled_at is not None:
        return
    notice = Notice(
        key=f"digest:{person.id}:{day}",
        mail="notifications/digest",
        address=person.email,
        lang=as_lang(person.lang or background.settings.default_lang),
        person_id=person.id,
        lines=[item.title for item in items],
        links={"link": "/inbox", "settings": "/account/notifications"},
    )
    actions.deliver(session, notice, settings=background.settings, now=background.real_now)


DUE = [send_digests]
