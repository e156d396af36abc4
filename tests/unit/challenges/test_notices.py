"""Who is told what by mail, in their language, and never of what they did themselves."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from govmatch.accounts.models import Person, Role
from govmatch.challenges import actions
from govmatch.challenges.models import Challenge
from govmatch.challenges.notices import NOTICES
from govmatch.kit.background import Background
from govmatch.kit.content import FILES
from govmatch.kit.db import Session, commit
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.kit.signing import Signer
from govmatch.notifications.actions import written
from govmatch.settings import shipped
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    REASON,
    World,
    approved,
    make_world,
    new_person,
    published,
    remark,
    settings,
    statement,
    submitted,
)

SETTINGS: dict[str, Any] = {
    "base_url": "https://govmatch.example",
    "templates_dir": shipped("templates"),
}


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def told(session: Session) -> list[Notice]:
    """Return what the last event about a challenge makes known."""
    commit(session)
    found = select(JournalRow).where(JournalRow.subject_kind == "challenge")
    row = session.scalars(found.order_by(JournalRow.id.desc())).first()
    assert row is not None
    given = Background(settings(**SETTINGS), Signer("x" * 40), NOW, NOW)
    return list(NOTICES[row.event](given, session, row))


def by_address(notices: list[Notice]) -> dict[str, str]:
    return {notice.address.split("@")[0]: notice.mail for notice in notices}


def test_the_approvers_are_told_that_it_waits(session: Session, world: World) -> None:
    submitted(session, world)
    assert by_address(told(session)) == {"hanne": "challenges/submitted"}


def test_the_programme_is_told_where_the_authority_has_no_approver(
    session: Session, world: World
) -> None:
    hanne = select(Person).where(Person.id == world.hanne.person_id)
    session.scalars(hanne).one().disabled_at = NOW
    submitted(session, world)
    assert by_address(told(session)) == {"pia": "challenges/submitted"}


def test_the_writers_are_told_that_it_came_back(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    actions.return_(
        session, challenge, written=[remark("More.")], actor=world.hanne, now=NOW, real_now=NOW
    )
    assert by_address(told(session)) == {"astrid": "challenges/returned"}


def test_writers_and_managers_are_told_of_the_approval(session: Session, world: World) -> None:
    approved(session, world)
    assert by_address(told(session)) == {
        "astrid": "challenges/approved",
        "eva": "challenges/to_publish",
    }


def test_writers_and_approver_are_told_of_the_publication(session: Session, world: World) -> None:
    published(session, world)
    assert by_address(told(session)) == {
        "astrid": "challenges/published",
        "hanne": "challenges/published",
    }


def test_what_moved_on_meanwhile_is_not_told(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    commit(session)
    challenge.state = "approved"
    assert told(session) == []


def test_who_did_it_is_not_told(session: Session, world: World) -> None:
    """The manager's colleague is told, whoever they are; the one who returned it is not."""
    new_person(session, "erik", Role.MANAGER, "programme", world.programme.id)
    challenge = approved(session, world)
    assert set(by_address(told(session))) == {"astrid", "eva", "erik"}
    actions.return_(
        session, challenge, written=[remark("Dates.")], actor=world.eva, now=NOW, real_now=NOW
    )
    assert set(by_address(told(session))) == {"astrid"}


def test_a_file_that_is_published_at_once_tells_nobody_to_publish(
    session: Session, world: World
) -> None:
    challenge = actions.create(
        session, statement(), actor=FILES, now=NOW, slug="x", source_path="challenges/x"
    )
    actions.approve_from_file(session, challenge, by="Office", actor=FILES, now=NOW)
    actions.publish_from_file(session, challenge, at=NOW, actor=FILES, now=NOW, content_dir=CONTENT)
    assert told(session) == []


def later(session: Session, world: World) -> Challenge:
    challenge = approved(session, world)
    at = NOW + timedelta(days=2)
    actions.publish(session, challenge, at=at, actor=world.eva, now=NOW, content_dir=CONTENT)
    return challenge


