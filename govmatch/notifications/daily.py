"""The daily mail: what people chose to hear of once a day, sent from seven in their morning on.

Whoever also follows something gets both in one mail, which explore makes: it takes from here what
waits. What comes after seven waits for the next morning, so that there is one such mail a day.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from govmatch.accounts.models import Person
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.i18n import as_lang
from govmatch.kit.notices import Notice
from govmatch.kit.records import dataclass
from govmatch.notifications import actions, queries
from govmatch.notifications.models import InboxItem

MORNING = time(7)
MOST = 2_000
"""Items looked at in one turn; the rest follows a minute later."""


@dataclass(frozen=True)
class Waiting:
    """What waits for one person's mail of this day."""

    person: Person
    items: Sequence[InboxItem]
    day: str

    def take_up(self) -> None:
        """Note that these stand in the mail of the day."""
        for item in self.items:
            item.digest_day = self.day


def waiting(background: Background, session: ReadSession) -> dict[int, Waiting]:
    """Return by person what is due now and unread; nothing for who had the mail of the day."""
    found = {}
    for person_id, items in groupby(
        queries.for_digests(session, most=MOST), key=lambda item: item.person_id
    ):
        person = session.get_one(Person, person_id)
        since = _morning(person, background)
        due = [item for item in items if since is not None and item.at < since]
        day = since.date().isoformat() if since else ""
        if due and not queries.had_digest(session, person_id, day):
            found[person_id] = Waiting(person, due, day)
    return found


def _morning(person: Person, background: Background) -> datetime | None:
    """Return when this day's mail was due on the person's clock; None before that."""
    zone = ZoneInfo(person.zone or background.settings.zone)
    local = background.real_now.astimezone(zone)
    due = datetime.combine(local.date(), MORNING, zone)
    return due if local >= due else None


def send_digests(
    background: Background,
    session: Session,
    found: Mapping[int, Waiting],
    *,
    but: Collection[int] = (),
) -> None:
    """Mail what waits to each of these people, but to those whose mail is made elsewhere."""
    for person_id, one in found.items():
        if person_id in but:
            continue
        one.take_up()
        if one.person.disabled_at is None:
            notice = _notice(background, one)
            actions.deliver(session, notice, settings=background.settings, now=background.real_now)


def _notice(background: Background, one: Waiting) -> Notice:
    person = one.person
    return Notice(
        key=f"digest:{person.id}:{one.day}",
        mail="notifications/digest",
        address=person.email,
        lang=as_lang(person.lang or background.settings.default_lang),
        person_id=person.id,
        lines=[item.title for item in one.items],
        links={"link": "/inbox", "settings": "/account/notifications"},
    )
