"""Every text that the site says in a language, with its file and line.

Catalogues, templates' and code's English, mails, pages, programmes with their letters, rounds, the
taxonomy and the demonstration's events. What others wrote (content/challenges, the demonstration's
firms and needs) speaks its authors' language, not ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from govmatch.kit.i18n import LANGUAGES
from tests.architecture.texts import KEYWORDS, LOCALES
from tests.architecture.tree import PACKAGE, ROOT, TEMPLATES, files, name, python_files, templates

CONTENT = ROOT / "content"
YAML_FOLDERS = ("programmes", "rounds", "taxonomy", "thresholds")
YAML_FILES = ("demonstration/events.yaml",)

# Of a mail or a page: values, addresses, code, and the facts at its head.
NOT_SAID = re.compile(
    r"{[{%].*?[%}]}|\]\([^)]*\)|<?https?://\S+|`[^`]*`|^(?!title:|description:)[a-z_]+:.*$",
    re.MULTILINE,
)
VALUE = re.compile(r"{[^{}]*}")


@dataclass(frozen=True)
class Said:
    """One text, without values and addresses; `line` is that of its first line."""

    file: str
    line: int
    text: str


@cache
def said(lang: str) -> tuple[Said, ...]:
    """Return everything that is said in one language."""
    found = list(_english() if lang == "en" else _catalogues(lang))
    for path in files():
        if _is_long_text(path, lang):
            found.append(Said(name(path), 1, _blanked(path.read_text("utf-8"))))
        elif _is_yaml(path):
            found += in_yaml(name(path), path.read_text("utf-8"), lang)
    return tuple(found)


def in_yaml(file: str, text: str, lang: str) -> Iterator[Said]:
    """Yield what stands below a key `de`, `da` or `en`."""
    yield from _below(file, yaml.compose(text, Loader=yaml.SafeLoader), lang, here=False)


def _below(file: str, node: yaml.Node | None, lang: str, *, here: bool) -> Iterator[Said]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inside = key.value == lang if key.value in LANGUAGES else here
            yield from _below(file, value, lang, here=inside)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _below(file, one, lang, here=here)
    elif isinstance(node, yaml.ScalarNode) and here:
        yield Said(file, node.start_mark.line + 1, _blanked(node.value))


def _catalogues(lang: str) -> Iterator[Said]:
    for path in sorted((LOCALES / lang).glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale=lang):
                texts = entry.string or ""
                for text in [texts] if isinstance(texts, str) else texts:
                    if entry.id:
                        yield Said(name(path), entry.lineno or 1, VALUE.sub(" ", text))


def _english() -> Iterator[Said]:
    own = [path for path in python_files() if path.is_relative_to(PACKAGE)]
    for method, paths in (("python", own), ("jinja2", templates())):
        for path in paths:
            for line, message, _, _ in extract_from_file(method, path, keywords=KEYWORDS):
                for text in [message] if isinstance(message, str) else message:
                    yield Said(name(path), line, VALUE.sub(" ", text))


def _blanked(text: str) -> str:
    """Return the text with what is not said left out; its lines stay where they are."""
    for what in (NOT_SAID, VALUE):
        text = what.sub(lambda found: "\n" * found[0].count("\n") or " ", text)
    return text


def _is_long_text(path: Path, lang: str) -> bool:
    if path.name.endswith(f".{lang}.txt"):
        return path.is_relative_to(TEMPLATES)
    folders = (CONTENT / "pages", CONTENT / "programmes", TEMPLATES)
    return path.name.endswith(f".{lang}.md") and any(path.is_relative_to(one) for one in folders)


def _is_yaml(path: Path) -> bool:
    if path.suffix != ".yaml" or not path.is_relative_to(CONTENT):
        return False
    inside = path.relative_to(CONTENT)
    return inside.parts[0] in YAML_FOLDERS or inside.as_posix() in YAML_FILES
