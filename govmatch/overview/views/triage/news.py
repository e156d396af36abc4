"""/triage/news: how much of a list has changed since a page of it was made, in a few bytes."""

import hashlib
import json

from govmatch.kit.i18n import msgn
from govmatch.overview.queries.triage import changed_since
from govmatch.overview.views.triage.asked import read_asked, reading
from govmatch.overview.views.triage.since import row_of
from govmatch.triage import queries
from govmatch.web.answers import Answer, text
from govmatch.web.routes import get
from govmatch.web.visit import Visit

MOST_SHOWN = 400


def news(visit: Visit) -> Answer:
    """Say how many applications of the list have changed; 304 where that was told already.

    The tag says no more than the answer: what this reader may not see moves neither.
    """
    asked = read_asked(visit, visit.query)
    number = queries.changed_for(
        visit.db,
        visit.actor,
        asked.filters,
        changed=changed_since(visit.db, row_of(visit, visit.query.one("since"))),
        shown=visit.query.one("shown").split()[:MOST_SHOWN],
        now=visit.now,
    )
    said = visit.say(
        msgn("{n} application has changed.", "{n} applications have changed.", n=number)
    )
    body = json.dumps({"n": number, "said": said if number else ""}, ensure_ascii=False)
    tag = f'"{hashlib.blake2b(body.encode(), digest_size=8).hexdigest()}"'
    if tag in visit.headers.get("if-none-match", ""):
        return Answer(status=304, headers={"ETag": tag})
    answer = text(body, "application/json")
    return Answer(body=answer.body, media_type=answer.media_type, headers={"ETag": tag})


routes = [get("/triage/news", news, reading)]
