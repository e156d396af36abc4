"""Languages, Markdown and mail: what people read is theirs, and safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from govmatch.kit.clock import real_now
from govmatch.kit.i18n import Catalogue, Lang, Message, best_lang, catalogue, msg, msgn, pick, say
from govmatch.kit.mail import Letter, as_message, harmless, is_address
from govmatch.kit.markdown import plain, render
from tests.timing import soonest


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("de", "de"),
        ("da-DK,da;q=0.9,en;q=0.8", "da"),
        ("fr,en;q=0.2,de;q=0.7", "de"),
        ("nb-NO", "da"),
        ("fr", "en"),
        ("", "en"),
        ("de;q=0", "en"),
        ("de;q=x", "en"),
        (",;=" * 1000, "en"),
    ],
)
def test_the_language_is_the_one_the_browser_likes_best(header: str, lang: str) -> None:
    assert best_lang(header, "en") == lang


def test_a_message_is_said_in_each_language() -> None:
    message = msg("To {address}", address="a@example.org")
    assert say(message, "de") == "An a@example.org"
    assert say(message, "da") == "Til a@example.org"
    assert say(message, "en") == "To a@example.org"


@pytest.mark.parametrize(("n", "text"), [(0, "Endet in 0 Tagen"), (1, "Endet in 1 Tag")])
def test_plurals_follow_the_number(n: int, text: str) -> None:
    assert say(msgn("Ends in {n} day", "Ends in {n} days", n=n), "de") == text


@pytest.mark.parametrize(("lang", "mark"), [("en", ","), ("de", "."), ("da", ".")])
def test_counts_and_limits_are_set_in_groups_and_other_numbers_are_not(
    lang: Lang, mark: str
) -> None:
    count = msgn("Ends in {n} day", "Ends in {n} days", n=12_000)
    limit = msg("Please use at most {limit} characters.", limit=5_000)
    for message, number in ((count, f"12{mark}000"), (limit, f"5{mark}000")):
        assert f" {number} " in say(message, lang)
        assert f" {number} " in catalogue(lang).markup(message)
    assert " 999 " in say(msg(limit.text, limit=999), lang)
    assert say(msg("{year}", year=2026), lang) == "2026"


def test_a_message_inside_a_message_is_translated_too() -> None:
    outer = msg("firms with {size}", size=msg("fewer than 10 people"))
    assert say(outer, "de") == "Unternehmen (weniger als 10 Beschäftigte)"
    assert catalogue("de").markup(outer) == "Unternehmen (weniger als 10 Beschäftigte)"


def test_values_are_escaped_on_pages_and_markup_is_not() -> None:
    german = catalogue("de")
    assert german.markup("To {address}", address="<b>") == "An &lt;b&gt;"
    assert german.markup("To {address}", address=Markup("<b>x</b>")) == "An <b>x</b>"


def test_an_unknown_text_is_shown_as_it_is() -> None:
    assert Catalogue("de").say(Message("No such text {x}", {"x": 1})) == "No such text 1"


def test_pick_falls_back_to_english_then_to_anything() -> None:
    assert pick({"de": "a", "en": "b"}, "de") == ("a", "de")
    assert pick({"da": "c", "en": "b"}, "de") == ("b", "en")
    assert pick({"da": "c"}, "de") == ("c", "da")
    assert pick({}, "de") == ("", "de")


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "![a](https://evil.example/pixel.png)",
    '<a href="#" onclick="alert(1)">a</a>',
    "[a]: javascript:alert(1)\n\n[a]",
    "<svg/onload=alert(1)>",
    "<style>*{display:none}</style>",
    "`<iframe src=//evil.example>`",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_yields_nothing_that_runs_or_loads(text: str) -> None:
    html = str(render(text)).lower()
    for tag in ("<script", "<img", "<svg", "<iframe", "<style"):
        assert tag not in html
    assert "javascript:" not in html.replace("&lt;", "") or "href" not in html
    assert "onclick=" not in html.replace("&quot;", '"') or "<a" not in html


@given(st.text(alphabet="<>&\"'()[]!*_`#\n aescriptonljv:/=", max_size=200))
def test_markdown_never_yields_script(text: str) -> None:
    html = str(render(text)).lower()
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html


def test_markdown_keeps_headings_below_the_pages_own() -> None:
    html = str(
        render("# One\n\n## Two\n\n### Three\n\n- a\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    )
    assert "<h1" not in html
    assert '<h2 id="s-one">One</h2>' in html and '<h2 id="s-two">Two</h2>' in html
    assert '<h3 id="s-three">' in html and "<li>a</li>" in html and "<td>1</td>" in html


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "*" * 50_000, "a|" * 25_000, "> " * 5_000, "`" * 50_000, "- " * 20_000]
)
def test_hostile_markdown_is_rendered_in_time(text: str) -> None:
    assert soonest(lambda: render(text), under=1.0)[1] < 1.0


def test_plain_text_of_markdown_has_its_words() -> None:
    assert plain("## A & B\n\nSome *bold* [link](https://example.org)") == "A & B Some bold link"


@pytest.mark.parametrize("address", ["a@example.org", "first.last+tag@sub.example.org"])
def test_addresses_are_known(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "a",
        "a@b",
        "a b@example.org",
        "a@example.org\nBcc: b@example.org",
        "<a@example.org>",
        "a@b..c",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    assert not is_address(address)


def test_a_header_cannot_be_injected() -> None:
    letter = Letter(
        message_id="<1@example.org>",
        to="a@example.org",
        subject="Hello\r\nBcc: b@example.org",
        body="text",
        lang="en",
        at=real_now(),
    )
    message = as_message(letter, "site@example.org")
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Bcc: b@example.org"


def test_a_value_in_a_mail_is_one_line_and_no_link() -> None:
    assert harmless("Click https://evil.example\r\nnow\x00") == "Click https: evil.example now"
    assert "www." not in harmless("www.evil.example")
