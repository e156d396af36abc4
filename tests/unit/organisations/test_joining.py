"""Asking to join a firm: seen by its lead alone, answered once, and never automatic."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from govmatch.accounts.models import Person, Role
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, NotAllowed, NotFound, TooMany
from govmatch.kit.journal import rows_about
from govmatch.organisations import actions, queries
from govmatch.organisations.models import Firm, JoinRequest
from govmatch.organisations.personal import erase, export
from tests.unit.organisations.samples import NOW, actor_for, add_firm, add_person, join

DAY = timedelta(days=1)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "mail-domains.txt").write_text("# for everybody\nmail.example\n", "utf-8")
    return tmp_path


@pytest.fixture
def firm(session: Session) -> Firm:
    return add_firm(session)


@pytest.fixture
def bo(session: Session, firm: Firm) -> Actor:
    """Leads the firm."""
    return join(session, add_person(session, "Bo"), firm, Role.LEAD)


def at(session: Session, address: str) -> Person:
    person = add_person(session, address.partition("@")[0].title())
    person.email = address
    session.flush()
    return person


def ask(
    session: Session, firm: Firm, who: Actor, note: str = "", when: datetime = NOW
) -> JoinRequest:
    return actions.ask_to_join(session, firm, note=note, actor=who, now=when, real_now=when)


def accept(session: Session, firm: Firm, request: JoinRequest, *, by: Actor) -> None:
    actions.accept_join(session, firm, request, Role.READER, actor=by, now=NOW, real_now=NOW)


def decline(session: Session, firm: Firm, request: JoinRequest, *, by: Actor) -> None:
    actions.decline_join(session, firm, request, actor=by, now=NOW, real_now=NOW)


def waiting(session: Session, firm: Firm, when: datetime = NOW) -> list[str]:
    found = queries.join_requests_of(session, firm, real_now=when)
    return [one.person.name for one in found]


def belonging(session: Session, firm: Firm) -> dict[str, set[str]]:
    return {
        member.person.name: {row.role for row in member.rows}
        for member in queries.members_of(session, firm, real_now=NOW)
    }


def test_asking_opens_nothing_and_the_answer_of_the_lead_does(
    session: Session, firm: Firm, bo: Actor
) -> None:
    anna = actor_for(add_person(session, "Anna"))
    request = ask(session, firm, anna, "I do the sales")
    assert belonging(session, firm) == {"Bo": {"lead"}}
    assert waiting(session, firm) == ["Anna"]
    accept(session, firm, request, by=bo)
    assert belonging(session, firm) == {"Bo": {"lead"}, "Anna": {"reader"}}
    assert waiting(session, firm) == []
    commit(session)
    events = [row.event for row in rows_about(session, "join_request", request.id)]
    assert events == ["JoinAsked", "JoinAccepted"]


def test_asked_twice_it_is_one_request_with_the_newer_note(
    session: Session, firm: Firm, bo: Actor
) -> None:
    anna = actor_for(add_person(session, "Anna"))
    first, second = ask(session, firm, anna, "one"), ask(session, firm, anna, "two")
    assert (first.id, first.note) == (second.id, "two")
    assert waiting(session, firm) == ["Anna"]


def test_one_answer_holds_and_the_second_is_told_so(
    session: Session, firm: Firm, bo: Actor
) -> None:
    request = ask(session, firm, actor_for(add_person(session, "Anna")))
    decline(session, firm, request, by=bo)
    with pytest.raises(Conflict):
        accept(session, firm, request, by=bo)
    assert "Anna" not in belonging(session, firm)


def test_whom_a_firm_declined_waits_thirty_days(session: Session, firm: Firm, bo: Actor) -> None:
    anna = actor_for(add_person(session, "Anna"))
    decline(session, firm, ask(session, firm, anna), by=bo)
    with pytest.raises(NotAllowed, match="after 30 days"):
        ask(session, firm, anna, when=NOW + 29 * DAY)
    ask(session, firm, anna, when=NOW + 31 * DAY)
    assert waiting(session, firm, NOW + 31 * DAY) == ["Anna"]


def test_a_request_without_an_answer_ends_and_may_be_made_again(
    session: Session, firm: Firm, bo: Actor
) -> None:
    anna = actor_for(add_person(session, "Anna"))
    first = ask(session, firm, anna)
    assert waiting(session, firm, NOW + 30 * DAY) == []
    second = ask(session, firm, anna, when=NOW + 30 * DAY)
    assert second.id != first.id
    assert waiting(session, firm, NOW + 30 * DAY) == ["Anna"]


def test_only_the_lead_of_this_firm_answers(session: Session, firm: Firm, bo: Actor) -> None:
    carla = join(session, add_person(session, "Carla"), firm)
    other = add_firm(session, "Other ApS")
    dieter = join(session, add_person(session, "Dieter"), other, Role.LEAD)
    anna = actor_for(add_person(session, "Anna"))
    request = ask(session, firm, anna)
    for who in (carla, dieter, anna, VISITOR):
        with pytest.raises(NotAllowed):
            accept(session, firm, request, by=who)
        with pytest.raises(NotAllowed):
            decline(session, firm, request, by=who)
    assert "Anna" not in belonging(session, firm)
    with pytest.raises(NotFound):
        queries.get_join_request(session, other, request.public_id, real_now=NOW)


def test_only_who_asked_takes_it_back(session: Session, firm: Firm, bo: Actor) -> None:
    anna = actor_for(add_person(session, "Anna"))
    request = ask(session, firm, anna)
    with pytest.raises(NotAllowed):
        actions.withdraw_join(session, request, actor=bo, now=NOW, real_now=NOW)
    actions.withdraw_join(session, request, actor=anna, now=NOW, real_now=NOW)
    assert waiting(session, firm) == []


def test_members_closed_firms_and_more_than_five_a_day_are_refused(
    session: Session, firm: Firm, bo: Actor
) -> None:
    with pytest.raises(NotAllowed):
        ask(session, firm, bo)
    anna = actor_for(add_person(session, "Anna"))
    for number in range(5):
        ask(session, add_firm(session, f"Firm {number}"), anna)
    with pytest.raises(TooMany):
        ask(session, firm, anna)
    actions.close_firm(session, firm, actor=bo, now=NOW, real_now=NOW)
    with pytest.raises(NotAllowed):
        ask(session, firm, actor_for(add_person(session, "Ben")))


def test_who_was_invited_meanwhile_waits_no_more(session: Session, firm: Firm, bo: Actor) -> None:
    anna = add_person(session, "Anna")
    ask(session, firm, actor_for(anna))
    join(session, anna, firm)
    assert waiting(session, firm) == []


def near(session: Session, person: Person, content: Path) -> list[str]:
    found = queries.firms_of_colleagues(session, person, content_dir=content, real_now=NOW)
    return [one.name for one in found]


def test_the_firm_of_colleagues_by_the_domain_is_suggested(
    session: Session, firm: Firm, content: Path
) -> None:
    hidden = add_firm(session, "Hidden ApS", is_public=False)
    join(session, at(session, "lea@harbour.example"), hidden, Role.LEAD)
    join(session, at(session, "max@mail.example"), firm, Role.LEAD)
    assert near(session, at(session, "anna@harbour.example"), content) == ["Hidden ApS"]
    for address in ("ben@xharbour.example", "eve@mail.example", "eve@a.mail.example"):
        assert near(session, at(session, address), content) == []


def test_a_member_who_does_not_lead_suggests_nothing(
    session: Session, firm: Firm, content: Path
) -> None:
    """Anybody may be let in with an address of their own; only the lead stands for the firm."""
    join(session, at(session, "lea@harbour.example"), firm, Role.MEMBER)
    assert near(session, at(session, "anna@harbour.example"), content) == []


def test_a_firm_that_is_not_listed_is_there_for_colleagues_alone(
    session: Session, content: Path
) -> None:
    hidden = add_firm(session, "Hidden ApS", is_public=False)
    join(session, at(session, "lea@harbour.example"), hidden, Role.LEAD)

    def get(address: str) -> Firm:
        return queries.get_joinable_firm(
            session, actor_for(at(session, address)), hidden.slug, content_dir=content, real_now=NOW
        )

    assert get("anna@harbour.example") == hidden
    with pytest.raises(NotFound):
        get("ben@elsewhere.example")


def test_what_somebody_asked_goes_with_them(session: Session, firm: Firm, bo: Actor) -> None:
    anna, ben = add_person(session, "Anna"), add_person(session, "Ben")
    ask(session, firm, actor_for(anna), "my note")
    answered = ask(session, firm, actor_for(ben))
    decline(session, firm, answered, by=bo)
    exported = export(session, anna.id)["join_requests"]
    assert isinstance(exported, list)
    assert [(one["firm"], one["note"], one["state"]) for one in exported] == [
        (firm.name, "my note", "asked")
    ]
    erase(session, anna.id, now=NOW)
    assert bo.person_id is not None
    erase(session, bo.person_id, now=NOW)
    session.expire_all()
    [left] = session.query(JoinRequest).all()
    assert (left.person_id, left.answered_by) == (ben.id, None)


def test_what_was_asked_long_ago_is_deleted(session: Session, firm: Firm, bo: Actor) -> None:
    decline(session, firm, ask(session, firm, actor_for(add_person(session, "Anna"))), by=bo)
    ask(session, firm, actor_for(add_person(session, "Ben")), when=NOW + 90 * DAY)
    actions.forget_joins(session, real_now=NOW + 121 * DAY)
    assert [one.person.name for one in session.query(JoinRequest)] == ["Ben"]
