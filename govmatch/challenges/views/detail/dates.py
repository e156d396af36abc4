"""/challenges/{slug}.ics: the dates of one challenge as calendar entries."""

from dataclasses import replace

from govmatch.challenges.calendar import entries
from govmatch.challenges.showing import text_of
from govmatch.challenges.views.detail.found import challenge_of, expires_of
from govmatch.web.answers import Answer
from govmatch.web.calendars import calendar
from govmatch.web.visit import Visit


def as_calendar(visit: Visit) -> Answer:
    """The dates of the challenge, to be kept or subscribed to."""
    challenge = challenge_of(visit)
    answer = calendar(entries(visit, challenge), name=text_of(challenge, visit.lang).title)
    return replace(answer, expires=expires_of(visit, challenge))
