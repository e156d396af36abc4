"""How editors send the form of an entry, and what is kept of it."""

import re
from typing import Any

from sqlalchemy import func, select

from govmatch.glossary.entries import Entry
from govmatch.glossary.models import GlossaryEntry, GlossaryVersion
from govmatch.glossary.queries import touched_entries
from govmatch.kit.journal import JournalRow
from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import fields_of, typed

NEW = "/glossary/new"


def send(desk: Desk, page: str = NEW, *, by: str = "eva", step: str = "save", **words: str) -> Any:
    """Open the form, type and press a button."""
    browser = desk.as_(by)
    fields = fields_of(browser.get(page).text, page)
    return browser.post(page, typed(fields, step=step, **words))


def add(desk: Desk, **words: str) -> str:
    """Save a new entry and return its address."""
    answer = send(desk, **words)
    assert answer.status_code == 303, text_of(answer.text)
    return str(answer.headers["location"])


def kept(desk: Desk) -> list[Entry]:
    with desk.site.database.reading() as session:
        return touched_entries(session, desk.site.settings.content_dir)


def rows(desk: Desk) -> tuple[int, int]:
    """Return how many entries and versions there are."""
    with desk.site.database.reading() as session:
        counted = (
            session.scalar(select(func.count(t.id))) for t in (GlossaryEntry, GlossaryVersion)
        )
        entries, versions = counted
        return entries or 0, versions or 0


def happened(desk: Desk) -> list[tuple[str, dict[str, object]]]:
    with desk.site.database.reading() as session:
        found = select(JournalRow).where(JournalRow.subject_kind == "glossary")
        return [(row.event, row.data) for row in session.scalars(found.order_by(JournalRow.id))]


def shipped_page(desk: Desk, word: str) -> str:
    """Return the address of the first entry of the files that the list finds for a word."""
    html = desk.as_("eva").get(f"/glossary?q={word}").text
    found = re.search(r'href="(/glossary/file-[0-9a-f]+)"', html)
    assert found, f"no entry of a file has {word}"
    return found[1]


def found(desk: Desk, query: str, *, by: str | None = None) -> str:
    """Return what the search page says."""
    browser = desk.as_(by) if by else desk.site.visit()
    answer = browser.get(f"/search?q={query}")
    assert answer.status_code == 200
    return text_of(answer.text)
