"""Who is told of reviews: what is theirs to do, until when. No name, no number of applications."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from govmatch.accounts.models import Person
from govmatch.applications.models import Application
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
    return _about(background, session, row, "assigned")


def reminded(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    return _about(background, session, row, "overdue" if row.data["is_overdue"] else "due")


def _about(
    background: Background, session: ReadSession, row: JournalRow, mail: str
) -> Iterable[Notice]:
    """Return the mail, unless what it is about is done, ended or taken back meanwhile."""
    challenge = session.scalars(
        select(Challenge)
        .where(Challenge.id == row.subject_id)
        .options(selectinload(Challenge.texts))
    ).first()
    person = session.get(Person, row.data["person_id"])
    if challenge is None or person is None or person.disabled_at is not None:
        return
    ids = row.data["review_ids"]
    found = (
        select(Review)
        .join(Review.application)
        .where(Review.id.in_(ids if isinstance(ids, list) else []), queries.is_to_do())
        .where(Application.challenge_id == challenge.id)
        .order_by(Review.due_at)
    )
    first = session.scalars(found).first()
    if first is None:
        return
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


NOTICES = {"ReviewsAssigned": assigned, "ReviewsReminded": reminded}
