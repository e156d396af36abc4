"""What is decided about an opened challenge, step by step, and what firms answer."""

from collections.abc import Mapping

from sqlalchemy import select

from govmatch.decisions import actions as decisions
from govmatch.decisions import queries
from govmatch.decisions.actions import Proposal
from govmatch.decisions.models import Decision, Determination, Letter, Outcome, Reply
from govmatch.decisions.standing import Choice
from govmatch.kit.db import Session
from tests.security.making import Maker
from tests.security.selecting import (
    FIRMS,
    STAFF,
    Stage,
    assign,
    closed,
    declare,
    move_on,
    open_up,
    score,
    seat,
)

SELECTED, RESERVE = Choice(Outcome.SELECTED), Choice(Outcome.RESERVE, 1)
NOT_SELECTED = Choice(Outcome.NOT_SELECTED)


def reviewed(maker: Maker, key: str, *firms: str, pilots: int = 2) -> Stage:
    """Make an opened challenge of which Finn has reviewed every application."""
    stage = closed(maker, key, *firms, readers=STAFF, blind=dict.fromkeys(firms, "finn"),
                   pilots_max=pilots)  # fmt: skip
    open_up(stage)
    move_on(stage, *firms)
    seat(stage, "finn")
    declare(stage, "finn")
    assign(stage, "finn", *firms)
    for place, firm in enumerate(firms):
        score(stage, "finn", firm, points=4 if place < 2 else 3, readers=STAFF)
    return stage


def decision_of(session: Session, stage: Stage) -> Decision:
    found = queries.selection_of(session, stage.challenge(session))
    assert found is not None
    return found


def draft(stage: Stage, choices: Mapping[str, Choice], *, is_released: bool = False) -> None:
    """Begin the selection, choose, and say why; what is released is for everybody to read."""
    why = "For good reasons." if is_released else stage.word("reasons for the public", STAFF)
    apart = stage.word("why not by the ranking", STAFF)

    def act(session: Session) -> None:
        decision = decisions.begin(session, stage.challenge(session), **stage.by(session, "eva"))
        by_id = {stage.of(session, firm).public_id: one for firm, one in choices.items()}
        decisions.save(
            session, decision, Proposal(by_id, {"en": why}, apart, 14),
            revision=decision.revision, **stage.by(session, "eva"),
        )  # fmt: skip
        stage.know(f"decision {stage.key}", decision.public_id)

    stage.maker.do(act)


def write_reasons(stage: Stage, firm: str, readers: str) -> None:
    """Let Eva write to a firm what was good and what was not."""
    words = stage.word(f"reasons for {firm}", f"{STAFF} {readers}")

    def act(session: Session) -> None:
        decision = decision_of(session, stage)
        line = queries.determinations_of(session, decision)[stage.of(session, firm).id]
        decisions.save_reasons(
            session, decision, line, {"": words}, revision=line.revision,
            **stage.by(session, "eva"),
        )  # fmt: skip

    stage.maker.do(act)


def propose(stage: Stage) -> None:
    """Propose it; the letters' ids are kept by firm."""

    def act(session: Session) -> None:
        decision = decision_of(session, stage)
        decisions.propose(
            session, decision, revision=decision.revision,
            **stage.by(session, "eva"),
        )  # fmt: skip
        session.flush()
        for letter in queries.whole_letters_of(session, decision):
            firm = _firm_of(stage, letter)
            stage.know(f"letter {stage.key} {firm}", letter.public_id)

    stage.maker.do(act)


def _firm_of(stage: Stage, letter: Letter) -> str:
    ids = {stage.maker.world.ids.get(f"application {stage.key} {firm}"): firm for firm in FIRMS}
    return ids[letter.application.public_id]


def confirm(stage: Stage) -> None:
    """Hanne confirms, Astrid has read every letter."""
    maker = stage.maker

    def act(session: Session) -> None:
        decision = decision_of(session, stage)
        decisions.confirm(
            session, decision, revision=decision.revision, real_now=maker.now,
            **stage.by(session, "hanne"),
        )  # fmt: skip
        for letter in queries.whole_letters_of(session, decision):
            decisions.check(
                session, letter, revision=letter.revision, **stage.by(session, "astrid")
            )

    maker.do(act)


def correct(stage: Stage, firm: str, readers: str) -> None:
    """Let Astrid add a line of her own to a letter in the outbox."""
    words = stage.word(f"correction of the letter to {firm}", f"{STAFF} {readers}")

    def act(session: Session) -> None:
        letter = letter_to(session, stage, firm)
        decisions.correct(
            session, letter, subject=letter.subject, body=f"{letter.body}\n{words}\n",
            revision=letter.revision, **stage.by(session, "astrid"),
        )  # fmt: skip

    stage.maker.do(act)


def letter_to(session: Session, stage: Stage, firm: str) -> Letter:
    of_it = Letter.application_id == stage.of(session, firm).id
    found = select(Letter).join(Letter.determination).where(of_it)
    return session.scalars(found.order_by(Determination.id)).one()


def release(stage: Stage) -> None:
    def act(session: Session) -> None:
        decisions.release(
            session, decision_of(session, stage),
            real_now=stage.maker.now, **stage.by(session, "eva"),
        )  # fmt: skip

    stage.maker.do(act)


def answer(stage: Stage, firm: str, reply: Reply, reason: str = "") -> None:
    def act(session: Session) -> None:
        decisions.answer(
            session, stage.of(session, firm), reply, reason=reason,
            **stage.by(session, FIRMS[firm][1]),
        )  # fmt: skip

    stage.maker.do(act)


def ask_back(stage: Stage, firm: str) -> None:
    """Let a firm ask its one question about its letter."""
    words = stage.word(f"question about the letter to {firm}", f"{STAFF} {FIRMS[firm][2]}")

    def act(session: Session) -> None:
        decisions.ask(
            session, letter_to(session, stage, firm), words,
            real_now=stage.maker.now, **stage.by(session, FIRMS[firm][1]),
        )  # fmt: skip

    stage.maker.do(act)


def decided(maker: Maker, key: str, choices: Mapping[str, Choice], *, pilots: int = 2) -> Stage:
    """Make a challenge whose letters are out."""
    stage = reviewed(maker, key, *choices, pilots=pilots)
    draft(stage, choices, is_released=True)
    for firm in choices:
        write_reasons(stage, firm, FIRMS[firm][2])
    propose(stage)
    confirm(stage)
    release(stage)
    return stage
