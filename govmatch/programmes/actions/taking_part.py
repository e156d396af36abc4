"""Which authorities take part in a programme."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.organisations.models import Authority
from govmatch.programmes.events import AuthoritiesSet
from govmatch.programmes.models import Programme, ProgrammeAuthority
from govmatch.programmes.rules import may_set_authorities


def set_authorities(
    session: Session,
    programme: Programme,
    authorities: Collection[Authority],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Make exactly these authorities take part; challenges that are there already stay."""
    require(may_set_authorities(actor))
    wanted = {authority.id for authority in authorities}
    there = _authority_ids(session, programme)
    if wanted == there:
        return
    session.execute(
        delete(ProgrammeAuthority).where(
            ProgrammeAuthority.programme_id == programme.id,
            ProgrammeAuthority.authority_id.in_(there - wanted),
        )
    )
    for authority_id in sorted(wanted - there):
        session.add(ProgrammeAuthority(programme_id=programme.id, authority_id=authority_id))
    event = AuthoritiesSet(subject_id=programme.id, authority_ids=sorted(wanted))
    journal.record(session, event, actor=actor, now=now)


def add_authorities(
    session: Session,
    programme: Programme,
    authorities: Collection[Authority],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Make these authorities take part, beside those that do already."""
    ids = _authority_ids(session, programme) | {authority.id for authority in authorities}
    every = session.scalars(select(Authority).where(Authority.id.in_(ids))).all()
    set_authorities(session, programme, every, actor=actor, now=now)


def _authority_ids(session: Session, programme: Programme) -> set[int]:
    found = select(ProgrammeAuthority.authority_id).where(
        ProgrammeAuthority.programme_id == programme.id
    )
    return set(session.scalars(found))
