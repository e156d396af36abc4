"""What a proposal lacks or gets wrong, field by field, and whether everybody has reasons."""

from collections.abc import Collection, Mapping, Sequence

from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of
from govmatch.decisions.models import Decision, Outcome
from govmatch.decisions.standing import Choice, Standing, departures
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.programmes.queries import rule_value
from govmatch.programmes.switches import Rule

FEWEST_DAYS = 5
MOST_DAYS = 60
"""How long a selected firm has to answer, in days from the release."""


def has_reasons(reasons: Mapping[str, str], criteria: Collection[str]) -> bool:
    """True where every criterion has its reasons, or there is a summary of them."""
    if reasons.get("", "").strip():
        return True
    return bool(criteria) and all(reasons.get(name, "").strip() for name in criteria)


def proposal_faults(
    decision: Decision,
    order: Sequence[Standing],
    choices: Mapping[int, Choice],
    *,
    unsettled: int,
    without_reasons: int,
) -> dict[str, Message]:
    """Return what keeps a selection from being proposed, by field; nothing where it is whole.

    `unsettled` applications wait for the formal check, `without_reasons` have none yet.
    """
    return {
        **_of_the_case(order, unsettled),
        **_of_the_choices(decision.challenge, order, choices),
        **_of_the_words(decision, order, choices, without_reasons),
    }


def _of_the_case(order: Sequence[Standing], unsettled: int) -> dict[str, Message]:
    open_reviews = sum(one.open_reviews for one in order)
    if unsettled:
        return {
            "": msgn(
                "{n} application still waits for the formal check.",
                "{n} applications still wait for the formal check.",
                n=unsettled,
            )
        }
    if open_reviews:
        return {
            "": msgn(
                "{n} review is still open. It has to be submitted, abstained from, set aside "
                "or unassigned first.",
                "{n} reviews are still open. They have to be submitted, abstained from, set aside "
                "or unassigned first.",
                n=open_reviews,
            )
        }
    return {}


def _of_the_choices(
    challenge: Challenge, order: Sequence[Standing], choices: Mapping[int, Choice]
) -> dict[str, Message]:
    faults: dict[str, Message] = {}
    outcomes = [choices[one.application.id].outcome for one in order]
    selected = outcomes.count(Outcome.SELECTED)
    if selected > challenge.pilots_max:
        faults["outcomes"] = msgn(
            "At most {n} application can be selected.",
            "At most {n} applications can be selected.",
            n=challenge.pilots_max,
        )
    if not selected:
        faults["outcomes"] = msg(
            "Nobody is selected. If that is the result, propose that the challenge does not "
            "proceed."
        )
    for one in order:
        chosen = choices[one.application.id].outcome
        if chosen in {Outcome.SELECTED, Outcome.RESERVE} and not one.may_be_selected:
            faults[f"outcome-{one.application.public_id}"] = (
                msg("It is below a minimum score, so it can only be not selected.")
                if one.is_below_minimum
                else msg("Nobody has reviewed it, so it can only be not selected.")
            )
    return faults


def _of_the_words(
    decision: Decision,
    order: Sequence[Standing],
    choices: Mapping[int, Choice],
    without_reasons: int,
) -> dict[str, Message]:
    faults: dict[str, Message] = {}
    apart = departures(order, choices)
    if apart and not decision.deviation.strip():
        only_ties = all(one.is_tie for one in apart)
        faults["deviation"] = (
            msg("Some have equal means. Please say by what you chose between them.")
            if only_ties
            else msg("This goes against the ranking. Please say why.")
        )
    if not any(text.strip() for text in decision.reasons.values()):
        faults["reasons"] = msg("Please give the reasons for the public in at least one language.")
    if not FEWEST_DAYS <= decision.confirm_days <= MOST_DAYS:
        faults["confirm_days"] = msg(
            "Please enter a number from {low} to {high}.", low=FEWEST_DAYS, high=MOST_DAYS
        )
    if without_reasons and feedback_is_required(decision.challenge):
        faults["feedback"] = msgn(
            "{n} application has no reasons yet.",
            "{n} applications have no reasons yet.",
            n=without_reasons,
        )
    return faults


def feedback_is_required(challenge: Challenge) -> bool:
    return bool(rule_value(terms_of(challenge), Rule.FEEDBACK_REQUIRED))


def lacks_reasons(challenge: Challenge, without_letter: Collection[object]) -> bool:
    """True where the programme wants reasons for everybody and somebody has none.

    `without_letter` is what `queries.without_letter` finds. Whoever completes a challenge asks.
    """
    return bool(without_letter) and feedback_is_required(challenge)
