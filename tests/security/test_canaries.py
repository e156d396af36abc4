"""Rare words in every private field: nobody meets one who is not named beside it, nowhere.

The walks go over a site in production mode: what the demonstration shows on purpose is not there.
"""

import re
import zipfile
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest

from tests.security.asking import Got
from tests.security.canaries import word
from tests.security.crawling import crawl, links_in
from tests.security.house import House

pytestmark = [pytest.mark.security(1), pytest.mark.security(4)]

# One of each kind: the rest of those who are at the door are answered like one of these.
WALKERS = [
    *("visitor", "newcomer", "halfway", "bo", "carla", "frieda", "dieter", "orla", "lea"),
    *("astrid", "hanne", "eva", "ida", "mads", "jens", "kim"),
    *("finn", "greta", "quinn", "rosa", "mia", "mona"),
]
STEPS = [
    *(("bare", "hidden", who) for who in ("visitor", "newcomer", "finn", "lea")),
    *(("staged", "whole", who) for who in ("visitor", "newcomer", "lea", "mads", "mona", "frieda")),
]
"""Pairs of worlds that differ in nothing but what is private, and to whom both are the same."""
SEEKERS = ["visitor", "lea", "kim", "finn", "greta", "mads", "mona"]
LANGUAGES = ["de", "da", "en"]
TELL_THE_TIME = {"/account/export", "/account/sessions"}
TAKES_PART = {
    "newcomer": {"/firm", "/firms/nordlys-vision/join"},
    "lea": {"/account/privacy", "/applications"},
}
"""Pages that tell somebody of what they began themselves: who asks to join, and who joins in."""
SEARCHES = ["/search?q={}", "/suggest?q={}", "/firms?q={}"]
FEEDS = ["/search.atom?q={}"]
TRIAGE = [
    *("/triage?q={}", "/triage.csv?q={}", "/triage/board?q={}", "/triage?tag={}"),
    *("/triage?q=tag:{}", "/triage?q=assigned:{}", "/triage/suggest?q=tag:{}"),
]
LETTER = re.compile(r"/letters/[a-z0-9]+")
DRAWN = re.compile(r'(name="(?:form_key|page)" value="|<updated>|[?;]since=)[^"<&]*')


@cache
def walked(house: House, who: str, lang: str = "") -> dict[str, Got]:
    return crawl(house, who, lang=lang)


def met_in(house: House, found: dict[str, Got], who: str) -> dict[str, list[str]]:
    """Return by address what `who` met there and must not: in headers and text, unless asked."""
    canaries, met = house.world.canaries, {}
    for target, got in found.items():
        said = "\n".join(f"{name}: {value}" for name, value in got.headers) + got.text
        asked = set(canaries.seen_in(target, ""))
        if seen := [name for name in canaries.seen_in(said, who) if name not in asked]:
            met[target] = seen
    return met


@pytest.mark.parametrize("who", WALKERS)
@pytest.mark.security(5)
def test_nobody_meets_what_is_private_to_others(production: House, who: str) -> None:
    found = walked(production, who)
    assert len(found) > 120
    assert met_in(production, found, who) == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_visitors_meet_nothing_private_in_any_language(production: House, lang: str) -> None:
    assert met_in(production, walked(production, "visitor", lang), "visitor") == {}


def test_every_word_is_met_by_somebody_who_may(production: House) -> None:
    """A word that nobody ever meets would prove nothing about those who must not."""
    canaries, ids = production.world.canaries, production.ids
    read = {who: [got.text for got in walked(production, who).values()] for who in WALKERS}
    read["private"] = [production.get("private", "/account").text]
    for who, paths in _more_pages(production).items():
        read[who] += [production.get(who, path).text for path in paths]
        letters = {link for text in read[who] for link in links_in(text) if LETTER.fullmatch(link)}
        read[who] += [production.get(who, link).text for link in letters]
    copy = zipfile.ZipFile(BytesIO(production.get("bo", f"/account/export/{ids['copy bo']}").body))
    read["bo"] += [copy.read(name).decode("utf-8", "replace") for name in copy.namelist()]
    for name, slug in ids.items():
        if name.startswith("challenge "):
            path = f"/challenges/{slug}"
            read["eva"] += [production.get("eva", path, lang=lang).text for lang in LANGUAGES]
    for who, text in mailed(production):
        read.setdefault(who, []).append(text)
    waiting = {text: readers for text, readers in canaries.readers.items() if readers}
    for who, pages in read.items():
        said = " ".join(pages).lower()
        met = {text for text in waiting if who in waiting[text] and text.lower() in said}
        waiting = {text: readers for text, readers in waiting.items() if text not in met}
    assert {canaries.names[text] for text in waiting} == set()


