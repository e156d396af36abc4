"""/challenges.atom: the newest challenges, of those that fit the filters in the address."""

from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import by_ids, text_of
from govmatch.kit.i18n import msg, pick
from govmatch.opendata.views.chosen import called, known, wishes
from govmatch.web.answers import Answer
from govmatch.web.feeds import FeedEntry, feed
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

MOST = 100


def newest(visit: Visit) -> Answer:
    """The newest 100 as an Atom feed."""
    public, wanted = known(visit), wishes(visit)
    found = by_ids(visit.db, public.ids(wanted, sort="newest", offset=0, size=MOST))
    return feed(
        visit,
        [_entry(visit, one) for one in found],
        title=called(visit, visit.say(msg("Challenges")), wanted),
        own=visit.url("/challenges.atom", **wanted),
        page=visit.url("/challenges", **wanted),
        now=public.at,
        expires=public.expires,
    )


def _entry(visit: Visit, one: Challenge) -> FeedEntry:
    words = text_of(one, visit.lang)
    return FeedEntry(
        name=f"challenge:{one.public_id}",
        title=words.title,
        lang=words.lang,
        path=f"/challenges/{one.slug}",
        published=one.published_at or one.updated_at,
        updated=one.updated_at,
        author=pick(one.authority.names, visit.lang)[0],
        summary=words.summary,
    )


routes = [get("/challenges.atom", newest, anyone, cached=True)]
