"""What in a text tells who somebody is: a firm, a person, an address, a number to call.

Read before anything is published. People are recognised by how a text names them, never by looking
up who has an account: else a warning would tell staff who is registered here, or even who asked.
Firms are looked up among those that the reader may see in the directory.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache

from govmatch.kit.i18n import LANGUAGES
from govmatch.kit.records import dataclass
from govmatch.organisations.names import LEGAL_FORMS, fold, name_key
from govmatch.organisations.places import countries

MOST = 20
"""Findings that are listed; who has mended these is shown the next."""
MOST_CHARACTERS = 70_000
MOST_WORDS_OF_NAME = 6
LEAST_LETTERS = 4


class What(StrEnum):
    FIRM = "firm"
    PERSON = "person"
    MAIL = "mail"
    PHONE = "phone"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a text that may tell who somebody is, as it stands there."""

    what: What
    text: str


_MAIL = re.compile(r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_WEB = re.compile(
    r"\b(?:https?://[^\s<>()\"']{3,300}|www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|[\w-]{2,63}\.(?:de|dk|com|eu|org|net|io|se|no|fi|at|ch|nl|app|dev|tech)\b(?:/[^\s<>()\"']{0,200})?)",
    re.IGNORECASE,
)
# With the country, after a word for it, in pairs as Danes write it, or with a German area code.
_PHONE = re.compile(
    r"(?:\+|\b00)[1-9]\d{0,2}[\s/.()-]{0,3}\d(?:[\s/.()-]{0,3}\d){5,12}"
    r"|\b(?:tel|tlf|telefon|phone|mobil|mobile|handy|fax)\b[.:\s]{0,3}\d(?:[\s/.()-]{0,2}\d){4,13}"
    r"|(?<![\d.,-])\d{2} \d{2} \d{2} \d{2}(?!\d|[.,-]\d)"
    r"|(?<![\d.,-])0\d{2,4}[\s/-]{1,3}\d{4,9}(?!\d|[.,-]\d)",
    re.IGNORECASE,
)
_NAME = r"[A-ZÄÖÜÆØÅ][\w'’-]{1,40}"
_PERSON = re.compile(
    rf"\b(?:Herr|Herrn|Frau|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.|Prof\.|Fru)\s{{1,3}}"
    rf"(?:(?:Dr\.|Prof\.|von|van|de)\s{{1,2}}){{0,3}}{_NAME}(?:\s{_NAME}){{0,2}}"
)
# After a closing or an introduction, what looks like a name of two or three words.
_AFTER = re.compile(
    r"\b(?i:Gr(?:ü|ue)(?:ß|ss)en?|Gru(?:ß|ss)|hilsen|hilsner|regards|sincerely|"
    r"mein Name ist|ich hei(?:ß|ss)e|ich bin|my name is|I am|mit navn er|jeg hedder|jeg er)"
    rf"[\s,:]{{1,4}}({_NAME}(?:\s{_NAME}){{1,2}})"
)
# What joins words of a name is no part of a word, so that there is one way to read each text.
_FIRM = re.compile(
    rf"\b{_NAME}(?:[ &+]{{1,3}}[A-ZÄÖÜÆØÅ0-9][\w'’-]{{0,40}}){{0,4}}?[ -]"
    r"(?:GmbH(?: & Co\. KG)?|gGmbH|UG|AG|KGaA|OHG|GbR|e\. ?K\.|ApS|A/S|IVS|K/S|I/S|P/S|AB|Oy|OÜ|"
    r"Ltd\.?|Limited|LLC|LLP|Inc\.?|PLC|B\.V\.|BV|SAS|SARL|S\.A\.|AS)(?!\w)"
)
# Who speaks for a firm says so. In German and Danish only at the beginning of a sentence, where
# nothing else stands between «we» and the verb: «Können wir bei Bedarf» names nobody; nor does
# «Darf unser Unternehmen Daten speichern», unless the name stands in quotation marks.
_WE = re.compile(
    rf"\b(?:(?i:we) at|Wir (?:von|bei)(?: de[rm])?|Vi (?:i|hos|fra|ved)"
    rf"|(?i:our (?:firm|company)|vores (?:firma|virksomhed))"
    rf"|(?i:unsere[rm]? Firma|unser(?:em|es)? Unternehmen)(?=[\s,]{{1,2}}[„“»\"]))"
    rf"[\s,:«»„“”\"]{{1,3}}({_NAME}(?:[ &+]{{1,3}}{_NAME}){{0,3}})"
)
_WORD = re.compile(r"[\w'’&-]+")


def candidates(text: str) -> dict[str, str]:
    """Return what in a text could be a firm's name: folded as the directory folds it, and as it
    stands there.

    Each run of up to six words, so that the directory is asked by its index for as many names as
    the text has words, however many firms there are.
    """
    words = [word for word in _WORD.findall(text[:MOST_CHARACTERS]) if fold(word)]
    folded = [fold(word).replace(" ", "") for word in words]
    found: dict[str, str] = {}
    for start in range(len(words)):
        key = ""
        for end in range(start, min(start + MOST_WORDS_OF_NAME, len(words))):
            key += folded[end]
            said = " ".join(words[start : end + 1])
            if end > start or _stands_as_name(words, folded, start):
                found.setdefault(key, said)
    return found


def _stands_as_name(words: list[str], folded: list[str], at: int) -> bool:
    """True where one word alone may be a firm: it begins with a capital, or a legal form follows.

    Many firms are called by a common word, and a warning at every «data» would be read by nobody.
    """
    after = words[at + 1] if at + 1 < len(words) else ""
    # «is» and «as» are legal forms too, but not in small letters.
    if after[:1].isupper() and folded[at + 1] in LEGAL_FORMS:
        return True
    return len(folded[at]) >= LEAST_LETTERS and words[at][:1].isupper()


def found_in(texts: Iterable[str], *, firms: Iterable[str] = ()) -> list[Finding]:
    """Return what tells who somebody is, each once, in the order of the texts.

    `firms` are names of firms that the directory has found by `candidates`.
    """
    named = {name_key(name): name for name in firms}
    found: dict[Finding, None] = {}
    for text in texts:
        for one in _in_one(text[:MOST_CHARACTERS], named):
            found.setdefault(one)
    return list(found)[:MOST]


def _in_one(text: str, named: dict[str, str]) -> Iterator[Finding]:
    known = candidates(text) if named else {}
    yield from (Finding(What.FIRM, known[key]) for key in named if key in known)
    for match in _FIRM.finditer(text):
        if name_key(match[0]) not in named:
            yield Finding(What.FIRM, match[0])
    for match in _WE.finditer(text):
        if name_key(match[1]) not in named and not _is_country(match[1]):
            yield Finding(What.FIRM, match[1])
    yield from (Finding(What.PERSON, match[0]) for match in _PERSON.finditer(text))
    for match in _AFTER.finditer(text):
        yield Finding(What.PERSON, match[1])
    mails = [match[0] for match in _MAIL.finditer(text)]
    yield from (Finding(What.MAIL, one) for one in mails)
    for match in _WEB.finditer(text):
        if not any(match[0] in mail for mail in mails):
            yield Finding(What.WEB, match[0])
    yield from (Finding(What.PHONE, match[0].strip()) for match in _PHONE.finditer(text))


def _is_country(name: str) -> bool:
    return fold(name) in _countries()


@cache
def _countries() -> frozenset[str]:
    """Return the names of countries in all our languages: «Vi i Danmark» names no firm."""
    return frozenset(fold(name) for lang in LANGUAGES for name in countries(lang).values())


def names_in(texts: Iterable[str], names: Iterable[str], what: What) -> list[Finding]:
    """Return which of some given names stand in the texts, whole and in any case: one's own."""
    whole = " ".join(f" {fold(text[:MOST_CHARACTERS])} " for text in texts)
    wanted = dict.fromkeys(name for name in names if len(fold(name)) >= LEAST_LETTERS)
    return [Finding(what, name) for name in wanted if f" {fold(name)} " in whole]
