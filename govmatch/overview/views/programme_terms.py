"""/admin/programmes/{slug}/terms, /rules, /voices: changing a programme made on the site."""

from collections.abc import Mapping
from dataclasses import replace

from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.i18n import Lang, Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.overview.forms_of_programmes import (
    read_rules,
    read_terms,
    read_voices,
    rule_values,
    rules_form,
    rules_of,
    terms_form,
    voice_rows,
    voices_form,
)
from govmatch.overview.views.frame import Options, administrator, language_options
from govmatch.programmes import queries
from govmatch.programmes.actions import set_rules, set_terms, set_voices
from govmatch.programmes.models import Programme
from govmatch.programmes.rules import may_change_programme
from govmatch.programmes.schedule import CALL
from govmatch.programmes.switches import COUNTED, PHASED, Rule
from govmatch.programmes.voices import KIND_NAMES, voices
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/admin/programmes/{slug}"
SAVED = msg("The programme has been changed. What is published keeps its earlier terms.")


@dataclass(frozen=True)
class PhaseRow:
    id: str
    label: str


@dataclass(frozen=True)
class CriterionRow:
    id: str
    label: str
    help: str
    is_computed: bool


@dataclass(frozen=True)
class TermsPage:
    programme_name: str
    back: str
    action: str
    form: Form
    languages: list[tuple[Lang, str]]
    phases: list[PhaseRow]
    criteria: list[CriterionRow]


@dataclass(frozen=True)
class RuleRow:
    id: Rule
    label: str
    options: Options
    is_open: bool
    """The reasons are shown at once, since something is wrong with them."""
    phases: Options
    """In which phases it may hold; nothing for a rule that holds in all."""


@dataclass(frozen=True)
class RulesPage:
    programme_name: str
    back: str
    action: str
    form: Form
    languages: list[tuple[Lang, str]]
    rules: list[RuleRow]


@dataclass(frozen=True)
class VoicesPage:
    programme_name: str
    back: str
    action: str
    form: Form
    languages: list[tuple[Lang, str]]
    rows: int
    kinds: list[tuple[str, Message]]


def changeable(visit: Visit) -> Programme:
    """Return the programme of the address; raises `NotAllowed` for one that lives in a file."""
    programme = queries.by_slug(visit.db, visit.params["slug"])
    ruling = may_change_programme(visit.actor, programme)
    if not ruling:
        raise NotAllowed(ruling.reason)
    return programme


def path_of(programme: Programme) -> str:
    return f"/admin/programmes/{programme.slug}"


def name_of(visit: Visit, programme: Programme) -> str:
    return pick(programme.names, visit.lang)[0]


def ask_terms(visit: Visit) -> Answer:
    programme = changeable(visit)
    return _terms(visit, programme, terms_form(programme))


def _terms(visit: Visit, programme: Programme, form: Form, *, status: int = 200) -> Answer:
    lang = visit.lang
    values = TermsPage(
        programme_name=name_of(visit, programme),
        back=visit.url(path_of(programme)),
        action=visit.url(f"{path_of(programme)}/terms"),
        form=form,
        languages=language_options(visit),
        phases=[PhaseRow(one["id"], pick(one["name"], lang)[0]) for one in programme.phases],
        criteria=[
            CriterionRow(one.id, pick(one.label, lang)[0], pick(one.help, lang)[0], one.is_computed)
            for one in queries.criteria(programme)
        ],
    )
    return page(visit, "overview/programme_terms.html", values, status=status, main_form=True)


def save_terms(visit: WritingVisit) -> Answer:
    """Keep names, lengths and weights."""
    programme = changeable(visit)
    terms, form = read_terms(visit.form, programme)
    if visit.switching:
        return _terms(visit, programme, replace(form, errors={}))
    if form.errors:
        return _terms(visit, programme, form, status=422)
    try:
        set_terms(visit.session, programme, terms, actor=visit.actor, now=visit.now)
    except Invalid as error:
        return _terms(visit, programme, replace(form, errors=dict(error.errors)), status=422)
    visit.flash("success", SAVED)
    return redirect(path_of(programme))


