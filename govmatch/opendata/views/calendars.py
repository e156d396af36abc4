"""/challenges.ics: the dates of what is open and announced, as one calendar to subscribe to."""

from dataclasses import replace

from govmatch.challenges.calendar import entries
from govmatch.challenges.showing import by_ids
from govmatch.kit.i18n import msg
from govmatch.opendata.views.chosen import called, known, wishes
from govmatch.web.answers import Answer
from govmatch.web.calendars import calendar
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

MOST = 300
"""Challenges, those that close soonest; each has up to four dates."""
MOST_CANCELLED = 100


def dates(visit: Visit) -> Answer:
    """Their dates, and those of cancelled ones while these would have run, so that they go."""
    public = known(visit)
    wanted = wishes(visit, without=frozenset({"phase", "deadline"}))
    coming = {**wanted, "phase": ["open", "scheduled"]}
    cancelled = {**wanted, "phase": ["cancelled"]}
    ids = public.ids(coming, sort="closing", offset=0, size=MOST)
    ids += public.ids(cancelled, sort="closing", offset=0, size=MOST_CANCELLED)
    events = [
        event
        for one in by_ids(visit.db, ids)
        if one.closes is not None and one.closes > visit.now
        for event in entries(visit, one)
    ]
    title = called(visit, visit.say(msg("Dates of challenges")), wanted)
    answer = calendar(events, name=f"{title} – {visit.settings.site_name}")
    return replace(answer, expires=public.expires)


routes = [get("/challenges.ics", dates, anyone, cached=True)]
