"""The triage table and board: filtered, sorted, counted; each reader finds only what is theirs.

`find` gives one page of the table, `board` its columns, `found_ids` every application that fits,
in order. All take `Filters`, whose fields hold several values each: one of them has to fit, and all
fields have to. Facets are counted as if the facet itself were not filtered. Values are

- state: those of `applications.models.State`; challenge, theme: slugs; country: ISO code;
- handler: a person's id as text, "none" for nobody, and in a filter "me";
- tag: its word; flag: one of `listed.FLAGS`.

What was typed holds too: `Filters.query`, see `asking`.

`sort` is one of `SORTS`, with "-" before it for the other way round: next (what triage has to do,
beginning with requests that nobody answered in time; then what is under way; what is over last),
waiting (longest in its state first), submitted, firm, challenge, state; consensus (the lowest
first) by `agreed`, which holds the means that this reader may know, by application: the others
stand last, whichever way round, in the order of what comes next.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import Any

from sqlalchemy import RowMapping, select

from govmatch.accounts.models import Person
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge, ChallengeText
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, pick
from govmatch.organisations.models import Firm
from govmatch.triage.models import Deficiency, Handling
from govmatch.triage.queries.casework import tags_of
from govmatch.triage.queries.listed import BOARD, Board, Column, Filters, Page, Row
from govmatch.triage.queries.narrowing import counts, fitting_rows, narrowed, readable_rows
from govmatch.triage.queries.seeing import readable_to
from govmatch.triage.queries.table import CONSENSUS, SORTS, Table, picked, table
from govmatch.triage.queries.table_rows import in_state_since

NOTHING: Mapping[int, float] = MappingProxyType({})


def find(
    session: ReadSession,
    actor: Actor,
    filters: Filters,
    *,
    sort: str = SORTS[0],
    agreed: Mapping[int, float] = NOTHING,
    offset: int = 0,
    size: int = 50,
    now: datetime,
) -> Page:
    """Return one page of the applications that fit and that the actor reads in triage.

    Seven statements, however many there are. An unknown sort is the first one.
    """
    with table(session) as there:
        wanted, mine = filters.wanted(actor), fitting_rows(session, there, actor, filters, now=now)
        shown = narrowed(there, wanted, mine)
        numbers = list(islice(_in_order(there, sort, shown, agreed), offset, offset + size))
        flags = {line.id: line.flags for n in numbers if (line := there.lines[n])}
        total, facets = shown.bit_count(), counts(there, wanted, mine)
    rows = _rows(session, actor, flags, now)
    return Page(rows, total, facets, _people(session, rows, facets))


def board(
    session: ReadSession,
    actor: Actor,
    filters: Filters,
    *,
    sort: str = SORTS[0],
    agreed: Mapping[int, float] = NOTHING,
    size: int = 20,
    now: datetime,
) -> Board:
    """Return a column for each state with its count and its first cards; same number of statements.

    A filter on states leaves the other columns out.
    """
    states = [state for state in BOARD if not filters.state or state.value in filters.state]
    with table(session) as there:
        wanted, mine = filters.wanted(actor), fitting_rows(session, there, actor, filters, now=now)
        shown = narrowed(there, wanted, mine)
        bitmaps = there.facets.values.get("state", {})
        parts = {state: shown & bitmaps.get(state.value, 0) for state in states}
        numbers = [
            number
            for part in parts.values()
            if part
            for number in islice(_in_order(there, sort, part, agreed), min(size, part.bit_count()))
        ]
        flags = {line.id: line.flags for n in numbers if (line := there.lines[n])}
        facets = counts(there, wanted, mine)
    rows = _rows(session, actor, flags, now)
    columns = [
        Column(state, part.bit_count(), [row for row in rows if row.state == state])
        for state, part in parts.items()
    ]
    return Board(columns, shown.bit_count(), facets, _people(session, rows, facets))


def found_ids(
    session: ReadSession,
    actor: Actor,
    filters: Filters,
    *,
    sort: str = SORTS[0],
    agreed: Mapping[int, float] = NOTHING,
    now: datetime,
) -> list[int]:
    """Return the ids of every application that fits and that the actor reads, in order."""
    with table(session) as there:
        mine = fitting_rows(session, there, actor, filters, now=now)
        shown = narrowed(there, filters.wanted(actor), mine)
        lines = (there.lines[number] for number in _in_order(there, sort, shown, agreed))
        return [line.id for line in lines if line is not None]


def rows_of(session: ReadSession, actor: Actor, ids: Sequence[int], *, now: datetime) -> list[Row]:
    """Return rows of applications by id, in this order, those only that the actor reads."""
    with table(session) as there:
        there.mark_overdue(now)
        found = ((one, there.numbers.get(one)) for one in ids)
        lines = {one: there.lines[number] for one, number in found if number is not None}
        flags = {one: line.flags for one, line in lines.items() if line is not None}
    return _rows(session, actor, flags, now)


def counts_of(session: ReadSession, actor: Actor, facet: str, *, now: datetime) -> dict[str, int]:
    """Return how many applications that the actor reads have each value of a facet."""
    with table(session) as there:
        mine = readable_rows(session, there, actor, now=now)
        return counts(there, {}, mine)[facet]


def challenge_titles(
    session: ReadSession, slugs: Collection[str], lang: Lang
) -> dict[str, tuple[str, str]]:
    """Return (title, its language) of challenges by slug; one statement."""
    found = (
        select(Challenge.slug, ChallengeText.lang, ChallengeText.title)
        .join(ChallengeText, ChallengeText.challenge_id == Challenge.id)
        .where(Challenge.slug.in_(sorted(slugs)))
    )
    texts: dict[str, dict[str, str]] = {}
    for slug, code, title in session.execute(found) if slugs else ():
        texts.setdefault(slug, {})[code] = title
    return {slug: pick(titles, lang) for slug, titles in texts.items()}


def _in_order(
    there: Table, sort: str, shown: int, agreed: Mapping[int, float] = NOTHING
) -> Iterator[int]:
    name, backwards = sort.removeprefix("-"), sort.startswith("-")
    if name == CONSENSUS:
        known = shown & there.of_applications(agreed)
        yield from _by_consensus(there, known, agreed, backwards=backwards)
        shown, backwards = shown & ~known, False
    if name not in there.orders:
        name = SORTS[0]
    parts = [shown]
    if name == "next":
        late = shown & there.facets.values["flag"]["overdue"]
        parts = [shown & ~late, late] if backwards else [late, shown & ~late]
    for part in parts:
        found = picked(there.orders.get(name, []), part, backwards=backwards)
        yield from islice(found, part.bit_count())


def _by_consensus(
    there: Table, known: int, agreed: Mapping[int, float], *, backwards: bool
) -> Iterator[int]:
    numbers = ((mean, there.numbers.get(one)) for one, mean in agreed.items())
    order = sorted((mean, number) for mean, number in numbers if number is not None)
    return picked(order, known, backwards=backwards)


def _rows(
    session: ReadSession, actor: Actor, flags: Mapping[int, frozenset[str]], now: datetime
) -> list[Row]:
    """Return the rows in the order of `flags`; the right to each is asked once more, in SQL."""
    if not flags:
        return []
    found = (
        select(
            Application.id,
            Application.public_id,
            Application.reference,
            Application.title,
            Application.lang,
            Application.state,
            Firm.name.label("firm"),
            Firm.slug.label("firm_slug"),
            Firm.country,
            Challenge.slug.label("challenge"),
            Application.challenge_id,
            Application.submitted_at,
            in_state_since(),
            Handling.revision,
            Handling.handler_id,
        )
        .join(Firm, Firm.id == Application.firm_id)
        .join(Challenge, Challenge.id == Application.challenge_id)
        .outerjoin(Handling, Handling.application_id == Application.id)
        .where(Application.id.in_(list(flags)), readable_to(actor))
    )
    by_id = {row["id"]: row for row in session.execute(found).mappings()}
    tags, due = tags_of(session, list(by_id)), _due(session, list(by_id))
    return [
        _row(by_id[one], tags.get(one, ()), due.get(one), flags[one], now)
        for one in flags
        if one in by_id
    ]


def _row(
    row: RowMapping,
    tags: tuple[str, ...],
    due_at: datetime | None,
    flags: frozenset[str],
    now: datetime,
) -> Row:
    values: dict[str, Any] = {str(name): value for name, value in row.items()}
    values["revision"] = row["revision"] or 1
    is_overdue = "asked" in flags and due_at is not None and due_at <= now
    marks = flags | {"overdue"} if is_overdue else flags
    return Row(**values, tags=tags, flags=marks, due_at=due_at)


def _due(session: ReadSession, ids: Collection[int]) -> dict[int, datetime]:
    found = select(Deficiency.application_id, Deficiency.due_at).where(
        Deficiency.application_id.in_(sorted(ids)), Deficiency.settled_at.is_(None)
    )
    return dict(session.execute(found).all())


def _people(
    session: ReadSession, rows: Sequence[Row], facets: Mapping[str, Mapping[str, int]]
) -> dict[int, str]:
    ids = {row.handler_id for row in rows if row.handler_id}
    ids |= {int(value) for value in facets["handler"] if value.isdigit()}
    if not ids:
        return {}
    found = select(Person.id, Person.name).where(Person.id.in_(sorted(ids)))
    return dict(session.execute(found).all())
