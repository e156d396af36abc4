"""What has been kept for its time is deleted, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from govmatch.accounts.models import Invitation
from govmatch.applications.models import Access, Application, State, Version
from govmatch.applications.queries import visible_to
from govmatch.applications.rules import how
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as ChallengeState
from govmatch.correspondence.actions import write
from govmatch.correspondence.models import Message
from govmatch.correspondence.rules import Side
from govmatch.decisions.models import Decision, Letter
from govmatch.decisions.queries.questions_back import ABOUT_LETTER
from govmatch.demonstration.stage import Stage
from govmatch.files.models import StoredFile
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Base, commit
from govmatch.kit.journal import JournalRow, verify
from govmatch.kit.notices import Notice
from govmatch.notifications.actions import deliver
from govmatch.notifications.models import InboxItem, Mail
from govmatch.pilots.models import Pilot
from govmatch.privacy import actions, queries
from govmatch.privacy.models import RetentionRun
from govmatch.privacy.periods import Kind
from govmatch.reviews.models import Review, Score

YEARS = timedelta(days=3 * 366)


def due(stage: Stage, kind: Kind, *, later: timedelta = timedelta()) -> list[int]:
    at = stage.now + later
    return queries.due(stage.session, kind, settings=stage.settings, now=at, real_now=at)


def run(stage: Stage, kind: Kind, *, later: timedelta = timedelta()) -> int:
    at = stage.now + later
    done = actions.run(
        stage.session, kind, settings=stage.settings, actor=VISITOR, now=at, real_now=at
    )
    stage.session.flush()
    return done


def decided(stage: Stage) -> Challenge:
    """Return a challenge with reviews, letters and a pilot, as if it were completed."""
    found = (
        select(Challenge)
        .join(Pilot, Pilot.challenge_id == Challenge.id)
        .join(Application, Application.challenge_id == Challenge.id)
        .join(Review, Review.application_id == Application.id)
        .join(Letter, Letter.application_id == Application.id)
    )
    challenge = stage.session.scalars(found).first()
    assert challenge is not None
    challenge.state = ChallengeState.COMPLETED.value
    stage.session.flush()
    return challenge


def applications(stage: Stage, challenge: Challenge) -> list[Application]:
    found = select(Application).where(Application.challenge_id == challenge.id)
    return list(stage.session.scalars(found))


def everything(stage: Stage) -> str:
    """Return all that the database says."""
    return "\n".join(
        str(row)
        for table in Base.metadata.sorted_tables
        for row in stage.session.execute(select(table)).all()
    )


def words_of(stage: Stage, challenge: Challenge) -> set[str]:
    """Return long words that only applications, letters, reviews and messages of a case say."""
    ids = [one.id for one in applications(stage, challenge)]
    session = stage.session
    answers = session.scalars(select(Version.answers).where(Version.application_id.in_(ids)))
    said = {str(value) for one in answers for value in one.values() if isinstance(value, str)}
    letters = select(Letter.body).where(Letter.application_id.in_(ids))
    comments = select(Score.comment).join(Review).where(Review.application_id.in_(ids))
    said |= set(session.scalars(letters)) | set(session.scalars(comments))
    return {one for one in said if len(one) > 60}


def test_a_case_is_kept_for_the_time_of_its_programme_and_not_a_day_longer(stage: Stage) -> None:
    challenge = decided(stage)
    assert challenge.id not in due(stage, Kind.CASES)
    (case,) = queries.cases(stage.session, [challenge.id])
    assert case.until is not None
    assert case.years == 3
    last = stage.session.scalars(
        select(func.max(Decision.released_at)).where(Decision.challenge_id == challenge.id)
    ).one()
    assert last is not None
    ended = [
        one
        for pilot in stage.session.scalars(select(Pilot).where(Pilot.challenge_id == challenge.id))
        for one in (pilot.stopped_at, pilot.outcome_at)
        if one is not None
    ]
    counted = max([last, *ended]).date()
    assert case.until == counted.replace(year=counted.year + 3)
    day = timedelta(days=(case.until - stage.now.date()).days)
    assert challenge.id not in due(stage, Kind.CASES, later=day)
    assert challenge.id in due(stage, Kind.CASES, later=day + timedelta(days=1))


def test_a_case_that_goes_on_is_kept_however_old_its_award_is(stage: Stage) -> None:
    challenge = decided(stage)
    challenge.state = ChallengeState.PILOTING.value
    stage.session.flush()
    assert challenge.id not in due(stage, Kind.CASES, later=3 * YEARS)


def test_of_an_old_case_only_what_was_published_and_counted_is_left(stage: Stage) -> None:
    challenge = decided(stage)
    own = applications(stage, challenge)
    ids = [one.id for one in own]
    words = words_of(stage, challenge)
    assert len(words) > 10
    run_one(stage, challenge)
    left = everything(stage)
    assert [one for one in words if one in left or repr(one)[1:-1] in left] == []
    session = stage.session
    for table in (Version, Review, Letter, Access):
        found = select(func.count()).where(table.application_id.in_(ids))
        assert session.execute(found).scalar_one() == 0, table
    files = select(StoredFile).where(
        StoredFile.owner_kind == "application",
        StoredFile.owner_id.in_(ids),
        StoredFile.removed_at.is_(None),
    )
    assert session.scalars(files).all() == []
    assert len(applications(stage, challenge)) == len(ids)
    assert session.scalars(select(Pilot).where(Pilot.challenge_id == challenge.id)).first()
    assert due(stage, Kind.CASES, later=3 * YEARS).count(challenge.id) == 0


def run_one(stage: Stage, challenge: Challenge) -> None:
    actions.empty_case(stage.session, challenge, actor=VISITOR, now=stage.now, real_now=stage.now)
    stage.session.flush()


def test_a_question_back_about_a_letter_goes_with_its_case(stage: Stage) -> None:
    challenge, session = decided(stage), stage.session
    ids = [one.id for one in applications(stage, challenge)]
    letter = session.scalars(select(Letter).where(Letter.application_id.in_(ids))).first()
    assert letter is not None
    asked = write(
        session, ABOUT_LETTER, letter.id, "Quillback: why so few points for the team?",
        side=Side.FIRM, actor=stage.actor("bo"), now=stage.now, real_now=stage.now,
    ).id  # fmt: skip
    run_one(stage, challenge)
    assert session.scalars(select(Message).where(Message.id == asked)).first() is None


def test_nobody_sees_an_emptied_application_and_the_journal_stays_whole(stage: Stage) -> None:
    challenge = decided(stage)
    ids = [one.id for one in applications(stage, challenge)]
    run_one(stage, challenge)
    commit(stage.session)
    for key in ("bo", "astrid", "eva", "jens", "finn"):
        actor = stage.actor(key)
        seen = select(Application.id).where(visible_to(actor), Application.id.in_(ids))
        assert stage.session.scalars(seen).all() == []
        assert {how(actor, one) for one in applications(stage, challenge)} == {None}
    emptied = select(JournalRow.subject_id).where(JournalRow.event == "ApplicationEmptied")
    assert set(stage.session.scalars(emptied)) >= set(ids)
    assert verify(stage.session).bad_id is None


def test_other_cases_keep_every_row(stage: Stage) -> None:
    challenge = decided(stage)
    others = (
        select(func.count())
        .select_from(Version)
        .join(Application)
        .where(Application.challenge_id != challenge.id)
    )
    messages = select(func.count()).select_from(Message)
    before = stage.session.execute(others).scalar_one()
    assert before > 0
    said = stage.session.execute(messages).scalar_one()
    run_one(stage, challenge)
    assert stage.session.execute(others).scalar_one() == before
    assert stage.session.execute(messages).scalar_one() <= said


def test_a_draft_is_emptied_half_a_year_after_the_deadline(stage: Stage) -> None:
    found = (
        select(Application)
        .join(Challenge)
        .where(Application.state == State.DRAFT, Challenge.closes.is_not(None))
    )
    draft = stage.session.scalars(found).first()
    assert draft is not None
    assert draft.challenge.closes is not None
    draft.answers = {"solution": "what nobody ever sent"}
    stage.session.flush()
    over = draft.challenge.closes - stage.now + timedelta(days=180)
    assert draft.id not in due(stage, Kind.DRAFTS, later=over)
    assert draft.id in due(stage, Kind.DRAFTS, later=over + timedelta(seconds=1))
    run(stage, Kind.DRAFTS, later=over + timedelta(seconds=1))
    stage.session.refresh(draft)
    assert (draft.answers, draft.title) == ({}, "")
    assert draft.emptied_at is not None
    assert "what nobody ever sent" not in everything(stage)


def tell(stage: Stage) -> None:
    """Have Bo told of three things, by mail and in the inbox, all sent and read now."""
    bo = stage.person("bo")
    for number in range(3):
        notice = Notice(
            key=f"told:{number}", mail="privacy/erasure_taken_back", address=bo.email, lang="en",
            person_id=bo.id, links={"link": "/"}, topic="requests", path="/account",
        )  # fmt: skip
        deliver(stage.session, notice, settings=stage.settings, now=stage.now)
    stage.session.execute(update(Mail).values(sent_at=stage.now))
    stage.session.execute(update(InboxItem).values(read_at=stage.now))


@pytest.mark.parametrize(("kind", "days"), [(Kind.MAILS, 90), (Kind.INBOX, 730)])
def test_mails_and_inbox_go_when_their_time_is_over(stage: Stage, kind: Kind, days: int) -> None:
    session = stage.session
    tell(stage)
    assert due(stage, kind, later=timedelta(days=days)) == []
    late = timedelta(days=days, seconds=1)
    number = len(due(stage, kind, later=late))
    assert number > 0
    done = 0
    while one := run(stage, kind, later=late):
        done += one
    assert done == number
    assert due(stage, kind, later=late) == []
    if kind is Kind.MAILS:
        assert set(session.scalars(select(Mail.address))) == {""}
        assert set(session.scalars(select(Mail.body))) == {""}
    else:
        assert session.scalars(select(InboxItem)).all() == []


def test_the_address_of_an_invitation_goes_and_who_accepted_it_stays(stage: Stage) -> None:
    person = stage.person("bo")
    invitation = Invitation(
        public_id="invited", address="x@example.org", role="lead", object_kind="firm", object_id=1,
        lang="en", invited_by=person.id, created_at=stage.now, expires_at=stage.now,
        accepted_at=stage.now, accepted_by=person.id,
    )  # fmt: skip
    stage.session.add(invitation)
    stage.session.flush()
    run(stage, Kind.INVITATIONS, later=timedelta(days=181))
    stage.session.refresh(invitation)
    assert (invitation.address, invitation.accepted_by) == ("", person.id)


def test_looking_deletes_nothing_and_a_run_is_written_down(stage: Stage) -> None:
    tell(stage)
    late = timedelta(days=91)
    before = everything(stage)
    for kind in Kind:
        due(stage, kind, later=late)
    assert everything(stage) == before
    number = run(stage, Kind.MAILS, later=late)
    (row,) = stage.session.scalars(select(RetentionRun)).all()
    assert (row.kind, row.number, row.by) == ("mails", number, None)


def test_what_is_switched_off_is_kept(stage: Stage) -> None:
    never = replace(stage.settings, keep_idle_accounts_days=0)
    late = stage.now + timedelta(days=4000)
    found = queries.due(stage.session, Kind.ACCOUNTS, settings=never, now=late, real_now=late)
    assert found == []
    assert due(stage, Kind.ACCOUNTS, later=timedelta(days=4000)) != []


def test_who_works_for_a_programme_is_never_too_long_away(stage: Stage) -> None:
    idle = due(stage, Kind.ACCOUNTS, later=timedelta(days=4000))
    assert stage.person("bo").id in idle
    assert not {stage.person(key).id for key in ("eva", "kim", "astrid")} & set(idle)
