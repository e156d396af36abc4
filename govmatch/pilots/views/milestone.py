"""/pilots/{id}/milestones/{milestone}: what is due, what was delivered, what was decided."""

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from govmatch.accounts.queries.naming import names_by_id
from govmatch.files.kinds import Kind, shown
from govmatch.files.refused import Refused
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.markdown import kept
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, queries, rules, units
from govmatch.pilots.forms import read_reported, read_revision, read_text
from govmatch.pilots.models import Delivery, Kpi, Milestone, Pilot, State
from govmatch.pilots.queries.visible import Seen
from govmatch.pilots.rules import Sight
from govmatch.pilots.showing import Badge, due_text, milestone_badges, path_of
from govmatch.pilots.views.frame import (
    FileLine,
    Head,
    Trouble,
    file_lines,
    head_of,
    pilot_of,
    seen_of,
    texts_by_lang,
    trouble_with,
)
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/pilots/{id}/milestones/{milestone}"
MAX_REASONS = 4_000
FIELD = "evidence"


@dataclass(frozen=True)
class DeliveryLine:
    number: int
    at: datetime
    by: str
    html: Markup
    files: list[FileLine]
    is_accepted: bool | None
    decided_at: datetime | None
    decided_by: str
    reasons: str


@dataclass(frozen=True)
class KpiField:
    """A key figure whose value can be reported with the delivery."""

    key: str
    name: str
    unit: str
    unit_label: Message


@dataclass(frozen=True)
class MilestonePage:
    head: Head
    number: int
    title: str
    acceptance: str
    amount: int
    currency: str
    due: date
    when: Message | None
    decide_by: date | None
    badges: list[Badge]
    is_full: bool
    deliveries: list[DeliveryLine]
    can_deliver: bool
    can_decide: bool
    next_number: int
    """Of the delivery that the form makes."""
    last_number: int
    """Of the delivery that is decided on."""
    kpis: list[KpiField]
    kinds: str
    action: str
    form: Form
    alert: Message | None


def show(visit: Visit) -> Answer:
    seen = seen_of(visit)
    return _page(visit, seen, _milestone(visit, seen.pilot), Trouble(filled({}), 200))


def act(visit: WritingVisit) -> Answer:
    """Deliver the milestone, or decide on what was delivered."""
    pilot = pilot_of(visit)
    milestone = _milestone(visit, pilot)
    if visit.switching:
        return _again(visit, pilot, milestone, Trouble(Form(typed(visit.form).values), 200))
    if visit.form.one("act") in {"accept", "return"}:
        return _decide(visit, pilot, milestone)
    return _deliver(visit, pilot, milestone)


def _milestone(visit: Visit, pilot: Pilot) -> Milestone:
    return queries.get_milestone(visit.db, pilot, visit.params["milestone"])


def _again(visit: Visit, pilot: Pilot, milestone: Milestone, trouble: Trouble) -> Answer:
    return _page(visit, Seen(pilot, Sight.FULL), milestone, trouble)


def _deliver(visit: WritingVisit, pilot: Pilot, milestone: Milestone) -> Answer:
    text, errors = read_text(visit.form, "text")
    kpis = queries.kpis(visit.session, pilot)
    today = rules.today(pilot, visit.now)
    reported, wrong = read_reported(visit.form, kpis, today, visit.lang, required=False)
    form = typed(visit.form, {**errors, **wrong})
    if form.errors and rules.may_deliver(visit.actor, pilot, milestone):
        return _again(visit, pilot, milestone, Trouble(form, 422))
    try:
        with visit.session.begin_nested():  # what is refused is not shown as if it were kept
            actions.deliver(
                visit.session,
                pilot,
                milestone,
                text=text,
                uploads=[one for one in visit.form.files.get(FIELD, ()) if one.name or one.content],
                reported=reported,
                number=read_revision(visit.form, "number"),
                lang=visit.lang,
                settings=visit.settings,
                actor=visit.actor,
                now=visit.now,
                real_now=visit.real_now,
            )
    except (Invalid, Conflict, Refused) as error:
        return _again(visit, pilot, milestone, trouble_with(form, error, FIELD))
    visit.flash("success", msg("Delivered. The authority decides on it now."))
    return redirect(f"{path_of(pilot)}/milestones/{milestone.public_id}")


