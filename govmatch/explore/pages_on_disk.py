"""The site's own pages: Markdown files below content/pages, read once."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import count
from pathlib import Path

import yaml
from markupsafe import Markup

from govmatch.kit.i18n import LANGUAGES, Lang, is_lang
from govmatch.kit.markdown import plain, render
from govmatch.kit.records import dataclass
from govmatch.settings import Settings

_NAME = re.compile(r"([a-z0-9-]{1,60})\.(de|da|en)\.md")
_HEADING = re.compile(r'<h2 id="(s-[^"]*)">')
_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


@dataclass(frozen=True)
class SitePage:
    """One page in one language; `html` is safe to show."""

    slug: str
    lang: Lang
    title: str
    description: str
    updated: date
    html: Markup
    text: str


def all_pages(settings: Settings) -> Mapping[tuple[str, str], SitePage]:
    """Return every page by (slug, language), with the operator's facts filled in."""
    return _read(settings)


@lru_cache(maxsize=4)
def _read(settings: Settings) -> Mapping[tuple[str, str], SitePage]:
    found: dict[tuple[str, str], SitePage] = {}
    for path in sorted((settings.content_dir / "pages").glob("*.md")):
        name = _NAME.fullmatch(path.name)
        if name and is_lang(name[2]):
            found[(name[1], name[2])] = _page(path, name[1], name[2], settings)
    return found


def _page(path: Path, slug: str, lang: str, settings: Settings) -> SitePage:
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    facts = yaml.safe_load(head)
    text = "\n".join(_filled(line, settings) for line in body.splitlines() if _says(line, settings))
    html, words = _rendered(text)
    return SitePage(
        slug=slug,
        lang=next(known for known in LANGUAGES if known == lang),
        title=str(facts["title"]),
        description=str(facts["description"]),
        updated=facts["updated"],
        html=html,
        text=words,
    )


@lru_cache(maxsize=256)
def _rendered(text: str) -> tuple[Markup, str]:
    """Return a page's HTML and its words: the same for sites that differ in nothing it says."""
    return _with_parts(render(text)), plain(text)


def _with_parts(html: Markup) -> Markup:
    """Return HTML in which each part can be linked to by its number, whatever the language."""
    number = count(1)

    def marked(heading: re.Match[str]) -> str:
        return f'<h2 id="part-{next(number)}"><span id="{heading[1]}"></span>'

    return Markup(_HEADING.sub(marked, html))  # noqa: S704 -- made by render, with ids of our own


def _says(line: str, settings: Settings) -> bool:
    """False for an item of a list that is about a setting nobody has made."""
    holes = _PLACEHOLDER.findall(line)
    return not line.startswith("- ") or not holes or any(_fact(name, settings) for name in holes)


def _filled(line: str, settings: Settings) -> str:
    return _PLACEHOLDER.sub(lambda hole: _fact(hole[1], settings) or "[…]", line)


def _fact(name: str, settings: Settings) -> str:
    return settings.base_url if name == "site_url" else str(getattr(settings, name, ""))


def best(settings: Settings, slug: str, lang: Lang) -> SitePage | None:
    """Return the page in `lang`, else in English, else in any language of ours."""
    pages = all_pages(settings)
    candidates = (pages.get((slug, code)) for code in (lang, "en", *LANGUAGES))
    return next((page for page in candidates if page), None)
