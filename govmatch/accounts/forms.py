"""What people type about themselves: clean values, or a message for each field."""

from typing import cast

from govmatch.accounts.models import Person
from govmatch.accounts.rules import canonical_email, own_path
from govmatch.accounts.zones import ZONES
from govmatch.kit.i18n import LANGUAGES, Lang, msg
from govmatch.kit.records import dataclass
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.visit import Values

ADDRESS_WRONG = msg(
    "Please enter an e-mail address such as name@example.org, without special letters before the @."
)
NAME_LIMIT = 100


@dataclass(frozen=True)
class Login:
    address: str
    next_path: str


@dataclass(frozen=True)
class Registration:
    address: str
    name: str
    lang: Lang
    next_path: str


@dataclass(frozen=True)
class Details:
    """None stands for the browser's language, and for the site's time zone."""

    name: str
    lang: Lang | None
    zone: str | None


def read_login(values: Values) -> tuple[Login, Form]:
    reader = Reader(values)
    address = read_address(reader)
    return Login(address, own_path(values.one("next"))), reader.form


def read_registration(values: Values) -> tuple[Registration, Form]:
    reader = Reader(values)
    name = reader.text("name", limit=NAME_LIMIT)
    address = read_address(reader)
    lang = reader.choice("lang", LANGUAGES)
    if not values.one("terms"):
        reader.wrong("terms", msg("Please agree to the terms of use."))
    read = Registration(address, name, cast(Lang, lang), own_path(values.one("next")))
    return read, reader.form


def read_new_person(values: Values) -> tuple[str, Form]:
    """Return the name of somebody who accepts an invitation and has no account."""
    reader = Reader(values)
    name = reader.text("name", limit=NAME_LIMIT)
    if not values.one("terms"):
        reader.wrong("terms", msg("Please agree to the terms of use."))
    return name, reader.form


def read_details(values: Values, person: Person) -> tuple[Details, Form]:
    """Return the details; a zone that the person has already is allowed though it is not listed."""
    reader = Reader(values)
    name = reader.text("name", limit=NAME_LIMIT)
    lang = reader.choice("lang", LANGUAGES, required=False)
    zone = reader.choice("zone", {*ZONES, person.zone or ""}, required=False)
    return Details(name, cast(Lang, lang) if lang else None, zone or None), reader.form


def details_form(person: Person) -> Form:
    return filled({"name": person.name, "lang": person.lang or "", "zone": person.zone or ""})


def read_address(reader: Reader, name: str = "email") -> str:
    """Return the canonical spelling of an address, or note what is wrong."""
    typed = reader.text(name, limit=254)
    address = canonical_email(typed) if typed else None
    if typed and address is None:
        reader.wrong(name, ADDRESS_WRONG)
    return address or ""


def read_code(values: Values, name: str) -> str:
    """Return a code without the spaces and hyphens that people and apps put into it."""
    return "".join(c for c in values.one(name)[:100] if c.isalnum())
