"""The second factor in the database: set up, given once, limited, recovered, reset (class 16)."""

from datetime import datetime, timedelta

import pytest

from govmatch.accounts import actions, queries, second_factor
from govmatch.accounts.models import Person, Role, SessionRow
from govmatch.kit.actor import Actor
from govmatch.kit.db import Base, Session
from govmatch.kit.errors import NotAllowed, TooMany
from tests.unit.accounts.making import (
    NOW,
    SITE_KEY,
    SITE_NOW,
    TIMES,
    acting,
    administrator,
    happened,
    journal_of,
    minutes,
    person,
    seen,
    signed_in,
)

STEP = timedelta(seconds=30)


def actor_in(row: SessionRow) -> Actor:
    return Actor(person_id=row.person_id, session_id=row.id)


def set_up(session: Session, row: SessionRow) -> actions.factor.FactorSet:
    """Set up the factor that this session is shown, at NOW."""
    secret = second_factor.next_secret(row.person, session_id=row.public_id, site_key=SITE_KEY)
    code = second_factor.code_at(secret, NOW)
    done = actions.set_second_factor(
        session, row, code=code, site_key=SITE_KEY, actor=actor_in(row), **TIMES
    )
    assert done is not None
    return done


def code_of(who: Person, at: datetime = NOW) -> str:
    secret = second_factor.present_secret(who, site_key=SITE_KEY)
    assert secret is not None
    return second_factor.code_at(secret, at)


def give(session: Session, row: SessionRow, code: str, *, at: datetime = NOW) -> str | None:
    return actions.give_code(
        session,
        row,
        code=code,
        site_key=SITE_KEY,
        actor=actor_in(row),
        now=SITE_NOW,
        real_now=at,
    )


def recover(session: Session, row: SessionRow, code: str) -> str | None:
    return actions.give_recovery_code(session, row, code=code, actor=actor_in(row), **TIMES)


def later(count: int) -> datetime:
    return NOW + count * STEP


@pytest.fixture
def eva(session: Session) -> Person:
    made = person(session, "Eva")
    actions.give_role(session, made, Role.MANAGER, "programme", 3, actor=acting(made), **TIMES)
    return made


def test_setting_up_counts_as_given_and_gives_the_session_another_token(
    session: Session, eva: Person
) -> None:
    begun = signed_in(session, eva)
    done = set_up(session, begun.row)
    assert len(set(done.codes)) == 10
    assert seen(session, begun.token, NOW) is None
    actor = seen(session, done.token, NOW)
    assert actor is not None
    assert actor.holds(Role.MANAGER, "programme", 3)
    assert queries.recovery_codes_left(session, eva) == 10


def test_a_wrong_code_sets_up_nothing(session: Session, eva: Person) -> None:
    row = signed_in(session, eva).row
    done = actions.set_second_factor(
        session, row, code="000000", site_key=SITE_KEY, actor=actor_in(row), **TIMES
    )
    assert done is None
    assert (eva.totp_confirmed_at, eva.totp_seed, row.factor_at) == (None, None, None)
    assert happened(session)[-1] == "SecondFactorFailed"


def test_a_code_opens_the_roles_and_renews_the_token(session: Session, eva: Person) -> None:
    set_up(session, signed_in(session, eva).row)
    begun = signed_in(session, eva)
    token = give(session, begun.row, code_of(eva, later(2)), at=later(2))
    assert token is not None
    assert seen(session, begun.token, NOW) is None
    actor = seen(session, token, NOW + 2 * STEP)
    assert actor is not None
    assert actor.needs_factor is False


def test_no_code_works_twice_not_even_an_older_one(session: Session, eva: Person) -> None:
    set_up(session, signed_in(session, eva).row)
    row, other = signed_in(session, eva).row, signed_in(session, eva).row
    assert give(session, row, code_of(eva), at=NOW) is None  # the one it was set up with
    fresh = code_of(eva, later(2))
    assert give(session, row, fresh, at=later(2)) is not None
    assert give(session, row, fresh, at=later(2)) is None
    assert give(session, other, fresh, at=later(3)) is None
    assert give(session, other, code_of(eva, later(1)), at=later(2)) is None
    assert give(session, other, code_of(eva, later(3)), at=later(3)) is not None


def test_a_code_of_somebody_else_does_not_work(session: Session, eva: Person) -> None:
    set_up(session, signed_in(session, eva).row)
    finn = person(session, "Finn")
    set_up(session, signed_in(session, finn).row)
    row = signed_in(session, eva).row
    assert give(session, row, code_of(finn, later(2)), at=later(2)) is None


def test_after_five_wrong_codes_even_the_right_one_waits(session: Session, eva: Person) -> None:
    set_up(session, signed_in(session, eva).row)
    row, elsewhere = signed_in(session, eva).row, signed_in(session, eva).row
    for one in (row, elsewhere, row, elsewhere, row):
        assert give(session, one, "000000", at=later(2)) is None
    with pytest.raises(TooMany) as refused:
        give(session, elsewhere, code_of(eva, later(3)), at=later(3))
    assert 14 * 60 < refused.value.retry_after <= 15 * 60
    with pytest.raises(TooMany):
        recover(session, row, "abcd")
    after = NOW + minutes(17)
    assert give(session, row, code_of(eva, after), at=after) is not None


