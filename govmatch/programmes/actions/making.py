"""Making programmes, from others and from files, and keeping their terms for good."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.content import is_slug
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.programmes.content.data import ProgrammeData
from govmatch.programmes.events import ProgrammeChanged, ProgrammeCreated
from govmatch.programmes.models import Programme, ProgrammeVersion
from govmatch.programmes.queries import find_by_slug, find_version, terms_digest
from govmatch.programmes.rules import may_change_programme, may_create_programme


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
    """Make a programme with the phases, criteria, rules, limits, form and letters of another.

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
        letters=template.letters,
        # Who takes part is said for each programme anew.
        facts={key: value for key, value in template.facts.items() if key != "voices"},
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
        "letters": data.letters,
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
            letters=programme.letters,
            created_at=now,
        )
        session.add(found)
        session.flush()
    return found
