"""The page of the search before anything was looked for."""

import pytest

from tests.site import Site, text_of


@pytest.mark.parametrize(
    ("lang", "firms"),
    [("en", "All firms"), ("de", "Alle Unternehmen"), ("da", "Alle virksomheder")],
)
def test_without_a_query_it_says_where_to_begin(site: Site, lang: str, firms: str) -> None:
    page = site.visit(lang=lang).get("/search").text
    assert 'href="/challenges?phase=open"' in page
    assert firms in text_of(page)


def test_with_a_query_it_shows_the_answer_alone(site: Site) -> None:
    assert "All firms" not in text_of(site.visit().get("/search?q=invoices").text)
