"""Asking for the file of a case, and what becomes of it."""

from datetime import datetime, timedelta

from govmatch.challenges.models import Challenge
from govmatch.dossiers import queries
from govmatch.dossiers.events import DossierAsked, DossierMade
from govmatch.dossiers.models import Dossier, Kind
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.db import Session
from govmatch.kit.i18n import Lang
from govmatch.kit.ids import public_id
from govmatch.kit.limits import Limit, spend
from govmatch.settings import Settings

FILES = Limit("dossiers", 20, timedelta(days=1))


def ask(
    session: Session,
    slug: str,
    *,
    kind: Kind,
    lang: Lang,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Dossier:
    """Have the file of a case made; one of the kind that is being made already is that one.

    Allowed to whoever may have it. Raises `NotFound` or `NotAllowed` for all others, and `TooMany`
    beyond twenty a day.
    """
    challenge: Challenge = queries.get_case(session, actor, slug, now=now, real_now=real_now)
    waiting = queries.in_making(session, challenge, kind)
    if waiting is not None:
        return waiting
    assert actor.person_id is not None
    spend(session, FILES, str(actor.person_id), now=real_now)
    dossier = Dossier(
        public_id=public_id(), challenge_id=challenge.id, kind=kind.value, lang=lang,
        asked_by=actor.person_id, asked_at=real_now,
    )  # fmt: skip
    session.add(dossier)
    session.flush()
    event = DossierAsked(challenge.id, dossier=dossier.id, kind=kind.value)
    journal.record(session, event, actor=actor, now=now)
    return dossier


def note_made(
    session: Session,
    dossier: Dossier,
    *,
    size: int,
    sha256: str,
    manifest: str,
    settings: Settings,
    now: datetime,
    real_now: datetime,
) -> None:
    """Note that the archive is there, and from when on it is not; who asked is told.

    `size` is in bytes. The hashes stand in the journal, so that an archive that somebody made
    anew with other contents is found out.
    """
    dossier.size, dossier.sha256, dossier.manifest = size, sha256, manifest
    dossier.made_at = real_now
    dossier.expires_at = real_now + timedelta(days=settings.export_days)
    event = DossierMade(
        dossier.challenge_id,
        dossier=dossier.id,
        kind=dossier.kind,
        sha256=sha256,
        manifest=manifest,
    )
    journal.record(session, event, actor=VISITOR, now=now)


def let_go(dossier: Dossier, *, real_now: datetime) -> None:
    """Let nobody take the archive any more; due work deletes it from disk."""
    dossier.gone_at = dossier.gone_at or real_now
