"""The matrix of applications and reviewers of a challenge, with the form that assigns."""

from datetime import datetime, timedelta

from govmatch.accounts.names import ROLE_NAMES
from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.applications.rules import firms_in
from govmatch.applications.showing import state_for_staff
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of
from govmatch.kit.actor import No
from govmatch.kit.i18n import Message
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.programmes.queries import rule_reason
from govmatch.programmes.switches import Rule
from govmatch.reviews import actions, queries, rules
from govmatch.reviews.forms import due_day
from govmatch.reviews.models import ConflictKind
from govmatch.reviews.queries import NONE_YET, Juror, Named
from govmatch.reviews.showing import CONFLICTS, STATES, points_text
from govmatch.reviews.views.access import overseeing, overseen, title_of
from govmatch.reviews.views.desk.suspicions import ShownSuspicion, shown_suspicions
from govmatch.web.answers import Answer
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

SIZE = 50
USUAL_DAYS = 14


@dataclass(frozen=True)
class Reviewer:
    key: str
    name: str
    role: Message
    declared_at: datetime | None
    open: int = 0
    """Reviews that are still to do."""
    reminded_at: datetime | None = None
    """When they were reminded within the last day; until then they are not again."""


@dataclass(frozen=True)
class Cell:
    """How far one reviewer is with one application; `points` where the reader may see them."""

    words: Message | None
    kind: str
    points: str
    is_overdue: bool


@dataclass(frozen=True)
class Row:
    key: str
    name: str
    url: str
    state: Message
    kind: str
    cells: list[Cell]
    mean: str
    done: int
    assigned: int


@dataclass(frozen=True)
class ShownConflict:
    name: str
    url: str
    person: str
    person_key: str
    kind: Message
    is_cleared: bool
    reason: str
    at: datetime
    may_clear: bool


@dataclass(frozen=True)
class ReviewingPage:
    title: str
    title_lang: str | None
    path: str
    action: str
    is_opened: bool
    has_interviews: bool
    reviewers: list[Reviewer]
    may_remind: bool
    undeclared: int
    rows: list[Row]
    total: int
    paging: Paging
    may_assign: bool
    why_not: Message | None
    shows_points: bool
    is_frozen: bool
    open_count: int
    is_blind: bool
    why_blind: str
    conflicts: list[ShownConflict]
    suspicions: list[ShownSuspicion]
    shows_reasons: bool
    form: Form
    people: list[tuple[str, str]]


def show(visit: Visit) -> Answer:
    """Show who reviews what; before the opening only the jury and who has declared."""
    return shown(visit, overseen(visit))


def shown(
    visit: Visit, challenge: Challenge, form: Form | None = None, *, status: int = 200
) -> Answer:
    """Return the page, with what was typed into its form."""
    lang, path = visit.lang, f"/desk/challenges/{challenge.slug}/reviewing"
    jurors = queries.jury(visit.db, challenge, now=visit.real_now)
    total = queries.count_applications(visit.db, visit.actor, challenge)
    paging = Paging(
        page_number(visit.query.one("page")), SIZE, total,
        lambda n: visit.url(path, page=n if n > 1 else None),
    )  # fmt: skip
    found = queries.applications_of(
        visit.db, visit.actor, challenge, offset=paging.offset, size=SIZE
    )
    ruling = rules.may_assign(visit.actor, challenge)
    reviewers = _reviewers(visit, challenge, jurors)
    title, title_lang = title_of(challenge, visit)
    values = ReviewingPage(
        title=title,
        title_lang=title_lang,
        path=path,
        action=visit.url(f"{path}/assign"),
        is_opened=challenge.opened_at is not None,
        has_interviews=rules.has_interviews(challenge),
        reviewers=reviewers,
        may_remind=bool(ruling) and any(one.open and not one.reminded_at for one in reviewers),
        undeclared=sum(one.declared_at is None for one in jurors),
        rows=_rows(visit, challenge, found, jurors),
        total=total,
        paging=paging,
        may_assign=bool(ruling),
        why_not=ruling.reason if isinstance(ruling, No) else None,
        shows_points=bool(rules.may_see_scores(visit.actor, challenge)),
        is_frozen=queries.is_frozen(visit.db, challenge),
        open_count=queries.count_open(visit.db, challenge) if total else 0,
        is_blind=actions.is_blind(challenge),
        why_blind=rule_reason(terms_of(challenge), Rule.NAMES_HIDDEN, lang),
        conflicts=shown_conflicts(visit, challenge, found),
        suspicions=shown_suspicions(visit, challenge, found),
        shows_reasons=rules.runs(visit.actor, challenge),
        form=form or _fresh(visit, challenge),
        people=[(one.person.public_id, one.person.name) for one in jurors],
    )
    return page(
        visit,
        "reviews/desk/matrix.html",
        values,
        status=status,
        main_form=bool(ruling) and total > 0,
    )


