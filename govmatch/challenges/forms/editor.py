"""The editor as one form: what a challenge says as typed text, and back.

A draft may lack anything; wrong is only what cannot be kept as it was typed, such as a date that
is none. What is still missing says `challenges.rules.faults`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime

from govmatch.challenges.forms.limits import (
    read_countries,
    read_criteria,
    shown_countries,
    shown_criteria,
)
from govmatch.challenges.forms.questions import Asking, read_questions, shown_questions
from govmatch.challenges.rules.fault_of_facts import MOST_AMOUNT
from govmatch.challenges.rules.fault_of_words import MAX_BODY, MAX_SUMMARY, MAX_TITLE
from govmatch.challenges.statement import Statement, Words
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.models import EvidenceKind, Size
from govmatch.taxonomy.cpv import Codes
from govmatch.web.fields import Form, Reader, filled, local_text
from govmatch.web.visit import Values

MOST_CODES = 4
CONTACT = {"name": 150, "email": 254, "phone": 40}
"""Parts of a contact, and how many characters each may have."""
INSTANTS = ("opens", "questions_until", "closes")


@dataclass(frozen=True)
class Choices:
    """What can be chosen for one challenge; `taken` are ids that its programme's questions use,
    `earlier` those of them on whose answers its own may depend.
    """

    themes: Collection[str]
    technologies: Collection[str]
    rounds: Collection[str]
    zones: Collection[str]
    currencies: Collection[str]
    criteria: Sequence[str]
    codes: Codes
    taken: Collection[str]
    earlier: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_statement(values: Values, before: Statement, choices: Choices) -> tuple[Statement, Form]:
    """Return what the challenge says as typed, and the form with what cannot be kept.

    Authority, programme and attachments stay what they are, whatever was sent.
    """
    reader = Reader(values)
    zone = reader.choice("zone", choices.zones) or before.zone
    criteria = read_criteria(reader, choices.criteria)
    currency = reader.choice("currency", choices.currencies) or before.currency
    main_lang = reader.choice("main_lang", LANGUAGES) or before.main_lang
    low, high = (
        reader.integer(f"budget_{end}", high=MOST_AMOUNT, required=False) for end in ("min", "max")
    )
    statement = replace(
        before,
        main_lang=main_lang,
        words={**before.words, **_words(reader, before)},
        themes=in_order(reader.several("theme", choices.themes), before.themes),
        technologies=in_order(
            reader.several("technology", choices.technologies), before.technologies
        ),
        cpv=in_order(read_codes(reader, values, choices.codes), before.cpv),
        round=reader.choice("round", choices.rounds, required=False) or None,
        zone=zone,
        opens=read_instant(reader, values, before, "opens", zone),
        questions_until=read_instant(reader, values, before, "questions_until", zone),
        closes=read_instant(reader, values, before, "closes", zone),
        budget_min=low,
        budget_max=high,
        currency=currency,
        pilots_max=reader.integer("pilots_max", low=1, high=99) or before.pilots_max,
        countries=in_order(read_countries(reader), before.countries),
        sizes=in_order(reader.several("size", [size.value for size in Size]), before.sizes),
        languages=in_order(
            reader.several("languages", {*LANGUAGES, *before.languages}), before.languages
        ),
        requires=in_order(
            reader.several("requires", [kind.value for kind in EvidenceKind]), before.requires
        ),
        criteria=before.criteria if set(criteria) == set(before.criteria) else criteria,
        questions=read_questions(
            Asking(
                reader=reader,
                values=values,
                before=before.questions,
                taken=choices.taken,
                criteria=[one for one in choices.criteria if values.one(f"weight-{one}")],
                main_lang=main_lang,
                currency=currency,
                earlier=choices.earlier,
            )
        ),
        contact=read_contact(reader),
    )
    return statement, reader.form


def read_instant(
    reader: Reader, values: Values, before: Statement, name: str, zone: str
) -> datetime | None:
    """Return an instant; what stands there as it stood is the same one, to the second.

    So a time that the clocks say twice, or that was given with its seconds, stays what it was.
    """
    stood: datetime | None = getattr(before, name)
    if zone == before.zone and values.one(name) == local_text(stood, zone):
        return stood
    return reader.local_time(name, zone, required=False)


def in_order(chosen: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
    """Return what was chosen, in the order it had: a form knows none, and that is no change."""
    return (
        *(one for one in before if one in chosen),
        *(one for one in chosen if one not in before),
    )


def _words(reader: Reader, before: Statement) -> dict[str, Words]:
    found = {}
    for lang in LANGUAGES:
        old = before.words.get(lang, Words())
        body = reader.text(f"body-{lang}", limit=MAX_BODY, required=False, lines=True)
        found[lang] = Words(
            title=reader.text(f"title-{lang}", limit=MAX_TITLE, required=False),
            summary=reader.text(f"summary-{lang}", limit=MAX_SUMMARY, required=False),
            # Files end with a line end, forms do not: that alone is no change.
            body=old.body if body == old.body.strip() else body,
        )
    return {
        lang: words for lang, words in found.items() if lang in before.words or not words.is_empty
    }


def read_codes(reader: Reader, values: Values, codes: Codes) -> tuple[str, ...]:
    given = [code for code in dict.fromkeys(values.all("cpv")) if code]
    if any(not codes.has(code) for code in given):
        reader.wrong("cpv", msg("Please choose from the options."))
    if len(given) > MOST_CODES:
        reader.wrong("cpv", msg("Please choose at most {n}.", n=MOST_CODES))
    return tuple(code for code in given if codes.has(code))


def read_contact(reader: Reader) -> dict[str, str]:
    """An office that answers; never a named person, whose data would have to be kept."""
    given = {
        "name": reader.text("contact_name", limit=CONTACT["name"], required=False),
        "email": reader.email("contact_email", required=False),
        "phone": reader.text("contact_phone", limit=CONTACT["phone"], required=False),
    }
    return {part: text for part, text in given.items() if text}


def shown(statement: Statement) -> Form:
    """Return the form that shows what a challenge says now."""
    values: dict[str, str | list[str]] = {
        "main_lang": statement.main_lang,
        "theme": list(statement.themes),
        "technology": list(statement.technologies),
        "cpv": list(statement.cpv),
        "round": statement.round or "",
        "zone": statement.zone,
        "budget_min": number_text(statement.budget_min),
        "budget_max": number_text(statement.budget_max),
        "currency": statement.currency,
        "pilots_max": str(statement.pilots_max),
        "size": list(statement.sizes),
        "languages": list(statement.languages),
        "requires": list(statement.requires),
        **{name: local_text(getattr(statement, name), statement.zone) for name in INSTANTS},
        **{f"contact_{part}": statement.contact.get(part, "") for part in CONTACT},
        **shown_countries(statement.countries),
        **shown_criteria(statement.criteria),
        **shown_questions(statement.questions),
    }
    for lang in LANGUAGES:
        words = statement.words.get(lang, Words())
        values |= {
            f"title-{lang}": words.title,
            f"summary-{lang}": words.summary,
            f"body-{lang}": words.body,
        }
    return filled(values)


def number_text(value: int | None) -> str:
    return "" if value is None else str(value)
