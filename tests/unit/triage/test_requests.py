"""A formal request: asked with a date, answered by the firm until then, settled by a manager."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from govmatch.applications.actions import withdraw
from govmatch.applications.models import Application, State
from govmatch.kit.background import Background
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, Gone, Invalid, NotAllowed, NotFound
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.kit.signing import Signer
from govmatch.notifications.actions import written
from govmatch.settings import Settings, shipped
from govmatch.triage import actions, handlers, notices, queries
from govmatch.triage.models import Deficiency
from govmatch.triage.personal import erase, export
from govmatch.web.visit import Upload
from tests.unit.applications.acting import NOW, acting
from tests.unit.triage.doing import AFTER, DAY, entered, open_up, revision, staffed
from tests.web.applications.world import World, fill

DUE = AFTER + 5 * DAY
WRITTEN = Settings(templates_dir=shipped("templates"))


@pytest.fixture
def world(session: Session) -> World:
    return staffed(session, fill(session))


@pytest.fixture
def opened(session: Session, world: World) -> Application:
    found, _ = entered(session, world)
    open_up(session, world)
    return found


def ask(
    session: Session, world: World, one: Application, who: str = "eva", due_at: datetime = DUE
) -> Deficiency:
    return actions.ask(
        session,
        one,
        "Please send the extract of quokkaphon",
        due_at=due_at,
        revision=revision(session, one),
        actor=acting(session, world.people[who]),
        now=AFTER,
    )


def answer(
    session: Session,
    world: World,
    asked: Deficiency,
    text: str = "Here it is",
    *,
    who: str = "bo",
    now: datetime = AFTER + DAY,
    folder: Path = Path(),
    uploads: list[Upload] | None = None,
    seen: str | None = None,
) -> None:
    actions.answer(
        session,
        asked,
        text,
        uploads=uploads or [],
        seen=actions.answer_mark(asked) if seen is None else seen,
        settings=Settings(data_dir=folder),
        actor=acting(session, world.people[who]),
        now=now,
        real_now=NOW,
    )


def settle(
    session: Session, world: World, asked: Deficiency, is_mended: bool, now: datetime, **more: str
) -> None:
    actions.settle(
        session,
        asked,
        is_mended=is_mended,
        revision=revision(session, asked.application),
        actor=acting(session, world.people[more.get("who", "eva")]),
        now=now,
    )


def told(session: Session, now: datetime = AFTER) -> list[Notice]:
    commit(session)
    around = Background(Settings(), Signer("x" * 40), now, NOW)
    found: list[Notice] = []
    for row in session.query(JournalRow).order_by(JournalRow.id).all():
        if row.event in notices.NOTICES:
            found += notices.NOTICES[row.event](around, session, row)
    return found


def test_asked_answered_and_mended(session: Session, world: World, opened: Application) -> None:
    asked = ask(session, world, opened)
    assert opened.state == State.INCOMPLETE
    assert not queries.summary_of(session, opened).is_complete
    answer(session, world, asked)
    answer(session, world, asked, "Better", who="carla", now=DUE - timedelta(seconds=1))
    assert (asked.answer, asked.answered_by) == ("Better", world.carla.id)
    settle(session, world, asked, True, DUE)
    assert (opened.state, asked.is_mended) == (State.SUBMITTED, True)
    assert queries.summary_of(session, opened).is_complete


def test_that_nothing_came_is_said_only_when_time_is_over(
    session: Session, world: World, opened: Application
) -> None:
    asked = ask(session, world, opened)
    with pytest.raises(NotAllowed, match="may still answer"):
        settle(session, world, asked, False, DUE - timedelta(seconds=1))
    settle(session, world, asked, False, DUE)
    assert opened.state == State.INELIGIBLE
    with pytest.raises(NotAllowed):
        settle(session, world, asked, True, DUE)


@pytest.mark.parametrize(
    ("due_at", "text"),
    [(AFTER + 2 * DAY - timedelta(seconds=1), "x"), (AFTER + 61 * DAY, "x"), (DUE, " ")],
)
def test_a_request_has_words_and_a_fair_date(
    session: Session, world: World, opened: Application, due_at: datetime, text: str
) -> None:
    eva = acting(session, world.eva)
    with pytest.raises(Invalid):
        actions.ask(session, opened, text, due_at=due_at, revision=1, actor=eva, now=AFTER)
    assert opened.state == State.SUBMITTED
    ask(session, world, opened, due_at=AFTER + 2 * DAY)


def test_one_request_at_a_time_and_only_by_a_manager(
    session: Session, world: World, opened: Application
) -> None:
    for name in ("astrid", "jens"):
        with pytest.raises(NotAllowed):
            ask(session, world, opened, name)
    with pytest.raises(NotFound):
        ask(session, world, opened, "ida")
    asked = ask(session, world, opened)
    with pytest.raises(NotAllowed, match="open already"):
        ask(session, world, opened)
    with pytest.raises(NotAllowed):
        settle(session, world, asked, True, DUE, who="astrid")


def test_after_the_date_nothing_is_taken(
    session: Session, world: World, opened: Application
) -> None:
    asked = ask(session, world, opened)
    with pytest.raises(Gone):
        answer(session, world, asked, now=DUE)
    withdraw(session, opened, actor=acting(session, world.bo), now=AFTER)
    with pytest.raises(Gone):
        answer(session, world, asked)
    assert asked.answered_at is None


def test_a_colleagues_answer_is_not_overwritten(
    session: Session, world: World, opened: Application
) -> None:
    asked = ask(session, world, opened)
    answer(session, world, asked, "from Carla", who="carla")
    with pytest.raises(Conflict):
        answer(session, world, asked, "from Bo", seen="")
    assert asked.answer == "from Carla"


def test_an_answer_needs_words_or_a_file(
    session: Session, world: World, opened: Application, tmp_path: Path
) -> None:
    asked = ask(session, world, opened)
    with pytest.raises(Invalid):
        answer(session, world, asked, " ")
    with pytest.raises(Invalid):
        answer(session, world, asked, uploads=[Upload("a.exe", b"MZ\x00")], folder=tmp_path)
    many = [Upload(f"{n}.txt", b"words") for n in range(4)]
    with pytest.raises(Invalid):
        answer(session, world, asked, uploads=many, folder=tmp_path)
    answer(session, world, asked, "", uploads=[Upload("a.txt", b"words")], folder=tmp_path)
    (file,) = queries.files_of(session, asked)
    assert (file.name, file.owner_kind, file.owner_id) == ("a.txt", "deficiency", asked.id)


def test_requests_are_read_by_the_firm_and_in_triage_alone(
    session: Session, world: World, opened: Application
) -> None:
    asked = ask(session, world, opened)
    readers = {
        name
        for name, who in world.people.items()
        if queries.requests_of(session, acting(session, who), opened)
    }
    assert readers == {"bo", "carla", "astrid", "hanne", "eva", "ole", "jens"}
    with pytest.raises(NotFound):
        queries.get_request(session, acting(session, world.ida), opened.public_id, asked.public_id)


def test_the_firm_is_told_and_reminded_twice_and_staff_of_the_answer(
    session: Session, world: World, opened: Application
) -> None:
    asked = ask(session, world, opened)
    path = f"/applications/{opened.public_id}/requests/{asked.public_id}"
    firm = [one for one in told(session) if one.mail == "triage/request"]
    assert {one.address for one in firm} == {"bo@example.org", "carla@example.org"}
    assert {(one.topic, one.path) for one in firm} == {("requests", path)}
    around = Background(Settings(), Signer("x" * 40), DUE - DAY, NOW)
    early = Background(Settings(), Signer("x" * 40), DUE - DAY - timedelta(seconds=1), NOW)
    first = Background(Settings(), Signer("x" * 40), DUE - 3 * DAY, NOW)
    before = Background(Settings(), Signer("x" * 40), DUE - 3 * DAY - timedelta(seconds=1), NOW)
    counts = []
    for when in (before, first, first, early, around, around):
        handlers.remind(when, session)
        told_now = [one for one in told(session, DUE - DAY) if one.mail == "triage/reminder"]
        counts.append(len(told_now))
    people = 2
    assert counts == [0, people, people, people, 2 * people, 2 * people]
    answer(session, world, asked, now=DUE - DAY)
    answer(session, world, asked, "More", now=DUE - DAY)
    everything = told(session, DUE - DAY)
    assert [one.mail for one in everything].count("triage/reminder") == 0
    staff = [one for one in everything if one.mail == "triage/answered"]
    assert [(one.address, one.topic) for one in staff] == [("eva@example.org", "tasks")]
    assert staff[0].path == f"/triage/{opened.public_id}"
    for one in everything:
        said = " ".join(written(one, WRITTEN))
        for secret in ("quokkaphon", "Nordlys", opened.reference, "Here it is"):
            assert secret not in said


def test_who_can_complete_an_opening_is_told(session: Session, world: World) -> None:
    entered(session, world)
    challenge = world.challenges["long"]
    actions.begin(session, challenge, actor=acting(session, world.eva), now=AFTER)
    found = [one for one in told(session) if one.mail == "triage/opening"]
    assert {one.address.partition("@")[0] for one in found} == {"ole", "astrid", "hanne"}
    assert {(one.topic, one.path) for one in found} == {("tasks", "/desk/challenges/long/opening")}
    actions.complete(session, challenge, actor=acting(session, world.ole), now=AFTER)
    assert [one for one in told(session) if one.mail.startswith("triage/")] == []


def test_a_persons_share_is_exported_and_handed_on(
    session: Session, world: World, opened: Application
) -> None:
    eva = acting(session, world.eva)
    actions.add_note(session, opened, "my words", actor=eva, now=AFTER)
    actions.assign(session, opened, world.eva.id, revision=1, actor=eva, now=AFTER, real_now=NOW)
    asked = ask(session, world, opened)
    answer(session, world, asked, "our words")
    mine, theirs = export(session, world.eva.id), export(session, world.bo.id)
    assert mine["looks_after"] == [opened.reference]
    assert mine["openings"] == [{"challenge": "long", "began": True, "completed": False}]
    assert "my words" in str(mine) and "our words" not in str(mine)
    assert "our words" in str(theirs) and "my words" not in str(theirs)
    erase(session, world.eva.id, now=NOW)
    assert queries.cases_of(session, [opened])[0].handler_id is None
    assert len(queries.notes_of(session, acting(session, world.ole), opened)) == 1
