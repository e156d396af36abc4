"""Everything that a challenge says, as one value: what forms and files give, and files are made of.

A draft on the site may be incomplete; what is missing is said by `challenges.rules.faults`.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from govmatch import questionnaires
from govmatch.challenges.models import Challenge
from govmatch.kit.content import without_unseen
from govmatch.kit.records import dataclass
from govmatch.taxonomy.models import TermKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts of one language; `body` is Markdown."""

    title: str = ""
    summary: str = ""
    body: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.title or self.summary or self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """A criterion of the programme with its share of 100 points, and the least score (1 to 5).

    An independent one is judged and told beside the others, and has no weight.
    """

    id: str
    weight: int
    minimum: int | None = None
    independent: bool = False

    def as_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"id": self.id, "weight": self.weight, "minimum": self.minimum}
        return {**data, "independent": True} if self.independent else data


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a challenge says. Authority, programme and round are slugs; instants are in UTC.

    `questions` are the challenge's own, as `questionnaires.load_questions` reads them; `countries`
    are ISO 3166 codes or the groups EU and EEA; the budget is for one pilot, without VAT.
    """

    authority: str
    programme: str
    zone: str
    round: str | None = None
    words: Mapping[str, Words] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    cpv: tuple[str, ...] = ()
    opens: datetime | None = None
    questions_until: datetime | None = None
    closes: datetime | None = None
    budget_min: int | None = None
    budget_max: int | None = None
    currency: str = "EUR"
    pilots_max: int = 3
    countries: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    criteria: tuple[Weight, ...] = ()
    questions: tuple[dict[str, Any], ...] = ()
    contact: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[dict[str, Any], ...] = ()
    main_lang: str = "en"

    @property
    def eligibility(self) -> dict[str, list[str]]:
        return {
            "countries": list(self.countries),
            "size": list(self.sizes),
            "languages": list(self.languages),
            "requires": list(self.requires),
        }


def tidy(statement: Statement) -> Statement:
    """Return a statement as it is kept, so that the same meaning is the same value.

    Texts are in normal form C, without characters that nobody sees; titles and summaries are one
    line; languages without a word are left out; questions are written as they are dumped.
    """
    words = {lang: _tidy_words(one) for lang, one in statement.words.items()}
    return replace(
        statement,
        words={lang: one for lang, one in words.items() if not one.is_empty},
        questions=_tidy_questions(statement),
        contact={key: _line(text) for key, text in statement.contact.items() if _line(text)},
    )


def _tidy_words(words: Words) -> Words:
    body = words.body.replace("\r\n", "\n").replace("\r", "\n")
    return Words(
        title=_line(words.title),
        summary=_line(words.summary),
        body=unicodedata.normalize("NFC", without_unseen(body)).strip("\n"),
    )


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", without_unseen(text)).split())


def _tidy_questions(statement: Statement) -> tuple[dict[str, Any], ...]:
    """Return the questions in their one form; those of an unfinished draft stay as they are."""
    data = [_seen(one) for one in statement.questions]
    try:
        questions = questionnaires.load_questions(
            data, lang=statement.main_lang, currency=statement.currency
        )
    except questionnaires.InvalidDefinition:
        return statement.questions
    return tuple(questionnaires.dump_questions(questions, currency=statement.currency))


def _seen(value: Any) -> Any:
    """Return plain data with every text in it without characters that nobody sees."""
    if isinstance(value, str):
        return without_unseen(value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Mapping):
        return {key: _seen(one) for key, one in value.items()}
    return [_seen(one) for one in value] if isinstance(value, list) else value


def statement_of(challenge: Challenge) -> Statement:
    """Return what a challenge says now."""
    limits = challenge.eligibility
    return Statement(
        authority=challenge.authority.slug,
        programme=challenge.programme.slug,
        round=challenge.round.slug if challenge.round else None,
        words={
            text.lang: Words(title=text.title, summary=text.summary, body=text.body)
            for text in challenge.texts
        },
        themes=_terms(challenge, TermKind.THEME),
        technologies=_terms(challenge, TermKind.TECHNOLOGY),
        cpv=tuple(challenge.cpv),
        zone=challenge.zone,
        opens=challenge.opens,
        questions_until=challenge.questions_until,
        closes=challenge.closes,
        budget_min=challenge.budget_min,
        budget_max=challenge.budget_max,
        currency=challenge.currency,
        pilots_max=challenge.pilots_max,
        countries=tuple(limits.get("countries", ())),
        sizes=tuple(limits.get("size", ())),
        languages=tuple(limits.get("languages", ())),
        requires=tuple(limits.get("requires", ())),
        criteria=tuple(
            Weight(
                id=one["id"],
                weight=one["weight"],
                minimum=one.get("minimum"),
                independent=bool(one.get("independent")),
            )
            for one in challenge.criteria
        ),
        questions=tuple(challenge.questions),
        contact=challenge.contact,
        attachments=tuple(challenge.attachments),
        main_lang=challenge.main_lang,
    )


def _terms(challenge: Challenge, kind: TermKind) -> tuple[str, ...]:
    return tuple(term.slug for term in challenge.terms if term.kind == kind)
