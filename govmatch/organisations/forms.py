"""What people enter about their firm: clean values, or a message for each field."""

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
    REFERENCE,
    REGISTRATION,
    SUMMARY,
    TEXT,
    VAT,
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
from govmatch.organisations.registers import Asked
from govmatch.organisations.registrations import REGISTERS, registration
from govmatch.organisations.size_class import CEILINGS, size_class
from govmatch.organisations.vat_numbers import RULES, prefix_of, vat_number
from govmatch.organisations.websites import web_address
from govmatch.taxonomy import picking
from govmatch.taxonomy.cpv import Codes as KnownCodes
from govmatch.web.fields import Form, Reader
from govmatch.web.visit import Values

LABELS: Mapping[str, Message] = {
    "name": msg("Name"),
    "country": msg("Country"),
    "region": msg("Region"),
    "city": msg("Town"),
    "size": msg("Size"),
    "people": msg("People who work there"),
    "turnover": msg("Turnover of a year in euros"),
    "balance": msg("Balance sheet total in euros"),
    "founded": msg("Founded in"),
    "website": msg("Website"),
    "registration": msg("Registration number"),
    "vat": msg("VAT number"),
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
    "reference": msg("Number or link"),
    "valid_until": msg("Valid until"),
    "email": msg("E-mail address"),
    "role": msg("Role"),
    "none_of_these": msg("None of these"),
}


def read_new_firm(values: Values) -> tuple[NewFirm, Form]:
    reader = Reader(values)
    name, country = _name(reader), reader.choice("country", country_codes())
    read = NewFirm(name=name, country=country, registration=_registration(reader, country))
    return read, reader.form


def _name(reader: Reader) -> str:
    name = reader.text("name", limit=NAME)
    if name and not name_key(name):
        reader.wrong("name", msg("Please use letters or digits."))
    return name


def _registration(reader: Reader, country: str, kept: Basics | None = None) -> str:
    """Return the number as the register of that country writes it; what is kept may stay."""
    typed = reader.text("registration", limit=REGISTRATION, required=False)
    if kept and (typed, country) == (kept.registration, kept.country):
        return typed
    number = registration(typed, country=country) if typed else ""
    if number is None:
        register = REGISTERS[country]
        reader.wrong(
            "registration",
            msg(
                "This cannot be a number of this register ({register}). Example: {example}",
                register=register.number,
                example=register.example,
            ),
        )
    return number or ""


def read_numbers(values: Values) -> tuple[Asked, dict[str, Message]]:
    """Return what a register is asked by, and what is wrong with it; nothing to ask by is wrong."""
    reader = Reader(values)
    country = reader.choice("country", country_codes())
    asked = Asked(country, _registration(reader, country), _vat(reader, country))
    if not reader.errors and not (asked.registration or asked.vat):
        reader.wrong("registration", msg("Please enter a number to look up."))
    return asked, reader.errors


def _vat(reader: Reader, country: str) -> str:
    typed = reader.text("vat", limit=VAT, required=False)
    number = vat_number(typed, country=country) if typed else ""
    if number is None:
        rule = RULES.get(prefix_of(country)) or RULES["DE"]
        reader.wrong(
            "vat",
            msg("This cannot be a VAT number of the EU. Example: {example}", example=rule.example),
        )
    return number or ""


def read_basics(values: Values, *, today: date, kept: Basics | None = None) -> tuple[Basics, Form]:
    reader = Reader(values)
    country = reader.choice("country", country_codes())
    read = Basics(
        name=_name(reader),
        country=country,
        region=reader.text("region", limit=PLACE, required=False),
        city=reader.text("city", limit=PLACE, required=False),
        size=_size(reader),
        founded=_year(reader, today),
        website=_website(reader),
        registration=_registration(reader, country, kept),
        vat=_vat(reader, country),
        languages=tuple(reader.several("languages", WORKING_LANGUAGES)),
    )
    return read, reader.form


def _size(reader: Reader) -> str:
    """Return the class that was chosen, else the one that follows from figures, which are not kept.

    Where only people are given the figure that decides is asked for, since the law asks for it too.
    """
    chosen = reader.choice("size", [size.value for size in Size], required=False)
    people = reader.integer("people", required=False, high=10**7)
    turnover, balance = (
        reader.integer(name, required=False, high=10**13) for name in ("turnover", "balance")
    )
    if chosen or people is None or reader.errors.keys() & {"people", "turnover", "balance"}:
        return chosen
    if people < CEILINGS[-1][1] and turnover is None and balance is None:
        reader.wrong("turnover", msg("Please add turnover or balance sheet total."))
        return ""
    return size_class(people, turnover=turnover, balance=balance)


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
    """Return the codes of a firm, and the words that are looked for, which save nothing."""
    reader = Reader(values)
    codes, looks_for = picking.read_codes(reader, values, known=known, most=MOST_CODES)
    return Codes(cpv=tuple(codes)), looks_for, reader.form


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
        reference=_reference(reader),
    )
    return read, reader.form


def _reference(reader: Reader) -> str:
    """Return a number as it was typed, or the address of a page that can stand in a link."""
    text = reader.text("reference", limit=REFERENCE, required=False)
    if "://" not in text and not text.startswith("www."):
        return text
    address = web_address(text)
    if address is None:
        reader.wrong("reference", msg("Please enter an address such as https://example.org/123."))
    return address or text


def read_invitation(values: Values) -> tuple[str, Role, Form]:
    """Return the address and the role that it is invited to."""
    reader = Reader(values)
    address = reader.text("email", limit=254)
    if address and canonical_email(address) is None:
        reader.wrong("email", msg("Please enter an e-mail address such as name@example.org."))
    role = read_role(reader)
    return address, role, reader.form


def read_role(reader: Reader) -> Role:
    """Return the role in a firm that was chosen; that of a member where the choice was wrong."""
    roles = (Role.MEMBER, Role.READER, Role.FINANCE, Role.LEAD)
    role = reader.choice("role", [one.value for one in roles])
    return Role(role) if role else Role.MEMBER


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
