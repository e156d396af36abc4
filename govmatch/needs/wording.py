"""What somebody says of a need, as clean values; and which words of it are shown to whom."""

from collections.abc import Mapping
from dataclasses import field

from govmatch.kit.i18n import LANGUAGES, Lang, pick
from govmatch.kit.records import dataclass
from govmatch.needs.models import Need, NeedText

MAX_TITLE = 120
MAX_TEXT = 3_000
MAX_REASON = 2_000
MAX_MINUTES = 10_000


@dataclass(frozen=True, slots=True)
class Words:
    """A need in one language."""

    title: str = ""
    suffering: str = ""
    extent: str = ""
    change: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.title or self.suffering or self.extent or self.change)


@dataclass(frozen=True, slots=True)
class Wording:
    """All that is said of a need: words by language, theme, place and whose work it is about."""

    words: Mapping[str, Words]
    main_lang: Lang
    theme: str
    country: str
    region: str = ""
    authority_id: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The words for one reader, and the language that they are in."""

    lang: str
    words: Words = field(default_factory=Words)


def words_of(text: NeedText) -> Words:
    return Words(text.title, text.suffering, text.extent, text.change)


def shown(need: Need, lang: Lang) -> Shown:
    """Return its words in `lang`, else in the language in which it was written first."""
    there = {text.lang: text for text in need.texts}
    found = there.get(lang) or there.get(need.main_lang) or next(iter(there.values()), None)
    return Shown(lang) if found is None else Shown(found.lang, words_of(found))


def title_of(need: Need, lang: Lang) -> str:
    return shown(need, lang).words.title


def languages(need: Need) -> list[Lang]:
    """Return the languages in which its words are there, in our order."""
    there = {text.lang for text in need.texts}
    return [lang for lang in LANGUAGES if lang in there]


def wording_of(need: Need) -> Wording:
    """Return what a need says, to be changed in a form."""
    lang = next((one for one in LANGUAGES if one == need.main_lang), LANGUAGES[0])
    return Wording(
        words={text.lang: words_of(text) for text in need.texts},
        main_lang=lang,
        theme=need.theme,
        country=need.country,
        region=need.region,
        authority_id=need.authority_id,
    )


def said(texts: Mapping[str, str], lang: Lang) -> tuple[str, str]:
    """Return a text by language for this reader, and the language that it is in."""
    return pick(texts, lang)
