"""The jury of a challenge: its manager invites them and ends their roles."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Invitation, Role, RoleRow
from govmatch.challenges.jury_models import JuryException
from govmatch.challenges.models import Challenge
from govmatch.kit.db import commit
from govmatch.kit.journal import JournalRow
from govmatch.programmes.models import Round
from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import fields_of, typed


def path(slug: str, act: str = "") -> str:
    return f"/desk/challenges/{slug}/people" + (f"/{act}" if act else "")


def invite(desk: Desk, name: str, slug: str, **changes: Any) -> Any:
    browser = desk.as_(name)
    given = {"email": "finn@example.org", "role": "reviewer", "lang": "da", **changes}
    fields = fields_of(browser.get(path(slug)).text, path(slug))
    return browser.post(path(slug), typed(fields, **given))


def invitations(desk: Desk) -> list[tuple[str, str, str, str]]:
    with desk.site.database.reading() as session:
        found = session.query(Invitation).filter(Invitation.revoked_at.is_(None)).all()
        return [(one.address, one.role, one.object_kind, one.lang) for one in found]


def test_the_manager_invites_a_reviewer_by_mail(desk: Desk) -> None:
    slug = desk.published()
    answer = invite(desk, "eva", slug)
    assert (answer.status_code, answer.headers["location"]) == (303, path(slug))
    assert invitations(desk) == [("finn@example.org", "reviewer", "challenge", "da")]
    assert "finn@example.org : Reviewer" in text_of(desk.as_("eva").get(path(slug)).text)
    desk.site.work()
    (letter,) = [one for one in desk.site.postbox.letters if one.to == "finn@example.org"]
    assert "Læs mærket" in letter.body, "the title in the language of the mail"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": ""}, "email"),
        ({"role": "administrator"}, "role"),
        ({"role": "manager"}, "role"),
        ({"lang": "fr"}, "lang"),
    ],
)
@pytest.mark.security(10)
def test_what_does_not_fit_is_named_and_kept(
    desk: Desk, changes: dict[str, str], error: str
) -> None:
    slug = desk.published()
    answer = invite(desk, "eva", slug, **changes)
    assert answer.status_code == 422
    assert f'id="f-{error}-error"' in answer.text
    kept = {"email": "finn@example.org", **changes}["email"]
    assert fields_of(answer.text, path(slug))["email"] == [kept]
    assert invitations(desk) == []


def test_somebody_who_holds_the_role_is_not_invited_again(desk: Desk) -> None:
    slug = desk.published()
    desk.give("gro", Role.REVIEWER, "challenge", slug)
    answer = invite(desk, "eva", slug, email="gro@example.org")
    assert answer.status_code == 422
    assert "holds the role already" in text_of(answer.text)


def test_a_role_ends_and_an_invitation_is_taken_back_at_once(desk: Desk) -> None:
    slug = desk.published()
    desk.give("gro", Role.REVIEWER, "challenge", slug)
    invite(desk, "eva", slug)
    eva = desk.as_("eva")
    html = eva.get(path(slug)).text
    assert eva.post(path(slug, "end"), fields_of(html, path(slug, "end"))).status_code == 303
    assert eva.post(path(slug, "revoke"), fields_of(html, path(slug, "revoke"))).status_code == 303
    page = text_of(eva.get(path(slug)).text)
    assert "Nobody yet" in page
    assert "finn@example.org" not in page
    assert invitations(desk) == []


def test_staff_sees_the_jury_and_chooses_nobody(desk: Desk) -> None:
    slug = desk.published()
    desk.give("gro", Role.REVIEWER, "challenge", slug)
    invite(desk, "eva", slug)
    revoke = fields_of(desk.as_("eva").get(path(slug)).text, path(slug, "revoke"))
    for name in ("astrid", "hanne"):
        browser = desk.as_(name)
        page = browser.get(path(slug)).text
        assert "Gro" in page
        assert "finn@example.org" not in page
        given = {"email": "x@example.org", "role": "reviewer", "lang": "en"}
        assert browser.post(path(slug), given).status_code == 403
        sent = {"person": desk.people["gro"].public_id, "role": "reviewer"}
        assert browser.post(path(slug, "end"), sent).status_code == 403
        assert browser.post(path(slug, "revoke"), revoke).status_code == 403
    assert len(invitations(desk)) == 1


@pytest.mark.security(1)
def test_a_manager_of_another_programme_chooses_nobody_here(desk: Desk) -> None:
    """Astrid sees the challenge as staff, and may give a jury's roles elsewhere as a manager."""
    slug = desk.published()
    desk.give("gro", Role.REVIEWER, "challenge", slug)
    invite(desk, "eva", slug)
    html = desk.as_("eva").get(path(slug)).text
    desk.give("astrid", Role.MANAGER, "programme", "bremen-wirtschaft-digital")
    astrid = desk.as_("astrid")
    given = {"email": "x@example.org", "role": "reviewer", "lang": "en"}
    assert astrid.post(path(slug), given).status_code == 403
    for act in ("end", "revoke"):
        sent = fields_of(html, path(slug, act))
        assert astrid.post(path(slug, act), sent).status_code == 403
    assert len(invitations(desk)) == 1
    assert "Gro : Reviewer" in text_of(desk.as_("eva").get(path(slug)).text)


