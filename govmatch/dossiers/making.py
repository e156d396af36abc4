"""Making the file of a case, in the background: one archive of everything, or of what is public."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from govmatch.accounts.queries import by_id as person_by_id
from govmatch.applications.queries import versions
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import text_of
from govmatch.dossiers import (
    actions,
    archive,
    chain,
    contents,
    page,
    public_copy,
    queries,
    statements,
)
from govmatch.dossiers.collecting import Case, collect
from govmatch.dossiers.contents import Paper
from govmatch.dossiers.models import Dossier, Kind
from govmatch.dossiers.tables import COLUMNS_LEFT_OUT, TABLES_LEFT_OUT
from govmatch.dossiers.words import told
from govmatch.files import storage
from govmatch.files.queries import of_owner
from govmatch.kit.actor import Actor
from govmatch.kit.background import Background
from govmatch.kit.db import Database, ReadSession, Session
from govmatch.kit.errors import NotAllowed, NotFound
from govmatch.kit.i18n import Lang, as_lang, say
from govmatch.kit.jobs import Claimed
from govmatch.kit.journal import JournalRow


def prepared(database: Database, given: Background, job: Claimed) -> Callable[[Session], None]:
    """Make the file that a job asks for, and return what then is to be noted.

    Nobody who wants to write waits for the making of it. Who may not have it any more gets none.
    """
    with database.reading() as session:
        dossier = _asked(session, job)
        if dossier is None:
            return lambda _session: None
        number = dossier.id
        person = person_by_id(session, dossier.asked_by)
        actor = queries.reader(session, person, real_now=given.real_now)
        place = archive.path_of(given.settings.data_dir, dossier.public_id)
        try:
            made = make(session, dossier.challenge, Kind(dossier.kind), place=place, actor=actor,
                        lang=as_lang(dossier.lang), given=given)  # fmt: skip
        except (NotAllowed, NotFound):
            return lambda session: actions.let_go(
                session.get_one(Dossier, number), real_now=given.real_now
            )

    def note(session: Session) -> None:
        actions.note_made(
            session,
            session.get_one(Dossier, number),
            size=made.size,
            sha256=made.sha256,
            manifest=made.manifest,
            settings=given.settings,
            now=given.now,
            real_now=given.real_now,
        )

    return note


def _asked(session: ReadSession, job: Claimed) -> Dossier | None:
    """Return the file that is still to be made."""
    number = session.get_one(JournalRow, job.journal_id).data.get("dossier")
    dossier = queries.by_id(session, number) if isinstance(number, int) else None
    return dossier if dossier and dossier.made_at is None and dossier.gone_at is None else None


def make(
    session: ReadSession,
    challenge: Challenge,
    kind: Kind,
    *,
    place: Path,
    actor: Actor,
    lang: Lang,
    given: Background,
) -> archive.Made:
    """Write the file of a case to `place`. Raises for an actor who may not have it."""
    queries.get_case(session, actor, challenge.slug, now=given.now, real_now=given.real_now)
    case = collect(session, challenge, actor=actor, now=given.now)
    chained = chain.part_of_chain(session, case.journal)
    if kind is Kind.PUBLIC:
        members = public_copy.members(session, case, chained, given, lang)
    else:
        members = _members(session, case, chained, given, lang)
    facts = {
        "kind": kind.value,
        "case": challenge.slug,
        "title": text_of(challenge, lang).title,
        "site": given.settings.site_name,
        "made_at": given.real_now.isoformat(timespec="seconds"),
        "journal": {name: chained[name] for name in ("length", "root", "last_hash")},
    }
    return archive.write(place, members, facts, given.signer)


def _members(
    session: ReadSession, case: Case, chained: dict[str, Any], given: Background, lang: Lang
) -> Iterator[archive.Member]:
    papers = {one.id: contents.papers_of(session, case, one, given) for one in case.applications}
    own = contents.attachments(case, given)
    yield (
        archive.PAGE,
        page.page(session, case, papers=papers, said=told(case, lang), given=given, lang=lang),
    )
    yield archive.CASE, archive.text_of(_case_data(case, own))
    yield archive.JOURNAL, archive.text_of(chained)
    for one in case.applications:
        name = f"{archive.APPLICATIONS}{archive.harmless(one.reference)}.json"
        yield name, archive.text_of(_application_data(session, case, one.id, papers[one.id]))
        yield from contents.receipts(session, one, given, lang)
    for paper in [*own, *(paper for found in papers.values() for paper in found)]:
        if paper.member:
            yield paper.member, storage.path_of(given.settings.files_dir, paper.sha256)


def _case_data(case: Case, own: list[Paper]) -> dict[str, Any]:
    return {
        "case": case.challenge.slug,
        "tables": {name: rows for name, rows in case.own.items() if rows},
        "people": {str(number): name for number, name in case.people.items()},
        "firms": {str(number): one for number, one in case.firms.items()},
        "papers": [one.as_data() for one in own],
        "left_out": [
            {"what": name, "why": say(why, "en")}
            for name, why in {**TABLES_LEFT_OUT, **COLUMNS_LEFT_OUT}.items()
        ],
    }


def _application_data(
    session: ReadSession, case: Case, number: int, papers: list[Paper]
) -> dict[str, Any]:
    [application] = [one for one in case.applications if one.id == number]
    named = {one.public_id: one.sha256 for one in of_owner(session, "application", number)}
    pilots = {
        str(row["id"]): contents.messages_of(session, "pilot", row["id"])
        for row in case.rows("pilots", number)
    }
    return {
        "application": application.reference,
        "id": number,
        "tables": {
            name: rows for name, rows in case.by_application.get(number, {}).items() if rows
        },
        "versions": [
            {
                **contents.version_data(one, named),
                "receipt_member": contents.receipt_member(application, one.number),
            }
            for one in reversed(versions(session, application))
        ],
        "secrecy": statements.data_of(session, application),
        "messages": contents.messages_of(session, "application", number),
        "pilot_messages": pilots,
        "papers": [one.as_data() for one in papers],
    }
