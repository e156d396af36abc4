"""One application at the meeting: the points of each reviewer, and beside them the consensus."""

from govmatch.kit.errors import Invalid, NotFound
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.panels import actions, queries, rules
from govmatch.panels.forms import read_note, read_revision
from govmatch.panels.models import PanelItem
from govmatch.panels.views.frame import (
    PATH,
    Head,
    Interviewed,
    Meeting,
    called,
    comers,
    criteria_of,
    head_of,
    interviews_of,
    jury,
    label_of,
    may_read_items,
    path_of,
)
from govmatch.reviews import scoring
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class Criterion:
    """`given` is (reviewer, points, comment, points before the interview where they differ).

    `agreed` is what the meeting agreed on, with why.
    """

    key: str
    label: str
    weight: int
    given: list[tuple[str, int | None, str, str]]
    mean: float | None
    agreed: int | None
    reason: str


@dataclass(frozen=True)
class ItemPage:
    head: Head
    name: str
    application_url: str
    interview: Interviewed | None
    note: str
    criteria: list[Criterion]
    may_note: bool
    action: str
    form: Form


def show(visit: Visit) -> Answer:
    meeting, item = _found(visit)
    return _shown(visit, meeting, item, _kept(visit, meeting, item))


def _found(visit: Visit) -> tuple[Meeting, PanelItem]:
    meeting = called(visit)
    if not may_read_items(visit, meeting):
        raise NotFound
    item = queries.get_item(visit.db, visit.actor, meeting.panel, visit.params["item"])
    return meeting, item


def _kept(visit: Visit, meeting: Meeting, item: PanelItem) -> Form:
    scores = queries.scores_of(visit.db, meeting.panel).get(item.id, {})
    return filled(
        {
            "note": item.note,
            "revision": str(item.revision),
            **{f"points-{key}": str(one.points) for key, one in scores.items()},
            **{f"reason-{key}": one.reason for key, one in scores.items()},
        }
    )


def _shown(
    visit: Visit, meeting: Meeting, item: PanelItem, form: Form, *, status: int = 200
) -> Answer:
    how = queries.open_to(visit.db, visit.actor, [item])[item.application_id]
    may_note = bool(
        rules.may_note(visit.actor, meeting.panel, meeting.members, is_frozen=meeting.is_frozen)
    )
    own = rules.member_of(visit.actor, meeting.members)
    key = item.application.public_id
    values = ItemPage(
        head=head_of(visit, meeting.challenge, meeting.panel),
        name=label_of(visit, item, how),
        application_url="" if own is not None else visit.url(f"/triage/{key}"),
        interview=interviews_of(visit, meeting.challenge, [item]).get(item.application_id),
        note=item.note,
        criteria=criteria_at(visit, meeting, item),
        may_note=may_note,
        action=visit.url(f"{path_of(meeting.challenge)}/items/{item.public_id}"),
        form=form,
    )
    return page(visit, "panels/item.html", values, status=status, main_form=may_note)


def criteria_at(visit: Visit, meeting: Meeting, item: PanelItem) -> list[Criterion]:
    """Return each criterion with everybody's points, their mean, and what was agreed."""
    given = queries.given_to(visit.db, item.application_id)
    agreed = queries.scores_of(visit.db, meeting.panel).get(item.id, {})
    found = []
    for key, label, weight in criteria_of(visit, meeting.challenge):
        points = [one.points.get(key) for one in given]
        found.append(
            Criterion(
                key=key,
                label=label,
                weight=weight,
                given=[_mark(one, key) for one in given],
                mean=scoring.mean(one for one in points if one is not None),
                agreed=agreed[key].points if key in agreed else None,
                reason=agreed[key].reason if key in agreed else "",
            )
        )
    return found


def _mark(given: queries.Given, key: str) -> tuple[str, int | None, str, str]:
    """Return a reviewer's points for a criterion, with those before the interview if others."""
    points = given.points.get(key)
    before = "" if given.before is None or given.before.get(key) == points else "–"
    if before and given.before is not None and given.before.get(key) is not None:
        before = str(given.before[key])
    return given.name, points, given.comments.get(key, ""), before


def note(visit: WritingVisit) -> Answer:
    meeting, item = _found(visit)
    data, form = read_note(visit.form, [key for key, _, _ in criteria_of(visit, meeting.challenge)])
    if visit.switching:
        return _shown(visit, meeting, item, Form(form.values))
    if data is None:
        return _shown(visit, meeting, item, form, status=422)
    try:
        actions.note(
            visit.session, meeting.panel, item, data,
            revision=read_revision(visit.form), actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        return _shown(visit, meeting, item, Form(form.values, error.errors), status=422)
    visit.flash("success", msg("Written down. The points of the reviewers stay as they are."))
    return redirect(path_of(meeting.challenge))


routes = [
    get(f"{PATH}/items/{{item}}", show, comers),
    post(f"{PATH}/items/{{item}}", note, jury, once=True),
]
