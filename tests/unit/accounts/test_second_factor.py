"""Secrets that are derived, codes by RFC 6238, and recovery codes nobody misreads."""

from base64 import b32decode, b32encode
from datetime import UTC, datetime, timedelta

import pytest

from govmatch.accounts import second_factor
from govmatch.accounts.models import Person
from tests.unit.accounts.making import NOW, SITE_KEY


@pytest.fixture
def astrid() -> Person:
    return Person(salt="a" * 64, totp_count=0, totp_seed=None, totp_confirmed_at=None)


def shown(person: Person, session_id: str = "s1", site_key: str = SITE_KEY) -> str:
    return second_factor.next_secret(person, session_id=session_id, site_key=site_key)


def test_the_page_shows_the_same_secret_each_time_it_is_loaded(astrid: Person) -> None:
    assert shown(astrid) == shown(astrid)
    assert len(b32decode(shown(astrid))) == 20


def test_every_session_set_up_person_and_key_has_another_secret(astrid: Person) -> None:
    other = Person(salt="b" * 64, totp_count=0)
    first = shown(astrid)
    found = {first, shown(astrid, "s2"), shown(astrid, site_key="k" * 40), shown(other)}
    astrid.totp_count = 1
    assert len(found | {shown(astrid)}) == 5


def test_the_secret_in_force_is_the_one_that_was_shown(astrid: Person) -> None:
    was_shown = shown(astrid)
    assert second_factor.present_secret(astrid, site_key=SITE_KEY) is None
    astrid.totp_seed, astrid.totp_count, astrid.totp_confirmed_at = "s1", 1, NOW
    assert second_factor.present_secret(astrid, site_key=SITE_KEY) == was_shown


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B, for SHA-1; its codes of eight digits end in our six."""
    secret = b32encode(b"12345678901234567890").decode()
    assert second_factor.code_at(secret, datetime.fromtimestamp(seconds, UTC)) == code


@pytest.mark.parametrize(
    ("seconds", "taken"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)]
)
def test_a_clock_may_be_one_step_off_and_no_more(
    astrid: Person, seconds: int, taken: object
) -> None:
    at = datetime(2027, 3, 1, 9, 0, 0, tzinfo=UTC)
    code = second_factor.code_at(shown(astrid), at + timedelta(seconds=seconds))
    found = second_factor.matching_step(shown(astrid), code, at=at)
    assert (found is not None) is taken
    if found is not None:
        assert found == int((at + timedelta(seconds=seconds)).timestamp()) // 30


def test_recovery_codes_are_long_apart_and_plain() -> None:
    codes = {second_factor.new_recovery_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert len(code.replace("-", "")) == 24
        assert not set(code) & set("01loiu")


def test_a_recovery_code_may_be_typed_as_people_type(astrid: Person) -> None:
    kept = second_factor.recovery_digest(astrid, "abcd-efgh-jkmn-pqrs-tvwx-2345")
    assert second_factor.recovery_digest(astrid, " ABCDEFGH jkmn pqrs tvwx 2345 ") == kept
    assert second_factor.recovery_digest(Person(salt="b" * 64), "abcd-efgh") != kept
