"""What would make a text easier to read: long sentences, unexplained abbreviations, long words.

For a page that shows a preview: `hints(text, lang)` gives what `ui.hints(found, lang)` of
templates/ui/writing.html shows beside it. A hint never keeps anybody from saving. Only what can
be told without a doubt is said; passive voice and nominal style cannot, and are left to people.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from itertools import islice

from govmatch.kit.i18n import Lang
from govmatch.kit.records import dataclass

MAX_CHARACTERS = 100_000
"""What `markdown.render` renders of a text; the rest is not looked at either."""

MOST_WORDS: Mapping[Lang, int] = {"de": 25, "da": 25, "en": 25}
"""Words of one sentence. GOV.UK's style guide has sentences of more than 25 words split; the
European Commission's guide to clear writing, which there is in all its languages, asks for 20 on
average, so that single ones may be longer."""

MOST_LETTERS: Mapping[Lang, int] = {"de": 28, "da": 26, "en": 20}
"""Letters of one word between its hyphens. No guide gives a number for compounds; these are what
fewer than one word in 2,000 exceeds in the challenges of content/challenges."""

# Ten in all: more would not be read.
SENTENCES_SHOWN, ABBREVIATIONS_SHOWN, WORDS_SHOWN = 5, 3, 2
_OPENING_WORDS = 8
"""So many of a sentence's first words are quoted, for its author to find it."""


class Kind(StrEnum):
    """What a hint is about."""

    SENTENCE = "sentence"
    ABBREVIATION = "abbreviation"
    WORD = "word"


@dataclass(frozen=True)
class Hint:
    """One place of a text: `where` quotes it; `words` counts a sentence's words, else it is 1."""

    kind: Kind
    where: str
    words: int = 1


def hints(text: str, lang: Lang, *, known: Collection[str] = ()) -> list[Hint]:
    """Return at most ten hints on a Markdown text: sentences, then abbreviations, then words.

    The longest sentences and words come first, abbreviations as they stand. `known` names further
    abbreviations that the readers know. Headings, tables, code and addresses are not counted.
    """
    blocks = list(_blocks(text[:MAX_CHARACTERS]))
    return [
        *_long_sentences(blocks, lang)[:SENTENCES_SHOWN],
        *_unexplained(blocks, lang, known),
        *_long_words(blocks, lang)[:WORDS_SHOWN],
    ]


def sentences(text: str, lang: Lang) -> list[str]:
    """Return the sentences of a Markdown text; each list item begins a new one."""
    return [one for block in _blocks(text[:MAX_CHARACTERS]) for one in _split(block, lang)]


def count_words(sentence: str) -> int:
    """Return how many words stand in it; signs alone are none, `z. B.` and `2,5` are one each."""
    return len(_WORD.findall(_INNER_GAP.sub(".", sentence)))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_][^\s/–—]*")
_INNER_GAP = re.compile(r"(?<=\b[^\W\d_])\.[ \u00a0\u202f](?=[^\W\d_]\.)")


def _long_sentences(blocks: list[str], lang: Lang) -> list[Hint]:
    least = 2 * MOST_WORDS[lang]  # characters of so many words: shorter ones need no counting
    found = (one for block in blocks for one in _split(block, lang) if len(one) > least)
    counted = [(count_words(one), one) for one in found]
    too_long = sorted(
        (one for one in counted if one[0] > MOST_WORDS[lang]), key=lambda one: -one[0]
    )
    return [Hint(Kind.SENTENCE, _opening(one), words) for words, one in too_long]


def _opening(sentence: str) -> str:
    words = sentence.split(maxsplit=_OPENING_WORDS)[:_OPENING_WORDS]
    return " ".join(word[:40] for word in words).rstrip(",;:–—-") + " …"


def _long_words(blocks: list[str], lang: Lang) -> list[Hint]:
    letters = re.compile(rf"[^\W\d_]{{{MOST_LETTERS[lang] + 1},}}")
    found = dict.fromkeys(word for block in blocks for word in letters.findall(block))
    return [Hint(Kind.WORD, word[:80]) for word in sorted(found, key=len, reverse=True)]


# Markdown: what is no running text is dropped, what is left stands in blocks.

_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\([^()\s]{0,1000}\)")
_ADDRESS = re.compile(r"<?\b(?:https?://|www\.)\S+|(?<![^\s(<])[\w.+-]{1,64}@[\w-]{1,64}\.\S+")
_EMPHASIS = re.compile(r"[*_~]{1,3}(?=\S)|(?<=\S)[*_~]{1,3}")
_NOT_TEXT = re.compile(r" {0,3}(?:#|\||(?:[=*_-] ?){3,}$)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")


def _blocks(text: str) -> Iterator[str]:
    """Yield paragraphs and list items, each on one line and without marks."""
    lines: list[str] = []
    for line in _running_text(text):
        item = _ITEM.match(line)
        if (item or not line) and lines:
            yield _without_marks(lines)
            lines = []
        if line:
            lines.append(line[item.end() :] if item else line)


def _running_text(text: str) -> Iterator[str]:
    """Yield line by line; what is no text leaves an empty line, and so does the end."""
    fenced = False
    for line in text.splitlines():
        fence = _FENCE.match(line)
        if fence:
            fenced = not fenced
        yield "" if fenced or fence or _NOT_TEXT.match(line) else line.lstrip("> \t")
    yield ""


def _without_marks(lines: list[str]) -> str:
    """Links are left with their words; an address and a piece of code count as one word."""
    text = _LINK.sub(r"\1", " ".join(lines))
    text = _ADDRESS.sub("x", _CODE.sub("x", text))
    return " ".join(_EMPHASIS.sub("", text).split())


