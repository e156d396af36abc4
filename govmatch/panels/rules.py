"""Who calls a meeting of a jury, who writes its minutes, who reads and signs them. Pure."""

from collections.abc import Collection, Mapping

from govmatch.accounts.models import Role
from govmatch.applications.models import State as Applied
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.challenges.queries import terms_of
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.panels.models import Panel, PanelMember, State
from govmatch.programmes.queries import rule_value
from govmatch.programmes.switches import Rule
from govmatch.reviews.rules import frozen, may_oversee, runs

DISCUSSED = frozenset({Applied.IN_REVIEW, Applied.SHORTLISTED})
"""States of applications that a jury discusses."""

_WRONG_STATE = msg("The meeting is not that far, or further already. Please read the page again.")


def quorum_of(challenge: Challenge) -> int:
    """Return how many members its programme wants to be there, from 2 on."""
    return int(rule_value(terms_of(challenge), Rule.PANEL_QUORUM))


def may_read(actor: Actor, challenge: Challenge, *, is_member: bool) -> Ruling:
    """Whoever oversees the reviews, and whoever was called."""
    if is_member and challenge.id in actor.objects("challenge", Role.REVIEWER, Role.CHAIR):
        return YES
    return may_oversee(actor, challenge)


def may_call(actor: Actor, challenge: Challenge, panel: Panel | None, *, is_frozen: bool) -> Ruling:
    """A manager of the programme, until the meeting begins; not once a decision is proposed."""
    if not runs(actor, challenge):
        return No(msg("Only a manager of the programme may do this."))
    ruling = _goes_on(challenge, is_frozen=is_frozen)
    if ruling and panel is not None and panel.state != State.PLANNED:
        return No(msg("The meeting has begun already."))
    return ruling


def may_begin(
    actor: Actor, panel: Panel, members: Collection[PanelMember], *, is_frozen: bool, left: int
) -> Ruling:
    """Its chair, once `is_ready`."""
    ruling = _leads(actor, panel, members, is_frozen=is_frozen)
    return is_ready(panel, left=left) if ruling else ruling


def is_ready(panel: Panel, *, left: int) -> Ruling:
    """Whether it can begin, whoever leads it: once every review of what is discussed is in.

    `left` is how many of those reviews may still come: nobody is to read the points of others
    before their own are submitted.
    """
    if panel.state != State.PLANNED:
        return No(_WRONG_STATE)
    if left:
        return No(
            msgn(
                "{n} review of what is discussed is not submitted yet.",
                "{n} reviews of what is discussed are not submitted yet.",
                n=left,
            )
        )
    return YES


def may_note(
    actor: Actor, panel: Panel, members: Collection[PanelMember], *, is_frozen: bool
) -> Ruling:
    """Its chair, while the meeting goes on."""
    ruling = _leads(actor, panel, members, is_frozen=is_frozen)
    return ruling if not ruling or panel.state == State.HELD else No(_WRONG_STATE)


def may_reopen(
    actor: Actor, panel: Panel, members: Collection[PanelMember], *, is_frozen: bool
) -> Ruling:
    """Its chair, until everybody has signed."""
    ruling = _leads(actor, panel, members, is_frozen=is_frozen)
    return ruling if not ruling or panel.state == State.SIGNING else No(_WRONG_STATE)


def may_sign(actor: Actor, panel: Panel, members: Collection[PanelMember]) -> Ruling:
    """Whoever was there, once, and only what ended."""
    own = member_of(actor, members)
    if own is None or not own.is_present:
        return No(msg("The minutes are signed by those who were there."))
    if panel.state != State.SIGNING:
        return No(_WRONG_STATE)
    if own.signed_at is not None:
        return No(msg("You have signed already."))
    return YES


def _leads(
    actor: Actor, panel: Panel, members: Collection[PanelMember], *, is_frozen: bool
) -> Ruling:
    own = member_of(actor, members)
    if own is None or not own.is_chair:
        return No(msg("Only the chair of the meeting may do this."))
    return _goes_on(panel.challenge, is_frozen=is_frozen)


def _goes_on(challenge: Challenge, *, is_frozen: bool) -> Ruling:
    if challenge.opened_at is None:
        return No(msg("The applications have not been opened yet."))
    if challenge.state != Stage.IN_SELECTION:
        return No(msg("The selection of this challenge is over."))
    return frozen() if is_frozen else YES


def member_of(actor: Actor, members: Collection[PanelMember]) -> PanelMember | None:
    return next((one for one in members if one.person_id == actor.person_id), None)


def faults_of_call(
    *,
    people: Collection[int],
    chair: int | None,
    items: Collection[int],
    quorum: int,
    barred: Collection[tuple[int, int]],
    has_place: bool,
) -> dict[str, Message]:
    """Return what is wrong with a call, by field.

    `barred` are pairs of (application, person) that are closed by a conflict of interest: a chair
    has none, and of the others enough are left for each application.
    """
    errors: dict[str, Message] = {}
    if not has_place:
        errors["place"] = msg("Please say where, or give an address at which to join.")
    if len(set(people)) < quorum:
        errors["members"] = msgn(
            "At least {n} member has to be called.", "At least {n} members have to be called.",
            n=quorum,
        )  # fmt: skip
    if chair is None or chair not in people:
        errors["chair"] = msg("Please choose the one chair among the members.")
    elif any((item, chair) in barred for item in items):
        errors["chair"] = msg("The chair has a conflict of interest with what is discussed.")
    if "members" not in errors and any(
        without_conflict(item, people, barred) < quorum for item in items
    ):
        errors["members"] = msg(
            "Because of conflicts of interest too few members are left for one of the applications."
        )
    if not items:
        errors["items"] = msg("Please choose at least one application.")
    return errors


def without_conflict(
    item: int, people: Collection[int], barred: Collection[tuple[int, int]]
) -> int:
    """Return how many of these people may discuss an application."""
    return sum((item, person) not in barred for person in people)


def missing_for(
    items: Mapping[int, int], present: Collection[int], barred: Collection[tuple[int, int]],
    *, quorum: int,
) -> list[int]:  # fmt: skip
    """Return the items (by their application) for which too few are there."""
    return [
        item
        for item, application in items.items()
        if without_conflict(application, present, barred) < quorum
    ]
