"""Late codes: by whom, for whom, until when, and what they let somebody do."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from govmatch.applications import notices, queries, rules
from govmatch.applications.actions import late_codes
from govmatch.applications.late import AT_MOST, code_of
from govmatch.applications.models import Application, LateCode, State
from govmatch.challenges.models import Challenge
from govmatch.kit.background import Background
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Invalid, NotAllowed, TooMany
from govmatch.kit.ids import ALPHABET
from govmatch.kit.journal import JournalRow
from govmatch.kit.signing import Signer
from govmatch.settings import Settings
from tests.unit.applications.acting import (
    MINUTE,
    NOW,
    acting,
    begun,
    complete,
    save,
    sent,
    submit,
    submitted,
)
from tests.web.applications.world import World, fill

SIGNER = Signer("s" * 40)
DAY = timedelta(days=1)


@pytest.fixture
def world(session: Session) -> World:
    made = fill(session)
    made.programmes["long"].rules = {"late_codes": {"value": True}}
    return made


@pytest.fixture
def closed(world: World) -> Challenge:
    """The challenge a minute after its deadline."""
    challenge = world.challenges["long"]
    challenge.closes = NOW - MINUTE
    return challenge


def issue(session: Session, world: World, challenge: Challenge, **more: Any) -> LateCode:
    values: dict[str, Any] = {
        "address": "bo@example.org",
        "reason": "The site was down",
        "expires_at": NOW + DAY,
        "lang": "en",
        "actor": acting(session, more.pop("who", world.eva)),
        "now": NOW,
        "real_now": NOW,
    }
    return late_codes.issue(session, challenge, signer=SIGNER, **(values | more))


def use(
    session: Session,
    world: World,
    challenge: Challenge,
    typed: str,
    *,
    who: str = "bo",
    now: datetime = NOW,
    real_now: datetime = NOW,
) -> LateCode:
    actor = acting(session, world.people[who])
    return late_codes.use(session, challenge, typed, actor=actor, now=now, real_now=real_now)


def let_in(session: Session, world: World, challenge: Challenge, **more: Any) -> LateCode:
    """Issue a code for Bo and enter it."""
    code = issue(session, world, challenge, **more)
    return use(session, world, challenge, code_of(SIGNER, code.public_id))


def why_not(error: pytest.ExceptionInfo[Invalid], field: str = "late_code") -> str:
    return str(error.value.errors[field])


# Issuing


def test_a_code_is_sixteen_readable_characters_of_which_a_digest_is_kept(
    session: Session, world: World, closed: Challenge
) -> None:
    code = issue(session, world, closed)
    text = code_of(SIGNER, code.public_id)
    groups = text.split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set(ALPHABET)
    assert text not in (code.code_digest, code.public_id)
    assert code_of(Signer("t" * 40), code.public_id) != text


@pytest.mark.parametrize("who", ["astrid", "finn", "ida", "jens", "kim", "bo", "gro"])
def test_only_a_manager_of_the_programme_issues_codes(
    session: Session, world: World, closed: Challenge, who: str
) -> None:
    with pytest.raises(NotAllowed):
        issue(session, world, closed, who=world.people[who])
    assert queries.late_codes(session, closed) == []


def test_a_programme_without_late_codes_has_none(
    session: Session, world: World, closed: Challenge
) -> None:
    world.programmes["long"].rules = {}
    with pytest.raises(NotAllowed, match="no late codes"):
        issue(session, world, closed)


def test_what_is_wrong_is_said_by_field(session: Session, world: World, closed: Challenge) -> None:
    issue(session, world, closed)
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"address": "nobody"}, "email", "name@example.org"),
        ({"address": "BO@example.org"}, "email", "a code already"),
        ({"reason": "  "}, "reason", "fill in"),
        ({"reason": "x" * 1_001}, "reason", "at most"),
        ({"expires_at": NOW}, "expires_at", "past"),
        ({"expires_at": NOW + AT_MOST + MINUTE}, "expires_at", "7 days"),
    ]
    for values, field, words in cases:
        with pytest.raises(Invalid) as error:
            issue(session, world, closed, **{"address": "gro@example.org", **values})
        assert words in why_not(error, field), values
        assert set(error.value.errors) == {field}


def test_before_the_deadline_a_code_is_for_the_days_after_it(
    session: Session, world: World
) -> None:
    challenge = world.challenges["long"]
    closes = challenge.closes
    assert closes is not None
    with pytest.raises(Invalid) as error:
        issue(session, world, challenge, expires_at=closes)
    assert "Until the deadline" in why_not(error, "expires_at")
    with pytest.raises(Invalid):
        issue(session, world, challenge, expires_at=closes + AT_MOST + MINUTE)
    assert issue(session, world, challenge, expires_at=closes + AT_MOST).used_at is None


def test_the_code_is_mailed_to_its_address_alone_and_never_kept(
    session: Session, world: World, closed: Challenge
) -> None:
    code = issue(session, world, closed, reason="Their server burnt")
    commit(session)
    row = session.query(JournalRow).filter(JournalRow.event == "LateCodeIssued").one()
    assert (row.subject_kind, row.subject_id) == ("late_code", code.id)
    background = Background(Settings(), SIGNER, NOW, NOW)
    (notice,) = notices.late_code_issued(background, session, row)
    assert (notice.address, notice.person_id, notice.secret) == (
        "bo@example.org",
        world.bo.id,
        True,
    )
    assert notice.values["code"] == code_of(SIGNER, code.public_id)
    assert "burnt" not in str(notice)
    assert "bo@example.org" not in str(row.data)
    late = Background(Settings(), SIGNER, NOW + 2 * DAY, NOW)
    assert list(notices.late_code_issued(late, session, row)) == []


# Using


def test_with_a_code_its_person_begins_saves_and_submits_after_the_deadline(
    session: Session, world: World, closed: Challenge
) -> None:
    with pytest.raises(NotAllowed, match="deadline has passed"):
        begun(session, world)
    code = let_in(session, world, closed)
    assert (code.used_at, code.used_by) == (NOW, world.bo.id)
    application = begun(session, world)
    complete(session, application, world.bo)
    version = submit(session, application, world.bo)
    assert (application.state, version.number) == (State.SUBMITTED, 1)


def test_a_code_lets_in_nobody_but_its_person(
    session: Session, world: World, closed: Challenge
) -> None:
    application = _draft(session, world, closed)
    let_in(session, world, closed)
    for who in (world.carla, world.dieter):
        with pytest.raises(NotAllowed):
            save(session, application, "team", sent({"q-skills": "Late"}), who=who)
    save(session, application, "team", sent({"q-skills": "In time"}), who=world.bo)
    assert application.answers["skills"] == "In time"


def _draft(session: Session, world: World, challenge: Challenge) -> Application:
    """Return what Bo began before the deadline."""
    closes, challenge.closes = challenge.closes, NOW + MINUTE
    application = begun(session, world)
    challenge.closes = closes
    return application


def test_a_code_ends_with_the_instant_at_which_it_expires(
    session: Session, world: World, closed: Challenge
) -> None:
    let_in(session, world, closed)
    bo = acting(session, world.bo)

    def late(now: datetime) -> LateCode | None:
        return queries.late_code_of(session, closed, bo, now=now)

    last = NOW + DAY - timedelta(microseconds=1)
    assert rules.may_apply(closed, held=(), now=last, late=late(last))
    assert late(NOW + DAY) is None
    assert not rules.may_apply(closed, held=(), now=NOW + DAY, late=late(last))


def test_whoever_runs_the_challenge_may_not_apply_with_a_code_either(
    session: Session, world: World, closed: Challenge
) -> None:
    code = issue(session, world, closed, address="finn@example.org")
    use(session, world, closed, code_of(SIGNER, code.public_id), who="finn")
    with pytest.raises(NotAllowed, match="may not apply"):
        begun(session, world, "finn", "fjord")


def test_what_was_withdrawn_for_good_no_code_brings_back(
    session: Session, world: World, closed: Challenge
) -> None:
    closes, closed.closes = closed.closes, NOW + MINUTE
    application = submitted(session, world)
    closed.closes = closes
    let_in(session, world, closed)
    application.state, application.withdrawn_at = State.WITHDRAWN, NOW
    with pytest.raises(NotAllowed, match="for good"):
        submit(session, application, world.bo)
    assert closes is not None
    application.withdrawn_at = closes - MINUTE
    save(session, application, "team", sent({"q-skills": "Law"}, revision=1), who=world.bo)
    assert submit(session, application, world.bo).number == 2


def test_each_wrong_code_has_its_message(session: Session, world: World, closed: Challenge) -> None:
    code = issue(session, world, closed)
    other = world.challenges["short"]
    other.closes = NOW - MINUTE
    text = code_of(SIGNER, code.public_id)
    with pytest.raises(Invalid) as error:
        use(session, world, closed, "abcd-efgh-jkmn-pqrs")
    assert "not right" in why_not(error)
    with pytest.raises(Invalid) as error:
        use(session, world, other, text)
    assert "not right" in why_not(error)
    with pytest.raises(Invalid) as error:
        use(session, world, closed, text, who="dieter")
    assert "another address" in why_not(error)
    with pytest.raises(Invalid) as error:
        use(session, world, closed, text, now=code.expires_at)
    assert "expired" in why_not(error)
    late_codes.revoke(session, closed, code, actor=acting(session, world.eva), now=NOW)
    with pytest.raises(Invalid) as error:
        use(session, world, closed, text)
    assert "taken back" in why_not(error)
    assert code.used_at is None


def test_a_code_is_read_as_people_copy_it_and_twice_is_the_same(
    session: Session, world: World, closed: Challenge
) -> None:
    code = issue(session, world, closed)
    text = code_of(SIGNER, code.public_id)
    use(session, world, closed, f"  {text.upper().replace('-', ' – ')} ")
    use(session, world, closed, text.replace("-", ""), now=NOW + MINUTE)
    assert code.used_at == NOW
    commit(session)
    rows = session.query(JournalRow).filter(JournalRow.event == "LateCodeUsed").all()
    assert [(row.subject_kind, row.actor_id) for row in rows] == [("late_code", world.bo.id)]


def test_nobody_guesses_more_than_ten_times_an_hour(
    session: Session, world: World, closed: Challenge
) -> None:
    code = issue(session, world, closed)
    for _ in range(10):
        with pytest.raises(Invalid):
            use(session, world, closed, "wrong")
    text = code_of(SIGNER, code.public_id)
    with pytest.raises(TooMany):
        use(session, world, closed, text)
    assert use(session, world, closed, text, real_now=NOW + timedelta(hours=1)).used_by


# The end


def test_what_is_taken_back_lets_nobody_in_and_keeps_what_came(
    session: Session, world: World, closed: Challenge
) -> None:
    code = let_in(session, world, closed)
    application = begun(session, world)
    complete(session, application, world.bo)
    submit(session, application, world.bo)
    eva = acting(session, world.eva)
    with pytest.raises(NotAllowed):
        late_codes.revoke(session, closed, code, actor=acting(session, world.astrid), now=NOW)
    late_codes.revoke(session, closed, code, actor=eva, now=NOW)
    assert application.state == State.SUBMITTED
    with pytest.raises(NotAllowed):
        save(session, application, "team", sent({"q-skills": "Law"}, revision=1), who=world.bo)
    with pytest.raises(NotAllowed, match="over already"):
        late_codes.revoke(session, closed, code, actor=eva, now=NOW)


def test_with_the_begin_of_the_opening_all_of_it_is_over(
    session: Session, world: World, closed: Challenge
) -> None:
    used = let_in(session, world, closed)
    waiting = issue(session, world, closed, address="dieter@example.org")
    application = begun(session, world)
    complete(session, application, world.bo)
    eva = acting(session, world.eva)
    late_codes.end_all(session, closed, actor=eva, now=NOW)
    late_codes.end_all(session, closed, actor=eva, now=NOW + MINUTE)
    assert (used.revoked_at, waiting.revoked_at) == (NOW, NOW)
    with pytest.raises(NotAllowed, match="deadline has passed"):
        submit(session, application, world.bo)
    with pytest.raises(NotAllowed, match="opening has begun"):
        issue(session, world, closed, address="gro@example.org")
    with pytest.raises(Invalid):
        use(session, world, closed, code_of(SIGNER, waiting.public_id), who="dieter")
    commit(session)
    rows = session.query(JournalRow).filter(JournalRow.event == "LateCodeEnded").all()
    assert [row.data["why"] for row in rows] == ["opening", "opening"]


def test_many_challenges_are_asked_with_one_statement_or_none(
    session: Session, world: World, closed: Challenge
) -> None:
    code = let_in(session, world, closed)
    bo, open_one = acting(session, world.bo), world.challenges["short"]
    both = [closed, open_one]
    assert queries.late_codes_of(session, both, bo, now=NOW) == {closed.id: code}
    assert queries.late_codes_of(session, [open_one], bo, now=NOW) == {}
