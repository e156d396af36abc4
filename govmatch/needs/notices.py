"""Who is told what of a need: its proposer, of what the programme makes of it, and its supporters.

A mail names the need and its page; results and reasons stand on the site. Nobody is told of what
they did themselves.
"""

from collections.abc import Callable, Collection, Iterable

from sqlalchemy import select

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Person, Role
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import as_lang, pick
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.needs.models import Need
from govmatch.needs.queries import supporters, with_texts
from govmatch.needs.wording import title_of
from govmatch.programmes.models import Programme

MESSAGES = "messages"
TASKS = "tasks"
NEEDS = "needs"

Maker = Callable[[Background, ReadSession, JournalRow], Iterable[Notice]]


def _tell_proposer(mail: str) -> Maker:
    """Return a maker that tells who proposed a need, by one mail."""

    def make(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
        need = with_texts(session, row.subject_id)
        person = session.get(Person, need.by) if need is not None else None
        if need is None or person is None or person.disabled_at is not None:
            return
        if person.id != row.actor_id:
            yield _about(background, row, need, person, mail=mail)

    return make


def _tell_all(mail: str) -> Maker:
    """Return a maker that tells who proposed a need, and by another mail who stands behind it.

    Supporters choose themselves how they hear of it; those of a merged need are told of that one,
    those of both that their support counts once, and those who work for the authority of the other
    one that their support has ended.
    """
    to_proposer = _tell_proposer(mail)

    def make(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
        yield from to_proposer(background, session, row)
        need = with_texts(session, row.subject_id)
        if need is None:
            return
        lost = _ids(row, "lost") - {row.actor_id}
        both = _ids(row, "both") - {need.by, row.actor_id} - lost
        left_out = {need.by, row.actor_id, *both, *lost}
        for person in supporters(session, need, now=background.real_now):
            if person.id not in left_out:
                told = f"supported_{mail}"
                yield _about(background, row, need, person, mail=told, topic=NEEDS)
        for person in _there(session, both):
            yield _about(background, row, need, person, mail="supported_both", topic=NEEDS)
        for person in _there(session, lost):
            yield _about(background, row, need, person, mail="supported_lost", topic=NEEDS)

    return make


def _ids(row: JournalRow, name: str) -> set[int]:
    """Return the ids of people that an event holds; none where it is older than the name."""
    given = row.data.get(name)
    return {one for one in given if isinstance(one, int)} if isinstance(given, list) else set()


def _there(session: ReadSession, ids: Collection[int]) -> list[Person]:
    """Return people who can still sign in, by their ids."""
    found = select(Person).where(Person.id.in_(ids), Person.disabled_at.is_(None))
    return list(session.scalars(found.order_by(Person.id))) if ids else []


def _about(
    background: Background,
    row: JournalRow,
    need: Need,
    person: Person,
    *,
    mail: str,
    topic: str = MESSAGES,
) -> Notice:
    lang = as_lang(person.lang or background.settings.default_lang)
    path = f"/needs/{need.public_id}"
    return Notice(
        key=f"needs:{row.id}:{mail}:{person.id}",
        mail=f"needs/{mail}",
        address=person.email,
        lang=lang,
        person_id=person.id,
        values={"title": title_of(need, lang)},
        links={"link": path},
        topic=topic,
        path=path,
    )


def list_laid(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the members of the steering group that a list lies before them."""
    programme = session.get(Programme, row.subject_id)
    if programme is None:
        return
    rows = accounts.holders(
        session, "programme", programme.id, now=background.real_now, roles=[Role.STEERING]
    )
    for person in {one.person_id: one.person for one in rows}.values():
        if person.disabled_at is not None or person.id == row.actor_id:
            continue
        lang = as_lang(person.lang or background.settings.default_lang)
        path = f"/needs/steering?programme={programme.slug}"
        yield Notice(
            key=f"needs:{row.id}:list_laid:{person.id}",
            mail="needs/list_laid",
            address=person.email,
            lang=lang,
            person_id=person.id,
            values={"programme": pick(programme.names, lang)[0]},
            links={"link": path},
            topic=TASKS,
            path=path,
        )


NOTICES: dict[str, Maker] = {
    "NeedMerged": _tell_all("merged"),
    "NeedAnalysed": _tell_proposer("analysed"),
    "NeedTakenUp": _tell_all("taken_up"),
    "NeedDeclined": _tell_all("declined"),
    "NeedReopened": _tell_proposer("reopened"),
    "NeedSolved": _tell_proposer("solved"),
    "NeedHidden": _tell_proposer("hidden"),
    "NeedShown": _tell_proposer("shown"),
    "ListLaid": list_laid,
}
