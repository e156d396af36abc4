"""Making and changing authorities, by administrators and by files."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.content import is_slug
from govmatch.kit.countries import country_codes
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.organisations.content import AuthorityData
from govmatch.organisations.events import AuthorityChanged, AuthorityCreated
from govmatch.organisations.models import Authority
from govmatch.organisations.queries.authorities import find_by_slug
from govmatch.organisations.rules import may_change_authority, may_create_authority


def create_authority(
    session: Session, data: AuthorityData, *, actor: Actor, now: datetime
) -> Authority:
    """Make an authority.

    Refused to all but administrators and files. Raises `Invalid` for a slug that is taken or cannot
    stand in an address, a missing name and an unknown country.
    """
    require(may_create_authority(actor))
    if errors := _faults(session, data):
        raise Invalid(errors)
    authority = Authority(slug=data.slug, created_at=now, **_values(data))
    session.add(authority)
    session.flush()
    journal.record(session, AuthorityCreated(subject_id=authority.id), actor=actor, now=now)
    return authority


def change_authority(
    session: Session, authority: Authority, data: AuthorityData, *, actor: Actor, now: datetime
) -> bool:
    """Make an authority read as given, and tell whether anything changed; its slug stays.

    Refused on the site for an authority whose source is a file, and to files for all others.
    """
    require(may_change_authority(actor, authority))
    values = _values(data)
    if all(getattr(authority, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(authority, name, value)
    journal.record(session, AuthorityChanged(subject_id=authority.id), actor=actor, now=now)
    return True


def rename(
    session: Session,
    authority: Authority,
    names: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Give an authority other names, by language; its address stays."""
    shown = {lang: name.strip() for lang, name in names.items() if name.strip()}
    if not shown:
        raise Invalid({"names": msg("Please give a name.")})
    data = replace(_data_of(authority), names=shown)
    change_authority(session, authority, data, actor=actor, now=now)


def _faults(session: Session, data: AuthorityData) -> dict[str, Message]:
    found: dict[str, Message] = {}
    if not is_slug(data.slug):
        found["slug"] = msg("Please use small letters a to z, digits and hyphens.")
    elif find_by_slug(session, data.slug) is not None:
        found["slug"] = msg("This short name is taken.")
    if not any(data.names.values()):
        found["names"] = msg("Please give a name.")
    if data.country not in country_codes():
        found["country"] = msg("Please choose a country.")
    return found


def _values(data: AuthorityData) -> dict[str, Any]:
    values = asdict(data)
    del values["slug"]
    return {**values, "languages": list(data.languages)}


def _data_of(authority: Authority) -> AuthorityData:
    return AuthorityData(
        slug=authority.slug,
        names=authority.names,
        descriptions=authority.descriptions,
        country=authority.country,
        region=authority.region,
        zone=authority.zone,
        url=authority.url,
        contact=authority.contact,
        languages=tuple(authority.languages),
        source_path=authority.source_path,
    )
