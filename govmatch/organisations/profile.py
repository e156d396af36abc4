"""The parts of a firm's profile as values: what a page shows, a form gives back, a file says.

A section is what is saved at once. Two people may work on two sections without meeting; on one
section the second save is noticed by its `fingerprint`.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TypeAlias

from govmatch.kit.db import canonical_json
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Evidence, Firm


@dataclass(frozen=True, kw_only=True)
class NewFirm:
    """What it takes to make a firm."""

    name: str
    country: str
    registration: str = ""


@dataclass(frozen=True, kw_only=True)
class Basics:
    """Who the firm is. `country` is ISO 3166 alpha-2, `size` one of `models.Size` or empty."""

    name: str
    country: str
    region: str = ""
    city: str = ""
    size: str = ""
    founded: int | None = None
    website: str = ""
    registration: str = ""
    vat: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What the firm does, in its own words: plain text in one language of this site."""

    summary: str = ""
    products: str = ""
    references: str = ""
    text_lang: str = "en"


@dataclass(frozen=True, kw_only=True)
class Topics:
    """Slugs of the taxonomy, in the order in which they were chosen."""

    themes: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Codes:
    """CPV codes of eight digits."""

    cpv: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Visibility:
    """Who may see the profile, and whether matches are worked out for the firm."""

    is_public: bool = False
    matching: bool = True


Section: TypeAlias = Basics | Offer | Topics | Codes | Visibility

SECTIONS: Mapping[str, type[Section]] = {
    "basics": Basics,
    "offer": Offer,
    "topics": Topics,
    "codes": Codes,
    "visibility": Visibility,
}


@dataclass(frozen=True, kw_only=True)
class EvidenceValues:
    """Something the firm can show; `kind` is one of `models.EvidenceKind`."""

    kind: str
    note: str = ""
    valid_until: date | None = None
    reference: str = ""


@dataclass(frozen=True)
class Profile:
    """A firm with everything its profile says."""

    firm: Firm
    topics: Topics
    evidence: tuple[Evidence, ...]

    @property
    def basics(self) -> Basics:
        firm = self.firm
        return Basics(
            name=firm.name,
            country=firm.country,
            region=firm.region,
            city=firm.city,
            size=firm.size or "",
            founded=firm.founded,
            website=firm.website,
            registration=firm.registration,
            vat=firm.vat,
            languages=tuple(firm.languages),
        )

    @property
    def offer(self) -> Offer:
        firm = self.firm
        return Offer(
            summary=firm.summary,
            products=firm.products,
            references=firm.references,
            text_lang=firm.text_lang,
        )

    @property
    def codes(self) -> Codes:
        return Codes(cpv=tuple(self.firm.cpv))

    @property
    def visibility(self) -> Visibility:
        return Visibility(is_public=self.firm.is_public, matching=self.firm.matching)

    def section(self, name: str) -> Section:
        """Return one section by its name in `SECTIONS`."""
        found: dict[str, Section] = {
            "basics": self.basics,
            "offer": self.offer,
            "topics": self.topics,
            "codes": self.codes,
            "visibility": self.visibility,
        }
        return found[name]


def name_of(section: Section) -> str:
    """Return the name under which a section's kind stands in `SECTIONS`."""
    return next(name for name, kind in SECTIONS.items() if isinstance(section, kind))


def fingerprint(values: Section | EvidenceValues) -> str:
    """Return a short digest of the values, which a form carries so that a later save is noticed."""
    plain = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(values).items()
    }
    return digest(canonical_json(plain))[:16]


def values_of(evidence: Evidence) -> EvidenceValues:
    return EvidenceValues(
        kind=evidence.kind,
        note=evidence.note,
        valid_until=evidence.valid_until,
        reference=evidence.reference,
    )
