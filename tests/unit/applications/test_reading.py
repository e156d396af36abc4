"""What readers beyond the firm are shown of a submission: all of it, or without names."""

import pytest

from govmatch.applications.models import Application, How
from govmatch.applications.reading import Submitted, files_of, submitted
from govmatch.files.models import StoredFile
from govmatch.kit.db import Session
from tests.unit.applications.acting import NOW, begun, complete, save, sent, submit
from tests.web.applications.world import World, fill


@pytest.fixture
def world(session: Session) -> World:
    made = fill(session)
    made.firms["nordlys"].name = "Nordlys GmbH & Co. KG"
    return made


def file(session: Session, application: Application, name: str, public_id: str) -> None:
    made = StoredFile(
        public_id=public_id, owner_kind="application", owner_id=application.id, slot="papers",
        name=name, media_type="application/pdf", size=1_500_000, sha256="0" * 64,
        uploaded_at=NOW,
    )  # fmt: skip
    session.add(made)
    session.flush()


@pytest.fixture
def one(session: Session, world: World) -> Application:
    application = begun(session, world)
    complete(session, application, world.bo)
    skills = sent({"q-skills": "We at Nordlys do optics. +45 12 34 56 78"}, revision=1)
    save(session, application, "team", skills, who=world.bo)
    file(session, application, "Nordlys.pdf", "submitted123")
    application.answers = {**application.answers, "papers": ["submitted123"]}
    submit(session, application, world.bo)
    return application


def read(session: Session, application: Application, how: How) -> Submitted:
    shown = submitted(session, application, how=how, lang="en", url=lambda path: f"/x{path}")
    assert shown is not None
    return shown


def values(shown: Submitted) -> dict[str, str]:
    return {row.question.id: row.value for part in shown.parts for row in part.rows}


def test_in_full_everything_is_there_with_files_to_save(session: Session, one: Application) -> None:
    shown = read(session, one, How.FULL)
    assert (shown.number, shown.lang, shown.is_blind) == (1, "en", False)
    assert [part.title for part in shown.parts] == ["Your idea", "Your team", "Declarations"]
    assert values(shown)["skills"] == "We at Nordlys do optics. +45 12 34 56 78"
    (papers,) = [r for part in shown.parts for r in part.rows if r.question.id == "papers"]
    (attached,) = papers.files
    assert (attached.name, attached.note) == ("Nordlys.pdf", "1.5 MB")
    assert attached.url == f"/x/applications/{one.public_id}/files/submitted123"


def test_without_names_words_are_masked_and_files_are_hidden(
    session: Session, one: Application
) -> None:
    shown = read(session, one, How.BLIND)
    assert shown.is_blind
    found = values(shown)
    assert found["solution"] == "Scan the label and look it up"
    assert found["skills"] == "We at ▒▒▒ do optics. ▒▒▒"
    assert found["papers"] == "Hidden until the names are shown"
    assert "Nordlys" not in repr(shown)
    assert "submitted123" not in repr(shown)


def test_the_draft_of_the_firm_is_never_shown(
    session: Session, world: World, one: Application
) -> None:
    change = sent({"q-skills": "Later thoughts"}, revision=2)
    save(session, one, "team", change, who=world.bo)
    file(session, one, "later.pdf", "laterlater12")
    one.answers = {**one.answers, "papers": ["submitted123", "laterlater12"]}
    shown = read(session, one, How.FULL)
    assert "Later thoughts" not in repr(shown)
    assert [stored.public_id for stored in files_of(session, one)] == ["submitted123"]


def test_of_what_was_never_submitted_there_is_nothing(session: Session, world: World) -> None:
    draft = begun(session, world, "dieter", "weser")
    for how in (How.FULL, How.BLIND):
        assert submitted(session, draft, how=how, lang="en", url=str) is None
    assert files_of(session, draft) == []
