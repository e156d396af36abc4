"""/challenges/{slug}.ics: the dates of one challenge as calendar entries."""

from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import text_of
from govmatch.challenges.views.detail.found import challenge_of
from govmatch.kit.i18n import msg
from govmatch.web.answers import Answer
from govmatch.web.calendars import CalendarEvent, calendar
from govmatch.web.visit import Visit


def as_calendar(visit: Visit) -> Answer:
    """The dates of the challenge as calendar entries."""
    challenge = challenge_of(visit)
    return calendar(events_of(visit, challenge), name=text_of(challenge, visit.lang).title)


def events_of(visit: Visit, challenge: Challenge) -> list[CalendarEvent]:
    """Return opening, end of questions and deadline; the same UID each time."""
    title = text_of(challenge, visit.lang).title
    dates = (
        ("opens", msg("Opens: {title}", title=title), challenge.opens),
        (
            "questions",
            msg("Last day for questions: {title}", title=title),
            challenge.questions_until,
        ),
        ("closes", msg("Deadline: {title}", title=title), challenge.closes),
    )
    return [
        CalendarEvent(
            uid=f"{challenge.public_id}-{name}@govmatch",
            sequence=challenge.revision,
            stamp=challenge.updated_at,
            at=at,
            summary=visit.say(label),
            url=visit.absolute(f"/challenges/{challenge.slug}"),
        )
        for name, label, at in dates
        if at is not None
    ]
