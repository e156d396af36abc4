"""When digests are due, and what the links in mails stand for."""

from datetime import UTC, datetime

import pytest

from govmatch.following.actions import next_digest
from govmatch.following.links import (
    MOST_ENDED,
    Ends,
    read_end,
    read_manage,
    read_request,
    sign_end,
    sign_end_digest,
    sign_manage,
    sign_request,
)
from govmatch.kit.signing import Signer

SIGNER = Signer("a key of the tests, long enough")
BERLIN = "Europe/Berlin"


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("how", "now", "due"),
    [
        ("daily", at(22, 5, 59), at(22, 6)),
        ("daily", at(22, 6), at(23, 6)),
        ("daily", at(22, 23, 30), at(23, 6)),  # half past midnight of the 23rd in Berlin
        ("daily", at(25, 0, 30, month=10), at(25, 6, month=10)),  # the clocks go back that night
        ("daily", at(24, 6, month=10), at(25, 6, month=10)),
        ("weekly", at(22, 12), at(23, 6)),  # from a Sunday to the Monday
        ("weekly", at(23, 5, 59), at(23, 6)),
        ("weekly", at(23, 6), at(30, 6)),
        ("weekly", at(24, 12), at(30, 6)),
    ],
)
def test_digests_come_at_seven_on_the_readers_clock(how: str, now: datetime, due: datetime) -> None:
    assert next_digest(how, zone=BERLIN, real_now=now) == due


def test_there_is_no_digest_for_who_hears_at_once() -> None:
    assert next_digest("at_once", zone=BERLIN, real_now=at(22, 12)) is None


def test_a_link_is_read_back_as_it_was_made() -> None:
    until = at(24, 12)
    assert read_request(SIGNER, sign_request(SIGNER, "abc", until)) == ("abc", until)
    assert read_manage(SIGNER, sign_manage(SIGNER, "abc")) == "abc"
    assert read_end(SIGNER, sign_end(SIGNER, ["a", "b"])) == Ends(follows=("a", "b"))
    token = sign_end_digest(SIGNER, ["weekly", "daily"], subscriber="abc")
    assert read_end(SIGNER, token) == Ends(how=("daily", "weekly"), subscriber="abc")


def test_a_link_of_one_kind_is_none_of_another() -> None:
    tokens = [
        sign_request(SIGNER, "abc", at(24, 12)), sign_manage(SIGNER, "abc"),
        sign_end(SIGNER, ["abc"]), sign_end_digest(SIGNER, ["daily"], person="abc"),
    ]  # fmt: skip
    read = (read_request, read_manage, read_end)
    assert [[of(SIGNER, one) is not None for of in read] for one in tokens] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
        [False, False, True],
    ]


@pytest.mark.parametrize(
    "value",
    [[], {}, "abc", 7, None, [7], {"how": "never", "person": "abc", "subscriber": ""},
     {"how": "daily", "person": "", "subscriber": ""}],
)  # fmt: skip
def test_what_names_nothing_ends_nothing(value: object) -> None:
    assert read_end(SIGNER, SIGNER.sign("follow-end", value)) is None


def test_a_link_that_ends_many_fits_into_the_line_of_a_header() -> None:
    address = "https://innovation.example.org/following/end/"
    token = sign_end(SIGNER, ["x" * 12] * 300)
    assert len(f"List-Unsubscribe: <{address}{token}>") <= 998
    ends = read_end(SIGNER, token)
    assert ends is not None
    assert len(ends.follows) == MOST_ENDED
