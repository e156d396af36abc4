"""/reviews/expertise: what a reviewer knows and reads, and how much they can take."""

from dataclasses import replace

from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, msg, pick
from govmatch.kit.records import dataclass
from govmatch.reviews import actions, queries
from govmatch.reviews.actions import Known
from govmatch.reviews.proposal_models import Expertise
from govmatch.reviews.views.access import jury, whole_number
from govmatch.taxonomy import cpv
from govmatch.taxonomy.cpv_words import Found
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.picking import picking, read_codes
from govmatch.taxonomy.queries import headings, labels, slugs
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Values, Visit, WritingVisit

PATH = "/reviews/expertise"
MOST_REVIEWS = 200
MOST_CODES = 30

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class ExpertisePage:
    form: Form
    action: str
    revision: int
    groups: list[tuple[str, Options]]
    """Themes by heading."""
    technologies: Options
    languages: Options
    looks_for: str
    """Words that codes are looked for by."""
    found: list[tuple[Found, str]]
    chosen: Options
    typing: bool
    """True where codes are found while somebody types: the box keeps the focus."""


def show(visit: Visit) -> Answer:
    """Show what the reader said of themselves; `?find=` has codes found by words.

    What `cpv` has ticked so far stays ticked then.
    """
    kept = queries.expertise_of(visit.db, visit.actor.person_id)
    known, looks_for = _values(kept), ""
    if visit.query.one("find"):
        codes, looks_for = _codes(visit, Reader(visit.query), visit.query)
        known |= {"cpv": codes, "find": visit.query.one("find")}
    return _shown(visit, filled(known), kept.revision if kept else 0, looks_for=looks_for)


def _values(kept: Expertise | None) -> dict[str, str | list[str]]:
    if kept is None:
        return {}
    return {
        "themes": kept.themes,
        "technologies": kept.technologies,
        "languages": kept.languages,
        "cpv": kept.cpv,
        "most": "" if kept.most is None else str(kept.most),
    }


def _shown(
    visit: Visit, form: Form, revision: int, *, looks_for: str = "", status: int = 200
) -> Answer:
    codes = picking(cpv.codes(visit.settings.content_dir), form, looks_for, visit.lang)
    values = ExpertisePage(
        form=form,
        action=visit.url(PATH),
        revision=revision,
        groups=[
            (
                pick(one.term.labels, visit.lang)[0],
                [
                    (term.slug, pick(term.labels, visit.lang)[0])
                    for term in (one.children or [one.term])
                ],
            )
            for one in headings(visit.db, TermKind.THEME)
        ],
        technologies=list(labels(visit.db, TermKind.TECHNOLOGY, visit.lang).items()),
        languages=[(code, OWN_NAMES[code]) for code in LANGUAGES],
        looks_for=looks_for,
        found=codes.found,
        chosen=codes.chosen,
        typing=visit.fragment,
    )
    return page(
        visit, "reviews/expertise.html", values, block="found", status=status, main_form=True
    )


def save(visit: WritingVisit) -> Answer:
    """Keep it, or show beside what was typed that it was changed in another window."""
    reader = Reader(visit.form)
    known, looks_for = _read(visit, reader)
    revision = whole_number(visit.form.one("revision"))
    if visit.switching:
        return _shown(visit, replace(reader.form, errors={}), revision)
    if not reader.ok:
        return _shown(visit, reader.form, revision, status=422)
    if looks_for:
        return _shown(visit, reader.form, revision, looks_for=looks_for)
    try:
        actions.name_expertise(
            visit.session, known, revision=revision, actor=visit.actor, now=visit.now
        )
    except Conflict as conflict:
        kept = queries.expertise_of(visit.db, visit.actor.person_id)
        form = replace(reader.form, errors={"": conflict.reason})
        return _shown(visit, form, kept.revision if kept else 0, status=409)
    visit.flash("success", msg("Saved."))
    return redirect(PATH)


def _read(visit: WritingVisit, reader: Reader) -> tuple[Known, str]:
    """Return what was entered, and the words that codes are looked for by; these save nothing."""
    codes, looks_for = _codes(visit, reader, visit.form)
    known = Known(
        themes=tuple(reader.several("themes", slugs(visit.db, TermKind.THEME))),
        technologies=tuple(reader.several("technologies", slugs(visit.db, TermKind.TECHNOLOGY))),
        cpv=tuple(codes),
        languages=tuple(reader.several("languages", LANGUAGES, required=True)),
        most=reader.integer("most", low=0, high=MOST_REVIEWS, required=False),
    )
    return known, looks_for


def _codes(visit: Visit, reader: Reader, values: Values) -> tuple[list[str], str]:
    known = cpv.codes(visit.settings.content_dir)
    return read_codes(reader, values, known=known, most=MOST_CODES)


routes = [get(PATH, show, jury), post(PATH, save, jury)]
