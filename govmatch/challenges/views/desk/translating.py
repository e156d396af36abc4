"""The translations: text by text, the main language on the left, and what it has left behind."""

from dataclasses import replace
from typing import Any

from govmatch.challenges import actions, queries
from govmatch.challenges.actions import Clashing
from govmatch.challenges.forms import read_translation, shown_section
from govmatch.challenges.labels import FIELDS
from govmatch.challenges.marking import Marked, mark_lines
from govmatch.challenges.models import Challenge
from govmatch.challenges.parts import Part
from govmatch.challenges.pieces import Clash, pieces_of
from govmatch.challenges.progress import gaps_in
from govmatch.challenges.rounds import ShownRemark
from govmatch.challenges.rules.fault_of_words import MAX_SUMMARY, MAX_TITLE
from govmatch.challenges.sections import PART_LABELS, Section
from govmatch.challenges.statement import statement_of
from govmatch.challenges.views.desk.access import path_of
from govmatch.challenges.views.desk.clashes import Beside, side_by_side
from govmatch.challenges.views.desk.saving import base_of, refilled, tell
from govmatch.challenges.views.desk.section_page import (
    Language,
    Preview,
    framed,
    languages_of,
    preview_of,
)
from govmatch.kit.i18n import LANGUAGES, Lang, Message
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.visit import Visit, WritingVisit

LIMITS = {"title": MAX_TITLE, "summary": MAX_SUMMARY}


@dataclass(frozen=True)
class Row:
    """One text: what it says in the main language, and the field for the other one."""

    field: str
    piece: str
    label: Message
    source: str
    limit: int | None
    """For title and summary, which are one line; parts of the description have none."""
    is_missing: bool
    changed: list[Marked]
    """How the original was changed since it was translated."""


@dataclass(frozen=True)
class Target:
    """A language to translate into, with how much there is to do."""

    language: Language
    url: str
    is_current: bool
    todo: int


@dataclass(frozen=True, kw_only=True)
class TranslationsPage:
    challenge: Challenge
    title: str
    path: str
    action: str
    section: str
    label: Message
    number: int
    count: int
    following: Section | None
    following_label: Message | None
    form: Form
    labels: dict[str, Message | str]
    revision: int
    remarks: list[ShownRemark]
    answers: Form
    source: Language
    target: Language
    targets: list[Target]
    rows: list[Row]
    questions_lack: int
    questions_url: str
    clashes: list[Beside]
    preview: Preview | None


def ask(visit: Visit, challenge: Challenge) -> Answer:
    form = shown_section(statement_of(challenge))
    return _page(visit, challenge, form, _target(challenge, visit.query.one("to")))


def _target(challenge: Challenge, wanted: str) -> Lang:
    """Return the language to translate into: the one asked for, else the first other one."""
    others = [lang for lang in LANGUAGES if lang != challenge.main_lang]
    return next((lang for lang in others if lang == wanted), others[0])


def save(visit: WritingVisit, challenge: Challenge) -> Answer:
    """Keep the texts of one language, and which of them were found still right."""
    lang = _target(challenge, visit.form.one("to"))
    base = base_of(visit, challenge)
    pieces, form = read_translation(lang, visit.form, base or statement_of(challenge))
    what, _, which = visit.form.one("do").partition(":")
    if visit.switching or what == "preview":
        shown = replace(form, errors={})
        return _page(visit, challenge, shown, lang, preview=which if what else "")
    if form.errors:
        return _page(visit, challenge, form, lang, status=422)
    left = queries.outdated(visit.db, challenge)
    try:
        came = actions.save_section(
            visit.session,
            challenge,
            pieces,
            base=None if base is None else pieces_of(base),
            actor=visit.actor,
            now=visit.now,
            confirmed=[name for name in visit.form.all("right") if name in left],
        )
    except Clashing as clash:
        again = refilled(challenge, form, clash.merged)
        return _page(visit, challenge, again, lang, status=409, clashes=clash.merged.clashes)
    tell(visit, came)
    return redirect(_next(visit, challenge, lang))


def _next(visit: WritingVisit, challenge: Challenge, lang: Lang) -> str:
    """Return where the pressed button leads: the other language, or the list."""
    here = f"{path_of(challenge)}/edit"
    others = [one for one in LANGUAGES if one not in {lang, challenge.main_lang}]
    return f"{here}/translations?to={others[0]}" if visit.form.one("do") == "next" else here


def _page(
    visit: Visit,
    challenge: Challenge,
    form: Form,
    lang: Lang,
    *,
    status: int = 200,
    preview: str = "",
    clashes: tuple[Clash, ...] = (),
) -> Answer:
    left = queries.outdated(visit.db, challenge)
    pieces = pieces_of(statement_of(challenge))
    languages = languages_of(challenge.main_lang, visit.lang)
    by_code = {one.code: one for one in languages}
    frame: dict[str, Any] = framed(visit, challenge, Section.TRANSLATIONS, form)
    values = TranslationsPage(
        **frame,
        source=languages[0],
        target=by_code[lang],
        targets=[
            Target(
                one,
                visit.url(frame["action"], to=one.code),
                one.code == lang,
                _todo(pieces, left, challenge.main_lang, one.code),
            )
            for one in languages[1:]
        ],
        rows=_rows(pieces, left, challenge.main_lang, lang),
        questions_lack=_questions(challenge, lang),
        questions_url=visit.url(f"{path_of(challenge)}/edit/{Section.FORM.value}"),
        clashes=side_by_side(visit, challenge, clashes) if clashes else [],
        preview=preview_of(form, preview, visit.lang),
    )
    template = "challenges/desk/section_translations.html"
    return page(
        visit, template, values, block="preview" if preview else None, status=status, main_form=True
    )


def _todo(pieces: dict[str, Any], left: dict[str, Any], main: str, lang: str) -> int:
    """Return how many texts are missing or left behind, where the language is begun."""
    return len({*gaps_in(pieces, main, lang), *(name for name in left if name[-2:] == lang)})


def _rows(pieces: dict[str, Any], left: dict[str, Any], main: str, lang: str) -> list[Row]:
    """Return the texts that there are in either language."""
    labels: dict[str, Message] = {
        "title": FIELDS["title"],
        "summary": FIELDS["summary"],
        **{part.value: label for part, label in PART_LABELS.items()},
    }
    rows = []
    for key in ("title", "summary", *(part.value for part in Part)):
        source, target = pieces[f"{key}.{main}"], pieces[f"{key}.{lang}"]
        name = f"{key}.{lang}"
        if not source and not target:
            continue
        changed = mark_lines(left[name].split("\n"), source.split("\n")) if name in left else []
        rows.append(
            Row(
                f"{key}-{lang}",
                name,
                labels[key],
                source,
                LIMITS.get(key),
                bool(source and not target),
                changed,
            )
        )
    return rows


def _questions(challenge: Challenge, lang: str) -> int:
    """Return how many of its own questions have no words in a language."""
    return sum(1 for one in challenge.questions if not one.get("label", {}).get(lang))
