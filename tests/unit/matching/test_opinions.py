"""An opinion holds until it is taken back, and belongs to a person only as long as they want."""

from datetime import UTC, datetime

from govmatch.kit.db import Session
from govmatch.matching import queries
from govmatch.matching.actions import set_aside, take_back
from govmatch.matching.models import Opinion, Reason
from govmatch.matching.personal import erase, export
from tests.unit.organisations.samples import add_person

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FIRM, CHALLENGE = ("firm", 1), ("challenge", 2)


def say(session: Session, reason: Reason, person_id: int | None = None) -> Opinion:
    said = {"note": "hush", "person_id": person_id, "now": NOW}
    return set_aside(session, FIRM, CHALLENGE, reason=reason, **said)  # type: ignore[arg-type]


def holding(session: Session) -> list[str]:
    return [one.reason for one in queries.opinions(session, *FIRM)]


def test_what_is_said_again_stands_in_place_of_what_was_said(session: Session) -> None:
    say(session, Reason.TOPIC)
    say(session, Reason.BUDGET)
    assert holding(session) == ["budget"]
    assert session.query(Opinion).count() == 2


def test_what_is_taken_back_holds_no_more(session: Session) -> None:
    say(session, Reason.TOPIC)
    assert take_back(session, FIRM, CHALLENGE, now=NOW)
    assert holding(session) == []
    assert not take_back(session, FIRM, CHALLENGE, now=NOW)


def test_a_person_takes_their_words_along_and_the_firm_keeps_its_list(session: Session) -> None:
    bo = add_person(session)
    say(session, Reason.TOPIC, bo.id)
    assert export(session, bo.id) == {
        "opinions": [{"reason": "topic", "note": "hush", "at": NOW.isoformat()}]
    }
    erase(session, bo.id, now=NOW)
    session.expire_all()
    assert export(session, bo.id) == {"opinions": []}
    assert holding(session) == ["topic"]
    assert [one.note for one in session.query(Opinion)] == [""]
