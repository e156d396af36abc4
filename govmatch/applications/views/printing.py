"""/applications/{id}/print and /applications/{id}/answers.md: all answers, at any time."""

from datetime import datetime

from govmatch.applications import queries, rules
from govmatch.applications.answers_text import as_markdown
from govmatch.applications.models import Application
from govmatch.applications.showing import state_for_firm, title_in
from govmatch.applications.views.checking import Part, answered
from govmatch.applications.views.reading import deadline, late_code
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, attachment
from govmatch.web.pages import page
from govmatch.web.routes import get, signed_in
from govmatch.web.visit import Visit

MARKDOWN = "text/markdown; charset=utf-8"


@dataclass(frozen=True)
class PrintPage:
    title: str
    title_lang: str | None
    authority: str
    firm: str
    reference: str
    state: Message
    kind: str
    is_draft: bool
    """What stands here counts only once it is submitted."""
    version: int
    closes: datetime | None
    updated_at: datetime
    zone: str
    written_in: str
    answers: list[Part]
    overview_url: str
    markdown_url: str


def show(visit: Visit) -> Answer:
    """Show all answers to be read or printed, of a draft and of what is frozen alike."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    challenge = application.challenge
    title = title_in(challenge, visit.lang)
    state, kind = state_for_firm(application)
    here = f"/applications/{application.public_id}"
    values = PrintPage(
        title=title.text,
        title_lang=title.lang if title.lang != visit.lang else None,
        authority=pick(challenge.authority.names, visit.lang)[0],
        firm=application.firm.name,
        reference=application.reference,
        state=state,
        kind=kind,
        is_draft=_may_change(visit, application),
        version=application.current_version,
        closes=deadline(challenge, late_code(visit, challenge)),
        updated_at=application.updated_at,
        zone=challenge.zone,
        written_in=application.lang,
        answers=_parts(visit, application),
        overview_url=visit.url(here),
        markdown_url=visit.url(f"{here}/answers.md"),
    )
    return page(visit, "applications/print.html", values)


def markdown(visit: Visit) -> Answer:
    """Return the same as a Markdown file."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    challenge, lang = application.challenge, visit.lang
    updated = datetime_text(application.updated_at, lang, challenge.zone)
    facts: list[tuple[str | Message, str]] = [
        (msg("Authority"), pick(challenge.authority.names, lang)[0]),
        (msg("Firm"), application.firm.name),
        (msg("Reference number"), application.reference),
        (msg("State"), visit.say(state_for_firm(application)[0])),
        (msg("Last changed"), updated),
    ]
    title = title_in(challenge, lang).text
    text = as_markdown(title, facts, _parts(visit, application), lang)
    return attachment(text.encode(), f"{application.reference}.md", MARKDOWN)


def _parts(visit: Visit, application: Application) -> list[Part]:
    return answered(visit, application, may_save=_may_change(visit, application))


def _may_change(visit: Visit, application: Application) -> bool:
    late = late_code(visit, application.challenge)
    held = queries.every_role(visit.db, visit.actor, real_now=visit.real_now)
    return bool(rules.may_save(visit.actor, application, held=held, now=visit.now, late=late))


routes = [
    get("/applications/{id}/print", show, signed_in, prints=True),
    get("/applications/{id}/answers.md", markdown, signed_in),
]
