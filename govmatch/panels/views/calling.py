"""Calling a jury together: time, place, members, chair, and what is discussed."""

from govmatch.applications.models import How
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.kit.asking import require
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.panels import actions, queries, rules
from govmatch.panels.agenda import Suggested, suggested
from govmatch.panels.forms import read_call, read_revision
from govmatch.panels.models import Panel
from govmatch.panels.views.frame import (
    PATH,
    Head,
    callers,
    case_of,
    criteria_of,
    head_of,
    path_of,
)
from govmatch.reviews import queries as reviews
from govmatch.reviews.queries import Juror
from govmatch.reviews.telling_numbers import plain, with_error
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled, local_text
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class Choice:
    """An application that may be discussed; `wide` are the criteria that reviewers part on.

    `disagreement` stands with its standard error, and is empty with a single review.
    """

    key: str
    name: str
    disagreement: str
    wide: list[str]
    is_near: bool


@dataclass(frozen=True)
class CallPage:
    head: Head
    numbers_url: str
    jury: list[tuple[str, str]]
    choices: list[Choice]
    quorum: int
    action: str
    form: Form


def show(visit: Visit) -> Answer:
    challenge = case_of(visit)
    panel = _callable(visit, challenge)
    found = _suggested(visit, challenge)
    form = _kept(visit, panel) if panel is not None else _new(found)
    return _shown(visit, challenge, panel, form)


def _callable(visit: Visit, challenge: Challenge) -> Panel | None:
    panel = queries.panel_of(visit.db, challenge)
    frozen = reviews.is_frozen(visit.db, challenge)
    require(rules.may_call(visit.actor, challenge, panel, is_frozen=frozen))
    return panel


def _suggested(visit: Visit, challenge: Challenge) -> list[Suggested]:
    """Return what may be discussed and is not closed to whoever calls, widest apart first."""
    ranked = [
        one
        for one in reviews.ranking(visit.db, challenge)
        if one.application.state in rules.DISCUSSED
    ]
    among = reviews.counted_to(visit.db, visit.actor, challenge, now=visit.real_now)
    apart = reviews.partings(visit.db, challenge, among)
    found = suggested(ranked, apart.applications, apart.criteria, places=challenge.pilots_max)
    seen = {one.id for one in reviews.assignable_to(visit.db, visit.actor, challenge)}
    return [one for one in found if one.application.id in seen]


def _new(found: list[Suggested]) -> Form:
    chosen = [one.application.public_id for one in found if one.is_suggested]
    return filled({"items": chosen, "revision": "0"})


def _kept(visit: Visit, panel: Panel) -> Form:
    members = queries.members_of(visit.db, panel)
    return filled(
        {
            "starts": local_text(panel.starts, panel.challenge.zone),
            "place": panel.place,
            "video": panel.video,
            "access": panel.access,
            "members": [one.person.public_id for one in members],
            "chair": next((one.person.public_id for one in members if one.is_chair), ""),
            "items": [one.application.public_id for one in queries.items_of(visit.db, panel)],
            "revision": str(panel.revision),
        }
    )


def _shown(
    visit: Visit, challenge: Challenge, panel: Panel | None, form: Form, *, status: int = 200
) -> Answer:
    labels = {key: label for key, label, _ in criteria_of(visit, challenge)}
    values = CallPage(
        head=head_of(visit, challenge, panel),
        numbers_url=visit.url(f"/desk/challenges/{challenge.slug}/reviewing/numbers"),
        jury=[(one.person.public_id, one.person.name) for one in _jury(visit, challenge)],
        choices=[
            Choice(
                key=one.application.public_id,
                name=name_for(one.application, How.FULL, visit.lang),
                disagreement=_with_error(visit, one),
                wide=[labels[key] for key in one.wide],
                is_near=one.is_near,
            )
            for one in _suggested(visit, challenge)
        ],
        quorum=rules.quorum_of(challenge),
        action=visit.url(f"{path_of(challenge)}/call"),
        form=form,
    )
    return page(visit, "panels/call.html", values, status=status, main_form=True)


def _with_error(visit: Visit, one: Suggested) -> str:
    if one.disagreement is None:
        return ""
    return with_error(plain(one.disagreement, visit.lang), one.error, visit.lang)


def _jury(visit: Visit, challenge: Challenge) -> list[Juror]:
    return queries.jurors(visit.db, challenge, now=visit.real_now)


def call(visit: WritingVisit) -> Answer:
    challenge = case_of(visit)
    panel = _callable(visit, challenge)
    data, form = read_call(
        visit.form,
        challenge.zone,
        people={one.person.public_id: one.person.id for one in _jury(visit, challenge)},
        items={
            one.application.public_id: one.application.id for one in _suggested(visit, challenge)
        },
        quorum=rules.quorum_of(challenge),
    )
    if visit.switching:
        return _shown(visit, challenge, panel, Form(form.values))
    if data is None:
        return _shown(visit, challenge, panel, form, status=422)
    try:
        actions.call(
            visit.session, challenge, data,
            revision=read_revision(visit.form), actor=visit.actor,
            now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        return _shown(visit, challenge, panel, Form(form.values, error.errors), status=422)
    visit.flash("success", msg("Saved. Everybody who is called is told."))
    return redirect(path_of(challenge))


routes = [
    get(f"{PATH}/call", show, callers),
    post(f"{PATH}/call", call, callers, once=True),
]
