"""What is looked at before words become public, or before somebody sends them."""

from collections.abc import Iterable

from govmatch.accounts.models import Person
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.organisations.queries import own_firms
from govmatch.questions.naming import Finding, What, candidates, found_in, names_in
from govmatch.questions.queries import known_firms


def told_by(session: ReadSession, texts: Iterable[str], *, actor: Actor) -> list[Finding]:
    """Return what in these texts tells who somebody is, as far as this actor may know of firms."""
    said = [text for text in texts if text]
    keys = {key for text in said for key in candidates(text)}
    return found_in(said, firms=known_firms(session, actor, keys) if keys else ())


def told_of_oneself(session: ReadSession, text: str, *, actor: Actor) -> list[Finding]:
    """Return the same for somebody who asks, with their own name, address and firms."""
    found = told_by(session, [text], actor=actor)
    person = session.get(Person, actor.person_id) if actor.person_id is not None else None
    if person is not None:
        found += names_in([text], [person.name], What.PERSON)
        found += names_in([text], [person.email], What.MAIL)
    found += names_in([text], [firm.name for firm in own_firms(session, actor)], What.FIRM)
    return list(dict.fromkeys(found))
