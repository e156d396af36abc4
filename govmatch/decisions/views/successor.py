"""/desk/challenges/{slug}/decision/successor: a reserve moves up into a free place."""

from dataclasses import replace

from govmatch.applications.models import How
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.decisions import actions, queries, rules
from govmatch.decisions.forms import read_days, texts_of
from govmatch.decisions.models import EDITABLE, Decision, Kind
from govmatch.decisions.views.access import (
    case_path,
    challenge_of,
    decision_path,
    preparers,
    title_of,
)
from govmatch.kit.asking import require
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.places import named_languages
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, clean_text, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class SuccessorPage:
    title: str
    title_lang: str | None
    path: str
    free: int
    options: list[tuple[str, str]]
    remarks: str
    form: Form
    languages: list[tuple[Lang, str]]
    labels: dict[str, Message]


def ask(visit: Visit) -> Answer:
    """Offer the reserves in their order, the first one chosen."""
    challenge = challenge_of(visit)
    _require(visit, challenge)
    held = queries.places(visit.db, challenge)
    before = _unfinished(visit, challenge)
    values: dict[str, str | list[str]] = {"confirm_days": "14"}
    if held.reserves:
        values["successor"] = held.reserves[0].public_id
    if before is not None:
        values |= {"confirm_days": str(before.confirm_days), "deviation": before.deviation}
        values |= {f"reasons-{lang}": text for lang, text in before.reasons.items()}
    return _page(visit, challenge, filled(values))


def propose(visit: WritingVisit) -> Answer:
    """Propose it; a second person confirms, and one letter goes out."""
    challenge = challenge_of(visit)
    days, form = read_days(visit.form)
    if visit.switching:
        return _page(visit, challenge, replace(form, errors={}))
    try:
        decision = actions.propose_successor(
            visit.session,
            challenge,
            successor=visit.form.one("successor"),
            reasons=texts_of(visit.form, "reasons"),
            deviation=clean_text(visit.form.one("deviation"), lines=True),
            confirm_days=days,
            actor=visit.actor,
            now=visit.now,
        )
    except Invalid as error:
        return _page(visit, challenge, replace(form, errors=error.errors), status=422)
    visit.flash(
        "success", msg("Proposed. The letter is made; a second person is asked to confirm.")
    )
    return redirect(decision_path(decision))


def _require(visit: Visit, challenge: Challenge) -> None:
    decisions = queries.decisions_of(visit.db, challenge)
    held = queries.places(visit.db, challenge)
    require(rules.may_succeed(visit.actor, challenge, free=held.free, decisions=decisions))


def _unfinished(visit: Visit, challenge: Challenge) -> Decision | None:
    found = [
        one
        for one in queries.decisions_of(visit.db, challenge)
        if one.kind == Kind.SUCCESSION and one.state in EDITABLE
    ]
    return found[-1] if found else None


def _page(visit: Visit, challenge: Challenge, form: Form, *, status: int = 200) -> Answer:
    title, title_lang = title_of(challenge, visit.lang)
    held = queries.places(visit.db, challenge)
    before = _unfinished(visit, challenge)
    values = SuccessorPage(
        title=title,
        title_lang=title_lang,
        path=case_path(challenge),
        free=held.free,
        options=[
            (one.public_id, f"{place}. {name_for(one, How.FULL, visit.lang)}")
            for place, one in enumerate(held.reserves, 1)
        ],
        remarks=before.remarks if before is not None else "",
        form=form,
        languages=named_languages(visit.lang),
        labels={
            "successor": msg("Who moves up"),
            "deviation": msg("Why not the first of the list"),
            "confirm_days": msg("Days to answer"),
        },
    )
    return page(visit, "decisions/successor.html", values, status=status, main_form=True)


ONE = "/desk/challenges/{slug}/decision/successor"

routes = [get(ONE, ask, preparers), post(ONE, propose, preparers, once=True)]