def _more_pages(house: House) -> dict[str, list[str]]:
    """Return the pages of applications and reviews which the tables do not name one by one."""
    found: dict[str, list[str]] = defaultdict(list)
    canaries, ids = house.world.canaries, house.ids
    for name, public_id in ids.items():
        kind, _, key = name.partition(" ")
        if kind == "application":
            owner = next(iter(canaries.readers[public_id] & {"bo", "orla", "dieter", "lea"}))
            one = f"/applications/{public_id}"
            ends = ("", "/letters", "/check", "/receipts/1.txt", f"/files/{ids[f'file {key}']}")
            found[owner] += [f"{one}{end}" for end in ends]
            found["eva"].append(f"/triage/{public_id}?show=notes")
            stage = ids.get(f"challenge {key.split()[0]}")
            found["eva"].append(f"/desk/challenges/{stage}/reviewing/{public_id}")
        if kind == "review" and name.endswith("by finn"):
            found["finn"].append(f"/reviews/{public_id}")
        if kind == "interview":
            slug = ids[f"challenge {key.split()[0]}"]
            found["eva"].append(f"/desk/challenges/{slug}/interviews/{public_id}")
    return found


def mailed(house: House) -> list[tuple[str, str]]:
    """Return every mail with the one it went to; their address for who has no account."""
    numbers = house.world.numbers
    keys = {numbers[one]: one for one in house.world.cookies if one in numbers}
    found = house.rows("SELECT person_id, address, subject, body FROM mails")
    return [
        (keys.get(person, address), f"{subject}\n{body}")
        for person, address, subject, body in found
    ]


def test_no_mail_says_what_its_reader_must_not_know(production: House) -> None:
    """Whoever has an address that was planted reads what may be read beside it."""
    canaries, mails = production.world.canaries, mailed(production)
    assert len(mails) > 60
    wrong = []
    for who, text in mails:
        own = [readers for word, readers in canaries.readers.items() if word in who]
        readers = own[0] or {""} if own else {who}
        seen = [set(canaries.seen_in(text.replace(who, ""), reader)) for reader in readers]
        wrong += [(who, names) for names in [set.intersection(*seen)] if names]
    assert wrong == []


def test_enough_is_planted(production: House) -> None:
    """Identifiers and private notes of every stage from the deadline to the outcome."""
    stages = ("sealed", "judged", "drafted", "proposed", "released", "piloting")
    names = production.world.canaries.names.values()
    assert min(sum(stage in name for name in names) for stage in stages) > 4
    assert sum(any(stage in name for stage in stages) for name in names) > 100


@pytest.mark.parametrize(("before", "after", "who"), STEPS)
def test_what_is_private_changes_no_page_of_others(
    houses: dict[str, House], before: str, after: str, who: str
) -> None:
    """Counts, lists, feeds, facets, entity tags: the same as if nothing of it were there."""
    for name in (before, after):
        houses[name].put_back()
    without, with_it = walked(houses[before], who), walked(houses[after], who)
    differing = {
        target
        for target, got in without.items()
        if target not in TELL_THE_TIME
        and target.partition("?")[0] not in TAKES_PART.get(who, set())
        and _comparable(got) != _comparable(with_it.get(target, got))
    }
    assert len(without) > 100
    assert differing == set()


def _comparable(got: Got) -> tuple[object, ...]:
    """Return an answer without what is drawn by lot for each page."""
    return got.status, got.location, got.header("etag"), DRAWN.sub(r"\1", got.text)


