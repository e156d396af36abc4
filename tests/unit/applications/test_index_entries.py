"""Who finds what in the index: the firm, those who read with names, those who read without."""

from collections.abc import Mapping

import pytest

from govmatch.applications import actions, index_entries, queries
from govmatch.applications.actions import access
from govmatch.applications.models import Application, How
from govmatch.files.models import StoredFile
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.kit.signing import Signer
from govmatch.search.entry import Entry
from govmatch.settings import Settings
from tests.unit.applications.acting import MINUTE, NOW, acting, begun, complete, save, sent, submit
from tests.web.applications.world import World, fill

BACKGROUND = Background(Settings(), Signer("x" * 40), NOW, NOW)
KINDS: Mapping[str, object] = index_entries.INDEXED


@pytest.fixture
def world(session: Session) -> World:
    made = fill(session)
    made.firms["nordlys"].name = "Nordlys Vision ApS"
    made.firms["nordlys"].website = "https://www.nordlys.example/about"
    made.bo.name = "Bo Madsen"
    return made


@pytest.fixture
def one(session: Session, world: World) -> Application:
    """An application that names its firm in every way that a text can."""
    application = begun(session, world)
    complete(session, application, world.bo)
    said = "Nordlys Vision by Madsen, see nordlys.example or bo@example.org: scan the label"
    save(session, application, "idea", sent({"q-solution": said}, revision=1), who=world.bo)
    submit(session, application, world.bo)
    application.alias = 42
    session.flush()
    return application


def entry(session: Session, kind: str, application: Application) -> Entry | None:
    session.flush()
    found = index_entries.INDEXED[kind].entries(BACKGROUND, session, application.id)
    assert len(found) <= 1
    return found[0] if found else None


def finds(actor: Actor, entry: Entry | None) -> bool:
    """True where the index shows it, by the rule that stands in `search.audience`."""
    if entry is None:
        return False
    return bool(actor.audience & entry.audience) and not actor.audience & entry.closed


def grant(session: Session, application: Application, who: int, how: How) -> None:
    access.grant(session, application, who, how=how, why="review", actor=VISITOR, now=NOW)


def test_before_the_opening_there_is_nothing_for_anybody_else(
    session: Session, world: World, one: Application
) -> None:
    grant(session, one, world.finn.id, How.BLIND)
    assert entry(session, "received", one) is None
    assert entry(session, "assigned", one) is None
    assert list(index_entries.opened_ids(BACKGROUND, session)) == []
    own = entry(session, "application", one)
    for name, person in world.people.items():
        assert finds(acting(session, person), own) is (name in {"bo", "carla"}), name
    assert not finds(VISITOR, own)


def test_what_the_index_shows_is_what_the_rule_shows(
    session: Session, world: World, one: Application
) -> None:
    one.challenge.opened_at = NOW
    grant(session, one, world.finn.id, How.BLIND)
    grant(session, one, world.gro.id, How.FULL)
    access.close(session, one, world.astrid.id, why="conflict", actor=VISITOR, now=NOW)
    received, assigned = entry(session, "received", one), entry(session, "assigned", one)
    assert list(index_entries.opened_ids(BACKGROUND, session)) == [one.id]
    for name, person in world.people.items():
        actor = acting(session, person)
        how = queries.how_of(session, actor, one)
        is_own = name in {"bo", "carla"}
        assert finds(actor, received) is (how is How.FULL and not is_own), name
        assert finds(actor, assigned) is (how is How.BLIND), name
        hits = queries.named_among(session, [one.id], actor=actor, now=NOW)
        assert hits == ({one.id} if how is How.FULL else set()), name
        own = queries.own_among(session, [one.id], actor=actor, now=NOW)
        assert own == ({one.id} if is_own else set()), name


def test_an_entry_for_blind_readers_names_nobody(
    session: Session, world: World, one: Application
) -> None:
    one.challenge.opened_at = NOW
    grant(session, one, world.finn.id, How.BLIND)
    blind = entry(session, "assigned", one)
    assert blind is not None
    assert blind.title == "Applicant 42"
    assert blind.url == "/reviews?challenge=long&applicant=42"
    assert "scan the label" in blind.text
    everything = f"{blind.title} {blind.text} {blind.url} {blind.labels}".casefold()
    for name in ("nordlys", "madsen", "bo@", one.reference, one.public_id):
        assert name.casefold() not in everything, name
    assert blind.dates == {}
    received = entry(session, "received", one)
    assert received is not None
    assert received.title.startswith("Nordlys Vision ApS: ")
    assert one.reference in received.text


def test_what_is_withdrawn_is_in_no_entry(session: Session, world: World, one: Application) -> None:
    one.challenge.opened_at = NOW
    grant(session, one, world.finn.id, How.BLIND)
    actions.withdraw(session, one, actor=acting(session, world.bo), now=NOW + MINUTE)
    assert [entry(session, kind, one) for kind in index_entries.INDEXED] == [None] * 3


def test_names_of_files_are_in_no_entry_for_blind_readers(session: Session, world: World) -> None:
    application = begun(session, world)
    complete(session, application, world.bo)
    file = StoredFile(
        public_id="filefilefile", owner_kind="application", owner_id=application.id,
        slot="papers", name="Nordlys.pdf", media_type="application/pdf", size=3,
        sha256="0" * 64, uploaded_at=NOW,
    )  # fmt: skip
    session.add(file)
    application.answers = {**application.answers, "papers": ["filefilefile"]}
    submit(session, application, world.bo)
    application.challenge.opened_at, application.alias = NOW, 7
    grant(session, application, world.finn.id, How.BLIND)
    blind = entry(session, "assigned", application)
    assert blind is not None
    assert "Nordlys" not in blind.text
    assert "filefile" not in blind.text
