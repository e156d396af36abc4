"""A challenge changes after somebody applied: they confirm, or submit again, or are told of."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from govmatch.applications import actions, call, notices, queries
from govmatch.applications.models import Application, Confirmation, State, Version
from govmatch.applications.personal import export
from govmatch.applications.receipt_text import receipt_text
from govmatch.challenges.events import ChallengeAmended
from govmatch.challenges.models import Amendment, Challenge
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.background import Background
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, NotAllowed
from govmatch.kit.ids import public_id
from govmatch.kit.journal import JournalRow
from govmatch.kit.signing import Signer
from govmatch.settings import Settings
from govmatch.triage import queries as triage
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
from tests.unit.triage.doing import open_up
from tests.web.applications.world import World, fill

QUESTION: dict[str, Any] = {
    "id": "power", "type": "text", "label": {"en": "Which power supply?"}, "required": True,
}  # fmt: skip
BACKGROUND = Background(Settings(), Signer("x" * 40), NOW + MINUTE, NOW + MINUTE)


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def amend(
    session: Session, challenge: Challenge, *, asks: bool = True, **columns: Any
) -> Amendment:
    """Change a challenge of this small world, which is not whole enough for the action."""
    for name, value in columns.items():
        setattr(challenge, name, value)
    made = Amendment(
        public_id=public_id(), challenge_id=challenge.id, at=NOW + MINUTE,
        reasons={"en": "The data come later"}, asks_confirmation=asks,
        changes=[{"field": "pilots_max", "lang": None, "before": 3, "after": 2}],
    )  # fmt: skip
    session.add(made)
    session.flush()
    event = ChallengeAmended(challenge.id, amendment_id=made.id, fields=["pilots_max"])
    journal.record(session, event, actor=VISITOR, now=NOW + MINUTE)
    return made


def confirm(
    session: Session, application: Application, who: Any, seen: Amendment, **more: Any
) -> Confirmation:
    actor = acting(session, who)
    held = queries.every_role(session, actor, real_now=NOW)
    given: dict[str, Any] = {"now": NOW + 2 * MINUTE, "lang": "en", "held": held, **more}
    return actions.confirm(session, application, seen=seen.public_id, actor=actor, **given)


def waits(session: Session, application: Application) -> bool:
    session.flush()
    one_by_one = bool(queries.changed(session, application).to_confirm)
    assert (application.id in queries.unconfirmed(session, [application.id])) == one_by_one
    assert (application.id in queries.unconfirmed(session, None)) == one_by_one
    return one_by_one


def test_a_change_asks_who_has_submitted_and_confirming_ends_that(
    session: Session, world: World
) -> None:
    application = submitted(session, world)
    assert not waits(session, application)
    change = amend(session, application.challenge)
    assert waits(session, application)
    assert queries.to_confirm(session, acting(session, world.bo)) == {application.id}
    assert queries.to_confirm(session, acting(session, world.dieter)) == set()
    made = confirm(session, application, world.carla, change)
    assert (made.by, made.amendment_id) == (world.carla.id, change.id)
    assert not waits(session, application)
    assert (application.state, application.current_version) == (State.SUBMITTED, 1)
    commit(session)
    row = session.scalars(select(JournalRow).order_by(JournalRow.id.desc())).first()
    assert row is not None
    assert (row.event, row.subject_kind) == ("ChangesConfirmed", "application")
    assert row.data == {"number": 1, "amendment_id": change.id}


def test_only_what_asks_for_it_is_to_be_confirmed(session: Session, world: World) -> None:
    application = submitted(session, world)
    quiet = amend(session, application.challenge, asks=False)
    assert not waits(session, application)
    assert queries.changed(session, application).amendments == [quiet]
    with pytest.raises(NotAllowed, match="nothing to confirm"):
        confirm(session, application, world.bo, quiet)
    confirm(session, application, world.bo, amend(session, application.challenge))
    amend(session, application.challenge, asks=False)
    assert not waits(session, application)
    assert queries.to_confirm(session, acting(session, world.bo)) == set()


def test_the_newest_change_stands_for_those_before_it(session: Session, world: World) -> None:
    application = submitted(session, world)
    first, second = (amend(session, application.challenge) for _ in range(2))
    with pytest.raises(Conflict):
        confirm(session, application, world.bo, first)
    assert waits(session, application)
    confirm(session, application, world.bo, second)
    assert not waits(session, application)
    amend(session, application.challenge)
    assert waits(session, application)


def test_submitting_again_confirms_too_changed_or_not(session: Session, world: World) -> None:
    changed, same = submitted(session, world), submitted(session, world, "dieter", "weser")
    amend(session, changed.challenge)
    save(session, changed, "idea", sent({"q-solution": "Otherwise"}, page="p1"), who=world.bo)
    later = submit(session, changed, world.bo, now=NOW + 3 * MINUTE)
    assert later.number == 2
    assert not waits(session, changed)
    again = submit(session, same, world.dieter, now=NOW + 3 * MINUTE)
    assert again.number == 1
    assert not waits(session, same)
    assert [one.version_id for one in session.scalars(select(Confirmation))] == [again.id]


def test_what_the_form_asks_since_has_to_be_answered(session: Session, world: World) -> None:
    application = submitted(session, world)
    before = session.scalars(select(Version)).one()
    answers, form = dict(before.answers), dict(before.form)
    change = amend(session, application.challenge, questions=[QUESTION])
    with pytest.raises(NotAllowed, match="asks for more"):
        confirm(session, application, world.bo, change)
    assert waits(session, application)
    session.refresh(before)
    assert (before.answers, before.form) == (answers, form)
    assert application.answers == answers
    own = call.form(application.challenge).sections[-1].id
    save(session, application, own, sent({"q-power": "230 V"}, page="p3"), who=world.bo)
    assert submit(session, application, world.bo, now=NOW + 3 * MINUTE).number == 2
    assert not waits(session, application)


def test_who_may_not_submit_does_not_confirm(session: Session, world: World) -> None:
    application = submitted(session, world)
    change = amend(session, application.challenge)
    for who in (world.dieter, world.gro, world.astrid, world.eva, world.kim):
        with pytest.raises(NotAllowed):
            confirm(session, application, who, change)
    with pytest.raises(NotAllowed):
        confirm(session, application, world.bo, change, now=application.challenge.closes)
    application.challenge.eligibility = {"countries": ["DE"]}
    with pytest.raises(NotAllowed):
        confirm(session, application, world.bo, change)
    assert waits(session, application)


def test_what_is_withdrawn_or_never_submitted_is_not_confirmed(
    session: Session, world: World
) -> None:
    draft = begun(session, world)
    change = amend(session, draft.challenge)
    assert queries.changed(session, draft).amendments == [change]
    assert not waits(session, draft)
    with pytest.raises(NotAllowed):
        confirm(session, draft, world.bo, change)
    complete(session, draft, world.bo)
    submit(session, draft, world.bo, now=NOW + 2 * MINUTE)
    later = amend(session, draft.challenge)
    actions.withdraw(session, draft, actor=acting(session, world.bo), now=NOW + 3 * MINUTE)
    with pytest.raises(NotAllowed):
        confirm(session, draft, world.bo, later)


def test_the_receipt_says_after_which_change_it_was_confirmed(
    session: Session, world: World
) -> None:
    application = submitted(session, world)
    confirm(session, application, world.bo, amend(session, application.challenge))
    version = queries.get_version(session, application, 1)
    text = receipt_text(
        session, application, version, lang="de", site_name="x", signer=Signer("x" * 40)
    )
    assert "Bestätigt: " in text
    assert "nach der Änderung vom" in text


def test_triage_reads_that_it_was_not_confirmed_and_drops_nothing(
    session: Session, world: World
) -> None:
    application, other = submitted(session, world), submitted(session, world, "dieter", "weser")
    change = amend(session, application.challenge)
    confirm(session, other, world.dieter, change)
    open_up(session, world)
    commit(session)
    summaries = triage.summaries(session, [application, other])
    assert summaries[application.id].unconfirmed == [change]
    assert summaries[other.id].unconfirmed == []


def test_everybody_of_a_firm_that_applied_or_began_is_told_and_nobody_else(
    session: Session, world: World
) -> None:
    application = submitted(session, world)
    draft = begun(session, world, "dieter", "weser")
    amend(session, application.challenge)
    commit(session)
    (row,) = session.scalars(select(JournalRow).where(JournalRow.event == "ChallengeAmended"))
    told = list(notices.NOTICES["ChallengeAmended"](BACKGROUND, session, row))
    assert sorted((one.address, one.path) for one in told) == [
        ("bo@example.org", f"/applications/{application.public_id}"),
        ("carla@example.org", f"/applications/{application.public_id}"),
        ("dieter@example.org", f"/applications/{draft.public_id}"),
    ]
    assert {(one.mail, one.topic) for one in told} == {
        ("applications/challenge_changed", "amendments")
    }
    assert all(set(one.values) == {"challenge"} for one in told)
    after = Background(Settings(), Signer("x" * 40), NOW + timedelta(days=30), NOW)
    late = list(notices.NOTICES["ChallengeAmended"](after, session, row))
    assert {one.address for one in late} == {"bo@example.org", "carla@example.org"}


def test_a_person_takes_along_what_they_confirmed(session: Session, world: World) -> None:
    application = submitted(session, world)
    made = confirm(session, application, world.carla, amend(session, application.challenge))
    taken: Any = export(session, world.carla.id)["applications"]
    (own,) = taken
    assert own["confirmed_after_changes"] == [{"version": 1, "at": made.at.isoformat()}]
    assert own["began"] is False
