"""Submitted applications in the index, in three kinds that have nothing in common but their number.

What stands in a file is found where the file can be opened.

- application: a firm's own, found by its members alone.
- received: what those find who read it with names; from the opening on.
- assigned: what those find who read it without; "Applicant n" and redacted words.

What is indexed is the version that counts, not the draft. Drafts and withdrawn ones have no entry.
A conflict of interest closes the last two to its person, whatever roles they hold.
"""

from collections.abc import Iterable

from govmatch.accounts.models import Role
from govmatch.applications import queries, rules
from govmatch.applications.models import Application, How, Version
from govmatch.applications.naming import name_for, title_of
from govmatch.applications.reading import files_of_version
from govmatch.applications.redaction import answers_in, copy_of, papers_in
from govmatch.files.queries import changes, texts_of
from govmatch.kit.actor import SITE
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import as_lang
from govmatch.questionnaires import Questionnaire, plain_text
from govmatch.questionnaires.loading import load_kept
from govmatch.search.entry import PERSON, Entry
from govmatch.search.indexed import Indexed


def ids(_background: Background, session: ReadSession) -> Iterable[int]:
    return queries.indexed_ids(session)


def opened_ids(_background: Background, session: ReadSession) -> Iterable[int]:
    return queries.indexed_ids(session, opened=True)


def entries(_background: Background, session: ReadSession, application_id: int) -> list[Entry]:
    """Return the firm's own entry of an application that counts, in the language it is in."""
    found = _counting(session, application_id)
    if found is None:
        return []
    application, version, form = found
    lang = as_lang(version.lang)
    text = plain_text(form, version.answers, lang, labels=False)
    return [
        Entry(
            kind="application",
            id=str(application.id),
            lang=lang,
            title=title_of(form, version.answers) or application.reference,
            text="\n\n".join([text, application.reference, _papers(session, version)]),
            url=f"/applications/{application.public_id}",
            audience=frozenset(
                f"{role}@firm:{number}"
                for number in rules.firms_in(application)
                for role in rules.INSIDERS
            ),
            dates={"added": version.at},
            labels=_titles(application),
        )
    ]


def received(_background: Background, session: ReadSession, application_id: int) -> list[Entry]:
    """Return what readers with names find: those who run, own or audit it, and whom it was granted.

    The address leads each of them to where they work with it.
    """
    found = _opened(session, application_id)
    if found is None:
        return []
    application, version, form = found
    lang = as_lang(version.lang)
    text = plain_text(form, version.answers, lang, labels=False)
    people = queries.people_with(session, application.id)
    return [
        Entry(
            kind="received",
            id=str(application.id),
            lang=lang,
            title=f"{application.firm.name}: {title_of(form, version.answers)}".rstrip(": "),
            text="\n\n".join(
                [text, application.reference, *_partners(version), _papers(session, version)]
            ),
            url=f"/applications/{application.public_id}",
            audience=_readers(application) | _persons(people, How.FULL),
            closed=_persons(people, How.CLOSED),
            dates={"added": version.at},
            labels=_titles(application),
        )
    ]


def assigned(_background: Background, session: ReadSession, application_id: int) -> list[Entry]:
    """Return what readers without names find: no firm, no reference, no address that names it.

    Nothing while the copy that they are to read is not found right yet.
    """
    found = _opened(session, application_id)
    if found is None:
        return []
    application, version, form = found
    people = queries.people_with(session, application.id)
    audience = _persons(people, How.BLIND)
    copy = copy_of(session, application) if audience else None
    if copy is None or copy.is_held:
        return []
    lang = as_lang(version.lang)
    text = plain_text(form, answers_in(copy), lang, labels=False)
    papers = [paper.text for paper in papers_in(session, copy) if paper.text]
    slug = application.challenge.slug
    return [
        Entry(
            kind="assigned",
            id=str(application.id),
            lang=lang,
            title=name_for(application, How.BLIND, lang),
            text="\n\n".join([text, *papers]),
            url=f"/reviews?challenge={slug}&applicant={application.alias}",
            audience=audience,
            closed=_persons(people, How.CLOSED),
            labels=_titles(application),
        )
    ]


def _counting(
    session: ReadSession, application_id: int
) -> tuple[Application, Version, Questionnaire] | None:
    application = queries.with_texts(session, application_id)
    if application is None or application.state not in rules.COUNTING:
        return None
    version = queries.find_version(session, application, application.current_version)
    if version is None:
        return None
    return application, version, load_kept(version.form)


def _opened(
    session: ReadSession, application_id: int
) -> tuple[Application, Version, Questionnaire] | None:
    found = _counting(session, application_id)
    return found if found is not None and rules.is_opened(found[0]) else None


def _readers(application: Application) -> frozenset[str]:
    """Return the tokens of the roles that read every application to this challenge."""
    challenge = application.challenge
    places = {"programme": challenge.programme_id, "authority": challenge.authority_id}
    tokens = {
        f"{role}@{kind}:{places[kind]}" for kind, roles in rules.READERS.items() for role in roles
    }
    return frozenset(tokens | {f"{Role.AUDITOR}@{SITE}:0"})


def _persons(people: dict[int, How], how: How) -> frozenset[str]:
    return frozenset(f"{PERSON}{number}" for number, has in people.items() if has == how)


def _papers(session: ReadSession, version: Version) -> str:
    """Return what stands in the files that were submitted; who reads without names has none."""
    return texts_of(session, files_of_version(session, version))


def _partners(version: Version) -> list[str]:
    """Return the names of the firms that applied together, as they were submitted."""
    return [one["name"] for one in version.consortium[1:]]


def _titles(application: Application) -> str:
    """Return the titles of its challenge, which find it in every language."""
    return " ".join(text.title for text in application.challenge.texts)


def _of_firm(session: ReadSession, firm_id: int) -> Iterable[int]:
    """Return what a firm sent in: what others find carries the firm's name."""
    return queries.opened_of_firm(session, firm_id)


INDEXED = {
    "application": Indexed(ids, entries, after=changes("application")),
    "received": Indexed(
        opened_ids,
        received,
        about="application",
        after={
            "FirmProfileChanged": _of_firm,
            "ListedFirmChanged": _of_firm,
            **changes("application"),
        },
    ),
    "assigned": Indexed(
        opened_ids,
        assigned,
        about="application",
        after={
            "FirmProfileChanged": _of_firm,
            "ListedFirmChanged": _of_firm,
            **changes("application"),
        },
    ),
}
