"""Who is told by mail when a challenge waits for them, comes back, is approved, public, amended.

A mail says only that something is there; remarks and texts stand on the site. Nobody is told of
what they did themselves.
"""

from collections.abc import Callable, Iterable, Mapping

from govmatch.accounts.models import Person
from govmatch.challenges import queries
from govmatch.challenges.models import Challenge, State
from govmatch.challenges.telling import NEWS
from govmatch.following.telling import at_once
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, as_lang, pick
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice


def submitted(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell who may approve it, while it waits for that."""
    challenge = _in_state(session, row, State.IN_REVIEW)
    if challenge is None:
        return []
    people = queries.approvers(session, challenge, now=background.real_now)
    return _to(background, row, challenge, people, "submitted")


def from_need(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell those who write for its authority that a draft waits for them."""
    challenge = _in_state(session, row, State.DRAFT)
    if challenge is None:
        return []
    people = queries.staff(session, challenge, now=background.real_now)
    return _to(background, row, challenge, people, "from_need")


def returned(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell who wrote or submitted it."""
    challenge = _in_state(session, row, State.RETURNED)
    if challenge is None:
        return []
    people = queries.writers(session, challenge)
    count = len(queries.remarks_of(session, challenge))
    return _to(background, row, challenge, people, "returned", remarks=count)


def approved(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell who wrote it, and who may publish it, while it waits for that."""
    challenge = _in_state(session, row, State.APPROVED)
    if challenge is None:
        return []
    writers = queries.writers(session, challenge)
    managers = queries.managers(session, challenge, now=background.real_now)
    return [
        *_to(background, row, challenge, writers, "approved"),
        *_to(background, row, challenge, managers, "to_publish"),
    ]


def published(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell who wrote and who approved it, and from when on it is public."""
    challenge = _in_state(session, row, State.PUBLISHED)
    if challenge is None:
        return []
    approver = [] if challenge.approved_by is None else [challenge.approved_by]
    people = [*queries.writers(session, challenge), *queries.people(session, approver)]
    return _to(background, row, challenge, people, "published")


def withdrawn(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the same people that it does not become public at that time, while that holds."""
    challenge = _in_state(session, row, State.APPROVED)
    if challenge is None:
        return []
    approver = [] if challenge.approved_by is None else [challenge.approved_by]
    people = [*queries.writers(session, challenge), *queries.people(session, approver)]
    return _to(background, row, challenge, people, "withdrawn")


def amended(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell those who write for its authority, where somebody else changed what is published.

    They answer questions about it and have to know it; followers are told by what they follow.
    """
    challenge = session.get(Challenge, row.subject_id)
    if challenge is None:
        return []
    people = queries.staff(session, challenge, now=background.real_now)
    return _to(background, row, challenge, people, "amended")


def _amended_for_all(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    yield from amended(background, session, row)
    yield from at_once(NEWS["ChallengeAmended"])(background, session, row)


def _in_state(session: ReadSession, row: JournalRow, state: State) -> Challenge | None:
    """Return the challenge unless it is gone or has moved on since."""
    challenge = session.get(Challenge, row.subject_id)
    return challenge if challenge is not None and challenge.state == state else None


def _to(
    background: Background,
    row: JournalRow,
    challenge: Challenge,
    people: Iterable[Person],
    mail: str,
    **more: object,
) -> list[Notice]:
    others = {person.id: person for person in people if person.id != row.actor_id}
    return [
        _notice(background, row, challenge, person, mail=mail, more=more)
        for person in others.values()
    ]


def _notice(
    background: Background,
    row: JournalRow,
    challenge: Challenge,
    person: Person,
    *,
    mail: str,
    more: Mapping[str, object],
) -> Notice:
    lang: Lang = as_lang(person.lang or background.settings.default_lang)
    values: dict[str, object] = {
        "title": queries.text_for(challenge, lang).title,
        "authority": pick(challenge.authority.names, lang)[0],
        **more,
    }
    if mail == "published" and challenge.published_at is not None:
        values["time"] = datetime_text(challenge.published_at, lang, challenge.zone)
    is_public = mail == "published"
    return Notice(
        key=f"challenges:{row.id}:{mail}:{person.id}",
        mail=f"challenges/{mail}",
        address=person.email,
        lang=lang,
        person_id=person.id,
        values=values,
        links={
            "link": f"/challenges/{challenge.slug}"
            if is_public
            else f"/desk/challenges/{challenge.slug}"
        },
    )


NOTICES: dict[str, Callable[[Background, ReadSession, JournalRow], Iterable[Notice]]] = {
    "DraftedFromNeed": from_need,
    "ChallengeSubmitted": submitted,
    "ChallengeReturned": returned,
    "ChallengeApproved": approved,
    "ChallengePublished": published,
    "PublicationMoved": published,
    "PublicationWithdrawn": withdrawn,
    **{event: at_once(news) for event, news in NEWS.items()},
    "ChallengeAmended": _amended_for_all,
}
