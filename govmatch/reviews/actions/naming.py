"""Naming what one knows and reads, and how much one can take."""

from datetime import datetime

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.reviews import events, queries, rules
from govmatch.reviews.proposal_models import Expertise


@dataclass(frozen=True)
class Known:
    """What a reviewer names; `most` are reviews open at the same time, None where not said."""

    themes: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    cpv: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    most: int | None = None


def name_expertise(
    session: Session, known: Known, *, revision: int, actor: Actor, now: datetime
) -> None:
    """Keep what the actor says of themselves, for every jury they sit on.

    Raises `Conflict` where they said something else since the page of this `revision` was opened.
    """
    require(rules.may_name_expertise(actor))
    assert actor.person_id is not None
    kept = queries.expertise_of(session, actor.person_id)
    if revision != (0 if kept is None else kept.revision):
        raise Conflict(msg("You have changed this in another window meanwhile. Please look again."))
    if kept is None:
        kept = Expertise(person_id=actor.person_id, revision=0)
        session.add(kept)
    kept.themes, kept.technologies = list(known.themes), list(known.technologies)
    kept.cpv, kept.languages = list(known.cpv), list(known.languages)
    kept.most = known.most
    kept.updated_at = now
    kept.revision += 1
    session.flush()
    journal.record(session, events.ExpertiseNamed(actor.person_id), actor=actor, now=now)
