"""Which rows of the triage table a reader reads, and which of them fit what is asked for."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select

from govmatch.accounts.models import Role
from govmatch.applications.models import Access, Application, How
from govmatch.applications.rules import READERS, firms_of
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.triage.queries.asking import fitting
from govmatch.triage.queries.listed import FACETS, Filters
from govmatch.triage.queries.table import Table, table


def fitting_rows(
    session: ReadSession, there: Table, actor: Actor, filters: Filters, *, now: datetime
) -> int:
    """Return the rows that the actor reads and that fit what was typed."""
    shown = readable_rows(session, there, actor, now=now)
    return shown & fitting(there, filters.query, actor) if filters.query.clauses else shown


def readable_rows(session: ReadSession, there: Table, actor: Actor, *, now: datetime) -> int:
    """Return the rows that the actor reads; what is overdue by now is marked."""
    there.mark_overdue(now)
    shown = _theirs(there, actor) & there.facets.every
    values = there.facets.values
    for firm_id in firms_of(actor):
        shown &= ~values.get("firm", {}).get(str(firm_id), 0)
    closed = select(Access.application_id).where(
        Access.person_id == actor.person_id, Access.how == How.CLOSED
    )
    shown &= ~there.of_applications(session.scalars(closed))
    return shown


def _theirs(there: Table, actor: Actor) -> int:
    """Return the rows of the challenges that the actor runs, owns or audits."""
    if not actor.is_signed_in:
        return 0
    if actor.holds(Role.AUDITOR):
        return there.facets.every
    shown = 0
    for kind, roles in READERS.items():
        bitmaps = there.facets.values.get(kind, {})
        for number in actor.objects(kind, *roles):
            shown |= bitmaps.get(str(number), 0)
    return shown


def narrowed(
    there: Table, wanted: Mapping[str, Collection[str]], mine: int, *, without: str = ""
) -> int:
    return there.facets.narrowed(wanted, without=without) & mine


def counts(
    there: Table, wanted: Mapping[str, Collection[str]], mine: int
) -> dict[str, dict[str, int]]:
    """Return how many rows each value would give; values that give none are left out."""
    found: dict[str, dict[str, int]] = {}
    unfiltered = narrowed(there, wanted, mine)
    for facet in FACETS:
        others = narrowed(there, wanted, mine, without=facet) if facet in wanted else unfiltered
        numbers = (
            (value, (bitmap & others).bit_count())
            for value, bitmap in there.facets.values.get(facet, {}).items()
        )
        found[facet] = {value: n for value, n in numbers if n}
    return found


def changed_for(
    session: ReadSession,
    actor: Actor,
    filters: Filters,
    *,
    changed: Collection[int],
    shown: Collection[str],
    now: datetime,
) -> int:
    """Return how many of the changed applications the actor reads that fit what is asked for now.

    Or did so before: `shown` are the public ids that the actor's page holds.
    """
    if not changed:
        return 0
    held = select(Application.id).where(Application.public_id.in_(sorted(shown)))
    with table(session) as there:
        mine = fitting_rows(session, there, actor, filters, now=now)
        fitting_now = narrowed(there, filters.wanted(actor), mine)
        before = there.of_applications(session.scalars(held)) if shown else 0
        before &= readable_rows(session, there, actor, now=now)
        return (there.of_applications(changed) & (fitting_now | before)).bit_count()
