"""Which public questions of a challenge say nearly the same: shown before another one is sent.

Compared by what the words mean across German, Danish and English, as needs are, so that a question
in one language is found from another.
"""

from collections.abc import Mapping
from pathlib import Path

from govmatch.challenges.models import Challenge
from govmatch.glossary.bridging import kept_bridge
from govmatch.kit.aside import Away, ask
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang
from govmatch.kit.markdown import words_of
from govmatch.matching.profile import Profile, Text
from govmatch.questions.models import Question
from govmatch.questions.queries import words_about
from govmatch.questions.wording import wordings_of

NEAR = 0.22
"""How alike of 1 a question must be to be shown; chosen on the questions of the demonstration."""
MOST = 3
_MORE = 200
"""Questions that say something else, as if there were so many more."""
_ANSWER_WEIGHT = 0.3
_MOST_OF_ANSWER = 2_000


def similar_questions(
    session: ReadSession, challenge: Challenge, text: str, *, lang: Lang, content: Path
) -> list[Question]:
    """Return at most three public questions of the challenge that are alike, the nearest first."""
    known = words_about(session, challenge)
    if not known:
        return []
    asked = _profile({lang: text}, {})
    others = [_profile(wordings_of(question), answer.html) for question, answer in known]
    try:
        worth: list[float] = ask(
            "matching.nearness:nearest", kept_bridge(session, content), asked, others, _MORE
        )
    except Away:  # it would only have been shown
        return []
    alike = [(much, question) for much, (question, _) in zip(worth, known, strict=True)]
    near = sorted((one for one in alike if one[0] >= NEAR), key=lambda one: -one[0])
    return [question for _, question in near[:MOST]]


def _profile(wordings: Mapping[str, str], answers: Mapping[str, str]) -> Profile:
    said = [Text(text, lang, "question", 1 / len(wordings)) for lang, text in wordings.items()]
    said += [
        Text(words_of(html)[:_MOST_OF_ANSWER], lang, "answer", _ANSWER_WEIGHT / len(answers))
        for lang, html in answers.items()
    ]
    return Profile("question", "", texts=tuple(said))
