"""A draft keeps everything that is typed, and two people never overwrite each other unseen."""

from datetime import timedelta
from pathlib import Path

import pytest

from govmatch.applications import actions, queries
from govmatch.applications.actions import SectionConflict
from govmatch.applications.models import Application, State
from govmatch.files.queries import of_owner
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import NotAllowed
from govmatch.kit.journal import JournalRow
from tests.unit.applications.acting import (
    NOW,
    acting,
    begun,
    complete,
    save,
    sent,
    submit,
    submitted,
)
from tests.unit.files import samples
from tests.web.applications.world import World, fill


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def test_a_draft_is_the_firms_and_is_journalled(session: Session, world: World) -> None:
    application = begun(session, world)
    commit(session)
    assert (application.state, application.firm.name) == (State.DRAFT, "Nordlys")
    rows = session.query(JournalRow).all()
    assert [(row.event, row.subject_id, row.actor_id) for row in rows] == [
        ("DraftStarted", application.id, world.bo.id)
    ]
    assert rows[0].data == {
        "challenge_id": world.challenges["long"].id,
        "firm_id": world.firms["nordlys"].id,
    }


def test_a_firm_has_one_application_where_one_is_allowed(session: Session, world: World) -> None:
    first = begun(session, world)
    assert begun(session, world, "carla") is first
    assert begun(session, world, "dieter", "weser") is not first
    world.programmes["long"].rules = {"one_application_per_firm": {"value": False}}
    assert begun(session, world) is not first


def test_two_who_start_at_once_get_the_same_one(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second did not see the first when it looked; the table's key brings them together."""
    first = begun(session, world)
    looks = [None, first]
    monkeypatch.setattr(queries, "find_single", lambda *_: looks.pop(0))
    assert begun(session, world, "carla") is first
    assert session.query(Application).count() == 1


def test_a_firm_has_as_many_drafts_as_the_programme_allows(session: Session, world: World) -> None:
    programme = world.programmes["long"]
    programme.rules = {"one_application_per_firm": {"value": False}}
    programme.limits = {"drafts_per_firm": 2}
    begun(session, world)
    begun(session, world)
    with pytest.raises(NotAllowed, match="as many as it allows"):
        begun(session, world)
    begun(session, world, "dieter", "weser")


def test_saving_keeps_what_is_wrong_too_and_says_so(session: Session, world: World) -> None:
    application = begun(session, world)
    fields = {"q-solution": "word " * 30, "q-days": "about ten"}
    saved = save(session, application, "idea", sent(fields), who=world.bo)
    assert set(saved.errors) == {"q-solution", "q-days"}
    assert application.answers["days"] == {"raw": "about ten"}
    assert application.title == ("word " * 28).strip() + " …"
    assert application.saved["idea"]["by"] == world.bo.id
    assert (application.saved["idea"]["revision"], application.revision) == (1, 2)


def test_saving_is_not_journalled(session: Session, world: World) -> None:
    application = begun(session, world)
    complete(session, application, world.bo)
    commit(session)
    assert [row.event for row in session.query(JournalRow).all()] == ["DraftStarted"]


def test_only_questions_of_the_section_are_taken(session: Session, world: World) -> None:
    application = begun(session, world)
    fields = {
        "q-solution": "Scan", "q-skills": "of another section", "state": "selected",
        "firm_id": "99", "q-nonsense": "x", "single_key": "", "current_version": "9",
    }  # fmt: skip
    save(session, application, "idea", sent(fields), who=world.bo)
    session.flush()
    session.refresh(application)
    assert application.answers == {"solution": "Scan"}
    assert application.state == State.DRAFT
    assert application.firm_id == world.firms["nordlys"].id
    assert application.current_version == 0


def test_an_equal_save_changes_nothing(session: Session, world: World) -> None:
    application = begun(session, world)
    first = save(session, application, "idea", sent({"q-solution": "Scan"}), who=world.bo)
    before = (application.revision, application.saved)
    again = save(session, application, "idea", sent({"q-solution": "Scan"}), who=world.bo)
    assert (application.revision, application.saved) == before
    assert again.revision == first.revision == 1


def test_two_sections_never_meet(session: Session, world: World) -> None:
    application = begun(session, world)
    save(session, application, "idea", sent({"q-solution": "Scan"}, page="bo"), who=world.bo)
    save(session, application, "team", sent({"q-skills": "Optics"}, page="c"), who=world.carla)
    save(
        session, application, "idea",
        sent({"q-solution": "Scan it"}, page="bo", revision=1), who=world.bo,
    )  # fmt: skip
    assert application.answers == {"solution": "Scan it", "skills": "Optics"}


def test_a_colleagues_save_of_the_same_section_is_noticed(session: Session, world: World) -> None:
    application = begun(session, world)
    save(session, application, "idea", sent({"q-solution": "Carla's"}, page="c"), who=world.carla)
    with pytest.raises(SectionConflict) as conflict:
        save(session, application, "idea", sent({"q-solution": "Bo's"}, page="b"), who=world.bo)
    assert conflict.value.answers == {"solution": "Bo's"}
    assert conflict.value.clashes == {"solution"}
    assert application.answers == {"solution": "Carla's"}
    merged = sent({"q-solution": "Both"}, page="b", revision=1)
    save(session, application, "idea", merged, who=world.bo)
    assert application.answers == {"solution": "Both"}


def test_the_same_text_from_two_is_no_conflict(session: Session, world: World) -> None:
    application = begun(session, world)
    save(session, application, "idea", sent({"q-solution": "Scan"}, page="c"), who=world.carla)
    save(session, application, "idea", sent({"q-solution": "Scan"}, page="b"), who=world.bo)
    assert application.saved["idea"]["by"] == world.carla.id


def test_a_page_does_not_conflict_with_what_it_saved_by_itself(
    session: Session, world: World
) -> None:
    """The button was pressed while a save by itself was on its way: its revision is not known."""
    application = begun(session, world)
    by_itself = sent({"q-solution": "Scan"}, page="b", by_itself=True)
    save(session, application, "idea", by_itself, who=world.bo)
    save(session, application, "idea", sent({"q-solution": "Scan it"}, page="b"), who=world.bo)
    assert application.answers == {"solution": "Scan it"}
    late = sent({"q-solution": "Sc"}, page="b", by_itself=True)
    save(session, application, "idea", late, who=world.bo)
    assert application.answers == {"solution": "Scan it"}


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1)])
def test_after_the_deadline_the_draft_stays_as_it_is(
    session: Session, world: World, late: timedelta
) -> None:
    application = begun(session, world)
    closes = application.challenge.closes
    assert closes is not None
    just = closes - timedelta(seconds=1)
    save(session, application, "idea", sent({"q-solution": "Scan"}), who=world.bo, now=just)
    with pytest.raises(NotAllowed, match="deadline"):
        save(
            session, application, "idea", sent({"q-solution": "x"}, revision=1),
            who=world.bo, now=closes + late,
        )  # fmt: skip
    assert application.answers == {"solution": "Scan"}


