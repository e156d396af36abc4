"""/applications/{id}/receipts/{n}: that an application was received, when, and its hash."""

from datetime import UTC, datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import queries
from govmatch.applications.models import Application, State, Version
from govmatch.applications.reading import Party, files_of_version, parties, size_text
from govmatch.applications.receipt_text import receipt_text
from govmatch.applications.showing import title_in
from govmatch.applications.views.reading import number_in_address
from govmatch.challenges.rules import is_open
from govmatch.kit.i18n import pick
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, attachment
from govmatch.web.pages import page
from govmatch.web.routes import get, signed_in
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class SentFile:
    name: str
    size: str
    sha256: str


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
    confirmed: list[tuple[datetime, datetime]]
    """When it was confirmed, and when the change was made that it was confirmed after."""
    counts: bool
    is_withdrawn: bool
    current: int
    current_url: str
    is_open: bool
    overview_url: str
    list_url: str
    text_url: str
    verify_url: str
    address: str
    """In full, for paper."""
    files: list[SentFile]
    consortium: list[Party]


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
        confirmed=[(one.at, one.amendment.at) for one in queries.confirmations(visit.db, version)],
        counts=is_current and application.state != State.WITHDRAWN,
        is_withdrawn=application.state == State.WITHDRAWN,
        current=application.current_version,
        current_url=visit.url(f"{here}/receipts/{application.current_version}"),
        is_open=is_open(challenge, visit.now),
        overview_url=visit.url(here),
        list_url=visit.url("/applications"),
        text_url=visit.url(f"{here}/receipts/{version.number}.txt"),
        verify_url=visit.url("/receipts/verify"),
        address=visit.absolute("/receipts/verify"),
        files=[
            SentFile(one.name, size_text(one.size, lang), one.sha256)
            for one in files_of_version(visit.db, version)
        ],
        consortium=parties(version, lang),
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
    get("/applications/{id}/receipts/{n}", receipt, signed_in, prints=True),
]
