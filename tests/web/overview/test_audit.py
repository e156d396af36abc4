"""A case as auditors read it: everything, in order, checked; applications only once opened."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from govmatch.accounts.models import Role
from govmatch.applications.events import ApplicationSubmitted
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.challenges.statement import Words
from govmatch.kit import journal
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.kit.journal import Event, JournalRow
from govmatch.organisations.models import Firm
from tests.site import text_of
from tests.web.challenges.desk_world import Desk


def case(slug: str) -> str:
    return f"/audit/challenges/{slug}"


def test_a_case_is_found_by_its_title_and_its_short_name(desk: Desk) -> None:
    slug = desk.draft()
    other = desk.published(words={"en": Words(title="Other thing", summary="x", body="x")})
    jens = desk.as_("jens")
    for query in ("label", slug, "mærket"):
        page = jens.get(f"/audit?q={query}").text
        assert case(slug) in page
        assert case(other) not in page
    assert "2 cases" in text_of(jens.get("/audit").text)
    assert "No case was found" in text_of(jens.get("/audit?q=zyzzyva").text)
    part = jens.get("/audit?q=label", **{"hx-request": "true"}).text
    assert part.strip() in jens.get("/audit?q=label").text


def test_a_case_is_told_in_order_with_who_did_what(desk: Desk) -> None:
    slug = desk.published()
    desk.as_("eva").post(f"/desk/challenges/{slug}/cancel", {"reason-en": "No money"})
    page = text_of(desk.as_("jens").get(case(slug)).text).split("Check")[1]
    places = [
        page.index(words)
        for words in ("Draft begun", "Submitted for approval", "Approved", "Published", "Cancelled")
    ]
    assert places == sorted(places)
    assert "Hanne" in page[places[2] : places[3]]
    assert "Eva" in page[places[4] :]


def test_the_jury_of_a_case_is_part_of_it_and_that_of_others_is_not(desk: Desk) -> None:
    slug = desk.published()
    other = desk.published(words={"en": Words(title="Other thing", summary="x", body="x")})
    desk.give("gro", Role.REVIEWER, "challenge", slug)
    desk.give("bo", Role.REVIEWER, "challenge", other)
    desk.give("gro", Role.CHAIR, "challenge", other)
    desk.give("gro", Role.AUDITOR, "site", "")
    sent = {"email": "lise@example.org", "role": "chair", "lang": "en"}
    desk.as_("eva").post(f"/desk/challenges/{slug}/people", sent)
    page = text_of(desk.as_("jens").get(case(slug)).text)
    assert page.count("Role given to Gro") == 1
    assert "Role given to Gro: Reviewer" in page
    assert "Invitation sent: Jury chair" in page
    assert "Bo" not in page
    assert "lise@example.org" not in page


def test_every_row_shows_its_hash_and_that_it_is_whole(desk: Desk) -> None:
    slug = desk.published()
    with desk.site.database.reading() as session:
        hashes = [
            row.hash
            for row in session.query(JournalRow).filter(JournalRow.subject_kind == "challenge")
        ]
    html = desk.as_("jens").get(case(slug)).text
    for one in hashes:
        assert f"<code>{one[:12]}</code>" in html
        assert f"<code>{one}</code>" in html
    assert "Every entry on this page is as it was written" in text_of(html)


@pytest.mark.security(29)
@pytest.mark.parametrize("column", ["data", "at", "actor_id", "event"])
def test_a_row_that_was_changed_is_named(desk: Desk, column: str) -> None:
    slug = desk.published()
    values = {
        "data": {"from_file": True},
        "at": desk.now + timedelta(days=1),
        "actor_id": desk.people["ida"].id,
        "event": "ChallengeReturned",
    }

    def tamper(session: Session) -> None:
        session.execute(
            update(JournalRow)
            .where(JournalRow.event == "ChallengeApproved")
            .values(**{column: values[column]})
        )

    desk.change(tamper)
    html = desk.as_("jens").get(case(slug)).text
    assert "1 entry does not fit the chain" in text_of(html)
    assert html.count("kern-badge--danger") == 1


def test_a_row_that_was_taken_out_shows_in_the_one_after_it(desk: Desk) -> None:
    slug = desk.published()

    def tamper(session: Session) -> None:
        session.query(JournalRow).filter(JournalRow.event == "ChallengeSubmitted").delete()

    desk.change(tamper)
    assert "1 entry does not fit the chain" in text_of(desk.as_("jens").get(case(slug)).text)


@pytest.mark.security(1)
def test_an_auditor_of_a_programme_or_an_authority_opens_only_its_cases(desk: Desk) -> None:
    slug = desk.draft(words={"en": Words(title="zyzzyva", summary="x", body="x")})
    desk.give("gro", Role.AUDITOR, "programme", "bremen-wirtschaft-digital")
    desk.give("bo", Role.AUDITOR, "authority", "sikkerhedsstyrelsen")
    gro, bo = desk.as_("gro"), desk.as_("bo")
    assert gro.get(case(slug)).status_code == 404
    assert "zyzzyva" not in gro.get("/audit").text
    assert "0 cases" in text_of(gro.get("/audit").text)
    assert bo.get(case(slug)).status_code == 200
    assert "zyzzyva" in bo.get("/audit").text


def apply(desk: Desk, slug: str, *, submitted: bool) -> None:
    """Leave what an application to this challenge leaves behind."""

    def act(session: Session) -> None:
        now = desk.now
        firm = Firm(
            public_id=public_id(), slug=public_id(), name="Nordlys", country="DK",
            created_at=now, updated_at=now,
        )  # fmt: skip
        session.add(firm)
        session.flush()
        challenge = session.query(Challenge).filter(Challenge.slug == slug).one()
        made = Application(
            public_id=public_id(),
            reference="SENT" if submitted else "KEPT",
            challenge_id=challenge.id,
            firm_id=firm.id,
            state="submitted" if submitted else "draft",
            created_by=desk.people["bo"].id,
            created_at=now,
            updated_at=now,
            submitted_at=now if submitted else None,
        )
        session.add(made)
        session.flush()
        noted = ApplicationSubmitted(
            subject_id=made.id, number=1, content_hash="x", to_person=True, copies=()
        )
        journal.record(session, noted, actor=desk.actors["bo"], now=now)

    desk.change(act)


@pytest.mark.security(4)
def test_nothing_of_an_application_stands_there_before_the_opening(desk: Desk) -> None:
    slug = desk.published()
    jens = desk.as_("jens")
    empty = text_of(jens.get(case(slug)).text)
    apply(desk, slug, submitted=True)
    sealed = text_of(jens.get(case(slug)).text)
    assert sealed == empty, "not a word, not a number differs"

    def open_all(session: Session) -> None:
        session.query(Challenge).filter(Challenge.slug == slug).update({"opened_at": desk.now})

    apply(desk, slug, submitted=False)
    desk.change(open_all)
    opened = text_of(jens.get(case(slug)).text)
    assert "5 entries" in opened
    assert "Application SENT submitted, version 1" in opened
    assert "KEPT" not in opened, "what was never submitted stays the firm's own"


def test_a_long_case_has_pages(desk: Desk) -> None:
    slug = desk.published()

    def act(session: Session) -> None:
        challenge = session.query(Challenge).filter(Challenge.slug == slug).one()
        row = session.query(JournalRow).filter(JournalRow.event == "ChallengeSubmitted").one()
        for _ in range(100):
            event = type(row.event, (Event,), {"subject_kind": "challenge"})
            journal.record(
                session, event(subject_id=challenge.id), actor=desk.actors["astrid"], now=desk.now
            )

    desk.change(act)
    jens = desk.as_("jens")
    assert jens.get(case(slug)).text.count("<details") < 110
    assert "Draft begun" in jens.get(case(slug)).text
    second = jens.get(f"{case(slug)}?page=2").text
    assert "Draft begun" not in second
    assert "Every entry on this page is as it was written" in text_of(second)


def test_a_case_that_does_not_exist_is_not_found(desk: Desk) -> None:
    for path in ("/audit/challenges/none", "/audit/challenges/%F0"):
        assert desk.as_("jens").get(path).status_code in {400, 404}
