"""/audit: finding a case to read."""

from govmatch.accounts.models import Role
from govmatch.challenges.showing import PHASES, phase_of, text_of
from govmatch.kit.i18n import Message, pick
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.overview.queries import cases
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


routes = [get(PATH, case_list, auditor)]
