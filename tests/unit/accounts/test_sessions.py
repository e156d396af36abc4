"""Sessions begin with a new token, end when they should, and never come back (bug class 15)."""

from datetime import timedelta

import pytest

from govmatch.accounts import actions, queries
from govmatch.accounts.models import Role, SessionRow
from govmatch.accounts.people import SessionPeople
from govmatch.kit.actor import Actor, Held
from govmatch.kit.db import Session
from govmatch.kit.errors import NotAllowed
from govmatch.kit.ids import digest
from tests.unit.accounts.making import (
    NOW,
    TIMES,
    acting,
    administrator,
    journal_of,
    minutes,
    person,
    row_of,
    seen,
    signed_in,
)

DAY = timedelta(days=1)
PEOPLE = SessionPeople(14)


def test_a_session_is_found_by_its_token_alone_and_the_token_is_not_kept(session: Session) -> None:
    bo = person(session, "Bo")
    done = signed_in(session, bo)
    actor = seen(session, done.token, NOW)
    assert actor is not None
    assert (actor.person_id, actor.name, actor.session_id) == (bo.id, "Bo", done.row.id)
    assert seen(session, digest(done.token), NOW) is None
    assert seen(session, done.row.public_id, NOW) is None
    assert row_of(session, done).token_digest == digest(done.token)


def test_signing_in_ends_the_session_that_the_browser_had(session: Session) -> None:
    bo = person(session, "Bo")
    first = signed_in(session, bo)
    again = signed_in(session, bo, actor=seen(session, first.token, NOW))
    assert seen(session, first.token, NOW) is None
    assert seen(session, again.token, NOW) is not None


def test_a_session_that_is_not_used_ends_after_the_days_of_the_setting(session: Session) -> None:
    done = signed_in(session, person(session, "Bo"))
    assert seen(session, done.token, NOW + 14 * DAY - minutes(1)) is not None
    assert seen(session, done.token, NOW + 14 * DAY) is None


def test_use_puts_the_end_off_but_never_beyond_90_days(session: Session) -> None:
    done = signed_in(session, person(session, "Bo"))
    for day in range(10, 90, 10):
        assert seen(session, done.token, NOW + day * DAY) is not None
        PEOPLE.touch(session, done.row.id, now=NOW + day * DAY)
    assert row_of(session, done).ends_at == NOW + 90 * DAY
    assert seen(session, done.token, NOW + 90 * DAY) is None


def test_a_use_is_noted_every_ten_minutes(session: Session) -> None:
    done = signed_in(session, person(session, "Bo"))

    def is_due(after: float) -> bool:
        found = PEOPLE.find(session, done.token, now=NOW + minutes(after))
        assert found is not None
        return found.touch

    assert not is_due(9.9)
    assert is_due(10)
    PEOPLE.touch(session, done.row.id, now=NOW + minutes(10))
    assert not is_due(15)


def test_a_touch_revives_no_session(session: Session) -> None:
    bo = person(session, "Bo")
    done = signed_in(session, bo)
    actions.sign_out(session, actor=acting_in(done), **TIMES)
    PEOPLE.touch(session, done.row.id, now=NOW + minutes(1))
    assert seen(session, done.token, NOW + minutes(1)) is None


def test_a_touch_of_a_session_that_is_gone_does_nothing(session: Session) -> None:
    PEOPLE.touch(session, 4711, now=NOW)
    assert session.query(SessionRow).count() == 0


def acting_in(done: actions.SignedInNow) -> Actor:
    return Actor(person_id=done.person.id, session_id=done.row.id)


def test_after_signing_out_the_cookie_opens_nothing(session: Session) -> None:
    bo = person(session, "Bo")
    done, elsewhere = signed_in(session, bo), signed_in(session, bo)
    actions.sign_out(session, actor=acting_in(done), **TIMES)
    assert seen(session, done.token, NOW) is None
    assert seen(session, elsewhere.token, NOW) is not None


def test_all_other_sessions_end_and_nobody_elses(session: Session) -> None:
    bo, carla = person(session, "Bo"), person(session, "Carla")
    here, one, two = (signed_in(session, bo) for _ in range(3))
    hers = signed_in(session, carla)
    assert actions.end_other_sessions(session, actor=acting_in(here), **TIMES) == 2
    alive = [seen(session, done.token, NOW) is not None for done in (here, one, two, hers)]
    assert alive == [True, False, False, True]


