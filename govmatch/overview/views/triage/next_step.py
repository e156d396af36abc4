"""The one thing that comes next for an application, in the words of those who work on it."""

from collections.abc import Mapping
from datetime import datetime

from govmatch.applications.models import Application, State
from govmatch.applications.showing import STAFF_STATES
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.reviews.queries import Summary as Reviews
from govmatch.triage.models import Deficiency
from govmatch.triage.queries import Summary


@dataclass(frozen=True)
class Next:
    """`path` leads to where it is done, `to` is the state to which it can be moved at once."""

    title: Message
    text: Message
    action: Message | None = None
    path: str = ""
    to: State | None = None

    @property
    def moving(self) -> Message | None:
        return msg("Move to “{state}”", state=STAFF_STATES[self.to][0]) if self.to else None


_LATER: Mapping[str, tuple[Message, Message]] = {
    State.INELIGIBLE: (
        msg("It takes no part"),
        msg("Its firm gets the reasons with the decision, together with all others."),
    ),
    State.WITHDRAWN: (msg("The firm withdrew it"), msg("Nothing is to be done about it.")),
    State.SELECTED: (
        msg("It was selected"),
        msg("The firm says until its date whether it takes part."),
    ),
    State.RESERVE: (
        msg("It is on the reserve list"),
        msg("It moves up by a new decision, where a selected firm does not take part."),
    ),
    State.NOT_SELECTED: (msg("It was not selected"), msg("The reasons stand in its letter.")),
    State.CONFIRMED: (msg("The firm takes part"), msg("The pilot is planned with it.")),
    State.DECLINED: (msg("The firm does not take part"), msg("The first reserve can move up.")),
}


def next_step(
    application: Application, formal: Summary, reviews: Reviews, *, now: datetime, lang: Lang
) -> Next:
    """Return what is to be done next about an application, and where."""
    desk = f"/desk/challenges/{application.challenge.slug}"
    if formal.waiting is not None and application.state == State.INCOMPLETE:
        return _waiting(application, formal.waiting, now, lang)
    match application.state:
        case State.SUBMITTED:
            return _formal(formal)
        case State.IN_REVIEW:
            return _reviewing(formal, reviews, f"{desk}/reviewing")
        case State.SHORTLISTED:
            return Next(
                msg("It waits for the decision"),
                msg("The decision is proposed for the whole challenge, once no review is open."),
                msg("Open the decision"),
                f"{desk}/decision",
            )
    title, text = _LATER[application.state]
    return Next(title, text)


def _waiting(application: Application, asked: Deficiency, now: datetime, lang: Lang) -> Next:
    until = datetime_text(asked.due_at, lang, application.challenge.zone)
    if asked.answered_at is not None:
        return Next(
            msg("The firm has answered"),
            msg("Look at what it sent, and settle the request."),
            msg("Look at the answer"),
            "#requests",
        )
    if now >= asked.due_at:
        return Next(
            msg("The firm has not answered in time"),
            msg("Its time ended on {when}. Settle the request.", when=until),
            msg("Settle the request"),
            "#requests",
        )
    return Next(
        msg("It waits for the firm"),
        msg("The firm may answer until {when}. It is reminded a day before.", when=until),
    )


def _formal(formal: Summary) -> Next:
    if formal.open_gates:
        return Next(
            msgn(
                "Look at {n} requirement",
                "Look at {n} requirements",
                n=formal.open_gates,
            ),
            msg("The profile alone does not show whether they are met."),
            msg("Look at the requirements"),
            "#gates",
        )
    if formal.gaps:
        return Next(
            msg("Something is missing"),
            msg("Ask the firm for it with a date, or go on without it."),
            msg("See what is missing"),
            "#gaps",
        )
    if formal.failed_gates:
        return Next(
            msg("A requirement is not met"),
            msg("Move it to ineligible, unless there is a reason to go on."),
            to=State.INELIGIBLE,
        )
    return Next(
        msg("The formal check is done"),
        msg("Move it to the reviews."),
        to=State.IN_REVIEW,
    )


def _reviewing(formal: Summary, reviews: Reviews, path: str) -> Next:
    if not reviews.assigned:
        return Next(
            msg("Nobody reviews it yet"),
            msg("Reviewers are assigned for the challenge."),
            msg("Assign reviewers"),
            path,
        )
    if reviews.open:
        return Next(
            msg("Reviews are under way"),
            msg("{done} of {total} are submitted.", done=reviews.done, total=reviews.assigned),
            msg("See who reviews"),
            path,
        )
    if formal.open_gates:
        return Next(
            msg("All reviews are in"),
            msgn(
                "{n} requirement is still to be looked at before the decision.",
                "{n} requirements are still to be looked at before the decision.",
                n=formal.open_gates,
            ),
            msg("Look at the requirements"),
            "#gates",
        )
    return Next(
        msg("All reviews are in"),
        msg("Move it to the shortlist, or leave it where it is until the decision."),
        to=State.SHORTLISTED,
    )
