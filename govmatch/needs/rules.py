"""Who may do what with needs: by role, state and time, with the reason for a no."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.kit.actor import SITE, YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.needs.models import RANKED, Need, Opinion, Outcome, Seat, Sitting, State
from govmatch.needs.survey import Rules
from govmatch.organisations.models import Firm
from govmatch.organisations.rules import EDITORS
from govmatch.programmes.models import Programme

EDITABLE = frozenset({State.PROPOSED, State.GATHERING})
DECIDABLE = RANKED
READERS = (Role.MANAGER, Role.AUDITOR)
"""The roles for a programme that see what is hidden."""
SOLVABLE = frozenset({State.ANALYSED, State.TAKEN_UP})


def may_see(actor: Actor, need: Need) -> Ruling:
    """Everybody, as long as it is not hidden; then its proposer, its programme and auditors."""
    if need.hidden_at is None or is_proposer(actor, need) or is_of_programme(actor, need):
        return YES
    if actor.holds(Role.AUDITOR, SITE):
        return YES
    return No(msg("This need is not open to you."))


def is_proposer(actor: Actor, need: Need) -> bool:
    """True for who proposed it, and for those who write for the firm that it was proposed for."""
    by_person = actor.is_signed_in and actor.person_id == need.by
    return by_person or (need.firm_id is not None and writes_for(actor, need.firm_id))


def writes_for(actor: Actor, firm_id: int) -> bool:
    return firm_id in actor.objects("firm", *EDITORS)


def is_manager(actor: Actor, need: Need) -> bool:
    return actor.holds(Role.MANAGER, "programme", need.programme_id)


def is_of_programme(actor: Actor, need: Need) -> bool:
    """True for who runs the programme or audits it; members of its steering group do neither."""
    return need.programme_id in actor.objects("programme", *READERS)


def may_take_part(actor: Actor, rules: Rules, now: datetime) -> Ruling:
    """Whoever has signed in and owes no second factor, while the survey is open.

    Without the second factor it is not known for which authority somebody works.
    """
    if not actor.is_signed_in:
        return No(msg("Please sign in first."))
    if actor.needs_factor:
        return No(msg("Please give your second factor first."))
    if not rules.is_open(now):
        return No(msg("The survey of this programme is closed."))
    return YES


def may_propose(actor: Actor, rules: Rules, now: datetime, *, firm: Firm | None = None) -> Ruling:
    """Anyone registered, for themselves or for a firm for which they write."""
    ruling = may_take_part(actor, rules, now)
    if ruling and firm is not None:
        return _may_speak_for(actor, firm)
    return ruling


def _may_speak_for(actor: Actor, firm: Firm) -> Ruling:
    if not writes_for(actor, firm.id):
        return No(msg("Only who leads the firm and its members may speak for it."))
    if firm.closed_at is not None:
        return No(msg("The firm is closed. Open it again first."))
    return YES


def may_edit(actor: Actor, need: Need) -> Ruling:
    """Its proposer until somebody else stands behind it; the programme's manager also after.

    Whoever supports a need supports the words that they read.
    """
    if need.state == State.PROPOSED and is_proposer(actor, need):
        return YES
    if need.state in EDITABLE and is_manager(actor, need):
        return YES
    if is_proposer(actor, need) and need.state == State.GATHERING:
        return No(msg("Others stand behind these words now. Ask the programme to correct them."))
    return No(msg("In this state only the programme can change it, if anybody."))


def may_withdraw(actor: Actor, need: Need) -> Ruling:
    """Its proposer, until somebody else stands behind it."""
    if not is_proposer(actor, need):
        return No(msg("Only who proposed it may withdraw it."))
    if need.state == State.PROPOSED:
        return YES
    return No(msg("Others stand behind it now, so it can no longer be withdrawn."))


def may_support(
    actor: Actor, need: Need, rules: Rules, now: datetime, *, firm: Firm | None = None
) -> Ruling:
    """Persons for themselves, and members for their firm; nobody for a need of their authority."""
    ruling = may_propose(actor, rules, now, firm=firm)
    if not ruling:
        return ruling
    if is_about_own_work(actor, need):
        return No(
            msg(
                "This need is about the work of your own authority. Its staff have no voice here,"
                " so that the ranking shows what others need."
            )
        )
    if need.hidden_at is not None or need.state not in RANKED:
        return No(msg("In this state no voices are given."))
    return YES


def is_about_own_work(actor: Actor, need: Need) -> bool:
    """True for whoever holds a role for the authority whose work the need is about."""
    return need.authority_id is not None and need.authority_id in actor.objects("authority")


def may_order(actor: Actor, firm: Firm, rules: Rules, now: datetime) -> Ruling:
    """Who leads the firm and its members, while the survey is open."""
    return may_propose(actor, rules, now, firm=firm)


def _may_decide(actor: Actor, need: Need, states: Collection[State]) -> Ruling:
    if not is_manager(actor, need):
        return No(msg("Only a manager of the programme may do this."))
    if need.state not in states:
        return No(msg("In this state that is not possible."))
    return YES


def may_analyse(actor: Actor, need: Need) -> Ruling:
    """A manager; also once more, to correct what was published."""
    return _may_decide(actor, need, DECIDABLE)


def may_decline(actor: Actor, need: Need) -> Ruling:
    return _may_decide(actor, need, DECIDABLE)


def may_reopen(actor: Actor, need: Need) -> Ruling:
    return _may_decide(actor, need, {State.DECLINED})


def may_solve(actor: Actor, need: Need) -> Ruling:
    return _may_decide(actor, need, SOLVABLE)


def may_merge(actor: Actor, need: Need, into: Need | None = None) -> Ruling:
    """A manager, into another need of the same programme that can have voices and is not hidden."""
    ruling = _may_decide(actor, need, DECIDABLE)
    if not ruling or into is None:
        return ruling
    is_fit = into.id != need.id and into.programme_id == need.programme_id
    if is_fit and into.state in RANKED and into.hidden_at is None:
        return YES
    return No(msg("It can be merged only into another need of the programme that gathers voices."))


def may_hide(actor: Actor, need: Need) -> Ruling:
    if not is_manager(actor, need):
        return No(msg("Only a manager of the programme may do this."))
    return YES if need.hidden_at is None else No(msg("It is hidden already."))


def may_show(actor: Actor, need: Need) -> Ruling:
    if not is_manager(actor, need):
        return No(msg("Only a manager of the programme may do this."))
    return YES if need.hidden_at is not None else No(msg("It is not hidden."))


def may_take_up(actor: Actor, need: Need, authority_id: int) -> Ruling:
    """A manager of the programme for any authority, its staff for their own.

    Staff take up what is about their work, or what is about nobody's yet.
    """
    is_theirs = need.authority_id in (None, authority_id) and actor.holds(
        Role.STAFF, "authority", authority_id
    )
    if not (is_manager(actor, need) or is_theirs):
        return No(msg("Only a manager of the programme, or staff of the authority, may do this."))
    if need.state not in DECIDABLE or need.hidden_at is not None:
        return No(msg("In this state it cannot be taken up."))
    return YES


def may_set_survey(actor: Actor, programme: Programme) -> Ruling:
    if actor.holds(Role.MANAGER, "programme", programme.id):
        return YES
    return No(msg("Only a manager of the programme may do this."))


def may_lay_list(actor: Actor, programme: Programme, *, is_running: bool) -> Ruling:
    """A manager of the programme, one list after the other."""
    ruling = may_set_survey(actor, programme)
    if ruling and is_running:
        return No(msg("A list lies before the steering group already."))
    return ruling


def may_give_opinion(actor: Actor, sitting: Sitting) -> Ruling:
    """Members of the programme's steering group, while it speaks."""
    if not actor.holds(Role.STEERING, "programme", sitting.programme_id):
        return No(msg("Only members of the steering group may do this."))
    return YES if sitting.outcome is None else No(msg("The steering group has ended this."))


def seat_of(actor: Actor) -> Seat:
    """Return for whom a member speaks: whoever holds a role for an authority, for authorities."""
    return Seat.AUTHORITY if actor.objects("authority") else Seat.CHAMBER


def has_vote(seat: Seat, rules: Rules) -> bool:
    return seat is Seat.AUTHORITY or rules.chambers_vote


def outcome_of(opinions: Iterable[Opinion]) -> Outcome | None:
    """Return what most of the votes are for; None where there is none, or no most."""
    votes = Counter(Outcome(one.outcome) for one in opinions if one.counts)
    first = votes.most_common(2)
    if not first or (len(first) == 2 and first[0][1] == first[1][1]):
        return None
    return first[0][0]


def may_minute(actor: Actor, sitting: Sitting, *, outcome: Outcome | None) -> Ruling:
    """A manager of the programme writes the minutes, once most votes are for one outcome."""
    if not actor.holds(Role.MANAGER, "programme", sitting.programme_id):
        return No(msg("Only a manager of the programme may do this."))
    if sitting.outcome is not None:
        return No(msg("The steering group has ended this."))
    if outcome is None:
        return No(msg("No outcome has most of the votes yet."))
    return YES
