"""/audit: finding a case, and everything that the journal holds about it."""

from dataclasses import dataclass
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.accounts.queries.naming import names_by_id
from govmatch.challenges.showing import PHASES, phase_of, text_of
from govmatch.kit.i18n import Message, pick
from govmatch.kit.paging import Paging, page_number
from govmatch.overview.queries import cases
from govmatch.overview.wording import in_words
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of
from govmatch.web.visit import Visit

PATH = "/audit"
auditor = holder_of(Role.AUDITOR)


@dataclass(frozen=True)
class CaseLine:
    title: str
    url: str
    slug: str
    authority: str
    state: tuple[Message, str]


@dataclass(frozen=True)
class AuditPage:
    query: str
    lines: list[CaseLine]
    total: int
    paging: Paging
    action: str


@dataclass(frozen=True)
class Entry:
    """One row of the journal; `actor` is empty where no person acted."""

    at: datetime
    what: Message
    actor: str
    hash: str
    is_whole: bool


@dataclass(frozen=True)
class CasePage:
    title: str
    slug: str
    authority: str
    state: tuple[Message, str]
    zone: str
    opened_at: datetime | None
    entries: list[Entry]
    total: int
    broken: int
    paging: Paging


def case_list(visit: Visit) -> Answer:
    """List the cases that this auditor may open."""
    text, number = visit.query.one("q")[:200], page_number(visit.query.one("page"))
    found = cases.find_cases(visit.db, text, actor=visit.actor, page=number)
    lines = [
        CaseLine(
            title=text_of(one, visit.lang).title or one.slug,
            url=visit.url(f"{PATH}/challenges/{one.slug}"),
            slug=one.slug,
            authority=pick(one.authority.names, visit.lang)[0],
            state=PHASES[phase_of(one, visit.now)],
        )
        for one in found.cases
    ]
    asked = text or None
    paging = Paging(number, cases.SIZE, found.total, lambda n: visit.url(PATH, q=asked, page=n))
    values = AuditPage(text, lines, found.total, paging, visit.url(PATH))
    return page(visit, "overview/audit.html", values, block="results")


def case(visit: Visit) -> Answer:
    """Show the journal of one case, oldest first, with the state of its chain."""
    challenge = cases.get_visible(visit.db, visit.params["slug"], actor=visit.actor)
    number = page_number(visit.query.one("page"))
    found = cases.rows_of(visit.db, challenge, now=visit.now, page=number)
    entries = _entries(visit, found.rows, challenge.zone)
    path = f"{PATH}/challenges/{challenge.slug}"
    values = CasePage(
        title=text_of(challenge, visit.lang).title or challenge.slug,
        slug=challenge.slug,
        authority=pick(challenge.authority.names, visit.lang)[0],
        state=PHASES[phase_of(challenge, visit.now)],
        zone=challenge.zone,
        opened_at=challenge.opened_at,
        entries=entries,
        total=found.total,
        broken=sum(not entry.is_whole for entry in entries),
        paging=Paging(number, cases.ROWS, found.total, lambda n: visit.url(path, page=n)),
    )
    return page(visit, "overview/case.html", values)


def _entries(visit: Visit, rows: list[cases.Checked], zone: str) -> list[Entry]:
    subjects: dict[str, set[int]] = {}
    for one in rows:
        subjects.setdefault(one.row.subject_kind, set()).add(one.row.subject_id)
    people = subjects.get("person", set())
    names = names_by_id(visit.db, {*people, *(one.row.actor_id for one in rows)})
    references = cases.references(visit.db, subjects.get("application", set()))
    about = {("person", number): names.get(number, "") for number in people}
    about |= {("application", number): text for number, text in references.items()}
    return [
        Entry(
            at=one.row.at,
            what=in_words(one.row, lang=visit.lang, zone=zone, about=about),
            actor=names.get(one.row.actor_id or 0, ""),
            hash=one.row.hash,
            is_whole=one.is_whole,
        )
        for one in rows
    ]


routes = [
    get(PATH, case_list, auditor),
    get(f"{PATH}/challenges/{{slug}}", case, auditor),
]
