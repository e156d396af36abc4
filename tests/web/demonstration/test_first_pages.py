"""What everybody of the demonstration meets first: one thing to do, and pages that all answer."""

from collections.abc import Iterator

import pytest

from govmatch.demonstration.personas import PERSONAS, Persona, persona
from govmatch.kit.clock import real_now
from govmatch.kit.i18n import Lang, say
from tests.databases import Databases
from tests.site import Browser, Site, text_of
from tests.worlds import World, seeded


@pytest.fixture(scope="module")
def world(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with seeded(databases, tmp_path_factory.mktemp("world"), now=real_now()) as made:
        yield made


@pytest.fixture(scope="module")
def site(world: World, tmp_path_factory: pytest.TempPathFactory, packed: object) -> Iterator[Site]:
    assert packed
    made = Site(world.database, tmp_path_factory.mktemp("site"))
    made.work()
    yield made
    made.close()


def enter(site: Site, key: str) -> tuple[Persona, Browser, str]:
    """Sign in with the button of /demo; return where it leads."""
    one = persona(key)
    assert one is not None
    browser = site.visit()
    answer = browser.post("/demo/sign-in", {"persona": key})
    assert answer.status_code == 303
    return one, browser, answer.headers["location"]


FIRST = {
    "astrid": "Spørgsmål om 1 udfordring venter på svar",
    "hanne": "1 udfordring venter på din godkendelse",
    "eva": "1 challenge waits to be opened",
    "bo": "Næste skridt: Sig senest",
    "carla": "Next: say until",
    "dieter": "Die Gründe stehen in Ihrem Schreiben.",
    "lea": "Queries compared",
    "ida": "Zu entscheiden",
    "finn": "2 bedømmelser",
    "greta": "2 Bewertungen sind zu erledigen",
    "silke": "Questions that founders understand",
    "jens": "Prüfung",
    "kim": "Nothing waits for you",
}


@pytest.mark.parametrize("key", [one.key for one in PERSONAS])
def test_the_first_page_of_each_persona_says_what_comes_next(site: Site, key: str) -> None:
    one, browser, start = enter(site, key)
    assert start == one.start
    shown = browser.get(start)
    assert shown.status_code == 200
    assert FIRST[key] in text_of(shown.text)


@pytest.mark.parametrize("lang", ["en", "de", "da"])
def test_the_page_of_personas_says_what_to_try_in_the_readers_language(
    site: Site, lang: Lang
) -> None:
    shown = text_of(site.visit(lang=lang).get("/demo").text)
    for one in PERSONAS:
        for words in one.tries:
            assert say(words, lang) in shown


def test_bo_sees_first_what_is_most_pressing_and_nothing_first_among_drafts(site: Site) -> None:
    _, browser, start = enter(site, "bo")
    page = browser.get(start).text
    first = text_of(page[page.index('class="gm-next"') :].partition("</section>")[0])
    assert "Hvordan får vi flere små virksomheder til at sende fakturaer" in first
    assert 'class="gm-next"' not in browser.get(start + "?state=draft").text
