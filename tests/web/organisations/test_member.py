"""/firm/{firm}/members/{person}: a role changes, a membership ends, who leaves reads what."""

import pytest

from govmatch.accounts.models import Person
from govmatch.kit.clock import real_now
from govmatch.organisations.queries import members_of
from tests.site import text_of
from tests.web.organisations.acting import World


def belonging(world: World) -> dict[str, set[str]]:
    with world.site.database.reading() as session:
        return {
            member.person.name: {row.role for row in member.rows}
            for member in members_of(session, world.nordlys, real_now=real_now())
        }


def page(world: World, person: Person) -> str:
    return f"{world.path}/members/{person.public_id}"


def test_a_lead_makes_a_member_a_reader_who_then_changes_nothing(world: World) -> None:
    carla = world.as_carla()
    assert carla.get(f"{world.path}/edit/offer").status_code == 200
    answer = world.as_bo().submit(page(world, world.carla), page(world, world.carla),
                                  {"role": "reader"})  # fmt: skip
    assert answer.status_code == 303
    assert belonging(world) == {"Bo": {"lead"}, "Carla": {"reader"}}
    assert carla.get(world.path).status_code == 200
    assert carla.get(f"{world.path}/edit/offer").status_code == 403
    shown = text_of(world.as_bo().get(f"{world.path}/members").text)
    assert "Carla Firm reader" in shown


@pytest.mark.parametrize("role", ["", "administrator", "staff"])
def test_what_is_no_role_of_a_firm_is_not_given(world: World, role: str) -> None:
    path = page(world, world.carla)
    answer = world.as_bo().submit(path, path, {"role": role})
    assert answer.status_code == 422
    assert belonging(world)["Carla"] == {"member"}


def test_the_language_switch_changes_no_role(world: World) -> None:
    path = page(world, world.carla)
    answer = world.as_bo().submit(path, path, {"role": "finance", "switch_lang": "da"})
    assert answer.status_code == 200
    assert "Rolle i virksomheden" in text_of(answer.text)
    assert belonging(world)["Carla"] == {"member"}


def test_the_last_lead_reads_why_there_is_no_way_out(world: World) -> None:
    shown = text_of(world.as_bo().get(page(world, world.bo)).text)
    assert "The last lead cannot leave." in shown
    answer = world.as_bo().post(page(world, world.bo), {"role": "member"})
    assert answer.status_code == 403
    assert belonging(world)["Bo"] == {"lead"}


def test_who_leaves_reads_what_it_means(world: World) -> None:
    browser = world.as_carla()
    shown = text_of(browser.get(page(world, world.carla)).text)
    assert "What was written and submitted stays with the firm." in shown
    assert "Role in the firm" not in shown
    assert browser.submit(page(world, world.carla), f"{page(world, world.carla)}/end",
                          {}).status_code == 303  # fmt: skip
    assert belonging(world) == {"Bo": {"lead"}}


@pytest.mark.security(3)
def test_only_the_lead_sees_the_page_and_the_address_of_another(world: World) -> None:
    assert world.bo.email in world.as_bo().get(page(world, world.bo)).text
    assert world.carla.email in world.as_bo().get(page(world, world.carla)).text
    assert world.as_carla().get(page(world, world.bo)).status_code == 403
    assert world.as_carla().post(page(world, world.carla), {"role": "lead"}).status_code == 403
    assert world.as_dieter().get(page(world, world.carla)).status_code == 404
    assert world.as_dieter().post(page(world, world.carla), {"role": "lead"}).status_code == 404
    assert world.as_bo().get(page(world, world.dieter)).status_code == 404
    assert belonging(world) == {"Bo": {"lead"}, "Carla": {"member"}}


def test_an_invitation_goes_out_once_more_with_the_same_role(world: World) -> None:
    members = f"{world.path}/members"
    browser = world.as_bo()
    browser.submit(members, members, {"email": "anna@firm.example", "role": "finance"})
    action = browser.get(members).text.split("/again")[0].rpartition('"')[2]
    assert browser.submit(members, f"{action}/again", {}).status_code == 303
    world.site.work()
    letters = [one for one in world.site.postbox.letters if one.to == "anna@firm.example"]
    assert [("Finance contact" in one.body) for one in letters] == [True, True]
    assert world.as_carla().post(f"{action}/again").status_code == 403
    assert world.as_dieter().post(f"{action}/again").status_code == 404
