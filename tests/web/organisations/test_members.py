"""/firm/{firm}/members and closing: who belongs to the firm, and who decides it."""

import pytest

from govmatch.accounts.models import Invitation
from govmatch.kit.clock import real_now
from govmatch.organisations.queries import invitations_of, members_of
from tests.site import text_of
from tests.unit.organisations import samples
from tests.web.organisations.acting import World, statements

INVITED = {"email": "Anna@Firm.Example", "role": "member"}


def belonging(world: World) -> list[tuple[str, list[str]]]:
    with world.site.database.reading() as session:
        return [
            (member.person.name, sorted(row.role for row in member.rows))
            for member in members_of(session, world.nordlys, real_now=real_now())
        ]


def invited(world: World) -> list[tuple[str, str, str]]:
    with world.site.database.reading() as session:
        found = invitations_of(session, world.nordlys, real_now=real_now())
        return [(one.address, one.role, one.public_id) for one in found]


def test_members_see_each_other_and_addresses_are_for_the_lead(world: World) -> None:
    members = f"{world.path}/members"
    world.as_bo().submit(members, members, INVITED)
    lead, member = (
        text_of(browser.get(members).text) for browser in (world.as_bo(), world.as_carla())
    )
    for text in (lead, member):
        assert "Bo" in text
        assert "Carla" in text
    assert "anna@firm.example" in lead
    assert "anna@firm.example" not in member
    assert "Invite a colleague" not in member
    assert "Leave the firm" in member
    assert "End membership" not in member


def test_an_invitation_goes_out_by_mail_and_is_accepted(world: World) -> None:
    members = f"{world.path}/members"
    answer = world.as_bo().submit(members, members, INVITED)
    assert answer.status_code == 303
    assert [(address, role) for address, role, _ in invited(world)] == [
        ("anna@firm.example", "member")
    ]
    world.site.work()
    (letter,) = [one for one in world.site.postbox.letters if one.to == "anna@firm.example"]
    assert "Nordlys Vision ApS" in letter.body
    assert "Bo" in letter.body
    path = letter.body.split("http://127.0.0.1:8000")[1].split()[0]
    newcomer = world.site.visit()
    assert newcomer.get(path).status_code == 200
    assert newcomer.submit(path, path, {"name": "Anna", "terms": "yes"}).status_code == 303
    assert ("Anna", ["member"]) in belonging(world)
    assert newcomer.get(path).status_code == 410


def test_a_revoked_invitation_opens_nothing(world: World) -> None:
    browser = world.as_bo()
    browser.submit(f"{world.path}/members", f"{world.path}/members", INVITED)
    ((_, _, public_id),) = invited(world)
    revoke = f"{world.path}/invitations/{public_id}/revoke"
    assert browser.post(revoke).status_code == 303
    assert invited(world) == []
    assert browser.post(revoke).status_code == 404


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"email": "nobody", "role": "member"}, 422, "Please enter an e-mail address"),
        ({"email": "", "role": "member"}, 422, "Please fill in this field."),
        ({"email": "x@firm.example", "role": "administrator"}, 422, "Please choose one of"),
    ],
)
def test_an_invitation_that_cannot_go_out_is_explained(
    world: World, fields: dict[str, str], status: int, said: str
) -> None:
    members = f"{world.path}/members"
    answer = world.as_bo().submit(members, members, fields)
    assert answer.status_code == status
    assert said in text_of(answer.text)
    assert f'value="{fields["email"]}"' in answer.text
    assert invited(world) == []


def test_who_belongs_already_is_not_invited_again(world: World) -> None:
    members = f"{world.path}/members"
    fields = {"email": world.carla.email, "role": "member"}
    answer = world.as_bo().submit(members, members, fields)
    assert answer.status_code == 409
    assert "This person holds the role already." in text_of(answer.text)


def test_the_language_switch_keeps_the_address_and_invites_nobody(world: World) -> None:
    members = f"{world.path}/members"
    answer = world.as_bo().submit(members, members, {**INVITED, "switch_lang": "de"})
    assert answer.status_code == 200
    assert 'value="Anna@Firm.Example"' in answer.text
    assert invited(world) == []


def test_a_member_leaves_and_is_out_at_once(world: World) -> None:
    browser = world.as_carla()
    answer = browser.post(f"{world.path}/members/{world.carla.public_id}/end")
    assert (answer.status_code, answer.headers["location"]) == (303, "/firm")
    assert "You have left Nordlys Vision ApS." in text_of(browser.get("/firm").text)
    assert browser.get(world.path).status_code == 404
    assert belonging(world) == [("Bo", ["lead"])]


