"""Markdown to HTML that is safe on a page: raw HTML is shown as text, then nh3 keeps a short list."""

import re
from html import unescape

import markdown as python_markdown
import nh3
from markdown.extensions.toc import slugify_unicode
from markupsafe import Markup

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "ul", "ol", "li", "strong", "em", "del", "code", "pre",
    "blockquote", "a", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "abbr", "sup",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "h2": {"id"},
    "h3": {"id"},
    "ol": {"start"},
}
MAX_CHARACTERS = 100_000
_TOP_HEADING = re.compile(r"^# ", re.MULTILINE)


def render(text: str) -> Markup:
    """Return HTML of `text` without script, style, image or frame; the highest heading is h2.

    At most 100,000 characters are rendered. Links get rel="noopener noreferrer nofollow".
    """
    html = _converter().convert(_TOP_HEADING.sub("## ", text[:MAX_CHARACTERS]))
    return Markup(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener noreferrer nofollow",
        )
    )


def _converter() -> python_markdown.Markdown:
    converter = python_markdown.Markdown(
        extensions=["tables", "sane_lists", "def_list", "toc"],
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


def plain(text: str) -> str:
    """Return the words of a Markdown text, for search and descriptions."""
    stripped = re.sub(r"<[^>]{0,2000}>", " ", str(render(text)))
    return " ".join(unescape(stripped).split())