def test_staff_who_are_in_the_firm_may_not_write(session: Session, world: World) -> None:
    application = begun(session, world)
    application.firm = world.firms["fjord"]
    application.firm_id = world.firms["fjord"].id
    with pytest.raises(NotAllowed, match="jury"):
        save(session, application, "idea", sent({"q-solution": "x"}), who=world.finn)
    with pytest.raises(NotAllowed, match="jury"):
        begun(session, world, "finn", "fjord")


# Files


def test_files_come_with_their_section_and_stay_when_named(
    session: Session, world: World, tmp_path: Path
) -> None:
    application = begun(session, world)
    fields = {"q-skills": "Optics"}
    with_files = sent(fields, files={"q-papers": b"one"})
    save(session, application, "team", with_files, who=world.bo, folder=tmp_path)
    (first,) = of_owner(session, "application", application.id)
    assert application.answers["papers"] == [first.public_id]
    more = sent(fields, revision=1, files={"q-papers": samples.pdf()})
    save(session, application, "team", more, who=world.bo, folder=tmp_path)
    names = [file.name for file in of_owner(session, "application", application.id)]
    assert names == ["q-papers.txt", "q-papers.txt.pdf"]
    assert application.answers["papers"][0] == first.public_id


def test_a_refused_file_keeps_the_rest_of_the_section(
    session: Session, world: World, tmp_path: Path
) -> None:
    application = begun(session, world)
    evil = sent({"q-skills": "Optics"}, files={"q-papers": b"<html><script>x()</script>"})
    saved = save(session, application, "team", evil, who=world.bo, folder=tmp_path)
    assert application.answers == {"skills": "Optics"}
    assert str(saved.errors["q-papers"]).startswith("q-papers.txt: This kind of file")
    assert of_owner(session, "application", application.id) == []


