"""Who learns of an application by mail and by search: its firm, and an address it named."""

import pytest

from govmatch.applications import actions, index_entries, notices, queries
from govmatch.applications.actions import access, messaging
from govmatch.applications.models import How, LateCode
from govmatch.applications.personal import erase, export
from govmatch.kit.actor import VISITOR
from govmatch.kit.background import Background
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import NotAllowed
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.kit.signing import Signer
from govmatch.notifications.actions import written
from govmatch.settings import Settings, shipped
from tests.unit.applications.acting import NOW, acting, begun, save, sent, submitted
from tests.unit.applications.test_submitting import apply
from tests.web.applications.world import World, fill

BACKGROUND = Background(
    Settings(base_url="https://govmatch.example", templates_dir=Settings().templates_dir),
    Signer("x" * 40),
    NOW,
    NOW,
)


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def told(session: Session) -> list[Notice]:
    commit(session)
    found: list[Notice] = []
    for row in session.query(JournalRow).order_by(JournalRow.id).all():
        if row.event in notices.NOTICES:
            found += notices.NOTICES[row.event](BACKGROUND, session, row)
    return found


def test_the_sender_and_the_address_in_the_form_are_told(session: Session, world: World) -> None:
    outcome = apply(session, world, {"q-title": "Probe", "q-contact": "copy@example.org"})
    version = outcome.version
    assert version is not None
    first, copy = told(session)
    assert (first.mail, first.address, first.person_id) == (
        "applications/receipt",
        "bo@example.org",
        world.bo.id,
    )
    assert (copy.mail, copy.address, copy.person_id) == (
        "applications/receipt_copy",
        "copy@example.org",
        None,
    )
    path = f"/applications/{outcome.application.public_id}/receipts/1"
    links = {"link": path, "verify": "/receipts/verify"}
    assert (dict(first.links), dict(copy.links)) == (links, {})
    assert (first.values["files"], list(first.lines)) == (0, [])
    for notice in (first, copy):
        assert notice.values["challenge"] == "Challenge short"
        assert notice.values["hash"] == version.content_hash
        assert notice.values["number"] == 1


def test_telling_twice_is_the_same_mail(session: Session, world: World) -> None:
    apply(session, world, {"q-title": "Probe", "q-contact": "copy@example.org"})
    apply(session, world, {"q-title": "Other", "q-contact": "copy@example.org"})
    keys = [notice.key for notice in told(session)]
    assert keys == [notice.key for notice in told(session)]
    assert len(set(keys)) == 4


def test_the_copy_names_no_person_no_firm_and_no_answer(session: Session, world: World) -> None:
    world.firms["nordlys"].name = "Click http://evil.example"
    fields = {"q-title": "see https://evil.example now", "q-contact": "victim@example.org"}
    apply(session, world, fields)
    _, copy = told(session)
    said = " ".join(str(value) for value in copy.values.values())
    assert "evil" not in said
    assert "Bo" not in said.split()


@pytest.mark.parametrize("lang", ["de", "da", "en"])
@pytest.mark.parametrize("mail", ["applications/receipt", "applications/receipt_copy"])
def test_each_mail_is_whole_in_each_language(lang: str, mail: str, tmp_path: object) -> None:
    settings = Settings(base_url="https://govmatch.example", templates_dir=shipped("templates"))
    notice = Notice(
        key="k", mail=mail, address="a@example.org", lang=lang,  # type: ignore[arg-type]
        values={
            "challenge": "A challenge\r\nBcc: x@evil.example", "at": "now", "reference": "A-1",
            "number": 2, "receipt": "abc", "hash": "0f0f", "files": 1,
        },
        lines=["hash-of-a-file"],
        links={"link": "/applications/x/receipts/2", "verify": "/receipts/verify"},
    )  # fmt: skip
    subject, body = written(notice, settings)
    assert "\n" not in subject
    for value in ("A-1", "abc", "0f0f", "now"):
        assert value in body
    for only_for_the_sender in ("/applications/x/receipts/2", "- hash-of-a-file"):
        assert (only_for_the_sender in body) is (mail == "applications/receipt")


def test_somebody_who_left_gets_no_mail(session: Session, world: World) -> None:
    apply(session, world, {"q-title": "Probe"})
    world.bo.disabled_at = NOW
    assert told(session) == []


# The index


def entries(session: Session, application_id: int) -> list[tuple[str, str, frozenset[str]]]:
    session.flush()
    found = index_entries.entries(BACKGROUND, session, application_id)
    return [(entry.title, entry.text, entry.audience) for entry in found]


def test_a_submitted_application_is_found_by_its_firm_alone(session: Session, world: World) -> None:
    application = submitted(session, world)
    firm = world.firms["nordlys"]
    ((title, text, audience),) = entries(session, application.id)
    assert title == "Scan the label and look it up"
    assert "Optics" in text
    assert application.reference in text
    assert audience == {f"{role}@firm:{firm.id}" for role in ("lead", "member", "reader")}
    (entry,) = index_entries.entries(BACKGROUND, session, application.id)
    assert (entry.id, entry.lang, entry.kind) == (str(application.id), "en", "application")
    assert entry.url == f"/applications/{application.public_id}"
    assert "Herausforderung long" in entry.labels


def test_what_is_found_is_what_was_submitted_and_not_the_draft(
    session: Session, world: World
) -> None:
    application = submitted(session, world)
    change = sent({"q-skills": "secret thoughts"}, revision=1)
    save(session, application, "team", change, who=world.bo)
    ((_, text, _),) = entries(session, application.id)
    assert "secret thoughts" not in text


