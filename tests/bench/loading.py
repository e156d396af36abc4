"""Terms, authorities, programmes and rounds from files, for the worlds that are measured."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from govmatch.kit.content import FILES, Folder, Problem
from govmatch.kit.db import Session
from govmatch.organisations.actions.authorities import create_authority
from govmatch.organisations.content import read_authorities
from govmatch.organisations.models import Authority
from govmatch.programmes.actions import add_authorities, load_programme, load_round
from govmatch.programmes.content import read_programmes, read_rounds
from govmatch.programmes.models import Programme
from govmatch.taxonomy.actions import load_terms
from govmatch.taxonomy.content import read_terms
from govmatch.taxonomy.models import TermKind


def load_taxonomy(session: Session, folder: Folder, *, now: datetime) -> None:
    """Load the themes and technologies of a content folder."""
    for kind in TermKind:
        problems: list[Problem] = []
        terms = read_terms(folder, kind, problems)
        _must_be_right(problems)
        load_terms(session, terms or (), actor=FILES, now=now)


def load_frame(session: Session, folder: Folder, *, now: datetime) -> None:
    """Load the authorities, programmes and rounds of a content folder, by the site's actions."""
    problems: list[Problem] = []
    authorities = read_authorities(folder, problems)
    programmes = read_programmes(folder, problems)
    phases = {slug: [one["id"] for one in data.phases] for slug, data in programmes.items()}
    rounds = read_rounds(folder, problems, programmes=phases, authorities=authorities)
    _must_be_right(problems)
    for authority in authorities.values():
        create_authority(session, authority, actor=FILES, now=now)
    for programme in programmes.values():
        load_programme(session, programme, actor=FILES, now=now)
    for one in rounds.values():
        programme_row = session.scalars(
            select(Programme).where(Programme.slug == one.programme)
        ).one()
        members = session.scalars(select(Authority).where(Authority.slug.in_(one.authorities)))
        load_round(session, programme_row, one, actor=FILES, now=now)
        add_authorities(session, programme_row, members.all(), actor=FILES, now=now)


def _must_be_right(problems: Iterable[Problem]) -> None:
    if found := [f"{one.path}:{one.line} {one.field}" for one in problems]:
        raise ValueError(f"content files are wrong: {', '.join(found)}")
