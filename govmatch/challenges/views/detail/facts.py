"""What a firm wants to know first: deadline, budget, who may apply."""

from collections.abc import Mapping

from govmatch.challenges.labels import SIZES
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.answering import answers_by
from govmatch.challenges.showing import budget_text, country_names, language_names
from govmatch.kit.i18n import Message, msg
from govmatch.web.visit import Visit


def facts(visit: Visit, challenge: Challenge) -> list[tuple[Message, object]]:
    """Return what is there of it, in order; dates stand in the challenge's zone."""
    lang, limits = visit.lang, challenge.eligibility
    found: list[tuple[Message, object]] = [
        (msg("Deadline"), challenge.closes),
        (msg("Budget of a pilot, without VAT"), budget_text(challenge, lang)),
        (msg("Pilots"), msg("up to {n}", n=challenge.pilots_max)),
        (msg("Apply in"), language_names(limits.get("languages", []), lang)),
        (msg("Who may apply"), _who(visit, limits)),
        (msg("Questions until"), challenge.questions_until),
        (msg("Answers by"), answers_by(challenge)),
    ]
    return [(term, value) for term, value in found if value]


def _who(visit: Visit, limits: Mapping[str, list[str]]) -> str:
    """Return countries and the largest size class in words."""
    countries = country_names(limits.get("countries", []), visit.lang)
    sizes = [SIZES[size] for size in ("medium", "small", "micro") if size in limits.get("size", [])]
    if "large" in limits.get("size", []) or not sizes:
        return countries
    who = visit.say(msg("firms with {size}", size=sizes[0]))
    return f"{countries}; {who}" if countries else who
