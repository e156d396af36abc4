"""What the programme makes of needs: merged, analysed, taken up, declined, solved, hidden."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select

from govmatch.accounts import queries as accounts
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.needs.actions.holding import hold, move, said
from govmatch.needs.events import (
    NeedAnalysed,
    NeedDeclined,
    NeedHandedBack,
    NeedHidden,
    NeedMerged,
    NeedReceived,
    NeedReopened,
    NeedShown,
    NeedSolved,
    NeedTakenUp,
)
from govmatch.needs.models import Need, Rank, State
from govmatch.needs.queries import ranks_of, supporters, supports_of
from govmatch.needs.rules import (
    may_analyse,
    may_decline,
    may_hide,
    may_merge,
    may_reopen,
    may_show,
    may_solve,
    may_take_up,
)
from govmatch.needs.wording import MAX_REASON, MAX_TEXT


def analyse(
    session: Session, need: Need, *, result: Mapping[str, str], actor: Actor, now: datetime
) -> None:
    """Publish what an analysis found; once more, to correct it."""
    hold(session, need)
    require(may_analyse(actor, need))
    need.analysis = said(result, field="result", most=MAX_TEXT)
    was = State(need.state)
    if was is not State.ANALYSED:
        move(need, State.ANALYSED, now=now)
    need.updated_at = now
    journal.record(session, NeedAnalysed(subject_id=need.id, from_state=was), actor=actor, now=now)


def decline(
    session: Session, need: Need, *, reasons: Mapping[str, str], actor: Actor, now: datetime
) -> None:
    """End a need for a reason that everybody reads; its voices stay, and count again if it is
    opened again.
    """
    hold(session, need)
    require(may_decline(actor, need))
    need.reasons = said(reasons, field="reason")
    was = move(need, State.DECLINED, now=now)
    journal.record(session, NeedDeclined(subject_id=need.id, from_state=was), actor=actor, now=now)


def reopen(
    session: Session, need: Need, *, reasons: Mapping[str, str], actor: Actor, now: datetime
) -> None:
    """Let a declined need gather voices again, for a reason that everybody reads."""
    hold(session, need)
    require(may_reopen(actor, need))
    need.reasons = said(reasons, field="reason")
    move(need, State.GATHERING, now=now)
    journal.record(session, NeedReopened(subject_id=need.id), actor=actor, now=now)


def solve(
    session: Session, need: Need, *, reasons: Mapping[str, str], actor: Actor, now: datetime
) -> None:
    """Say that the need is no more, and what it was solved by."""
    hold(session, need)
    require(may_solve(actor, need))
    need.reasons = said(reasons, field="reason")
    was = move(need, State.SOLVED, now=now)
    journal.record(session, NeedSolved(subject_id=need.id, from_state=was), actor=actor, now=now)


def take_up(
    session: Session,
    need: Need,
    *,
    challenge_id: int,
    authority_id: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Note that a challenge is being written from a need, for this authority.

    Called by what makes the draft, in the same transaction.
    """
    hold(session, need)
    require(may_take_up(actor, need, authority_id))
    was = move(need, State.TAKEN_UP, now=now)
    event = NeedTakenUp(subject_id=need.id, challenge_id=challenge_id, from_state=was)
    journal.record(session, event, actor=actor, now=now)


def hand_back(session: Session, need: Need, *, actor: Actor, now: datetime) -> None:
    """Put a need back, since the draft that was made of it is deleted.

    Called by what deletes the draft, in the same transaction; who may do that, is asked there. What
    was analysed is analysed again, everything else gathers voices.
    """
    hold(session, need)
    if need.state != State.TAKEN_UP:
        return
    to = State.ANALYSED if need.analysis else State.GATHERING
    move(need, to, now=now)
    journal.record(session, NeedHandedBack(subject_id=need.id, to_state=to), actor=actor, now=now)


