"""/reviews/challenges/{slug}/declaration: ties to firms, before any of them is shown."""

from dataclasses import replace
from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.directory import named_firms
from govmatch.organisations.models import Firm
from govmatch.organisations.showing import place_of
from govmatch.reviews import actions, queries, rules
from govmatch.reviews.forms import MOST_FIRMS, read_ties
from govmatch.reviews.views.access import jury, own_jury, title_of, whole_number
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

MOST_FOUND = 20


@dataclass(frozen=True)
class DeclarationPage:
    """`choices` are the firms that are ticked, then those that were found."""

    title: str
    title_lang: str | None
    challenge_url: str
    action: str
    declared_at: datetime | None
    named: list[str]
    other_ties: str
    may_declare: bool
    why_not: Message | None
    form: Form
    searched: str
    choices: list[tuple[str, str, str]]
    found: int
    shown: int
    revision: int


def show(visit: Visit) -> Answer:
    challenge = own_jury(visit)
    return _page(visit, challenge, filled({"q": visit.query.one("q")}))


def declare(visit: WritingVisit) -> Answer:
    """Search on, or keep the declaration; what is searched does not lose what is ticked."""
    challenge = own_jury(visit)
    require(rules.may_declare(visit.actor, challenge))
    reader = Reader(visit.form)
    chosen = _chosen(visit, visit.form.all("firms"))
    if visit.switching or visit.form.one("then") == "search":
        return _page(visit, challenge, replace(reader.form, errors={}))
    kept = queries.declaration_of(visit.db, challenge.id, visit.actor.person_id)
    ties = read_ties(reader, [firm.slug for firm in chosen], is_first=kept is None)
    if kept is not None and not (ties.firms or ties.other_ties):
        reader.wrong("firms", msg("Please name a firm or describe a tie."))
    if not reader.ok:
        return _page(visit, challenge, reader.form, status=422)
    try:
        actions.declare(
            visit.session,
            challenge,
            firm_ids=[firm.id for firm in chosen],
            other_ties=ties.other_ties,
            revision=whole_number(visit.form.one("revision")),
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
    except Conflict as error:
        form = replace(reader.form, errors={"": error.reason})
        return _page(visit, challenge, form, status=409)
    visit.flash("success", msg("Thank you. Your declaration is kept."))
    return redirect("/reviews")


def _chosen(visit: Visit, slugs: list[str]) -> list[Firm]:
    return queries.listed_firms(visit.db, slugs[:MOST_FIRMS])


def _page(visit: Visit, challenge: Challenge, form: Form, *, status: int = 200) -> Answer:
    kept = queries.declaration_of(visit.db, challenge.id, visit.actor.person_id)
    named = queries.ties_of(visit.db, kept) if kept is not None else []
    searched = form.value("q").strip()
    total, found = named_firms(visit.db, searched, public_id=visit.public_id, most=MOST_FOUND)
    ticked = _chosen(visit, form.chosen("firms"))
    choices = {firm.slug: firm for firm in [*ticked, *found] if firm not in named}
    ruling = rules.may_declare(visit.actor, challenge)
    title, lang = title_of(challenge, visit)
    values = DeclarationPage(
        title=title,
        title_lang=lang,
        challenge_url=visit.url(f"/challenges/{challenge.slug}"),
        action=visit.url(f"/reviews/challenges/{challenge.slug}/declaration"),
        declared_at=kept.at if kept is not None else None,
        # A firm that is not listed stays in the reviewer's own words: asking must not find it.
        named=[firm.name for firm in named if firm.is_public],
        other_ties=kept.other_ties if kept is not None else "",
        may_declare=bool(ruling),
        why_not=None if ruling else ruling.reason,
        form=form,
        searched=searched,
        choices=[(one.slug, one.name, place_of(one, visit.lang)) for one in choices.values()],
        found=total,
        shown=len(found),
        revision=kept.revision if kept is not None else 0,
    )
    return page(visit, "reviews/declaration.html", values, status=status, main_form=bool(ruling))


HERE = "/reviews/challenges/{slug}/declaration"

routes = [
    get(HERE, show, jury),
    post(HERE, declare, jury, once=True),
]
