"""Templates keep to what our Content-Security-Policy, htmx 4 and three languages allow."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, nodes

from tests.architecture.tree import TEMPLATES, name, templates

# Words of pages that are the same in every language.
SAME_EVERYWHERE = {"govmatch", "CSV", "JSON", "PDF", "XLSX"}
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title"}
TRANSLATING = {"_", "n_"}

# Where a template may put text into a page unescaped, each with its reason. There is none: what
# is safe arrives as Markup.
MAY_SAY_SAFE: dict[str, str] = {}

FORBIDDEN: dict[str, str] = {
    "a bare htmx attribute; write data-hx-": r"(?<![\w-])hx-[a-z]",
    "hx-on, which our CSP does not run": r"hx-on",
    "a script in an attribute value": r"\b(js|javascript):",
    "a filter in a trigger, which htmx evaluates": r"""hx-trigger\s*=\s*["'][^"']*\[""",
    "a style element": r"<style\b",
    "a style attribute": r"""(?<=[\s"'}])style\s*=""",
    "an inline script": r"<script\b(?![^>]*\ssrc=)|<script[^>]*>\s*[^\s<]",
    "an event handler attribute": r"""(?<=[\s"'}])on[a-z]+\s*=\s*["'{]""",
    "a part without escaping": r"{%-?\s*autoescape\b",
    "something loaded from elsewhere": r"""\b(src|data|poster|srcset)\s*=\s*["'](https?:)?//""",
    "the element that our CSP breaks": r"<kern-kopfzeile",
}
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)


def forbidden(source: str) -> Iterator[str]:
    """Yield what a template may not hold, with its line; comments may hold anything."""
    quiet = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source)
    for what, pattern in FORBIDDEN.items():
        for found in re.finditer(pattern, quiet):
            yield f"line {quiet.count(chr(10), 0, found.start()) + 1}: {what}"


def unescaped(source: str) -> Iterator[str]:
    for found in Environment().parse(source).find_all(nodes.Filter):
        if found.name in {"safe", "forceescape"}:
            yield f"line {found.lineno}: |{found.name}"


class _Spoken(HTMLParser):
    """Collects what a person would read or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [v for name, v in attrs if v and name in SPOKEN_ATTRIBUTES]

    def handle_data(self, data: str) -> None:
        # A macro may give nothing but attributes for a tag that stands elsewhere.
        self.found.append(re.sub(r"""[\w-]+=("[^"]*"|'[^']*')""", "", data))


def untranslated(source: str) -> Iterator[str]:
    """Yield words that stand in the page itself, or as text in an expression, without `_`."""
    tokens = Environment().lex(source)
    spoken = _Spoken()
    spoken.feed("".join(text for _, kind, text in tokens if kind == "data"))
    spoken.close()
    for text in spoken.found:
        yield from (w for w in re.findall(r"[^\W\d_]{2,}", text) if w not in SAME_EVERYWHERE)
    yield from _bare_constants(Environment().parse(source))


def _bare_constants(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Call) and getattr(node.node, "name", "") in TRANSLATING:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        if re.match(r"[A-ZÄÖÜÅÆØ][a-zäöüßåæø]+(\W|$)", node.value):
            yield node.value
        return
    for child in node.iter_child_nodes():
        yield from _bare_constants(child)


@pytest.mark.parametrize("check", [forbidden, untranslated], ids=lambda check: check.__name__)
def test_no_template_holds_what_is_forbidden(check: Callable[[str], Iterator[str]]) -> None:
    found = {name(path): list(check(path.read_text("utf-8"))) for path in templates()}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_only_named_templates_leave_text_unescaped() -> None:
    found = {
        path.relative_to(TEMPLATES).as_posix(): list(unescaped(path.read_text("utf-8")))
        for path in templates()
    }
    assert {path for path, lines in found.items() if lines} == set(MAY_SAY_SAFE)


BAD = {
    '<a hx-get="/x">': "a bare htmx attribute; write data-hx-",
    '<a data-hx-on:click="x()">': "hx-on, which our CSP does not run",
    "<a data-hx-vals='js:{a: 1}'>": "a script in an attribute value",
    '<a href="javascript:x">': "a script in an attribute value",
    '<a data-hx-trigger="click[ctrlKey]">': "a filter in a trigger, which htmx evaluates",
    "<style>p {}</style>": "a style element",
    '<p style="color: red">': "a style attribute",
    '<p {% if x %}style="{{ x }}"{% endif %}>': "a style attribute",
    "<script>x()</script>": "an inline script",
    '<script src="/x.js">y()</script>': "an inline script",
    '<a onclick="x()">': "an event handler attribute",
    "{% autoescape false %}": "a part without escaping",
    '<img src="https://elsewhere.example/x.png">': "something loaded from elsewhere",
    "<kern-kopfzeile></kern-kopfzeile>": "the element that our CSP breaks",
}


@pytest.mark.parametrize("source", BAD)
def test_each_forbidden_thing_is_found_with_its_line(source: str) -> None:
    assert f"line 2: {BAD[source]}" in list(forbidden(f"<p>\n{source}</p>"))


@pytest.mark.parametrize(
    "source",
    [
        '<a data-hx-get="/x" data-hx-trigger="change delay:300ms">',
        "<script src=\"{{ static('js/govmatch.js') }}\" defer></script>",
        "{# never hx-get, style= or onclick= #}",
        '<button data-on="x" class="person">',
    ],
)
def test_what_is_allowed_is_left_alone(source: str) -> None:
    assert list(forbidden(source)) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<h1>Challenges</h1>", ["Challenges"]),
        ("<h1>{{ title }} of {{ n }}</h1>", ["of"]),
        ("<img alt='Logo'>", ["Logo"]),
        ("{{ ui.alert('info', 'Saved for you') }}", ["Saved for you"]),
        ("<h1>{{ _('Challenges') }}</h1>", []),
        ("{{ n_('{n} person', '{n} people', count) }} – govmatch", []),
        ('<p class="{% if x %}Big{% endif %}">{{ x }}</p>', []),
    ],
)
def test_words_without_translation_are_found(source: str, words: list[str]) -> None:
    assert list(untranslated(source)) == words


def test_text_that_is_not_escaped_is_found() -> None:
    assert list(unescaped("{{ a }}\n{{ b | safe }}")) == ["line 2: |safe"]