@pytest.mark.parametrize(("name", "role"), [("gro", "mentor"), ("astrid", "reviewer"), ("", "")])
def test_ending_a_role_needs_the_right_person_and_role(desk: Desk, name: str, role: str) -> None:
    slug = desk.published()
    desk.give("gro", Role.REVIEWER, "challenge", slug)
    person = desk.people[name].public_id if name else ""
    answer = desk.as_("eva").post(path(slug, "end"), {"person": person, "role": role})
    assert answer.status_code == 404
    assert "Gro : Reviewer" in text_of(desk.as_("eva").get(path(slug)).text)


@pytest.mark.security(2)
def test_what_belongs_to_another_challenge_is_not_found_under_this_one(desk: Desk) -> None:
    here = desk.published()
    there = desk.draft(
        by="ida",
        authority="bremen-wirtschaft",
        programme="bremen-wirtschaft-digital",
        round=None,
        criteria=(),
    )
    desk.give("gro", Role.REVIEWER, "challenge", there)
    invite(desk, "pia", there)
    with desk.site.database.reading() as session:
        key = session.query(Invitation).one().public_id
    eva = desk.as_("eva")
    sent = {"person": desk.people["gro"].public_id, "role": "reviewer", "invitation": key}
    for act in ("end", "revoke"):
        assert eva.post(path(here, act), sent).status_code == 404
        assert eva.post(path(there, act), sent).status_code == 404
    assert eva.get(path(there)).status_code == 404
    assert len(invitations(desk)) == 1
    with desk.site.database.reading() as session:
        held = session.query(RoleRow).filter(RoleRow.role == "reviewer").one()
        assert held.until is None


def sat(desk: Desk, name: str, *, rounds: int) -> None:
    """Put somebody on the juries of so many other rounds of the same programme."""
    with desk.site.database.writing() as session:
        here = session.scalars(select(Challenge).where(Challenge.state == "published")).one()
        for number in range(rounds):
            round_ = Round(
                slug=f"past-{number}", programme_id=here.programme_id, names={"en": "Past"},
                starts=date(2020 + number, 1, 1), ends=date(2020 + number, 12, 1),
            )  # fmt: skip
            session.add(round_)
            session.flush()
            other = Challenge(
                public_id=f"past{number}", slug=f"past-{number}", authority_id=here.authority_id,
                programme_id=here.programme_id, round_id=round_.id, zone=here.zone,
                created_at=here.created_at, updated_at=here.updated_at,
            )  # fmt: skip
            session.add(other)
            session.flush()
            row = RoleRow(
                person_id=desk.people[name].id, role=Role.REVIEWER, object_kind="challenge",
                object_id=other.id, since=here.created_at,
            )  # fmt: skip
            session.add(row)
        commit(session)


def test_nobody_sits_on_the_juries_of_more_than_three_rounds_without_a_reason(desk: Desk) -> None:
    slug = desk.published()
    sat(desk, "ida", rounds=3)
    refused = invite(desk, "eva", slug, email="ida@example.org")
    assert refused.status_code == 422
    assert "3 other rounds" in text_of(refused.text)
    assert invitations(desk) == []
    fields = fields_of(refused.text, path(slug))
    answer = desk.as_("eva").post(path(slug), typed(fields, exception="Nobody else knows radar."))
    assert answer.status_code == 303
    assert [one[:2] for one in invitations(desk)] == [("ida@example.org", "reviewer")]
    with desk.site.database.reading() as session:
        kept = session.scalars(select(JuryException)).one()
        assert (kept.reason, kept.rounds) == ("Nobody else knows radar.", 3)
        events = session.scalars(select(JournalRow.event))
        assert "JuryExceptionMade" in set(events)


def test_two_rounds_leave_room_for_a_third(desk: Desk) -> None:
    slug = desk.published()
    sat(desk, "ida", rounds=2)
    assert invite(desk, "eva", slug, email="ida@example.org").status_code == 303