def test_nobody_ends_a_foreign_session_but_administrators(session: Session) -> None:
    bo, carla = person(session, "Bo"), person(session, "Carla")
    done = signed_in(session, bo)
    with pytest.raises(NotAllowed):
        actions.end_session(session, done.row, actor=acting(carla), **TIMES)
    with pytest.raises(NotAllowed):
        actions.end_sessions(session, bo, actor=acting(carla), **TIMES)
    assert seen(session, done.token, NOW) is not None
    assert actions.end_sessions(session, bo, actor=administrator(session), **TIMES) == 1
    assert seen(session, done.token, NOW) is None


def test_a_disabled_person_is_refused_at_the_next_request_and_after_enabling_too(
    session: Session,
) -> None:
    bo, kim = person(session, "Bo"), administrator(session)
    done = signed_in(session, bo)
    actions.disable_person(session, bo, actor=kim, **TIMES)
    assert seen(session, done.token, NOW) is None
    actions.enable_person(session, bo, actor=kim, now=NOW)
    assert seen(session, done.token, NOW) is None
    assert seen(session, signed_in(session, bo).token, NOW) is not None


def test_a_session_that_goes_on_does_not_help_a_closed_account(session: Session) -> None:
    bo = person(session, "Bo")
    done = signed_in(session, bo)
    bo.disabled_at = NOW
    assert seen(session, done.token, NOW) is None


def test_roles_that_need_a_factor_wait_for_it_and_lapse_after_twelve_hours(
    session: Session,
) -> None:
    eva = person(session, "Eva")
    manager = actions.give_role(
        session, eva, Role.MANAGER, "programme", 3, actor=acting(eva), **TIMES
    )
    member = Held(Role.MEMBER, "firm", 5)
    actions.give_role(session, eva, Role.MEMBER, "firm", 5, actor=acting(eva), **TIMES)
    done = signed_in(session, eva)
    half = seen(session, done.token, NOW)
    assert half is not None
    assert (half.roles, half.needs_factor) == (frozenset({member}), True)
    row_of(session, done).factor_at = NOW
    whole = seen(session, done.token, NOW + timedelta(hours=12) - minutes(1))
    assert whole is not None
    assert (whole.roles, whole.needs_factor) == (
        frozenset({member, Held("manager", "programme", 3)}),
        False,
    )
    later = seen(session, done.token, NOW + timedelta(hours=12))
    assert later is not None
    assert (later.roles, later.needs_factor) == (frozenset({member}), True)
    manager.until = NOW
    ended = seen(session, done.token, NOW + timedelta(hours=12))
    assert ended is not None
    assert ended.needs_factor is False


def test_who_set_up_a_factor_of_their_own_accord_is_asked_for_it(session: Session) -> None:
    bo = person(session, "Bo")
    actions.give_role(session, bo, Role.LEAD, "firm", 5, actor=acting(bo), **TIMES)
    bo.totp_confirmed_at = NOW
    actor = seen(session, signed_in(session, bo).token, NOW)
    assert actor is not None
    assert (actor.roles, actor.needs_factor) == (frozenset(), True)


def test_a_persona_of_the_demonstration_begins_with_both_factors(session: Session) -> None:
    eva = person(session, "Eva")
    actions.give_role(session, eva, Role.MANAGER, "programme", 3, actor=acting(eva), **TIMES)
    actor = seen(session, signed_in(session, eva, with_factor=True).token, NOW)
    assert actor is not None
    assert actor.holds(Role.MANAGER, "programme", 3)


def test_the_list_shows_where_a_person_is_signed_in_now(session: Session) -> None:
    bo, carla = person(session, "Bo"), person(session, "Carla")
    over, here, there = (signed_in(session, bo) for _ in range(3))
    signed_in(session, carla)
    actions.sign_out(session, actor=acting_in(over), **TIMES)
    PEOPLE.touch(session, there.row.id, now=NOW + minutes(20))
    listed = queries.live_sessions(session, bo, now=NOW + minutes(20))
    assert [row.id for row in listed] == [there.row.id, here.row.id]
    assert queries.live_sessions(session, bo, now=NOW + 15 * DAY) == []


def test_every_beginning_and_end_stands_in_the_journal(session: Session) -> None:
    bo = person(session, "Bo")
    one, two, three = (signed_in(session, bo) for _ in range(3))
    actions.end_session(session, two.row, actor=acting_in(one), **TIMES)
    actions.end_other_sessions(session, actor=acting_in(one), **TIMES)
    actions.sign_out(session, actor=acting_in(one), **TIMES)
    rows = journal_of(session)
    assert [row.event for row in rows] == [
        "PersonCreated",
        *["SignedIn"] * 3,
        "SessionEnded",
        "SessionsEnded",
        "SignedOut",
    ]
    assert {row.subject_id for row in rows} == {bo.id}
    assert rows[4].data == {"session_id": two.row.id}
    assert three.token not in str([row.data for row in rows])
