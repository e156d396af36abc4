"""While the process that searches is away: a search says so, other pages go on, none is a 500."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from govmatch.kit import aside
from govmatch.kit.aside import Away, Kept, Question, Reference
from tests.site import Site, text_of
from tests.web.explore.results_world import told
from tests.web.explore.test_similar import ask_again

WORDS = {
    "en": "This is not available for a moment",
    "de": "Das ist im Augenblick nicht verfügbar",
    "da": "Det er ikke tilgængeligt lige nu",
}


class Nobody:
    """There is nobody to ask."""

    def ask(self, question: Question, kept: Mapping[Reference, Kept]) -> Any:
        raise Away


@pytest.fixture
def away() -> Iterator[None]:
    aside.use(Nobody())
    try:
        yield
    finally:
        aside.use(None)


@pytest.mark.usefixtures("away")
def test_a_search_says_that_it_is_not_possible_for_a_moment(shown: Site) -> None:
    visitor = shown.visit()
    answer = visitor.get("/search?q=water")
    assert answer.status_code == 200
    assert "Search is being prepared. Please try again in a moment." in answer.text
    paths = ("/", "/challenges?q=water", "/firms?q=water", "/search.atom?q=water", "/suggest?q=wat")
    for path in paths:
        assert visitor.get(path).status_code == 200, path


def test_a_page_that_is_only_comparing_asks_to_come_again(site: Site) -> None:
    case = told(site)
    case.do(ask_again)
    reader, path = case.as_("astrid"), "/desk/challenges/asked-again/similar"
    aside.use(Nobody())
    try:
        answers = {lang: reader.get(f"{path}?lang={lang}") for lang in WORDS}
    finally:
        aside.use(None)
    for lang, answer in answers.items():
        assert answer.status_code == 503 and answer.headers["retry-after"] == "60"
        assert WORDS[lang] in text_of(answer.text)
    assert reader.get(path).status_code == 200
