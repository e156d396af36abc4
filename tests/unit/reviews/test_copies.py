"""What reviewers read without names: corrected, approved, waited for, and in which phases."""

import pytest
from sqlalchemy import select

from govmatch.applications.actions.redacting import Wanted, approve, correct
from govmatch.applications.models import Access, Application, How, Version
from govmatch.applications.models import State as ApplicationState
from govmatch.applications.reading import Submitted, submitted
from govmatch.applications.redaction import Standing, copy_of
from govmatch.applications.redaction_models import RedactedCopy
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from govmatch.kit.journal import JournalRow, seal
from govmatch.questionnaires.redaction import written
from govmatch.reviews import actions
from govmatch.reviews.actions import Sheet
from tests.unit.applications.acting import NOW, acting
from tests.unit.reviews.reviewing import assign, declare, review_of
from tests.web.reviews.world import Selection


@pytest.fixture
def one(selection: Selection) -> Application:
    return selection.applications["nordlys"]


def fix(session: Session, selection: Selection, wanted: Wanted, *, revision: int = 0) -> None:
    one = selection.applications["nordlys"]
    correct(session, one, wanted, version=one.current_version, revision=revision,
            actor=acting(session, selection.world.eva), now=NOW)  # fmt: skip


def pass_on(session: Session, selection: Selection, *, version: int = 1) -> None:
    one = selection.applications["nordlys"]
    approve(session, one, version=version, actor=acting(session, selection.world.eva), now=NOW)


def read(session: Session, one: Application) -> Submitted:
    found = submitted(session, one, how=How.BLIND, lang="en", url=str)
    assert found is not None
    return found


def answer(session: Session, one: Application, name: str) -> str:
    rows = (row for part in read(session, one).parts for row in part.rows)
    return next(row.value for row in rows if row.question.id == name)


def standing(session: Session, one: Application) -> Standing:
    copy = copy_of(session, one)
    assert copy is not None
    return copy.standing


def hand_in_anew(session: Session, one: Application, **answers: str) -> None:
    last = session.scalars(select(Version).where(Version.application_id == one.id)).one()
    session.add(
        Version(
            public_id="anew",
            application_id=one.id,
            number=2,
            form=last.form,
            answers={**last.answers, **answers},
            form_digest=last.form_digest,
            salt="",
            content_hash="",
            lang="en",
            at=NOW,
            by=last.by,
        )
    )
    one.current_version = 2
    session.flush()


def test_what_is_marked_by_hand_is_hidden_and_what_is_unticked_is_shown(
    session: Session, selection: Selection, one: Application
) -> None:
    hand_in_anew(session, one, skills="Optics by Quokka of the old mill; Quokka again")
    copy = copy_of(session, one)
    assert copy is not None
    texts = {text.field: text for text in written(copy.form, copy.version.answers, copy.marks)}
    first, second = (found.key for found in texts["skills"].passages)
    wanted = Wanted(hidden=("the old mill",), places=(first, second), kept=(first,))
    fix(session, selection, wanted)
    assert answer(session, one, "skills") == "Optics by ▒▒▒ of ▒▒▒; Quokka again"
    assert standing(session, one) is Standing.CORRECTED


def test_what_was_not_on_the_page_is_never_shown_by_it(
    session: Session, selection: Selection, one: Application
) -> None:
    """A name that came to the profile while somebody read the page stays hidden."""
    fix(session, selection, Wanted(hidden=("labels",)))
    assert "Quokka" not in answer(session, one, "skills")


def test_another_version_is_proposed_anew_with_the_marks_that_still_fit(
    session: Session, selection: Selection, one: Application
) -> None:
    fix(session, selection, Wanted(hidden=("Optics",), whole=("solution",)))
    pass_on(session, selection)
    assert standing(session, one) is Standing.APPROVED
    hand_in_anew(session, one, skills="More optics, led by Bo Quokka")
    assert standing(session, one) is Standing.CHANGED
    assert answer(session, one, "skills") == "More ▒▒▒, led by ▒▒▒"
    assert answer(session, one, "solution") == "Hidden until the names are shown"


