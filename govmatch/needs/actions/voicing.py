"""Giving a voice to a need, taking it back, and putting the most pressing ones into an order."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.needs.actions.holding import hold, move
from govmatch.needs.events import NeedGathers, NeedSupported, SupportWithdrawn, TopTenSet
from govmatch.needs.models import RANKED, Need, Rank, State, Support
from govmatch.needs.queries import rules_of, support_of, top_of
from govmatch.needs.rules import is_about_own_work, is_proposer, may_order, may_support
from govmatch.needs.survey import TOP
from govmatch.organisations.models import Firm
from govmatch.programmes.models import Programme


def support(
    session: Session, need: Need, *, actor: Actor, now: datetime, firm: Firm | None = None
) -> None:
    """Give a need the voice of the person who acts, or of a firm for which they write.

    One voice each: a second one changes nothing. Refused to those who work for the authority whose
    work the need is about.
    """
    hold(session, need)
    require(may_support(actor, need, rules_of(session, need.programme_id), now, firm=firm))
    assert actor.person_id is not None
    firm_id = firm.id if firm else None
    if support_of(session, need, person_id=actor.person_id, firm_id=firm_id) is not None:
        return
    voice = Support(
        need_id=need.id,
        person_id=None if firm else actor.person_id,
        firm_id=firm_id,
        by=actor.person_id,
        given_to=need.id,
        at=now,
    )
    session.add(voice)
    session.flush()
    journal.record(
        session, NeedSupported(subject_id=need.id, firm_id=firm_id), actor=actor, now=now
    )
    _gather(session, need, actor=actor, now=now)


def _gather(session: Session, need: Need, *, actor: Actor, now: datetime) -> None:
    """Let a need's words hold from the first voice of somebody who did not propose it."""
    if need.state == State.PROPOSED and not is_proposer(actor, need):
        move(need, State.GATHERING, now=now)
        journal.record(session, NeedGathers(subject_id=need.id), actor=actor, now=now)


def withdraw_support(
    session: Session, need: Need, *, actor: Actor, now: datetime, firm: Firm | None = None
) -> None:
    """Take a voice back, as if it had never been given; where there is none nothing changes."""
    hold(session, need)
    require(may_support(actor, need, rules_of(session, need.programme_id), now, firm=firm))
    firm_id = firm.id if firm else None
    voice = support_of(session, need, person_id=actor.person_id, firm_id=firm_id)
    if voice is None:
        return
    session.delete(voice)
    event = SupportWithdrawn(subject_id=need.id, firm_id=firm_id)
    journal.record(session, event, actor=actor, now=now)


def order(
    session: Session,
    firm: Firm,
    programme: Programme,
    needs: Sequence[Need],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Make these the firm's most pressing needs of a programme, the first first.

    Raises `Invalid` for more than ten, for one named twice, and for one that cannot have voices or
    is about the work of an authority that the actor works for; what stood in the list before and
    is no longer ranked goes.
    """
    require(may_order(actor, firm, rules_of(session, programme.id), now))
    assert actor.person_id is not None
    _refuse(needs, programme, actor)
    ids = [need.id for need in needs]
    if ids == top_of(session, firm, programme.id):
        return
    _wait_for_others(session, firm)
    mine = (Rank.firm_id == firm.id) & (Rank.programme_id == programme.id)
    session.execute(delete(Rank).where(mine))
    session.expire_all()
    for place, need in enumerate(needs, start=1):
        session.add(
            Rank(
                firm_id=firm.id,
                programme_id=programme.id,
                need_id=need.id,
                place=place,
                by=actor.person_id,
                at=now,
            )
        )
    session.flush()
    event = TopTenSet(subject_id=programme.id, firm_id=firm.id, need_ids=ids)
    journal.record(session, event, actor=actor, now=now)
    for need in needs:
        _gather(session, need, actor=actor, now=now)


def _refuse(needs: Sequence[Need], programme: Programme, actor: Actor) -> None:
    if len(needs) > TOP:
        raise Invalid({"": msg("At most {n} needs have a place.", n=TOP)})
    if len({need.id for need in needs}) < len(needs):
        raise Invalid({"": msg("Each need has one place.")})
    if any(is_about_own_work(actor, need) for need in needs):
        raise Invalid({"": msg("A need about the work of your own authority gets no place here.")})
    for need in needs:
        is_fit = need.programme_id == programme.id and need.hidden_at is None
        if not is_fit or need.state not in RANKED:
            raise Invalid({"": msg("One of these needs can no longer be ranked.")})


def _wait_for_others(session: Session, firm: Firm) -> None:
    """Let two members who save at the same time come one after the other."""
    session.execute(select(Firm.id).where(Firm.id == firm.id).with_for_update())
