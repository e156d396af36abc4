"""/desk/challenges/{slug}/dossier/public: each application read before it goes to the public."""

from dataclasses import replace

from govmatch.accounts.models import Role
from govmatch.applications.events import ApplicationRead
from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import text_for
from govmatch.decisions.queries import opened_applications
from govmatch.dossiers import release
from govmatch.dossiers.proposed import Way
from govmatch.dossiers.proposing import proposal, standing_of
from govmatch.dossiers.release import Wanted
from govmatch.dossiers.views.reading_page import (
    STANDINGS,
    path_list,
    path_of,
    reading_page,
    the_application,
    the_case,
)
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import clean_text, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/desk/challenges/{slug}/dossier/public"
ONE = f"{PATH}/{{id}}"
readers = holder_of(Role.MANAGER, Role.STAFF, Role.APPROVER, Role.AUDITOR)


@dataclass(frozen=True)
class Line:
    name: str
    url: str
    standing: tuple[Message, str]
    marks: int


@dataclass(frozen=True)
class ListPage:
    title: str
    lang: str | None
    back: str
    lines: list[Line]


def listed(visit: Visit) -> Answer:
    """Show how far each application of a case is."""
    challenge = the_case(visit)
    text = text_for(challenge, visit.lang)
    found = [one for one in opened_applications(visit.db, challenge) if one.emptied_at is None]
    values = ListPage(
        title=text.title or challenge.slug,
        lang=text.lang if text.lang != visit.lang else None,
        back=visit.url(f"/desk/challenges/{challenge.slug}/dossier"),
        lines=[line for one in found if (line := _line(visit, challenge, one)) is not None],
    )
    return page(visit, "dossiers/public_list.html", values)


def _line(visit: Visit, challenge: Challenge, application: Application) -> Line | None:
    found = standing_of(visit.db, application, now=visit.now)
    if found is None:
        return None
    standing, marks = found
    return Line(
        name=name_for(application, How.FULL, visit.lang),
        url=visit.url(path_of(challenge, application)),
        standing=STANDINGS[standing],
        marks=marks,
    )


def show(visit: Visit) -> Answer:
    """Show what of one application goes out, what not, and why."""
    application = the_application(visit)
    visit.note(ApplicationRead(application.id))
    return reading_page(visit, application)


def save(visit: WritingVisit) -> Answer:
    """Keep what is left out by hand, and let out what was read where that was asked."""
    application = the_application(visit)
    if visit.switching:
        return reading_page(visit, application, typed(visit.form))
    here = path_of(application.challenge, application)
    act = visit.form.one("do")
    actor, now = visit.actor, visit.now
    try:
        if act == "take_back":
            release.take_back(visit.session, application, actor=actor, now=now)
            visit.flash("success", msg("Nothing of it goes into copies from now on."))
            return redirect(here)
        wanted = _wanted(visit, application)
        revision = _number(visit.form.one("revision"))
        made = release.narrow(
            visit.session, application, wanted, revision=revision, actor=actor, now=now
        )
        if act != "release":
            visit.flash("success", msg("Saved. Read it once more as it is now."))
            return redirect(here)
        read = visit.form.one("read")
        if made.digest != read:
            visit.flash("info", msg("Saved. Something else would go out now: please read it."))
            return redirect(here)
        release.allow(visit.session, application, read=read, actor=actor, now=now)
    except (Invalid, Conflict) as error:
        errors = error.errors if isinstance(error, Invalid) else {"": error.reason}
        status = 422 if isinstance(error, Invalid) else 409
        form = replace(typed(visit.form), errors=dict(errors))
        return reading_page(visit, application, form, status=status)
    visit.flash("success", msg("It goes into copies for the public from now on."))
    return redirect(path_list(application.challenge))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _wanted(visit: WritingVisit, application: Application) -> Wanted:
    found = proposal(visit.session, application, lang=visit.lang, now=visit.now)
    if found is None:
        raise NotFound
    one = visit.form.one
    lines = (" ".join(line.split()) for line in clean_text(one("passages"), lines=True).split("\n"))
    return Wanted(
        answers={
            said.question: clean_text(one(f"why-{said.question}"), lines=True)
            for said in found.answers
            if one(f"out-{said.question}")
        },
        passages=tuple(dict.fromkeys(line for line in lines if line)),
        reason=clean_text(one("reason"), lines=True),
        files={
            sheet.key: Way(chosen)
            for sheet in found.sheets
            if (chosen := one(f"file-{sheet.key}")) in set(Way)
        },
        file_reason=clean_text(one("file_reason"), lines=True),
    )


routes = [
    get(PATH, listed, readers),
    get(ONE, show, readers, records=True),
    post(ONE, save, readers),
]
