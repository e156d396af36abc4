"""/challenges/{slug}/apply where nobody can apply, and /late-code: entering a late code there."""

from dataclasses import replace
from datetime import datetime

from govmatch.applications import queries, rules
from govmatch.applications.actions import late_codes
from govmatch.applications.showing import title_in
from govmatch.applications.views.reading import site_time
from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import Phase, phase
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class NotOpenPage:
    title: str
    title_lang: str | None
    challenge_url: str
    heading: Message
    opens: datetime | None
    closes: datetime | None
    zone: str
    similar_url: str
    own_url: str | None
    takes_late: bool
    is_signed_in: bool
    login_url: str
    late_url: str
    form: Form
    """What was typed as a late code, and why it was refused."""


@dataclass(frozen=True)
class NoFirmPage:
    title: str
    title_lang: str | None
    challenge_url: str
    closes: datetime | None
    zone: str
    firm_url: str


def not_open(visit: Visit, challenge: Challenge, form: Form | None = None) -> Answer:
    """Say when it opens (403), or that it is over (410) and where similar ones are.

    Where the programme has late codes and the opening has not begun, one can be entered here;
    `form` is a code that was refused.
    """
    title = title_in(challenge, visit.lang)
    is_coming = phase(challenge, visit.now) is Phase.SCHEDULED
    firms = rules.firms_of(visit.actor)
    own = queries.own_for(visit.db, challenge, firms) if firms else []
    themes = [term.slug for term in challenge.terms if term.kind == "theme"]
    values = NotOpenPage(
        title=title.text,
        title_lang=title.lang if title.lang != visit.lang else None,
        challenge_url=visit.url(f"/challenges/{challenge.slug}"),
        heading=_heading(challenge, visit.now),
        opens=challenge.opens if is_coming else None,
        closes=challenge.closes,
        zone=challenge.zone,
        similar_url=visit.url("/challenges", phase="open", theme=themes),
        own_url=visit.url(f"/applications/{own[0].public_id}") if own else None,
        takes_late=_takes_late(visit, challenge),
        is_signed_in=visit.actor.is_signed_in,
        login_url=visit.url("/login", next=f"/challenges/{challenge.slug}/apply"),
        late_url=visit.url(f"/challenges/{challenge.slug}/late-code"),
        form=form or filled({}),
    )
    status = 422 if form is not None and form.errors else 403 if is_coming else 410
    shows_form = values.takes_late and values.is_signed_in
    return page(visit, "applications/not_open.html", values, status=status, main_form=shows_form)


def _takes_late(visit: Visit, challenge: Challenge) -> bool:
    if not rules.takes_late_entries(challenge, visit.now):
        return False
    return not queries.has_late_entry_ended(visit.db, challenge)


def _heading(challenge: Challenge, now: datetime) -> Message:
    match phase(challenge, now):
        case Phase.SCHEDULED:
            return msg("Applications are not open yet")
        case Phase.CLOSED | Phase.IN_SELECTION | Phase.DECIDED | Phase.PILOTING | Phase.COMPLETED:
            return msg("The deadline has passed")
    return msg("This challenge takes no applications")


def no_firm(visit: Visit, challenge: Challenge) -> Answer:
    """Say that firms apply, and how to make one and come back."""
    title = title_in(challenge, visit.lang)
    here = f"/challenges/{challenge.slug}/apply"
    values = NoFirmPage(
        title=title.text,
        title_lang=title.lang if title.lang != visit.lang else None,
        challenge_url=visit.url(f"/challenges/{challenge.slug}"),
        closes=challenge.closes,
        zone=challenge.zone,
        firm_url=visit.url("/firm", next=here),
    )
    status = 403 if isinstance(visit, WritingVisit) else 200
    return page(visit, "applications/no_firm.html", values, status=status)


def enter_code(visit: WritingVisit) -> Answer:
    """Let whoever has a late code in, or say why not; each try is counted."""
    challenge = challenge_of(visit)
    apply = f"/challenges/{challenge.slug}/apply"
    reader = Reader(visit.form)
    typed = reader.text("late_code", limit=100)
    if visit.switching:
        return not_open(visit, challenge, replace(reader.form, errors={}))
    if not reader.ok:
        return not_open(visit, challenge, reader.form)
    if phase(challenge, visit.now) is not Phase.CLOSED:
        return redirect(apply)
    try:
        late_codes.use(
            visit.session, challenge, typed,
            actor=visit.actor, now=site_time(visit), real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        form = replace(reader.form, errors=error.errors)
        return replace(not_open(visit, challenge, form), keeps=True)
    visit.flash("success", msg("Your late code is good. You can apply until it expires."))
    return redirect(apply)


def to_apply(visit: Visit) -> Answer:
    """Lead whoever loads the address of the button to the page that it stands on."""
    return redirect(f"/challenges/{challenge_of(visit).slug}/apply")


def challenge_of(visit: Visit) -> Challenge:
    return challenges.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )


routes = [
    get("/challenges/{slug}/late-code", to_apply, signed_in),
    post("/challenges/{slug}/late-code", enter_code, signed_in),
]
