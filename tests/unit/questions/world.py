"""A challenge that takes questions, people who ask and people who answer."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.background import Background
from govmatch.kit.db import Session, commit
from govmatch.kit.journal import JournalRow
from govmatch.kit.signing import Signer
from govmatch.questions import actions
from govmatch.questions.actions.answering import Reply
from govmatch.questions.models import PublicAnswer, Question
from govmatch.questions.queries import draft_of
from govmatch.settings import Settings
from tests.unit.challenges.world import NOW, make_world, new_person, published
from tests.unit.challenges.world import World as Desk

DAY = timedelta(days=1)
TEXT = "May the label be read with a drone?"
UNTIL = NOW + timedelta(days=10)
CLOSES = NOW + timedelta(days=30)


@dataclass
class World:
    """Astrid and Hanne are of the authority, Eva runs the programme; Bo, Carla and Gro ask."""

    session: Session
    desk: Desk
    challenge: Challenge
    people: dict[str, Actor] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        return self.people[name]

    def ask(
        self, text: str = TEXT, *, by: str = "bo", at: datetime = NOW, lang: Any = "en"
    ) -> Question:
        return actions.ask(
            self.session, self.challenge, text,
            lang=lang, actor=self.actor(by), now=at, real_now=at,
        )  # fmt: skip

    def reply(self, *questions: Question, text: str = "Yes.", **more: Any) -> Reply:
        draft = draft_of(questions)
        words = {one.public_id: {one.lang: one.original} for one in questions}
        return Reply({"en": text}, words, more.get("revision", draft.revision if draft else 0))

    def publish(
        self, *questions: Question, text: str = "Yes.", by: str = "astrid", at: datetime = NOW
    ) -> PublicAnswer:
        return actions.publish(
            self.session, self.challenge, questions, self.reply(*questions, text=text),
            actor=self.actor(by), now=at,
        )  # fmt: skip

    def save(self, *questions: Question, text: str = "Yes.", **more: Any) -> PublicAnswer:
        return actions.save_draft(
            self.session, self.challenge, questions, self.reply(*questions, text=text, **more),
            actor=self.actor("astrid"), now=NOW,
        )  # fmt: skip

    def decline(self, question: Question, *, shows: bool = False, at: datetime = NOW) -> None:
        actions.decline(
            self.session, question, reasons={"en": "It names others."}, shows_reason=shows,
            wordings={"en": "May it?"}, actor=self.actor("astrid"), now=at,
        )  # fmt: skip

    def open(self) -> int:
        self.session.refresh(self.challenge)
        return self.challenge.open_questions

    def rows(self, *kinds: str) -> list[JournalRow]:
        """Return what the journal holds about questions, oldest first."""
        commit(self.session)
        wanted = kinds or ("question", "challenge_questions")
        found = select(JournalRow).where(JournalRow.subject_kind.in_(wanted))
        return list(self.session.scalars(found.order_by(JournalRow.id)))


def fill(session: Session) -> World:
    desk = make_world(session)
    challenge = published(session, desk, opens=NOW + DAY, questions_until=UNTIL, closes=CLOSES)
    world = World(session, desk, challenge, dict(desk.everybody))
    for name in ("carla", "gro"):
        world.people[name] = new_person(session, name, Role.MEMBER, "firm", 7)
    return world


def background(at: datetime = NOW) -> Background:
    return Background(Settings(), Signer("x" * 40), at, at)
