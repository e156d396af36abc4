"""Ids, limits, form keys, signing, paging, bitmaps, formats."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.kit import formats, ids, limits, once
from govmatch.kit.actor import Actor, Held
from govmatch.kit.bitmaps import Facets, rows_of
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.errors import TooMany
from govmatch.kit.i18n import Lang
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.signing import Signer

NOW = real_now()
THREE_A_MINUTE = limits.Limit("knock", 3, timedelta(minutes=1))


def test_a_limit_lets_through_its_number_and_says_when_to_come_back(session: Session) -> None:
    for second in range(3):
        limits.spend(session, THREE_A_MINUTE, "a", now=NOW + timedelta(seconds=second))
        session.flush()
    with pytest.raises(TooMany) as refused:
        limits.spend(session, THREE_A_MINUTE, "a", now=NOW + timedelta(seconds=10))
    assert refused.value.retry_after == 50
    limits.spend(session, THREE_A_MINUTE, "b", now=NOW + timedelta(seconds=10))
    limits.spend(session, THREE_A_MINUTE, "a", now=NOW + timedelta(seconds=61))


def test_a_limit_keeps_no_address(session: Session) -> None:
    limits.spend(session, THREE_A_MINUTE, "someone@example.org", now=NOW)
    session.flush()
    assert "example" not in session.query(limits.Use).one().subject


def test_a_form_key_leads_to_its_first_answer(database: Database) -> None:
    with database.writing() as session:
        assert once.take(session, "k", now=NOW) is None
        once.keep(session, "k", "/receipt")
        commit(session)
    with database.writing() as session:
        assert once.take(session, "k", now=NOW) == "/receipt"
        assert once.take(session, "other", now=NOW) is None


def test_old_form_keys_are_forgotten(session: Session) -> None:
    once.take(session, "old", now=NOW - timedelta(days=8))
    once.take(session, "new", now=NOW)
    once.forget_old(session, now=NOW)
    assert [row.key for row in session.query(once.FormKey)] == ["new"]


def test_a_signature_is_good_for_one_purpose_and_time_only() -> None:
    signer = Signer("s" * 32)
    signed = signer.sign_timed("link", {"id": 1})
    assert signer.read_timed("link", signed, seconds=60) == {"id": 1}
    assert signer.read_timed("cookie", signed, seconds=60) is None
    assert signer.read_timed("link", signed, seconds=-1) is None
    assert signer.read_timed("link", signed[:-2] + "xx", seconds=60) is None
    assert Signer("t" * 32).read("cookie", signer.sign("cookie", 1)) is None


def test_public_ids_differ_and_are_easily_read_aloud() -> None:
    made = {ids.public_id() for _ in range(500)}
    assert len(made) == 500
    assert not set("".join(made)) & set("01iloOILu")


@pytest.mark.parametrize(
    ("page", "shown"),
    [(1, [1, 2, None, 9]), (5, [1, None, 4, 5, 6, None, 9]), (9, [1, None, 8, 9])],
)
def test_paging_shows_the_ends_and_what_is_near(page: int, shown: list[int | None]) -> None:
    paging = Paging(page, 10, 85, lambda n: f"?page={n}")
    assert paging.pages == shown
    assert paging.offset == (page - 1) * 10


@pytest.mark.parametrize("text", [None, "", "0", "-1", "1.5", "x", "9" * 30, "²", "1e3"])
def test_a_page_that_is_no_number_is_the_first(text: str | None) -> None:
    assert page_number(text) == 1


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=40),
    st.sets(st.sampled_from("abc")),
    st.sets(st.sampled_from("xyz")),
)
def test_facets_count_what_a_plain_loop_counts(
    rows: list[tuple[str, str]], letters: set[str], ends: set[str]
) -> None:
    facets = Facets(every=(1 << len(rows)) - 1)
    for number, (letter, end) in enumerate(rows):
        facets.add(number, "letter", letter)
        facets.add(number, "end", end)
    wanted = {"letter": letters, "end": ends}
    fits = [
        n
        for n, (letter, end) in enumerate(rows)
        if (not letters or letter in letters) and (not ends or end in ends)
    ]
    assert list(rows_of(facets.narrowed(wanted))) == fits
    counts = facets.counts("letter", wanted)
    for value in {letter for letter, _ in rows}:
        expected = sum(letter == value and (not ends or e in ends) for letter, e in rows)
        assert counts[value] == expected


def test_an_actor_holds_what_it_holds_and_nothing_beside_it() -> None:
    actor = Actor(person_id=1, roles=frozenset({Held("staff", "authority", 3)}))
    assert actor.holds("staff", "authority", 3)
    assert not actor.holds("staff", "authority", 4)
    assert not actor.holds("staff")
    assert actor.objects("authority") == {3}
    assert actor.objects("authority", "approver") == frozenset()
    assert actor.audience == {"public", "person:1", "authority:3", "staff@authority:3"}
    assert Actor().audience == {"public"}


def test_dates_and_money_follow_the_reader() -> None:
    at = datetime(2027, 2, 22, 11, 0, tzinfo=UTC)
    assert formats.datetime_text(at, "de", "Europe/Berlin") == "22. Februar 2027, 12:00 MEZ"
    assert formats.datetime_text(at, "da", "Europe/Copenhagen") == "22. februar 2027, 12:00 CET"
    assert formats.date_text(date(2027, 2, 22), "en", "UTC") == "22 February 2027"
    assert formats.money_text(200000, "DKK", "da") == "200.000\u00a0kr."
    assert formats.money_text(200000, "EUR", "de") == "200.000\u00a0€"
    assert formats.money_text(Decimal("1234.5"), "GBP", "en") == "£1,234.50"


def test_the_day_of_an_instant_is_that_of_its_zone() -> None:
    at = datetime(2027, 2, 22, 23, 30, tzinfo=UTC)
    assert formats.date_text(at, "en", "Europe/Berlin") == "23 February 2027"


@pytest.mark.parametrize(
    ("lang", "written"), [("de", "„Wort“"), ("da", "»Wort«"), ("en", "“Wort”")]
)
def test_each_language_has_its_quotation_marks(lang: Lang, written: str) -> None:
    assert formats.quoted("Wort", lang) == written
