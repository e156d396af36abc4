"""The page of one section: its form with everything that can be chosen in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any

from markupsafe import Markup

from govmatch.accounts.zones import ZONES, zone_choices, zone_label
from govmatch.challenges import queries
from govmatch.challenges.labels import REQUIREMENTS, SIZES
from govmatch.challenges.models import Challenge
from govmatch.challenges.parts import Part
from govmatch.challenges.pieces import Clash
from govmatch.challenges.rounds import ShownRemark, shown_remarks
from govmatch.challenges.sections import LABELS, PART_LABELS, PARTS, Section
from govmatch.challenges.showing import text_of
from govmatch.challenges.views.desk.access import path_of
from govmatch.challenges.views.desk.asking import AskingFields, asking_fields
from govmatch.challenges.views.desk.clashes import Beside, side_by_side
from govmatch.challenges.views.desk.editor_page import (
    COUNTRY_GROUPS,
    CriterionRow,
    Heading,
    Options,
    code_options,
    criterion_rows,
    currency_options,
    round_options,
    sum_of,
    theme_headings,
)
from govmatch.challenges.views.desk.from_programme import (
    Mixture,
    RoundDates,
    mixtures,
    round_dates,
)
from govmatch.challenges.views.desk.guiding import GUIDING
from govmatch.challenges.views.desk.labels import label_of
from govmatch.challenges.views.desk.route_shown import RouteShown, is_route_missing, route_shown
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Lang, Message
from govmatch.kit.markdown import render
from govmatch.kit.plain_language import Hint, hints
from govmatch.kit.records import dataclass
from govmatch.organisations.places import named_languages
from govmatch.questionnaires import AnswersForm
from govmatch.taxonomy import queries as taxonomy
from govmatch.taxonomy.models import TermKind
from govmatch.web.answers import Answer
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Language:
    """One language of the texts; the main one stands first."""

    code: Lang
    name: str
    is_main: bool


@dataclass(frozen=True)
class PartField:
    """One part of the description, with the question that helps to write it."""

    name: str
    label: Message
    question: Message
    missing: list[str]
    """The languages, as readers call them, that have other words and none here."""


@dataclass(frozen=True)
class Preview:
    """A text as readers will see it; `field` is the one that was typed in."""

    field: str
    code: Lang
    name: str
    html: Markup
    hints: list[Hint]


@dataclass(frozen=True, kw_only=True)
class SectionPage:
    """What every section shows, then what only some of them need."""

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
    labels: Mapping[str, Message | str]
    revision: int
    remarks: list[ShownRemark]
    answers: Form
    languages: list[Language]
    clashes: list[Beside]
    preview: Preview | None
    parts: list[PartField] = field(default_factory=list)
    main_options: Options = field(default_factory=list)
    themes: list[Heading] = field(default_factory=list)
    technologies: Options = field(default_factory=list)
    codes: Options = field(default_factory=list)
    rounds: Options = field(default_factory=list)
    zones: Options = field(default_factory=list)
    zone: str = ""
    currencies: Options = field(default_factory=list)
    route: RouteShown | None = None
    needs_route: bool = False
    countries: list[tuple[str, Message]] = field(default_factory=list)
    sizes: list[tuple[str, Message]] = field(default_factory=list)
    apply_in: Options = field(default_factory=list)
    requires: list[tuple[str, Message]] = field(default_factory=list)
    criteria: list[CriterionRow] = field(default_factory=list)
    sum: int = 0
    dates: list[RoundDates] = field(default_factory=list)
    mixtures: list[Mixture] = field(default_factory=list)
    asking: AskingFields | None = None
    look: AnswersForm | None = None
    """The questions that were typed, as firms will see them."""


@dataclass(frozen=True)
class _Asked:
    visit: Visit
    challenge: Challenge
    section: Section
    form: Form


def section_page(
    visit: Visit,
    challenge: Challenge,
    section: Section,
    form: Form,
    *,
    status: int = 200,
    block: str | None = None,
    preview: str = "",
    clashes: Sequence[Clash] = (),
    look: AnswersForm | None = None,
) -> Answer:
    """Return a section with this form; `preview` names the field that is shown as it is read.

    `look` is what it asks, as firms will see it.
    """
    asked = _Asked(visit, challenge, section, form)
    values = SectionPage(
        **framed(visit, challenge, section, form),
        languages=languages_of(form.value("main_lang") or challenge.main_lang, visit.lang),
        clashes=side_by_side(visit, challenge, clashes) if clashes else [],
        preview=preview_of(form, preview, visit.lang),
        look=look,
        **_MORE.get(section, _words)(asked),
    )
    template = f"challenges/desk/section_{_TEMPLATES.get(section, section.value)}.html"
    return page(visit, template, values, block=block, status=status, main_form=True)


_TEMPLATES: Mapping[Section, str] = dict.fromkeys(PARTS, "words")


def framed(visit: Visit, challenge: Challenge, section: Section, form: Form) -> dict[str, Any]:
    """Return what stands around every section."""
    order = list(Section)
    place = order.index(section)
    following = order[place + 1] if place + 1 < len(order) else None
    terms = queries.terms_of(challenge)
    given = queries.remarks_of(visit.db, challenge)
    remarks = shown_remarks(visit.db, [one for one in given if one.section == section.value])
    return {
        "challenge": challenge,
        "title": text_of(challenge, visit.lang).title or challenge.slug,
        "path": path_of(challenge),
        "action": visit.url(f"{path_of(challenge)}/edit/{section.value}"),
        "section": section.value,
        "label": LABELS[section],
        "number": place + 1,
        "count": len(order),
        "following": following,
        "following_label": LABELS[following] if following else None,
        "form": form,
        "labels": {name: label_of(name, terms, visit.lang) for name in form.errors},
        "revision": challenge.revision,
        "remarks": remarks,
        "answers": filled(
            {f"note-{one.id}": one.note for one in remarks}
            | {f"done-{one.id}": "yes" for one in remarks if one.is_done}
        ),
    }


def languages_of(main: str, reader: Lang) -> list[Language]:
    found = [Language(code, name, code == main) for code, name in named_languages(reader)]
    return sorted(found, key=lambda one: not one.is_main)


def preview_of(form: Form, name: str, reader: Lang) -> Preview | None:
    """Return a field's text as HTML; None where no text of ours is named."""
    part, _, code = name.partition("-")
    for lang, called in named_languages(reader):
        if lang == code and part in set(Part):
            text = form.value(name)
            return Preview(name, lang, called, render(text), hints(text, lang))
    return None


