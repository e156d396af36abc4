"""/pilots/{id}/change: other days and amounts while it runs, proposed and answered."""

from datetime import date, datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, queries, rules
from govmatch.pilots.forms import change_form, read_change, read_revision
from govmatch.pilots.models import SETTLED, Change, Milestone, Pilot
from govmatch.pilots.showing import CHANGE_STATES, SIDES, Badge, path_of
from govmatch.pilots.views.frame import Head, Trouble, head_of, pilot_of, trouble_with
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/pilots/{id}/change"


@dataclass(frozen=True)
class ChangedMilestone:
    number: int
    title: str
    due: date
    was_due: date
    amount: int
    was_amount: int


@dataclass(frozen=True)
class ChangeLine:
    number: int
    state: Badge
    side: Message
    by: str
    at: datetime
    reason: str
    ends: date
    was_ends: date
    milestones: list[ChangedMilestone]
    answer: str
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True)
class ChangePage:
    head: Head
    currency: str
    budget: int
    starts: date
    ends: date
    open: ChangeLine | None
    past: list[ChangeLine]
    milestones: list[tuple[int, str]]
    """Number and title of those that can still change."""
    can_propose: bool
    can_answer: bool
    can_withdraw: bool
    revision: int
    form: Form
    alert: Message | None


def show(visit: Visit) -> Answer:
    pilot = pilot_of(visit)
    return _page(visit, pilot, Trouble(change_form(pilot, _open(visit, pilot)), 200))


def act(visit: WritingVisit) -> Answer:
    """Propose a change, answer one, or take one's own back."""
    pilot = pilot_of(visit)
    wanted = visit.form.one("act")
    if visit.switching:
        return _page(visit, pilot, Trouble(Form(typed(visit.form).values), 200))
    if wanted in {"agree", "decline", "withdraw"}:
        return _answer(visit, pilot, wanted)
    return _propose(visit, pilot)


def _open(visit: Visit, pilot: Pilot) -> list[Milestone]:
    return [one for one in queries.milestones(visit.db, pilot) if one.state not in SETTLED]


def _propose(visit: WritingVisit, pilot: Pilot) -> Answer:
    is_one_open = queries.open_change(visit.session, pilot) is not None
    require(rules.may_propose_change(visit.actor, pilot, is_one_open=is_one_open))
    milestones = _open(visit, pilot)
    wishes, ends, reason, form = read_change(visit.form, pilot, milestones, visit.lang)
    if form.errors or ends is None:
        return _page(visit, pilot, Trouble(form, 422))
    try:
        actions.propose_change(
            visit.session, pilot, wishes, ends=ends, reason=reason,
            revision=read_revision(visit.form), lang=visit.lang,
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        return _page(visit, pilot, trouble_with(form, error))
    visit.flash("success", msg("The change is proposed. The other side answers it."))
    return redirect(f"{path_of(pilot)}/change")


def _answer(visit: WritingVisit, pilot: Pilot, wanted: str) -> Answer:
    number = read_revision(visit.form, "change")
    change = next((c for c in queries.changes(visit.session, pilot) if c.number == number), None)
    if change is None:
        raise Conflict(msg("This change was answered already."))
    form = typed(visit.form)
    try:
        _do(visit, pilot, change, wanted)
    except Invalid as error:
        return _page(visit, pilot, trouble_with(form, error))
    said = {
        "agree": msg("The change is agreed, and part of the plan now."),
        "decline": msg("The change is declined. The plan stays as it is."),
        "withdraw": msg("The change is taken back."),
    }
    visit.flash("success", said[wanted])
    return redirect(f"{path_of(pilot)}/change")


def _do(visit: WritingVisit, pilot: Pilot, change: Change, wanted: str) -> None:
    if wanted == "agree":
        actions.agree_to_change(visit.session, pilot, change, actor=visit.actor, now=visit.now)
    elif wanted == "withdraw":
        actions.withdraw_change(visit.session, pilot, change, actor=visit.actor, now=visit.now)
    else:
        answer = visit.form.one("answer")
        actions.decline_change(
            visit.session, pilot, change, answer=answer, actor=visit.actor, now=visit.now
        )


def _page(visit: Visit, pilot: Pilot, trouble: Trouble) -> Answer:
    changes = queries.changes(visit.db, pilot)
    waiting = next((one for one in changes if one.state == "open"), None)
    titles = {one.number: one.title for one in queries.milestones(visit.db, pilot)}
    names = names_by_id(visit.db, (n for one in changes for n in (one.by, one.answered_by)))
    may = rules.may_propose_change(visit.actor, pilot, is_one_open=waiting is not None)
    lines = {one.number: _line(one, titles, names) for one in changes}
    values = ChangePage(
        head=head_of(visit, pilot),
        currency=pilot.currency,
        budget=pilot.budget,
        starts=pilot.starts,
        ends=pilot.ends,
        open=lines[waiting.number] if waiting else None,
        past=[lines[one.number] for one in changes if one is not waiting],
        milestones=[(one.number, one.title) for one in _open(visit, pilot)],
        can_propose=bool(may),
        can_answer=waiting is not None
        and bool(rules.may_answer_change(visit.actor, pilot, waiting)),
        can_withdraw=waiting is not None
        and bool(rules.may_withdraw_change(visit.actor, pilot, waiting)),
        revision=pilot.revision,
        form=trouble.form,
        alert=trouble.alert,
    )
    return page(visit, "pilots/change.html", values, status=trouble.status, main_form=bool(may))


def _line(change: Change, titles: dict[int, str], names: dict[int, str]) -> ChangeLine:
    return ChangeLine(
        number=change.number,
        state=CHANGE_STATES[change.state],
        side=SIDES[change.side],
        by=names.get(change.by, ""),
        at=change.at,
        reason=change.reason,
        ends=change.ends,
        was_ends=change.was_ends,
        milestones=[
            ChangedMilestone(
                number=one["number"],
                title=titles.get(one["number"], ""),
                due=date.fromisoformat(one["due"]),
                was_due=date.fromisoformat(one["was_due"]),
                amount=one["amount"],
                was_amount=one["was_amount"],
            )
            for one in change.milestones
        ],
        answer=change.answer,
        answered_at=change.answered_at,
        answered_by=names.get(change.answered_by or 0, ""),
    )


routes = [get(PATH, show, signed_in), post(PATH, act, signed_in, once=True)]
