"""The fields of /search: what may stand before a colon there, and what its values are called."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from govmatch.challenges.public_list import currencies
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import LANGUAGES, Message, msg
from govmatch.organisations.firm_fields import (
    COUNTRY,
    LANGUAGE,
    NAME,
    TECHNOLOGY,
    THEME,
    Labels,
    in_all,
    spoken,
    term_labels,
)
from govmatch.organisations.models import Authority
from govmatch.organisations.places import countries, languages
from govmatch.search.fields import Field, Fields, Kind, Moment
from govmatch.taxonomy.models import TermKind

KIND_NAMES: dict[str, Message] = {
    "challenge": msg("Challenge"),
    "question": msg("Question"),
    "need": msg("Need"),
    "firm": msg("Firm"),
    "application": msg("My application"),
    "received": msg("Application"),
    "assigned": msg("Application to review"),
    "pilot": msg("Pilot"),
    "event": msg("Event"),
    "page": msg("Page"),
}
STATE_NAMES: dict[str, Message] = {
    "open": msg("Open"),
    "coming": msg("Announced"),
    "closed": msg("Closed"),
}
MOMENTS = {"open": Moment.RUNNING, "coming": Moment.COMING, "closed": Moment.OVER}

TABLE: tuple[Field, ...] = (
    THEME,
    TECHNOLOGY,
    Field(
        names={"en": "authority", "de": "behörde", "da": "myndighed"},
        kind=Kind.VALUE,
        looks_in="authority",
        label=msg("Authority"),
        help=msg("What belongs to an authority."),
    ),
    COUNTRY,
    Field(
        names={"en": "state", "de": "stand", "da": "status"},
        kind=Kind.VALUE,
        looks_in="opens",
        up_to="closes",
        label=msg("State"),
        help=msg("Challenges that are open for applications, announced or closed."),
        moments=MOMENTS,
    ),
    Field(
        names={"en": "closes", "de": "frist", "da": "frist"},
        kind=Kind.DATE,
        looks_in="closes",
        label=msg("Deadline"),
        help=msg("A day, a month, a year, or how far it is from today."),
        examples=("<30d", "2027-01..2027-03", ">=2027-01-15"),
    ),
    Field(
        names={"en": "opens", "de": "beginn", "da": "start"},
        kind=Kind.DATE,
        looks_in="opens",
        label=msg("Opening"),
        help=msg("From when on applications are accepted."),
        examples=(">2026-12", "<14d"),
    ),
    Field(
        names={"en": "age", "de": "alter", "da": "alder"},
        kind=Kind.AGE,
        looks_in="added",
        label=msg("Age"),
        help=msg("How long it has been here: d for days, w for weeks, m for months, y for years."),
        examples=("<7d", ">6m"),
    ),
    Field(
        names={"en": "budget", "de": "budget", "da": "budget"},
        kind=Kind.MONEY,
        looks_in="budget_from",
        up_to="budget_to",
        label=msg("Budget of a pilot"),
        help=msg("In euros, k for thousands; with kr in Danish kroner."),
        examples=(">=50000", "20k..80k", "<400000kr"),
    ),
    Field(
        names={"en": "kind", "de": "art", "da": "type"},
        kind=Kind.VALUE,
        looks_in="kind",
        label=msg("Kind of result"),
        help=msg("Challenges, firms, pilots or pages alone."),
    ),
    LANGUAGE,
    NAME,
)


def fields(session: ReadSession, content_dir: Path) -> Fields:
    """Return the fields with the names of their values; three statements."""
    return _without_names(content_dir).with_values(
        {
            "theme": term_labels(session, TermKind.THEME),
            "technology": term_labels(session, TermKind.TECHNOLOGY),
            "authority": _authority_names(session),
        }
    )


@lru_cache(maxsize=2)
def _without_names(content_dir: Path) -> Fields:
    rates = currencies(content_dir)
    units = {code.casefold(): rate for code, rate in rates.items()} | {"kr": rates["DKK"]}
    table = tuple(replace(one, units=units) if one.kind is Kind.MONEY else one for one in TABLE)
    return Fields(
        table,
        {
            "country": in_all(countries),
            "lang": {code: in_all(languages)[code] for code in LANGUAGES},
            "kind": spoken(KIND_NAMES),
            "state": spoken(STATE_NAMES),
        },
    )


def _authority_names(session: ReadSession) -> Labels:
    """Return every authority with its names; one statement."""
    found = select(Authority.slug, Authority.names).order_by(Authority.slug)
    return dict(session.execute(found).all())
