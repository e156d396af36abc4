"""Bringing what challenges stand on into the database."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from govmatch.challenges.content.base import Base
from govmatch.kit.content import FILES, Done, Problem, Report
from govmatch.kit.db import Session
from govmatch.kit.errors import NotAllowed
from govmatch.kit.i18n import msg
from govmatch.organisations.actions.authorities import change_authority, create_authority
from govmatch.organisations.content import AuthorityData
from govmatch.organisations.queries import authorities
from govmatch.programmes import queries as programmes
from govmatch.programmes.actions import add_authorities, load_programme, load_round
from govmatch.programmes.content import ProgrammeData, RoundData
from govmatch.taxonomy.actions import load_terms

Data = TypeVar("Data", AuthorityData, ProgrammeData, RoundData)


def load_base(session: Session, base: Base, report: Report, *, now: datetime) -> None:
    """Make terms, authorities, programmes and rounds read as their files say; all in one step."""
    for kind, terms in base.terms.items():
        for slug in load_terms(session, terms or (), actor=FILES, now=now):
            report.note(kind.value, slug, Done.CHANGED)
    _each(base.authorities, "authority", report, lambda one: _authority(session, one, now))
    _each(base.programmes, "programme", report, lambda one: _programme(session, one, now))
    _each(base.rounds, "round", report, lambda one: _round(session, one, now))
    session.flush()


def _each(
    every: Mapping[str, Data], kind: str, report: Report, load: Callable[[Data], Done]
) -> None:
    """Load one after the other; what the site says no to is named and left as it is."""
    for slug, data in every.items():
        try:
            report.note(kind, slug, load(data))
        except NotAllowed as refused:
            remedy = msg("Give the file another slug, or change it on the site.")
            report.problems.append(
                Problem(data.source_path or "", 1, "slug", refused.reason, remedy)
            )
            report.note(kind, slug, Done.REFUSED)


def _authority(session: Session, data: AuthorityData, now: datetime) -> Done:
    there = authorities.find_by_slug(session, data.slug)
    if there is None:
        create_authority(session, data, actor=FILES, now=now)
        return Done.CREATED
    changed = change_authority(session, there, data, actor=FILES, now=now)
    return Done.CHANGED if changed else Done.UNCHANGED


def _programme(session: Session, data: ProgrammeData, now: datetime) -> Done:
    is_new = programmes.find_by_slug(session, data.slug) is None
    _, changed = load_programme(session, data, actor=FILES, now=now)
    if is_new:
        return Done.CREATED
    return Done.CHANGED if changed else Done.UNCHANGED


def _round(session: Session, data: RoundData, now: datetime) -> Done:
    """Load a round whose programme is there; the authorities of its file take part from now on."""
    programme = programmes.find_by_slug(session, data.programme)
    if programme is None:
        return Done.REFUSED
    is_new = programmes.find_round(session, data.slug) is None
    changed = load_round(session, programme, data, actor=FILES, now=now)
    found = (authorities.find_by_slug(session, slug) for slug in data.authorities)
    taking_part = [authority for authority in found if authority is not None]
    add_authorities(session, programme, taking_part, actor=FILES, now=now)
    if is_new:
        return Done.CREATED
    return Done.CHANGED if changed else Done.UNCHANGED
