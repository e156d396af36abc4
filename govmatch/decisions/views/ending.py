"""/desk/challenges/{slug}/decision/ending: proposing that a challenge does not proceed."""

from dataclasses import replace

from govmatch.challenges.models import Challenge
from govmatch.decisions import actions, queries, rules
from govmatch.decisions.forms import texts_of
from govmatch.decisions.models import EDITABLE, Kind
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
from govmatch.web.fields import Form, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class EndingPage:
    title: str
    title_lang: str | None
    path: str
    is_sealed: bool
    remarks: str
    form: Form
    languages: list[tuple[Lang, str]]
    labels: dict[str, Message]


def ask(visit: Visit) -> Answer:
    challenge = challenge_of(visit)
    decisions = queries.decisions_of(visit.db, challenge)
    require(rules.may_end(visit.actor, challenge, decisions=decisions))
    before = [one for one in decisions if one.kind == Kind.ENDING and one.state in EDITABLE]
    reasons = before[-1].reasons if before else {}
    form = filled({f"reason-{lang}": text for lang, text in reasons.items()})
    return _page(visit, challenge, form, remarks=before[-1].remarks if before else "")


def propose(visit: WritingVisit) -> Answer:
    """Propose the end; nothing is public before a second person confirms and it is released."""
    challenge = challenge_of(visit)
    if visit.switching:
        return _page(visit, challenge, typed(visit.form))
    try:
        decision = actions.propose_ending(
            visit.session,
            challenge,
            reasons=texts_of(visit.form, "reason"),
            actor=visit.actor,
            now=visit.now,
        )
    except Invalid as error:
        form = replace(typed(visit.form), errors=error.errors)
        return _page(visit, challenge, form, status=422)
    visit.flash("success", msg("Proposed. A second person is asked to confirm."))
    return redirect(decision_path(decision))


def _page(
    visit: Visit, challenge: Challenge, form: Form, *, remarks: str = "", status: int = 200
) -> Answer:
    title, title_lang = title_of(challenge, visit.lang)
    values = EndingPage(
        title=title,
        title_lang=title_lang,
        path=case_path(challenge),
        is_sealed=challenge.opened_at is None,
        remarks=remarks,
        form=form,
        languages=named_languages(visit.lang),
        labels={"reason": msg("Reason")},
    )
    return page(visit, "decisions/ending.html", values, status=status, main_form=True)


ONE = "/desk/challenges/{slug}/decision/ending"

routes = [get(ONE, ask, preparers), post(ONE, propose, preparers, once=True)]
