"""The last minute, a cut connection, and the shortest way: applying as it happens outside."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect

from tests.browser.calls import close_in, write_call
from tests.browser.person import Person
from tests.browser.running import RunningSite
from tests.browser.test_journey import (
    WAYS,
    apply,
    make_a_firm,
    register,
    submit,
    write_challenge,
)

MOST_LOADS = 12
LAST_MINUTE = timedelta(seconds=55)
SOON = timedelta(hours=20)
"""Sooner than what is shipped and other tests' calls, so that the home page shows it."""
SAVED_WITHIN = 20_000  # milliseconds
FIELD = "#main-form textarea >> nth=0"
BUTTON = "#main-form button:not([tabindex='-1'])"
CUT = "connectionreset"


class Loads:
    """How many pages a browser has loaded; a redirection is part of the page that it leads to."""

    def __init__(self, page: Page) -> None:
        self.addresses: list[str] = []
        page.on("domcontentloaded", lambda page: self.addresses.append(page.url))


@pytest.fixture
def people(browser: Browser, running: RunningSite) -> Iterator[dict[str, Person]]:
    """Bo reads German, Carla and Lea Danish; each at a browser of their own."""
    langs = {"bo": "de", "carla": "da", "lea": "da"}
    contexts = {name: browser.new_context(locale=lang) for name, lang in langs.items()}
    yield {name: Person(one.new_page(), running.base) for name, one in contexts.items()}
    for context in contexts.values():
        context.close()


def address_of(name: str, slug: str) -> str:
    return f"{name}-{slug}@example.org"


def link_in(mail: str, path: str) -> str:
    found = re.search(rf"/{path}/[A-Za-z0-9_.~-]+", mail)
    assert found, mail
    return found[0]


@pytest.mark.parametrize(
    "way", [w for w in WAYS if w[1] != "with scripts"] + [("da", "by keyboard")]
)
def test_a_new_user_gets_from_the_home_page_to_the_receipt_in_few_pages(
    browser: Browser, running: RunningSite, way: tuple[str, str]
) -> None:
    lang, how = way
    slug = f"swift-{lang}-{how.split()[0]}"
    title = write_call(running, slug, 1)[lang]
    close_in(running, slug, SOON)
    context = browser.new_context(locale=lang, java_script_enabled=how != "without scripts")
    person = Person(context.new_page(), running.base, by_keyboard=how == "by keyboard")
    loads = Loads(person.page)

    arrive(person, running, slug, title)
    person.answer_everything("Swift")
    person.press(BUTTON)
    assert "/receipts/1" in person.page.url
    assert len(loads.addresses) <= MOST_LOADS, loads.addresses
    is_printed_as_proof(person.page)
    assert person.problems == []
    context.close()


def is_printed_as_proof(receipt: Page) -> None:
    """On paper the receipt stands alone, with its hash and where it can be checked."""
    proof = receipt.locator(".gm-receipt__paper")
    expect(proof).to_be_hidden()
    receipt.emulate_media(media="print")
    expect(proof).to_be_visible()
    assert re.search(r"[0-9a-f]{64}", receipt.locator(".gm-receipt").inner_text())
    for other in (".gm-header", ".gm-footer", ".gm-actions", ".gm-receipt__screen"):
        for each in receipt.locator(other).all():
            expect(each).to_be_hidden()


def arrive(person: Person, site: RunningSite, slug: str, title: str) -> None:
    """From the home page to where the application begins, with an account and a firm made new."""
    person.go("/")
    person.press(f'a[href="/challenges/{slug}"], a[href^="/challenges/{slug}?"]')
    assert person.page.locator("h1").inner_text() == title
    person.press('main a[href*="/apply"]')
    person.press('main a[href^="/register"]')
    person.type("name", "Ann Example")
    person.type("email", address_of("ann", slug))
    person.tick('#main-form [name="terms"]')
    person.press(BUTTON)
    person.go(link_in(site.newest_mail(address_of("ann", slug)), "(?:login|register)"))
    person.press("main form button:not([tabindex='-1'])")
    person.press('main a[href^="/firm"]')
    if not person.page.locator('#main-form [name="name"]').count():
        person.press('main a[href^="/firm/new"]')
    person.type("name", f"Firm of {slug}")
    person.choose("country", "DK")
    person.press(BUTTON)
    assert "/apply" in person.page.url


