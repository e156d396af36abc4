"""What followers are told of challenges, as far as everybody may read it at that moment.

Who follows one hears of everything; who follows its theme or its authority hears that there is a
new one. What is no longer true when it is told, such as a deadline that has moved, is left out.
"""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import select

from govmatch.challenges import queries, rules
from govmatch.challenges.models import AFTER_PUBLICATION, Amendment, Challenge, State
from govmatch.following.actions import Thing
from govmatch.following.models import Kind
from govmatch.following.queries.follows import About
from govmatch.following.telling import News, NewsMaker
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.journal import JournalRow

Saying = Callable[[Background, ReadSession, JournalRow, Challenge], Message | None]

RESULTS: Mapping[str, tuple[Message, frozenset[State]]] = {
    State.DECIDED: (
        msg("Decided"),
        frozenset({State.DECIDED, State.PILOTING, State.COMPLETED, State.ARCHIVED}),
    ),
    State.COMPLETED: (
        msg("The outcome is public"), frozenset({State.COMPLETED, State.ARCHIVED})
    ),
    State.DID_NOT_PROCEED: (
        msg("Did not proceed"), frozenset({State.DID_NOT_PROCEED, State.ARCHIVED})
    ),
}  # fmt: skip
"""Where it went to, what is said of that, and the states in which it is still true."""


def about_of(challenge: Challenge) -> frozenset[About]:
    """Return whose followers hear that it is new: its own, its authority's, its themes'."""
    themes = {(Kind.THEME.value, one.slug) for one in challenge.terms if one.kind == "theme"}
    authority = (Kind.AUTHORITY.value, challenge.authority.slug)
    return frozenset({itself(challenge), authority} | themes)


def thing_of(challenge: Challenge) -> Thing:
    """Return it as something to follow."""
    return Thing(
        kind=Kind.CHALLENGE,
        key=challenge.public_id,
        titles={text.lang: text.title for text in challenge.texts if text.title},
        path=f"/challenges/{challenge.slug}",
    )


def itself(challenge: Challenge) -> About:
    return Kind.CHALLENGE.value, challenge.public_id


def news_of(
    background: Background,
    challenge: Challenge,
    what: Message,
    *,
    end: str = "",
    about: Iterable[About] = (),
    key: str = "",
) -> News | None:
    """Return the news of a challenge, to be read on its page or at `end` below; None unless public.

    For packages above too, such as the one of questions.
    """
    if not rules.is_public(challenge, background.now):
        return None
    return News(
        what=what,
        title=lambda lang: queries.text_for(challenge, lang).title,
        path=f"/challenges/{challenge.slug}{end}",
        about=frozenset(about) or frozenset({itself(challenge)}),
        key=key,
    )


def _about(say: Saying, *, end: str = "") -> NewsMaker:
    """Return a maker for an event whose subject is the challenge."""

    def make(background: Background, session: ReadSession, row: JournalRow) -> News | None:
        challenge = session.get(Challenge, row.subject_id)
        if challenge is None:
            return None
        what = say(background, session, row, challenge)
        return None if what is None else news_of(background, challenge, what, end=end)

    return make


def came_out(background: Background, session: ReadSession, row: JournalRow) -> News | None:
    """Say that there is a new one, unless it has ended already."""
    challenge = session.get(Challenge, row.subject_id)
    if challenge is None or challenge.state != State.PUBLISHED:
        return None
    return news_of(background, challenge, msg("New challenge"), about=about_of(challenge))


def _opened(
    background: Background, _session: ReadSession, _row: JournalRow, challenge: Challenge
) -> Message | None:
    return msg("Open for applications") if rules.is_open(challenge, background.now) else None


def _near(
    background: Background, _session: ReadSession, row: JournalRow, challenge: Challenge
) -> Message | None:
    closes = challenge.closes
    if closes is None or closes.isoformat(timespec="seconds") != row.data["closes"]:
        return None
    if not rules.is_open(challenge, background.now):
        return None
    days = int(str(row.data["days"]))
    return msgn("The deadline is in {n} day", "The deadline is in {n} days", n=days)


def _amended(
    _background: Background, session: ReadSession, row: JournalRow, challenge: Challenge
) -> Message | None:
    found = select(Amendment.id).where(
        Amendment.id == int(str(row.data["amendment_id"])), Amendment.challenge_id == challenge.id
    )
    return msg("Changed") if session.scalar(found) is not None else None


def _cancelled(
    _background: Background, _session: ReadSession, _row: JournalRow, challenge: Challenge
) -> Message | None:
    is_off = challenge.state in {State.CANCELLED, State.ARCHIVED}
    return msg("Cancelled") if is_off else None


def _moved_on(
    _background: Background, _session: ReadSession, row: JournalRow, challenge: Challenge
) -> Message | None:
    what, still = RESULTS.get(str(row.data["to_state"]), (None, frozenset()))
    return what if challenge.state in still & AFTER_PUBLICATION else None


NEWS: dict[str, NewsMaker] = {
    "ChallengeCameOut": came_out,
    "ApplicationsWelcome": _about(_opened),
    "DeadlineNear": _about(_near),
    "ChallengeAmended": _about(_amended, end="#changes"),
    "ChallengeCancelled": _about(_cancelled),
    "ChallengeMovedOn": _about(_moved_on),
}
"""By the name of the event in the journal."""
