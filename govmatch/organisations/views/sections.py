"""/firm/{firm}/edit/{section}: one part of the profile, saved, or compared on a conflict."""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import Any

from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, NotFound
from govmatch.kit.i18n import OWN_NAMES, Lang, Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations import actions, queries
from govmatch.organisations.forms import (
    LABELS,
    as_typed,
    read_basics,
    read_codes,
    read_offer,
    read_topics,
    read_visibility,
)
from govmatch.organisations.models import Firm
from govmatch.organisations.places import countries, languages
from govmatch.organisations.profile import Basics, Codes, Section, fingerprint
from govmatch.organisations.regions import suggested
from govmatch.organisations.registers import is_configured
from govmatch.organisations.rules import may_edit, may_enter
from govmatch.organisations.showing import SECTION_TITLES, SIZE_NAMES, day_of
from govmatch.taxonomy import cpv
from govmatch.taxonomy.models import Term, TermKind
from govmatch.taxonomy.picking import picking
from govmatch.taxonomy.queries import headings, labels, slugs
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

Options = list[tuple[Any, Any]]

LISTED = {"yes": msg("Yes"), "no": msg("No")}


@dataclass(frozen=True)
class Difference:
    """A field that somebody else saved otherwise than it was entered here."""

    label: Message
    kept: str
    entered: str


@dataclass(frozen=True)
class FromRegister:
    """What a register said: a title, what to do, and what it says otherwise, by field."""

    kind: str
    title: Message
    text: Message
    otherwise: list[tuple[Message, Message | str]] = field(default_factory=list)


@dataclass(frozen=True)
class SectionPage:
    form: Form
    firm: Firm
    path: str
    section: str
    title: Message
    labels: Mapping[str, Message]
    seen: str
    options: Mapping[str, Options]
    groups: list[tuple[str, Options]]
    """Themes by heading."""
    looks_for: str
    typing: bool
    """True where codes are found while somebody types: the box keeps the focus."""
    differences: list[Difference]
    told: FromRegister | None
    can_fill: bool
    """True where a register can be asked."""


@dataclass(frozen=True)
class Read:
    """A section as it was entered; `looks_for` are words to find codes by, which saves nothing."""

    values: Section
    form: Form
    looks_for: str = ""


def edit(visit: Visit) -> Answer:
    """Show the form; `?find=` has codes found by words, with what `cpv` has ticked so far."""
    firm, kept = _kept(visit)
    form, looks_for = filled(as_typed(kept)), ""
    if isinstance(kept, Codes) and visit.query.one("find"):
        _, looks_for, form = read_codes(visit.query, known=cpv.codes(visit.settings.content_dir))
        form = replace(form, errors={})
    return show_section(visit, firm, form, fingerprint(kept), looks_for=looks_for)


def _kept(visit: Visit) -> tuple[Firm, Section]:
    """Return the firm and the section of the address, for whoever may change it."""
    name = visit.params["section"]
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    if name not in READERS:
        raise NotFound
    require(may_edit(visit.actor, firm))
    return firm, queries.profile_of(visit.db, firm).section(name)


def save(visit: WritingVisit) -> Answer:
    """Save the section; when a colleague did so meanwhile, show both and save nothing."""
    firm, kept = _kept(visit)
    read = READERS[visit.params["section"]](visit)
    seen = visit.form.one("seen")
    if visit.switching:
        return show_section(visit, firm, replace(read.form, errors={}), seen)
    if read.form.errors:
        return show_section(visit, firm, read.form, seen, status=422)
    if read.looks_for:
        return show_section(visit, firm, read.form, seen, looks_for=read.looks_for)
    try:
        changed = actions.save_profile(
            visit.session, firm, read.values, seen=seen, actor=visit.actor, now=visit.now
        )
    except Conflict as conflict:
        kept = queries.profile_of(visit.db, firm).section(visit.params["section"])
        form = replace(read.form, errors={"": conflict.reason})
        differences = _differences(visit, kept, read.values)
        return show_section(
            visit, firm, form, fingerprint(kept), differences=differences, status=409
        )
    visit.flash("success", msg("Saved.") if changed else msg("Nothing was changed."))
    return redirect(f"/firm/{firm.public_id}")


