"""What people enter about their firm: clean values, or a message for each field."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from govmatch.accounts.models import Role
from govmatch.accounts.rules import canonical_email
from govmatch.kit.countries import country_codes
from govmatch.kit.i18n import LANGUAGES, Message, msg
from govmatch.organisations.limits import (
    FIRST_YEAR,
    MOST_CODES,
    NAME,
    NOTE,
    PLACE,
    REGISTRATION,
    SUMMARY,
    TEXT,
    WEBSITE,
)
from govmatch.organisations.models import EvidenceKind, Size
from govmatch.organisations.names import name_key
from govmatch.organisations.places import LANGUAGES as WORKING_LANGUAGES
from govmatch.organisations.profile import (
    Basics,
    Codes,
    EvidenceValues,
    NewFirm,
    Offer,
    Section,
    Topics,
    Visibility,
)
from govmatch.organisations.websites import web_address
from govmatch.taxonomy.cpv import Codes as KnownCodes
from govmatch.web.fields import Form, Reader
from govmatch.web.visit import Values

LABELS: Mapping[str, Message] = {
    "name": msg("Name"),
    "country": msg("Country"),
    "region": msg("Region"),
    "city": msg("Town"),
    "size": msg("Size"),
    "founded": msg("Founded in"),
    "website": msg("Website"),
    "registration": msg("Registration number"),
    "languages": msg("Languages"),
    "summary": msg("Summary"),
    "products": msg("Products and services"),
    "references": msg("References"),
    "text_lang": msg("Language of these texts"),
    "themes": msg("Themes"),
    "technologies": msg("Technologies"),
    "cpv": msg("CPV codes"),
    "find": msg("Find codes"),
    "listed": msg("Who may see the profile"),
    "matching": msg("Matches"),
    "kind": msg("What can you show?"),
    "note": msg("Note"),
    "valid_until": msg("Valid until"),
    "email": msg("E-mail address"),
    "role": msg("Role"),
    "none_of_these": msg("None of these"),
}
_CODE = re.compile(r"([0-9]{8})(-[0-9])?")


def read_new_firm(values: Values) -> tuple[NewFirm, Form]:
    reader = Reader(values)
    read = NewFirm(
        name=_name(reader),
        country=reader.choice("country", country_codes()),
        registration=reader.text("registration", limit=REGISTRATION, required=False),
    )
    return read, reader.form


def _name(reader: Reader) -> str:
    name = reader.text("name", limit=NAME)
    if name and not name_key(name):
        reader.wrong("name", msg("Please use letters or digits."))
    return name


def read_basics(values: Values, *, today: date) -> tuple[Basics, Form]:
    reader = Reader(values)
    read = Basics(
        name=_name(reader),
        country=reader.choice("country", country_codes()),
        region=reader.text("region", limit=PLACE, required=False),
        city=reader.text("city", limit=PLACE, required=False),
        size=reader.choice("size", [size.value for size in Size], required=False),
        founded=_year(reader, today),
        website=_website(reader),
        registration=reader.text("registration", limit=REGISTRATION, required=False),
        languages=tuple(reader.several("languages", WORKING_LANGUAGES)),
    )
    return read, reader.form


def _year(reader: Reader, today: date) -> int | None:
    raw = reader.text("founded", limit=4, required=False)
    if not raw:
        return None
    if raw.isascii() and raw.isdigit() and FIRST_YEAR <= int(raw) <= today.year:
        return int(raw)
    reader.wrong(
        "founded",
        msg("Please enter a year from {low} to {high}.", low=str(FIRST_YEAR), high=str(today.year)),
    )
    return None


def _website(reader: Reader) -> str:
    raw = reader.text("website", limit=WEBSITE, required=False)
    found = web_address(raw) if raw else ""
    if found is None:
        reader.wrong(
            "website", msg("Please enter an address that begins with https:// or http://.")
        )
    return found or ""


def read_offer(values: Values) -> tuple[Offer, Form]:
    reader = Reader(values)
    read = Offer(
        summary=reader.text("summary", limit=SUMMARY, required=False),
        products=reader.text("products", limit=TEXT, required=False, lines=True),
        references=reader.text("references", limit=TEXT, required=False, lines=True),
        text_lang=reader.choice("text_lang", LANGUAGES),
    )
    return read, reader.form


def read_topics(
    values: Values, *, themes: Collection[str], technologies: Collection[str]
) -> tuple[Topics, Form]:
    reader = Reader(values)
    read = Topics(
        themes=tuple(reader.several("themes", themes)),
        technologies=tuple(reader.several("technologies", technologies)),
    )
    return read, reader.form


def read_codes(values: Values, *, known: KnownCodes) -> tuple[Codes, str, Form]:
    """Return the ticked codes with those typed, and the words that are looked for, if any.

    What is typed is codes where all of it has their form, with or without the check digit; else it
    is words to find codes by, once: what was found by them is on the page when they come again.
    """
    reader = Reader(values)
    chosen = reader.several("cpv", [code for code in values.all("cpv") if known.has(code)])
    text = reader.text("find", limit=400, required=False)
    if text == values.one("looked_for") and values.one("action") != "find":
        text = ""
    parts = [_CODE.fullmatch(part) for part in re.split(r"[\s,;]+", text) if part]
    typed = [part[1] for part in parts if part]
    looks_for = text if len(typed) < len(parts) or values.one("action") == "find" else ""
    for code in typed if not looks_for else ():
        if not known.has(code):
            reader.wrong("find", msg("There is no CPV code {code}.", code=code))
    codes = tuple(dict.fromkeys([*chosen, *typed])) if not looks_for else tuple(chosen)
    if len(codes) > MOST_CODES:
        reader.wrong("cpv", msg("Please keep at most {n} codes.", n=MOST_CODES))
    return Codes(cpv=codes), looks_for, reader.form


def read_visibility(values: Values) -> tuple[Visibility, Form]:
    reader = Reader(values)
    listed = reader.choice("listed", ("yes", "no"))
    return Visibility(is_public=listed == "yes", matching=reader.yes("matching")), reader.form


def read_evidence(values: Values) -> tuple[EvidenceValues, Form]:
    reader = Reader(values)
    day = reader.day("valid_until", required=False)
    if day is not None and not 2000 <= day.year < 2200:
        reader.wrong("valid_until", msg("Please enter a date."))
    read = EvidenceValues(
        kind=reader.choice("kind", [kind.value for kind in EvidenceKind]),
        note=reader.text("note", limit=NOTE, required=False),
        valid_until=day,
    )
    return read, reader.form


def read_invitation(values: Values) -> tuple[str, Role, Form]:
    """Return the address and the role that it is invited to."""
    reader = Reader(values)
    address = reader.text("email", limit=254)
    if address and canonical_email(address) is None:
        reader.wrong("email", msg("Please enter an e-mail address such as name@example.org."))
    role = reader.choice("role", (Role.MEMBER.value, Role.LEAD.value))
    return address, Role(role) if role else Role.MEMBER, reader.form


def as_typed(values: Section | NewFirm | EvidenceValues) -> dict[str, str | list[str]]:
    """Return values as a form shows them."""
    if isinstance(values, Visibility):
        shown = {"listed": "yes" if values.is_public else "no"}
        return {**shown, "matching": "yes" if values.matching else ""}
    return {name: _as_typed(value) for name, value in vars(values).items()}


def _as_typed(value: Any) -> str | list[str]:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
