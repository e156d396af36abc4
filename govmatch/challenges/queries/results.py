"""Which challenges have a story that everybody may read: from their opening, or their end, on."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import load_only

from govmatch.challenges.models import Challenge, State
from govmatch.challenges.queries.forms import terms_of
from govmatch.challenges.queries.visible import public_at
from govmatch.challenges.rules import is_public
from govmatch.kit.db import ReadSession
from govmatch.programmes.models import Programme, ProgrammeVersion
from govmatch.programmes.queries import rule_value
from govmatch.programmes.switches import Rule

ENDED = frozenset({State.DID_NOT_PROCEED, State.CANCELLED, State.ARCHIVED})
"""States that are told also of a challenge that was never opened, since their reasons are public"""


def is_told(challenge: Challenge, now: datetime) -> bool:
    """True where its results are public: the programme publishes them, and there are some."""
    if not is_public(challenge, now) or not rule_value(terms_of(challenge), Rule.RESULTS_PUBLIC):
        return False
    is_opened = challenge.opened_at is not None and challenge.opened_at <= now
    return is_opened or challenge.state in ENDED


def told(session: ReadSession, now: datetime) -> ColumnElement[bool]:
    """Return the same as a condition; two statements, over the few programmes there are."""
    versions = select(ProgrammeVersion).options(load_only(ProgrammeVersion.rules))
    programmes = select(Programme).options(load_only(Programme.rules))
    on = [one.id for one in session.scalars(versions) if rule_value(one, Rule.RESULTS_PUBLIC)]
    now_on = [one.id for one in session.scalars(programmes) if rule_value(one, Rule.RESULTS_PUBLIC)]
    publishes = or_(
        Challenge.version_id.in_(on),
        and_(Challenge.version_id.is_(None), Challenge.programme_id.in_(now_on)),
    )
    ended = Challenge.state.in_(sorted(state.value for state in ENDED))
    return and_(public_at(now), publishes, or_(Challenge.opened_at <= now, ended))


def told_slugs(session: ReadSession, now: datetime, *, most: int) -> list[str]:
    """Return their short names, the latest first."""
    found = select(Challenge.slug).where(told(session, now)).order_by(Challenge.id.desc())
    return list(session.scalars(found.limit(most)))
