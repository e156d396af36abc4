"""Inviting firms of the shortlist to book a time."""

from datetime import datetime

from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.interviews import actions, queries
from govmatch.interviews.forms import read_call
from govmatch.interviews.models import LIVE, Interview
from govmatch.interviews.views.frame import PATH, Head, arranged, head_of, managers, path_of
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msgn
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class InvitePage:
    """`choices` are (key, name, until when it is invited already); `free` counts slots to book."""

    head: Head
    choices: list[tuple[str, str, datetime | None]]
    free: int
    action: str
    form: Form


def show(visit: Visit) -> Answer:
    challenge = arranged(visit)
    choices = queries.invitable(visit.db, visit.actor, challenge)
    new = [one.public_id for one, interview in choices if interview is None]
    return _shown(visit, challenge, filled({"items": new}))


def _shown(visit: Visit, challenge: Challenge, form: Form, *, status: int = 200) -> Answer:
    values = InvitePage(
        head=head_of(visit, challenge),
        choices=[
            (
                one.public_id,
                name_for(one, How.FULL, visit.lang),
                interview.until if interview is not None and interview.state in LIVE else None,
            )
            for one, interview in queries.invitable(visit.db, visit.actor, challenge)
        ],
        free=len(queries.free_slots(visit.db, challenge, visit.now)),
        action=visit.url(f"{path_of(challenge)}/invite"),
        form=form,
    )
    return page(visit, "interviews/invite.html", values, status=status, main_form=True)


def invite(visit: WritingVisit) -> Answer:
    challenge = arranged(visit)
    able: dict[str, tuple[Application, Interview | None]] = {
        one.public_id: (one, interview)
        for one, interview in queries.invitable(visit.db, visit.actor, challenge)
    }
    data, form = read_call(visit.form, challenge.zone, able)
    if visit.switching:
        return _shown(visit, challenge, Form(form.values))
    if data is None:
        return _shown(visit, challenge, form, status=422)
    try:
        actions.invite(
            visit.session, challenge, [able[key][0] for key in data.chosen],
            until=data.until, message=data.message, actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        return _shown(visit, challenge, Form(form.values, error.errors), status=422)
    visit.flash(
        "success", msgn("{n} firm is invited.", "{n} firms are invited.", n=len(data.chosen))
    )
    return redirect(path_of(challenge))


routes = [
    get(f"{PATH}/invite", show, managers),
    post(f"{PATH}/invite", invite, managers, once=True),
]
