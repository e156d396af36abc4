"""How well a reviewer fits an application, by what they named themselves, in any language."""

import pytest

from govmatch.matching.profile import Profile, Text
from govmatch.matching.reading import Reader
from govmatch.reviews.match_profile import named_thing, reviewer_profile
from govmatch.reviews.proposing import Asked, Fits, Reviewer, fits, posed
from govmatch.search.bridge.concepts import Bridge
from govmatch.settings import shipped

LABELS = {
    "theme:invoicing": {"en": "Invoices and receipts", "de": "Rechnungen und Belege",
                        "da": "Fakturaer og kvitteringer"},
    "theme:water": {"en": "Water quality", "de": "Wasserqualität", "da": "Vandkvalitet"},
}  # fmt: skip
TEXTS = {
    1: ("de", "Wir lesen Rechnungen und Belege mit einem Scanner und prüfen sie."),
    2: ("da", "Vi måler vandkvaliteten i fjorden med sensorer."),
    3: ("en", "A training for nurses in new homes."),
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Bridge.load(shipped("content")), parents=lambda _code: ())


def asked(number: int) -> Asked:
    lang, text = TEXTS[number]
    return Asked(number, lang, Profile("application", str(number), texts=(Text(text, lang),)), 0)


def someone(number: int, *codes: str, languages: frozenset[str] | None = None) -> Reviewer:
    return Reviewer(number, codes, languages, 0, 5)


def judged(reader: Reader, *reviewers: Reviewer) -> Fits:
    return fits(
        [asked(number) for number in TEXTS],
        reviewers,
        read=reader.read,
        whole=lambda codes: reviewer_profile(codes, LABELS),
        thing=lambda code: named_thing(code, LABELS),
    )


def test_what_somebody_named_fits_what_says_so_in_another_language(reader: Reader) -> None:
    found = judged(reader, someone(7, "theme:invoicing"), someone(8, "theme:water"))
    assert found.worth[1, 7] > found.worth[1, 8]
    assert found.worth[2, 8] > found.worth[2, 7]
    assert max(found.worth.values()) == 1.0
    assert found.knows[1, 7] == ("theme:invoicing",)
    assert found.knows[2, 8] == ("theme:water",)
    assert found.knows[3, 7] == found.knows[3, 8] == ()


def test_of_several_things_the_one_that_fits_is_named(reader: Reader) -> None:
    found = judged(reader, someone(7, "theme:invoicing", "theme:water"))
    assert found.knows[1, 7][0] == "theme:invoicing"
    assert found.knows[2, 7][0] == "theme:water"


def test_who_named_nothing_fits_everything_alike(reader: Reader) -> None:
    found = judged(reader, someone(7), someone(8, "theme:water"))
    assert [found.worth[number, 7] for number in TEXTS] == [0.0, 0.0, 0.0]


def test_only_allowed_pairs_in_a_language_that_is_read_are_posed(reader: Reader) -> None:
    reviewers = [someone(7, languages=frozenset({"de", "en"})), someone(8)]
    question = posed(
        [asked(number) for number in TEXTS],
        reviewers,
        allowed={(1, 7), (2, 7), (3, 8)},
        found=judged(reader, *reviewers),
        wanted=2,
        seed=1,
    )
    assert question.pairs == ((1, 7), (3, 8))
    assert [one.wants for one in question.problem.tasks] == [2, 2, 2]
    assert [one.group for one in question.problem.tasks] == ["de", "da", "en"]
