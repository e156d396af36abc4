"""Saving a firm's profile, one section at a time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msg
from govmatch.organisations import names, rules
from govmatch.organisations.events import FirmProfileChanged, ListedFirmChanged
from govmatch.organisations.models import Firm, FirmTerm
from govmatch.organisations.profile import (
    Basics,
    Codes,
    Offer,
    Section,
    Topics,
    Visibility,
    fingerprint,
    name_of,
)
from govmatch.organisations.queries import profile_of, slug_is_taken
from govmatch.taxonomy.models import TermKind


def save_profile(
    session: Session,
    firm: Firm,
    section: Section,
    *,
    actor: Actor,
    now: datetime,
    seen: str | None = None,
) -> bool:
    """Make one section of a firm's profile read as given, and tell whether anything changed.

    Allowed to its lead and members while the firm is open. Raises `Conflict` when `seen`, the
    fingerprint of the section as the form showed it, is no longer that of what is kept: a colleague
    saved it meanwhile.
    """
    require(rules.may_edit(actor, firm))
    lock(session, firm)
    kept = profile_of(session, firm).section(name_of(section))
    if kept == section:
        return False
    if seen is not None and seen != fingerprint(kept):
        raise Conflict(msg("Somebody else saved this part of the profile meanwhile."))
    was_listed = rules.is_listed(firm)
    _write(session, firm, section)
    note_change(session, firm, name_of(section), was_listed=was_listed, actor=actor, now=now)
    return True


def lock(session: Session, firm: Firm) -> None:
    """Read the firm anew and keep others from changing it until this transaction ends."""
    session.flush()
    session.refresh(firm, with_for_update=True)


def note_change(
    session: Session, firm: Firm, section: str, *, was_listed: bool, actor: Actor, now: datetime
) -> None:
    """Count the revision and record the event: a public one where the directory reads otherwise."""
    firm.revision += 1
    firm.updated_at = now
    kind = ListedFirmChanged if was_listed or rules.is_listed(firm) else FirmProfileChanged
    journal.record(session, kind(subject_id=firm.id, section=section), actor=actor, now=now)


def _write(session: Session, firm: Firm, section: Section) -> None:
    """Put the values of a section into the firm's row."""
    match section:
        case Basics():
            _write_basics(firm, section)
        case Offer():
            firm.summary, firm.products = section.summary, section.products
            firm.references, firm.text_lang = section.references, section.text_lang
        case Topics():
            session.execute(delete(FirmTerm).where(FirmTerm.firm_id == firm.id))
            _add_terms(session, firm, TermKind.THEME, section.themes)
            _add_terms(session, firm, TermKind.TECHNOLOGY, section.technologies)
        case Codes():
            firm.cpv = list(section.cpv)
        case Visibility():
            firm.is_public, firm.matching = section.is_public, section.matching
            if section.is_public:
                give_address(session, firm)


def _write_basics(firm: Firm, section: Basics) -> None:
    firm.name, firm.name_key = section.name, names.name_key(section.name)
    firm.country, firm.region, firm.city = section.country, section.region, section.city
    firm.size, firm.founded = section.size or None, section.founded
    firm.website, firm.languages = section.website, list(section.languages)
    firm.registration, firm.vat = section.registration, section.vat
    firm.registration_key = names.registration_key(section.country, section.registration)


def _add_terms(session: Session, firm: Firm, kind: TermKind, slugs: Collection[str]) -> None:
    session.add_all(FirmTerm(firm_id=firm.id, kind=kind.value, slug=slug) for slug in slugs)


def give_address(session: Session, firm: Firm, wanted: str = "") -> None:
    """Give a firm that comes into the directory for the first time its readable address, for good.

    It is made of the name (or is `wanted`), with an end of its own where another firm has it.
    """
    if firm.slug != firm.public_id:
        return
    slug = wanted or names.slug(firm.name)
    if not slug:
        return
    ended = f"{slug[: names.MOST_SLUG - 5].rstrip('-')}-{firm.public_id[:4]}"
    for candidate in (slug, ended):
        if slug_is_taken(session, candidate):
            continue
        try:
            with session.begin_nested():
                firm.slug = candidate
                session.flush()
        except IntegrityError:  # taken by another transaction at this very moment
            session.refresh(firm)
            continue
        return
