"""Making and changing programmes, rounds, and who takes part."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.content import is_slug
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.organisations.models import Authority
from govmatch.programmes.content.data import ProgrammeData, RoundData
from govmatch.programmes.events import (
    AuthoritiesSet,
    ProgrammeChanged,
    ProgrammeCreated,
    RoundLoaded,
)
from govmatch.programmes.models import Programme, ProgrammeAuthority, ProgrammeVersion, Round
from govmatch.programmes.queries import find_by_slug, find_round, find_version, terms_digest
from govmatch.programmes.rules import (
    may_change_programme,
    may_create_programme,
    may_set_authorities,
)


def create_from_template(
    session: Session,
    template: Programme,
    *,
    slug: str,
    names: Mapping[str, str],
    summaries: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> Programme:
    """Make a programme with the phases, criteria, rules, limits and form of another.

    Refused to all but administrators. Raises `Invalid` for a slug that is taken or cannot stand in
    an address, and for a missing name.
    """
    require(may_create_programme(actor))
    shown = {lang: name.strip() for lang, name in names.items() if name.strip()}
    if errors := _faults(session, slug, shown):
        raise Invalid(errors)
    programme = Programme(
        slug=slug,
        template=template.slug,
        names=shown,
        summaries={lang: text.strip() for lang, text in summaries.items() if text.strip()},
        phases=template.phases,
        criteria=template.criteria,
        rules=template.rules,
        limits=template.limits,
        form=template.form,
        facts=template.facts,
        created_at=now,
    )
    session.add(programme)
    session.flush()
    event = ProgrammeCreated(subject_id=programme.id, template_id=template.id)
    journal.record(session, event, actor=actor, now=now)
    return programme


def _faults(session: Session, slug: str, names: Mapping[str, str]) -> dict[str, Message]:
    found: dict[str, Message] = {}
    if not is_slug(slug):
        found["slug"] = msg("Please use small letters a to z, digits and hyphens.")
    elif find_by_slug(session, slug) is not None:
        found["slug"] = msg("This short name is taken.")
    if not names:
        found["names"] = msg("Please give a name.")
    return found


def load_programme(
    session: Session, data: ProgrammeData, *, actor: Actor, now: datetime
) -> tuple[Programme, bool]:
    """Make a programme read as its file says, and tell whether anything changed.

    Refused for a programme that was made on the site. What was published under earlier terms keeps
    them, see `current_version`.
    """
    programme = find_by_slug(session, data.slug)
    if programme is None:
        require(may_create_programme(actor))
        programme = Programme(slug=data.slug, created_at=now, **_values(data))
        session.add(programme)
        session.flush()
        made = ProgrammeCreated(subject_id=programme.id, template_id=None)
        journal.record(session, made, actor=actor, now=now)
        return programme, True
    require(may_change_programme(actor, programme))
    values = _values(data)
    if all(getattr(programme, name) == value for name, value in values.items()):
        return programme, False
    for name, value in values.items():
        setattr(programme, name, value)
    changed = ProgrammeChanged(subject_id=programme.id, digest=terms_digest(programme))
    journal.record(session, changed, actor=actor, now=now)
    return programme, True


def _values(data: ProgrammeData) -> dict[str, Any]:
    return {
        "template": data.template,
        "names": dict(data.names),
        "summaries": dict(data.summaries),
        "phases": data.phases,
        "criteria": data.criteria,
        "rules": data.rules,
        "limits": data.limits,
        "form": data.form,
        "facts": data.facts,
        "source_path": data.source_path,
    }


def current_version(session: Session, programme: Programme, *, now: datetime) -> ProgrammeVersion:
    """Return the programme's terms as they are now, kept for good; the same row for the same."""
    wanted = terms_digest(programme)
    found = find_version(session, programme, wanted)
    if found is None:
        found = ProgrammeVersion(
            programme_id=programme.id,
            digest=wanted,
            criteria=programme.criteria,
            rules=programme.rules,
            limits=programme.limits,
            form=programme.form,
            created_at=now,
        )
        session.add(found)
        session.flush()
    return found


def load_round(
    session: Session, programme: Programme, data: RoundData, *, actor: Actor, now: datetime
) -> bool:
    """Make a round of a programme read as its file says, and tell whether anything changed."""
    require(may_set_authorities(actor))
    values: dict[str, Any] = {
        "programme_id": programme.id,
        "names": dict(data.names),
        "starts": data.starts,
        "ends": data.ends,
        "source_path": data.source_path,
    }
    row = find_round(session, data.slug)
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
