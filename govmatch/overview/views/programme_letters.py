"""/admin/programmes/{slug}/letters: its letters as firms would read them, and writing them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from govmatch.kit.errors import Invalid, NotFound
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Lang, Message, msg
from govmatch.kit.i18n import say as say_in
from govmatch.kit.markdown import render
from govmatch.kit.records import dataclass
from govmatch.overview.forms_of_programmes import read_letter
from govmatch.overview.views.frame import administrator, language_options
from govmatch.overview.views.programme_terms import SAVED, changeable, name_of, path_of
from govmatch.programmes import queries
from govmatch.programmes.actions import set_letter
from govmatch.programmes.letters import (
    LABELS,
    NEEDED,
    LetterName,
    filled_in,
    letter_text,
    placeholders,
)
from govmatch.programmes.models import Programme
from govmatch.programmes.rules import may_change_programme
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/admin/programmes/{slug}/letters"

SAMPLES: Mapping[str, Message] = {
    "firm": msg("Example firm"),
    "challenge": msg("An example of a challenge"),
    "authority": msg("Example authority"),
    "contact": msg("Example office, office@authority.example"),
    "reasons": msg("(the reasons of the decision)"),
    "assessment": msg("(points and reasons for each criterion)"),
    "confirm_by": msg("(the date by which to answer)"),
    "missing": msg("(what is missing)"),
}
"""What stands for the placeholders in a preview, besides numbers."""

_ID = re.compile(r' id="[^"]*"')
NUMBERS = {"reference": "A-example", "place": "1"}


@dataclass(frozen=True)
class LetterLine:
    """A letter in the list, with its text in the reader's language."""

    name: LetterName
    label: Message
    url: str
    subject: str
    html: Markup
    is_own: bool
    """It is written for this programme, and not that which comes with govmatch."""


@dataclass(frozen=True)
class LettersPage:
    programme_name: str
    back: str
    may_change: bool
    folder: str
    letters: list[LetterLine]


@dataclass(frozen=True)
class Preview:
    lang: Lang
    language: str
    subject: str
    html: Markup


@dataclass(frozen=True)
class LetterPage:
    programme_name: str
    label: Message
    back: str
    action: str
    may_change: bool
    folder: str
    form: Form
    languages: list[tuple[Lang, str]]
    marks: list[tuple[str, Message]]
    """What can be filled in, and what it is."""
    needed: list[str]
    previews: list[Preview]


MARKS: Mapping[str, Message] = {
    "firm": msg("the firm's name"),
    "challenge": msg("the title of the challenge"),
    "authority": msg("the authority's name"),
    "contact": msg("the office that answers questions"),
    "reference": msg("the reference number of the application"),
    "reasons": msg("why it was decided so"),
    "assessment": msg("points and reasons for each criterion"),
    "confirm_by": msg("the date by which the firm has to answer"),
    "place": msg("the place on the reserve list"),
    "missing": msg("what is missing, written by whoever asks for it"),
}


def letter_list(visit: Visit) -> Answer:
    """Show every letter of a programme as a firm would read it."""
    programme = queries.by_slug(visit.db, visit.params["slug"])
    values = LettersPage(
        programme_name=name_of(visit, programme),
        back=visit.url(path_of(programme)),
        may_change=bool(may_change_programme(visit.actor, programme)),
        folder=_folder(programme),
        letters=[_line(visit, programme, name) for name in LetterName],
    )
    return page(visit, "overview/programme_letters.html", values)


def _folder(programme: Programme) -> str:
    return f"content/programmes/{programme.slug}/letters"


def _line(visit: Visit, programme: Programme, name: LetterName) -> LetterLine:
    shown = _preview(programme, name, visit.lang)
    return LetterLine(
        name=name,
        label=LABELS[name],
        url=visit.url(f"{path_of(programme)}/letters/{name}"),
        subject=shown.subject,
        html=shown.html,
        is_own=name in programme.letters,
    )


def _preview(programme: Programme, name: LetterName, lang: Lang) -> Preview:
    text = letter_text(programme, name, lang)
    values = {**NUMBERS, **{mark: say_in(words, lang) for mark, words in SAMPLES.items()}}
    return Preview(
        lang=lang,
        language=OWN_NAMES[lang],
        subject=filled_in(text.subject, values),
        html=_without_ids(render(filled_in(text.body, values))),
    )


def _without_ids(html: Markup) -> Markup:
    """Return a rendered text whose headings have no ids: several stand on one page."""
    return Markup(_ID.sub("", html))  # noqa: S704 -- taken out of what was rendered safely


def _name(visit: Visit) -> LetterName:
    try:
        return LetterName(visit.params["letter"])
    except ValueError:
        raise NotFound from None


def ask(visit: Visit) -> Answer:
    programme, name = queries.by_slug(visit.db, visit.params["slug"]), _name(visit)
    shown: dict[str, str | list[str]] = {}
    for lang in LANGUAGES:
        text = letter_text(programme, name, lang)
        shown[f"subject-{lang}"], shown[f"body-{lang}"] = text.subject, text.body
    return _page(visit, programme, name, filled(shown))


def _page(
    visit: Visit, programme: Programme, name: LetterName, form: Form, *, status: int = 200
) -> Answer:
    may_change = bool(may_change_programme(visit.actor, programme))
    values = LetterPage(
        programme_name=name_of(visit, programme),
        label=LABELS[name],
        back=visit.url(f"{path_of(programme)}/letters"),
        action=visit.url(f"{path_of(programme)}/letters/{name}"),
        may_change=may_change,
        folder=_folder(programme),
        form=form,
        languages=language_options(visit),
        marks=[(f"{{{one}}}", MARKS[one]) for one in MARKS if one in placeholders(name)],
        needed=[f"{{{one}}}" for one in sorted(NEEDED[name])],
        previews=[_preview(programme, name, lang) for lang in LANGUAGES],
    )
    return page(
        visit, "overview/programme_letter.html", values, status=status, main_form=may_change
    )


def save(visit: WritingVisit) -> Answer:
    """Keep the programme's own text of a letter."""
    programme, name = changeable(visit), _name(visit)
    texts, form = read_letter(visit.form)
    if visit.switching:
        return _page(visit, programme, name, replace(form, errors={}))
    if form.errors:
        return _page(visit, programme, name, form, status=422)
    try:
        set_letter(visit.session, programme, name, texts, actor=visit.actor, now=visit.now)
    except Invalid as error:
        return _page(visit, programme, name, replace(form, errors=dict(error.errors)), status=422)
    visit.flash("success", SAVED)
    return redirect(f"{path_of(programme)}/letters/{name}")


routes = [
    get(PATH, letter_list, administrator),
    get(f"{PATH}/{{letter}}", ask, administrator),
    post(f"{PATH}/{{letter}}", save, administrator, once=True),
]
