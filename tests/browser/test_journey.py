"""From a new file in content/challenges to a submitted, edited, resubmitted, withdrawn application.

The whole way in each language with scripts, once without scripts, once by keyboard alone.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.person import Person
from tests.browser.running import RunningSite

LIKE = "invoicing"
DATES = "demo: {publish: -20, opens: -18, questions_until: 3, closes: 9}"


def write_challenge(site: RunningSite, slug: str) -> dict[str, str]:
    """Write a new challenge as files in three languages, and return its titles."""
    titles = {}
    for lang in ("de", "da", "en"):
        text = (site.content / "challenges" / f"{LIKE}.{lang}.md").read_text("utf-8")
        titles[lang] = f"{slug.capitalize()} {lang}"
        text = re.sub(r"(?m)^slug: .*$", f"slug: {slug}", text, count=1)
        text = re.sub(r"(?m)^demo: .*$", DATES, text, count=1)
        text = re.sub(r"(?m)^title: .*$", f'title: "{titles[lang]}"', text, count=1)
        (site.content / "challenges" / f"{slug}.{lang}.md").write_text(text, "utf-8")
    return titles


@pytest.fixture
def person(browser: Browser, running: RunningSite, way: tuple[str, str]) -> Iterator[Person]:
    lang, how = way
    context = browser.new_context(
        locale=lang,
        java_script_enabled=how != "without scripts",
        viewport={"width": 1280, "height": 900},
    )
    someone = Person(context.new_page(), running.base, by_keyboard=how == "by keyboard")
    yield someone
    context.close()


WAYS = [
    ("de", "with scripts"),
    ("da", "with scripts"),
    ("en", "with scripts"),
    ("de", "without scripts"),
    ("en", "by keyboard"),
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]}, {way[1]}")
def test_a_firm_finds_a_new_challenge_and_applies(
    person: Person, running: RunningSite, way: tuple[str, str]
) -> None:
    lang, how = way
    slug = f"fresh-{lang}-{how.split()[0]}"
    title = write_challenge(running, slug)[lang]
    running.command("content", "sync")
    address = f"{slug}@example.org"

    find(person, slug, title)
    register(person, running, address, back_to=f"/challenges/{slug}/apply")
    make_a_firm(person, f"Firm of {slug}")
    apply(person, slug)
    application = person.page.url.split("?")[0].removeprefix(running.base)
    fill_in_every_section(person, application, "First")
    first = submit(person, application)
    edit(person, application)
    second = submit(person, application)
    assert first != second
    running.mail_with(first, address)
    running.mail_with(second, address)
    withdraw(person, application)
    assert person.problems == []


def find(person: Person, slug: str, title: str) -> None:
    person.go("/")
    person.press('a[href^="/challenges"]')
    link = f'a[href="/challenges/{slug}"], a[href^="/challenges/{slug}?"]'
    further = person.page.locator("a[rel=next]")
    while not person.page.locator(link).count() and further.count():
        person.go(str(further.get_attribute("href")))  # other tests' challenges close sooner
    person.press(link)
    assert person.page.locator("h1").inner_text() == title


def register(person: Person, site: RunningSite, address: str, *, back_to: str) -> None:
    person.go(f"/register?next={back_to}")
    person.type("name", "Ann Example")
    person.type("email", address)
    person.tick('#main-form [name="terms"]')
    person.press("#main-form button[type=submit]:not([tabindex='-1'])")
    mail = site.newest_mail(address)
    link = re.search(r"/(?:login|register)/[A-Za-z0-9_.-]+", mail)
    assert link, mail
    person.go(link[0])
    person.press("main form button:not([tabindex='-1'])")


def make_a_firm(person: Person, name: str) -> None:
    person.go("/firm")
    if not person.page.locator('#main-form [name="name"]').count():
        person.press('main a[href^="/firm/"]')
    person.type("name", name)
    person.page.locator('#main-form [name="country"]').select_option("DK")
    person.press("#main-form button[type=submit]:not([tabindex='-1'])")


def apply(person: Person, slug: str) -> None:
    person.go(f"/challenges/{slug}/apply")
    choices = person.page.locator('main form [type="radio"]')
    if choices.count() and not person.page.locator("main form [type=radio]:checked").count():
        person.tick('main form [type="radio"]')
    person.press(f'main form[action^="/challenges/{slug}/apply"] button:not([tabindex="-1"])')
    assert "/applications/" in person.page.url


def sections(person: Person, application: str) -> list[str]:
    person.go(application)
    found = person.page.locator(f'main a[href^="{application}/sections/"]')
    paths = [link.get_attribute("href") or "" for link in found.all()]
    return list(dict.fromkeys(path.split("?")[0] for path in paths))


def fill_in_every_section(person: Person, application: str, word: str) -> None:
    for path in sections(person, application):
        person.go(path)
        person.answer_everything(word)
        person.press("#main-form button[type=submit]:not([tabindex='-1'])")


def submit(person: Person, application: str) -> str:
    """Check the answers, submit, and return the content hash on the receipt."""
    person.go(f"{application}/check")
    gaps = person.page.locator("main").inner_text()
    assert person.page.locator('main form[action*="/submit"]').count(), gaps
    for box in person.page.locator('main form[action$="/submit"] [type="checkbox"]').all():
        person.tick(f'main form[action$="/submit"] [name="{box.get_attribute("name")}"]')
    person.press('main form[action*="/submit"] button:not([tabindex="-1"])')
    assert "/receipts/" in person.page.url
    found = re.search(r"\b[0-9a-f]{64}\b", person.page.locator("main").inner_text())
    assert found, "a receipt shows the content hash"
    return found[0]


def edit(person: Person, application: str) -> None:
    first = sections(person, application)[0]
    person.go(first)
    name, _ = person.fields()[0]
    person.type(name, "Second: we have thought again.")
    person.press("#main-form button[type=submit]:not([tabindex='-1'])")
    person.go(f"{application}/check")
    assert "Second: we have thought again." in person.page.locator("main").inner_text()


def withdraw(person: Person, application: str) -> None:
    person.go(application)
    if not person.page.locator('main form[action*="/withdraw"]').count():
        person.press('main a[href*="/withdraw"]')
    person.press('main form[action*="/withdraw"] button:not([tabindex="-1"])')
    person.go(application)
    assert not person.page.locator('main form[action*="/withdraw"]').count()
