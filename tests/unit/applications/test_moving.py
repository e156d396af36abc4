"""States follow their table, and the firm reads only what it is meant to."""

import pytest

from govmatch.applications import events, queries
from govmatch.applications.actions.moving import move
from govmatch.applications.history import TOLD, happened, in_words
from govmatch.applications.models import NEXT_STATES, State
from govmatch.applications.naming import name_for
from govmatch.applications.showing import state_for_firm, state_for_staff
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict
from govmatch.kit.journal import Event, JournalRow, rows_about
from tests.unit.applications.acting import NOW, acting, submitted
from tests.web.applications.world import World, fill


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def test_a_move_is_kept_and_told_to_nobody_outside(session: Session, world: World) -> None:
    application, eva = submitted(session, world), acting(session, world.eva)
    before = application.updated_at
    move(session, application, State.IN_REVIEW, actor=eva, now=NOW)
    assert (application.state, application.updated_at) == (State.IN_REVIEW, before)
    commit(session)
    row = rows_about(session, "application", application.id)[-1]
    assert (row.event, row.actor_id) == ("ApplicationMoved", world.eva.id)
    assert row.data == {"from_state": "submitted", "to_state": "in_review"}
    bo = acting(session, world.bo)
    told = queries.timeline(session, bo, application, events=TOLD)
    assert [one.event for one in told] == ["DraftStarted", "ApplicationSubmitted"]


def test_only_the_table_of_states_leads_on(session: Session, world: World) -> None:
    application, eva = submitted(session, world), acting(session, world.eva)
    for before in State:
        for to in State:
            application.state = before.value
            if to in NEXT_STATES[before]:
                move(session, application, to, actor=eva, now=NOW)
                assert application.state == to
            else:
                with pytest.raises(Conflict):
                    move(session, application, to, actor=eva, now=NOW)
                assert application.state == before


HIDDEN = [
    State.SUBMITTED,
    State.IN_REVIEW,
    State.SHORTLISTED,
    State.INELIGIBLE,
    State.SELECTED,
    State.RESERVE,
    State.NOT_SELECTED,
]


def test_until_the_release_every_state_reads_the_same(session: Session, world: World) -> None:
    application = submitted(session, world)
    assert str(state_for_firm(application)[0]) == "Submitted"
    application.challenge.opened_at = NOW
    said = set()
    for state in HIDDEN:
        application.state = state.value
        said.add(str(state_for_firm(application)[0]))
        assert str(state_for_staff(application)[0]) != "Being assessed"
    assert said == {"Being assessed"}
    application.state = State.INCOMPLETE
    assert str(state_for_firm(application)[0]) == "Something is missing"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.SELECTED, "Selected"),
        (State.RESERVE, "On the reserve list"),
        (State.NOT_SELECTED, "Not selected"),
        (State.INELIGIBLE, "Not admitted"),
        (State.CONFIRMED, "Confirmed by the firm"),
        (State.DECLINED, "Declined by the firm"),
        (State.WITHDRAWN, "Withdrawn"),
        (State.IN_REVIEW, "Being assessed"),
    ],
)
def test_from_the_release_on_the_firm_reads_its_result(
    session: Session, world: World, state: State, words: str
) -> None:
    application = submitted(session, world)
    application.state, application.decision_released_at = state, NOW
    assert str(state_for_firm(application)[0]) == words


def test_every_event_that_the_firm_is_told_has_words() -> None:
    for event in TOLD:
        row = JournalRow(event=event, data={"number": 3, "is_final": False})
        assert str(happened(row)).strip()


def test_who_reads_without_names_reads_a_number(session: Session, world: World) -> None:
    application = submitted(session, world)
    application.alias = 42
    assert name_for(application, "full", "en") == "Nordlys"
    assert name_for(application, "blind", "en") == "Applicant 42"
    assert name_for(application, "blind", "da") == "Ansøger 42"
    assert name_for(application, "closed", "en") == "Applicant 42"
    application.alias = None
    assert "Nordlys" not in name_for(application, "blind", "en")


def test_in_the_case_file_each_act_has_words(session: Session, world: World) -> None:
    application, eva = submitted(session, world), acting(session, world.eva)
    move(session, application, State.IN_REVIEW, actor=eva, now=NOW)
    commit(session)
    row = rows_about(session, "application", application.id)[-1]
    assert str(in_words(row, reference="A-1")) == (
        "Application A-1 moved from Submitted to Being reviewed"
    )
    own = {one.__name__ for one in vars(events).values() if _is_event(one)}
    told_elsewhere = {"DraftStarted", "ApplicationSubmitted", "ApplicationWithdrawn"}
    bases = {"Event", "ApplicationEvent", "AboutThread", "AboutLateCode", "AboutPartner"}
    bases |= {"AboutInquiry"}
    for name in own - told_elsewhere - bases - {"ApplicationMoved"}:
        assert in_words(JournalRow(event=name, data={}), reference="A-1") is not None, name


def _is_event(one: object) -> bool:
    return isinstance(one, type) and issubclass(one, Event)
