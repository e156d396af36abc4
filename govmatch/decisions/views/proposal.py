"""/desk/challenges/{slug}/decision: the ranking, and what is made of it."""

from dataclasses import replace

from govmatch.challenges.models import Challenge
from govmatch.decisions import actions, queries
from govmatch.decisions.forms import read_proposal, revision_of, shown_proposal
from govmatch.decisions.models import EDITABLE, Decision, State
from govmatch.decisions.rules import may_prepare
from govmatch.decisions.views.access import (
    case_path,
    challenge_of,
    deciders,
    decision_path,
    preparers,
)
from govmatch.decisions.views.proposal_page import differing, proposal_page
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import msg
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


def show(visit: Visit) -> Answer:
    """Show the ranking and how far the decision is; managers choose here what they propose."""
    challenge = challenge_of(visit)
    decision = queries.selection_of(visit.db, challenge)
    form = filled({})
    if decision is not None:
        form = shown_proposal(decision, queries.determinations_of(visit.db, decision))
    return proposal_page(visit, challenge, decision, form)


def begin(visit: WritingVisit) -> Answer:
    """Begin with what the ranking alone suggests."""
    challenge = challenge_of(visit)
    actions.begin(visit.session, challenge, actor=visit.actor, now=visit.now)
    return redirect(case_path(challenge))


def save(visit: WritingVisit) -> Answer:
    """Keep what was chosen; with the other button, propose it to a second person as well."""
    challenge = challenge_of(visit)
    decision = _selection(visit, challenge)
    proposes = visit.form.one("do") == "propose"
    if decision.state not in EDITABLE and proposes:
        return redirect(decision_path(decision))
    require(may_prepare(visit.actor, challenge, decision))
    order = queries.standings_of(visit.db, challenge)
    read = read_proposal(visit.form, [one.application.public_id for one in order])
    form = read.form
    if visit.switching or form.errors:
        shown = replace(form, errors={}) if visit.switching else form
        status = 200 if visit.switching else 422
        return proposal_page(visit, challenge, decision, shown, status=status)
    try:
        actions.save(
            visit.session,
            decision,
            read.proposal,
            revision=revision_of(visit.form),
            actor=visit.actor,
            now=visit.now,
        )
    except Conflict:
        return _conflict(visit, challenge, decision, form)
    except Invalid as error:
        return proposal_page(
            visit, challenge, decision, replace(form, errors=error.errors), status=422
        )
    if proposes:
        return _propose(visit, challenge, decision)
    visit.flash("success", msg("Saved. Nobody is asked to confirm it yet."))
    return redirect(case_path(challenge))


def _propose(visit: WritingVisit, challenge: Challenge, decision: Decision) -> Answer:
    """Hand it over; what is missing is listed, and what was typed stays saved."""
    try:
        actions.propose(
            visit.session,
            decision,
            revision=decision.revision,
            actor=visit.actor,
            now=visit.now,
        )
    except Invalid as error:
        saved = shown_proposal(decision, queries.determinations_of(visit.db, decision))
        answer = proposal_page(
            visit, challenge, decision, replace(saved, errors=error.errors), status=422
        )
        return replace(answer, keeps=True)
    visit.flash(
        "success", msg("Proposed. The letters are made; a second person is asked to confirm.")
    )
    return redirect(decision_path(decision))


def _conflict(visit: WritingVisit, challenge: Challenge, decision: Decision, form: Form) -> Answer:
    """Show both: what was typed in the form, and what was saved meanwhile beside it."""
    if decision.state == State.PROPOSED:
        raise Conflict(msg("Somebody else has proposed this decision in the meantime."))
    saved = shown_proposal(decision, queries.determinations_of(visit.db, decision))
    shown = Form({**form.values, "revision": str(decision.revision)})
    found = differing(visit, saved, form, queries.standings_of(visit.db, challenge))
    return proposal_page(visit, challenge, decision, shown, status=409, conflict=found)


def _selection(visit: Visit, challenge: Challenge) -> Decision:
    found = queries.selection_of(visit.db, challenge)
    if found is None:
        raise NotFound
    return found


ONE = "/desk/challenges/{slug}/decision"

routes = [
    get(ONE, show, deciders),
    post(ONE, save, preparers),
    post(f"{ONE}/begin", begin, preparers, once=True),
]
