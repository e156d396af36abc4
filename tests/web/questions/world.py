"""A challenge that takes questions, and the ways in which people ask and answer on its pages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from govmatch.kit.db import Session
from govmatch.kit.journal import Head
from govmatch.questions.models import PublicAnswer, Question
from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import fields_of, typed

TEXT = "May the label be read with a drone from above?"


@dataclass
class Asking:
    desk: Desk
    slug: str

    def move_clock(self, **ahead: int) -> None:
        """Set the site's clock so far ahead of the machine's."""

        def act(session: Session) -> None:
            session.get_one(Head, 1).clock_offset = int(timedelta(**ahead).total_seconds())

        self.desk.change(act)

    @property
    def path(self) -> str:
        return f"/challenges/{self.slug}/questions"

    @property
    def on_desk(self) -> str:
        return f"/desk/challenges/{self.slug}/questions"

    def shows(self, path: str, who: str = "", *, lang: str = "en") -> str:
        """Return what a page says to somebody, or to a visitor."""
        browser = self.desk.as_(who, lang=lang) if who else self.desk.site.visit(lang=lang)
        answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return text_of(answer.text)

    def send(self, who: str, page: str, action: str = "", /, **words: Any) -> Any:
        """Open a page, type into its form, and send it."""
        browser = self.desk.as_(who)
        shown = browser.get(page)
        assert shown.status_code == 200, (page, shown.status_code)
        return browser.post(
            action or page.partition("?")[0],
            typed(fields_of(shown.text, action or page.partition("?")[0]), **words),
        )

    def ask(self, text: str = TEXT, who: str = "bo", **words: Any) -> Any:
        return self.send(who, f"{self.path}/ask", text=text, **words)

    def asked(self, text: str = TEXT, who: str = "bo", **words: Any) -> str:
        """Ask, all the same where something alike is answered already; return its id."""
        answer = self.ask(text, who, **words)
        if answer.status_code == 200:
            seen = answer.text.partition('name="seen" value="')[2].partition('"')[0]
            answer = self.ask(text, who, seen=[seen], **words)
        assert answer.status_code == 303, text_of(answer.text)
        return self.id_of(text)

    def id_of(self, text: str) -> str:
        with self.desk.site.database.reading() as session:
            found = select(Question.public_id).where(Question.original == text)
            return str(session.scalars(found).one())

    def kept(self, public_id: str) -> Question:
        with self.desk.site.database.reading() as session:
            found = session.scalars(select(Question).where(Question.public_id == public_id)).one()
            session.expunge(found)
        return found

    def answer(self, *ids: str, who: str = "astrid", step: str = "publish", **words: Any) -> Any:
        """Answer some questions together, in English where nothing else is said."""
        query = "&".join(f"q={one}" for one in ids)
        if not any(name.startswith("answer__") for name in words):
            words["answer__en"] = "Yes, **from above** too."
        return self.send(
            who, f"{self.on_desk}/answer?{query}", f"{self.on_desk}/answer", step=step, **words
        )

    def published(self, *ids: str, **words: Any) -> str:
        """Publish an answer to some questions, and return its id."""
        sent = self.answer(*ids, **words)
        assert sent.status_code == 303, text_of(sent.text)
        with self.desk.site.database.reading() as session:
            found = select(PublicAnswer.public_id).join(
                Question, Question.answer_id == PublicAnswer.id
            )
            return str(session.scalars(found.where(Question.public_id == ids[0])).one())
