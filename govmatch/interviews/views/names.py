"""Revealing names: an act of its own, by a manager, with a reason that is kept."""

from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.interviews import queries
from govmatch.interviews.forms import read_reveal
from govmatch.interviews.views.frame import PATH, Head, arranged, head_of, managers, path_of
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.reviews import actions as reviews
from govmatch.reviews import rules
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class RevealPage:
    """`choices` are (key, firm): what is on the shortlist and still hidden from reviewers."""

    head: Head
    choices: list[tuple[str, str]]
    action: str
    form: Form


def show(visit: Visit) -> Answer:
    challenge = arranged(visit)
    return _shown(visit, challenge, filled({"items": list(_able(visit, challenge))}))


def _able(visit: Visit, challenge: Challenge) -> dict[str, Application]:
    found = queries.shortlisted(visit.db, visit.actor, challenge)
    return {one.public_id: one for one in found if rules.can_be_revealed(one)}


def _shown(visit: Visit, challenge: Challenge, form: Form, *, status: int = 200) -> Answer:
    values = RevealPage(
        head=head_of(visit, challenge),
        choices=[
            (key, name_for(one, How.FULL, visit.lang))
            for key, one in _able(visit, challenge).items()
        ],
        action=visit.url(f"{path_of(challenge)}/names"),
        form=form,
    )
    return page(visit, "interviews/reveal.html", values, status=status, main_form=True)


def reveal(visit: WritingVisit) -> Answer:
    challenge = arranged(visit)
    able = _able(visit, challenge)
    chosen, why, form = read_reveal(visit.form, able)
    if visit.switching:
        return _shown(visit, challenge, Form(form.values))
    if form.errors:
        return _shown(visit, challenge, form, status=422)
    try:
        reviews.reveal(
            visit.session, challenge, [able[key] for key in chosen], why,
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        return _shown(visit, challenge, Form(form.values, error.errors), status=422)
    visit.flash(
        "success", msg("Revealed. Each reviewer reads the names once they have declared anew.")
    )
    return redirect(path_of(challenge))


routes = [
    get(f"{PATH}/names", show, managers),
    post(f"{PATH}/names", reveal, managers, once=True),
]
