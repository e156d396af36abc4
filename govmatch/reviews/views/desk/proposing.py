"""/desk/challenges/{slug}/reviewing/proposal: asked for, looked at, changed by hand, taken over."""

from dataclasses import replace
from datetime import timedelta

from govmatch.accounts.queries import by_public_id
from govmatch.challenges.models import Challenge
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import msg, msgn
from govmatch.reviews import actions, queries, rules
from govmatch.reviews.actions import Wish
from govmatch.reviews.actions.proposing import reason_of
from govmatch.reviews.forms import due_day, read_due
from govmatch.reviews.queries.proposing import proposal_of
from govmatch.reviews.showing import OUTCOMES
from govmatch.reviews.views.access import assigning, overseen, whole_number
from govmatch.reviews.views.desk.matrix import USUAL_DAYS
from govmatch.reviews.views.desk.proposal_page import shown
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

HERE = "/desk/challenges/{slug}/reviewing/proposal"
USUAL_REVIEWS, USUAL_MOST = 3, 10
MOST_EACH, MOST_MOST, MOST_SEED = 10, 200, 999_999_999


def _theirs(visit: Visit) -> Challenge:
    challenge = overseen(visit)
    require(rules.may_assign(visit.actor, challenge))
    return challenge


def show(visit: Visit) -> Answer:
    """Show the proposal, or that it is being worked out, or the form that asks for one."""
    challenge = _theirs(visit)
    return shown(visit, challenge, _fresh(visit, challenge))


def _fresh(visit: Visit, challenge: Challenge) -> Form:
    kept = proposal_of(visit.db, challenge)
    due = kept.due_at if kept else visit.now + timedelta(days=USUAL_DAYS)
    return filled(
        {
            "wanted": str(kept.wanted if kept else USUAL_REVIEWS),
            "most": str(kept.most if kept else USUAL_MOST),
            "languages": "yes" if kept is None or kept.heeds_languages else "",
            "seed": str(kept.seed if kept else 1),
            "due": due_day(due, challenge.zone),
        }
    )


def propose(visit: WritingVisit) -> Answer:
    """Ask for a proposal; the background works it out."""
    challenge = _theirs(visit)
    reader = Reader(visit.form)
    wanted = reader.integer("wanted", low=1, high=MOST_EACH)
    most = reader.integer("most", low=1, high=MOST_MOST)
    seed = reader.integer("seed", low=0, high=MOST_SEED)
    heeds_languages = reader.yes("languages")
    due = read_due(reader, challenge.zone)
    if visit.switching:
        return shown(visit, challenge, replace(reader.form, errors={}))
    if not reader.ok or wanted is None or most is None or seed is None or due is None:
        return shown(visit, challenge, reader.form, status=422)
    applications = queries.assignable_to(visit.db, visit.actor, challenge)
    actions.suspect(
        visit.session, challenge,
        content_dir=visit.settings.content_dir, now=visit.now, real_now=visit.real_now,
    )  # fmt: skip
    wish = Wish(wanted, most, heeds_languages, seed, due)
    try:
        actions.propose(
            visit.session, challenge, applications, wish, actor=visit.actor, now=visit.now
        )
    except Invalid as error:
        return shown(visit, challenge, Form(reader.form.values, error.errors), status=422)
    return _back(challenge)


def _back(challenge: Challenge) -> Answer:
    return redirect(f"/desk/challenges/{challenge.slug}/reviewing/proposal")


def _revision(visit: WritingVisit) -> int:
    return whole_number(visit.form.one("revision"))


def leave_out(visit: WritingVisit) -> Answer:
    """Take the ticked lines out."""
    challenge = _theirs(visit)
    mine = {
        one.public_id: one.id for one in queries.assignable_to(visit.db, visit.actor, challenge)
    }
    jurors = queries.jury(visit.db, challenge, now=visit.real_now)
    people = {one.person.public_id: one.person.id for one in jurors}
    pairs = []
    for line in visit.form.all("lines"):
        application, _, person = line.partition(" ")
        if application in mine and person in people:
            pairs.append((mine[application], people[person]))
    count = actions.leave_out(
        visit.session, challenge, pairs, revision=_revision(visit), actor=visit.actor
    )
    visit.flash("info", msgn("{n} line taken out.", "{n} lines taken out.", n=count))
    return _back(challenge)


