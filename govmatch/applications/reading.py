"""What was submitted, as those beyond the firm may read it: in full, or without names.

What counts is the version that was submitted last, never the draft. Blind readers get the copy that
`applications.redaction` makes, and no file: only words of files that somebody let through.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime

from govmatch.applications import queries
from govmatch.applications.models import Application, How, Version
from govmatch.applications.redaction import Copy, Paper, answers_in, copy_of, papers_in, words_in
from govmatch.files.models import StoredFile
from govmatch.files.queries import of_owner
from govmatch.files.showing import State, states
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, msg, say
from govmatch.kit.records import dataclass
from govmatch.organisations.places import country_name
from govmatch.questionnaires import (
    Answers,
    Attached,
    Questionnaire,
    Row,
    file_ids,
    marked,
    rows,
    text_for,
)
from govmatch.questionnaires.loading import load_kept

Url = Callable[[str], str]


@dataclass(frozen=True)
class Part:
    """One section of the form; what an answer feeds stands in `row.question.criterion`."""

    id: str
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Party:
    """One firm of a consortium: "Nordlys", or without names "Partner 1"; its share in percent."""

    name: str
    place: str
    share: int
    part: str
    is_lead: bool


@dataclass(frozen=True)
class Submitted:
    """One version to be read; `lang` is the language of its answers.

    `consortium` holds the firms that applied together, the lead first; it is empty for one alone.
    """

    number: int
    at: datetime
    lang: str
    is_blind: bool
    parts: list[Part]
    consortium: list[Party]
    papers: list[Paper] = field(default_factory=list)
    """The files without names, for blind readers alone."""
    is_held: bool = False
    """Nothing is shown yet: somebody still checks that the copy without names names nobody."""


def submitted(
    session: ReadSession, application: Application, *, how: How, lang: Lang, url: Url
) -> Submitted | None:
    """Return the version that counts in the reader's words; None where none was submitted.

    `how` is what `queries.how_of` says of the reader. `url` makes an address of a path.
    """
    if how != How.FULL:
        return _without_names(session, application, lang)
    version = queries.find_version(session, application, application.current_version)
    if version is None:
        return None
    there = files_of(session, application)
    files = attached(application.public_id, there, lang, url, states=states(session, there))
    return Submitted(
        number=version.number,
        at=version.at,
        lang=version.lang,
        is_blind=False,
        parts=parts_of(load_kept(version.form), version.answers, lang, files=files),
        consortium=parties(version, lang),
    )


def _without_names(session: ReadSession, application: Application, lang: Lang) -> Submitted | None:
    """Return the version that counts as nobody is named in it, as far as it may be read yet."""
    copy = copy_of(session, application)
    if copy is None:
        return None
    found = Submitted(
        number=copy.version.number,
        at=copy.version.at,
        lang=copy.version.lang,
        is_blind=True,
        parts=[],
        consortium=[],
        is_held=copy.is_held,
    )
    if copy.is_held:
        return found
    return replace(
        found,
        parts=parts_of(copy.form, answers_in(copy), lang),
        consortium=parties_without_names(copy, lang),
        # Under which id a file lies tells those who may not have it nothing that they need.
        papers=[replace(paper, key="") for paper in papers_in(session, copy)],
    )


def parts_of(
    form: Questionnaire,
    answers: Answers,
    lang: Lang,
    *,
    files: Mapping[str, Attached] | None = None,
) -> list[Part]:
    """Return the sections of a form with what was answered, in the reader's words."""
    return [
        Part(
            section.id,
            marked(text_for(section.title, lang), lang),
            rows(section, answers, lang, files=files or {}),
        )
        for section in form.sections
    ]


def parties(version: Version, lang: Lang) -> list[Party]:
    """Return who applied together as the version says it."""
    return [
        Party(
            name=one["name"],
            place=country_name(one["country"], lang),
            share=one["share"],
            part=one["part"],
            is_lead=place == 0,
        )
        for place, one in enumerate(version.consortium)
    ]


def parties_without_names(copy: Copy, lang: Lang) -> list[Party]:
    """Return how many applied together, with their shares and what each does."""
    return [
        Party(
            name=say(msg("Partner {n}", n=place) if place else msg("Firm that leads"), lang),
            place="",
            share=one["share"],
            part=words_in(copy, one["part"], field=f"party.{place}"),
            is_lead=place == 0,
        )
        for place, one in enumerate(copy.version.consortium)
    ]


def files_of(session: ReadSession, application: Application) -> list[StoredFile]:
    """Return the files that the version that counts names, which readers in full may have."""
    version = queries.find_version(session, application, application.current_version)
    return files_of_version(session, version) if version is not None else []


def files_of_version(session: ReadSession, version: Version) -> list[StoredFile]:
    """Return the files that a submission names, in the order in which they came."""
    named = file_ids(load_kept(version.form), version.answers)
    there = of_owner(session, "application", version.application_id)
    return [file for file in there if file.public_id in named]


def attached(
    application_id: str,
    files: Iterable[StoredFile],
    lang: Lang,
    url: Url,
    *,
    states: Mapping[str, State],
) -> dict[str, Attached]:
    """Return the files as pages show them, by public id; each is a link to be saved.

    `states` says of each what is to be said of it; one that is held back is no link.
    """
    found = {}
    for file in files:
        state = states.get(file.public_id, State())
        path = f"/applications/{application_id}/files/{file.public_id}"
        size = size_text(file.size, lang)
        found[file.public_id] = Attached(
            file.public_id,
            file.name,
            "" if state.is_held else url(path),
            f"{size}, {say(state.note, lang)}" if state.note else size,
            url(f"{path}/preview") if state.has_preview else "",
        )
    return found


def size_text(size: int, lang: Lang) -> str:
    """Return a size as people read it: whole KB, from 1 MB on with one decimal."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    text = f"{size / 1_000_000:.1f}"
    return f"{text if lang == 'en' else text.replace('.', ',')} MB"
