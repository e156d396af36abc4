"""/reviews/challenges/{slug}/names: a juror declares anew, and reads the names that follow."""

from dataclasses import replace

from govmatch.challenges.models import Challenge
from govmatch.interviews import queries
from govmatch.interviews.forms import read_revision, read_ties
from govmatch.interviews.views.frame import Head, head_of, jury
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, NotFound
from govmatch.kit.i18n import msgn
from govmatch.kit.records import dataclass
from govmatch.reviews import actions as reviews
from govmatch.reviews import queries as declared
from govmatch.reviews import rules
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/reviews/challenges/{slug}/names"


@dataclass(frozen=True)
class NamesPage:
    """What the juror has declared so far, and whether names wait for them."""

    head: Head
    named: list[str]
    other_ties: str
    has_names: bool
    declaration_url: str
    action: str
    revision: int
    form: Form


def show(visit: Visit) -> Answer:
    challenge = _jury(visit)
    if declared.declaration_of(visit.db, challenge.id, visit.actor.person_id) is None:
        return redirect(f"/reviews/challenges/{challenge.slug}/declaration")
    return _shown(visit, challenge, filled({}))


def _jury(visit: Visit) -> Challenge:
    challenge = queries.get_case(visit.db, visit.actor, visit.params["slug"], now=visit.now)
    if not rules.sits_on(visit.actor, challenge):
        raise NotFound
    return challenge


def _shown(visit: Visit, challenge: Challenge, form: Form, *, status: int = 200) -> Answer:
    kept = declared.declaration_of(visit.db, challenge.id, visit.actor.person_id)
    ties = declared.ties_of(visit.db, kept) if kept is not None else []
    has_names = bool(declared.hidden_to(visit.db, challenge, visit.actor.person_id))
    values = NamesPage(
        head=head_of(visit, challenge),
        # A firm that is not listed stays in the reviewer's own words: asking must not find it.
        named=[one.name for one in ties if one.is_public],
        other_ties=kept.other_ties if kept is not None else "",
        has_names=has_names,
        declaration_url=visit.url(f"/reviews/challenges/{challenge.slug}/declaration"),
        action=visit.url(f"/reviews/challenges/{challenge.slug}/names"),
        revision=kept.revision if kept is not None else 0,
        form=form,
    )
    return page(visit, "interviews/own_names.html", values, status=status, main_form=has_names)


def confirm(visit: WritingVisit) -> Answer:
    """Keep further ties and that there are no others; the names that stay open are shown."""
    challenge = _jury(visit)
    require(rules.may_declare(visit.actor, challenge))
    words, form = read_ties(visit.form)
    if visit.switching:
        return _shown(visit, challenge, Form(form.values))
    if form.errors:
        return _shown(visit, challenge, form, status=422)
    try:
        count = reviews.read_names(
            visit.session, challenge,
            other_ties=words, revision=read_revision(visit.form),
            actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Conflict as error:
        return _shown(visit, challenge, replace(form, errors={"": error.reason}), status=409)
    visit.flash(
        "success",
        msgn(
            "Thank you. You read {n} name from now on.",
            "Thank you. You read {n} names from now on.",
            n=count,
        ),
    )
    return redirect("/reviews")


routes = [
    get(PATH, show, jury),
    post(PATH, confirm, jury, once=True),
]
