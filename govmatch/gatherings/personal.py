"""This package's share of one person's data: exported, and erased."""

from datetime import datetime

from govmatch.accounts.queries import by_id
from govmatch.gatherings import actions, queries
from govmatch.gatherings.models import Gathering
from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session

KEPT = {
    "gatherings.author_id": "by number alone, since the event is its host's",
    "registrations.person_id": "how many took part; name, address and answers are emptied",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what a person registered for and wrote there, as JSON values; times are UTC."""
    return {
        "event_registrations": [
            {
                "event": one.gathering.slug,
                "starts": one.gathering.starts.isoformat(),
                "state": one.seat,
                "registered_at": one.at.isoformat(),
                "name": one.name,
                "email": one.email,
                "organisation": one.organisation,
                "answer": one.answer,
                "access_needs": one.needs,
                "attended": one.attended_at is not None,
                "certificate": one.certificate,
                "certificate_shows": one.shows,
            }
            for one in queries.of_person(session, person_id)
        ],
        "events_begun": acts_of(
            session, person_id, {"began": (Gathering.author_id, Gathering.created_at)}
        ),
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Empty the person's registrations, and give up places at what has not begun."""
    actions.forget_person(session, by_id(session, person_id), now=now)