def test_the_last_lead_cannot_leave_and_reads_why(world: World) -> None:
    answer = world.as_bo().post(f"{world.path}/members/{world.bo.public_id}/end")
    assert answer.status_code == 403
    assert "Nobody else leads the firm." in text_of(answer.text)
    assert ("Bo", ["lead"]) in belonging(world)


def test_the_lead_is_handed_over_and_then_the_old_one_may_leave(world: World) -> None:
    browser = world.as_bo()
    lead = f"{world.path}/members/{world.carla.public_id}/lead"
    assert browser.post(lead).status_code == 303
    assert belonging(world) == [("Carla", ["lead"]), ("Bo", ["member"])]
    assert browser.post(lead).status_code == 403
    assert browser.post(f"{world.path}/members/{world.bo.public_id}/end").status_code == 303
    assert belonging(world) == [("Carla", ["lead"])]


def test_a_lead_ends_a_membership(world: World) -> None:
    carla = world.as_carla()
    assert carla.get(world.path).status_code == 200
    world.as_bo().post(f"{world.path}/members/{world.carla.public_id}/end")
    assert belonging(world) == [("Bo", ["lead"])]
    assert carla.get(world.path).status_code == 404


ACTS = ("members", "members/{bo}/end", "members/{carla}/lead", "close", "reopen")


@pytest.mark.security(3)
@pytest.mark.parametrize("act", ACTS)
def test_a_member_decides_none_of_it(world: World, act: str) -> None:
    path = f"{world.path}/{act}".format(bo=world.bo.public_id, carla=world.carla.public_id)
    before = belonging(world)
    assert world.as_carla().post(path, INVITED).status_code == 403
    assert (belonging(world), invited(world)) == (before, [])
    assert world.profile().firm.closed_at is None


@pytest.mark.security(1)
@pytest.mark.parametrize("act", [*ACTS, "members/{carla}/end"])
def test_a_stranger_finds_none_of_it(world: World, act: str) -> None:
    path = f"{world.path}/{act}".format(bo=world.bo.public_id, carla=world.carla.public_id)
    before = belonging(world)
    assert world.as_dieter().post(path, INVITED).status_code == 404
    assert world.site.visit().post(path, INVITED).status_code == 403
    assert (belonging(world), invited(world)) == (before, [])


@pytest.mark.security(2)
def test_people_and_invitations_of_another_firm_are_not_there(world: World) -> None:
    own = f"/firm/{world.hemmelig.public_id}/members"
    world.as_dieter().submit(own, own, INVITED)
    with world.site.database.reading() as session:
        theirs = session.query(Invitation).one().public_id
    bo = world.as_bo()
    assert bo.post(f"{world.path}/invitations/{theirs}/revoke").status_code == 404
    for act in ("end", "lead"):
        path = f"{world.path}/members/{world.dieter.public_id}/{act}"
        assert bo.post(path).status_code == 404
    with world.site.database.reading() as session:
        assert session.query(Invitation).one().revoked_at is None


def test_a_firm_is_closed_after_reading_what_that_means_and_opened_again(world: World) -> None:
    browser = world.as_bo()
    text = text_of(browser.get(f"{world.path}/close").text)
    assert "Applications that were submitted stay with the authority." in text
    assert browser.post(f"{world.path}/close").status_code == 303
    page = text_of(browser.get("/firm").text)
    assert "This firm is closed since" in page
    assert "Open the firm again" in page
    assert "Nordlys" not in world.site.visit().get("/firms").text
    assert browser.get(f"{world.path}/edit/offer").status_code == 403
    assert "Open the firm again" not in text_of(world.as_carla().get("/firm").text)
    assert browser.post(f"{world.path}/reopen").status_code == 303
    assert "Nordlys" in world.site.visit().get("/firms").text


def test_one_and_fifty_members_take_the_same_statements(world: World) -> None:
    browser = world.as_bo()
    few = statements(world.site, browser, f"{world.path}/members")

    def add(session: samples.Session) -> None:
        for number in range(50):
            samples.join(session, samples.add_person(session, f"P{number}"), world.nordlys)

    world.change(add)
    assert statements(world.site, browser, f"{world.path}/members") == few
