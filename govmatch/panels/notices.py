"""Who is told of a jury's meeting: those who were called, and those who have to sign."""

from collections.abc import Collection, Iterable

from govmatch.accounts.models import Person
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import text_for
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.panels import queries
from govmatch.panels.models import Panel, State

TOPIC = "reviews"


def planned(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell everybody who was called when it is; place and agenda stand on the site."""
    challenge = session.get(Challenge, row.subject_id)
    panel = queries.panel_of(session, challenge) if challenge is not None else None
    if challenge is None or panel is None or panel.state != State.PLANNED:
        return []
    people = [one.person for one in queries.members_of(session, panel)]
    return _tell(background, row, panel, "called", people)


def ended(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell everybody who was there that the minutes wait for them."""
    challenge = session.get(Challenge, row.subject_id)
    panel = queries.panel_of(session, challenge) if challenge is not None else None
    if challenge is None or panel is None or panel.state != State.SIGNING:
        return []
    people = [
        one.person
        for one in queries.members_of(session, panel)
        if one.is_present and one.signed_at is None
    ]
    return _tell(background, row, panel, "to_sign", people)


def _tell(
    background: Background,
    row: JournalRow,
    panel: Panel,
    mail: str,
    people: Collection[Person],
) -> Iterable[Notice]:
    challenge = panel.challenge
    path = f"/desk/challenges/{challenge.slug}/panel"
    for person in people:
        if person.disabled_at is not None:
            continue
        lang = as_lang(person.lang or background.settings.default_lang)
        yield Notice(
            key=f"panels:{row.id}:{person.id}",
            mail=f"panels/{mail}",
            address=person.email,
            lang=lang,
            person_id=person.id,
            values={
                "challenge": text_for(challenge, lang).title or challenge.slug,
                "starts": datetime_text(panel.starts, lang, challenge.zone),
            },
            links={"link": path},
            topic=TOPIC,
            path=path,
        )


NOTICES = {"MeetingPlanned": planned, "MeetingEnded": ended}
