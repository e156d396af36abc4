"""/applications/{id}/confirm: what changed in the challenge, and that what was submitted holds."""

from collections.abc import Collection
from datetime import datetime

from govmatch.applications import actions, queries, rules
from govmatch.applications.eligibility import Gate
from govmatch.applications.models import Application, LateCode, State
from govmatch.applications.views.reading import site_time
from govmatch.challenges.amended import ShownAmendment, shown_amendments
from govmatch.kit.actor import Held, No
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class Changes:
    """Changes of the challenge since an application was submitted, or begun, and what they ask."""

    amendments: list[ShownAmendment]
    is_draft: bool
    is_asked: bool
    can_confirm: bool
    is_incomplete: bool
    """The form asks for more by now than the version that counts answers."""
    why_not: Message | None
    seen: str
    """The last change that is shown: what pressing the button confirms."""
    version: int
    confirmed: list[tuple[datetime, datetime]]
    """When it was confirmed, and when the change was made that it was confirmed after."""


def changes_of(
    visit: Visit,
    application: Application,
    *,
    held: Collection[Held],
    met: Collection[Gate],
    late: LateCode | None,
) -> Changes | None:
    """Return what changed, None where nothing did."""
    found = queries.changed(visit.db, application)
    if not found.amendments:
        return None
    is_asked = bool(found.to_confirm) and application.state == State.SUBMITTED
    ruling = rules.may_confirm(
        visit.actor, application, is_asked=is_asked, is_whole=True, held=held, gates=met,
        now=visit.now, late=late,
    )  # fmt: skip
    is_whole = not is_asked or _is_whole(visit, application)
    return Changes(
        amendments=shown_amendments(
            visit.db,
            application.challenge,
            found.amendments,
            lang=visit.lang,
            content=visit.settings.content_dir,
            url=visit.url,
        ),
        is_draft=not application.current_version,
        is_asked=is_asked,
        can_confirm=bool(ruling) and is_whole,
        is_incomplete=bool(ruling) and not is_whole,
        why_not=ruling.reason if isinstance(ruling, No) else None,
        seen=found.to_confirm[0].public_id if found.to_confirm else "",
        version=application.current_version,
        confirmed=[(one.at, one.amendment.at) for one in found.confirmed],
    )


def _is_whole(visit: Visit, application: Application) -> bool:
    version = queries.find_version(visit.db, application, application.current_version)
    return version is not None and not actions.wrong_with(application, visit.lang, version.answers)


def to_changes(visit: Visit) -> Answer:
    """Lead whoever loads the address of the button to the page that it stands on."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    return redirect(f"/applications/{application.public_id}#changes")


def confirm(visit: WritingVisit) -> Answer:
    """Let what was submitted stand with the changes that were shown."""
    application = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    actions.confirm(
        visit.session,
        application,
        seen=visit.form.one("seen"),
        lang=visit.lang,
        held=queries.every_role(visit.session, visit.actor, real_now=visit.real_now),
        actor=visit.actor,
        now=site_time(visit),
    )
    visit.flash(
        "success",
        msg("Version {n} is confirmed. It counts as it is.", n=application.current_version),
    )
    return redirect(f"/applications/{application.public_id}")


routes = [
    get("/applications/{id}/confirm", to_changes, signed_in),
    post("/applications/{id}/confirm", confirm, signed_in, once=True),
]
