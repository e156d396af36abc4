"""One application's reviews for those who oversee them, and what a manager may do with each."""

from datetime import datetime, timedelta

from govmatch.accounts.queries import by_public_id
from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.applications.showing import state_for_staff
from govmatch.challenges.models import Challenge
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.reviews import actions, queries, rules
from govmatch.reviews.forms import due_day, read_due
from govmatch.reviews.models import Review, State
from govmatch.reviews.queries import NONE_YET, Named
from govmatch.reviews.showing import (
    CONFIDENCES,
    STATES,
    Compared,
    compared,
    criteria_of,
    given_rows,
    points_text,
)
from govmatch.reviews.views.access import assigning, overseeing, overseen, title_of
from govmatch.reviews.views.desk.matrix import USUAL_DAYS, ShownConflict, shown_conflicts
from govmatch.reviews.views.desk.substitutes import substitutes_for
from govmatch.reviews.views.desk.suspicions import ShownSuspicion, shown_suspicions
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class ShownReview:
    """One review with what may be done to it; rows are (criterion, points, comment)."""

    key: str
    person: str
    state: Message
    kind: str
    due: datetime
    due_day: str
    is_overdue: bool
    mean: str
    rows: list[tuple[str, str, str]]
    confidence: Message | None
    comment: str
    private_note: str
    abstain_reason: str
    set_aside_at: datetime | None
    set_aside_reason: str
    may_unassign: bool
    may_set_aside: bool
    may_move_due: bool


@dataclass(frozen=True)
class ApplicationPage:
    title: str
    challenge_title: str
    challenge_lang: str | None
    path: str
    here: str
    state: Message
    kind: str
    mean: str
    done: int
    assigned: int
    reviews: list[ShownReview]
    compared: list[Compared]
    shows_points: bool
    conflicts: list[ShownConflict]
    suspicions: list[ShownSuspicion]
    may_find: bool
    people: list[tuple[str, str]]
    substitutes: list[tuple[str, str]]
    """Who could review it instead of somebody whose review has ended."""
    usual_due: str
    form: Form
    acted_on: str
    """Which form was sent and has something wrong: the public id of its review or person."""


def show(visit: Visit) -> Answer:
    challenge = overseen(visit)
    return shown(visit, challenge, _application(visit, challenge), filled({}))


def _application(visit: Visit, challenge: Challenge) -> Application:
    return queries.get_application(visit.db, visit.actor, challenge, visit.params["application"])


def shown(
    visit: Visit,
    challenge: Challenge,
    application: Application,
    form: Form,
    *,
    acted_on: str = "",
    status: int = 200,
) -> Answer:
    shows_points = bool(rules.may_see_scores(visit.actor, challenge))
    reviews = queries.reviews_of(visit.db, [application.id]).get(application.id, [])
    summary = queries.summaries(visit.db, [application.id]).get(application.id, NONE_YET)
    counting = [one.points for one in reviews if one.review.state == State.SUBMITTED]
    criteria = criteria_of(challenge, visit.lang)
    jurors = queries.jury(visit.db, challenge, now=visit.real_now)
    title, title_lang = title_of(challenge, visit)
    state, kind = state_for_staff(application)
    values = ApplicationPage(
        title=name_for(application, How.FULL, visit.lang),
        challenge_title=title,
        challenge_lang=title_lang,
        path=f"/desk/challenges/{challenge.slug}/reviewing",
        here=f"/desk/challenges/{challenge.slug}/reviewing/{application.public_id}",
        state=state,
        kind=kind,
        mean=points_text(summary.mean, visit.lang) if shows_points else "",
        done=summary.done,
        assigned=summary.assigned,
        reviews=[_shown(visit, one, application, shows_points=shows_points) for one in reviews],
        compared=compared(criteria, {}, counting, visit.lang) if shows_points and counting else [],
        shows_points=shows_points,
        conflicts=shown_conflicts(visit, challenge, [application]),
        suspicions=shown_suspicions(visit, challenge, [application]),
        may_find=bool(rules.may_find_conflict(visit.actor, challenge)),
        people=[(one.person.public_id, one.person.name) for one in jurors],
        substitutes=substitutes_for(visit, application, reviews, jurors),
        usual_due=due_day(visit.now + timedelta(days=USUAL_DAYS), challenge.zone),
        form=form,
        acted_on=acted_on,
    )
    return page(visit, "reviews/desk/one.html", values, status=status)


def _shown(
    visit: Visit, named: Named, application: Application, *, shows_points: bool
) -> ShownReview:
    review = named.review
    review.application = application
    sheet = actions.sheet_of(review)
    is_readable = shows_points and review.state in {State.SUBMITTED, State.WITHDRAWN}
    words, kind = STATES[review.state]
    return ShownReview(
        key=review.public_id,
        person=named.person or visit.say(msg("Somebody of the jury")),
        state=words,
        kind=kind,
        due=review.due_at,
        due_day=due_day(review.due_at, application.challenge.zone),
        is_overdue=rules.is_to_do(review, application) and review.due_at <= visit.now,
        mean=points_text(review.mean, visit.lang) if is_readable else "",
        rows=given_rows(criteria_of(application.challenge, visit.lang), sheet, visit.lang)
        if is_readable
        else [],
        confidence=CONFIDENCES.get(sheet.confidence) if is_readable else None,
        comment=sheet.comment if is_readable else "",
        private_note=sheet.private_note if is_readable else "",
        abstain_reason=review.abstain_reason,
        set_aside_at=review.set_aside_at,
        set_aside_reason=review.set_aside_reason
        if rules.runs(visit.actor, application.challenge)
        else "",
        may_unassign=bool(rules.may_unassign(visit.actor, review)),
        may_set_aside=bool(rules.may_set_aside(visit.actor, review)),
        may_move_due=bool(rules.may_move_due(visit.actor, review)),
    )


