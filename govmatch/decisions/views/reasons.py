"""/desk/challenges/{slug}/decision/applications/{application}: why, criterion by criterion."""

from collections.abc import Mapping
from dataclasses import replace

from govmatch.applications.models import How
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.decisions import actions, queries
from govmatch.decisions.forms import read_reasons, revision_of
from govmatch.decisions.letter_texts import criteria_of
from govmatch.decisions.models import EDITABLE, Decision, Determination, Outcome
from govmatch.decisions.rules import may_prepare
from govmatch.decisions.showing import OUTCOMES
from govmatch.decisions.views.access import (
    case_path,
    challenge_of,
    deciders,
    preparers,
    title_of,
)
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import OWN_NAMES, Message, as_lang, msg, pick
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class About:
    """One criterion: what it asks, its mean, and what reviewers wrote for the firm."""

    id: str
    label: str
    help: str
    weight: int
    mean: float | None
    comments: list[str]


@dataclass(frozen=True)
class ReasonsPage:
    title: str
    title_lang: str | None
    name: str
    path: str
    here: str
    outcome: tuple[Message, str]
    written_in: str
    lang_of_letter: str
    criteria: list[About]
    comments: list[str]
    may_edit: bool
    form: Form
    revision: int
    previous: str
    following: str
    saved: list[tuple[str | Message, str]]
    """After a conflict: what somebody else saved meanwhile."""


def show(visit: Visit) -> Answer:
    """Show the reasons for one application, beside what its reviewers wrote for the firm."""
    challenge = challenge_of(visit)
    decision, line = _line(visit, challenge)
    return _page(visit, challenge, decision, line, _shown(visit, challenge, decision, line))


def save(visit: WritingVisit) -> Answer:
    """Keep the reasons, and go on to the next application."""
    challenge = challenge_of(visit)
    decision, line = _line(visit, challenge)
    require(may_prepare(visit.actor, challenge, decision))
    form = typed(visit.form)
    if visit.switching:
        return _page(visit, challenge, decision, line, form)
    reasons = read_reasons(visit.form, [one.id for one, _ in criteria_of(challenge)])
    try:
        actions.save_reasons(
            visit.session,
            decision,
            line,
            reasons,
            revision=revision_of(visit.form),
            actor=visit.actor,
            now=visit.now,
        )
    except Conflict:
        values = Form({**form.values, "revision": str(line.revision)})
        return _page(visit, challenge, decision, line, values, status=409, is_conflict=True)
    except Invalid as error:
        return _page(
            visit, challenge, decision, line, replace(form, errors=error.errors), status=422
        )
    visit.flash("success", msg("The reasons have been saved."))
    _, following = _neighbours(visit, challenge, decision, line)
    if visit.form.one("do") == "next" and following:
        return redirect(following)
    return redirect(case_path(challenge))


def _line(visit: Visit, challenge: Challenge) -> tuple[Decision, Determination]:
    """Return what the selection says of the application in the address; raises `NotFound`."""
    decision = queries.selection_of(visit.db, challenge)
    if decision is None:
        raise NotFound
    for line in queries.determinations_of(visit.db, decision).values():
        if line.application.public_id == visit.params["application"]:
            return decision, line
    raise NotFound


def _shown(visit: Visit, challenge: Challenge, decision: Decision, line: Determination) -> Form:
    reasons: Mapping[str, str] = line.reasons
    if not line.is_written and decision.state in EDITABLE:
        reasons = queries.wordings(visit.db, challenge).get(line.application_id, {})
    values: dict[str, str | list[str]] = {f"r-{key}": text for key, text in reasons.items()}
    return filled({**values, "revision": str(line.revision)})


def _neighbours(
    visit: Visit, challenge: Challenge, decision: Decision, line: Determination
) -> tuple[str, str]:
    """Return the addresses of the application before and after, in the order of the ranking."""
    lines = [
        one
        for one in queries.determinations_of(visit.db, decision).values()
        if one.outcome != Outcome.WITHDRAWN
    ]
    lines.sort(key=lambda one: (one.rank or 1_000_000, one.application.alias or 0, one.id))
    paths = [f"{case_path(challenge)}/applications/{one.application.public_id}" for one in lines]
    place = next((n for n, one in enumerate(lines) if one.id == line.id), None)
    if place is None:
        return "", ""
    before = paths[place - 1] if place else ""
    return before, paths[place + 1] if place + 1 < len(paths) else ""


def _page(
    visit: Visit,
    challenge: Challenge,
    decision: Decision,
    line: Determination,
    form: Form,
    *,
    status: int = 200,
    is_conflict: bool = False,
) -> Answer:
    title, title_lang = title_of(challenge, visit.lang)
    comments = queries.wordings(visit.db, challenge).get(line.application_id, {})
    before, following = _neighbours(visit, challenge, decision, line)
    lang = as_lang(line.application.lang)
    may_edit = decision.state in EDITABLE and bool(may_prepare(visit.actor, challenge, decision))
    is_ineligible = line.outcome == Outcome.INELIGIBLE
    about = [
        About(
            one.id,
            pick(one.label, visit.lang)[0],
            pick(one.help, visit.lang)[0],
            weight,
            line.criterion_means.get(one.id),
            _paragraphs(comments.get(one.id, "")),
        )
        for one, weight in criteria_of(challenge)
    ]
    values = ReasonsPage(
        title=title,
        title_lang=title_lang,
        name=name_for(line.application, How.FULL, visit.lang),
        path=case_path(challenge),
        here=f"{case_path(challenge)}/applications/{line.application.public_id}",
        outcome=OUTCOMES[line.outcome],
        written_in=OWN_NAMES[lang],
        lang_of_letter=lang,
        criteria=[] if is_ineligible else about,
        comments=_paragraphs(comments.get("", "")),
        may_edit=may_edit,
        form=form,
        revision=line.revision,
        previous=visit.url(before) if before else "",
        following=visit.url(following) if following else "",
        saved=_saved(line, about) if is_conflict else [],
    )
    return page(visit, "decisions/reasons.html", values, status=status, main_form=may_edit)


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.strip()]


def _saved(line: Determination, about: list[About]) -> list[tuple[str | Message, str]]:
    labels: dict[str, str | Message] = {one.id: one.label for one in about}
    labels[""] = msg("Summary")
    return [(labels.get(key, key), text) for key, text in line.reasons.items()]


ONE = "/desk/challenges/{slug}/decision/applications/{application}"

routes = [get(ONE, show, deciders), post(ONE, save, preparers)]
