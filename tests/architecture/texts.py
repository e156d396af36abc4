"""Every text of the interface, found where it is said: in templates and in Python."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.extract import extract
from babel.messages.pofile import read_po

from tests.architecture.tree import PACKAGE, name, python_files, templates

KEYWORDS = {"_": (1,), "n_": (1, 2), "msg": (1,), "msgn": (1, 2)}
LOCALES = PACKAGE / "locale"
TRANSLATED = ("de", "da")

MsgId = str | tuple[str, str]


@dataclass(frozen=True)
class Translation:
    """One entry of a catalogue: `forms` holds one text, or one for each plural form."""

    file: str
    forms: tuple[str, ...]
    fuzzy: bool


def said(method: str, source: str) -> set[MsgId]:
    """Return the texts in a source; `method` is `python` or `jinja2`."""
    found = extract(method, BytesIO(source.encode()), keywords=KEYWORDS)
    return {_msgid(message) for _, message, _, _ in found}


def _msgid(message: str | tuple[str, ...] | Iterable[str]) -> MsgId:
    if isinstance(message, str):
        return message
    first, *rest = message
    return (first, rest[0]) if rest else first


@cache
def all_said() -> dict[MsgId, set[str]]:
    """Return every text of the interface with the files that say it."""
    found: dict[MsgId, set[str]] = defaultdict(set)
    own = [path for path in python_files() if path.is_relative_to(PACKAGE)]
    for method, paths in (("python", own), ("jinja2", templates())):
        for path in paths:
            for msgid in said(method, path.read_text("utf-8")):
                found[msgid].add(name(path))
    return found


def catalogues(lang: str, folder: Path = LOCALES) -> dict[MsgId, list[Translation]]:
    """Return every entry of every catalogue of a language."""
    found: dict[MsgId, list[Translation]] = defaultdict(list)
    for path in sorted((folder / lang).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=lang, abort_invalid=True)
        for entry in catalogue:
            if not entry.id:
                continue
            texts = entry.string or ""
            forms = (texts,) if isinstance(texts, str) else tuple(texts)
            found[_msgid(entry.id)].append(Translation(path.name, forms, entry.fuzzy))
    return found


def obsolete(path: Path) -> list[str]:
    """Return the ids that a catalogue keeps commented out."""
    with path.open("rb") as file:
        return [str(key) for key in read_po(file, locale=path.parent.name).obsolete]


def placeholders(text: str) -> set[str]:
    """Return the names in braces; raises `ValueError` where the braces do not match."""
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def wrong(msgid: MsgId, translation: Translation) -> Iterator[str]:
    """Yield what is wrong with one entry."""
    if translation.fuzzy:
        yield "fuzzy"
    if not all(form.strip() for form in translation.forms):
        yield "empty"
        return
    wanted = placeholders(msgid) if isinstance(msgid, str) else placeholders(msgid[1])
    last = translation.forms[-1]
    if placeholders(last) != wanted:
        yield f"placeholders {sorted(placeholders(last))} instead of {sorted(wanted)}"
    if any(placeholders(form) - wanted for form in translation.forms):
        yield "a form has placeholders that the text has not"
    if isinstance(msgid, tuple) and len(translation.forms) != 2:
        yield f"{len(translation.forms)} plural forms instead of 2"


def hidden_texts(source: str) -> Iterator[str]:
    """Yield calls of `msg` and `msgn` whose text is not written there, so that none can find it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = node.args[: len(KEYWORDS.get(node.func.id, ()))]
            if not all(isinstance(text, ast.Constant) for text in texts):
                yield f"line {node.lineno}: {node.func.id}()"


def differing(entries: Mapping[MsgId, list[Translation]]) -> dict[MsgId, list[str]]:
    """Return the texts that two catalogues translate differently, with their files."""
    return {
        msgid: [translation.file for translation in found]
        for msgid, found in entries.items()
        if len({translation.forms for translation in found}) > 1
    }
