"""/pilots/{id}/stop and /outcome: ending before its time, and what came of it."""

from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, plan, queries, rules
from govmatch.pilots.forms import read_outcome, read_text
from govmatch.pilots.models import SETTLED, Pilot
from govmatch.pilots.showing import OUTCOMES, path_of
from govmatch.pilots.views.frame import (
    LANGUAGE_NAMES,
    Head,
    Trouble,
    head_of,
    pilot_of,
    trouble_with,
)
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

STOP = "/pilots/{id}/stop"
OUTCOME = "/pilots/{id}/outcome"


@dataclass(frozen=True)
class StopPage:
    head: Head
    is_agreed: bool
    action: str
    form: Form


@dataclass(frozen=True)
class OutcomePage:
    head: Head
    outcomes: list[tuple[str, Message, Message]]
    languages: list[tuple[str, str]]
    currency: str
    budget: int
    accepted: int
    presented: bool
    action: str
    form: Form
    alert: Message | None


def ask_stop(visit: Visit) -> Answer:
    pilot = pilot_of(visit)
    require(rules.may_stop(visit.actor, pilot))
    return _stop_page(visit, pilot, Trouble(filled({}), 200))


def stop(visit: WritingVisit) -> Answer:
    """End the pilot with reasons that both sides read."""
    pilot = pilot_of(visit)
    require(rules.may_stop(visit.actor, pilot))
    reasons, errors = read_text(visit.form, "reasons", 4_000)
    if visit.switching or errors:
        shown = {} if visit.switching else errors
        trouble = Trouble(typed(visit.form, shown), 200 if visit.switching else 422)
        return _stop_page(visit, pilot, trouble)
    actions.stop(visit.session, pilot, reasons=reasons, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The pilot is stopped."))
    return redirect(path_of(pilot))


def _stop_page(visit: Visit, pilot: Pilot, trouble: Trouble) -> Answer:
    values = StopPage(
        head=head_of(visit, pilot),
        is_agreed=pilot.agreed_at is not None,
        action=visit.url(f"{path_of(pilot)}/stop"),
        form=trouble.form,
    )
    return page(visit, "pilots/stop.html", values, status=trouble.status, main_form=True)


def ask_outcome(visit: Visit) -> Answer:
    pilot = pilot_of(visit)
    _require_outcome(visit, pilot)
    accepted = _accepted(visit, pilot)
    return _outcome_page(visit, pilot, Trouble(filled({"cost": str(accepted)}), 200))


def state_outcome(visit: WritingVisit) -> Answer:
    """State the outcome with its published reasons."""
    pilot = pilot_of(visit)
    if pilot.outcome is not None and rules.works_for(visit.actor, pilot.challenge):
        raise Conflict(msg("The outcome is stated already."))
    _require_outcome(visit, pilot)
    outcome, reasons, cost, form = read_outcome(visit.form, pilot.currency, visit.lang)
    if visit.switching:
        return _outcome_page(visit, pilot, Trouble(Form(form.values), 200))
    if form.errors or outcome is None or cost is None:
        return _outcome_page(visit, pilot, Trouble(form, 422))
    try:
        actions.state_outcome(
            visit.session, pilot, outcome=outcome, reasons=reasons, cost=cost,
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        return _outcome_page(visit, pilot, trouble_with(form, error))
    visit.flash("success", msg("The outcome is published."))
    return redirect(path_of(pilot))


def _require_outcome(visit: Visit, pilot: Pilot) -> None:
    unsettled = sum(one.state not in SETTLED for one in queries.milestones(visit.db, pilot))
    require(rules.may_state_outcome(visit.actor, pilot, unsettled=unsettled))


def _accepted(visit: Visit, pilot: Pilot) -> int:
    every = queries.milestones(visit.db, pilot)
    return plan.sum_of_amounts(one for one in every if one.state in SETTLED)


def _outcome_page(visit: Visit, pilot: Pilot, trouble: Trouble) -> Answer:
    values = OutcomePage(
        head=head_of(visit, pilot),
        outcomes=[(code, *words) for code, words in OUTCOMES.items()],
        languages=LANGUAGE_NAMES,
        currency=pilot.currency,
        budget=pilot.budget,
        accepted=_accepted(visit, pilot),
        presented=pilot.presented_at is not None,
        action=visit.url(f"{path_of(pilot)}/outcome"),
        form=trouble.form,
        alert=trouble.alert,
    )
    return page(visit, "pilots/outcome.html", values, status=trouble.status, main_form=True)


routes = [
    get(STOP, ask_stop, signed_in),
    post(STOP, stop, signed_in, once=True),
    get(OUTCOME, ask_outcome, signed_in),
    post(OUTCOME, state_outcome, signed_in, once=True),
]