def test_nobody_answers_with_a_foreign_file(session: Session, world: World, tmp_path: Path) -> None:
    other = begun(session, world, "dieter", "weser")
    papers = sent({"q-skills": "x"}, files={"q-papers": b"secret"})
    save(session, other, "team", papers, who=world.dieter, folder=tmp_path)
    (foreign,) = of_owner(session, "application", other.id)
    application = begun(session, world)
    tried = sent({"q-skills": "Optics", "q-papers": foreign.public_id})
    save(session, application, "team", tried, who=world.bo)
    assert "papers" not in application.answers


def test_an_application_has_room_for_so_many_files(
    session: Session, world: World, tmp_path: Path
) -> None:
    world.programmes["long"].limits = {"files": 1, "files_mb": 1}
    application = begun(session, world)
    save(
        session, application, "team", sent({}, files={"q-papers": b"one"}),
        who=world.bo, folder=tmp_path,
    )  # fmt: skip
    second = sent({}, revision=1, files={"q-papers": b"two"})
    saved = save(session, application, "team", second, who=world.bo, folder=tmp_path)
    assert "may have 1 file" in str(saved.errors["q-papers"])
    world.programmes["long"].limits = {"files": 5, "files_mb": 1}
    large = sent({}, revision=1, files={"q-papers": b"x" * 999_999})
    saved = save(session, application, "team", large, who=world.bo, folder=tmp_path)
    assert "together may have 1 MB" in str(saved.errors["q-papers"])
    assert len(of_owner(session, "application", application.id)) == 1


def test_a_removed_file_goes_unless_it_was_submitted(
    session: Session, world: World, tmp_path: Path
) -> None:
    application = begun(session, world)
    complete(session, application, world.bo)
    papers = sent({"q-skills": "Optics"}, revision=1, files={"q-papers": b"kept"})
    save(session, application, "team", papers, who=world.bo, folder=tmp_path)
    submit(session, application, world.bo)
    (kept,) = of_owner(session, "application", application.id)
    gone = sent({"remove-papers": kept.public_id}, revision=2)
    save(session, application, "team", gone, who=world.bo, folder=tmp_path)
    assert "papers" not in application.answers
    assert of_owner(session, "application", application.id) == [kept]
    fresh = sent({}, revision=3, files={"q-papers": b"not kept"})
    save(session, application, "team", fresh, who=world.bo, folder=tmp_path)
    (name,) = application.answers["papers"]
    again = sent({"remove-papers": name}, revision=4)
    save(session, application, "team", again, who=world.bo, folder=tmp_path)
    assert of_owner(session, "application", application.id) == [kept]


def test_a_save_by_itself_leaves_files_alone(
    session: Session, world: World, tmp_path: Path
) -> None:
    application = begun(session, world)
    papers = sent({"q-skills": "Optics"}, files={"q-papers": b"kept"})
    save(session, application, "team", papers, who=world.bo, folder=tmp_path)
    (file,) = of_owner(session, "application", application.id)
    ticked = sent(
        {"q-skills": "Optics, more", "remove-papers": file.public_id},
        revision=1,
        by_itself=True,
    )
    save(session, application, "team", ticked, who=world.bo, folder=tmp_path)
    assert application.answers == {"skills": "Optics, more", "papers": [file.public_id]}


def test_a_closed_firm_does_not_apply(session: Session, world: World) -> None:
    assert queries.applying_firms(session, acting(session, world.bo)) == [world.firms["nordlys"]]
    application = begun(session, world)
    world.firms["nordlys"].closed_at = NOW
    session.flush()
    assert queries.applying_firms(session, acting(session, world.bo)) == []
    with pytest.raises(NotAllowed, match="closed"):
        save(session, application, "idea", sent({"q-solution": "x"}), who=world.bo)


def test_submitted_answers_can_be_changed_again(session: Session, world: World) -> None:
    application = submitted(session, world)
    changed = sent({"q-solution": "Better"}, revision=1)
    save(session, application, "idea", changed, who=world.carla)
    assert application.state == State.SUBMITTED
    assert application.answers["solution"] == "Better"
    version = queries.get_version(session, application, 1)
    assert version.answers["solution"] == "Scan the label and look it up"
    assert actions.wrong_with(application, "en") == {}
