"""/reviews: what a reviewer has to do first, then everything that was given to them."""

from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.kit.i18n import Message, msg
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.reviews import queries, rules
from govmatch.reviews.models import Review
from govmatch.reviews.queries import Count
from govmatch.reviews.showing import name_of, points_text, state_of
from govmatch.reviews.views.access import jury, title_of
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

SIZE = 50


@dataclass(frozen=True)
class Jury:
    """A challenge on whose jury the reader sits, and how far they are."""

    title: str
    title_lang: str | None
    url: str
    declaration_url: str
    interviews_url: str
    has_declared: bool
    may_declare: bool
    words: Message
    count: Count | None
    numbers_url: str
    """Once all of one's own reviews are submitted."""


@dataclass(frozen=True)
class Item:
    name: str
    url: str
    challenge: str
    challenge_lang: str | None
    due: datetime
    is_overdue: bool
    state: Message
    kind: str
    mean: str


@dataclass(frozen=True)
class ReviewsPage:
    undeclared: list[Jury]
    juries: list[Jury]
    tabs: list[tuple[str, str, bool, int]]
    is_done: bool
    items: list[Item]
    next_url: str
    paging: Paging


def show(visit: Visit) -> Answer:
    """Show what is to do, soonest due first; `show=done` everything else."""
    is_done = visit.query.one("show") == "done"
    juries = _juries(visit)
    to_do = queries.count_own(visit.db, visit.actor, is_done=False)
    done = queries.count_own(visit.db, visit.actor, is_done=True)
    here = {"show": "done"} if is_done else {}
    paging = Paging(
        page_number(visit.query.one("page")), SIZE, done if is_done else to_do,
        lambda n: visit.url("/reviews", **here, page=n if n > 1 else None),
    )  # fmt: skip
    reviews = queries.own(visit.db, visit.actor, is_done=is_done, offset=paging.offset, size=SIZE)
    items = [_item(visit, one) for one in reviews]
    values = ReviewsPage(
        undeclared=[one for one in juries if not one.has_declared and one.may_declare],
        juries=juries,
        tabs=[
            (visit.say(msg("To do")), visit.url("/reviews"), not is_done, to_do),
            (visit.say(msg("Done or ended")), visit.url("/reviews", show="done"), is_done, done),
        ],
        is_done=is_done,
        items=items,
        next_url=items[0].url if items and not is_done else "",
        paging=paging,
    )
    return page(visit, "reviews/list.html", values)


def _juries(visit: Visit) -> list[Jury]:
    """Return the juries of the reader whose challenges are public; four statements for all."""
    ids = sorted(rules.jury_of(visit.actor))
    declared = queries.declared_among(visit.db, ids, [visit.actor.person_id or 0])
    counts = queries.counts_of(visit.db, visit.actor)
    return [
        _jury(
            visit,
            one,
            has_declared=(one.id, visit.actor.person_id) in declared,
            count=counts.get(one.id),
        )
        for one in queries.own_juries(visit.db, visit.actor)
        if rules.is_shown_to_jury(one, visit.now)
    ]


def _jury(visit: Visit, challenge: Challenge, *, has_declared: bool, count: Count | None) -> Jury:
    title, lang = title_of(challenge, visit)
    words = (
        msg("The applications have not been opened yet.")
        if challenge.opened_at is None
        else msg("Nothing was given to you yet.")
    )
    return Jury(
        title=title,
        title_lang=lang,
        url=visit.url(f"/challenges/{challenge.slug}"),
        declaration_url=visit.url(f"/reviews/challenges/{challenge.slug}/declaration"),
        interviews_url=visit.url(f"/desk/challenges/{challenge.slug}/interviews")
        if challenge.opened_at is not None and rules.has_interviews(challenge)
        else "",
        has_declared=has_declared,
        may_declare=bool(rules.may_declare(visit.actor, challenge)),
        words=words,
        count=count,
        numbers_url=visit.url(f"/desk/challenges/{challenge.slug}/reviewing/numbers")
        if rules.may_see_numbers(
            visit.actor,
            challenge,
            given=count.done if count else 0,
            to_give=count.to_do if count else 0,
        )
        else "",
    )


def _item(visit: Visit, review: Review) -> Item:
    application = review.application
    title, lang = title_of(application.challenge, visit)
    state, kind = state_of(review, application)
    return Item(
        name=name_of(review, visit.lang),
        url=visit.url(f"/reviews/{review.public_id}"),
        challenge=title,
        challenge_lang=lang,
        due=review.due_at,
        is_overdue=rules.is_to_do(review, application) and review.due_at <= visit.now,
        state=state,
        kind=kind,
        mean=points_text(review.mean, visit.lang) if review.mean is not None else "",
    )


routes = [get("/reviews", show, jury)]
