"""Letters: of a decision, of an application, read and unread, and who still has none."""

from collections.abc import Collection, Iterable

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.applications.rules import is_opened
from govmatch.challenges.models import Challenge
from govmatch.decisions.events import LetterRead
from govmatch.decisions.models import Answer, Decision, Determination, Letter, Receipt
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.journal import JournalRow
from govmatch.kit.records import dataclass

_WHOLE = (
    joinedload(Letter.determination).joinedload(Determination.decision),
    joinedload(Letter.application).joinedload(Application.firm),
    joinedload(Letter.application).options(
        joinedload(Application.challenge).options(
            joinedload(Challenge.authority),
            joinedload(Challenge.programme),
            joinedload(Challenge.version),
            selectinload(Challenge.texts),
        )
    ),
)


def find_letter(session: ReadSession, public_id: str) -> Letter:
    """Return a letter with all that is said around it; who may read it, `rules` says."""
    found = select(Letter).options(*_WHOLE).where(Letter.public_id == public_id)
    letter = session.scalars(found).first()
    if letter is None:
        raise NotFound
    return letter


def letter_key(letter: Letter) -> str:
    """Return how the notice of a letter is called; the person's number follows after a colon."""
    return f"letter:{letter.public_id}"


def letters_of(session: ReadSession, decision: Decision) -> list[Letter]:
    """Return the letters of a decision, best outcome first, without their long texts."""
    found = (
        select(Letter)
        .join(Letter.determination)
        .join(Letter.application)
        .options(
            contains_eager(Letter.determination),
            contains_eager(Letter.application).joinedload(Application.firm),
            defer(Letter.body),
            defer(Letter.html),
        )
        .where(Determination.decision_id == decision.id)
    )
    letters = list(session.scalars(found))
    return sorted(letters, key=_order)


def letter_bodies(session: ReadSession, letters: Collection[Letter]) -> dict[int, str]:
    """Return the texts of some letters by their ids; one statement for any number."""
    found = select(Letter.id, Letter.body).where(Letter.id.in_([one.id for one in letters]))
    return dict(session.execute(found).all())


def whole_letters_of(session: ReadSession, decision: Decision) -> list[Letter]:
    """Return the letters of a decision with their texts, read anew."""
    found = (
        select(Letter)
        .join(Letter.determination)
        .join(Letter.application)
        .options(contains_eager(Letter.determination), contains_eager(Letter.application))
        .where(Determination.decision_id == decision.id)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(found))


_OUTCOMES = ("selected", "reserve", "not_selected", "ineligible", "withdrawn", "ended")


def _order(letter: Letter) -> tuple[int, int, int, int]:
    said = letter.determination
    return (
        _OUTCOMES.index(said.outcome),
        said.reserve_place or 0,
        said.rank or 1_000_000,
        letter.application.alias or letter.id,
    )


@dataclass(frozen=True)
class LetterCounts:
    """How many letters a decision has, and how many of them nobody has read in the outbox."""

    total: int = 0
    unread: int = 0


def letter_counts(session: ReadSession, decision_ids: Collection[int]) -> dict[int, LetterCounts]:
    """Return the counts by decision; one statement for any number."""
    found = (
        select(
            Determination.decision_id,
            func.count(),
            func.sum(cast(Letter.checked_at.is_(None), Integer)),
        )
        .join(Letter, Letter.determination_id == Determination.id)
        .where(Determination.decision_id.in_(sorted(decision_ids)))
        .group_by(Determination.decision_id)
    )
    return {row[0]: LetterCounts(row[1], row[2]) for row in session.execute(found)}


def unread_letters(session: ReadSession, decision: Decision) -> int:
    return letter_counts(session, [decision.id]).get(decision.id, LetterCounts()).unread


def for_firm(session: ReadSession, application: Application) -> list[Letter]:
    """Return the released letters about an application, newest first."""
    found = select(Letter).where(
        Letter.application_id == application.id, Letter.released_at.is_not(None)
    )
    return list(session.scalars(found.order_by(Letter.released_at.desc(), Letter.id.desc())))


def receipts_of(session: ReadSession, letter_ids: Iterable[int]) -> dict[int, list[Receipt]]:
    """Return by letter whom it reached and who opened it."""
    found = select(Receipt).where(Receipt.letter_id.in_(sorted(letter_ids)))
    by_letter: dict[int, list[Receipt]] = {}
    for receipt in session.scalars(found.order_by(Receipt.id)):
        by_letter.setdefault(receipt.letter_id, []).append(receipt)
    return by_letter


def read_by(session: ReadSession, actor: Actor, application: Application) -> set[int]:
    """Return the ids of the letters about it that this person has opened, as the journal says.

    Partners have no receipts, since a letter is addressed to the firm that leads.
    """
    found = select(JournalRow.data).where(
        JournalRow.subject_kind == "application",
        JournalRow.subject_id == application.id,
        JournalRow.event == LetterRead.__name__,
        JournalRow.actor_id == actor.person_id,
    )
    return {int(str(data["letter"])) for data in session.scalars(found)}


def answer_of(session: ReadSession, application: Application) -> Answer | None:
    return session.scalars(select(Answer).where(Answer.application_id == application.id)).first()


def without_letter(session: ReadSession, challenge: Challenge) -> list[Application]:
    """Return who was submitted, not withdrawn before the opening, and has no released letter.

    For a challenge that was never opened: everything that was submitted and stands. That list is
    for acts alone; nobody beyond the firms may see it.
    """
    told = select(Letter.application_id).where(Letter.released_at.is_not(None))
    found = (
        select(Application)
        .options(joinedload(Application.firm))
        .where(
            Application.challenge_id == challenge.id,
            Application.state != Applied.DRAFT,
            Application.id.not_in(told),
        )
        .order_by(Application.alias, Application.id)
        .execution_options(populate_existing=True)
    )
    rows = list(session.scalars(found))
    if challenge.opened_at is None:
        return [one for one in rows if one.state != Applied.WITHDRAWN]
    return [one for one in rows if is_opened(one)]
