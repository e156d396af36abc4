"""Interviews as entries of a calendar file (RFC 5545): the same UID, a raised SEQUENCE."""

from govmatch.challenges.showing import text_of
from govmatch.interviews.models import Interview
from govmatch.interviews.showing import access_text, where_of
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import msg, say
from govmatch.web.answers import Answer
from govmatch.web.calendars import CalendarEvent, calendar
from govmatch.web.visit import Visit


def as_file(visit: Visit, interview: Interview, path: str) -> Answer:
    """Return the booked slot, or the entry that takes the last one out of a calendar.

    No entry names the firm: a calendar is often open to others. Raises `NotFound` where nothing
    was ever booked.
    """
    slot, challenge = interview.slot, interview.application.challenge
    at = slot.starts if slot is not None else interview.last_at
    if at is None:
        raise NotFound
    title = text_of(challenge, visit.lang).title or challenge.slug
    joins = [access_text(slot, visit.lang)] if slot is not None else []
    if slot is not None and slot.video:
        joins.append(say(msg("Join by video: {address}", address=slot.video), visit.lang))
    name = say(msg("Interview: {title}", title=title), visit.lang)
    event = CalendarEvent(
        uid=f"{interview.public_id}@govmatch",
        sequence=interview.sequence,
        stamp=interview.changed_at,
        at=at,
        ends=slot.ends if slot is not None else None,
        summary=name,
        url=visit.absolute(path),
        location=where_of(slot, visit.lang) if slot is not None else "",
        description="\n\n".join(part for part in joins if part),
        status="CONFIRMED" if slot is not None else "CANCELLED",
        organizer=(challenge.contact.get("name", ""), challenge.contact.get("email", "")),
        is_busy=slot is not None,
    )
    return calendar([event], name=name, method="PUBLISH" if slot is not None else "CANCEL")
