"""The page on which what is published is changed, and what there is to choose in a challenge."""

from collections.abc import Sequence

from markupsafe import Markup

from govmatch.accounts.zones import ZONES, zone_choices, zone_label
from govmatch.challenges import queries
from govmatch.challenges.changes import Shown, changes
from govmatch.challenges.forms import Choices
from govmatch.challenges.labels import FIELDS, REQUIREMENTS, SIZES
from govmatch.challenges.models import Amendment, Challenge
from govmatch.challenges.showing import text_of
from govmatch.challenges.statement import Statement
from govmatch.challenges.views.desk.access import path_of
from govmatch.challenges.views.desk.amend_papers import ShownPaper, shown_papers
from govmatch.challenges.views.desk.asking import AskingFields, asking_fields
from govmatch.challenges.views.desk.labels import label_of
from govmatch.files.kinds import Kind
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Lang, Message, msg, pick
from govmatch.kit.markdown import render
from govmatch.kit.records import dataclass
from govmatch.organisations.places import named_languages
from govmatch.programmes import queries as programmes
from govmatch.taxonomy import cpv
from govmatch.taxonomy import queries as taxonomy
from govmatch.taxonomy.models import TermKind
from govmatch.web.answers import Answer
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.visit import Visit

CURRENCIES = ("EUR", "DKK", "SEK", "NOK", "GBP", "CHF", "PLN", "CZK")
Options = list[tuple[str, str]]
COUNTRY_GROUPS = [
    ("EU", msg("European Union")),
    ("EEA", msg("European Economic Area (EU, Iceland, Liechtenstein, Norway)")),
]


@dataclass(frozen=True)
class LanguagePart:
    """The texts of one language, and what is still to be written in it."""

    code: Lang
    name: str
    is_main: bool
    is_open: bool
    missing: list[Message]


@dataclass(frozen=True)
class Heading:
    legend: str
    options: Options


@dataclass(frozen=True)
class CriterionRow:
    id: str
    label: str
    suggested: int
    formula: str
    """How it is computed where nobody gives points by hand; empty for the others."""


@dataclass(frozen=True)
class Preview:
    """A description as readers will see it."""

    code: Lang
    name: str
    html: Markup


@dataclass(frozen=True)
class EditorPage:
    challenge: Challenge
    title: str
    path: str
    action: str
    form: Form
    labels: dict[str, Message | str]
    revision: int
    languages: list[LanguagePart]
    main_options: Options
    themes: list[Heading]
    technologies: Options
    codes: Options
    rounds: Options
    zones: Options
    zone: str
    currencies: Options
    countries: list[tuple[str, Message]]
    sizes: list[tuple[str, Message]]
    apply_in: Options
    requires: list[tuple[str, Message]]
    criteria: list[CriterionRow]
    sum: int
    asking: AskingFields
    preview: Preview | None
    conflict: list[Shown]
    reasons: list[tuple[Lang, str]]
    papers: list[ShownPaper]
    paper_langs: list[tuple[Lang, str]]
    accept: str


def choices_of(visit: Visit, challenge: Challenge) -> Choices:
    """Return what can be chosen for this challenge, as the form checks it."""
    terms = queries.terms_of(challenge)
    facts = queries.programme_facts(terms, challenge.programme.facts)
    return Choices(
        themes=taxonomy.slugs(visit.db, TermKind.THEME),
        technologies=taxonomy.slugs(visit.db, TermKind.TECHNOLOGY),
        rounds=[one.slug for one in programmes.rounds(visit.db, challenge.programme)],
        zones={*ZONES, challenge.zone},
        currencies={*CURRENCIES, challenge.currency},
        criteria=[one.id for one in programmes.criteria(terms)],
        codes=cpv.codes(visit.settings.content_dir),
        taken=facts.taken,
        earlier=facts.answerable,
    )


