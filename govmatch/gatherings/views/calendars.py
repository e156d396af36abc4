"""/events.ics and /events/{slug}.ics: events for calendars (RFC 5545)."""

from dataclasses import replace

from govmatch.challenges.queries import next_midnight
from govmatch.gatherings import queries, rules
from govmatch.gatherings.calendar import entry
from govmatch.gatherings.models import State
from govmatch.gatherings.views.listing import chosen
from govmatch.kit.i18n import msg
from govmatch.web.answers import Answer
from govmatch.web.calendars import calendar
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

MOST = 1_000


def every(visit: Visit) -> Answer:
    """All events that are not over and fit the filters, as one calendar to subscribe to."""
    coming = queries.not_over(visit.db, visit.now, most=MOST, among=chosen(visit))
    name = f"{visit.say(msg('Events'))} – {visit.settings.site_name}"
    answer = calendar([entry(visit, one) for one in coming], name=name, method="PUBLISH")
    ends = [one.ends for one in coming]
    return replace(answer, expires=min([next_midnight(visit.now, visit.settings.zone), *ends]))


def one(visit: Visit) -> Answer:
    """One event; whoever has a place finds the address to join online in it.

    A cancelled one comes with METHOD:CANCEL, which takes it out of a calendar.
    """
    gathering = queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    own = queries.own(visit.db, visit.actor, gathering)
    event = entry(visit, gathering, with_link=rules.sees_link(own, gathering))
    method = "CANCEL" if gathering.state == State.CANCELLED else "PUBLISH"
    return calendar([event], name=queries.text_for(gathering, visit.lang).title, method=method)


routes = [
    get("/events.ics", every, anyone, cached=True),
    get("/events/{slug}.ics", one, anyone),
]
