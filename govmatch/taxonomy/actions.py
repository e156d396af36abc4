"""Bringing the terms of the files into the database."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.taxonomy.content import TermData
from govmatch.taxonomy.events import TermsLoaded
from govmatch.taxonomy.models import Term


def load_terms(
    session: Session, terms: Iterable[TermData], *, actor: Actor, now: datetime
) -> list[str]:
    """Make the terms as given, and return the slugs of those that are new or changed.

    A term that is no longer given stays, since challenges and firms may name it.
    """
    there = {(term.kind, term.slug): term for term in session.scalars(select(Term))}
    changed = [term.slug for term in terms if _load(session, term, there)]
    if changed:
        session.flush()
        event = TermsLoaded(subject_id=0, count=len(changed))
        journal.record(session, event, actor=actor, now=now)
    return changed


def _load(session: Session, data: TermData, there: dict[tuple[str, str], Term]) -> bool:
    values = {
        "parent": data.parent,
        "labels": dict(data.labels),
        "descriptions": dict(data.descriptions),
        "position": data.position,
    }
    term = there.get((data.kind.value, data.slug))
    if term is None:
        session.add(Term(kind=data.kind.value, slug=data.slug, **values))
        return True
    if all(getattr(term, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(term, name, value)
    return True
