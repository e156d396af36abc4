"""Which guides of content/pages help with an application to a challenge, by what it asks."""

from collections.abc import Iterator

from govmatch.challenges.models import Challenge
from govmatch.kit.i18n import Message, msg

ALWAYS = (
    (msg("How a challenge works for a firm"), "/pages/guide-challenge"),
    (msg("Your first public contract"), "/pages/guide-contract"),
    (msg("Feedback: what you are owed"), "/pages/guide-feedback"),
)
DATA = (msg("Data protection and data ethics"), "/pages/guide-data")
SECURITY = (msg("Secure solutions"), "/pages/guide-security")
ACCESSIBILITY = (msg("Accessible solutions"), "/pages/guide-accessibility")

_ASKS_FOR = (
    (DATA, {"data-protection"}, {"gdpr-processing-agreement", "hosting-in-eea"}),
    (SECURITY, {"technology"}, {"iso-27001", "bsi-c5"}),
    (ACCESSIBILITY, {"accessibility"}, {"accessibility-report"}),
)
"""A guide, with the criteria and the kinds of evidence that call for it."""


def guides_for(challenge: Challenge) -> list[tuple[Message, str]]:
    """Return (title, path) of each guide: the general ones first, then what this one asks for."""
    return [*ALWAYS, *_asked_for(challenge)]


def _asked_for(challenge: Challenge) -> Iterator[tuple[Message, str]]:
    criteria = {str(one.get("id")) for one in challenge.criteria}
    required = set(challenge.eligibility.get("requires", ()))
    for guide, by_criteria, by_evidence in _ASKS_FOR:
        if criteria & by_criteria or required & by_evidence:
            yield guide
