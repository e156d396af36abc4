"""Where reading is an act, it is written down: once, and only where somebody looked."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from govmatch.accounts.actions.people import create_person
from govmatch.accounts.models import Person
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.errors import NotFound
from govmatch.kit.journal import Event, JournalRow, verify
from govmatch.web.answers import Answer, redirect, text
from govmatch.web.routes import anyone, get, signed_in
from govmatch.web.visit import Visit
from tests.site import Site


@dataclass(frozen=True)
class PaperRead(Event):
    subject_kind: ClassVar[str] = "paper"

    page: int = 0


kept: list[str] = []


def also(_session: Session) -> None:
    kept.append("kept")


def paper(visit: Visit) -> Answer:
    visit.note(PaperRead(1, page=int(visit.query.one("page", "1"))), also)
    if visit.query.one("missing"):
        raise NotFound
    if visit.query.one("away"):
        return redirect("/elsewhere")
    return text("words", "text/html")


def broken(visit: Visit) -> Answer:
    def refuse(_session: Session) -> None:
        raise RuntimeError("cannot be kept")

    visit.note(PaperRead(2), refuse)
    return text("words", "text/html")


ROUTES = [
    get("/paper", paper, signed_in, records=True),
    get("/quiet", paper, signed_in),
    get("/broken", broken, signed_in, records=True),
]


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Site:
    kept.clear()
    return Site(database, tmp_path / "data", routes=ROUTES)


def somebody(site: Site, name: str) -> Person:
    with site.database.writing() as session:
        made = create_person(
            session,
            address=f"{name}@example.org",
            name=name,
            lang="en",
            actor=VISITOR,
            now=real_now(),
            real_now=real_now(),
        )
        commit(session)
        session.refresh(made)
        session.expunge(made)
    return made


def rows(site: Site) -> list[tuple[int | None, object]]:
    with site.database.reading() as session:
        found = session.query(JournalRow).filter_by(event="PaperRead").order_by(JournalRow.id)
        assert verify(session).bad_id is None
        return [(one.actor_id, one.data["page"]) for one in found]


def test_a_person_is_noted_once_a_day_for_each_thing(site: Site) -> None:
    anna, bert = somebody(site, "anna"), somebody(site, "bert")
    for who in (anna, anna, bert):
        assert site.as_(who).get("/paper").status_code == 200
    assert site.as_(anna).get("/paper?page=2").status_code == 200
    assert rows(site) == [(anna.id, 1), (bert.id, 1), (anna.id, 2)]
    assert len(kept) == 3


@pytest.mark.parametrize(
    "headers",
    [{"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}, {"x-moz": "prefetch"}],
)
def test_what_is_fetched_in_advance_is_not_noted(site: Site, headers: dict[str, str]) -> None:
    anna = site.as_(somebody(site, "anna"))
    assert anna.get("/paper", **headers).status_code == 200
    assert anna.client.head("/paper").status_code == 200
    assert rows(site) == []


@pytest.mark.parametrize("query", ["missing=1", "away=1"])
def test_what_was_not_shown_is_not_noted(site: Site, query: str) -> None:
    anna = site.as_(somebody(site, "anna"))
    assert anna.get(f"/paper?{query}").status_code in {303, 404}
    assert rows(site) == []


def test_a_route_that_does_not_record_notes_nothing(site: Site) -> None:
    site.as_(somebody(site, "anna")).get("/quiet")
    assert (rows(site), kept) == ([], [])


def test_what_cannot_be_noted_is_not_shown(site: Site) -> None:
    anna = site.as_(somebody(site, "anna"))
    answer = anna.get("/broken")
    assert (answer.status_code, "words" in answer.text) == (500, False)
    assert rows(site) == []


def test_what_is_kept_for_everybody_cannot_note_who_reads() -> None:
    with pytest.raises(ValueError, match="records nothing"):
        get("/paper", paper, anyone, cached=True, records=True)
