"""Firms are reminded before evidence lapses: seldom, once for all of it, those who can renew it."""

from datetime import date, timedelta

import pytest

from govmatch.accounts.models import Role
from govmatch.kit.background import Background
from govmatch.kit.db import Session, commit
from govmatch.kit.i18n import LANGUAGES
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.kit.signing import Signer
from govmatch.notifications.actions import written
from govmatch.notifications.topics import SET_HERE, Topic
from govmatch.organisations import actions
from govmatch.organisations.handlers import remind
from govmatch.organisations.lapsing import mark_of
from govmatch.organisations.models import Firm
from govmatch.organisations.notices import NOTICES
from govmatch.organisations.queries import evidence_of
from govmatch.settings import Settings, shipped
from tests.unit.organisations.samples import (
    NOW,
    TODAY,
    add_firm,
    add_person,
    evidence,
    join,
    lead_of,
)

DAY = timedelta(days=1)
SETTINGS = Settings(templates_dir=shipped("templates"), base_url="https://govmatch.example")


def background(days_on: int = 0, *, hours: int = 0) -> Background:
    at = NOW + days_on * DAY + timedelta(hours=hours)
    return Background(SETTINGS, Signer("x" * 40), at, NOW)


def reminded(session: Session, days: range) -> list[int]:
    """Let the worker look twice on each day; return the days on which it noted a reminder."""
    found = []
    for day in days:
        before = session.query(JournalRow).filter_by(event="EvidenceLapses").count()
        for _ in range(2):
            remind(background(day), session)
            commit(session)
        after = session.query(JournalRow).filter_by(event="EvidenceLapses").count()
        assert after - before < 2
        found += [day] * (after - before)
    return found


def notices(session: Session, days_on: int = 0) -> list[Notice]:
    row = session.query(JournalRow).filter_by(event="EvidenceLapses").order_by(-JournalRow.id)
    last = row.first()
    assert last is not None
    return list(NOTICES["EvidenceLapses"](background(days_on), session, last))


def firm_with(session: Session, *days_left: int) -> Firm:
    pieces = [evidence("iso-27001", TODAY + left * DAY, "zyzzyva") for left in days_left]
    return add_firm(session, evidence=tuple(pieces))


def test_two_months_and_two_weeks_before_and_once_it_is_past(session: Session) -> None:
    firm_with(session, 70)
    assert reminded(session, range(120)) == [10, 56, 71]


def test_two_pieces_of_one_day_are_one_reminder(session: Session) -> None:
    add_firm(
        session,
        evidence=(evidence("iso-27001", TODAY + 20 * DAY), evidence("bsi-c5", TODAY + 50 * DAY)),
    )
    assert reminded(session, range(1)) == [0]
    assert session.query(JournalRow).filter_by(event="EvidenceLapses").one().data == {"pieces": 2}


def test_what_a_newer_piece_stands_in_for_is_not_worth_a_mail(session: Session) -> None:
    firm_with(session, 10, 400)
    assert reminded(session, range(1)) == []


def test_what_lapsed_long_ago_is_not_told_of_when_a_worker_begins(session: Session) -> None:
    firm_with(session, -31)
    assert reminded(session, range(1)) == []


def test_nobody_is_woken_and_no_closed_firm_is_told(session: Session) -> None:
    firm = firm_with(session, 5)
    remind(background(hours=-4), session)  # 06:00 UTC is 07:00 in Berlin
    assert session.query(JournalRow).filter_by(event="EvidenceLapses").count() == 0
    actions.close_firm(session, firm, actor=lead_of(firm), now=NOW, real_now=NOW)
    assert reminded(session, range(1)) == []


def test_a_renewed_piece_is_reminded_of_anew(session: Session) -> None:
    firm = firm_with(session, 10)
    assert reminded(session, range(1)) == [0]
    (piece,) = evidence_of(session, firm)
    renewed = evidence("iso-27001", TODAY + 90 * DAY, "zyzzyva")
    actions.change_evidence(session, firm, piece, renewed, actor=lead_of(firm), now=NOW)
    assert notices(session) == []
    assert reminded(session, range(1, 40)) == [30]


def test_a_note_alone_is_no_new_date(session: Session) -> None:
    firm = firm_with(session, 10)
    assert reminded(session, range(1)) == [0]
    (piece,) = evidence_of(session, firm)
    noted = evidence("iso-27001", TODAY + 10 * DAY, "elsewhere")
    actions.change_evidence(session, firm, piece, noted, actor=lead_of(firm), now=NOW)
    assert reminded(session, range(1, 5)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_editors_are_told_what_lapses_when_and_where_to_renew_it(
    session: Session, lang: str
) -> None:
    firm = add_firm(
        session,
        evidence=(
            evidence("iso-27001", TODAY - DAY, "zyzzyva"),
            evidence("bsi-c5", TODAY + 14 * DAY),
            evidence("hosting-in-eea"),
        ),
    )
    people = {
        role: add_person(session, role.value) for role in (Role.LEAD, Role.MEMBER, Role.FINANCE)
    }
    for role, person in people.items():
        person.lang = lang
        join(session, person, firm, role)
    reminded(session, range(1))
    found = notices(session)
    assert {one.person_id for one in found} == {people[Role.LEAD].id, people[Role.MEMBER].id}
    assert {Topic(one.topic) in SET_HERE for one in found} == {True}
    subject, body = written(found[0], SETTINGS)
    assert subject.endswith(": 2")
    assert "zyzzyva" not in body
    iso, c5 = (body.index(name) for name in ("ISO/IEC 27001", "C5"))
    assert iso < c5
    assert "hosting" not in body.casefold()
    for piece in evidence_of(session, firm):
        is_told = piece.valid_until is not None
        address = f"https://govmatch.example/firm/{firm.public_id}/evidence/{piece.public_id}"
        assert (address in body) is is_told


@pytest.mark.parametrize(
    ("left", "mark"), [(61, None), (60, 60), (15, 60), (14, 14), (0, 14), (-1, -1), (-9, -1)]
)
def test_each_day_belongs_to_a_mark(left: int, mark: int | None) -> None:
    assert mark_of(date(2027, 3, 1) + left * DAY, today=date(2027, 3, 1)) == mark
