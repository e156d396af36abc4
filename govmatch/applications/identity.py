"""What names an applicant: its firms, their people, products and places, as words to be hidden.

One word too many that is hidden does less harm than one that is not; so that texts stay readable,
words that many use are found only as they are written (`EXACT`), and what the challenge itself
speaks of is left out of what is guessed.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from string import ascii_letters
from urllib.parse import urlsplit

from sqlalchemy import select

from govmatch.accounts.models import Person, RoleRow
from govmatch.applications import queries
from govmatch.applications.models import Application, Version
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.organisations.models import Firm
from govmatch.questionnaires import Kind, Questionnaire
from govmatch.questionnaires.identifying import EXACT
from govmatch.questionnaires.redaction import is_hidden_by_form

_SHORTEST_PART = 4  # letters of a word of a name that is hidden where it stands alone
_RARE = 8  # letters from which a word of a firm's name is hidden in small letters too
_LONGEST_NAME = 80
_MOST_THINGS = 120  # that are taken from one text of a profile

_LEGAL_FORMS = frozenset({
    "aps", "as", "ivs", "ps", "ks", "amba", "fmba", "gmbh", "ug", "ag", "kg", "ohg", "gbr", "eg",
    "ab", "hb", "oy", "oyj", "ou", "oü", "asa", "bv", "nv", "ltd", "llc", "inc", "plc", "sa", "sas",
    "sarl", "srl", "spa", "sro", "doo", "&", "co", "og", "und",
})  # fmt: skip

_COMMON = frozenset({
    "analytics", "beratung", "bureau", "business", "center", "city", "cloud", "company",
    "consult", "consulting", "data", "daten", "denmark", "deutschland", "digital", "digitale",
    "dienste", "engineering", "europe", "european", "germany", "gesellschaft", "global", "group",
    "gruppe", "haus", "health", "hansa", "house", "info", "informatik", "innovation", "intelligent",
    "international", "invest", "konsulent", "labs", "lösungen", "løsninger", "management", "media",
    "mobile", "nord", "nordic", "norddeutsche", "online", "partner", "partners", "plus", "public",
    "research", "security", "service", "services", "smart", "soft", "software", "solution",
    "solutions", "studio", "system", "systeme", "systemer", "systems", "team", "tech",
    "technologie", "technologies", "technology", "teknik", "teknologi", "vision", "web", "werk",
    "world",
})  # fmt: skip
"""Words of firms' names that tell nobody which firm it is."""

_KNOWN = frozenset({
    "android", "azure", "bsi", "dsgvo", "english", "excel", "gdpr", "github", "gitlab", "google",
    "javascript", "kubernetes", "libreoffice", "linux", "microsoft", "mysql", "openapi",
    "openstreetmap", "postgresql", "powerpoint", "python", "typescript", "wcag", "windows",
    "wordpress", "danish", "german", "dansk", "deutsch", "tysk", "engelsk", "englisch",
    "iphone", "ios", "macos", "javaserver", "graphql", "opencv", "pytorch", "tensorflow",
})  # fmt: skip
"""What many products are made of and none of them is."""

_UPPER, _LOWER = "A-ZÄÖÜÆØÅÉ", "a-zäöüßæøåé"
_QUOTED = re.compile(r"[„“”\"«»‘‚]([^„“”\"«»‘’‚\n]{3,40})[“”\"«»’‘]")
_MADE_UP = re.compile(
    rf"\b[{_UPPER}][{_LOWER}]+(?:[{_UPPER}][\w]*)+|\b[{_UPPER}][{_LOWER}]{{2,}}[0-9]+\b"
    r"|\b[\w-]{3,40}(?=[®™])"
)
_LEADING = re.compile(rf"(?m)^[ \t]*(?:[-*•] +)?([{_UPPER}][^:–—\n]{{2,40}}?) ?(?::|–|—| - )")
_ROW = re.compile(rf"\b[{_UPPER}][\w’-]+(?: (?:af|von|van|de|der|of|og|und|and))?"
                  rf"(?: [{_UPPER}][\w’-]+){{1,3}}")  # fmt: skip
_WITHIN = re.compile(rf"(?<=[{_LOWER},] )[{_UPPER}][\w’-]{{3,40}}")


def names_of(
    session: ReadSession, application: Application, version: Version, form: Questionnaire
) -> frozenset[str]:
    """Return what may name the applicant: of the firm, and of every firm that was ever asked.

    That is names and their short forms, addresses on the web, numbers, the place where it tells
    them from others, products and references of the profile, who ever belonged to them, and what
    was answered to questions that are hidden.
    """
    asked, called = queries.firms_ever_asked(session, application.id)
    firms = [application.firm, *asked]
    spoken = _spoken_of(application.challenge)
    found: set[str] = set()
    for name in [*called, *(str(one.get("name", "")) for one in version.consortium)]:
        found |= set(_words_of_name(name, spoken))
    for firm in firms:
        found |= set(_words_of_firm(firm, spoken))
    found |= set(_words_of_people(session, firms))
    found |= set(_hidden_answers(form, version.answers))
    return frozenset(word for word in found if word.removeprefix(EXACT).strip())


