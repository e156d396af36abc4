"""What a draft says before anybody has written it: what its programme and authority give."""

from collections.abc import Mapping

from govmatch.challenges.queries.known import FALLBACK_PILOTS
from govmatch.challenges.statement import Statement, Weight, Words
from govmatch.organisations.models import Authority, Size
from govmatch.programmes import queries as programmes
from govmatch.programmes.models import Programme

CURRENCIES = {"DK": "DKK", "SE": "SEK", "NO": "NOK", "GB": "GBP", "CH": "CHF", "PL": "PLN"}
"""Where a country does not pay in euros; the author can choose another."""


def first_statement(
    authority: Authority,
    programme: Programme,
    *,
    words: Mapping[str, Words],
    main_lang: str,
    themes: tuple[str, ...] = (),
) -> Statement:
    """Return the beginning of a challenge, with the words that there are."""
    most = programme.facts.get("pilots_max", FALLBACK_PILOTS)
    languages = programme.facts.get("languages") or authority.languages
    return Statement(
        authority=authority.slug,
        programme=programme.slug,
        zone=authority.zone,
        words=words,
        main_lang=main_lang,
        themes=themes,
        currency=CURRENCIES.get(authority.country, "EUR"),
        pilots_max=most if isinstance(most, int) else FALLBACK_PILOTS,
        countries=("EU", "EEA"),
        sizes=(Size.MICRO.value, Size.SMALL.value, Size.MEDIUM.value),
        languages=tuple(languages),
        criteria=tuple(
            Weight(
                id=one["id"],
                weight=one["weight"],
                minimum=one["minimum"],
                independent=bool(one.get("independent")),
            )
            for one in programmes.default_weights(programme)
        ),
        contact=dict(authority.contact),
    )
