"""/firm/{firm}/edit/{section}: saving, being told what is wrong, and meeting a colleague."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from govmatch.organisations.profile import Basics, Codes, Offer, Topics, Visibility
from tests.site import Browser, hidden, text_of
from tests.web.organisations.acting import World

BASICS: dict[str, Any] = {"name": "Nordlys Vision ApS", "country": "DK", "languages[]": ["da"]}
SAVED: dict[str, tuple[dict[str, Any], object]] = {
    "basics": (
        {**BASICS, "city": "Odense", "size": "", "website": "nordlys.example"},
        Basics(
            name="Nordlys Vision ApS",
            country="DK",
            city="Odense",
            website="https://nordlys.example",
            languages=("da",),
        ),
    ),
    "offer": (
        {"summary": "Short", "products": "One\r\n\r\ntwo", "references": "", "text_lang": "en"},
        Offer(summary="Short", products="One\n\ntwo", text_lang="en"),
    ),
    "topics": (
        {"themes[]": ["safety", "invoicing"], "technologies[]": ["search"]},
        Topics(themes=("safety", "invoicing"), technologies=("search",)),
    ),
    "codes": (
        {"cpv[]": ["72212328"], "find": "48328000-3"},
        Codes(cpv=("72212328", "48328000")),
    ),
    "visibility": ({"listed": "no"}, Visibility(is_public=False, matching=False)),
}
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "basics": ({**BASICS, "website": "javascript:alert(1)"}, "Website: Please enter an address"),
    "offer": ({"summary": "x" * 401, "text_lang": "da"}, "Summary: Please use at most 400"),
    "topics": ({"themes[]": ["made-up"]}, "Themes: Please choose from the options."),
    "codes": ({"find": "99999998"}, "Find codes: There is no CPV code 99999998."),
    "visibility": ({}, "Who may see the profile: Please choose one of the options."),
}


def submit(world: World, browser: Browser, section: str, fields: dict[str, Any]) -> Any:
    path = f"{world.path}/edit/{section}"
    return browser.submit(path, path, fields)


@pytest.mark.parametrize("section", SAVED)
def test_a_member_saves_a_section(world: World, section: str) -> None:
    fields, expected = SAVED[section]
    browser = world.as_carla()
    answer = submit(world, browser, section, fields)
    assert (answer.status_code, answer.headers["location"]) == (303, world.path)
    assert "Saved." in text_of(browser.get(world.path).text)
    assert world.profile().section(section) == expected


@pytest.mark.parametrize("section", SAVED)
def test_the_form_shows_what_is_kept(world: World, section: str) -> None:
    """Sending the page back as it came changes nothing: every field shows its value."""
    fields, _ = SAVED[section]
    browser = world.as_bo()
    submit(world, browser, section, fields)
    html = browser.get(f"{world.path}/edit/{section}").text
    for value in [v for v in fields.values() if isinstance(v, list)]:
        for one in value:
            assert f'value="{one}" checked' in html
    if section == "offer":
        assert "One\n\ntwo</textarea>" in html
    if section == "basics":
        assert 'value="Odense"' in html
        assert '<option value="DK" selected>' in html


@pytest.mark.parametrize("section", WRONG)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(world: World, section: str) -> None:
    fields, expected = WRONG[section]
    before = world.profile().section(section)
    answer = submit(world, world.as_bo(), section, fields)
    assert answer.status_code == 422
    assert expected in text_of(answer.text)
    assert world.profile().section(section) == before
    for value in fields.values():
        if isinstance(value, str):
            assert value in answer.text


@pytest.mark.security(28)
def test_when_a_colleague_saved_meanwhile_both_versions_are_shown(world: World) -> None:
    bo, carla = world.as_bo("de"), world.as_carla()
    path = f"{world.path}/edit/offer"
    bos = bo.get(path)
    submit(world, carla, "offer", {"summary": "Carlas Satz", "products": "P", "text_lang": "de"})
    seen = bos.text.split('name="seen" value="')[1].split('"')[0]
    mine = {"summary": "Bos Satz", "products": "P", "text_lang": "da", "seen": seen}
    answer = bo.post(path, mine)
    assert answer.status_code == 409
    text = text_of(answer.text)
    assert "Jemand anderes hat inzwischen gespeichert" in text
    assert "Zusammenfassung Carlas Satz Bos Satz" in text
    assert "Sprache dieser Texte Deutsch Dänisch" in text
    assert "Produkte und Leistungen P P" not in text
    assert ">\nBos Satz</textarea>" in answer.text
    assert world.profile().offer.summary == "Carlas Satz"
    now_seen = answer.text.split('name="seen" value="')[1].split('"')[0]
    assert bo.post(path, {**mine, "seen": now_seen}).status_code == 303
    assert world.profile().offer.summary == "Bos Satz"


@pytest.mark.security(28)
def test_the_same_form_sent_five_times_at_once_is_saved_once(world: World) -> None:
    path = f"{world.path}/edit/offer"
    bo = world.as_bo()
    fields = {**hidden(bo.get(path).text, path), "summary": "Once", "text_lang": "da"}
    before = world.profile().firm.revision
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: bo.post(path, fields), range(5)))
    assert [answer.status_code for answer in answers] == [303] * 5
    assert world.profile().offer.summary == "Once"
    assert world.profile().firm.revision == before + 1


def test_colleagues_on_two_sections_do_not_meet(world: World) -> None:
    bo, carla = world.as_bo(), world.as_carla()
    page = bo.get(f"{world.path}/edit/codes").text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    submit(world, carla, "offer", {"summary": "Carla", "text_lang": "de"})
    answer = bo.post(f"{world.path}/edit/codes", {"cpv[]": ["48328000"], "seen": seen})
    assert answer.status_code == 303
    profile = world.profile()
    assert (profile.offer.summary, profile.codes.cpv) == ("Carla", ("48328000",))


@pytest.mark.parametrize("fields", [{"find": "sensor", "action": "find"}, {"find": "sensor"}])
def test_codes_are_found_by_words_and_nothing_is_saved_yet(
    world: World, fields: dict[str, str]
) -> None:
    ticked = {"cpv[]": ["72212328", "48328000"], **fields}
    answer = submit(world, world.as_bo(), "codes", ticked)
    assert answer.status_code == 200
    html = answer.text
    assert 'value="35125100"' in html
    assert 'value="35125100" checked' not in html
    assert 'value="48328000" checked' in html
    assert world.profile().codes.cpv == ("72212328",)


def test_codes_are_found_while_typing_and_what_is_ticked_stays(world: World) -> None:
    """The fragment is a part of the page, keeps every tick, and leaves the focus in the box."""
    path = f"{world.path}/edit/codes?find=Rechnungsstellung&cpv%5B%5D=48328000"
    browser = world.as_bo()
    part = browser.get(path, **{"hx-request": "true"}).text
    assert part.strip().startswith("<input")
    assert 'value="79999200"' in part
    assert '(<span lang="de">Rechnungsstellung</span>)' in part
    assert "Miscellaneous business-related services › Scanning and invoicing services" in part
    assert 'value="48328000" checked' in part
    assert 'value="72212328"' not in part
    assert "data-gm-focus" not in part
    whole = browser.get(path).text
    assert 'value="79999200"' in whole
    assert "data-gm-focus" in whole
    assert world.profile().codes.cpv == ("72212328",)


def test_what_was_found_is_ticked_and_saved(world: World) -> None:
    browser = world.as_bo()
    path = f"{world.path}/edit/codes"
    found = submit(world, browser, "codes", {"cpv[]": ["72212328"], "find": "sensor"})
    fields = {**hidden(found.text, path), "find": "sensor", "cpv[]": ["72212328", "35125100"]}
    assert browser.post(path, fields).status_code == 303
    assert world.profile().codes.cpv == ("72212328", "35125100")


def test_words_that_no_code_has_are_answered_with_advice(world: World) -> None:
    answer = submit(world, world.as_bo(), "codes", {"find": "zyzzyva"})
    assert answer.status_code == 200
    assert "No code has these words" in text_of(answer.text)


@pytest.mark.parametrize("section", SAVED)
def test_the_language_switch_shows_what_was_typed_and_saves_nothing(
    world: World, section: str
) -> None:
    fields, _ = SAVED[section]
    before = world.profile().section(section)
    answer = submit(world, world.as_bo(), section, {**fields, "switch_lang": "de"})
    assert answer.status_code == 200
    assert '<html lang="de">' in answer.text
    assert world.profile().section(section) == before
    for value in fields.values():
        for one in value if isinstance(value, list) else [value]:
            assert one.split("\r")[0] in answer.text


@pytest.mark.security(1)
@pytest.mark.parametrize("section", SAVED)
def test_a_stranger_saves_nothing(world: World, section: str) -> None:
    fields, _ = SAVED[section]
    before = world.profile().section(section)
    path = f"{world.path}/edit/{section}"
    assert world.as_dieter().post(path, fields).status_code == 404
    assert world.site.visit().post(path, fields).status_code == 403
    assert world.profile().section(section) == before


@pytest.mark.security(10)
@pytest.mark.parametrize("section", SAVED)
def test_fields_of_other_parts_of_the_firm_are_ignored(world: World, section: str) -> None:
    fields, expected = SAVED[section]
    sly = {
        "id": str(world.hemmelig.id),
        "firm": world.hemmelig.public_id,
        "firm_id": str(world.hemmelig.id),
        "public_id": "chosen",
        "slug": "chosen",
        "is_public": "",
        "revision": "999",
        "closed_at": "2026-01-01",
        "name_key": "chosen",
        "role": "lead",
    }
    before, others = world.profile(), world.profile(world.hemmelig)
    assert submit(world, world.as_carla(), section, {**sly, **fields}).status_code == 303
    after = world.profile()
    assert after.section(section) == expected
    assert (after.firm.slug, after.firm.public_id) == (before.firm.slug, before.firm.public_id)
    assert after.firm.revision == before.firm.revision + 1
    assert after.firm.closed_at is None
    for name in set(SAVED) - {section}:
        assert after.section(name) == before.section(name)
        assert world.profile(world.hemmelig).section(name) == others.section(name)


def test_a_section_that_does_not_exist_is_not_found(world: World) -> None:
    for name in ("nope", "evidence", "Basics", "__class__"):
        assert world.as_bo().get(f"{world.path}/edit/{name}").status_code == 404
        assert world.as_bo().post(f"{world.path}/edit/{name}", {}).status_code == 404


def test_nul_bytes_and_broken_characters_are_kept_out(world: World) -> None:
    body = b"summary=a%00b%ff&text_lang=da&products=%ed%a0%80"
    answer = world.as_bo().client.post(
        f"{world.path}/edit/offer",
        content=body,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code in {303, 409}
    page = world.as_bo().get(f"{world.path}/edit/offer")
    assert page.status_code == 200
    assert "\x00" not in page.text