def test_what_was_hidden_when_it_was_approved_stays_so_whatever_the_profile_says_since(
    session: Session, selection: Selection, one: Application
) -> None:
    pass_on(session, selection)
    one.firm.name = "Something else"
    selection.world.bo.name = "Another"
    session.flush()
    assert "Nordlys" not in answer(session, one, "solution")
    assert "Quokka" not in answer(session, one, "skills")


@pytest.mark.parametrize("who", ["hanne", "lea", "bo"])
def test_only_a_manager_of_the_programme_corrects_and_approves(
    session: Session, selection: Selection, one: Application, who: str
) -> None:
    actor = acting(session, selection.world.people[who])
    with pytest.raises(NotAllowed):
        correct(session, one, Wanted(), version=1, revision=0, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        approve(session, one, version=1, actor=actor, now=NOW)
    assert session.scalars(select(RedactedCopy)).all() == []


def test_two_who_correct_at_once_and_a_version_meanwhile_are_told(
    session: Session, selection: Selection, one: Application
) -> None:
    fix(session, selection, Wanted(hidden=("labels",)))
    with pytest.raises(Conflict):
        fix(session, selection, Wanted(hidden=("scan",)))
    hand_in_anew(session, one)
    with pytest.raises(Conflict):
        pass_on(session, selection, version=1)
    with pytest.raises(Invalid):
        fix(session, selection, Wanted(hidden=("x",)), revision=1)


def test_the_journal_says_who_approved_and_no_word_of_it(
    session: Session, selection: Selection, one: Application
) -> None:
    fix(session, selection, Wanted(hidden=("the old mill",)))
    pass_on(session, selection)
    seal(session)
    rows = session.scalars(select(JournalRow).where(JournalRow.event.like("Copy%"))).all()
    assert [(row.event, row.actor_id) for row in rows] == [
        ("CopyCorrected", selection.world.eva.id), ("CopyApproved", selection.world.eva.id),
    ]  # fmt: skip
    assert "mill" not in str([row.data for row in rows])


def test_where_the_programme_says_so_reviewers_wait_for_the_approval(
    session: Session, selection: Selection, one: Application
) -> None:
    selection.world.programmes["long"].rules |= {"redaction_checked": {"value": True}}
    selection.world.programmes["long"].rules = dict(selection.world.programmes["long"].rules)
    declare(session, selection, "lea")
    assign(session, selection, "lea")
    review = review_of(session, selection, "lea", "nordlys")
    lea = acting(session, selection.world.people["lea"])
    held = read(session, one)
    assert (held.is_held, held.parts, held.papers) == (True, [], [])
    with pytest.raises(NotAllowed):
        actions.save(session, review, Sheet({"fit": 3}), revision=1, actor=lea, now=NOW)
    pass_on(session, selection)
    assert not read(session, one).is_held
    actions.save(session, review, Sheet({"fit": 3}), revision=1, actor=lea, now=NOW)


@pytest.mark.parametrize(
    ("phases", "state", "how"),
    [
        (None, ApplicationState.IN_REVIEW, How.BLIND),
        (None, ApplicationState.SHORTLISTED, How.FULL),
        (["sift", "interview"], ApplicationState.SHORTLISTED, How.BLIND),
        (["interview"], ApplicationState.IN_REVIEW, How.FULL),
    ],
)
def test_names_are_hidden_in_the_phases_that_the_programme_names(
    session: Session, selection: Selection, one: Application,
    phases: list[str] | None, state: ApplicationState, how: How,
) -> None:  # fmt: skip
    rule = {"value": True} | ({} if phases is None else {"phases": phases})
    selection.world.programmes["long"].rules = {"names_hidden": rule}
    one.state = state.value
    declare(session, selection, "lea")
    assign(session, selection, "lea", to=["nordlys"])
    assert session.scalars(select(Access.how).where(Access.application_id == one.id)).all() == [how]
