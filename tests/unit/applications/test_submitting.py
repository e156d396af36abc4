"""A submission is a version with a receipt; the last one counts, until the deadline."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from govmatch.applications import actions, call, queries
from govmatch.applications.actions.submitting import copies_of
from govmatch.applications.models import Application, State, Version
from govmatch.applications.receipt_text import receipt_text
from govmatch.applications.receipts import Finding, verify
from govmatch.files.queries import of_owner
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, Invalid, NotAllowed, TooMany
from govmatch.kit.ids import digest
from govmatch.kit.journal import JournalRow
from govmatch.kit.journal import verify as verify_journal
from govmatch.kit.signing import Signer
from govmatch.questionnaires import load
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
from tests.web.applications.world import SHORT, World, fill

SECOND = timedelta(seconds=1)
SIGNER = Signer("a secret key for tests, long enough")


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def rows(session: Session) -> list[JournalRow]:
    commit(session)
    return session.query(JournalRow).order_by(JournalRow.id).all()


def test_a_submission_is_kept_as_it_was_with_its_hash(session: Session, world: World) -> None:
    application = submitted(session, world)
    (version,) = queries.versions(session, application)
    assert (application.state, application.current_version) == (State.SUBMITTED, 1)
    assert application.submitted_at == NOW
    assert (version.number, version.by, version.at) == (1, world.bo.id, NOW)
    assert version.answers == application.answers
    assert len(version.content_hash) == 64
    assert version.gates[0] == {"kind": "country", "wanted": ["EEA"], "met": "yes"}


def test_the_journal_holds_ids_and_the_salted_hash_and_no_word(
    session: Session, world: World
) -> None:
    application = submitted(session, world)
    (version,) = queries.versions(session, application)
    (row,) = [row for row in rows(session) if row.event == "ApplicationSubmitted"]
    assert row.data == {
        "number": 1,
        "content_hash": version.content_hash,
        "to_person": True,
        "copies": [],
    }
    again = submitted(session, world, "dieter", "weser")
    other = queries.get_version(session, again, 1)
    assert other.answers == version.answers
    assert other.content_hash != version.content_hash
    commit(session)
    assert verify_journal(session).bad_id is None


def test_what_is_missing_or_wrong_keeps_it_from_being_submitted(
    session: Session, world: World
) -> None:
    application = begun(session, world)
    fields = {"q-solution": "word " * 21, "q-days": "some"}
    save(session, application, "idea", sent(fields), who=world.bo)
    with pytest.raises(Invalid) as invalid:
        submit(session, application, world.bo)
    assert set(invalid.value.errors) == {"q-solution", "q-days", "q-skills", "q-honest"}
    assert (application.state, queries.versions(session, application)) == (State.DRAFT, [])


def test_an_answer_beyond_the_programmes_limit_is_not_submitted(
    session: Session, world: World
) -> None:
    world.programmes["long"].limits = {"answer_characters": 20}
    application = begun(session, world)
    complete(session, application, world.bo)
    with pytest.raises(Invalid) as invalid:
        submit(session, application, world.bo)
    assert set(invalid.value.errors) == {"q-solution"}


def test_the_deadline_holds_to_the_second(session: Session, world: World) -> None:
    application = begun(session, world)
    complete(session, application, world.bo)
    closes = application.challenge.closes
    assert closes is not None
    submit(session, application, world.bo, now=closes - SECOND)
    save(
        session, application, "team", sent({"q-skills": "More"}, revision=1),
        who=world.bo, now=closes - SECOND,
    )  # fmt: skip
    for late in (closes, closes + SECOND):
        with pytest.raises(NotAllowed, match="deadline"):
            submit(session, application, world.bo, now=late)
    assert application.answers["skills"] == "More"
    assert application.current_version == 1


def test_each_change_can_be_submitted_again_and_the_last_counts(
    session: Session, world: World
) -> None:
    application = submitted(session, world)
    change = sent({"q-skills": "Optics and law"}, revision=1)
    save(session, application, "team", change, who=world.carla)
    second = submit(session, application, world.carla, now=NOW + MINUTE)
    assert (second.number, application.current_version) == (2, 2)
    numbers = [v.number for v in queries.versions(session, application)]
    assert numbers == [2, 1]
    assert queries.get_version(session, application, 1).answers["skills"] == "Optics"


def test_the_same_answers_are_not_submitted_twice(session: Session, world: World) -> None:
    application = submitted(session, world)
    first = queries.get_version(session, application, 1)
    assert submit(session, application, world.carla) is first
    assert len(queries.versions(session, application)) == 1


def test_a_hard_gate_stops_a_submission_until_the_profile_is_right(
    session: Session, world: World
) -> None:
    world.firms["nordlys"].country = "US"
    application = begun(session, world)
    complete(session, application, world.bo)
    with pytest.raises(NotAllowed, match="country or size"):
        submit(session, application, world.bo)
    world.firms["nordlys"].country = "DK"
    assert submit(session, application, world.bo).number == 1


def test_submissions_of_a_firm_to_one_challenge_are_limited_within_an_hour(
    session: Session, world: World
) -> None:
    world.programmes["long"].limits = {"submissions_per_hour": 2}
    application = submitted(session, world)

    def change(text: str, revision: int, **more: Any) -> Version:
        what = sent({"q-skills": text}, revision=revision)
        save(session, application, "team", what, who=world.bo)
        return submit(session, application, world.bo, **more)

    change("two", 1)
    with pytest.raises(TooMany):
        change("three", 2)
    submitted(session, world, "dieter", "weser")
    assert change("four", 3, real_now=NOW + timedelta(hours=1)).number == 3


# Withdrawal


def test_a_withdrawn_application_can_be_submitted_again_until_the_deadline(
    session: Session, world: World
) -> None:
    application = submitted(session, world)
    actions.withdraw(session, application, actor=acting(session, world.carla), now=NOW)
    assert (application.state, application.withdrawn_at) == (State.WITHDRAWN, NOW)
    again = submit(session, application, world.bo, now=NOW + MINUTE)
    assert (again.number, application.state, application.withdrawn_at) == (
        2,
        State.SUBMITTED,
        None,
    )
    events = [row.event for row in rows(session)]
    assert events == [
        "DraftStarted", "ApplicationSubmitted", "ApplicationWithdrawn", "ApplicationSubmitted",
    ]  # fmt: skip


def test_a_withdrawal_after_the_deadline_is_for_good(session: Session, world: World) -> None:
    application = submitted(session, world)
    closes = application.challenge.closes
    assert closes is not None
    actions.withdraw(session, application, actor=acting(session, world.bo), now=closes)
    (row,) = [row for row in rows(session) if row.event == "ApplicationWithdrawn"]
    assert row.data == {"number": 1, "is_final": True}
    with pytest.raises(NotAllowed):
        submit(session, application, world.bo, now=closes + SECOND)
    with pytest.raises(NotAllowed):
        actions.withdraw(session, application, actor=acting(session, world.bo), now=closes)
    assert len(queries.versions(session, application)) == 1


def test_another_firm_withdraws_nothing(session: Session, world: World) -> None:
    application = submitted(session, world)
    with pytest.raises(NotAllowed):
        actions.withdraw(session, application, actor=acting(session, world.dieter), now=NOW)
    assert application.state == State.SUBMITTED


# Receipts


def text_of(session: Session, application: Application, number: int = 1) -> str:
    return receipt_text(
        session,
        application,
        queries.get_version(session, application, number),
        lang="en",
        site_name="govmatch",
        signer=SIGNER,
    )


def test_the_receipt_proves_itself_and_names_every_file(
    session: Session, world: World, tmp_path: Path
) -> None:
    application = begun(session, world)
    complete(session, application, world.bo)
    papers = sent({"q-skills": "Optics"}, revision=1, files={"q-papers": b"a plan"})
    save(session, application, "team", papers, who=world.bo, folder=tmp_path)
    version = submit(session, application, world.bo)
    text = text_of(session, application)
    verdict = verify(text, SIGNER)
    assert verdict.finding is Finding.GENUINE
    assert verdict.facts is not None
    assert verdict.facts.sha256 == version.content_hash
    assert digest(b"a plan") in text.split("content: ")[1]
    assert "Nordlys" in text
    assert verify(text.replace("Optics", "Optik"), SIGNER).finding is Finding.ALTERED


def test_an_old_receipt_stays_right_whatever_happens_later(
    session: Session, world: World, tmp_path: Path
) -> None:
    application = begun(session, world)
    complete(session, application, world.bo)
    papers = sent({"q-skills": "Optics"}, revision=1, files={"q-papers": b"a plan"})
    save(session, application, "team", papers, who=world.bo, folder=tmp_path)
    submit(session, application, world.bo)
    (file,) = of_owner(session, "application", application.id)
    gone = sent({"q-skills": "x", "remove-papers": file.public_id}, revision=2)
    save(session, application, "team", gone, who=world.bo, folder=tmp_path)
    world.programmes["long"].form = SHORT
    actions.withdraw(session, application, actor=acting(session, world.bo), now=NOW)
    session.flush()
    session.expire_all()
    assert verify(text_of(session, application), SIGNER).finding is Finding.GENUINE


# One section: made, submitted and receipted by one act


def apply(
    session: Session, world: World, fields: dict[str, str], *, who: str = "bo", **more: Any
) -> actions.Outcome:
    actor = acting(session, world.people[who])
    challenge = more.pop("challenge", world.challenges["short"])
    section = load(SHORT).sections[0]
    return actions.apply(
        session,
        challenge,
        world.firms["weser" if who == "dieter" else "nordlys"],
        section,
        sent(fields, page=more.pop("page", "p1")),
        written_in="en",
        lang="en",
        settings=Settings(),
        held=queries.every_role(session, actor, real_now=NOW),
        actor=actor,
        now=NOW,
        **{"real_now": NOW, **more},
    )


def test_a_short_form_becomes_an_application_and_a_version_at_once(
    session: Session, world: World
) -> None:
    outcome = apply(session, world, {"q-title": "Probe", "q-price": "12,500"})
    assert outcome.version is not None
    assert outcome.version.answers == {
        "title": "Probe",
        "price": {"amount": "12500.00", "currency": "DKK"},
    }
    assert (outcome.application.state, outcome.application.title) == (State.SUBMITTED, "Probe")
    assert [row.event for row in rows(session)] == ["ApplicationSubmitted"]


def test_a_short_form_with_mistakes_says_which(session: Session, world: World) -> None:
    outcome = apply(session, world, {"q-title": "", "q-price": "cheap"})
    assert outcome.version is None
    assert set(outcome.errors) == {"q-title", "q-price"}


def test_where_several_are_allowed_each_form_is_an_application(
    session: Session, world: World
) -> None:
    first, second = (apply(session, world, {"q-title": t}) for t in ("one", "two"))
    assert first.application.id != second.application.id
    assert session.query(Application).count() == 2


def test_where_one_is_allowed_a_second_form_of_the_same_person_is_a_new_version(
    session: Session, world: World
) -> None:
    world.programmes["short"].rules = {}
    first = apply(session, world, {"q-title": "one"})
    second = apply(session, world, {"q-title": "two"})
    assert second.application is first.application
    assert second.version is not None
    assert second.version.number == 2


def test_a_short_form_never_replaces_what_a_colleague_wrote(session: Session, world: World) -> None:
    world.programmes["short"].rules = {}
    first = apply(session, world, {"q-title": "Bo's"})
    with pytest.raises(Conflict):
        apply(session, world, {"q-title": "Carla's"}, who="carla", page="c")
    assert first.application.answers == {"title": "Bo's"}


# Mails


def test_a_copy_goes_to_each_address_that_asks_for_one_but_once(
    session: Session, world: World
) -> None:
    outcome = apply(session, world, {"q-title": "x", "q-contact": "copy@example.org"})
    assert outcome.version is not None
    assert copies_of(load(SHORT), outcome.version.answers) == {"contact": "copy@example.org"}
    own = apply(session, world, {"q-title": "y", "q-contact": "BO@example.org"})
    assert own.version is not None
    data = [row.data for row in rows(session)]
    assert [(d["to_person"], d["copies"]) for d in data] == [(True, ["contact"]), (True, [])]


def test_beyond_the_limit_an_address_gets_no_more_mail_and_the_submission_stands(
    session: Session, world: World
) -> None:
    for number in range(7):
        outcome = apply(session, world, {"q-title": str(number), "q-contact": "c@example.org"})
        assert outcome.version is not None
    data = [row.data for row in rows(session)]
    assert [d["to_person"] for d in data] == [True] * 5 + [False] * 2
    assert [bool(d["copies"]) for d in data] == [True] * 5 + [False] * 2
    world.programmes["short"].limits = {"mails_per_hour": 9}
    apply(session, world, {"q-title": "again", "q-contact": "c@example.org"})
    assert rows(session)[-1].data["to_person"] is True


def test_a_version_holds_what_is_asked_and_the_draft_the_rest(
    session: Session, world: World
) -> None:
    world.challenges["long"].questions = [
        {
            "id": "stage",
            "type": "choice",
            "label": {"en": "How far is it?"},
            "options": [
                {"value": "idea", "label": {"en": "An idea"}},
                {"value": "in-use", "label": {"en": "In use"}},
            ],
        },
        {
            "id": "users",
            "type": "text",
            "label": {"en": "Who uses it?"},
            "required": True,
            "when": {"question": "stage", "is": ["in-use"]},
        },
    ]
    application = begun(session, world)
    complete(session, application, world.bo)
    fields = {"q-stage": "in-use", "q-users": "Two towns"}
    own = call.form(application.challenge).sections[-1].id
    save(session, application, own, sent(fields), who=world.bo)
    save(session, application, own, sent({**fields, "q-stage": "idea"}), who=world.bo)
    first = submit(session, application, world.bo)
    assert application.answers["users"] == "Two towns"
    assert "users" not in first.answers
    assert first.answers["stage"] == "idea"

    # What is not asked may change without a new version; once it is asked it counts.
    unasked = {"q-stage": "idea", "q-users": "Three towns"}
    save(session, application, own, sent(unasked), who=world.bo)
    assert submit(session, application, world.bo) is first
    save(session, application, own, sent({**unasked, "q-stage": "in-use"}), who=world.bo)
    assert submit(session, application, world.bo).answers["users"] == "Three towns"