def _words(asked: _Asked) -> dict[str, Any]:
    """Return the parts to write; an introduction only where somebody has written one."""
    begun = {text.lang for text in asked.challenge.texts} | {asked.challenge.main_lang}
    found = []
    for part in PARTS[asked.section]:
        texts = {code: asked.form.value(f"{part.value}-{code}").strip() for code in LANGUAGES}
        if part is Part.INTRODUCTION and not any(texts.values()):
            continue
        names = named_languages(asked.visit.lang)
        missing = [name for code, name in names if code in begun and not texts[code]]
        found.append(PartField(part.value, PART_LABELS[part], GUIDING[part], missing))
    return {"parts": found}


def _topic(asked: _Asked) -> dict[str, Any]:
    visit = asked.visit
    return {
        "main_options": [(code, OWN_NAMES[code]) for code in LANGUAGES],
        "themes": theme_headings(visit),
        "technologies": list(taxonomy.labels(visit.db, TermKind.TECHNOLOGY, visit.lang).items()),
        "codes": code_options(visit, asked.form),
        "rounds": round_options(visit, asked.challenge),
    }


def _eligibility(_asked: _Asked) -> dict[str, Any]:
    return {
        "countries": COUNTRY_GROUPS,
        "sizes": list(SIZES.items()),
        "apply_in": [(code, OWN_NAMES[code]) for code in LANGUAGES],
        "requires": list(REQUIREMENTS.items()),
    }


def _form(asked: _Asked) -> dict[str, Any]:
    used = {str(one["id"]) for one in asked.challenge.criteria}
    rows = criterion_rows(asked.challenge, asked.visit.lang)
    return {
        "asking": asking_fields(asked.challenge, asked.form, asked.visit.lang),
        "criteria": [row for row in rows if row.id in used],
    }


def _criteria(asked: _Asked) -> dict[str, Any]:
    rows = criterion_rows(asked.challenge, asked.visit.lang)
    found = mixtures(asked.visit, asked.challenge)
    return {"criteria": rows, "sum": sum_of(asked.form), "mixtures": found}


def _budget(asked: _Asked) -> dict[str, Any]:
    visit, challenge = asked.visit, asked.challenge
    return {
        "currencies": currency_options(challenge),
        "route": route_shown(visit, challenge),
        "needs_route": is_route_missing(visit, challenge),
    }


def _timeline(asked: _Asked) -> dict[str, Any]:
    zone = asked.form.value("zone")
    if zone not in ZONES:  # what was sent instead is refused, and is no zone to show times in
        zone = asked.challenge.zone
    lang = asked.visit.lang
    return {
        "zones": zone_choices(zone, lang),
        "zone": zone_label(zone, lang),
        "dates": round_dates(asked.visit, asked.challenge, zone),
    }


def _nothing(_asked: _Asked) -> dict[str, Any]:
    return {}


_MORE: Mapping[Section, Callable[[_Asked], dict[str, Any]]] = {
    Section.TOPIC: _topic,
    Section.ELIGIBILITY: _eligibility,
    Section.FORM: _form,
    Section.CRITERIA: _criteria,
    Section.BUDGET: _budget,
    Section.TIMELINE: _timeline,
    Section.CONTACT: _nothing,
}
