"""/triage/suggest: what may follow in the search box of triage, for this reader."""

import json
from collections.abc import Mapping

from govmatch.kit.i18n import msg, msgn
from govmatch.organisations.completion import completions
from govmatch.overview.views.triage.asked import ME, reading
from govmatch.overview.views.triage.fields import SORT, fields, orders
from govmatch.triage import queries
from govmatch.web.answers import Answer, text
from govmatch.web.routes import get
from govmatch.web.visit import Visit

LONGEST = 500


def suggest(visit: Visit) -> Answer:
    """Return names of fields, and values that some application has which the reader reads."""
    typed = visit.query.one("q")[:LONGEST]

    def counts(facet: str) -> Mapping[str, int]:
        if facet == SORT:
            return dict.fromkeys(orders(), 1)
        found = queries.counts_of(visit.db, visit.actor, facet, now=visit.now)
        if facet != "handler":
            return dict(sorted(found.items(), key=lambda one: -one[1]))
        own = str(visit.actor.person_id)
        return {ME if one == own else one: n for one, n in found.items()}

    following = completions(typed, fields(visit, typed), counts, lang=visit.lang)
    items = [{"text": one.shown, "fill": one.text} for one in following]
    said = msgn("{n} suggestion", "{n} suggestions", n=len(items))
    groups = [{"name": visit.say(msg("Narrow the search")), "items": items}] if items else []
    body = {"said": visit.say(said) if items else "", "groups": groups}
    return text(json.dumps(body, ensure_ascii=False), "application/json")


routes = [get("/triage/suggest", suggest, reading, limit="search")]
