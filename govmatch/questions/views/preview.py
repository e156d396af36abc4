"""An answer as readers will see it, while it is written."""

from markupsafe import Markup

from govmatch.kit.i18n import LANGUAGES, Lang, msg
from govmatch.kit.markdown import kept
from govmatch.kit.plain_language import Hint, hints
from govmatch.kit.records import dataclass
from govmatch.organisations.places import language_in_words
from govmatch.questions.wording import MAX_ANSWER, html_of
from govmatch.web.answers import Answer
from govmatch.web.fields import clean_text
from govmatch.web.pages import page
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class Preview:
    title: str
    html: Markup
    lang: Lang
    hints: list[Hint]


@dataclass(frozen=True)
class PreviewPage:
    title: str
    html: Markup
    lang_of_text: Lang
    hints: list[Hint]


def preview_of(visit: WritingVisit) -> Preview | None:
    """Return how the answer in the language of the pressed button reads; None for other buttons."""
    what, _, code = visit.form.one("do").partition(":")
    lang = next((one for one in LANGUAGES if one == code), None)
    if what != "preview" or lang is None:
        return None
    text = clean_text(visit.form.one(f"answer-{lang}"), lines=True)[:MAX_ANSWER]
    title = visit.say(
        msg("How it reads in {language}", language=language_in_words(lang, visit.lang))
    )
    return Preview(title, kept(html_of({lang: text})[lang]), lang, hints(text, lang))


def as_fragment(visit: Visit, preview: Preview) -> Answer:
    values = PreviewPage(preview.title, preview.html, preview.lang, preview.hints)
    return page(visit, "questions/desk/preview.html", values, block="preview")
