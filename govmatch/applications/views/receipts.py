"""/applications/{id}/receipts/{n}: that an application was received, when, and its hash."""

from dataclasses import dataclass
from datetime import UTC, datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import queries
from govmatch.applications.models import Application, State, Version
from govmatch.applications.receipt_text import receipt_text
from govmatch.applications.showing import title_in
from govmatch.applications.views.reading import number_in_address
from govmatch.challenges.rules import is_open
from govmatch.kit.i18n import pick
from govmatch.web.answers import Answer, attachment
from govmatch.web.pages import page
from govmatch.web.routes import get, signed_in
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class ReceiptPage:
    title: str
    title_lang: str | None
    authority: str
    firm: str
    by: str
    reference: str
    receipt: str
    number: int
    at: datetime
    at_utc: str
    closes: datetime | None
    zone: str
    sha256: str
    counts: bool
    is_withdrawn: bool
    current: int
    current_url: str
    is_open: bool
    overview_url: str
    list_url: str
    text_url: str


def receipt(visit: Visit) -> Answer:
    """Show one receipt, fit to be printed."""
    application, version = _found(visit)
    challenge, lang = application.challenge, visit.lang
    title = title_in(challenge, lang)
    here = f"/applications/{application.public_id}"
    is_current = version.number == application.current_version
    values = ReceiptPage(
        title=title.text,
        title_lang=title.lang if title.lang != lang else None,
        authority=pick(challenge.authority.names, lang)[0],
        firm=application.firm.name,
        by=names_by_id(visit.db, [version.by]).get(version.by, ""),
        reference=application.reference,
        receipt=version.public_id,
        number=version.number,
        at=version.at,
        at_utc=version.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        closes=challenge.closes,
        zone=challenge.zone,
        sha256=version.content_hash,
        counts=is_current and application.state != State.WITHDRAWN,
        is_withdrawn=application.state == State.WITHDRAWN,
        current=application.current_version,
        current_url=visit.url(f"{here}/receipts/{application.current_version}"),
        is_open=is_open(challenge, visit.now),
        overview_url=visit.url(here),
        list_url=visit.url("/applications"),
        text_url=visit.url(f"{here}/receipts/{version.number}.txt"),
    )
    return page(visit, "applications/receipt.html", values)


def receipt_as_text(visit: Visit) -> Answer:
    """Give the receipt with everything it stands for, to be kept and checked anywhere."""
    application, version = _found(visit)
    text = receipt_text(
        visit.db,
        application,
        version,
        lang=visit.lang,
        site_name=visit.settings.site_name,
        signer=visit.site.signer,
    )
    name = f"{application.reference}-{version.number}.txt"
    return attachment(text.encode(), name, "text/plain; charset=utf-8")


def _found(visit: Visit) -> tuple[Application, Version]:
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    number = number_in_address(visit, "n")
    return application, queries.get_version(visit.db, application, number)


routes = [
    get("/applications/{id}/receipts/{n}.txt", receipt_as_text, signed_in),
    get("/applications/{id}/receipts/{n}", receipt, signed_in),
]