def put_in(visit: WritingVisit) -> Answer:
    """Add one application for one reviewer by hand, or say why that cannot be."""
    challenge = _theirs(visit)
    reader = Reader(visit.form)
    found = {one.public_id: one for one in queries.assignable_to(visit.db, visit.actor, challenge)}
    jurors = queries.jury(visit.db, challenge, now=visit.real_now)
    people = {one.person.public_id: one.person for one in jurors}
    application = found.get(reader.choice("application", found))
    person = people.get(reader.choice("person", people))
    if visit.switching or application is None or person is None:
        form = replace(reader.form, errors={}) if visit.switching else reader.form
        return _kept_form(visit, challenge, form, status=200 if visit.switching else 422)
    refused = actions.put_in(
        visit.session, challenge, application, person,
        revision=_revision(visit), actor=visit.actor, real_now=visit.real_now,
    )  # fmt: skip
    if refused is not None:
        form = Form(reader.form.values, {"person": reason_of(refused, OUTCOMES)})
        return _kept_form(visit, challenge, form, status=422)
    visit.flash("success", msg("Added by hand."))
    return _back(challenge)


def _kept_form(visit: Visit, challenge: Challenge, form: Form, *, status: int) -> Answer:
    """Show a form of the page as it was sent, and the other one as it is kept."""
    values = {**_fresh(visit, challenge).values, **form.values}
    return shown(visit, challenge, Form(values, form.errors), status=status)


def take(visit: WritingVisit) -> Answer:
    """Assign everything that stands in the proposal."""
    challenge = _theirs(visit)
    try:
        plan = actions.take_over(
            visit.session, challenge, revision=_revision(visit),
            actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        return _kept_form(visit, challenge, Form({}, error.errors), status=422)
    visit.flash(
        "success" if plan.new else "info",
        msgn("{n} review assigned.", "{n} reviews assigned.", n=len(plan.new)),
    )
    if plan.refused:
        visit.flash(
            "info",
            msgn(
                "{n} line is not possible any more and was left out.",
                "{n} lines are not possible any more and were left out.",
                n=len(plan.refused),
            ),
        )
    return redirect(f"/desk/challenges/{challenge.slug}/reviewing")


def drop(visit: WritingVisit) -> Answer:
    """Throw the proposal away."""
    challenge = _theirs(visit)
    actions.drop(
        visit.session, challenge, revision=_revision(visit), actor=visit.actor, now=visit.now
    )
    visit.flash("info", msg("The proposal was thrown away. Nothing was assigned."))
    return _back(challenge)


def drop_out(visit: WritingVisit) -> Answer:
    """Take back everything that somebody has still to do."""
    challenge = _theirs(visit)
    reader = Reader(visit.form)
    jurors = queries.jury(visit.db, challenge, now=visit.real_now)
    key = reader.choice("who", [one.person.public_id for one in jurors])
    reason = reader.text("drop_reason", limit=1000, lines=True)
    if visit.switching or not reader.ok:
        form = replace(reader.form, errors={}) if visit.switching else reader.form
        return _kept_form(visit, challenge, form, status=200 if visit.switching else 422)
    person = by_public_id(visit.db, key)
    if person is None:
        raise NotFound
    try:
        count = actions.drop_out(
            visit.session, challenge, person.id, reason, actor=visit.actor, now=visit.now
        )
    except Conflict as error:
        form = Form(reader.form.values, {"who": error.reason})
        return _kept_form(visit, challenge, form, status=409)
    visit.flash("success", msgn("{n} review taken back.", "{n} reviews taken back.", n=count))
    return _back(challenge)


def to_page(visit: Visit) -> Answer:
    """Lead whoever loads the address of a button to the page that it stands on."""
    return _back(overseen(visit))


routes = [
    get(HERE, show, assigning),
    post(HERE, propose, assigning, once=True),
    get(f"{HERE}/out", to_page, assigning),
    post(f"{HERE}/out", leave_out, assigning, once=True),
    get(f"{HERE}/in", to_page, assigning),
    post(f"{HERE}/in", put_in, assigning, once=True),
    get(f"{HERE}/take", to_page, assigning),
    post(f"{HERE}/take", take, assigning, once=True),
    get(f"{HERE}/drop", to_page, assigning),
    post(f"{HERE}/drop", drop, assigning, once=True),
    get(f"{HERE}/drop-out", to_page, assigning),
    post(f"{HERE}/drop-out", drop_out, assigning, once=True),
]
