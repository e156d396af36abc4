"""What administrators type: clean values, or a message for each field."""

from collections.abc import Collection
from typing import cast
from urllib.parse import urlsplit

from govmatch.accounts.rules import canonical_email
from govmatch.accounts.zones import ZONES
from govmatch.kit.content import is_slug
from govmatch.kit.countries import country_codes
from govmatch.kit.i18n import LANGUAGES, Lang, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.content import AuthorityData
from govmatch.organisations.models import Authority
from govmatch.overview.objects import GIVEN, roles_for
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.visit import Values

NAME = 150
DESCRIPTION = 1_000
SLUG = 60
RESERVED = frozenset({"new"})
"""What stands in the place of a short name in our own addresses."""


@dataclass(frozen=True)
class NewProgramme:
    template: str
    slug: str
    names: dict[str, str]
    summaries: dict[str, str]


@dataclass(frozen=True)
class Wish:
    """A role, and the key of what it is to be held for."""

    role: str
    key: str


@dataclass(frozen=True)
class Offer:
    """A role that is offered by mail."""

    address: str
    wish: Wish
    lang: Lang


def read_authority(values: Values, *, present: Authority | None) -> tuple[AuthorityData, Form]:
    """Return the authority as typed; the address of one that is there cannot be changed."""
    reader = Reader(values)
    slug = present.slug if present else read_slug(reader)
    known_zone = {present.zone} if present else set()
    data = AuthorityData(
        slug=slug,
        names=read_names(reader, limit=NAME),
        descriptions=_texts(reader, "description", limit=DESCRIPTION),
        country=reader.choice("country", country_codes()),
        region=reader.text("region", limit=100, required=False),
        zone=reader.choice("zone", {*ZONES, *known_zone}),
        url=_web_address(reader),
        contact=_contact(reader),
        languages=tuple(reader.several("languages", LANGUAGES, required=True)),
    )
    return data, reader.form


def authority_form(authority: Authority | None, *, zone: str) -> Form:
    """Return the form as it is first shown; a new authority begins in the site's zone."""
    if authority is None:
        return filled({"zone": zone, "languages": []})
    shown: dict[str, str | list[str]] = {
        "country": authority.country,
        "region": authority.region,
        "zone": authority.zone,
        "url": authority.url,
        "languages": list(authority.languages),
    }
    shown |= {f"name_{lang}": authority.names.get(lang, "") for lang in LANGUAGES}
    shown |= {f"description_{lang}": authority.descriptions.get(lang, "") for lang in LANGUAGES}
    shown |= {f"contact_{part}": authority.contact.get(part, "") for part in CONTACT}
    return filled(shown)


CONTACT = ("name", "email", "phone")


def _contact(reader: Reader) -> dict[str, str]:
    """An office that can be asked; never a named person, whose data would have to be kept."""
    given = {
        "name": reader.text("contact_name", limit=150),
        "email": reader.email("contact_email"),
        "phone": reader.text("contact_phone", limit=40, required=False),
    }
    return {part: text for part, text in given.items() if text}


def _web_address(reader: Reader) -> str:
    url = reader.text("url", limit=200, required=False)
    if url and not is_web_address(url):
        reader.wrong("url", msg("Please enter a web address that begins with https://."))
    return url


def is_web_address(url: str) -> bool:
    """True for what a browser may follow from our page: no javascript:, no host in disguise."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname) and " " not in url


def read_names(reader: Reader, *, limit: int) -> dict[str, str]:
    """Return a name in each language; all three, since pages exist in all three."""
    return {lang: reader.text(f"name_{lang}", limit=limit) for lang in LANGUAGES}


def _texts(reader: Reader, name: str, *, limit: int) -> dict[str, str]:
    given = {
        lang: reader.text(f"{name}_{lang}", limit=limit, required=False, lines=True)
        for lang in LANGUAGES
    }
    return {lang: text for lang, text in given.items() if text}


def read_slug(reader: Reader) -> str:
    slug = reader.text("slug", limit=SLUG)
    if slug and not is_slug(slug):
        reader.wrong("slug", msg("Please use small letters a to z, digits and hyphens."))
    elif slug in RESERVED:
        reader.wrong("slug", msg("This short name is taken."))
    return slug


def read_programme(values: Values, templates: Collection[str]) -> tuple[NewProgramme, Form]:
    reader = Reader(values)
    read = NewProgramme(
        template=reader.choice("template", templates),
        slug=read_slug(reader),
        names=read_names(reader, limit=NAME),
        summaries=_texts(reader, "summary", limit=DESCRIPTION),
    )
    return read, reader.form


def read_offer(values: Values, targets: Collection[str]) -> tuple[Offer, Form]:
    """Return who is to be invited as what; `targets` are the keys to choose from."""
    reader = Reader(values)
    address = canonical_email(reader.text("email", limit=254))
    if values.one("email") and address is None:
        reader.wrong("email", msg("Please enter an e-mail address such as name@example.org."))
    wish = read_wish(reader, targets)
    lang = reader.choice("lang", LANGUAGES)
    return Offer(address or "", wish, cast(Lang, lang)), reader.form


def read_new_role(values: Values, targets: Collection[str]) -> tuple[Wish, Form]:
    reader = Reader(values)
    wish = read_wish(reader, targets)
    return wish, reader.form


def read_wish(reader: Reader, targets: Collection[str]) -> Wish:
    """Return a role and the key of what it is to be held for.

    A challenge is typed by its short name, since there are too many to list; it counts where one
    is given. Whether it exists, the caller has to ask.
    """
    role = reader.choice("role", GIVEN)
    slug = reader.text("challenge", limit=SLUG, required=False)
    key = f"challenge:{slug}" if slug else reader.choice("for", targets)
    kind = key.partition(":")[0]
    if role and key and role not in roles_for(kind):
        reader.wrong("role", msg("This role does not exist for that."))
    return Wish(role, key)
