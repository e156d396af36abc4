"""The fields of /triage: what may stand before a colon there, and what its values are called."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications.showing import STAFF_STATES
from govmatch.kit.i18n import LANGUAGES, msg, say
from govmatch.organisations.firm_fields import COUNTRY, THEME, Labels, in_all, spoken, term_labels
from govmatch.organisations.places import countries
from govmatch.overview.views.triage.lines import MARKS
from govmatch.search.fields import TITLE, Field, Fields, Kind
from govmatch.search.query import Query
from govmatch.taxonomy.models import TermKind
from govmatch.triage import queries
from govmatch.web.visit import Visit

ME, NOBODY = "me", "none"
SORT = "sort"

STATE = Field(
    names={"en": "state", "de": "stand", "da": "status"},
    kind=Kind.VALUE,
    looks_in="state",
    label=msg("State"),
    help=msg("Applications in a state."),
    is_closed=True,
)
CHALLENGE = Field(
    names={"en": "challenge", "de": "herausforderung", "da": "udfordring"},
    kind=Kind.VALUE,
    looks_in="challenge",
    label=msg("Challenge"),
    help=msg("Applications to a challenge, by its short name."),
)
ASSIGNED = Field(
    names={"en": "assigned", "de": "zuständig", "da": "sagsbehandler"},
    kind=Kind.VALUE,
    looks_in="handler",
    label=msg("Looked after by"),
    help=msg("Who looks after it: me, nobody or a name."),
    examples=("me", "none"),
)
TAG = Field(
    names={"en": "tag", "de": "schlagwort", "da": "mærke"},
    kind=Kind.VALUE,
    looks_in="tag",
    label=msg("Tag"),
    help=msg("Applications with a tag."),
)
HAS = Field(
    names={"en": "has", "de": "hat", "da": "har"},
    kind=Kind.VALUE,
    looks_in="flag",
    label=msg("Mark"),
    help=msg("Applications with a mark, such as a conflict of interest."),
    examples=("conflict", "overdue"),
    is_closed=True,
)
AGE = Field(
    names={"en": "age", "de": "alter", "da": "alder"},
    kind=Kind.AGE,
    looks_in="submitted",
    label=msg("Age"),
    help=msg("How long ago it was submitted: d for days, w for weeks, m for months."),
    examples=(">7d", "<2w"),
)
WAITING = Field(
    names={"en": "waiting", "de": "wartet", "da": "venter"},
    kind=Kind.AGE,
    looks_in="waiting",
    label=msg("In this state"),
    help=msg("How long it has been in its state."),
    examples=(">14d",),
)
SUBMITTED = Field(
    names={"en": "submitted", "de": "eingereicht", "da": "indsendt"},
    kind=Kind.DATE,
    looks_in="submitted",
    label=msg("Submitted"),
    help=msg("The day, month or year of its submission."),
    examples=(">=2026-11-01", "2026-11"),
)
FIRM = Field(
    names={"en": "firm", "de": "unternehmen", "da": "virksomhed"},
    kind=Kind.WORDS,
    looks_in=TITLE,
    label=msg("Firm"),
    help=msg("A word or a “phrase” in the firm's name alone."),
)
ORDER = Field(
    names={"en": SORT, "de": "sortierung", "da": "sortering"},
    kind=Kind.VALUE,
    looks_in=SORT,
    label=msg("Sort"),
    help=msg("What stands first; with a hyphen the largest or last."),
    examples=("-age", "firm"),
)
TABLE = (
    STATE,
    replace(THEME, help=msg("Applications to challenges of a theme.")),
    replace(COUNTRY, help=msg("The country of the firm."), is_closed=True),
    ASSIGNED,
    AGE,
    WAITING,
    HAS,
    TAG,
    CHALLENGE,
    SUBMITTED,
    FIRM,
    ORDER,
)
_SORTS: Mapping[str, tuple[str, str]] = {
    "age": ("-submitted", "submitted"),
    "waiting": ("-waiting", "waiting"),
    "submitted": ("submitted", "-submitted"),
    "next": ("next", "-next"),
    "firm": ("firm", "-firm"),
    "challenge": ("challenge", "-challenge"),
    "state": ("state", "-state"),
    "consensus": ("consensus", "-consensus"),
}
"""By the word of a query: the order of the table that it means, and with a hyphen before it."""
_BY_NAME = {
    name.casefold(): one.name for one in TABLE for name in one.names.values() if one.name in _SORTS
} | {"konsens": "consensus", "enighed": "consensus"}
"""Nothing is looked for by what juries agreed on, so no field has these names."""


def order_of(written: str) -> str:
    """Return the order of the table that stands after `sort:`; empty for none that there is.

    It is named like the field by which it orders, in any language; by a word of its own where
    there is no field.
    """
    name = written.removeprefix("-").casefold()
    plain, turned = _SORTS.get(_BY_NAME.get(name, name), ("", ""))
    return turned if written.startswith("-") else plain


def orders() -> list[str]:
    """Return what may stand after `sort:`."""
    return [sign + name for name in _SORTS for sign in ("-", "")]


def fields(visit: Visit, typed: str) -> Fields:
    """Return the fields; names of themes and people are read only where they may be needed.

    Only people are named who look after something that the reader reads.
    """
    plain, small = _without_names(), typed.casefold()
    found: dict[str, Labels] = {}
    if _is_in(THEME, small):
        found[THEME.name] = term_labels(visit.db, TermKind.THEME)
    if _names_somebody(small):
        found[ASSIGNED.name] = {**plain.values[ASSIGNED.name], **_people(visit)}
    return plain.with_values(found) if found else plain


def _is_in(of: Field, small: str) -> bool:
    return any(f"{name}:" in small for name in of.names.values())


def _names_somebody(small: str) -> bool:
    """Return whether somebody is looked for, or about to be, who is not the reader."""
    own = {
        one for labels in _without_names().values[ASSIGNED.name].values() for one in labels.values()
    }
    asked = (piece.split(":", 1) for piece in small.split() if ":" in piece)
    names = {f"{sign}{name}" for name in ASSIGNED.names.values() for sign in ("", "-")}
    return any(name in names and text not in {*own, ME, NOBODY} for name, text in asked)


def _people(visit: Visit) -> Labels:
    counts = queries.counts_of(visit.db, visit.actor, "handler", now=visit.now)
    names = names_by_id(visit.db, [int(one) for one in counts if one.isdigit()])
    return {str(number): dict.fromkeys(LANGUAGES, name) for number, name in names.items()}


@cache
def _without_names() -> Fields:
    own = {ME: msg("Me"), NOBODY: msg("Nobody")}
    states = {state: label for state, (label, _) in STAFF_STATES.items()}
    marks = {mark: label for mark, (label, _) in MARKS.items()}
    labels: dict[str, Labels] = {
        STATE.name: spoken(states),
        HAS.name: spoken(marks),
        ASSIGNED.name: {
            value: {lang: say(label, lang).casefold() for lang in LANGUAGES}
            for value, label in own.items()
        },
        COUNTRY.name: in_all(countries),
    }
    return Fields(TABLE, labels)


def without_order(query: Query) -> tuple[Query, str, list[str]]:
    """Return what of a query narrows, the order that it names last, and orders there are not."""
    rest, order, unknown = [], "", []
    for clause in query.clauses:
        written = [getattr(part, "text", "") for part in clause.any_of if _is_order(part)]
        if not written:
            rest.append(clause)
            continue
        found = "" if clause.excluded or len(clause.any_of) > 1 else order_of(written[0])
        order = found or order
        if not found:
            unknown.append(clause.text)
    return replace(query, clauses=tuple(rest)), order, unknown


def _is_order(part: object) -> bool:
    return getattr(part, "facet", "") == SORT
