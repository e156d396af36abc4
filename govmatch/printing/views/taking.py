"""/prints/{id}: how far a print is, and the print itself; for whoever asked for it alone."""

from datetime import datetime

from govmatch.kit.errors import NotFound
from govmatch.kit.records import dataclass
from govmatch.printing import queries, shelf
from govmatch.printing.models import Print
from govmatch.printing.rules import Standing, standing
from govmatch.web.answers import Answer, file_attachment
from govmatch.web.pages import page
from govmatch.web.routes import get, settled
from govmatch.web.visit import Visit

PATH = "/prints/{id}"
PDF = "application/pdf"


@dataclass(frozen=True)
class PrintPage:
    title: str
    title_lang: str | None
    here: str
    standing: Standing
    file_url: str
    page_url: str
    """Where the page is that it is of; empty once the print is gone."""
    until: datetime


def show(visit: Visit) -> Answer:
    """Show whether the print is there, so that it can be taken."""
    one = queries.get_own(visit.db, visit.actor, visit.params["id"])
    here = f"/prints/{one.public_id}"
    values = PrintPage(
        title=one.title,
        title_lang=one.lang if one.lang != visit.lang else None,
        here=visit.url(here),
        standing=standing(one, real_now=visit.real_now),
        file_url=visit.url(f"{here}/file"),
        page_url=one.page,
        until=one.expires_at,
    )
    return page(visit, "printing/print.html", values, block="standing")


def take(visit: Visit) -> Answer:
    """Give the PDF, to be saved."""
    one = queries.get_own(visit.db, visit.actor, visit.params["id"])
    place = shelf.print_of(visit.settings.data_dir, one.public_id)
    if standing(one, real_now=visit.real_now) is not Standing.THERE or not place.is_file():
        raise NotFound
    return file_attachment(place, _name(one), PDF)


def _name(one: Print) -> str:
    kept = "".join(c if c.isalnum() or c in "-_. " else " " for c in one.title)
    return f"{'-'.join(kept.split())[:80].strip('-.') or 'print'}.pdf"


routes = [get(PATH, show, settled), get(f"{PATH}/file", take, settled)]
