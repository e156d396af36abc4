"""Markdown to HTML that is safe on a page: raw HTML is text, then nh3 keeps a short list."""

import re
import threading
from html import unescape

import markdown as python_markdown
import nh3
from markdown.extensions.toc import slugify_unicode
from markupsafe import Markup, escape

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "ul", "ol", "li", "strong", "em", "del", "code", "pre",
    "blockquote", "a", "table", "thead", "tbody", "tr", "th", "td", "abbr", "sup",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "h2": {"id"},
    "h3": {"id"},
    "ol": {"start"},
}
MAX_CHARACTERS = 100_000
MOST_STEPS = 200_000
"""Marks times characters of a paragraph: looking for the end of a mark takes a pass each."""
_LONG_RUN = re.compile(r"([^\w\s])\1{20,}")
_HEADING = re.compile(r"^ {0,3}#+", re.MULTILINE)
MOST_HEADINGS = 500
_MARKS = re.compile(r"[\[\]*_`<&]")
_RENDERED_HEADING = re.compile(r'<(/?)h([2-5])(?: id="[^"]*")?>')
_TOP_HEADING = re.compile(r"^# ", re.MULTILINE)


def render(text: str) -> Markup:
    """Return HTML of `text` without script, style, image or frame; the highest heading is h2.

    At most 100,000 characters are rendered. Links get rel="noopener noreferrer nofollow".
    """
    html = _converted(_tamed(_TOP_HEADING.sub("## ", text[:MAX_CHARACTERS])))
    return Markup(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener noreferrer nofollow",
        )
    )


def _converted(text: str) -> str:
    """Return the HTML; a text nested beyond reason becomes one block of plain text."""
    converter = _own.__dict__.pop("converter", None) or _converter()
    try:
        html = str(converter.reset().convert(text))
    except RecursionError:
        return f"<pre>{escape(text)}</pre>"
    _own.converter = converter
    return html


_own = threading.local()
"""A converter of each thread, since making one takes longer than a page of text; none is left here
by whom an error has interrupted."""


def _tamed(text: str) -> str:
    """Return a text that is rendered in time: overlong runs cut, overfull paragraphs made plain."""
    text = _LONG_RUN.sub(lambda run: run[0][:20], text)
    if len(_HEADING.findall(text)) > MOST_HEADINGS:
        text = _HEADING.sub("", text)
    return "\n\n".join(
        paragraph
        if len(_MARKS.findall(paragraph)) * len(paragraph) <= MOST_STEPS
        else _MARKS.sub(" ", paragraph)
        for paragraph in text.split("\n\n")
    )


def _converter() -> python_markdown.Markdown:
    converter = python_markdown.Markdown(
        extensions=["tables", "sane_lists", "toc"],
        extension_configs={
            "toc": {"baselevel": 1, "permalink": False, "marker": "", "slugify": _heading_id}
        },
        output_format="html",
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    converter.inlinePatterns.deregister("image_link")
    converter.inlinePatterns.deregister("image_reference")
    converter.inlinePatterns.deregister("short_image_ref")
    return converter


def _heading_id(text: str, separator: str) -> str:
    """Ids of headings stand apart from the ids of the page around them."""
    return "s-" + (slugify_unicode(text, separator) or "section")


def nested(html: Markup) -> Markup:
    """Return rendered text with headings one lower and without ids: several fit on one page."""
    return Markup(_RENDERED_HEADING.sub(_lower, html))  # noqa: S704 -- made by render


def _lower(found: re.Match[str]) -> str:
    return f"<{found[1]}h{int(found[2]) + 1}>"


def kept(html: str) -> Markup:
    """Return as markup what `render` made and a column keeps; nothing else may come here."""
    return Markup(html)  # noqa: S704 -- made by render on save


def plain(text: str) -> str:
    """Return the words of a Markdown text, for search and descriptions."""
    return words_of(str(render(text)))


def words_of(html: str) -> str:
    """Return the words of what `render` made, when it is kept already."""
    stripped = re.sub(r"<[^>]{0,2000}>", " ", html)
    return " ".join(unescape(stripped).split())
