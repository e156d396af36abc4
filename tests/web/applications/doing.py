"""What people do on the pages of applications, in few words."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from govmatch.applications.models import Application, Version
from govmatch.challenges.models import Challenge
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from tests.site import Browser, Site
from tests.web.applications.world import COMPLETE

SHORT = "/challenges/short/apply"
LONG = "/challenges/long/apply"


def begin(browser: Browser, **fields: str) -> str:
    """Begin the long form and return the application's address."""
    answer = browser.submit(LONG, LONG, fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def save(
    browser: Browser, address: str, section: str, fields: Mapping[str, Any], **more: Any
) -> Any:
    page = f"{address}/sections/{section}"
    return browser.submit(page, page, fields, **more)


def fill(browser: Browser, address: str) -> None:
    for section, fields in COMPLETE.items():
        assert save(browser, address, section, fields).status_code == 303


def submit(browser: Browser, address: str, **more: str) -> Any:
    fields = {"confirmed": "yes", **more}
    return browser.submit(f"{address}/check", f"{address}/submit", fields)


def applied(browser: Browser) -> str:
    """Begin, fill and submit the long form; return the application's address."""
    address = begin(browser)
    fill(browser, address)
    assert submit(browser, address).status_code == 303
    return address


def kept(site: Site) -> list[Application]:
    with site.database.reading() as session:
        return list(session.query(Application).order_by(Application.id).all())


def versions(site: Site) -> list[Version]:
    with site.database.reading() as session:
        return list(session.query(Version).order_by(Version.id).all())


def close(site: Site, slug: str, *, at: datetime | None = None) -> None:
    """Set the deadline of a challenge, a second ago unless said otherwise."""
    with site.database.writing() as session:
        challenge = session.query(Challenge).filter(Challenge.slug == slug).one()
        challenge.closes = at or real_now() - timedelta(seconds=1)
        commit(session)
