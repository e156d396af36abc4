"""What the triage page of one application shows to be read: reviews, answers, notes, history."""

from datetime import datetime, timedelta

from markupsafe import Markup

from govmatch.accounts.models import Role
from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import queries as applications
from govmatch.applications import reading as submitted
from govmatch.applications.models import Application, How
from govmatch.kit.i18n import Message
from govmatch.kit.markdown import kept
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.overview.queries.triage import count_history, history
from govmatch.overview.wording import in_words
from govmatch.panels import consensus
from govmatch.reviews import queries as reviews
from govmatch.reviews.rules import has_interviews, may_see_scores
from govmatch.reviews.showing import STATES as REVIEW_STATES
from govmatch.reviews.showing import points_text
from govmatch.triage import queries, rules
from govmatch.web.visit import Visit

ROWS = 50


@dataclass(frozen=True)
class ReviewLine:
    name: str
    state: Message
    kind: str
    mean: str


@dataclass(frozen=True)
class Reviews:
    lines: list[ReviewLine]
    summary: reviews.Summary
    mean: str
    consensus: str
    """The mean with what the jury agreed on; empty where it did not, or the minutes are open."""
    shows_means: bool
    url: str
    decision_url: str
    meeting_url: str
    interviews_url: str


@dataclass(frozen=True)
class NoteLine:
    key: str
    by: str
    at: datetime
    html: Markup
    is_deleted: bool
    may_delete: bool


@dataclass(frozen=True)
class Version:
    number: int
    at: datetime
    by: str
    sha256: str
    counts: bool


@dataclass(frozen=True)
class Answers:
    parts: list[submitted.Part]
    consortium: list[submitted.Party]
    lang: str
    versions: list[Version]


@dataclass(frozen=True)
class Notes:
    lines: list[NoteLine]
    may_write: bool


@dataclass(frozen=True)
class Events:
    """`read_days` is for how many days it is shown who read it; None where it always is."""

    lines: list[tuple[datetime, Message, str]]
    paging: Paging
    read_days: int | None


def reviews_of(visit: Visit, application: Application, summary: reviews.Summary) -> Reviews:
    desk = f"/desk/challenges/{application.challenge.slug}"
    shows_means = bool(may_see_scores(visit.actor, application.challenge))
    found = reviews.reviews_of(visit.db, [application.id]).get(application.id, [])
    agreed = consensus.means_of(visit.db, [application.id]) if shows_means else {}
    lines = []
    for named in found:
        state, kind = REVIEW_STATES[named.review.state]
        is_in = shows_means and named.review.mean is not None and kind == "success"
        mean = points_text(named.review.mean if is_in else None, visit.lang)
        lines.append(ReviewLine(named.person, state, kind, mean))
    return Reviews(
        lines=lines,
        summary=summary,
        mean=points_text(summary.mean if shows_means else None, visit.lang),
        consensus=points_text(agreed[application.id], visit.lang) if agreed else "",
        shows_means=shows_means,
        url=visit.url(f"{desk}/reviewing"),
        decision_url=visit.url(f"{desk}/decision"),
        meeting_url=visit.url(f"{desk}/panel"),
        interviews_url=visit.url(f"{desk}/interviews")
        if has_interviews(application.challenge)
        else "",
    )


def answers_of(visit: Visit, application: Application) -> Answers:
    """Return the version that counts, in full, and every submission with its hash."""
    found = submitted.submitted(visit.db, application, how=How.FULL, lang=visit.lang, url=visit.url)
    versions = applications.versions(visit.db, application)
    names = names_by_id(visit.db, [one.by for one in versions])
    return Answers(
        parts=found.parts if found else [],
        consortium=found.consortium if found else [],
        lang=found.lang if found else application.lang,
        versions=[
            Version(
                number=one.number,
                at=one.at,
                by=names.get(one.by, ""),
                sha256=one.content_hash,
                counts=one.number == application.current_version,
            )
            for one in versions
        ],
    )


def notes_of(visit: Visit, application: Application) -> Notes:
    found = queries.notes_of(visit.db, visit.actor, application)
    names = names_by_id(visit.db, [one.by for one in found])
    may_write = bool(rules.may_remark(visit.actor, application))
    runs = rules.runs(visit.actor, application.challenge)
    lines = [
        NoteLine(
            key=one.public_id,
            by=names.get(one.by, ""),
            at=one.at,
            html=kept(one.html),
            is_deleted=one.deleted_at is not None,
            may_delete=may_write and (runs or one.by == visit.actor.person_id),
        )
        for one in found
    ]
    return Notes(lines, may_write)


def events_of(visit: Visit, application: Application) -> Events:
    """Return what happened; who read it long ago is for auditors, and stays in the journal."""
    number = page_number(visit.query.one("page"))
    days = None if visit.actor.holds(Role.AUDITOR) else visit.settings.show_readings_days
    since = None if days is None else visit.now - timedelta(days=days)
    total = count_history(visit.db, application, read_since=since)
    path = f"/triage/{application.public_id}"
    paging = Paging(
        number,
        ROWS,
        total,
        lambda n: visit.url(path, show="history", page=n),
    )
    rows = history(visit.db, application, read_since=since, offset=paging.offset, size=ROWS)
    names = names_by_id(visit.db, [row.actor_id for row in rows])
    about = {("application", application.id): application.reference}
    zone = application.challenge.zone
    lines = [
        (
            row.at,
            in_words(row, lang=visit.lang, zone=zone, about=about),
            names.get(row.actor_id or 0, ""),
        )
        for row in rows
    ]
    return Events(lines, paging, days)
