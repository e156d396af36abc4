"""Pilots in the index: found by those who see them in full, in each language of their summary.

Milestones and key figures are found by their names, documents by what stands in them; deliveries,
log and messages are not indexed.
"""

from collections.abc import Iterable

from govmatch.accounts.models import Role
from govmatch.files.queries import changes, texts_of
from govmatch.kit.actor import SITE
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import as_lang
from govmatch.pilots import queries, rules
from govmatch.pilots.models import Pilot
from govmatch.pilots.queries.visible import closed_to
from govmatch.search.entry import Entry
from govmatch.search.indexed import Indexed


def ids(_background: Background, session: ReadSession) -> Iterable[int]:
    return queries.indexed_ids(session)


def entries(_background: Background, session: ReadSession, pilot_id: int) -> list[Entry]:
    """Return an entry for each language that has a summary, else one in the application's."""
    pilot = queries.with_texts(session, pilot_id)
    if pilot is None:
        return []
    closed = frozenset(f"person:{number}" for number in closed_to(session, pilot))
    papers = texts_of(session, queries.documents(session, pilot))
    titles = [one.title for one in queries.milestones(session, pilot)]
    names = [name for kpi in queries.kpis(session, pilot) for name in kpi.name.values()]
    return [
        Entry(
            kind="pilot",
            id=str(pilot.id),
            lang=lang,
            title=pilot.title,
            text="\n".join([pilot.summary.get(lang, ""), *titles, papers]).strip(),
            url=f"/pilots/{pilot.public_id}",
            audience=audience(pilot),
            closed=closed,
            facets={"authority": (pilot.challenge.authority.slug,)},
            dates={"added": pilot.created_at},
            labels="\n".join([*names, pilot.firm.name, *_titles(pilot)]),
        )
        for lang in sorted(pilot.summary) or [as_lang(pilot.application.lang)]
    ]


def audience(pilot: Pilot) -> frozenset[str]:
    """Return the tokens of those who see it in full, by role; finance contacts are none of them."""
    challenge = pilot.challenge
    held = [
        *(
            (role, "firm", number)
            for number in (pilot.firm_id, *sorted(rules.partners_of(pilot)))
            for role in rules.INSIDERS
        ),
        *((role, "authority", challenge.authority_id) for role in rules.READERS_OF_AUTHORITY),
        *((role, "programme", challenge.programme_id) for role in rules.READERS_OF_PROGRAMME),
        (Role.AUDITOR, SITE, 0),
        (Role.MENTOR, "pilot", pilot.id),
    ]
    return frozenset(f"{role.value}@{kind}:{number}" for role, kind, number in held)


def _titles(pilot: Pilot) -> list[str]:
    return [text.title for text in pilot.challenge.texts if text.title]


INDEXED = {
    "pilot": Indexed(
        ids,
        entries,
        after={
            **changes(queries.PILOT),
            # What is closed to a person stands in the entry.
            "AccessClosed": queries.of_application,
            "AccessReopened": queries.of_application,
            # So does the name of the firm.
            "FirmProfileChanged": queries.of_firm,
            "ListedFirmChanged": queries.of_firm,
        },
    )
}
