"""The demonstration has a challenge at every place of the way, and its journal holds it all."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import Phase, phase
from govmatch.demonstration.personas import PERSONAS
from govmatch.demonstration.stage import Stage
from govmatch.kit.journal import JournalRow, verify
from govmatch.organisations.models import Firm
from tests.databases import Databases
from tests.worlds import seeded

WANTED = {
    Phase.IN_REVIEW: 1,
    Phase.RETURNED: 1,
    Phase.SCHEDULED: 1,
    Phase.CLOSED: 1,
    Phase.IN_SELECTION: 1,
    Phase.DECIDED: 1,
    Phase.PILOTING: 1,
    Phase.COMPLETED: 2,
    Phase.DID_NOT_PROCEED: 1,
}
QUICK = 20
"""Seconds of one processor that the whole world may take."""


def phases(stage: Stage) -> Counter[Phase]:
    return Counter(phase(one, stage.now) for one in stage.session.scalars(select(Challenge)))


def test_there_is_a_challenge_in_every_phase(stage: Stage) -> None:
    found = phases(stage)
    assert {one: found[one] for one in WANTED} == WANTED
    assert found[Phase.OPEN] >= 4


def test_at_least_two_open_challenges_close_within_ten_days(stage: Stage) -> None:
    every = stage.session.scalars(select(Challenge))
    open_now = [one for one in every if phase(one, stage.now) is Phase.OPEN]
    soon = stage.now + timedelta(days=10)
    assert sum(one.closes is not None and one.closes < soon for one in open_now) >= 2


def test_authorities_of_two_countries_and_25_firms_take_part(stage: Stage) -> None:
    every = list(stage.session.scalars(select(Challenge)))
    assert len({one.authority_id for one in every}) >= 3
    assert {"DK", "DE"} <= {one.authority.country for one in every}
    assert len(list(stage.session.scalars(select(Firm)))) == 25


def test_every_persona_has_something_to_try_and_somewhere_to_begin() -> None:
    assert all(one.tries and one.start.startswith("/") for one in PERSONAS)
    assert len({one.email for one in PERSONAS}) == len(PERSONAS)


def test_the_mentor_advises_one_pilot_and_holds_no_other_role(stage: Stage) -> None:
    (held,) = stage.actor("silke").roles
    assert (held.role, held.object_kind) == (Role.MENTOR, "pilot")


def test_the_journal_is_whole_and_tells_the_cases_in_the_order_of_time(stage: Stage) -> None:
    assert verify(stage.session).bad_id is None
    begun = select(JournalRow.id).where(JournalRow.event == "DraftStarted")
    first = stage.session.scalars(begun.order_by(JournalRow.id)).first()
    assert first is not None
    # Of when somebody asked, the journal says the day alone.
    by_day = JournalRow.event.in_(["QuestionAsked", "QuestionWithdrawn"])
    cases = select(JournalRow.at).where(JournalRow.id > first, ~by_day)
    times = list(stage.session.scalars(cases.order_by(JournalRow.id)))
    assert len(times) > 400
    assert times == sorted(times)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),  # the clocks go forward within the hour
        datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC),  # one second before a new year in Denmark
    ],
    ids=["spring", "midnight"],
)
def test_the_world_is_the_same_at_whatever_hour_it_is_made(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory, now: datetime
) -> None:
    begun = process_time()
    folder = tmp_path_factory.mktemp("hour")
    with seeded(databases, folder, now=now) as world, world.stage() as stage:
        assert {one: phases(stage)[one] for one in WANTED} == WANTED
        assert verify(stage.session).bad_id is None
        future = select(JournalRow).where(JournalRow.at > now)
        assert list(stage.session.scalars(future)) == []
    assert process_time() - begun < QUICK
