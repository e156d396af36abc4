"""Who is told of reviews: what is theirs to do, until when. No name, no number of applications."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Person, Role
from govmatch.applications.models import Application, How
from govmatch.applications.queries import people_with
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import text_for
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.reviews import queries
from govmatch.reviews.models import Review

TOPIC = "reviews"


def assigned(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell a reviewer that there is something to review, once for everything of one act."""
    return _about(background, session, row, "assigned", _ids(row))


def returned(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell a reviewer that something is theirs to review after all."""
    return _about(background, session, row, "assigned", [row.data["review_id"]])


def reminded(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Remind of what is due; what a manager sends is called a reminder, however near the date."""
    mail = "overdue" if row.data["is_overdue"] else "due" if row.actor_id is None else "reminder"
    return _about(background, session, row, mail, _ids(row))


def _ids(row: JournalRow) -> list[object]:
    ids = row.data["review_ids"]
    return ids if isinstance(ids, list) else []


def _about(
    background: Background, session: ReadSession, row: JournalRow, mail: str, ids: list[object]
) -> Iterable[Notice]:
    """Return the mail, unless what it is about is done, ended or taken back meanwhile."""
    person = session.get(Person, row.data["person_id"])
    if person is None or person.disabled_at is not None:
        return
    found = (
        select(Review)
        .join(Review.application)
        .join(Application.challenge)
        .options(
            contains_eager(Review.application)
            .contains_eager(Application.challenge)
            .selectinload(Challenge.texts)
        )
        .where(Review.id.in_(ids), Review.person_id == person.id, queries.is_to_do())
        .order_by(Review.due_at)
    )
    first = session.scalars(found).first()
    if first is None:
        return
    challenge = first.application.challenge
    lang = as_lang(person.lang or background.settings.default_lang)
    yield Notice(
        key=f"reviews:{row.id}:{mail}",
        mail=f"reviews/{mail}",
        address=person.email,
        lang=lang,
        person_id=person.id,
        values={
            "challenge": text_for(challenge, lang).title or challenge.slug,
            "due": datetime_text(first.due_at, lang, person.zone or challenge.zone),
        },
        links={"link": "/reviews"},
        topic=TOPIC,
        path="/reviews",
    )


def ended_by_conflict(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell the programme's managers that a reviewer has said of a conflict: somebody is missing.

    Nothing is told of what a manager found, who is at work on it already.
    """
    application = session.get(Application, row.subject_id)
    if application is None or row.actor_id != row.data["person_id"]:
        return
    challenge = application.challenge
    closed = {n for n, how in people_with(session, application.id).items() if how is How.CLOSED}
    path = f"/desk/challenges/{challenge.slug}/reviewing/{application.public_id}"
    holders = accounts.holders(
        session, "programme", challenge.programme_id, now=background.real_now, roles=[Role.MANAGER]
    )
    for person in {held.person_id: held.person for held in holders}.values():
        if person.disabled_at is not None or person.id in closed:
            continue
        lang = as_lang(person.lang or background.settings.default_lang)
        yield Notice(
            key=f"reviews:{row.id}:ended:{person.id}",
            mail="reviews/ended",
            address=person.email,
            lang=lang,
            person_id=person.id,
            values={"challenge": text_for(challenge, lang).title or challenge.slug},
            links={"link": path},
            topic="tasks",
            path=path,
        )


NOTICES = {
    "ReviewRecused": ended_by_conflict,
    "ReviewSetAside": ended_by_conflict,
    "ReviewsAssigned": assigned,
    "ReviewReturned": returned,
    "ReviewsReminded": reminded,
}