def _acted(visit: WritingVisit) -> tuple[Challenge, Application, Review]:
    """Return the review that a form names; raises `NotFound` for one of another application."""
    challenge = overseen(visit)
    application = _application(visit, challenge)
    review = queries.get_assigned(visit.db, challenge, visit.form.one("review"))
    if review.application_id != application.id:
        raise NotFound
    return challenge, application, review


def _back(visit: WritingVisit, message: Message) -> Answer:
    visit.flash("success", message)
    slug, application = visit.params["slug"], visit.params["application"]
    return redirect(f"/desk/challenges/{slug}/reviewing/{application}")


def unassign(visit: WritingVisit) -> Answer:
    """Take back an assignment of which nothing was scored."""
    _, _, review = _acted(visit)
    actions.unassign(visit.session, review, actor=visit.actor, now=visit.now)
    return _back(visit, msg("The assignment was taken back."))


def move_due(visit: WritingVisit) -> Answer:
    """Give a reviewer another date."""
    challenge, application, review = _acted(visit)
    reader = Reader(visit.form)
    due = read_due(reader, challenge.zone)
    if due is None:
        return _wrong(visit, challenge, application, review, reader.form)
    try:
        actions.move_due(visit.session, review, due, actor=visit.actor, now=visit.now)
    except Invalid as error:
        form = Form(reader.form.values, error.errors)
        return _wrong(visit, challenge, application, review, form)
    return _back(visit, msg("The new date is kept."))


def set_aside(visit: WritingVisit) -> Answer:
    """End a review that was begun and will not be submitted."""
    challenge, application, review = _acted(visit)
    reader = Reader(visit.form)
    reason = reader.text("reason", limit=1000, lines=True)
    if not reader.ok:
        return _wrong(visit, challenge, application, review, reader.form)
    actions.set_aside(visit.session, review, reason, actor=visit.actor, now=visit.now)
    return _back(visit, msg("The review is set aside. It is kept and does not count."))


def _wrong(
    visit: WritingVisit, challenge: Challenge, application: Application, review: Review, form: Form
) -> Answer:
    return shown(visit, challenge, application, form, acted_on=review.public_id, status=422)


def find_conflict(visit: WritingVisit) -> Answer:
    """Note a conflict that was found: the application is closed to that person."""
    challenge = overseen(visit)
    require(rules.may_find_conflict(visit.actor, challenge))
    application = _application(visit, challenge)
    reader = Reader(visit.form)
    jurors = queries.jury(visit.db, challenge, now=visit.real_now)
    key = reader.choice("person", [one.person.public_id for one in jurors])
    reason = reader.text("conflict_reason", limit=1000, lines=True)
    person = by_public_id(visit.db, key) if key else None
    if not reader.ok or person is None:
        return shown(visit, challenge, application, reader.form, status=422)
    try:
        actions.find_conflict(
            visit.session, application, person.id, reason,
            actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Conflict as error:
        form = Form(reader.form.values, {"person": error.reason})
        return shown(visit, challenge, application, form, status=409)
    return _back(visit, msg("The conflict is noted. What was scored is set aside and kept."))


def clear_conflict(visit: WritingVisit) -> Answer:
    """Take back a conflict that was noted wrongly, with the reason."""
    challenge = overseen(visit)
    require(rules.may_assign(visit.actor, challenge))
    application = _application(visit, challenge)
    key = visit.form.one("person")
    person = by_public_id(visit.db, key) if key else None
    if person is None or queries.noted(visit.db, application.id, person.id) is None:
        raise NotFound
    reader = Reader(visit.form)
    reason = reader.text("clear_reason", limit=1000, lines=True)
    if not reader.ok:
        return shown(visit, challenge, application, reader.form, acted_on=key, status=422)
    actions.clear_conflict(
        visit.session, application, person.id, reason,
        actor=visit.actor, now=visit.now, real_now=visit.real_now,
    )  # fmt: skip
    return _back(visit, msg("The conflict is cleared. What the reviewer could see is open again."))


def to_page(visit: Visit) -> Answer:
    """Lead whoever loads the address of a button to the page that it stands on."""
    challenge = overseen(visit)
    application = _application(visit, challenge)
    return redirect(f"/desk/challenges/{challenge.slug}/reviewing/{application.public_id}")


HERE = "/desk/challenges/{slug}/reviewing/{application}"

routes = [
    get(HERE, show, overseeing),
    post(f"{HERE}/unassign", unassign, assigning, once=True),
    get(f"{HERE}/due", to_page, overseeing),
    post(f"{HERE}/due", move_due, assigning, once=True),
    get(f"{HERE}/set-aside", to_page, overseeing),
    post(f"{HERE}/set-aside", set_aside, assigning, once=True),
    get(f"{HERE}/conflict", to_page, overseeing),
    post(f"{HERE}/conflict", find_conflict, assigning, once=True),
    get(f"{HERE}/clear", to_page, overseeing),
    post(f"{HERE}/clear", clear_conflict, assigning, once=True),
]