def ask_rules(visit: Visit) -> Answer:
    programme = changeable(visit)
    return _rules(visit, programme, rules_form(programme))


def _rules(visit: Visit, programme: Programme, form: Form, *, status: int = 200) -> Answer:
    values = RulesPage(
        programme_name=name_of(visit, programme),
        back=visit.url(path_of(programme)),
        action=visit.url(f"{path_of(programme)}/rules"),
        form=form,
        languages=language_options(visit),
        rules=[
            RuleRow(
                rule,
                pick(programme.rules.get(rule, {}).get("label", {}), visit.lang)[0] or rule,
                _options(visit, rule),
                any(name.startswith(f"reason-{rule}-") for name in form.errors),
                _phases(programme, visit.lang) if rule in PHASED else [],
            )
            for rule in rules_of(programme)
        ],
    )
    return page(visit, "overview/programme_rules.html", values, status=status, main_form=True)


_ON_OR_OFF: Mapping[str, Message] = {"yes": msg("Yes"), "no": msg("No")}


def _options(visit: Visit, rule: Rule) -> Options:
    if rule in COUNTED:
        return [(value, value) for value in rule_values(rule)]
    return [(value, visit.say(_ON_OR_OFF[value])) for value in rule_values(rule)]


def _phases(programme: Programme, lang: Lang) -> Options:
    """Return the phases in which applications are assessed, from the end of the call on."""
    ids = [one["id"] for one in programme.phases]
    later = programme.phases[ids.index(CALL) + 1 if CALL in ids else 0 :]
    return [(one["id"], pick(one["name"], lang)[0]) for one in later]


def save_rules(visit: WritingVisit) -> Answer:
    """Keep what each rule is set to, and why."""
    programme = changeable(visit)
    wanted, form = read_rules(visit.form, programme)
    if visit.switching:
        return _rules(visit, programme, replace(form, errors={}))
    if form.errors:
        return _rules(visit, programme, form, status=422)
    try:
        set_rules(visit.session, programme, wanted, actor=visit.actor, now=visit.now)
    except Invalid as error:
        return _rules(visit, programme, replace(form, errors=dict(error.errors)), status=422)
    visit.flash("success", SAVED)
    return redirect(path_of(programme))


def ask_voices(visit: Visit) -> Answer:
    programme = changeable(visit)
    return _voices(visit, programme, voices_form(voices(programme)))


def _voices(visit: Visit, programme: Programme, form: Form, *, status: int = 200) -> Answer:
    values = VoicesPage(
        programme_name=name_of(visit, programme),
        back=visit.url(path_of(programme)),
        action=visit.url(f"{path_of(programme)}/voices"),
        form=form,
        languages=language_options(visit),
        rows=voice_rows(voices(programme)),
        kinds=[(kind.value, label) for kind, label in KIND_NAMES.items()],
    )
    return page(visit, "overview/programme_voices.html", values, status=status, main_form=True)


def save_voices(visit: WritingVisit) -> Answer:
    """Keep who takes part with a voice and no vote."""
    programme = changeable(visit)
    found, form = read_voices(visit.form, voices(programme))
    if visit.switching:
        return _voices(visit, programme, replace(form, errors={}))
    if form.errors:
        return _voices(visit, programme, form, status=422)
    set_voices(visit.session, programme, found, actor=visit.actor, now=visit.now)
    visit.flash("success", SAVED)
    return redirect(path_of(programme))


routes = [
    get(f"{PATH}/terms", ask_terms, administrator),
    post(f"{PATH}/terms", save_terms, administrator, once=True),
    get(f"{PATH}/rules", ask_rules, administrator),
    post(f"{PATH}/rules", save_rules, administrator, once=True),
    get(f"{PATH}/voices", ask_voices, administrator),
    post(f"{PATH}/voices", save_voices, administrator, once=True),
]
