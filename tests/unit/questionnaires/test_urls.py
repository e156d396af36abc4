"""A web address leads to the web and nowhere else, and long answers are Markdown without script."""

from typing import Any

import pytest
from hypothesis import given

from govmatch.questionnaires import code_of, load, parse_draft, rows
from govmatch.questionnaires.prose import prose
from govmatch.questionnaires.urls import kept_url, read_url
from tests.unit.questionnaires.pages import show
from tests.unit.questionnaires.samples import any_text

FORM = load(
    {
        "sections": [
            {
                "id": "a",
                "title": "A",
                "questions": [
                    {"id": "page", "type": "url", "label": "Page"},
                    {"id": "text", "type": "long_text", "label": "Text"},
                ],
            }
        ]
    }
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.example.dk", "https://www.example.dk"),
        ("example.dk:8080/x", "https://example.dk:8080/x"),
        (" http://æble.dk/side?x=1#y ", "http://æble.dk/side?x=1#y"),
        ("HTTPS://Example.org", "HTTPS://Example.org"),
    ],
)
def test_an_address_is_taken_as_people_type_it(typed: str, kept: str) -> None:
    assert read_url(typed) == kept
    assert kept_url(kept) == kept


@pytest.mark.security(1)
@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)", "data:text/html,x", "ftp://example.org", "//example.org/x y",
        "https://example", "https://user:secret@example.org", "https://example.org@evil.example",
        "https://127.0.0.1", "https://[::1]/", "https://exa\u202emple.org", "mailto:a@b.dk",
        "https://example.org/" + "x" * 500, "https:\\\\example.org", "not an address", "https://",
        "https://example.org:99999999/",
    ],
)  # fmt: skip
def test_what_leads_elsewhere_is_kept_as_typed_and_is_no_link(typed: str) -> None:
    draft = parse_draft(FORM, {"q-page": [typed]}, lang="en")
    assert code_of(draft.errors["q-page"]) == "not_a_url"
    row = rows(FORM, draft.answers, "en")[0]
    assert row.url == ""
    assert "href" not in show("answers", "en", title="", rows=[row]).partition("__body")[2]


@given(any_text)
def test_whatever_is_typed_is_an_address_of_the_web_or_none(text: str) -> None:
    found = read_url(text)
    assert found is None or (kept_url(found) == found and found.lower().startswith("http"))


def test_a_link_says_that_it_is_not_vouched_for() -> None:
    row = rows(FORM, {"page": "https://example.org/a?b=1&c=2"}, "en")[0]
    assert (
        '<a class="kern-link" href="https://example.org/a?b=1&amp;c=2" '
        'rel="noopener noreferrer nofollow">'
    ) in show("answers", "en", title="", rows=[row])


def test_a_long_answer_is_markdown_with_its_line_ends() -> None:
    html = prose("One\ntwo\n\n- a\n- b")
    assert html == "<p>One<br>\ntwo</p>\n<ul>\n<li>a  </li>\n<li>b</li>\n</ul>"


def test_headings_of_an_answer_are_none_of_the_page() -> None:
    html = prose("# Mine\n\n## Mine\n\ntext")
    assert "<h" not in html and "id=" not in html
    assert html.count("<strong>Mine</strong>") == 2


@pytest.mark.security(1)
def test_markdown_of_an_answer_brings_no_script() -> None:
    answers: Any = {"text": "<script>x</script> [a](javascript:x) ![p](https://example.org/p.png)"}
    html = show("answers", "en", title="", rows=rows(FORM, answers, "en"))
    assert "<script" not in html and "javascript:" not in html.lower().replace("javascript:x)", "")
    assert "<img" not in html
