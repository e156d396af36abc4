"""Firms as content/demonstration/firms.yaml says them: made up, for the demonstration and tests."""

from collections.abc import Callable
from datetime import date, timedelta

from govmatch.kit.content import Folder, Place, Problem, Wrong, read_yaml
from govmatch.kit.countries import country_codes
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.kit.records import dataclass
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
)
from govmatch.organisations.models import EvidenceKind, Size
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
from govmatch.organisations.registrations import registration
from govmatch.organisations.vat_numbers import vat_number

FILE = "demonstration/firms.yaml"
_KEYS = (
    "slug",
    "name",
    "country",
    "region",
    "city",
    "size",
    "founded",
    "website",
    "registration",
    "vat",
    "languages",
    "text_lang",
    "summary",
    "products",
    "references",
    "themes",
    "technologies",
    "cpv",
    "evidence",
    "public",
    "matching",
)


@dataclass(frozen=True, kw_only=True)
class FirmData:
    """A firm with its profile; the days of its evidence are counted from the day of reading."""

    slug: str
    new: NewFirm
    sections: tuple[Section, ...]
    evidence: tuple[EvidenceValues, ...]


def read_firms(folder: Folder, problems: list[Problem], *, today: date) -> list[FirmData]:
    """Return the firms of the file, none where it is wrong; `problems` then says how."""
    try:
        tree = read_yaml(folder.read(FILE))
    except Wrong as wrong:
        problems.append(wrong.problem)
        return []
    before = len(problems)
    top = Place.top(tree, problems)
    top.only(("firms",))
    places = top.needed("firms").items(low=1, high=200)
    found = [_firm(place, today) for place in places if place.is_mapping()]
    return found if len(problems) == before else []


def _firm(place: Place, today: date) -> FirmData:
    place.only(_KEYS)
    basics = _basics(place, today)
    return FirmData(
        slug=place.needed("slug").slug(),
        new=NewFirm(name=basics.name, country=basics.country, registration=basics.registration),
        sections=(
            basics,
            _offer(place),
            Topics(themes=_slugs(place, "themes"), technologies=_slugs(place, "technologies")),
            Codes(cpv=_words(place, "cpv", most=MOST_CODES)),
            Visibility(
                is_public=place.child("public").yes(otherwise=True),
                matching=place.child("matching").yes(otherwise=True),
            ),
        ),
        evidence=tuple(
            _evidence(one, today) for one in place.child("evidence").items(low=0, high=20)
        ),
    )


def _basics(place: Place, today: date) -> Basics:
    country = place.needed("country").choice(country_codes())
    return Basics(
        name=place.needed("name").line(limit=NAME),
        country=country,
        region=place.child("region").line(limit=PLACE),
        city=place.child("city").line(limit=PLACE),
        size=place.child("size").choice([size.value for size in Size]),
        founded=place.child("founded").whole(low=FIRST_YEAR, high=today.year),
        website=place.child("website").web_address(),
        registration=_number(place.child("registration"), REGISTRATION, registration, country),
        vat=_number(place.child("vat"), VAT, vat_number, country),
        languages=tuple(
            one.choice(WORKING_LANGUAGES)
            for one in place.child("languages").items(low=0, high=len(WORKING_LANGUAGES))
        ),
    )


def _number(place: Place, limit: int, read: Callable[..., str | None], country: str) -> str:
    """Return a number as its register writes it; nothing where there is none."""
    typed = place.line(limit=limit)
    number = read(typed, country=country) if typed else ""
    if number is None:
        place.wrong(
            msg("“{value}” is no number of a firm in {country}.", value=typed, country=country),
            msg("Copy it from the register; its check digits do not agree or its form is another."),
        )
    return number or ""


def _offer(place: Place) -> Offer:
    return Offer(
        summary=place.child("summary").line(limit=SUMMARY),
        products=place.child("products").text(limit=TEXT),
        references=place.child("references").text(limit=TEXT),
        text_lang=place.needed("text_lang").choice(LANGUAGES),
    )


def _slugs(place: Place, key: str) -> tuple[str, ...]:
    return tuple(one.slug() for one in place.child(key).items(low=0, high=40))


def _words(place: Place, key: str, *, most: int) -> tuple[str, ...]:
    return tuple(one.text(limit=8) for one in place.child(key).items(low=0, high=most))


def _evidence(place: Place, today: date) -> EvidenceValues:
    """`valid_days` counts from today and may lie in the past; without it there is no end."""
    place.only(("kind", "note", "valid_days", "reference"))
    days = place.child("valid_days").whole(low=-3650, high=3650)
    return EvidenceValues(
        kind=place.needed("kind").choice([kind.value for kind in EvidenceKind]),
        note=place.child("note").line(limit=NOTE),
        reference=place.child("reference").line(limit=REFERENCE),
        valid_until=None if days is None else today + timedelta(days=days),
    )
