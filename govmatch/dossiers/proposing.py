"""What of one application may go to the public: proposed by the site, read and narrowed by people.

The same proposal is what people read and what goes out: its digest says whether it still is what
was read. Nothing goes out that was not read, of whoever was not heard, before the decision.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from govmatch.accounts.models import Person, RoleRow
from govmatch.applications import queries as applications
from govmatch.applications import secrecy_rules
from govmatch.applications.identity import names_of
from govmatch.applications.models import Application, Version
from govmatch.applications.queries.secrecy import Secrecy
from govmatch.applications.reading import files_of_version
from govmatch.applications.secrecy import Mark
from govmatch.decisions.queries.story import public_story
from govmatch.dossiers.blocking import Hidden
from govmatch.dossiers.proposed import Proposal, Standing, digest_of, waits_for
from govmatch.dossiers.proposed_answers import answers_of
from govmatch.dossiers.proposed_files import sheets_of
from govmatch.dossiers.reading_models import PublicReading
from govmatch.files.models import StoredFile
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang
from govmatch.questionnaires import Kind, Questionnaire
from govmatch.questionnaires.loading import load_kept
from govmatch.questionnaires.redaction import is_hidden_by_form

_WRITTEN = frozenset({Kind.TEXT, Kind.LONG_TEXT})
_SHORTEST_PART = 4  # letters of a name that is left out where it stands alone
_SHORTEST_STEM = 5  # letters of a file's name without its ending that are sought in texts
_LONGEST_WHOLE = 2000  # characters of an answer, marked as a whole, that are sought elsewhere
_LONGEST_NAME = 80


def proposal(
    session: ReadSession,
    application: Application,
    *,
    lang: Lang,
    now: datetime,
    tried: PublicReading | None = None,
) -> Proposal | None:
    """Return what of the version that counts may go out; None where nothing was submitted.

    `tried` stands in for what people left out, to see what would become of it.
    """
    version = applications.find_version(session, application, application.current_version)
    if version is None:
        return None
    kept = select(PublicReading).where(PublicReading.application_id == application.id)
    row = tried or session.scalars(kept).first()
    found = _made(session, application, version, row, lang=lang, now=now)
    english = (
        found if lang == "en" else _made(session, application, version, row, lang="en", now=now)
    )
    return replace(found, digest=digest_of(english))


def _made(
    session: ReadSession,
    application: Application,
    version: Version,
    row: PublicReading | None,
    *,
    lang: Lang,
    now: datetime,
) -> Proposal:
    secrecy = applications.secrecy_of(session, application, now=now)
    form = load_kept(version.form)
    files = files_of_version(session, version)
    is_public = _is_public(session, application)
    hidden = Hidden(
        names=_names(session, application, version, form, is_public=is_public),
        secrets=_secrets(secrecy.holding, version, files),
        kept=tuple(row.passages) if row is not None else (),
    )
    return Proposal(
        version=version.number,
        answers=list(
            answers_of(
                version,
                form,
                secrecy=secrecy,
                row=row,
                hidden=hidden,
                lang=lang,
                is_public=is_public,
            )
        ),
        sheets=list(sheets_of(session, files, secrecy, row, hidden)),
        hidden=hidden,
        secrecy=secrecy,
        row=row,
        is_decided=application.decision_released_at is not None,
        is_asked=_waits(secrecy, now),
    )


def standing_of(
    session: ReadSession, application: Application, *, now: datetime
) -> tuple[Standing, int] | None:
    """Return how far an application is and how many marks hold; None where nothing was submitted.

    Only what was let out is proposed again: the others say it without.
    """
    if not application.current_version:
        return None
    secrecy = applications.secrecy_of(session, application, now=now)
    kept = select(PublicReading).where(PublicReading.application_id == application.id)
    waiting = waits_for(
        session.scalars(kept).first(),
        secrecy,
        is_decided=application.decision_released_at is not None,
        is_asked=_waits(secrecy, now),
    )
    if waiting is None:
        found = proposal(session, application, lang="en", now=now)
        waiting = found.standing if found is not None else Standing.CHANGED
    return waiting, len(secrecy.holding)


def _waits(secrecy: Secrecy, now: datetime) -> bool:
    return any(not secrecy_rules.is_over(one, now) for one in secrecy.inquiries)


def _is_public(session: ReadSession, application: Application) -> bool:
    """True where the site names the firm itself, since it has taken a place."""
    firms = public_story(session, application.challenge).firms
    return application.id in {one.application_id for one in firms}


def _names(
    session: ReadSession,
    application: Application,
    version: Version,
    form: Questionnaire,
    *,
    is_public: bool,
) -> frozenset[str]:
    """Return what is left out of texts: persons always, and all that tells a firm nobody names."""
    own = {application.firm.name} if is_public else set[str]()
    found = set(_people(session, application))
    found |= {str(one.get("name", "")) for one in version.consortium} - own
    found |= set(_hidden_answers(form, version.answers))
    if not is_public:
        found |= names_of(session, application, version, form)
    return frozenset(one for one in found if one.strip())


def _people(session: ReadSession, application: Application) -> Iterator[str]:
    """Yield the names of who ever belonged to the firms, the authority or the programme."""
    challenge = application.challenge
    firms = sorted({application.firm_id, *(application.partner_firms or ())})
    held = or_(
        (RoleRow.object_kind == "firm") & RoleRow.object_id.in_(firms),
        (RoleRow.object_kind == "authority") & (RoleRow.object_id == challenge.authority_id),
        (RoleRow.object_kind == "programme") & (RoleRow.object_id == challenge.programme_id),
    )
    found = select(Person.name).where(Person.id.in_(select(RoleRow.person_id).where(held)))
    for name in session.scalars(found):
        yield name
        yield from (part for part in name.split() if len(part) >= _SHORTEST_PART)


def _hidden_answers(form: Questionnaire, answers: Mapping[str, Any]) -> Iterator[str]:
    """Yield short answers to questions that ask for persons: they may stand elsewhere too."""
    for question in form.questions:
        kept = answers.get(question.id)
        if is_hidden_by_form(question) and question.kind in _WRITTEN and isinstance(kept, str):
            yield from (line for line in kept.splitlines() if 0 < len(line) <= _LONGEST_NAME)


def _secrets(
    marks: Collection[Mark], version: Version, files: Collection[StoredFile]
) -> tuple[str, ...]:
    """Return every passage that is secret: marked, of answers marked as a whole, names of files."""
    found: list[str] = []
    names = {one.public_id: one.name for one in files}
    for one in marks:
        found += one.passages
        whole = version.answers.get(one.question) if one.question and one.is_whole else None
        if isinstance(whole, str) and len(whole) <= _LONGEST_WHOLE:
            found.append(whole)
        if name := names.get(one.file):
            stem = name.rpartition(".")[0]
            found += [name, stem] if len(stem) >= _SHORTEST_STEM else [name]
    return tuple(dict.fromkeys(one for one in found if one.strip()))