def _words_of_name(name: str, spoken: Collection[str]) -> Iterator[str]:
    """Yield a firm's name, without its legal form, its own words, and its first letters."""
    bare = _without_form(name)
    yield from (name, bare)
    words = [word for word in re.split(r"[\s\-–/&.,]+", bare) if word]
    if len(words) < 2:
        return
    for word in words:
        if len(word) >= _SHORTEST_PART and _tells(word, spoken):
            yield from (word,) if len(word) >= _RARE else (EXACT + word, EXACT + word.upper())
    initials = "".join(word[0] for word in words if word[0].isalnum()).upper()
    if len(initials) > 2:
        yield EXACT + initials


def _tells(word: str, spoken: Collection[str]) -> bool:
    low = word.casefold()
    return low not in _COMMON and low not in spoken and low not in _KNOWN


def _words_of_firm(firm: Firm, spoken: Collection[str]) -> Iterator[str]:
    host = (urlsplit(firm.website).hostname or "").removeprefix("www.")
    label = host.split(".")[-2] if host.count(".") else host
    yield from _words_of_name(firm.name, spoken)
    numbers = (firm.registration, firm.vat)
    yield from (*numbers, *(one.lstrip(ascii_letters + " ") for one in numbers))
    yield from (host, firm.slug.replace("-", " "))
    if len(label) > _SHORTEST_PART and _tells(label, spoken):
        yield label
    if len(firm.city) >= _SHORTEST_PART and firm.city.casefold() not in spoken:
        yield EXACT + firm.city
    for text in (firm.products, firm.references):
        for thing in islice(_things_in(text, firm.text_lang), _MOST_THINGS):
            if any(_tells(word, spoken) for word in thing.split()):
                yield EXACT + thing


def _things_in(text: str, lang: str) -> Iterator[str]:
    """Yield what a profile seems to call by a name of its own.

    In German every noun begins with a capital letter, so only what is made up, quoted, or leads a
    line is taken there.
    """
    for pattern in (_QUOTED, _LEADING):
        yield from (match[1].strip() for match in pattern.finditer(text))
    patterns = (_MADE_UP,) if lang == "de" else (_MADE_UP, _ROW, _WITHIN)
    for pattern in patterns:
        yield from (match[0].strip() for match in pattern.finditer(text))


def _words_of_people(session: ReadSession, firms: Collection[Firm]) -> Iterator[str]:
    members = select(RoleRow.person_id).where(
        RoleRow.object_kind == "firm", RoleRow.object_id.in_([firm.id for firm in firms])
    )
    found = select(Person.name, Person.email).where(Person.id.in_(members))
    for name, email in session.execute(found):
        yield from _words_of_person(name)
        domain = email.rpartition("@")[2]
        if "." in domain:
            yield domain


def _words_of_person(name: str) -> Iterator[str]:
    yield name
    parts = name.split()
    if len(parts) > 1:
        yield " ".join((parts[-1] + ",", *parts[:-1]))
    for part in parts:
        if len(part) >= _SHORTEST_PART:
            yield from (EXACT + part, EXACT + part.upper())


def _hidden_answers(form: Questionnaire, answers: dict[str, object]) -> Iterator[str]:
    """Yield what was answered where the form hides the answer: who is to be asked, and the like."""
    for question in form.questions:
        kept = answers.get(question.id)
        if not is_hidden_by_form(question) or not isinstance(kept, str):
            continue
        if question.kind is Kind.TEXT and len(kept) <= _LONGEST_NAME:
            yield from _words_of_person(kept)
        elif question.kind is Kind.LONG_TEXT:
            yield from (EXACT + match[0] for match in _ROW.finditer(kept))
        elif question.kind in {Kind.URL, Kind.EMAIL}:
            yield kept


def _spoken_of(challenge: Challenge) -> frozenset[str]:
    """Return the words of the challenge and its authority: whoever uses them tells nothing."""
    authority = challenge.authority
    texts: Iterable[str] = (
        *(part for text in challenge.texts for part in (text.title, text.summary, text.body)),
        *authority.names.values(),
        *authority.descriptions.values(),
        authority.region,
    )
    return frozenset(re.findall(r"\w+", " ".join(texts).casefold()))


def _without_form(name: str) -> str:
    """Return a firm's name without the legal forms that end it, such as ApS or GmbH & Co. KG."""
    words = name.split()
    while len(words) > 1 and _folded(words[-1]) in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _folded(word: str) -> str:
    return word.replace("/", "").replace(".", "").casefold()
