"""/desk/challenges/{slug}/edit/{section}: one section of a draft, saved on its own.

Whoever saves on an old page gets a merge: what only one side changed is taken together, and where
both changed the same words, both versions are shown and nothing is kept yet.
"""

from collections.abc import Sequence
from dataclasses import replace

from govmatch.challenges import actions
from govmatch.challenges.actions import Clashing
from govmatch.challenges.forms import read_section, shown_section
from govmatch.challenges.models import Challenge
from govmatch.challenges.pieces import pieces_of
from govmatch.challenges.rules import may_edit
from govmatch.challenges.sections import Section
from govmatch.challenges.statement import statement_of
from govmatch.challenges.views.desk import translating
from govmatch.challenges.views.desk.access import challenge_of, desk, path_of
from govmatch.challenges.views.desk.asking import BLOCKS, LOOK, as_asked, with_more
from govmatch.challenges.views.desk.editor_page import choices_of
from govmatch.challenges.views.desk.from_programme import CRITERIA, DATES, taken
from govmatch.challenges.views.desk.saving import base_of, refilled, tell
from govmatch.challenges.views.desk.section_page import section_page
from govmatch.kit.asking import require
from govmatch.kit.errors import Invalid, NotFound
from govmatch.web.answers import Answer, redirect
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


def ask(visit: Visit) -> Answer:
    """Show a section of the draft for writing."""
    challenge, section = _asked_for(visit)
    if section is Section.TRANSLATIONS:
        return translating.ask(visit, challenge)
    return section_page(visit, challenge, section, shown_section(statement_of(challenge)))


def _asked_for(visit: Visit) -> tuple[Challenge, Section]:
    challenge = challenge_of(visit)
    require(may_edit(visit.actor, challenge))
    try:
        return challenge, Section(visit.params["section"])
    except ValueError:
        raise NotFound from None


def save(visit: WritingVisit) -> Answer:
    """Keep the section, or do what another button of the form asks for."""
    challenge, section = _asked_for(visit)
    if section is Section.TRANSLATIONS:
        return translating.save(visit, challenge)
    base = base_of(visit, challenge)
    before = base or statement_of(challenge)
    pieces, form = read_section(section, visit.form, before, choices_of(visit, challenge))
    what, _, which = visit.form.one("do").partition(":")
    takes = what in {DATES, CRITERIA} and not visit.switching
    if takes or visit.switching or what in BLOCKS:
        block, looked = BLOCKS.get(what), which if what == "preview" else ""
        shown = with_more(replace(form, errors={}), what)
        if takes:
            shown = taken(visit, challenge, shown, what, which)
        return section_page(visit, challenge, section, shown, block=block, preview=looked)
    if form.errors or (what == LOOK and section is Section.FORM):
        look = None if form.errors else as_asked(challenge, pieces["questions"], visit.lang)
        status = 422 if form.errors else 200
        return section_page(visit, challenge, section, form, status=status, look=look)
    known = None if base is None else pieces_of(base)
    try:
        came = actions.save_section(
            visit.session, challenge, pieces, base=known, actor=visit.actor, now=visit.now
        )
    except Clashing as clash:
        again = refilled(challenge, form, clash.merged)
        found = clash.merged.clashes
        return section_page(visit, challenge, section, again, status=409, clashes=found)
    except Invalid as error:
        shown = replace(form, errors=dict(error.errors))
        return section_page(visit, challenge, section, shown, status=422)
    tell(visit, came)
    return redirect(_next(visit, challenge, section))


def _next(visit: WritingVisit, challenge: Challenge, section: Section) -> str:
    """Return where the pressed button leads: the next section, or the list."""
    order: Sequence[Section] = list(Section)
    following = order[order.index(section) + 1 :]
    here = f"{path_of(challenge)}/edit"
    if visit.form.one("do") == "next" and following:
        return f"{here}/{following[0].value}"
    return here


ONE = "/desk/challenges/{slug}/edit/{section}"

routes = [get(ONE, ask, desk), post(ONE, save, desk, once=True)]