@pytest.mark.parametrize("how", ["with scripts", "without scripts"])
def test_with_the_shipped_form_a_new_user_needs_no_more_pages(
    browser: Browser, running: RunningSite, how: str
) -> None:
    """Without scripts each section and the check are pages more, since each is loaded."""
    slug = f"swift-shipped-{how.partition(' ')[0]}"
    title = write_challenge(running, slug)["de"]
    running.command("content", "sync")
    close_in(running, slug, SOON)
    context = browser.new_context(locale="de", java_script_enabled=how == "with scripts")
    person = Person(context.new_page(), running.base)
    loads = Loads(person.page)

    arrive(person, running, slug, title)
    choices = person.page.locator('main form [type="radio"]')
    if choices.count() and not person.page.locator("main form [type=radio]:checked").count():
        person.tick('main form [type="radio"]')
    person.press(f'main form[action^="/challenges/{slug}/apply"] button:not([tabindex="-1"])')
    person.press(".gm-next a")
    titles: list[str] = []
    while "/sections/" in person.page.url:
        is_loaded = not titles or how == "without scripts"
        titles.append(heading_of(person.page, is_loaded=is_loaded))
        person.answer_everything("Swift")
        person.press("#main-form .gm-actions button[type=submit]:not([name])")
    assert len(titles) == len(set(titles)) >= 5
    person.tick('main form[action*="/submit"] [name="confirmed"]')
    person.press('main form[action*="/submit"] button:not([tabindex="-1"])')
    assert "/receipts/1" in person.page.url
    most = MOST_LOADS + (len(titles) + 1 if how == "without scripts" else 0)
    assert len(loads.addresses) <= most, loads.addresses
    assert person.problems == []
    context.close()


def heading_of(page: Page, *, is_loaded: bool) -> str:
    """Return the page's heading, which stands in its title; after a step it has the focus."""
    heading = page.locator("main h1")
    words = heading.inner_text()
    assert page.title().startswith(words)
    if not is_loaded:
        expect(heading).to_be_focused()
        expect(page.locator("#gm-status")).to_contain_text(words)
    return words


def test_going_back_over_sections_shows_and_saves_them(
    people: dict[str, Person], running: RunningSite
) -> None:
    slug, bo = "steps", people["bo"]
    write_call(running, slug, 3)
    register(bo, running, address_of("bo", slug), back_to="/firm")
    make_a_firm(bo, "Nordlicht Steps")
    apply(bo, slug)
    application = bo.page.url.split("?")[0].removeprefix(running.base)
    bo.go(f"{application}/sections/part-1")
    loads = Loads(bo.page)
    field, page = bo.page.locator(FIELD), bo.page

    field.fill("Erster Teil.")
    bo.press(BUTTON)
    expect(page).to_have_url(re.compile("/sections/part-2"))
    field.fill("Zweiter Teil, noch nicht gesichert.")
    page.go_back()
    expect(page.locator("main h1")).to_contain_text("1")
    expect(page).to_have_url(re.compile("/sections/part-1"))
    assert field.input_value() == "Erster Teil."
    page.go_forward()
    expect(page.locator("main h1")).to_contain_text("2")
    assert field.input_value() == "Zweiter Teil, noch nicht gesichert."
    # What is saved by itself is this section's: the form that was left sends nothing any more.
    with page.expect_response(is_save_of("part-2"), timeout=SAVED_WITHIN):
        field.fill("Zweiter Teil, von selbst gesichert.")
    page.wait_for_function("() => !Object.keys(localStorage).length", timeout=SAVED_WITHIN)
    assert loads.addresses == []
    read = read_all(bo, application)
    assert "Erster Teil." in read
    assert "Zweiter Teil, von selbst gesichert." in read

    bo.go(f"{application}/sections/part-1")
    page.context.set_offline(True)
    field.fill("Im Tunnel.")
    page.locator(BUTTON).first.click()
    expect(page.locator("#draft-state")).to_be_visible(timeout=SAVED_WITHIN)
    expect(page).to_have_url(re.compile("/sections/part-1"))
    page.context.set_offline(False)
    expect(page.locator("#draft-state")).to_be_hidden(timeout=SAVED_WITHIN)
    assert "Im Tunnel." in read_all(bo, application)
    assert bo.problems == []


def is_save_of(section: str) -> Callable[[Response], bool]:
    def is_one(answer: Response) -> bool:
        path = answer.request.url.partition("?")[0]
        return answer.request.method == "POST" and path.endswith(f"/sections/{section}")

    return is_one


def test_two_colleagues_and_a_partner_apply_in_the_last_minute(
    people: dict[str, Person], running: RunningSite
) -> None:
    slug = "together"
    write_call(running, slug, 3, languages=("de", "da"))
    bo, carla, lea = people.values()
    register(bo, running, address_of("bo", slug), back_to="/firm")
    make_a_firm(bo, "Nordlicht Together")
    take_in_a_colleague(bo, carla, running, slug)
    apply(bo, slug)
    application = bo.page.url.split("?")[0].removeprefix(running.base)
    take_in_a_partner(bo, lea, running, application, slug)

    write_at_once(bo, carla, f"{application}/sections/part-1")
    write(carla, f"{application}/sections/part-2", "Vi har prøvet det med ti håndværkere.")
    write(lea, f"{application}/sections/part-3", "Vi står for målingen.")

    close_in(running, slug, LAST_MINUTE)
    first = submit(bo, application)
    said = bo.page.locator("main").inner_text()
    assert "Ihre Bewerbung ist eingegangen" in said
    running.mail_with(first, address_of("bo", slug))
    close_in(running, slug, timedelta(seconds=-1))
    for person in (carla, lea):
        person.go(f"{application}/sections/part-2")
        assert not person.page.locator("#main-form textarea").count()
    kept = read_all(lea, application)
    assert "Vi står for målingen." in kept
    assert "Det er, hvad du har indsendt som udgave 1" in kept
    assert [person.problems for person in people.values()] == [[], [], []]


