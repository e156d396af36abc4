"""What the parts of a challenge are called."""

from collections.abc import Mapping

from govmatch.kit.i18n import Message, msg
from govmatch.organisations.models import EvidenceKind
from govmatch.organisations.showing import EVIDENCE_NAMES

FIELDS: Mapping[str, Message] = {
    "title": msg("Title"),
    "summary": msg("Summary"),
    "body": msg("Description"),
    "authority": msg("Authority"),
    "programme": msg("Programme"),
    "round": msg("Round"),
    "theme": msg("Themes"),
    "technology": msg("Technologies"),
    "cpv": msg("CPV codes"),
    "zone": msg("Time zone"),
    "opens": msg("Opening"),
    "questions_until": msg("End of questions"),
    "closes": msg("Deadline"),
    "budget": msg("Budget"),
    "pilots_max": msg("Number of pilots"),
    "countries": msg("Countries of the firms"),
    "size": msg("Size of the firms"),
    "languages": msg("Languages of applications"),
    "requires": msg("What firms must show"),
    "criteria": msg("Criteria and weights"),
    "questions": msg("Own questions"),
    "contact": msg("Contact"),
    "attachments": msg("Attachments"),
}
"""Each field, by the name that it has in files, forms and lists of changes."""

ASKED: Mapping[str, Message] = {
    "users": msg("Users"),
    "data": msg("Data and systems"),
    "route": msg("Procurement route"),
}
"""What a programme may ask for besides, by the name that a fault has."""

SIZES: Mapping[str, Message] = {
    "micro": msg("fewer than 10 people"),
    "small": msg("fewer than 50 people"),
    "medium": msg("fewer than 250 people"),
    "large": msg("250 people or more"),
}
"""Size classes of firms, the smallest first."""

REQUIREMENTS: Mapping[str, Message] = {
    "company-registration": msg("Entry in a business register"),
    "gdpr-processing-agreement": msg("Agreement on processing personal data (GDPR, article 28)"),
    "liability-insurance": msg("Liability insurance"),
    "iso-27001": msg("ISO/IEC 27001 certificate"),
    "hosting-in-eea": msg("Data are kept in the European Economic Area"),
    **{
        kind.value: EVIDENCE_NAMES[kind]
        for kind in (
            EvidenceKind.BSI_C5,
            EvidenceKind.ISAE_3000,
            EvidenceKind.PENETRATION_TEST,
            EvidenceKind.ACCESSIBILITY_REPORT,
            EvidenceKind.ISO_9001,
            EvidenceKind.TAX_CLEARANCE,
            EvidenceKind.PREQUALIFICATION,
        )
    },
}
"""What a challenge may ask firms to show."""

QUESTIONS: Mapping[str, Message] = {
    "long_text": msg("Long text"),
    "text": msg("One line of text"),
    "choice": msg("Choice of one"),
    "several": msg("Choice of several"),
    "number": msg("Number"),
    "money": msg("Amount of money"),
    "date": msg("Date"),
    "declaration": msg("Declaration to confirm"),
    "file": msg("File"),
    "email": msg("E-mail address"),
    "url": msg("Web address"),
    "table": msg("Table, such as milestones with amounts"),
}
"""Kinds of questions in the form, the most used first."""