def editor(
    visit: Visit,
    challenge: Challenge,
    form: Form,
    *,
    status: int = 200,
    block: str | None = None,
    preview: Lang | None = None,
    conflict: Sequence[Shown] = (),
) -> Answer:
    """Return the editor with this form; `block` is what htmx gets of it.

    A change goes to the page on which it is looked at before it is public.
    """
    lang, zone = visit.lang, form.value("zone")
    if zone not in ZONES:  # what was sent instead is refused, and is no zone to show times in
        zone = challenge.zone
    terms = queries.terms_of(challenge)
    values = EditorPage(
        challenge=challenge,
        title=text_of(challenge, lang).title or challenge.slug,
        path=path_of(challenge),
        action=visit.url(f"{path_of(challenge)}/amend/check"),
        form=form,
        labels={name: label_of(name, terms, lang) for name in form.errors},
        revision=challenge.revision,
        languages=_languages(form, lang),
        main_options=[(code, OWN_NAMES[code]) for code in LANGUAGES],
        themes=theme_headings(visit),
        technologies=list(taxonomy.labels(visit.db, TermKind.TECHNOLOGY, lang).items()),
        codes=code_options(visit, form),
        rounds=round_options(visit, challenge),
        zones=zone_choices(zone, lang),
        zone=zone_label(zone, lang),
        currencies=currency_options(challenge),
        countries=COUNTRY_GROUPS,
        sizes=list(SIZES.items()),
        apply_in=[(code, OWN_NAMES[code]) for code in LANGUAGES],
        requires=list(REQUIREMENTS.items()),
        criteria=criterion_rows(challenge, lang),
        sum=sum_of(form),
        asking=asking_fields(challenge, form, lang),
        preview=_preview(form, preview, lang) if preview else None,
        conflict=list(conflict),
        reasons=named_languages(lang),
        papers=shown_papers(visit, challenge, form),
        paper_langs=[
            one for one in named_languages(lang) if one[0] in queries.languages(challenge)
        ],
        accept=",".join(f".{kind.value}" for kind in Kind),
    )
    return page(
        visit,
        "challenges/desk/edit.html",
        values,
        block=block,
        status=status,
        main_form=True,
    )


def differing(
    visit: Visit, challenge: Challenge, saved: Statement, typed: Statement
) -> list[Shown]:
    """Return how what was typed differs from what was saved meanwhile."""
    found = [one.as_data() for one in changes(saved, typed)]
    return queries.shown_changes(
        visit.db,
        challenge,
        Amendment(changes=found),
        lang=visit.lang,
        content=visit.settings.content_dir,
    )


def _languages(form: Form, reader: Lang) -> list[LanguagePart]:
    """Return the parts of the languages, the main one first."""
    main = form.value("main_lang")
    parts = []
    for code, name in sorted(named_languages(reader), key=lambda one: one[0] != main):
        fields = {name: form.value(f"{name}-{code}") for name in ("title", "summary", "body")}
        is_begun = any(fields.values())
        has_error = any(f"{name}-{code}" in form.errors for name in fields)
        parts.append(
            LanguagePart(
                code,
                name,
                code == main,
                is_begun or has_error or code == main,
                [FIELDS[name] for name, text in fields.items() if not text.strip()],
            )
        )
    return parts


def criterion_rows(challenge: Challenge, lang: Lang) -> list[CriterionRow]:
    return [
        CriterionRow(
            one.id, pick(one.label, lang)[0], one.suggested_weight, pick(one.formula, lang)[0]
        )
        for one in programmes.criteria(queries.terms_of(challenge))
    ]


def currency_options(challenge: Challenge) -> Options:
    return [(one, one) for one in dict.fromkeys([*CURRENCIES, challenge.currency])]


def theme_headings(visit: Visit) -> list[Heading]:
    return [
        Heading(
            pick(one.term.labels, visit.lang)[0],
            [(term.slug, pick(term.labels, visit.lang)[0]) for term in (one.term, *one.children)],
        )
        for one in taxonomy.headings(visit.db, TermKind.THEME)
    ]


def code_options(visit: Visit, form: Form) -> Options:
    """Return the codes that are chosen, then those that fit what is looked for."""
    codes = cpv.codes(visit.settings.content_dir)
    chosen = [code for code in form.chosen("cpv") if codes.has(code)]
    found = codes.find(form.value("cpv_query"), visit.lang)
    listed = dict.fromkeys([*chosen, *(code for code, _ in found)])
    return [(code, f"{code} {codes.label(code, visit.lang)}") for code in listed]


def round_options(visit: Visit, challenge: Challenge) -> Options:
    rounds = programmes.rounds(visit.db, challenge.programme)
    return [(one.slug, pick(one.names, visit.lang)[0]) for one in rounds]


def sum_of(form: Form) -> int:
    """Return what the typed weights add up to; what is no number counts as nothing."""
    typed = (form.value(name).strip() for name in form.values if name.startswith("weight-"))
    return sum(int(text) for text in typed if text.isascii() and text.isdigit() and len(text) < 5)


def _preview(form: Form, code: Lang, reader: Lang) -> Preview:
    return Preview(code, dict(named_languages(reader))[code], render(form.value(f"body-{code}")))