def test_thirty_wrong_codes_are_all_there_is_in_a_day(session: Session, eva: Person) -> None:
    set_up(session, signed_in(session, eva).row)
    row = signed_in(session, eva).row
    for number in range(30):
        assert give(session, row, "000000", at=NOW + minutes(1 + number // 5 * 16)) is None
    at = NOW + minutes(200)
    with pytest.raises(TooMany):
        give(session, row, code_of(eva, at), at=at)


def test_the_right_code_clears_the_count(session: Session, eva: Person) -> None:
    set_up(session, signed_in(session, eva).row)
    row = signed_in(session, eva).row
    for round_ in (2, 4, 6):
        for _ in range(4):
            assert give(session, row, "000000", at=later(round_)) is None
        assert give(session, row, code_of(eva, later(round_)), at=later(round_)) is not None


def test_a_recovery_code_works_once(session: Session, eva: Person) -> None:
    codes = set_up(session, signed_in(session, eva).row).codes
    row = signed_in(session, eva).row
    assert recover(session, row, codes[3].upper()) is not None
    assert recover(session, row, codes[3]) is None
    assert queries.recovery_codes_left(session, eva) == 9
    used = [r for r in journal_of(session) if r.event == "RecoveryCodeUsed"]
    assert [r.data["left"] for r in used] == [9]


def test_recovery_codes_of_others_and_old_ones_do_not_work(session: Session, eva: Person) -> None:
    finn = person(session, "Finn")
    foreign = set_up(session, signed_in(session, finn).row).codes
    old = set_up(session, signed_in(session, eva).row).codes
    new = actions.make_recovery_codes(session, eva, actor=acting(eva), now=SITE_NOW)
    row = signed_in(session, eva).row
    assert [recover(session, row, code) for code in (foreign[0], old[0])] == [None, None]
    assert recover(session, row, new[0]) is not None


def test_another_app_takes_the_place_of_the_old_and_others_have_to_give_it(
    session: Session, eva: Person
) -> None:
    set_up(session, signed_in(session, eva).row)
    old_secret = second_factor.present_secret(eva, site_key=SITE_KEY)
    elsewhere = signed_in(session, eva, with_factor=True)
    set_up(session, signed_in(session, eva, with_factor=True).row)
    assert second_factor.present_secret(eva, site_key=SITE_KEY) != old_secret
    actor = seen(session, elsewhere.token, NOW)
    assert actor is not None
    assert actor.needs_factor is True


def test_an_administrator_resets_a_lost_factor(session: Session, eva: Person) -> None:
    kim = administrator(session)
    codes = set_up(session, signed_in(session, eva).row).codes
    begun = signed_in(session, eva)
    actions.reset_second_factor(session, eva, actor=kim, **TIMES)
    assert seen(session, begun.token, NOW) is None
    assert second_factor.present_secret(eva, site_key=SITE_KEY) is None
    again = signed_in(session, eva)
    assert recover(session, again.row, codes[0]) is None
    actor = seen(session, again.token, NOW)
    assert actor is not None
    assert actor.needs_factor is True
    row = journal_of(session)[-1]
    assert [r.event for r in journal_of(session)].count("SecondFactorReset") == 1
    assert row.actor_id is not None


def test_a_reset_factor_is_never_set_up_with_the_same_secret(session: Session, eva: Person) -> None:
    row = signed_in(session, eva).row
    set_up(session, row)
    first = second_factor.present_secret(eva, site_key=SITE_KEY)
    actions.reset_second_factor(session, eva, actor=administrator(session), **TIMES)
    assert second_factor.next_secret(eva, session_id=row.public_id, site_key=SITE_KEY) != first


def test_nobody_resets_their_own_factor(session: Session) -> None:
    kim = administrator(session)
    assert kim.person_id is not None
    himself = queries.by_id(session, kim.person_id)
    with pytest.raises(NotAllowed):
        actions.reset_second_factor(session, himself, actor=kim, **TIMES)


def test_removing_is_for_those_whose_roles_do_not_need_it(session: Session, eva: Person) -> None:
    bo = person(session, "Bo")
    for who in (eva, bo):
        set_up(session, signed_in(session, who).row)
    with pytest.raises(NotAllowed):
        actions.remove_second_factor(session, eva, actor=acting(eva), **TIMES)
    actions.remove_second_factor(session, bo, actor=acting(bo), **TIMES)
    assert (eva.totp_confirmed_at, bo.totp_confirmed_at) == (NOW, None)
    assert queries.recovery_codes_left(session, bo) == 0


def test_neither_secret_nor_codes_stand_in_the_database(session: Session, eva: Person) -> None:
    row = signed_in(session, eva).row
    done = set_up(session, row)
    secret = second_factor.present_secret(eva, site_key=SITE_KEY)
    assert secret is not None
    session.flush()
    kept = str(
        [
            list(session.execute(Base.metadata.tables[name].select()))
            for name in ("people", "recovery_codes", "sessions")
        ]
    )
    for wanted in (secret, done.token, *done.codes, *(c.replace("-", "") for c in done.codes)):
        assert wanted not in kept