def test_the_same_people_are_told_of_another_time_and_of_a_withdrawal(
    session: Session, world: World
) -> None:
    challenge = later(session, world)
    at = NOW + timedelta(days=5)
    actions.move_publication(
        session, challenge, at=at, actor=world.eva, now=NOW, content_dir=CONTENT
    )
    moved = told(session)
    assert by_address(moved) == dict.fromkeys(("astrid", "hanne"), "challenges/published")
    assert "26 November 2026" in written(moved[0], settings(**SETTINGS))[1]
    actions.withdraw_publication(session, challenge, actor=world.eva, now=NOW)
    withdrawn = told(session)
    assert by_address(withdrawn) == dict.fromkeys(("astrid", "hanne"), "challenges/withdrawn")
    subject, body = written(withdrawn[0], settings(**SETTINGS))
    assert subject == "Publication withdrawn: Read the label"
    assert f"https://govmatch.example/desk/challenges/{challenge.slug}" in body


def test_a_mail_about_what_came_back_says_how_many_remarks(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    actions.return_(
        session, challenge, written=[remark("Secret one"), remark("Secret two")],
        actor=world.hanne, now=NOW, real_now=NOW,
    )  # fmt: skip
    (notice,) = told(session)
    body = written(notice, settings(**SETTINGS))[1]
    assert "Number of remarks: 2." in body
    assert "Secret" not in body


@pytest.mark.parametrize(
    ("lang", "subject", "words"),
    [
        ("en", "Published: Read the label", "Everybody can read it from 21 November 2026"),
        ("de", "Veröffentlicht: Read the label", "Alle können sie lesen ab 21. November 2026"),
        ("da", "Offentliggjort: Læs mærket", "Alle kan læse den fra 21. november 2026"),
    ],
)
def test_each_is_written_to_in_their_language(
    session: Session, world: World, lang: str, subject: str, words: str
) -> None:
    session.execute(update(Person).values(lang=lang))
    challenge: Challenge = published(session, world)
    for notice in told(session):
        found_subject, body = written(notice, settings(**SETTINGS))
        assert found_subject == subject
        assert words in body
        assert f"https://govmatch.example/challenges/{challenge.slug}" in body


def test_every_mail_can_be_written(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    notices = told(session)
    actions.return_(
        session,
        challenge,
        written=[remark("Remark that stays here")],
        actor=world.hanne,
        now=NOW,
        real_now=NOW,
    )
    notices += told(session)
    actions.submit_for_approval(
        session, challenge, actor=world.astrid, now=NOW, content_dir=CONTENT
    )
    actions.approve(session, challenge, actor=world.hanne, now=NOW, real_now=NOW)
    notices += told(session)
    assert len({notice.key for notice in notices}) == len(notices) == 4
    for notice in notices:
        subject, body = written(notice, settings(**SETTINGS))
        assert "{" not in subject + body
        assert "Remark that stays here" not in body
        assert f"/desk/challenges/{challenge.slug}" in body


def test_the_time_of_a_later_publication_is_said(session: Session, world: World) -> None:
    challenge = approved(session, world)
    at = NOW + timedelta(days=3)
    actions.publish(session, challenge, actor=world.eva, now=NOW, at=at, content_dir=CONTENT)
    values = {str(notice.values["time"]) for notice in told(session)}
    assert values == {"24 November 2026, 11:00 CET"}


def test_staff_are_told_when_somebody_else_amended(session: Session, world: World) -> None:
    new_person(session, "arne", Role.STAFF, "authority", world.authority.id)
    challenge = published(session, world)
    changed = statement(budget_max=500_000)
    actions.amend(
        session, challenge, changed,
        reasons=REASON, actor=world.hanne, now=NOW, content_dir=CONTENT,
    )  # fmt: skip
    assert by_address(told(session)) == {
        "arne": "challenges/amended",
        "astrid": "challenges/amended",
    }
