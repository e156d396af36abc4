"""Help that a question may name: the part of a guide, and what a firm's profile says already.

Guides are pages of content/pages in three languages. A part is counted by its headings, which
stand in the same order in each language, so that a link finds it in whichever is read.
"""

from collections.abc import Mapping

from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass


@dataclass(frozen=True, slots=True)
class Guide:
    """One part of a guide: its heading, the page, and which heading of the page it is."""

    title: Message
    page: str
    part: int

    @property
    def path(self) -> str:
        return f"/pages/{self.page}#part-{self.part}"


GUIDES: Mapping[str, Guide] = {
    "application": Guide(msg("What makes a good application"), "guide-challenge", 2),
    "papers": Guide(msg("The papers of a contract"), "guide-contract", 2),
    "money": Guide(msg("The money of a contract"), "guide-contract", 3),
    "data": Guide(msg("Data protection: what you are asked for"), "guide-data", 3),
    "decisions": Guide(msg("Where software decides or advises"), "guide-data", 4),
    "security": Guide(msg("Security: what you are asked for"), "guide-security", 2),
    "accessibility": Guide(
        msg("Accessibility: what to write in the application"), "guide-accessibility", 3
    ),
    "invoices": Guide(msg("E-invoices: what has to be in it"), "guide-e-invoicing", 4),
    "feedback": Guide(msg("Feedback: what you always get"), "guide-feedback", 1),
}

PROFILE: Mapping[str, Message] = {
    "summary": msg("What the firm does"),
    "products": msg("Products and services"),
    "references": msg("References"),
    "technologies": msg("Technologies"),
}
"""What of a firm's profile may be offered as an answer, by the name that a form gives it."""