def test_drafts_and_withdrawn_applications_are_not_in_the_index(
    session: Session, world: World
) -> None:
    draft = begun(session, world)
    assert entries(session, draft.id) == []
    other = submitted(session, world, "dieter", "weser")
    assert list(index_entries.ids(BACKGROUND, session)) == [other.id]
    actions.withdraw(session, other, actor=acting(session, world.dieter), now=NOW)
    assert entries(session, other.id) == []
    assert list(index_entries.ids(BACKGROUND, session)) == []


def test_a_hit_is_shown_to_the_firm_alone(session: Session, world: World) -> None:
    application = submitted(session, world)
    draft = begun(session, world, "dieter", "weser")
    session.flush()
    ids = [application.id, draft.id]
    for name, person in world.people.items():
        seen = queries.visible_among(session, ids, actor=acting(session, person), now=NOW)
        assert seen == ({application.id} if name in {"bo", "carla"} else set()), name


# One person's share


NOTHING: dict[str, object] = {
    "late_codes": [],
    "partners": [],
    "could_read": {},
    "copies_without_names": {},
    "issued_codes": {},
    "trade_secrets": {},
}


def test_a_person_takes_along_what_they_began_and_submitted(session: Session, world: World) -> None:
    application = submitted(session, world)
    version = queries.get_version(session, application, 1)
    assert export(session, world.bo.id) == {
        "applications": [
            {
                "reference": application.reference,
                "began": True,
                "created_at": NOW.isoformat(),
                "sections_saved_last": [
                    {"section": name, "at": NOW.isoformat()} for name in ("consent", "idea", "team")
                ],
                "confirmed_after_changes": [],
                "submitted": [
                    {"version": 1, "at": NOW.isoformat(), "sha256": version.content_hash}
                ],
            }
        ],
        **NOTHING,
    }
    assert export(session, world.carla.id) == {"applications": [], **NOTHING}


def test_erasing_takes_the_address_out_of_the_draft_and_leaves_what_was_received(
    session: Session, world: World
) -> None:
    outcome = apply(session, world, {"q-title": "Probe", "q-contact": "Bo@example.org"})
    application = outcome.application
    erase(session, world.bo.id, now=NOW)
    assert application.answers == {"title": "Probe"}
    version = queries.get_version(session, application, 1)
    assert version.answers["contact"] == "Bo@example.org"
    erase(session, world.bo.id, now=NOW)
    assert application.answers == {"title": "Probe"}


def test_a_late_code_is_exported_and_forgets_its_address(session: Session, world: World) -> None:
    code = LateCode(
        public_id="codecodecode", challenge_id=world.challenges["long"].id,
        address="bo@example.org", code_digest="d" * 64, lang="en", reason="A reason",
        issued_by=world.eva.id, issued_at=NOW, expires_at=NOW,
    )  # fmt: skip
    session.add(code)
    session.flush()
    assert export(session, world.bo.id)["late_codes"] == [
        {"issued_at": NOW.isoformat(), "expires_at": NOW.isoformat(), "used_at": None}
    ]
    assert export(session, world.carla.id)["late_codes"] == []
    erase(session, world.bo.id, now=NOW)
    assert (code.address, code.reason) == ("", "A reason")


def test_a_message_from_the_authority_is_told_to_the_firms_members_without_its_words(
    session: Session, world: World
) -> None:
    application = submitted(session, world)
    application.challenge.opened_at = NOW
    for who, text in ((world.eva, "You are selected, quokka"), (world.bo, "Thanks")):
        actor = acting(session, who)
        messaging.write(session, application, text, actor=actor, now=NOW, real_now=NOW)
    found = [notice for notice in told(session) if notice.mail == "applications/message"]
    assert {notice.address for notice in found} == {"bo@example.org", "carla@example.org"}
    for notice in found:
        assert (notice.topic, notice.path) == (
            "messages",
            f"/applications/{application.public_id}/messages",
        )
        assert "quokka" not in repr(notice)


@pytest.mark.parametrize("who", ["astrid", "eva", "bo", "carla"])
def test_both_sides_write_from_the_opening_on(session: Session, world: World, who: str) -> None:
    application = submitted(session, world)
    actor = acting(session, world.people[who])
    with pytest.raises(NotAllowed):
        messaging.write(session, application, "Hello", actor=actor, now=NOW, real_now=NOW)
    application.challenge.opened_at = NOW
    message = messaging.write(session, application, "Hello", actor=actor, now=NOW, real_now=NOW)
    assert message.side == ("firm" if who in {"bo", "carla"} else "authority")


@pytest.mark.parametrize("who", ["dieter", "gro", "finn", "ida", "jens", "kim"])
def test_nobody_else_writes(session: Session, world: World, who: str) -> None:
    application = submitted(session, world)
    application.challenge.opened_at = NOW
    person = world.people[who]
    access.grant(
        session, application, person.id, how=How.FULL, why="review", actor=VISITOR, now=NOW
    )
    actor = acting(session, person)
    with pytest.raises(NotAllowed):
        messaging.write(session, application, "Hello", actor=actor, now=NOW, real_now=NOW)


def test_a_conflict_of_interest_ends_writing(session: Session, world: World) -> None:
    application = submitted(session, world)
    application.challenge.opened_at = NOW
    eva = acting(session, world.eva)
    access.close(session, application, world.eva.id, why="conflict", actor=eva, now=NOW)
    with pytest.raises(NotAllowed):
        messaging.write(session, application, "Hello", actor=eva, now=NOW, real_now=NOW)
