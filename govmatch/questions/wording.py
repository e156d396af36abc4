"""The words of questions and answers: how long they may be, and which of them a reader is shown."""

import re
from collections.abc import Mapping

from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import LANGUAGES, Lang, as_lang, msg
from govmatch.kit.markdown import render
from govmatch.kit.records import dataclass
from govmatch.questions.models import Question

MAX_QUESTION = 2_000
MAX_ANSWER = 20_000
MAX_REASON = 2_000
MAX_TITLE = 160


@dataclass(frozen=True, slots=True)
class Said:
    """A text for one reader, and the language that it is in."""

    text: str
    lang: Lang


def in_language(texts: Mapping[str, str], lang: Lang, otherwise: str = "en") -> Said:
    """Return a text in `lang`, else in the language in which it was said first, else in any."""
    for code in (lang, otherwise, *LANGUAGES):
        if texts.get(code):
            return Said(texts[code], as_lang(code))
    return Said("", lang)


def wordings_of(question: Question) -> dict[str, str]:
    """Return the words for everybody; until somebody edits them, the ones that were sent."""
    return dict(question.wordings) or {question.lang: question.original}


def words_for(question: Question, lang: Lang) -> Said:
    """Return the words of a question that everybody reads, for this reader."""
    return in_language(wordings_of(question), lang, question.lang)


def title_of(text: str) -> str:
    """Return a question on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= MAX_TITLE:
        return line
    return line[:MAX_TITLE].rsplit(" ", 1)[0] + " …"


def cleaned(texts: Mapping[str, str], *, field: str, most: int) -> dict[str, str]:
    """Return the texts by language without empty ones.

    Raises `Invalid` for `field` where one of them has more than `most` characters.
    """
    found: dict[str, str] = {
        lang: texts[lang].strip() for lang in LANGUAGES if texts.get(lang, "").strip()
    }
    if any(len(text) > most for text in found.values()):
        raise Invalid({field: msg("Please use at most {limit} characters.", limit=most)})
    return found


def required(texts: Mapping[str, str], *, field: str, most: int) -> dict[str, str]:
    """Return the same; raises `Invalid` too where nothing was said in any language."""
    found = cleaned(texts, field=field, most=most)
    if not found:
        raise Invalid({field: msg("Please say it in at least one language.")})
    return found


# What `render` makes of headings: they stand below the heading of the question, and without ids,
# since a page shows many answers.
_HEADING = re.compile(r'<(/?)h([2-4])(?: id="[^"]*")?>')


def html_of(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the HTML of an answer by language, safe on a page below a question's heading."""
    return {lang: _HEADING.sub(_lower, str(render(text))) for lang, text in texts.items()}


def _lower(found: re.Match[str]) -> str:
    return f"<{found[1]}h{int(found[2]) + 1}>"
