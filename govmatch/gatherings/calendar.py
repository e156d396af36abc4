"""Gatherings as entries of a calendar file (RFC 5545)."""

from govmatch.gatherings.models import Gathering, State
from govmatch.gatherings.queries import text_for
from govmatch.gatherings.showing import path_of, where_text
from govmatch.kit.i18n import Lang, msg, say
from govmatch.web.calendars import CalendarEvent
from govmatch.web.visit import Visit


def entry(visit: Visit, gathering: Gathering, *, with_link: bool = False) -> CalendarEvent:
    """Return one entry: the same UID for good, a raised SEQUENCE at each change.

    The address to join online is only for who has a place.
    """
    words = text_for(gathering, visit.lang)
    text = words.summary
    if with_link and gathering.link:
        text = f"{text}\n\n{say(msg('Join online:'), visit.lang)} {gathering.link}"
    is_cancelled = gathering.state == State.CANCELLED
    return CalendarEvent(
        uid=f"{gathering.public_id}@govmatch",
        sequence=gathering.revision,
        stamp=gathering.updated_at,
        at=gathering.starts,
        ends=gathering.ends,
        summary=_summary(words.title, is_cancelled=is_cancelled, lang=visit.lang),
        url=visit.absolute(path_of(gathering)),
        location=where_text(gathering, visit.lang),
        description=text,
        status="CANCELLED" if is_cancelled else "CONFIRMED",
        organizer=(gathering.contact.get("name", ""), gathering.contact.get("email", "")),
        is_busy=True,
    )


def _summary(title: str, *, is_cancelled: bool, lang: Lang) -> str:
    return say(msg("Cancelled: {title}", title=title), lang) if is_cancelled else title
