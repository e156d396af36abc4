"""/firm/{firm}/evidence: what the firm can show."""

from datetime import date

import pytest

from govmatch.organisations.models import Evidence
from govmatch.organisations.profile import EvidenceValues, values_of
from tests.site import text_of
from tests.web.organisations.acting import World

POLICY = {"kind": "liability-insurance", "valid_until": "2027-06-30", "note": "Policy 7"}
KEPT = EvidenceValues(kind="liability-insurance", note="Policy 7", valid_until=date(2027, 6, 30))
OWN = EvidenceValues(kind="iso-27001", note="Own", reference="A 1")


def pieces(world: World) -> list[EvidenceValues]:
    return [values_of(one) for one in world.profile().evidence]


def one_of(world: World, *, hidden: bool = False) -> Evidence:
    return world.profile(world.hemmelig if hidden else world.nordlys).evidence[0]


def test_a_piece_is_added_changed_and_removed(world: World) -> None:
    browser = world.as_carla()
    new = f"{world.path}/evidence/new"
    shown = browser.get(new).text
    for guide in ("security", "accessibility", "data"):
        assert f'href="/pages/guide-{guide}"' in shown
    answer = browser.submit(new, new, POLICY)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{world.path}#evidence")
    assert pieces(world) == [OWN, KEPT]
    assert "Liability insurance valid until 30 June 2027 · Policy 7" in text_of(
        browser.get("/firm").text
    )
    path = f"{world.path}/evidence/{one_of(world).public_id}"
    assert 'value="iso-27001" checked' in browser.get(path).text
    assert browser.submit(path, path, {"kind": "hosting-in-eea"}).status_code == 303
    assert pieces(world) == [EvidenceValues(kind="hosting-in-eea"), KEPT]
    assert browser.post(f"{path}/remove").status_code == 303
    assert pieces(world) == [KEPT]
    assert browser.post(f"{path}/remove").status_code == 404


def test_a_number_or_a_link_stands_where_others_can_check_it(world: World) -> None:
    browser, new = world.as_bo(), f"{world.path}/evidence/new"
    linked = {"kind": "bsi-c5", "reference": "https://register.example/c5?id=7"}
    assert browser.submit(new, new, linked).status_code == 303
    shown = world.site.visit().get("/firms/nordlys-vision").text
    assert "Certificate ISO/IEC 27001: A 1" in text_of(shown)
    assert 'href="https://register.example/c5?id=7" rel="nofollow noopener noreferrer"' in shown
    odd = browser.submit(new, new, {"kind": "bsi-c5", "reference": "javascript://x.example/%0a1"})
    assert odd.status_code == 422
    assert "Number or link: Please enter an address such as" in text_of(odd.text)
    assert browser.submit(new, new, {"kind": "iso-9001"}).status_code == 303
    own = text_of(browser.get("/firm").text)
    assert "Quality management ISO 9001: number or link is missing" in own
    assert "Certificate ISO/IEC 27001: number or link is missing" not in own


def test_the_same_form_sent_twice_adds_one_piece(world: World) -> None:
    browser = world.as_bo()
    for _ in range(2):
        fields = {**POLICY, "form_key": "the-key"}
        assert browser.post(f"{world.path}/evidence/new", fields).status_code == 303
    assert pieces(world) == [OWN, KEPT]


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(world: World) -> None:
    new = f"{world.path}/evidence/new"
    answer = world.as_bo().submit(
        new, new, {"kind": "diploma", "valid_until": "2027-02-30", "note": "Keep me"}
    )
    assert answer.status_code == 422
    text = text_of(answer.text)
    assert "What can you show?: Please choose one of the options." in text
    assert "Valid until: Please enter a date." in text
    assert 'value="Keep me"' in answer.text
    assert pieces(world) == [OWN]


def test_a_colleagues_change_is_noticed(world: World) -> None:
    path = f"{world.path}/evidence/{one_of(world).public_id}"
    bo, carla = world.as_bo(), world.as_carla()
    seen = bo.get(path).text.split('name="seen" value="')[1].split('"')[0]
    carla.submit(path, path, {"kind": "iso-27001", "note": "Carla"})
    answer = bo.post(path, {"kind": "iso-27001", "note": "Bo", "seen": seen})
    assert answer.status_code == 409
    assert "Somebody else saved this part of the profile meanwhile." in text_of(answer.text)
    assert 'value="Bo"' in answer.text
    assert pieces(world) == [EvidenceValues(kind="iso-27001", note="Carla")]


@pytest.mark.security(2)
@pytest.mark.parametrize("end", ["", "/remove"])
def test_another_firms_piece_is_not_there_under_ones_own_firm(world: World, end: str) -> None:
    theirs = one_of(world, hidden=True).public_id
    path = f"{world.path}/evidence/{theirs}"
    browser = world.as_bo()
    assert browser.get(path).status_code == 404
    answer = browser.post(f"{path}{end}", POLICY)
    assert answer.status_code == 404
    assert "zyzzyva" not in answer.text
    assert values_of(one_of(world, hidden=True)).note == "zyzzyva"


@pytest.mark.security(1)
@pytest.mark.parametrize("end", ["", "/remove"])
def test_a_stranger_changes_and_removes_nothing(world: World, end: str) -> None:
    path = f"{world.path}/evidence/{one_of(world).public_id}{end}"
    assert world.as_dieter().post(path, POLICY).status_code == 404
    assert world.as_dieter().post(f"{world.path}/evidence/new", POLICY).status_code == 404
    assert world.site.visit().post(path, POLICY).status_code == 403
    assert pieces(world) == [OWN]


def test_the_language_switch_keeps_what_was_typed(world: World) -> None:
    new = f"{world.path}/evidence/new"
    answer = world.as_bo().submit(new, new, {**POLICY, "switch_lang": "da"})
    assert answer.status_code == 200
    assert '<html lang="da">' in answer.text
    for shown in ('value="liability-insurance" checked', 'value="2027-06-30"', 'value="Policy 7"'):
        assert shown in answer.text
    assert pieces(world) == [OWN]
