"""The copy of an application that is read without names: proposed, corrected, found right.

It is made when it is read, from the version that counts. Until somebody has read it through,
reviewers read what the site proposes, or wait where the programme says so (`REDACTION_CHECKED`).
"""

from collections.abc import Mapping
from enum import StrEnum

from govmatch.applications import queries
from govmatch.applications.identity import names_of
from govmatch.applications.models import Application, Version
from govmatch.applications.redaction_models import RedactedCopy
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of
from govmatch.files.kinds import MEDIA_TYPES
from govmatch.files.models import FileContent, Look, StoredFile
from govmatch.files.queries import RELEASED, contents_of, of_owner, text_of
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.programmes.queries import rule_value
from govmatch.programmes.switches import Rule
from govmatch.questionnaires import Answers, Questionnaire, file_ids, redacted
from govmatch.questionnaires.answers import HIDDEN
from govmatch.questionnaires.identifying import visible
from govmatch.questionnaires.loading import load_kept
from govmatch.questionnaires.redaction import Marks, masked

MOST_OF_FILE = 20_000
"""Characters of a file that are shown without names."""


class Standing(StrEnum):
    """How far people are with a copy."""

    PROPOSED = "proposed"
    """Nobody has looked at what the site hides."""
    CORRECTED = "corrected"
    """Somebody saved marks, and has not found it right yet."""
    CHANGED = "changed"
    """It was found right, and the firm has handed in another version since."""
    APPROVED = "approved"


@dataclass(frozen=True)
class Copy:
    """The version that counts, with what is hidden of it; `row` is what was done by hand."""

    version: Version
    form: Questionnaire
    marks: Marks
    row: RedactedCopy | None
    is_held: bool
    """Reviewers wait for somebody to find it right."""

    @property
    def standing(self) -> Standing:
        return standing_of(self.row, self.version.number)


@dataclass(frozen=True)
class Paper:
    """A file as blind readers have it: a number, its kind, its words without names or why none."""

    key: str
    number: int
    kind: str
    text: str
    why: Message | None


def standing_of(row: RedactedCopy | None, current_version: int) -> Standing:
    if row is None:
        return Standing.PROPOSED
    if row.approved_version == current_version:
        return Standing.APPROVED
    return Standing.CHANGED if row.approved_version else Standing.CORRECTED


def waits_for_approval(challenge: Challenge) -> bool:
    """True where reviewers read only copies that somebody found right."""
    return bool(rule_value(terms_of(challenge), Rule.REDACTION_CHECKED))


def is_held(session: ReadSession, application: Application) -> bool:
    """True while blind reviewers may not read this application yet."""
    if not waits_for_approval(application.challenge):
        return False
    row = queries.redacted_copy(session, application.id)
    return standing_of(row, application.current_version) is not Standing.APPROVED


def copy_of(session: ReadSession, application: Application) -> Copy | None:
    """Return the copy of what was submitted last; None where nothing was."""
    version = queries.find_version(session, application, application.current_version)
    if version is None:
        return None
    form = load_kept(version.form)
    row = queries.redacted_copy(session, application.id)
    names = names_of(session, application, version, form)
    approved = standing_of(row, version.number) is Standing.APPROVED
    return Copy(
        version=version,
        form=form,
        marks=marks_of(row, names),
        row=row,
        is_held=waits_for_approval(application.challenge) and not approved,
    )


def marks_of(row: RedactedCopy | None, names: frozenset[str]) -> Marks:
    """Return what is hidden: what is proposed now or was when it was approved, and by hand."""
    if row is None:
        return Marks(names=names)
    return Marks(
        names=names | frozenset(row.names),
        hidden=tuple(row.hidden),
        whole=frozenset(row.whole),
        shown=frozenset(row.shown),
    )


def answers_in(copy: Copy) -> Answers:
    """Return the answers as a blind reader may see them; the files are left out as a whole."""
    named = file_ids(copy.form, copy.version.answers)
    hidden = redacted(copy.form, copy.version.answers, marks=copy.marks)
    return {
        question_id: HIDDEN if isinstance(answer, list) and named.intersection(answer) else answer
        for question_id, answer in hidden.items()
    }


def words_in(copy: Copy, text: str, *, field: str) -> str:
    """Return a text that stands beside the answers without names."""
    return masked(text, marks=copy.marks, field=field)


def papers_in(session: ReadSession, copy: Copy) -> list[Paper]:
    """Return the files without their names, in the order of the form.

    Pictures and letterheads cannot be freed of names, so nothing but words is ever shown, and only
    of files that somebody has read and let through.
    """
    files = _files_of(session, copy)
    known = contents_of(session, files)
    shown = frozenset(copy.row.files) if copy.row is not None else frozenset[str]()
    return [
        _paper(session, copy, file, number, known, is_shown=file.public_id in shown)
        for number, file in enumerate(files, 1)
    ]


def _files_of(session: ReadSession, copy: Copy) -> list[StoredFile]:
    named = file_ids(copy.form, copy.version.answers)
    there = of_owner(session, "application", copy.version.application_id)
    return [file for file in there if file.public_id in named]


def _paper(
    session: ReadSession,
    copy: Copy,
    file: StoredFile,
    number: int,
    known: Mapping[str, FileContent],
    *,
    is_shown: bool,
) -> Paper:
    kind = next((one.name for one, media in MEDIA_TYPES.items() if media == file.media_type), "")
    why = _why_not(known.get(file.sha256), is_shown=is_shown)
    text = "" if why else _text(session, file)
    if not why and not text.strip():
        why = msg("It holds no words that could be shown.")
    seen = words_in(copy, text, field=f"file.{file.public_id}") if text else ""
    return Paper(file.public_id, number, kind, seen, why)


def whole_text(session: ReadSession, copy: Copy, key: str) -> tuple[str, str]:
    """Return the name of a file and what stands in it, for who reads the application in full."""
    for file in _files_of(session, copy):
        if file.public_id == key:
            return file.name, _text(session, file)
    return "", ""


def _text(session: ReadSession, file: StoredFile) -> str:
    return visible(text_of(session, file))[:MOST_OF_FILE].strip()


def _why_not(content: FileContent | None, *, is_shown: bool) -> Message | None:
    """Return why nothing of a file is shown; None where its words may be."""
    if content is None or content.scan not in RELEASED or content.look == Look.WAITING:
        return msg("It is still being checked.")
    if content.look == Look.BROKEN:
        return msg("It cannot be opened here.")
    if not is_shown:
        return msg("Left out: letterheads, pictures and signatures could name the firm.")
    return None
