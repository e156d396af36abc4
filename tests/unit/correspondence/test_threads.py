"""Messages about a thing: kept in order, shown as harmless markup, limited in number."""

from datetime import timedelta

import pytest

from govmatch.accounts.actions.people import create_person
from govmatch.correspondence import actions, queries
from govmatch.correspondence.rules import MOST_AN_HOUR, MOST_CHARACTERS, Side
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid, TooMany

NOW = real_now()


@pytest.fixture
def ann(session: Session) -> Actor:
    person = create_person(
        session, address="ann@example.org", name="Ann", lang="en", actor=VISITOR,
        now=NOW, real_now=NOW,
    )  # fmt: skip
    return Actor(person_id=person.id, name="Ann")


def write(
    session: Session, actor: Actor, text: str, *, about: int = 1, side: Side = Side.FIRM
) -> None:
    actions.write(
        session, "application", about, text, side=side, actor=actor, now=NOW, real_now=NOW
    )


def test_messages_stand_in_order_with_their_side_and_name(session: Session, ann: Actor) -> None:
    write(session, ann, "First")
    write(session, ann, "Second", side=Side.AUTHORITY)
    write(session, ann, "About another", about=2)
    found = queries.lines(session, "application", 1)
    assert [(one.side, one.name, one.html.strip()) for one in found] == [
        (Side.FIRM, "Ann", "<p>First</p>"),
        (Side.AUTHORITY, "Ann", "<p>Second</p>"),
    ]
    assert queries.lines(session, "pilot", 1) == []


def test_a_state_says_how_many_and_whose_turn_it_is(session: Session, ann: Actor) -> None:
    write(session, ann, "First")
    write(session, ann, "Second", side=Side.AUTHORITY)
    write(session, ann, "Other", about=2)
    found = queries.states(session, "application", [1, 2, 3])
    assert {key: (one.count, one.last_side) for key, one in found.items()} == {
        1: (2, Side.AUTHORITY),
        2: (1, Side.FIRM),
    }


def test_markup_of_a_message_cannot_run(session: Session, ann: Actor) -> None:
    write(session, ann, "<script>alert(1)</script> [x](javascript:alert(1))")
    (line,) = queries.lines(session, "application", 1)
    assert "<script" not in line.html
    assert 'href="javascript' not in line.html


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (MOST_CHARACTERS + 1)])
def test_nothing_and_too_much_are_refused(session: Session, ann: Actor, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        write(session, ann, text)
    assert set(refused.value.errors) == {"text"}
    assert queries.lines(session, "application", 1) == []


def test_nobody_floods_a_thread(session: Session, ann: Actor) -> None:
    for number in range(MOST_AN_HOUR):
        write(session, ann, f"Message {number}", about=number)
    with pytest.raises(TooMany):
        write(session, ann, "One more")
    actions.write(
        session, "application", 1, "Later", side=Side.FIRM, actor=ann, now=NOW,
        real_now=NOW + timedelta(hours=2),
    )  # fmt: skip