def take_in_a_colleague(bo: Person, carla: Person, site: RunningSite, slug: str) -> None:
    """Bo invites Carla as a member; she makes an account from the mail, in Danish."""
    bo.go("/firm")
    bo.press('main a[href$="/members"]')
    bo.type("email", address_of("carla", slug))
    bo.tick('#main-form [name="role"][value="member"]')
    bo.press(BUTTON)
    carla.go(link_in(site.newest_mail(address_of("carla", slug)), "invitations"))
    carla.type("name", "Carla Example")
    carla.tick('#main-form [name="terms"]')
    carla.press(BUTTON)


def take_in_a_partner(
    bo: Person, lea: Person, site: RunningSite, application: str, slug: str
) -> None:
    """Bo asks Lea by mail; she agrees in her own account, for her own firm."""
    register(lea, site, address_of("lea", slug), back_to="/firm")
    make_a_firm(lea, "Målegruppen Together")
    bo.go(f"{application}/partners")
    bo.type("email", address_of("lea", slug))
    bo.type("name", "Målegruppen")
    bo.type("share", "30")
    bo.type("part", "Die Messung")
    bo.press('#main-form button[value="invite"]')
    asked = link_in(site.mail_with("/partners/", address_of("lea", slug)), "partners")
    lea.go(asked)
    lea.tick('#main-form [name="agreed"]')
    lea.press('#main-form button[value="accept"]')
    lea.go(application)
    assert lea.page.locator(f'main a[href^="{application}/sections/"]').count()


def write_at_once(bo: Person, carla: Person, path: str) -> None:
    """Both have the section open; each changes another paragraph, and both stand there."""
    write(bo, path, "Unser Grund.\n\nUnser Weg.")
    for person in (bo, carla):
        person.go(path)
    bo.page.locator(FIELD).fill("Unser besserer Grund.\n\nUnser Weg.")
    bo.press(BUTTON)
    carla.page.locator(FIELD).fill("Unser Grund.\n\nVores vej.")
    carla.press(BUTTON)
    carla.go(path)
    assert carla.page.locator(FIELD).input_value() == "Unser besserer Grund.\n\nVores vej."


def write(person: Person, path: str, text: str) -> None:
    person.go(path)
    person.page.locator(FIELD).fill(text)
    person.press(BUTTON)


def read_all(person: Person, application: str) -> str:
    person.go(f"{application}/check")
    return person.page.locator("main").inner_text()


def test_a_connection_cut_while_typing_and_while_submitting_loses_and_doubles_nothing(
    people: dict[str, Person], running: RunningSite
) -> None:
    slug, bo = "tunnel", people["bo"]
    write_call(running, slug, 2)
    register(bo, running, address_of("bo", slug), back_to="/firm")
    make_a_firm(bo, "Nordlicht Tunnel")
    apply(bo, slug)
    application = bo.page.url.split("?")[0].removeprefix(running.base)

    bo.go(f"{application}/sections/part-1")
    bo.page.context.set_offline(True)
    bo.page.locator(FIELD).fill("Im Tunnel geschrieben.")
    expect(bo.page.locator("#draft-state")).to_be_visible(timeout=SAVED_WITHIN)
    bo.page.context.set_offline(False)
    expect(bo.page.locator("#saved")).to_contain_text("Entwurf gespeichert", timeout=SAVED_WITHIN)
    write(bo, f"{application}/sections/part-2", "Danach mit Empfang.")
    assert "Im Tunnel geschrieben." in read_all(bo, application)

    cut(bo, application, arrives=False)
    assert receipts(bo, application) == []
    read_all(bo, application)
    sent = cut(bo, application, arrives=True)
    assert receipts(bo, application) == ["1"]
    again = bo.page.request.post(
        f"{running.base}{application}/submit", data=sent,
        headers={"origin": running.base, "content-type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    assert again.url.partition("?")[0].endswith(f"{application}/receipts/1")
    assert receipts(bo, application) == ["1"]


def cut(person: Person, application: str, *, arrives: bool) -> str:
    """Submit while the connection breaks, before it arrives or before its answer is back.

    Returns what was sent.
    """
    page = person.page
    submitting = f"**{application}/submit*"

    def break_off(route: Route) -> None:
        if arrives:
            route.fetch(max_redirects=0)
        route.abort(CUT)

    page.route(submitting, break_off)
    page.locator('main form [name="confirmed"]').check(force=True)
    with page.expect_event("requestfailed") as failed:
        page.locator('main form[action*="/submit"] button:not([tabindex="-1"])').click(
            no_wait_after=True
        )
    page.unroute(submitting)
    return failed.value.post_data or ""


def receipts(person: Person, application: str) -> list[str]:
    """Return the numbers of the versions that the application's page names."""
    person.go(application)
    links = person.page.locator(f'main a[href^="{application}/receipts/"]').all()
    found = [(one.get_attribute("href") or "").split("?")[0] for one in links]
    return list(dict.fromkeys(one.rpartition("/")[2] for one in found))
