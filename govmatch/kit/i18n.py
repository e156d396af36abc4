"""Three languages: messages that are translated when they are shown, and the catalogues.

Texts are written in English with `{name}` placeholders. Code that cannot know the reader makes a
`Message`; templates call `_` and `n_`. The catalogues are PO files, one per package and language,
read once at start.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from string import Formatter
from sys import intern
from types import MappingProxyType
from typing import Literal, cast, get_args

from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from govmatch.kit.records import dataclass

Lang = Literal["de", "da", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
OWN_NAMES: Mapping[Lang, str] = {"de": "Deutsch", "da": "Dansk", "en": "English"}
LOCALES = Path(__file__).parent.parent / "locale"

COUNTS = frozenset({"n", "limit"})
"""Values of a message that say how many; a year or a number of a case has another name."""

READER_LANG: ContextVar[Lang] = ContextVar("READER_LANG", default="en")
"""The language of the page or mail that is being made; a `Message` shown in it follows this."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text in English with its values, to be translated for whoever reads it."""

    text: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    plural: str | None = None
    n: int = 1

    def __str__(self) -> str:
        return catalogue(READER_LANG.get()).say(self)

    def __html__(self) -> str:
        return str(catalogue(READER_LANG.get()).markup(self))


def msg(text: str, **values: object) -> Message:
    """Return `text` as a message; the extraction of texts looks for this name."""
    return Message(text, values)


def msgn(singular: str, plural: str, *, n: int, **values: object) -> Message:
    """Return a message whose form follows `n`, which it may name as `{n}`."""
    return Message(singular, {**values, "n": n}, plural, n)


def is_lang(value: object) -> bool:
    return value in LANGUAGES


def as_lang(value: object, otherwise: Lang = "en") -> Lang:
    """Return `value` where it is one of ours, else `otherwise`."""
    return value if value in LANGUAGES else otherwise


def best_lang(accept_language: str, otherwise: Lang) -> Lang:
    """Return the language of ours that an Accept-Language header likes best (RFC 9110, 12.5.4)."""
    liked: list[tuple[float, int, Lang]] = []
    for place, item in enumerate(accept_language[:500].split(",")):
        tag, _, weight = item.strip().partition(";q=")
        lang = tag.strip().lower().split("-")[0]
        lang = {"nb": "da", "no": "da", "nn": "da"}.get(lang, lang)
        if lang in LANGUAGES:
            liked.append((-_weight(weight), place, lang))
    return min(liked)[2] if liked and min(liked)[0] < 0 else otherwise


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


class Catalogue:
    """The translations into one language; English is its own."""

    def __init__(self, lang: Lang, folder: Path = LOCALES) -> None:
        self.lang: Lang = lang
        self._mark = "," if lang == "en" else "."
        self._single: dict[str, str] = {}
        self._plural: dict[str, tuple[str, str]] = {}
        for path in sorted((folder / lang).glob("*.po")) if lang != "en" else []:
            self._read(path)

    def _read(self, path: Path) -> None:
        with path.open("rb") as file:
            for entry in read_po(file, locale=self.lang):
                if not entry.id or entry.fuzzy:
                    continue
                if isinstance(entry.id, (list, tuple)):
                    one, many = (entry.string or ("", ""))[0], (entry.string or ("", ""))[-1]
                    if one and many:
                        self._plural[entry.id[0]] = (one, many)
                elif entry.string:
                    self._single[intern(entry.id)] = cast(str, entry.string)

    def text(self, text: str) -> str:
        return self._single.get(text, text)

    def plural(self, singular: str, plural: str, n: int) -> str:
        """German, Danish and English share one rule: the singular is for exactly one."""
        one, many = self._plural.get(singular, (singular, plural))
        return one if n == 1 else many

    def say(self, message: Message | str) -> str:
        """Return the message in this language as plain text; messages among its values too."""
        if isinstance(message, str):
            return message
        found = (
            self.text(message.text)
            if message.plural is None
            else self.plural(message.text, message.plural, message.n)
        )
        values = {k: self._value(k, v) for k, v in message.values.items()}
        return found.format(**values) if values else found

    def _value(self, name: str, value: object) -> object:
        return self.say(value) if isinstance(value, Message) else self._grouped(name, value)

    def _grouped(self, name: str, value: object) -> object:
        """Return a count or a limit from 1,000 on in groups of three figures, as CLDR has them."""
        if name in COUNTS and isinstance(value, int) and value >= 1_000:
            return f"{value:,}".replace(",", self._mark)
        return value

    def markup(self, text: str | Message, **values: object) -> Markup:
        """Return the translation for a page: text and values are escaped, `Markup` is not."""
        if isinstance(text, Message):
            return self._markup(text)
        if isinstance(text, Markup):
            return text
        found = self.text(text)
        return _filled(found, self._shown(values)) if values else _escaped(found)

    def _markup(self, message: Message) -> Markup:
        if message.plural is None:
            return self.markup(message.text, **message.values)
        values = {k: v for k, v in message.values.items() if k != "n"}
        return self.markup_plural(message.text, message.plural, message.n, **values)

    def markup_plural(self, singular: str, plural: str, n: int, **values: object) -> Markup:
        return _filled(self.plural(singular, plural, n), self._shown({"n": n, **values}))

    def _shown(self, values: Mapping[str, object]) -> dict[str, object]:
        return {
            k: self._markup(v) if isinstance(v, Message) else self._grouped(k, v)
            for k, v in values.items()
        }


@lru_cache(maxsize=4096)
def _escaped(text: str) -> Markup:
    return escape(text)


@lru_cache(maxsize=2048)
def _parts(text: str) -> tuple[tuple[str, str | None], ...] | None:
    """Return a text as (escaped words, the name that follows them), None where it asks for more."""
    found = list(Formatter().parse(str(escape(text))))
    if any(name and (spec or way or not name.isidentifier()) for _, name, spec, way in found):
        return None
    return tuple((words, name) for words, name, _, _ in found)


def _filled(text: str, values: Mapping[str, object]) -> Markup:
    """Return what `escape(text).format(**values)` gives; a table does this hundreds of times."""
    parts = _parts(text)
    if parts is None:
        return escape(text).format(**values)
    pieces: list[str] = []
    for words, name in parts:
        pieces.append(words)
        if name is not None:
            pieces.append(escape(values[name]))
    return Markup("".join(pieces))  # noqa: S704 - each piece is escaped


_loaded: dict[Lang, Catalogue] = {}


def catalogue(lang: Lang) -> Catalogue:
    """Return the catalogue of a language, read on its first use and kept."""
    if lang not in _loaded:
        _loaded[lang] = Catalogue(lang)
    return _loaded[lang]


def say(message: Message | str, lang: Lang) -> str:
    """Return a message as plain text in `lang`."""
    return catalogue(lang).say(message)


def pick(texts: Mapping[str, str], lang: Lang) -> tuple[str, str]:
    """Return (text, its language): in `lang`, else English, else the first there is, else empty."""
    for candidate in (lang, "en", *texts):
        if texts.get(candidate):
            return texts[candidate], candidate
    return "", lang
