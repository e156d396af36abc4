"""What was submitted, as those beyond the firm may read it: in full, or without names.

What counts is the version that was submitted last, never the draft. Blind readers get redacted
answers and no file at all: nobody can mask what stands inside a file or in its properties.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select

from govmatch.accounts.models import Person, RoleRow
from govmatch.applications import queries
from govmatch.applications.models import Application, How, Version
from govmatch.files.models import StoredFile
from govmatch.files.queries import of_owner
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang
from govmatch.organisations.models import Firm
from govmatch.questionnaires import (
    Answers,
    Attached,
    Questionnaire,
    Row,
    file_ids,
    marked,
    redacted,
    rows,
    text_for,
)
from govmatch.questionnaires.answers import HIDDEN
from govmatch.questionnaires.loading import load_kept

Url = Callable[[str], str]

_SHORTEST_PART = 4  # letters of a person's name that is masked where it stands alone
_LEGAL_FORMS = frozenset({
    "aps", "as", "ivs", "ps", "ks", "amba", "fmba", "gmbh", "ug", "ag", "kg", "ohg", "gbr", "eg",
    "ab", "hb", "oy", "oyj", "ou", "oü", "asa", "bv", "nv", "ltd", "llc", "inc", "plc", "sa", "sas",
    "sarl", "srl", "spa", "sro", "doo", "&", "co", "og", "und",
})  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One section of the form; what an answer feeds stands in `row.question.criterion`."""

    id: str
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Submitted:
    """One version to be read; `lang` is the language of its answers."""

    number: int
    at: datetime
    lang: str
    is_blind: bool
    parts: list[Part]


def submitted(
    session: ReadSession, application: Application, *, how: How, lang: Lang, url: Url
) -> Submitted | None:
    """Return the version that counts in the reader's words; None where none was submitted.

    `how` is what `queries.how_of` says of the reader. `url` makes an address of a path.
    """
    version = queries.find_version(session, application, application.current_version)
    if version is None:
        return None
    form = load_kept(version.form)
    files: dict[str, Attached] = {}
    if how == How.FULL:
        answers: Answers = version.answers
        files = attached(application.public_id, files_of(session, application), lang, url)
    else:
        answers = answers_without_names(session, application, form, version)
    return Submitted(
        number=version.number,
        at=version.at,
        lang=version.lang,
        is_blind=how != How.FULL,
        parts=[
            Part(
                section.id,
                marked(text_for(section.title, lang), lang),
                rows(section, answers, lang, files=files),
            )
            for section in form.sections
        ],
    )


def answers_without_names(
    session: ReadSession, application: Application, form: Questionnaire, version: Version
) -> Answers:
    """Return the answers as a blind reader may see them; the files are left out as a whole."""
    named = file_ids(form, version.answers)
    hidden = redacted(form, version.answers, names=_names(session, application.firm))
    return {
        question_id: HIDDEN if isinstance(answer, list) and named.intersection(answer) else answer
        for question_id, answer in hidden.items()
    }


def _names(session: ReadSession, firm: Firm) -> set[str]:
    """Return what may name the applicant: the firm, its website, whoever ever belonged to it.

    One word too many that is masked does less harm than one that is not.
    """
    members = select(RoleRow.person_id).where(
        RoleRow.object_kind == "firm", RoleRow.object_id == firm.id
    )
    people = list(session.scalars(select(Person.name).where(Person.id.in_(members))))
    parts = {part for name in people for part in name.split() if len(part) >= _SHORTEST_PART}
    host = (urlsplit(firm.website).hostname or "").removeprefix("www.")
    return {firm.name, _without_form(firm.name), firm.registration, host, *people, *parts} - {""}


def _without_form(name: str) -> str:
    """Return a firm's name without the legal forms that end it, such as ApS or GmbH & Co. KG."""
    words = name.split()
    while len(words) > 1 and _folded(words[-1]) in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _folded(word: str) -> str:
    return word.replace("/", "").replace(".", "").casefold()


def files_of(session: ReadSession, application: Application) -> list[StoredFile]:
    """Return the files that the version that counts names, which readers in full may have."""
    version = queries.find_version(session, application, application.current_version)
    named = file_ids(load_kept(version.form), version.answers) if version is not None else ()
    there = of_owner(session, "application", application.id)
    return [file for file in there if file.public_id in named]


def attached(
    application_id: str, files: Iterable[StoredFile], lang: Lang, url: Url
) -> dict[str, Attached]:
    """Return the files as pages show them, by public id; each is a link to be saved."""
    return {
        file.public_id: Attached(
            file.public_id,
            file.name,
            url(f"/applications/{application_id}/files/{file.public_id}"),
            size_text(file.size, lang),
        )
        for file in files
    }


def size_text(size: int, lang: Lang) -> str:
    """Return a size as people read it: whole KB, from 1 MB on with one decimal."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    text = f"{size / 1_000_000:.1f}"
    return f"{text if lang == 'en' else text.replace('.', ',')} MB"
