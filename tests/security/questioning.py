"""Questions in the world of these tests: who reads, asks and answers, and what stays unread."""

from datetime import timedelta
from functools import partial

from govmatch.challenges.queries import find_by_slug
from govmatch.kit.db import Session
from govmatch.questions import actions
from govmatch.questions.actions.answering import Reply
from govmatch.questions.models import Question
from tests.security.acts import Act, act
from tests.security.gates import ANYONE, DESK, SETTLED, Row, look
from tests.security.making import Maker

OURS = "astrid hanne eva"
"""Who answers the questions of a challenge of Astrid's authority."""
READERS = f"{OURS} jens"
SHOWN = "Which doors have a bell?"


def ask_questions(maker: Maker) -> None:
    """Let Dieter ask what is answered in public."""
    question = maker.do(lambda session: _ask(session, maker, "shown", "dieter", SHOWN))

    def answer(session: Session) -> str:
        one = session.get_one(Question, question)
        reply = Reply({"en": "All of them."}, {one.public_id: {"en": SHOWN}})
        made = actions.publish(
            session, one.challenge, [one], reply,
            actor=maker.actor(session, "astrid"), now=maker.now - timedelta(days=2),
        )  # fmt: skip
        return made.public_id

    maker.world.ids["answer shown"] = maker.do(answer)


def hide_questions(maker: Maker) -> None:
    """Let Orla and Bo ask what waits, has a draft, or was declined for its asker alone."""
    plant = maker.world.canaries.plant
    words = {
        "open": plant("words of an open question", f"{OURS} orla"),
        "draft": plant("words of a question with a draft", f"{OURS} orla"),
        "declined": plant("words of a declined question", f"{OURS} bo"),
    }
    for key, who in (("open", "orla"), ("draft", "orla"), ("declined", "bo")):
        maker.do(partial(_ask, maker=maker, key=key, who=who, text=words[key]))
    drafted = plant("draft of an answer", OURS)
    reason = plant("why a question was declined", f"{OURS} bo")

    def write(session: Session) -> None:
        astrid = maker.actor(session, "astrid")
        one = session.get_one(Question, maker.world.numbers["question draft"])
        reply = Reply({"en": drafted}, {one.public_id: {"en": one.original}})
        actions.save_draft(session, one.challenge, [one], reply, actor=astrid, now=maker.now)
        other = session.get_one(Question, maker.world.numbers["question declined"])
        actions.decline(
            session, other, reasons={"en": reason}, shows_reason=False, wordings={},
            actor=astrid, now=maker.now,
        )  # fmt: skip

    maker.do(write)


def _ask(session: Session, maker: Maker, key: str, who: str, text: str) -> int:
    challenge = find_by_slug(session, maker.world.ids["challenge written"])
    assert challenge is not None
    at = maker.now - timedelta(days=3)
    question = actions.ask(
        session, challenge, text,
        lang="en", actor=maker.actor(session, who), now=at, real_now=at,
    )  # fmt: skip
    maker.world.ids[f"question {key}"] = question.public_id
    maker.world.numbers[f"question {key}"] = question.id
    return question.id


def _looks() -> list[Row]:
    written, draft = "challenge written", "challenge draft"
    rows = []
    for end, gate in (
        ("", ANYONE), ("/latest", ANYONE), (".atom", ANYONE), (".json", ANYONE), (".md", ANYONE),
        ("/ask", SETTLED), ("/own", SETTLED),
    ):  # fmt: skip
        path = "/challenges/{slug}/questions" + end
        rows += [look(path, gate, slug=written), look(path, gate, READERS, slug=draft)]
    desk = "/desk/challenges/{slug}/questions"
    rows += [
        look(desk, DESK, OURS, slug=written),
        look(f"{desk}/answer", DESK, "", slug=written),
        look(f"{desk}/{{id}}/decline", DESK, OURS, slug=written, id="question open"),
        look(f"{desk}/{{id}}/decline", DESK, "", slug=written, id="question shown"),
        look(f"{desk}/answers/{{id}}/correct", DESK, OURS, slug=written, id="answer shown"),
        look(f"{desk}/answers/{{id}}/correct", DESK, "", slug="challenge other",
             id="answer shown"),
    ]  # fmt: skip
    return rows


def _acts() -> list[Act]:
    written = "challenge written"
    public, desk = "/challenges/{slug}/questions", "/desk/challenges/{slug}/questions"
    others = " ".join(sorted(SETTLED.passes - set(OURS.split())))
    return [
        act(f"{public}/ask", SETTLED, others, "QuestionAsked", slug=written, by="newcomer",
            page=f"{public}/ask", refused=OURS, fields={"text": "Quite another thing?"}),
        act(f"{public}/{{id}}/withdraw", SETTLED, "orla", "QuestionWithdrawn", slug=written,
            id="question open"),
        act(f"{public}/{{id}}/withdraw", SETTLED, "", slug=written, id="question shown",
            by="dieter", refused="dieter"),
        act(f"{desk}/answer", DESK, OURS, "QuestionPublished", slug=written,
            fields={"q[]": "@question open", "step": "publish", "answer-en": "Both.",
                    "revision": "0", "wording-{question open}-en": "May we?", "anyway": "yes"}),
        act(f"{desk}/{{id}}/decline", DESK, OURS, "QuestionDeclined", slug=written,
            id="question open", page=f"{desk}/{{id}}/decline", fields={"reason-en": "No."}),
        act(f"{desk}/answers/{{id}}/correct", DESK, OURS, "AnswerCorrected", slug=written,
            id="answer shown", page=f"{desk}/answers/{{id}}/correct",
            fields={"answer-en": "Most of them."}),
    ]  # fmt: skip


QUESTION_LOOKS = _looks()
QUESTION_ACTS = _acts()
