"""/challenges/{slug}/questions/ask: a question is typed, compared with those answered, and sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.answering import answers_by
from govmatch.kit.actor import No
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.questions import actions, queries
from govmatch.questions.checking import told_of_oneself
from govmatch.questions.forms import LABELS, Asked, read_asked
from govmatch.questions.models import Question
from govmatch.questions.naming import Finding
from govmatch.questions.rules import contact_of, may_ask
from govmatch.questions.showing import FOUND, path_of
from govmatch.questions.similar import similar_questions
from govmatch.questions.views.frame import (
    ShownQuestion,
    challenge_of,
    shown_question,
    title_and_lang,
)
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class AskPage:
    form: Form
    labels: dict[str, Message]
    title: str
    title_lang: str | None
    challenge_url: str
    path: str
    action: str
    zone: str
    until: datetime | None
    due: datetime | None
    contact: str
    refusal: Message | None
    languages: list[tuple[Lang, str]]
    similar: list[ShownQuestion]
    seen: str
    found: list[tuple[Message, str]]
    """What tells who the asker is: (what, as it stands in the text)."""


def write(visit: Visit) -> Answer:
    challenge = challenge_of(visit)
    return _page(visit, challenge, filled({"lang": visit.lang}), refusal=_refusal(visit, challenge))


def send(visit: WritingVisit) -> Answer:
    """Send it; what is answered already, and what tells who asks, is shown first."""
    challenge = challenge_of(visit)
    asked, form = read_asked(visit.form)
    if visit.switching:
        return _page(visit, challenge, replace(form, errors={}))
    if refusal := _refusal(visit, challenge):
        return _page(visit, challenge, replace(form, errors={}), refusal=refusal, status=403)
    if form.errors:
        return _page(visit, challenge, form, status=422)
    near = _near(visit, challenge, asked)
    found = [] if asked.anyway else told_of_oneself(visit.db, asked.text, actor=visit.actor)
    if found or any(one.public_id not in asked.seen for one in near):
        return _page(visit, challenge, form, near=near, found=found)
    actions.ask(
        visit.session,
        challenge,
        asked.text,
        lang=asked.lang,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    visit.flash("success", msg("Your question was sent. You are told when it is answered."))
    return redirect(f"{path_of(challenge.slug)}/own")


def _refusal(visit: Visit, challenge: Challenge) -> Message | None:
    asked = queries.asked_by(visit.db, visit.actor, challenge)
    ruling = may_ask(visit.actor, challenge, visit.now, asked=asked, lang=visit.lang)
    return ruling.reason if isinstance(ruling, No) else None


def _near(visit: Visit, challenge: Challenge, asked: Asked) -> list[Question]:
    return similar_questions(
        visit.db, challenge, asked.text, lang=asked.lang, content=visit.settings.content_dir
    )


def _page(
    visit: Visit,
    challenge: Challenge,
    form: Form,
    *,
    near: Sequence[Question] = (),
    found: Sequence[Finding] = (),
    refusal: Message | None = None,
    status: int = 200,
) -> Answer:
    title, title_lang = title_and_lang(visit, challenge)
    path = path_of(challenge.slug)
    values = AskPage(
        form=form,
        labels=dict(LABELS),
        title=title,
        title_lang=title_lang,
        challenge_url=visit.url(f"/challenges/{challenge.slug}"),
        path=path,
        action=visit.url(f"{path}/ask"),
        zone=challenge.zone,
        until=challenge.questions_until,
        due=answers_by(challenge),
        contact=contact_of(challenge),
        refusal=refusal,
        languages=[(lang, OWN_NAMES[lang]) for lang in LANGUAGES],
        similar=[shown_question(visit, challenge, one) for one in near],
        seen=",".join(one.public_id for one in near),
        found=[(FOUND[one.what], one.text) for one in found],
    )
    return page(visit, "questions/ask.html", values, status=status, main_form=refusal is None)


routes = [
    get("/challenges/{slug}/questions/ask", write, settled),
    post("/challenges/{slug}/questions/ask", send, settled, once=True),
]