def _decide(visit: WritingVisit, pilot: Pilot, milestone: Milestone) -> Answer:
    accepts = visit.form.one("act") == "accept"
    reasons = visit.form.one("reasons").replace("\r\n", "\n")
    number = read_revision(visit.form, "number")
    decide = actions.accept if accepts else actions.return_delivery
    try:
        decide(
            visit.session, pilot, milestone, number=number, reasons=reasons,
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        return _again(visit, pilot, milestone, trouble_with(typed(visit.form), error))
    visit.flash(
        "success",
        msg("The milestone is accepted.") if accepts else msg("The delivery is returned."),
    )
    return redirect(f"{path_of(pilot)}/milestones/{milestone.public_id}")


def _page(visit: Visit, seen: Seen, milestone: Milestone, trouble: Trouble) -> Answer:
    pilot, is_full = seen.pilot, seen.sight is Sight.FULL
    found = queries.deliveries(visit.db, [milestone])
    waiting = next((one for one in found if one.is_accepted is None), None)
    can_deliver = bool(rules.may_deliver(visit.actor, pilot, milestone))
    can_decide = bool(rules.may_decide(visit.actor, pilot, milestone))
    days = rules.days_left(milestone.due, pilot, visit.now)
    is_open = milestone.state in {"planned", "returned"} and pilot.state == State.RUNNING
    kpis = queries.kpis(visit.db, pilot) if can_deliver else []
    values = MilestonePage(
        head=head_of(visit, pilot, seen.sight),
        number=milestone.number,
        title=milestone.title,
        acceptance=milestone.acceptance,
        amount=milestone.amount,
        currency=pilot.currency,
        due=milestone.due,
        when=due_text(days) if is_open else None,
        decide_by=rules.decide_by(waiting, pilot) if waiting else None,
        badges=milestone_badges(milestone, pilot, waiting, visit.now),
        is_full=is_full,
        deliveries=_lines(visit, pilot, found) if is_full else [],
        can_deliver=can_deliver,
        can_decide=can_decide,
        next_number=(found[0].number if found else 0) + 1,
        last_number=found[0].number if found else 0,
        kpis=[kpi_field(visit, kpi) for kpi in kpis],
        kinds=shown(list(Kind)),
        action=visit.url(f"{path_of(pilot)}/milestones/{milestone.public_id}"),
        form=_with_day(trouble.form, kpis, rules.today(pilot, visit.now)),
        alert=trouble.alert,
    )
    is_form = can_deliver or can_decide
    template = "pilots/milestone.html"
    return page(visit, template, values, status=trouble.status, main_form=is_form)


def kpi_field(visit: Visit, kpi: Kpi) -> KpiField:
    name = texts_by_lang(kpi.name, visit.lang)[0][1]
    return KpiField(kpi.public_id, name, kpi.unit, units.UNITS[kpi.unit].label)


def _with_day(form: Form, kpis: Sequence[Kpi], today: date) -> Form:
    """Return the form with today as the day of each value, where none was typed."""
    days = {f"measured-{kpi.public_id}": today.isoformat() for kpi in kpis}
    return Form({**days, **form.values}, form.errors)


def _lines(visit: Visit, pilot: Pilot, found: Sequence[Delivery]) -> list[DeliveryLine]:
    files = queries.files_of_deliveries(visit.db, [one.id for one in found])
    people = (number for one in found for number in (one.by, one.decided_by))
    names = names_by_id(visit.db, people)
    return [
        DeliveryLine(
            number=one.number,
            at=one.at,
            by=names.get(one.by, ""),
            html=kept(one.html),
            files=file_lines(visit, pilot, files.get(one.id, [])),
            is_accepted=one.is_accepted,
            decided_at=one.decided_at,
            decided_by=names.get(one.decided_by or 0, ""),
            reasons=one.reasons,
        )
        for one in found
    ]


routes = [
    get(PATH, show, signed_in),
    post(PATH, act, signed_in, once=True, upload_mb=rules.MOST_FILES * 10),
]