# Sentences. A stop that might belong to an abbreviation or a number does not end one where a small
# letter follows; nor, in German, where nouns have capitals, after the abbreviations below.

_END = re.compile(r"(?<![.!?…])[.!?…]+[)\]\"'»“”«’]*\s+(?=[\"'»„“«(\[]*[^\W_])")
_SHORT: Mapping[Lang, frozenset[str]] = {
    "de": _words(
        "allg bspw bzgl bzw ca dgl dipl dr engl evtl exkl ff fr geb gem ggf ggfs hr hrsg inkl "
        "ing insb mio mrd od phil prof sog st str tsd vgl vorm zb zt zzgl"
    ),
    "da": _words("afd bl ca dr ekskl evt fx hhv hr inkl jf jvf mio mia prof pga red resp sml vedr"),
    "en": _words("approx cf co dept dr ed eg est ie mr mrs ms prof st vs"),
}
_BEFORE_NUMBER = _words(
    "abb abs afs anm art aufl bd fig jf jh kap kl kr lfd maks max min mind no nos nr nrn p para "
    "pct pp rd rn s sec stk tel tlf vol ziff"
)
_BEFORE_ORDINAL = _words(
    "ab am bis das dem den der des die im jede jeden jeder jedes seit vom zum zur"
)
_MONTH = re.compile(r"(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)")


def _split(block: str, lang: Lang) -> Iterator[str]:
    begin = 0
    for end in _END.finditer(block):
        if _ends(block, begin, end, lang):
            yield block[begin : end.end()].strip()
            begin = end.end()
    if begin < len(block):
        yield block[begin:]


def _ends(block: str, begin: int, end: re.Match[str], lang: Lang) -> bool:
    """Tell whether a stop ends the sentence that began at `begin`."""
    follows = block[end.end() : end.end() + 12].lstrip("\"'»„“«([")
    if follows[:1].islower():
        return False
    if block[end.start()] != "." or end[0].startswith(".."):
        return True
    before, _, last = block[max(begin, end.start() - 40) : end.start()].rpartition(" ")
    last = last.lstrip("\"'»„“«([").casefold()
    if last.isdigit() and len(last) <= 2:
        return not (lang == "de" and _is_ordinal(before, follows))
    if follows[:1].isdigit() and last in _BEFORE_NUMBER:
        return False
    return not (last in _SHORT[lang] or _is_dotted(last))


def _is_ordinal(before: str, follows: str) -> bool:
    """German writes `am 3. Mai` and `die 2. Runde`, where the noun after it has a capital."""
    return before.rpartition(" ")[2].casefold() in _BEFORE_ORDINAL or bool(_MONTH.match(follows))


def _is_dotted(word: str) -> bool:
    """Tell whether it is one letter, or some with stops between them, such as `z.b`, `f.eks`."""
    parts = word.split(".")
    longest = 1 if len(parts) == 1 else 3
    return all(part.isalpha() and len(part) <= longest for part in parts)


# Abbreviations in capitals. What everybody knows, and what stands for a country, a currency or a
# standard and has no better long form, needs no explanation.

_CAPITALS = re.compile(r"(?<![\w-])[A-ZÄÖÜÆØÅ][A-ZÄÖÜÆØÅ&]{1,5}(?![\w&]|[ -]?\d)")
_CAPITALS_LOOKED_AT = 5000
_BRACKET = re.compile(r"\(([^()\n]{1,200})\)")
_ROMAN = re.compile(r"[IVX]+$")
_EVERYWHERE = _words(
    "AA AAA AI BY CC CE CHF CPV CSV CVR CZK DIN DK DKK DOI EEA EN EU EUPL EUR GBP GDPR "
    "GPS HTML HTTP HTTPS ID IP ISBN ISO IT JSON LED NATO NGO NOK OECD OK PC PDF PLN QR "
    "SEK SMS TV UK UN URL USA USB USD UTC UTF VAT WC WHO XML ZIP"
)
_KNOWN: Mapping[Lang, frozenset[str]] = {
    "de": _words(
        "AG BGB BRD CET DSGVO EDV EG EWR GG KI LKW MESZ MEZ NRW PKW PLZ TÜV UWG WLAN ZDF "
        "ARD KMU IHK"
    ),
    "da": _words("AUB CPR EAN EØS IT KU SMV DTU DR HR FN EF SU SKAT MPS"),
    "en": _words("BBC CET CV GMT PO SME SMES HR FAQ BST"),
}


def _unexplained(blocks: list[str], lang: Lang, known: Collection[str]) -> list[Hint]:
    text = "\n".join(blocks)
    seen = _EVERYWHERE | _KNOWN[lang] | set(known) | set(_explained(text))
    found: list[Hint] = []
    for match in islice(_CAPITALS.finditer(text), _CAPITALS_LOOKED_AT):
        if match[0] in seen or _ROMAN.match(match[0]) or _is_shouted(text, match):
            continue
        seen |= {match[0]}
        found.append(Hint(Kind.ABBREVIATION, match[0]))
        if len(found) == ABBREVIATIONS_SHOWN:
            break
    return found


def _is_shouted(text: str, match: re.Match[str]) -> bool:
    """Tell whether the word before or after is in capitals too, as in a warning."""
    around = text[max(0, match.start() - 20) : match.start()].split()[-1:]
    around += text[match.end() : match.end() + 20].split()[:1]
    return any(len(word) > 1 and word.isalpha() and word.isupper() for word in around)


def _explained(text: str) -> Iterator[str]:
    """Yield what stands beside its long form: `long form (SHORT)` or `SHORT (long form)`."""
    for bracket in _BRACKET.finditer(text):
        yield from _CAPITALS.findall(bracket[1][:60])
        before = _CAPITALS.search(text, max(0, bracket.start() - 30), bracket.start())
        if before:
            yield before[0]
