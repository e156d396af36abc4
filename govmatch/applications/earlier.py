"""What a firm said before that answers a question: in an application, or in its profile.

Pure: versions and profile come from queries.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from govmatch.applications.models import Version
from govmatch.applications.showing import title_in
from govmatch.kit.i18n import Lang
from govmatch.kit.records import dataclass
from govmatch.questionnaires import Kind, Question, Section, load_kept

MOST_FOR_ONE = 3
OFFERED = frozenset({Kind.TEXT, Kind.LONG_TEXT})


@dataclass(frozen=True)
class Earlier:
    """An answer of before: from which challenge and when, in which language it was written."""

    id: str
    """"question:version", as a button sends it; "question:profile" for what the profile says."""
    text: str
    lang: str
    challenge: str
    challenge_lang: str
    at: datetime
    is_profile: bool = False


PROFILE_ID = "profile"


@dataclass(frozen=True)
class Said:
    """What a firm says of itself, by the names of `questionnaires.PROFILE`, and since when."""

    texts: Mapping[str, str]
    lang: str
    at: datetime


def offered(
    section: Section,
    answers: Mapping[str, object],
    versions: Iterable[Version],
    lang: Lang,
    said: Said | None = None,
) -> dict[str, list[Earlier]]:
    """Return by field name what was answered to the same question before, newest first.

    What the profile says comes before it, where the question names that part. A question is the
    same where its kind and its words in one of the languages are. What is answered with these very
    words already is left out, and so is a second answer of the same words.
    """
    found: dict[str, list[Earlier]] = {}
    asked = [question for question in section.questions if question.kind in OFFERED]
    for question in asked if said else ():
        found[question.field] = _from_profile(question, said, answers)
    for version in versions if asked else ():
        there = _by_words(version)
        for question in asked:
            text = next((there[key] for key in _keys(question) if key in there), "")
            offers = found.setdefault(question.field, [])
            known = {one.text for one in offers} | {str(answers.get(question.id, ""))}
            if text and text not in known and len(offers) < MOST_FOR_ONE:
                offers.append(_offer(question, version, text, lang))
    return {name: offers for name, offers in found.items() if offers}


def _from_profile(
    question: Question, said: Said | None, answers: Mapping[str, object]
) -> list[Earlier]:
    """Return what the profile says to a question; nothing where that is the answer already."""
    text = said.texts.get(question.profile or "", "").strip() if said else ""
    if said is None or not text or text == answers.get(question.id):
        return []
    one = f"{question.id}:{PROFILE_ID}"
    return [Earlier(one, text, said.lang, "", said.lang, said.at, is_profile=True)]


def _offer(question: Question, version: Version, text: str, lang: Lang) -> Earlier:
    title = title_in(version.application.challenge, lang)
    return Earlier(
        id=f"{question.id}:{version.public_id}",
        text=text,
        lang=version.lang,
        challenge=title.text,
        challenge_lang=title.lang,
        at=version.at,
    )


def _by_words(version: Version) -> dict[tuple[str, str, str], str]:
    """Return the answers of a version by kind, language and words of their questions."""
    return {
        key: answer
        for question in load_kept(version.form).questions
        if question.kind in OFFERED
        and isinstance(answer := version.answers.get(question.id), str)
        and answer.strip()
        for key in _keys(question)
    }


def _keys(question: Question) -> list[tuple[str, str, str]]:
    return [
        (question.kind.value, lang, " ".join(label.split()).casefold())
        for lang, label in question.label.items()
    ]
