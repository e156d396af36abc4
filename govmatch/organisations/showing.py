"""How firms are put into words on pages: cards, facts, names of choices. Texts, no HTML."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.models import EvidenceKind, Firm, Size
from govmatch.organisations.places import country_name
from govmatch.organisations.profile import Topics

SIZE_NAMES: Mapping[str, Message] = {
    Size.MICRO: msg("Micro: fewer than 10 people"),
    Size.SMALL: msg("Small: fewer than 50 people"),
    Size.MEDIUM: msg("Medium: fewer than 250 people"),
    Size.LARGE: msg("Large: 250 people or more"),
}
SHORT_SIZES: Mapping[str, Message] = {
    Size.MICRO: msg("Micro"),
    Size.SMALL: msg("Small"),
    Size.MEDIUM: msg("Medium"),
    Size.LARGE: msg("Large"),
}
EVIDENCE_NAMES: Mapping[str, Message] = {
    EvidenceKind.COMPANY_REGISTRATION: msg("Registration as a company"),
    EvidenceKind.GDPR_PROCESSING_AGREEMENT: msg("Data processing agreement after GDPR"),
    EvidenceKind.LIABILITY_INSURANCE: msg("Liability insurance"),
    EvidenceKind.ISO_27001: msg("Certificate ISO/IEC 27001"),
    EvidenceKind.HOSTING_IN_EEA: msg("Hosting in the EEA"),
    EvidenceKind.BSI_C5: msg("Attestation BSI C5 for cloud services"),
    EvidenceKind.ISAE_3000: msg("Audit report ISAE 3000 or ISAE 3402"),
    EvidenceKind.PENETRATION_TEST: msg("Report of a penetration test"),
    EvidenceKind.ACCESSIBILITY_REPORT: msg("Accessibility report (EN 301 549)"),
    EvidenceKind.ISO_9001: msg("Quality management ISO 9001"),
    EvidenceKind.TAX_CLEARANCE: msg("Proof that taxes and contributions are paid"),
    EvidenceKind.PREQUALIFICATION: msg("Prequalification for public contracts"),
}
SECTION_TITLES: Mapping[str, Message] = {
    "basics": msg("Name, place and size"),
    "offer": msg("What the firm does"),
    "topics": msg("Themes and technologies"),
    "codes": msg("CPV codes"),
    "evidence": msg("Evidence"),
    "visibility": msg("Who sees the profile"),
}
ON_A_LINE = 200
"""Characters of a summary that a list shows."""
ON_A_CARD = 3
"""Themes and technologies that a card in the directory names."""


@dataclass(frozen=True)
class Card:
    """One firm in a list; `lang` is set where its words are not in the reader's language."""

    title: str
    url: str
    place: str
    summary: str
    facts: list[tuple[Message, str]]
    lang: str | None


def place_of(firm: Firm, lang: Lang) -> str:
    """Return «Aalborg, Dänemark», or the country alone."""
    return ", ".join(filter(None, [firm.city, country_name(firm.country, lang)]))


def foreign(firm: Firm, lang: Lang) -> str | None:
    """Return the language of a firm's texts where it is not the reader's."""
    return firm.text_lang if firm.text_lang != lang else None


def card(firm: Firm, topics: Topics, labels: Mapping[str, str], *, lang: Lang, url: str) -> Card:
    """Return what the directory shows of one firm; `labels` names terms by slug."""
    named = [labels[s] for s in (*topics.themes, *topics.technologies) if s in labels]
    facts = [(msg("Themes and technologies"), ", ".join(named[:ON_A_CARD]))] if named else []
    return Card(
        title=firm.name,
        url=url,
        place=place_of(firm, lang),
        summary=clipped(firm.summary),
        facts=facts,
        lang=foreign(firm, lang),
    )


def clipped(text: str) -> str:
    """Return the beginning of a text, cut between two words."""
    if len(text) <= ON_A_LINE:
        return text
    return text[:ON_A_LINE].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + " …"


def named(slugs: Iterable[str], labels: Mapping[str, str]) -> list[str]:
    """Return what terms are called, in order; slugs that no term has any more are left out."""
    return [labels[slug] for slug in slugs if slug in labels]


def day_of(now: datetime, zone: str) -> date:
    """Return the day it is in a zone: on it evidence is in date or not."""
    return now.astimezone(ZoneInfo(zone)).date()


def next_midnight(now: datetime, zone: str) -> datetime:
    """Return when that day ends, and a page that says what is in date may read otherwise."""
    return datetime.combine(day_of(now, zone) + timedelta(days=1), time(), ZoneInfo(zone))