def merge(
    session: Session,
    need: Need,
    into: Need,
    *,
    reasons: Mapping[str, str],
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Put a need together with another one that says the same.

    Its voices go over: who stood behind both counts once, and a firm that has both in its top ten
    keeps the better place. A voice of somebody who works for the authority of the other need ends
    here, and they are told. Its page stays, with its history, and says where it went.
    """
    hold(session, need, into)
    require(may_merge(actor, need, into))
    need.reasons = said(reasons, field="reason")
    voices = supports_of(session, need)
    need.voices_at_end = {
        "firms": sum(voice.firm_id is not None for voice in voices),
        "people": sum(voice.person_id is not None for voice in voices),
    }
    barred = _own_staff(session, into, real_now=real_now)
    behind = {person.id for person in supporters(session, need, now=real_now)}
    moved = _move_supports(session, need, into, barred=barred)
    _move_ranks(session, need, into)
    need.merged_into_id = into.id
    move(need, State.MERGED, now=now)
    if into.state == State.PROPOSED:
        move(into, State.GATHERING, now=now)
    session.flush()
    event = NeedMerged(
        subject_id=need.id,
        into_id=into.id,
        firms=moved.firms,
        people=moved.people,
        both=sorted(moved.both & behind),
        lost=sorted(moved.lost & behind),
    )
    journal.record(session, event, actor=actor, now=now)
    received = NeedReceived(subject_id=into.id, from_id=need.id)
    journal.record(session, received, actor=actor, now=now)


@dataclass(frozen=True)
class _Moved:
    """How many firms and people a merge added, and who gave a voice that was not added.

    `both` gave one that was there already; `lost` could not have given theirs there.
    """

    firms: int
    people: int
    both: set[int]
    lost: set[int]


def _move_supports(session: Session, need: Need, into: Need, *, barred: Collection[int]) -> _Moved:
    """Give the voices of one need to another.

    Not those by `barred` people, who could not have given them there.
    """
    there = {(voice.firm_id, voice.person_id) for voice in supports_of(session, into)}
    firms = people = 0
    both: set[int] = set()
    lost: set[int] = set()
    for voice in supports_of(session, need):
        is_there = (voice.firm_id, voice.person_id) in there
        if is_there or voice.by in barred:
            (both if is_there else lost).add(voice.by)
            session.delete(voice)
            continue
        voice.need_id = into.id
        firms += voice.firm_id is not None
        people += voice.person_id is not None
    session.flush()
    return _Moved(firms, people, both, lost)


def _own_staff(session: Session, need: Need, *, real_now: datetime) -> set[int]:
    """Return who works for the authority whose work a need is about, as ids of people."""
    if need.authority_id is None:
        return set()
    rows = accounts.holders(session, "authority", need.authority_id, now=real_now)
    return {row.person_id for row in rows}


def _move_ranks(session: Session, need: Need, into: Need) -> None:
    """Give the places of one need to another; who has both keeps the better, others move up."""
    for firm_id in [rank.firm_id for rank in ranks_of(session, need)]:
        mine = (Rank.firm_id == firm_id) & (Rank.programme_id == need.programme_id)
        rows = session.scalars(select(Rank).where(mine).order_by(Rank.place)).all()
        kept: dict[int, tuple[int, datetime]] = {}
        for rank in rows:
            is_moved = rank.need_id == need.id
            kept.setdefault(into.id if is_moved else rank.need_id, (rank.by, rank.at))
        for rank in rows:
            session.delete(rank)
        session.flush()
        for place, (need_id, (by, at)) in enumerate(kept.items(), start=1):
            session.add(
                Rank(
                    firm_id=firm_id,
                    programme_id=need.programme_id,
                    need_id=need_id,
                    place=place,
                    by=by,
                    at=at,
                )
            )
        session.flush()


def hide(session: Session, need: Need, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take a need out of sight of all but its proposer and the programme.

    For what breaks the terms of use; the proposer is told and reads the reason. Its voices do not
    count while it is hidden.
    """
    hold(session, need)
    require(may_hide(actor, need))
    need.hidden_reason = _reason(reason)
    need.hidden_at = now
    journal.record(session, NeedHidden(subject_id=need.id), actor=actor, now=now)


def show(session: Session, need: Need, *, actor: Actor, now: datetime) -> None:
    """Let everybody see a need again that was hidden."""
    hold(session, need)
    require(may_show(actor, need))
    need.hidden_at, need.hidden_reason = None, ""
    journal.record(session, NeedShown(subject_id=need.id), actor=actor, now=now)


def _reason(text: str) -> str:
    reason = text.strip()
    if not reason:
        raise Invalid({"reason": msg("Please give a reason.")})
    if len(reason) > MAX_REASON:
        raise Invalid({"reason": msg("Please use at most {limit} characters.", limit=MAX_REASON)})
    return reason