@pytest.mark.parametrize("who", SEEKERS)
@pytest.mark.security(25)
def test_nobody_finds_or_counts_what_they_may_not_open(production: House, who: str) -> None:
    """Search, suggestion, did-you-mean and filters answer as for a word that stands nowhere."""
    canaries, wrong = production.world.canaries, []
    nowhere = word("stands nowhere at all")
    for ask in [*SEARCHES, *(TRIAGE if who == "mads" else ())]:
        empty = said(production, who, ask, nowhere)
        for text, readers in canaries.readers.items():
            is_word = text.startswith("zq") and who not in readers
            if is_word and said(production, who, ask, text) != empty:
                wrong.append((ask, canaries.names[text]))
    assert wrong == []


def whole(text: str) -> str:
    return text


NEARLY: dict[str, tuple[Callable[[str], str], str]] = {
    "itself": (whole, "{}"),
    "a letter left out": (lambda text: text[:5] + text[6:], "{}"),
    "a letter too many": (lambda text: f"{text[:6]}a{text[6:]}", "{}"),
    "another letter": (lambda text: f"{text[:6]}a{text[7:]}", "{}"),
    "its beginning": (lambda text: text[:9], "{}"),
    "its beginning and a star": (lambda text: text[:9], "{}*"),
    "beside a word that is found": (whole, "data+{}"),
    "left out": (whole, "data+-{}"),
    "in titles": (whole, "title:{}"),
    "a slip beside a word that is found": (lambda text: text[:-1] + "a", "data+{}"),
}


@pytest.mark.parametrize("how", NEARLY)
@pytest.mark.parametrize("who", ["visitor", "finn", "mads"])
@pytest.mark.security(25)
def test_nothing_near_a_private_word_gives_it_away(production: House, who: str, how: str) -> None:
    """Did-you-mean, what can be left out with its counts, and completion know only what is open."""
    slip, form = NEARLY[how]
    canaries, wrong = production.world.canaries, []
    hidden = [text for text in canaries.readers if text.startswith("zq")]
    hidden = [text for text in sorted(hidden) if who not in canaries.readers[text]][::29]
    assert len(hidden) > 3
    for ask in [*SEARCHES[:2], *FEEDS]:
        asked = ask.format(form)
        empty = said(production, who, asked, slip(word("stands nowhere at all")))
        told = {text: said(production, who, asked, slip(text)) for text in hidden}
        wrong += [(asked, canaries.names[text]) for text in hidden if told[text] != empty]
    assert wrong == []


def said(house: House, who: str, ask: str, text: str) -> str:
    """Return what is answered to a question, without the word that was asked for."""
    page = house.get(who, ask.format(text), lang="en").text
    return DRAWN.sub(r"\1", page).replace(text, "")


def test_who_may_finds_it(production: House) -> None:
    """The words are in the index, so that not finding them says something."""
    sought = {
        "orla": ["name of the firm that is not listed", "answer of application hidden"],
        "bo": ["answer of application sent"],
    }
    for who, names in sought.items():
        for name in names:
            page = production.get(who, f"/search?q={word(name)}&lang=en").text
            assert re.search(r"\b[1-9]\d* results?\b", page), name


@pytest.mark.parametrize("first", ["who may", "a visitor"])
def test_what_a_member_was_shown_is_not_kept_for_visitors(production: House, first: str) -> None:
    """The cache of public pages holds nothing that only a session opens, whoever asks first."""
    for name, who in (("firm hidden", "orla"), ("challenge draft", "astrid")):
        path = f"/{'firms' if who == 'orla' else 'challenges'}/{production.ids[name]}"
        asked = [who, "visitor"] if first == "who may" else ["visitor", who]
        answers = {one: production.get(one, path) for one in asked}
        assert (answers[who].status, answers["visitor"].status) == (200, 404)
        assert "etag" not in dict(answers[who].headers)
        lists = "/firms" if who == "orla" else "/challenges"
        shown = production.get("visitor", lists), production.get(who, lists)
        assert shown[0].status == 200 and shown[1].header("cache-control") == "no-store"
