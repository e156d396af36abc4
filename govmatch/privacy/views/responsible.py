"""/privacy: who is responsible for which data, programme by programme, and how long it is kept."""

from collections.abc import Mapping

from sqlalchemy import select

from govmatch.kit.i18n import Message, msg, msgn, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.queries.authorities import name_of
from govmatch.privacy.periods import FIXED, PERIODS, Fixed, award_file_years, days
from govmatch.privacy.views.retention import length_text
from govmatch.programmes.models import Programme
from govmatch.programmes.queries import authorities
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

RESPONSIBLE: Mapping[str, Message] = {
    "authority": msg("The authority of each case; the operator works on its behalf (article 28)"),
    "joint": msg("The authority of each case and the operator together (article 26)"),
}


@dataclass(frozen=True)
class ProgrammeLine:
    name: str
    url: str
    responsible: Message
    authorities: list[tuple[str, str]]
    kept: Message
    source: str


@dataclass(frozen=True)
class PeriodLine:
    what: Message
    length: Message
    from_when: Message
    deleted: Message


@dataclass(frozen=True)
class ResponsiblePage:
    operator: str
    address: str
    email: str
    officer: str
    programmes: list[ProgrammeLine]
    periods: list[PeriodLine]
    fixed: tuple[Fixed, ...]


def show(visit: Visit) -> Answer:
    settings = visit.settings
    found = visit.db.scalars(select(Programme).order_by(Programme.slug))
    values = ResponsiblePage(
        operator=settings.operator_name,
        address=settings.operator_address,
        email=settings.operator_email,
        officer=settings.privacy_contact,
        programmes=[_programme(visit, one) for one in found],
        periods=[
            PeriodLine(one.what, length_text(days(kind, settings)), one.from_when, one.deleted)
            for kind, one in PERIODS.items()
            if days(kind, settings) != 0
        ],
        fixed=FIXED,
    )
    return page(visit, "privacy/responsible.html", values)


def _programme(visit: Visit, one: Programme) -> ProgrammeLine:
    years, source = award_file_years(one.facts, visit.now.date())
    return ProgrammeLine(
        name=pick(one.names, visit.lang)[0],
        url=visit.url(f"/programmes/{one.slug}"),
        responsible=RESPONSIBLE[str(one.facts.get("data_controller", "authority"))],
        authorities=[
            (name_of(authority, visit.lang), visit.url(f"/authorities/{authority.slug}"))
            for authority in authorities(visit.db, one)
        ],
        kept=msgn("{n} year from the award", "{n} years from the award", n=years),
        source=source,
    )


routes = [get("/privacy", show, anyone)]
