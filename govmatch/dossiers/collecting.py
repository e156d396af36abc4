"""Everything that is kept of a case, as its reader may have it, read in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.decisions.queries import opened_applications
from govmatch.dossiers.tables import (
    APPLICATIONS,
    CHALLENGES,
    SEALED,
    Link,
    Rows,
    as_json,
    columns_of,
    links,
    rows_in,
)
from govmatch.kit.actor import Actor
from govmatch.kit.db import Base, ReadSession
from govmatch.kit.journal import JournalRow
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.overview.queries import cases
from govmatch.overview.queries.cases import Filters
from govmatch.pilots.models import Pilot
from govmatch.pilots.queries.visible import visible_to as pilots_visible_to
from govmatch.reviews.models import State as Reviewed

_ROWS = 500
_GIVEN = frozenset({Reviewed.SUBMITTED.value, Reviewed.WITHDRAWN.value})
_WRITTEN_IN_DRAFT = ("comment", "private_note", "mean", "salt", "saved_at")
_WRITTEN_IN_OUTBOX = ("subject", "body", "made_digest")


@dataclass
class Case:
    """What a file of a case is made of; rows by table, of the case itself and of applications."""

    challenge: Challenge
    applications: list[Application]
    own: Rows = field(default_factory=dict)
    by_application: dict[int, Rows] = field(default_factory=dict)
    journal: list[JournalRow] = field(default_factory=list)
    people: dict[int, str] = field(default_factory=dict)
    firms: dict[int, dict[str, str]] = field(default_factory=dict)

    def rows(self, table: str, application: int | None = None) -> list[dict[str, Any]]:
        kept = self.own if application is None else self.by_application.get(application, {})
        return kept.get(table, [])

    def everywhere(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of a table of all applications."""
        return [row for one in self.applications for row in self.rows(table, one.id)]


def collect(session: ReadSession, challenge: Challenge, *, actor: Actor, now: datetime) -> Case:
    """Return everything of a case. Whether the actor may have it, was asked before.

    Before the opening nothing of it tells whether there are applications. What reviewers have not
    submitted, letters that are not out, and remarks that nobody was given yet, are left out.
    """
    opened = opened_applications(session, challenge)
    case = Case(challenge, [one for one in opened if one.emptied_at is None])
    _roots(session, case)
    _belonging(session, case, actor)
    case.journal = _journal(session, challenge, actor=actor, now=now)
    _unfinished(case)
    _named(session, case)
    return case


def _roots(session: ReadSession, case: Case) -> None:
    tables = Base.metadata.tables
    for name, ids in (
        (CHALLENGES, [case.challenge.id]),
        (APPLICATIONS, [one.id for one in case.applications]),
    ):
        table = tables[name]
        link = Link(table, table.c.id, table, table.c.id)
        for row in rows_in(session, link, ids):
            owner = row["id"] if name == APPLICATIONS else None
            _keep(case, name, row, owner)


def _keep(case: Case, table: str, row: dict[str, Any], owner: int | None) -> None:
    kept = case.own if owner is None else case.by_application.setdefault(owner, {})
    kept.setdefault(table, []).append({name: as_json(value) for name, value in row.items()})


def _belonging(session: ReadSession, case: Case, actor: Actor) -> None:
    """Follow every key from the roots on; whose application a row is of goes with it."""
    owners: dict[str, dict[Any, int | None]] = {
        CHALLENGES: {case.challenge.id: None},
        APPLICATIONS: {one.id: one.id for one in case.applications},
    }
    is_sealed = case.challenge.opened_at is None
    for link in links():
        name = link.table.name
        owners[name] = {}
        if is_sealed and name in SEALED:
            continue
        above = owners[link.parent.name]
        seen = _seen(session, name, actor)
        for row in rows_in(session, link, list(above)):
            if seen is None or row["id"] in seen:
                owner = above[row[link.column.name]]
                owners[name][row.get("id")] = owner
                _keep(case, name, row, owner)


def _seen(session: ReadSession, table: str, actor: Actor) -> set[int] | None:
    """Return the ids that a reader sees of a table whose package says so itself; None: all."""
    if table != Pilot.__tablename__:
        return None
    return set(session.scalars(select(Pilot.id).where(pilots_visible_to(actor))))


def _unfinished(case: Case) -> None:
    """Empty what is not said yet: points and comments in drafts, letters that are not out."""
    for rows in case.by_application.values():
        drafts = {row["id"] for row in rows.get("reviews", []) if row["state"] not in _GIVEN}
        for row in rows.get("reviews", []):
            if row["id"] in drafts:
                row.update(dict.fromkeys(_WRITTEN_IN_DRAFT))
        rows["scores"] = [row for row in rows.get("scores", []) if row["review_id"] not in drafts]
        for row in rows.get("letters", []):
            if row["released_at"] is None:
                row.update(dict.fromkeys(_WRITTEN_IN_OUTBOX))
        for row in rows.get("triage_notes", []):
            if row["deleted_at"] is not None:
                row["text"] = ""
    remarks = case.own.get("challenge_remarks", [])
    case.own["challenge_remarks"] = [row for row in remarks if row["given_at"] is not None]


def _journal(
    session: ReadSession, challenge: Challenge, *, actor: Actor, now: datetime
) -> list[JournalRow]:
    found: list[JournalRow] = []
    number = 1
    while True:
        page = cases.rows_of(
            session, challenge, Filters(), actor=actor, now=now, page=number, size=_ROWS
        )
        found += [one.row for one in page.rows]
        if len(found) >= page.total or not page.rows:
            return found
        number += 1


def _named(session: ReadSession, case: Case) -> None:
    """Say who everybody is whom a row names by number."""
    people = {row.actor_id for row in case.journal if row.actor_id is not None}
    people |= {number for row in case.journal for number in _people_in(row.data)}
    firms: set[int] = {one.firm_id for one in case.applications}
    for table, row in _all_rows(case):
        for column, number in _keys_in(table, row):
            (people if column == "people" else firms).add(number)
        people.update(row.get("editors") or ())
    case.people = names_by_id(session, people)
    found = select(Firm).where(Firm.id.in_(sorted(firms)))
    case.firms = {
        one.id: {"name": one.name, "registration": one.registration, "country": one.country}
        for one in session.scalars(found)
    }


def _people_in(data: Mapping[str, object]) -> list[int]:
    return [
        value
        for name in ("person_id", "to_id", "begun_by")
        if isinstance(value := data.get(name), int)
    ]


def _all_rows(case: Case) -> Iterable[tuple[str, dict[str, Any]]]:
    for kept in (case.own, *case.by_application.values()):
        for table, rows in kept.items():
            for row in rows:
                yield table, row


def _keys_in(table: str, row: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    """Yield ("people" or "firms", id) for each key of a row that leads there."""
    for column in columns_of(Base.metadata.tables[table]):
        for key in column.foreign_keys:
            target = key.column.table.name
            if target in {"people", "firms"} and isinstance(row.get(column.name), int):
                yield target, row[column.name]
