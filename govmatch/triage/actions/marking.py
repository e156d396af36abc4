"""What people find about two applications that the site found to be alike."""

from datetime import datetime

from govmatch.applications.models import Application
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import msg
from govmatch.triage import rules
from govmatch.triage.actions.holding import hold
from govmatch.triage.events import LikenessMarked
from govmatch.triage.likeness_models import LikenessMark, Verdict
from govmatch.triage.queries.likenesses import get_alike

LONGEST_REASON = 2_000


def mark_likeness(
    session: Session,
    application: Application,
    other_id: str,
    verdict: Verdict,
    reason: str,
    *,
    seen: int,
    actor: Actor,
    now: datetime,
) -> LikenessMark:
    """Keep what somebody found about two applications, with the reason; earlier ones stay too.

    Nothing happens to either of them by that: neither is merged, moved or left out, and each keeps
    its history. `other_id` is the public id of the other, which the actor reads, else `NotFound`.
    `seen` is how many marks the page showed: `Conflict` where there are more by now.

    Raises `Invalid` without a reason, and `NotAllowed` for who may not work on the application.
    """
    hold(session, application, actor=actor, now=now)
    require(rules.may_work(actor, application))
    alike = get_alike(session, actor, application, other_id)
    if len(alike.marks) != seen:
        raise Conflict(msg("Somebody else has said something about these two meanwhile."))
    found = reason.strip()
    if not found:
        raise Invalid({"reason": msg("Please say why.")})
    if len(found) > LONGEST_REASON:
        limit = msg("Please use at most {limit} characters.", limit=LONGEST_REASON)
        raise Invalid({"reason": limit})
    pair = alike.likeness
    mark = LikenessMark(
        likeness_id=pair.id,
        verdict=verdict.value,
        reason=found,
        one_version=pair.one_version,
        other_version=pair.other_version,
        by=actor.person_id,
        at=now,
    )
    session.add(mark)
    session.flush()
    for own, other in ((application.id, alike.other.id), (alike.other.id, application.id)):
        event = LikenessMarked(own, other_id=other, verdict=verdict.value)
        journal.record(session, event, actor=actor, now=now)
    return mark
