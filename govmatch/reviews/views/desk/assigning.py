"""Assigning by hand: what will change is shown first, then it is done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from govmatch.accounts.models import Person
from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.kit.asking import require
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.reviews import actions, queries, rules
from govmatch.reviews.forms import read_due
from govmatch.reviews.queries import Outcome, Plan
from govmatch.reviews.showing import OUTCOMES
from govmatch.reviews.views.access import assigning, overseen, title_of
from govmatch.reviews.views.desk import matrix
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

MOST_SHOWN = 100


@dataclass(frozen=True)
class PreviewPage:
    """What an assignment will do; `fields` are sent again with the confirmation."""

    title: str
    title_lang: str | None
    path: str
    action: str
    due: datetime
    zone: str
    fields: list[tuple[str, str]]
    new: int
    by_person: list[tuple[str, int]]
    refused: list[tuple[str, str, Message]]
    refused_count: int
    counts: list[tuple[Message, int]]


def assign(visit: WritingVisit) -> Answer:
    """Show what would change, or with the confirmation do it."""
    challenge = overseen(visit)
    require(rules.may_assign(visit.actor, challenge))
    reader = Reader(visit.form)
    actions.suspect(
        visit.session, challenge,
        content_dir=visit.settings.content_dir, now=visit.now, real_now=visit.real_now,
    )  # fmt: skip
    chosen, people, due = _read(visit, challenge, reader)
    is_confirmed = visit.form.one("then") == "assign"
    if visit.switching and not visit.form.one("previewed"):
        return matrix.shown(visit, challenge, replace(reader.form, errors={}))
    if due is not None and due <= visit.now:
        reader.wrong("due", msg("Please choose a day that has not passed."))
    if not reader.ok or due is None:
        return matrix.shown(visit, challenge, reader.form, status=422)
    if visit.switching or not is_confirmed:
        plan = queries.preview(visit.db, chosen, people, now=visit.real_now)
        return _preview(visit, challenge, plan, reader.form, due)
    try:
        plan = actions.assign(
            visit.session, chosen, people,
            due_at=due, actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        return matrix.shown(visit, challenge, Form(reader.form.values, error.errors), status=422)
    visit.flash(
        "success" if plan.new else "info",
        msgn("{n} review assigned.", "{n} reviews assigned.", n=len(plan.new)),
    )
    return redirect(f"/desk/challenges/{challenge.slug}/reviewing")


def _read(
    visit: WritingVisit, challenge: Challenge, reader: Reader
) -> tuple[list[Application], list[Person], datetime | None]:
    """Return what was chosen, of what this manager may assign."""
    found = queries.assignable_to(visit.db, visit.actor, challenge)
    jurors = queries.jury(visit.db, challenge, now=visit.real_now)
    known = {one.public_id: one for one in found}
    people = {one.person.public_id: one.person for one in jurors}
    which = reader.choice("which", ["chosen", "all"])
    picked = list(dict.fromkeys(visit.form.all("applications")))
    if which == "chosen" and not [one for one in picked if one in known]:
        reader.wrong("which", msg("Please choose at least one application in the table."))
    keys = reader.several("people", list(people), required=True)
    chosen = list(found) if which == "all" else [known[one] for one in picked if one in known]
    return chosen, [people[key] for key in keys], read_due(reader, challenge.zone)


def _preview(visit: Visit, challenge: Challenge, plan: Plan, form: Form, due: datetime) -> Answer:
    title, title_lang = title_of(challenge, visit)
    path = f"/desk/challenges/{challenge.slug}/reviewing"
    by_person = Counter(one.person.name for one in plan.new)
    counts = Counter(one.outcome for one in plan.refused)
    values = PreviewPage(
        title=title,
        title_lang=title_lang,
        path=path,
        action=visit.url(f"{path}/assign"),
        due=due,
        zone=challenge.zone,
        fields=_fields(form, ("which", "due", "people", "applications")),
        new=len(plan.new),
        by_person=sorted(by_person.items()),
        refused=[
            (
                name_for(one.application, How.FULL, visit.lang),
                one.person.name,
                OUTCOMES[one.outcome],
            )
            for one in plan.refused[:MOST_SHOWN]
        ],
        refused_count=len(plan.refused),
        counts=[(OUTCOMES[one], counts[one]) for one in Outcome if counts[one]],
    )
    return page(visit, "reviews/desk/preview.html", values, main_form=True)


def _fields(form: Form, names: Sequence[str]) -> list[tuple[str, str]]:
    """Return the fields that the confirmation sends again; those of one name end in brackets."""
    kept = []
    for name in names:
        several = name in {"people", "applications"}
        values = form.chosen(name) if several else [form.value(name)]
        if name == "applications" and form.value("which") == "all":
            continue
        kept += [(f"{name}[]" if several else name, value) for value in values if value]
    return kept


def to_matrix(visit: Visit) -> Answer:
    """Lead whoever loads the address of the button to the page that it stands on."""
    return redirect(f"/desk/challenges/{overseen(visit).slug}/reviewing")


routes = [
    get("/desk/challenges/{slug}/reviewing/assign", to_matrix, assigning),
    post("/desk/challenges/{slug}/reviewing/assign", assign, assigning, once=True),
]
