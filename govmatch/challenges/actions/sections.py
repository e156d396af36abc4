"""Saving one section of a draft beside others who write in it, and going back to a version."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from govmatch.challenges.actions.holding import hold
from govmatch.challenges.actions.writing import put
from govmatch.challenges.models import Challenge
from govmatch.challenges.pieces import Merged, Pieces, merged, pieces_of, with_pieces
from govmatch.challenges.rules import may_edit
from govmatch.challenges.statement import Statement, statement_of, tidy
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msg
from govmatch.programmes import queries as programmes


class Clashing(Conflict):
    """Two people changed the same words; `merged` has what came of the rest."""

    def __init__(self, came: Merged) -> None:
        super().__init__(msg("Somebody else has changed the same words in the meantime."))
        self.merged = came


def save_section(
    session: Session,
    challenge: Challenge,
    mine: Pieces,
    *,
    base: Pieces | None,
    actor: Actor,
    now: datetime,
    confirmed: Sequence[str] = (),
) -> Merged:
    """Make these pieces of a draft say what was typed, together with what others saved meanwhile.

    `base` is what stood on the page on which it was typed, None where nobody knows any more;
    `confirmed` are translated texts that were found still right. Without any change nothing is
    kept. Raises `Clashing` where two changed the same words, so that nothing is overwritten unseen.
    """
    hold(session, challenge)
    require(may_edit(actor, challenge))
    before = statement_of(challenge)
    came = merged(base, pieces_of(before), mine)
    if came.clashes:
        raise Clashing(came)
    after = tidy(with_pieces(before, came.pieces))
    if after != before or confirmed:
        put(session, challenge, before, after, actor=actor, now=now, confirmed=confirmed)
    return came


def restore(
    session: Session,
    challenge: Challenge,
    earlier: Statement,
    *,
    number: int,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Make a draft say again what it said at revision `number`, as a new version.

    Its authority, programme and attachments stay, and a round that is gone is left out. Raises
    `Conflict` when somebody saved since `revision`, the one on the page.
    """
    hold(session, challenge)
    require(may_edit(actor, challenge))
    if challenge.revision != revision:
        raise Conflict(
            msg("Somebody else has saved this challenge in the meantime. Nothing was overwritten.")
        )
    before = statement_of(challenge)
    rounds = {one.slug for one in programmes.rounds(session, challenge.programme)}
    after = replace(
        earlier,
        authority=before.authority,
        programme=before.programme,
        attachments=before.attachments,
        round=earlier.round if earlier.round in rounds else None,
    )
    put(session, challenge, before, tidy(after), actor=actor, now=now, restored=number)