def show_section(
    visit: Visit,
    firm: Firm,
    form: Form,
    seen: str,
    *,
    looks_for: str = "",
    differences: list[Difference] | None = None,
    told: FromRegister | None = None,
    status: int = 200,
) -> Answer:
    section = visit.params.get("section", "basics")
    values = SectionPage(
        form=form,
        firm=firm,
        path=f"/firm/{firm.public_id}",
        section=section,
        title=SECTION_TITLES[section],
        labels=LABELS,
        seen=seen,
        options=_options(visit, section, form, looks_for),
        groups=_groups(visit, section),
        looks_for=looks_for,
        typing=visit.fragment,
        differences=differences or [],
        told=told,
        can_fill=section == "basics" and is_configured(visit.settings),
    )
    template = f"organisations/edit_{section}.html"
    block = "found" if section == "codes" else None
    return page(visit, template, values, block=block, status=status, main_form=True)


def _options(visit: Visit, section: str, form: Form, looks_for: str) -> dict[str, Options]:
    """Return what can be chosen in this section."""
    match section:
        case "basics":
            return {
                "countries": list(countries(visit.lang).items()),
                "regions": [(name, name) for name in suggested()],
                "sizes": list(SIZE_NAMES.items()),
                "languages": list(languages(visit.lang).items()),
            }
        case "offer":
            return {"text_lang": list(OWN_NAMES.items())}
        case "topics":
            found = headings(visit.db, TermKind.TECHNOLOGY)
            return {"technologies": [_option(one.term, visit.lang) for one in found]}
        case "codes":
            return _codes(visit, form, looks_for)
    return {}


def _codes(visit: Visit, form: Form, looks_for: str) -> dict[str, Options]:
    """Return the codes that are ticked, and those found by words that are not.

    What was found says where it stands, and in which words where these are of another language.
    """
    picked = picking(cpv.codes(visit.settings.content_dir), form, looks_for, visit.lang)
    return {"chosen": picked.chosen, "found": picked.found}


def _groups(visit: Visit, section: str) -> list[tuple[str, Options]]:
    """Return the themes by heading; a heading itself stands first, for those who do all of it."""
    if section != "topics":
        return []
    return [
        (
            pick(heading.term.labels, visit.lang)[0],
            [
                (heading.term.slug, msg("In general")),
                *(_option(term, visit.lang) for term in heading.children),
            ],
        )
        for heading in headings(visit.db, TermKind.THEME)
    ]


def _option(term: Term, lang: Lang) -> tuple[str, str]:
    return term.slug, pick(term.labels, lang)[0]


def _differences(visit: Visit, kept: Section, entered: Section) -> list[Difference]:
    """Return each field in which the two differ, in words."""
    before, after = as_typed(kept), as_typed(entered)
    return [
        Difference(LABELS[name], _said(visit, before[name]), _said(visit, after[name]))
        for name in before
        if before[name] != after[name]
    ]


def _said(visit: Visit, value: str | list[str]) -> str:
    """Return a value as its label reads, where it is the code of something."""
    values = [value] if isinstance(value, str) else value
    return ", ".join(visit.say(_label(visit, one)) for one in values)


def _label(visit: Visit, value: str) -> Message | str:
    words: Mapping[str, Message | str] = {
        **countries(visit.lang),
        **languages(visit.lang),
        **SIZE_NAMES,
        **LISTED,
        **labels(visit.db, TermKind.THEME, visit.lang),
        **labels(visit.db, TermKind.TECHNOLOGY, visit.lang),
    }
    return words.get(value, value)


def _basics(visit: WritingVisit) -> Read:
    _, kept = _kept(visit)
    assert isinstance(kept, Basics)
    today = day_of(visit.now, visit.settings.zone)
    return Read(*read_basics(visit.form, today=today, kept=kept))


def _offer(visit: WritingVisit) -> Read:
    return Read(*read_offer(visit.form))


def _topics(visit: WritingVisit) -> Read:
    themes = slugs(visit.db, TermKind.THEME)
    technologies = slugs(visit.db, TermKind.TECHNOLOGY)
    return Read(*read_topics(visit.form, themes=themes, technologies=technologies))


def _cpv(visit: WritingVisit) -> Read:
    known = cpv.codes(visit.settings.content_dir)
    values, looks_for, form = read_codes(visit.form, known=known)
    return Read(values, form, looks_for)


def _visibility(visit: WritingVisit) -> Read:
    return Read(*read_visibility(visit.form))


READERS: Mapping[str, Callable[[WritingVisit], Read]] = {
    "basics": _basics,
    "offer": _offer,
    "topics": _topics,
    "codes": _cpv,
    "visibility": _visibility,
}

routes = [
    get("/firm/{firm}/edit/{section}", edit, may_enter),
    post("/firm/{firm}/edit/{section}", save, may_enter, once=True),
]