def _fresh(visit: Visit, challenge: Challenge) -> Form:
    due = due_day(visit.now + timedelta(days=USUAL_DAYS), challenge.zone)
    return filled({"which": "chosen", "due": due})


def _reviewers(visit: Visit, challenge: Challenge, jurors: list[Juror]) -> list[Reviewer]:
    waiting = queries.open_by_person(visit.db, challenge)
    told = queries.reminded_since(visit.db, challenge, visit.now - actions.PAUSE)
    return [
        Reviewer(
            key=one.person.public_id,
            name=one.person.name,
            role=ROLE_NAMES[one.roles[0]],
            declared_at=one.declared_at,
            open=len(waiting.get(one.person.id, ())),
            reminded_at=told.get(one.person.id),
        )
        for one in jurors
    ]


def _rows(
    visit: Visit, challenge: Challenge, found: list[Application], jurors: list[Juror]
) -> list[Row]:
    ids = [one.id for one in found]
    reviews = queries.reviews_of(visit.db, ids) if ids else {}
    summaries = queries.summaries(visit.db, ids) if ids else {}
    shows_points = bool(rules.may_see_scores(visit.actor, challenge))
    rows = []
    for one in found:
        by_person = {named.review.person_id: named for named in reviews.get(one.id, [])}
        summary = summaries.get(one.id, NONE_YET)
        state, kind = state_for_staff(one)
        rows.append(
            Row(
                key=one.public_id,
                name=name_for(one, How.FULL, visit.lang),
                url=address_of(visit, challenge, one),
                state=state,
                kind=kind,
                cells=[
                    _cell(visit, one, by_person.get(juror.person.id), shows_points=shows_points)
                    for juror in jurors
                ],
                mean=points_text(summary.mean, visit.lang) if shows_points else "",
                done=summary.done,
                assigned=summary.assigned,
            )
        )
    return rows


def address_of(visit: Visit, challenge: Challenge, application: Application) -> str:
    return visit.url(f"/desk/challenges/{challenge.slug}/reviewing/{application.public_id}")


def _cell(
    visit: Visit, application: Application, named: Named | None, *, shows_points: bool
) -> Cell:
    if named is None:
        return Cell(None, "", "", is_overdue=False)
    review = named.review
    words, kind = STATES[review.state]
    is_overdue = rules.is_to_do(review, application) and review.due_at <= visit.now
    is_scored = shows_points and review.mean is not None
    points = points_text(review.mean, visit.lang) if is_scored else ""
    return Cell(words, kind, points, is_overdue=is_overdue)


def shown_conflicts(
    visit: Visit, challenge: Challenge, found: list[Application]
) -> list[ShownConflict]:
    """Return the conflicts about these applications; reasons for managers alone."""
    if not found:
        return []
    shows_reasons = rules.runs(visit.actor, challenge)
    noted = queries.conflicts(visit.db, challenge, application_ids=[each.id for each in found])
    members = queries.members_among(
        visit.db, found, {one.person_id for one in noted}, now=visit.real_now
    )
    may_clear = bool(rules.may_assign(visit.actor, challenge)) and not queries.is_frozen(
        visit.db, challenge
    )
    return [
        ShownConflict(
            name=name_for(one.application, How.FULL, visit.lang),
            url=address_of(visit, challenge, one.application),
            person=one.person,
            person_key=one.person_key,
            kind=CONFLICTS[one.kind],
            is_cleared=one.kind is ConflictKind.CLEARED,
            reason=one.reason if shows_reasons else "",
            at=one.at,
            may_clear=may_clear
            and one.kind is not ConflictKind.CLEARED
            and one.person_id != visit.actor.person_id
            and not any((one.person_id, firm) in members for firm in firms_in(one.application)),
        )
        for one in noted
    ]


routes = [get("/desk/challenges/{slug}/reviewing", show, overseeing)]
