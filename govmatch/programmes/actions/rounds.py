"""Making and changing rounds: on the site, and from files."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.content import is_slug
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.programmes.content.data import RoundData
from govmatch.programmes.events import RoundLoaded
from govmatch.programmes.models import Programme, Round
from govmatch.programmes.queries import find_round
from govmatch.programmes.rules import may_change_round, may_create_programme


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundValues:
    """What is said of a round on the site; `authorities` are slugs of those that take part."""

    names: Mapping[str, str]
    starts: date
    ends: date
    authorities: Collection[str]
    fixed: Mapping[str, str]


def create_round(
    session: Session,
    programme: Programme,
    values: RoundValues,
    *,
    slug: str,
    actor: Actor,
    now: datetime,
) -> Round:
    """Make a round of a programme.

    Refused to all but administrators. Raises `Invalid` for a slug that is taken or cannot stand in
    an address, and for dates that are not in order.
    """
    require(may_create_programme(actor))
    errors = _date_faults(programme, values)
    if not is_slug(slug):
        errors["slug"] = msg("Please use small letters a to z, digits and hyphens.")
    elif find_round(session, slug) is not None:
        errors["slug"] = msg("This short name is taken.")
    if errors:
        raise Invalid(errors)
    row = Round(slug=slug, programme_id=programme.id, source_path=None, **_columns(values))
    session.add(row)
    session.flush()
    event = RoundLoaded(subject_id=programme.id, round_id=row.id)
    journal.record(session, event, actor=actor, now=now)
    return row


def change_round(
    session: Session,
    row: Round,
    values: RoundValues,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Make a round that was made on the site say something else; challenges keep their dates.

    Raises `Invalid` for dates that are not in order.
    """
    require(may_change_round(actor, row))
    if errors := _date_faults(row.programme, values):
        raise Invalid(errors)
    columns = _columns(values)
    if all(getattr(row, name) == value for name, value in columns.items()):
        return
    for name, value in columns.items():
        setattr(row, name, value)
    event = RoundLoaded(subject_id=row.programme_id, round_id=row.id)
    journal.record(session, event, actor=actor, now=now)


def _columns(values: RoundValues) -> dict[str, Any]:
    return {
        "names": dict(values.names),
        "starts": values.starts,
        "ends": values.ends,
        "authorities": sorted(values.authorities),
        "fixed": dict(values.fixed),
    }


def _date_faults(programme: Programme, values: RoundValues) -> dict[str, Message]:
    """Return what is wrong: phases with a day of their own lie in the round, in their order."""
    errors: dict[str, Message] = {}
    if values.ends < values.starts:
        errors["ends"] = msg("The end lies before the beginning.")
    last = values.starts
    for phase in programme.phases:
        raw = values.fixed.get(phase["id"])
        if raw is None:
            continue
        day = date.fromisoformat(raw)
        if not last <= day <= values.ends:
            errors[f"fixed-{phase['id']}"] = msg(
                "This day is not in the round, or lies before that of an earlier phase."
            )
        last = max(last, day)
    return errors


def load_round(
    session: Session, programme: Programme, data: RoundData, *, actor: Actor, now: datetime
) -> bool:
    """Make a round of a programme read as its file says, and tell whether anything changed.

    Refused for a round that was made on the site.
    """
    row = find_round(session, data.slug)
    require(may_change_round(actor, row) if row else may_create_programme(actor))
    values: dict[str, Any] = {
        "programme_id": programme.id,
        "names": dict(data.names),
        "starts": data.starts,
        "ends": data.ends,
        "authorities": list(data.authorities),
        "fixed": dict(data.fixed),
        "source_path": data.source_path,
    }
    if row is not None and all(getattr(row, name) == value for name, value in values.items()):
        return False
    if row is None:
        row = Round(slug=data.slug, **values)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    event = RoundLoaded(subject_id=programme.id, round_id=row.id)
    journal.record(session, event, actor=actor, now=now)
    return True
