"""Who is told of a request to join a firm. That somebody got a role, accounts tells."""

from collections.abc import Iterable

from govmatch.accounts.models import Person
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.notifications.topics import Topic
from govmatch.organisations import queries
from govmatch.organisations.joining_words import called
from govmatch.organisations.models import JoinRequest, JoinState


def join_asked(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell whoever leads the firm, as long as the request waits for them."""
    request = session.get(JoinRequest, row.subject_id)
    if request is None or request.state != JoinState.ASKED:
        return
    for member in queries.members_of(session, request.firm, real_now=background.real_now):
        if member.leads and member.person.disabled_at is None:
            yield _notice(
                background,
                row,
                member.person,
                mail="organisations/join_asked",
                values={"name": request.person.name, "firm": request.firm.name},
                path=f"/firm/{request.firm.public_id}/members",
            )


def join_declined(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell who asked."""
    request = session.get(JoinRequest, row.subject_id)
    if request is None or request.person.disabled_at is not None:
        return
    yield _notice(
        background,
        row,
        request.person,
        mail="organisations/join_declined",
        values={"firm": called(request.firm, request.person.email)},
        path="/firm",
    )


def _notice(
    background: Background,
    row: JournalRow,
    person: Person,
    *,
    mail: str,
    values: dict[str, object],
    path: str,
) -> Notice:
    return Notice(
        key=f"organisations:{row.id}:{person.id}",
        mail=mail,
        address=person.email,
        lang=as_lang(person.lang or background.settings.default_lang),
        person_id=person.id,
        values=values,
        links={"link": path, "settings": "/account/notifications"},
        topic=Topic.FIRM,
        path=path,
    )


OF_JOINING = {"JoinAsked": join_asked, "JoinDeclined": join_declined}
