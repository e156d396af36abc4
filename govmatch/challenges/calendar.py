"""The dates of a challenge as entries of a calendar file (RFC 5545)."""

from govmatch.challenges.models import Challenge, State
from govmatch.challenges.rules.answering import answers_by
from govmatch.challenges.showing import text_of
from govmatch.kit.i18n import msg
from govmatch.web.calendars import CalendarEvent
from govmatch.web.visit import Visit


def entries(visit: Visit, challenge: Challenge) -> list[CalendarEvent]:
    """Return one entry for each date: opening, end of questions, answers, deadline.

    Each keeps its UID for good, and every change of the challenge raises its SEQUENCE; so does its
    end, after which all of them are CANCELLED.
    """
    title = text_of(challenge, visit.lang).title
    is_off = challenge.state == State.CANCELLED
    dates = (
        ("opens", msg("Opens: {title}", title=title), challenge.opens),
        (
            "questions",
            msg("Last day for questions: {title}", title=title),
            challenge.questions_until,
        ),
        ("answers", msg("Answers by: {title}", title=title), answers_by(challenge)),
        ("closes", msg("Deadline: {title}", title=title), challenge.closes),
    )
    return [
        CalendarEvent(
            uid=f"{challenge.public_id}-{name}@govmatch",
            sequence=challenge.revision + is_off,
            stamp=challenge.updated_at,
            at=at,
            summary=visit.say(
                msg("Challenge cancelled: {title}", title=title) if is_off else label
            ),
            url=visit.absolute(f"/challenges/{challenge.slug}"),
            status="CANCELLED" if is_off else "CONFIRMED",
        )
        for name, label, at in dates
        if at is not None
    ]
