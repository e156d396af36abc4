"""Proposing a need, changing its words, taking it back."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id
from govmatch.kit.limits import Limit, spend
from govmatch.needs.actions.holding import hold, move, said
from govmatch.needs.events import NeedEdited, NeedProposed, NeedWithdrawn
from govmatch.needs.models import Need, NeedText, State
from govmatch.needs.queries import rules_of
from govmatch.needs.rules import is_proposer, may_edit, may_propose, may_withdraw
from govmatch.needs.wording import Wording
from govmatch.organisations.models import Firm
from govmatch.programmes.models import Programme

PROPOSALS = Limit("need proposals", 20, timedelta(days=1))


def propose(
    session: Session,
    programme: Programme,
    wording: Wording,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
    firm: Firm | None = None,
) -> Need:
    """Put a need on the list of a programme, for the person who acts or for their firm.

    Allowed to anyone registered while the survey is open; at most 20 a day by one person. Raises
    `Invalid` where it has no title in its main language.
    """
    require(may_propose(actor, rules_of(session, programme.id), now, firm=firm))
    assert actor.person_id is not None
    spend(session, PROPOSALS, str(actor.person_id), now=real_now)
    need = Need(
        public_id=public_id(),
        programme_id=programme.id,
        by=actor.person_id,
        firm_id=firm.id if firm else None,
        created_at=now,
        updated_at=now,
    )
    session.add(need)
    _write(need, wording)
    session.flush()
    event = NeedProposed(subject_id=need.id, firm_id=need.firm_id)
    journal.record(session, event, actor=actor, now=now)
    return need


def edit(
    session: Session,
    need: Need,
    wording: Wording,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Make a need say something else; refused to its proposer once others stand behind it.

    Raises `Conflict` when somebody saved since the page with this `revision` was made.
    """
    hold(session, need)
    require(may_edit(actor, need))
    if need.revision != revision:
        raise Conflict(
            msg("Somebody else has saved this need in the meantime. Nothing was overwritten.")
        )
    _write(need, wording)
    need.revision += 1
    need.updated_at = now
    session.flush()
    event = NeedEdited(
        subject_id=need.id, revision=need.revision, by_programme=not is_proposer(actor, need)
    )
    journal.record(session, event, actor=actor, now=now)


def _write(need: Need, wording: Wording) -> None:
    words = {lang: one for lang, one in wording.words.items() if not one.is_empty}
    if wording.main_lang not in words or not all(one.title for one in words.values()):
        missing = [lang for lang, one in words.items() if not one.title] or [wording.main_lang]
        raise Invalid({f"title-{missing[0]}": msg("Please give a title.")})
    need.main_lang, need.theme = wording.main_lang, wording.theme
    need.country, need.region = wording.country, wording.region
    need.authority_id = wording.authority_id
    there = {text.lang: text for text in need.texts}
    for lang, one in words.items():
        text = there.pop(lang, None)
        if text is None:
            text = NeedText(lang=lang)
            need.texts.append(text)
        text.title, text.suffering = one.title, one.suffering
        text.extent, text.change = one.extent, one.change
    for text in there.values():
        need.texts.remove(text)


def withdraw(
    session: Session, need: Need, *, reasons: Mapping[str, str], actor: Actor, now: datetime
) -> None:
    """Take a need back, with a reason that everybody reads; refused once others stand behind it."""
    hold(session, need)
    require(may_withdraw(actor, need))
    need.reasons = said(reasons, field="reason")
    move(need, State.WITHDRAWN, now=now)
    journal.record(session, NeedWithdrawn(subject_id=need.id), actor=actor, now=now)
