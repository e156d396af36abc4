"""Files that answer a question: taken in with a section, let go when nothing names them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from govmatch.applications import call, queries
from govmatch.applications.models import Application
from govmatch.files import actions as files
from govmatch.files import queries as file_queries
from govmatch.files.actions import MEGABYTE, Owner, Upload
from govmatch.files.models import StoredFile
from govmatch.files.refused import Refused
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.programmes.switches import Limit
from govmatch.questionnaires import Kind, Question, Section, kept_files
from govmatch.settings import Settings

OWNER = "application"


@dataclass
class _Room:
    """How many files and bytes an application may still take; what stays is counted first."""

    files: int
    size: int
    most_files: int
    most_mb: int

    def take(self, size: int) -> None:
        """Count one more file; raises `Refused` where there is no room for it."""
        if self.files >= self.most_files:
            raise Refused(
                msgn(
                    "An application may have {n} file. Please remove one first.",
                    "An application may have {n} files. Please remove one first.",
                    n=self.most_files,
                )
            )
        if self.size + size > self.most_mb * MEGABYTE:
            raise Refused(
                msg("All files of an application together may have {n} MB.", n=self.most_mb)
            )
        self.files, self.size = self.files + 1, self.size + size


def add_files(
    session: Session,
    application: Application,
    section: Section,
    fields: Mapping[str, Sequence[str]],
    uploads: Mapping[str, Sequence[Upload]],
    *,
    settings: Settings,
    actor: Actor,
    real_now: datetime,
) -> tuple[dict[str, list[str]], dict[str, Message]]:
    """Take in what was added to a section's file questions.

    Returns the files of each question (those that stay, then the new ones; a question that takes
    one file gets the new one for the old), and by field name why a file was refused.
    """
    questions = [question for question in section.questions if question.kind is Kind.FILE]
    fresh = {q.id: [u for u in uploads.get(q.field, ()) if u.content or u.name] for q in questions}
    found = {
        q.id: kept_files(q, fields, application.answers)
        if takes_several(q) or not fresh[q.id]
        else []
        for q in questions
    }
    refused: dict[str, Message] = {}
    if not any(fresh.values()):
        return found, refused
    room = _room(session, application, found)
    for question in questions:
        for upload in fresh[question.id]:
            try:
                room.take(len(upload.content))
                file = _store(
                    session, application, question, upload,
                    settings=settings, actor=actor, real_now=real_now,
                )  # fmt: skip
            except Refused as error:
                refused.setdefault(question.field, _named(upload.name, error.reason))
            else:
                found[question.id] = list(dict.fromkeys([*found[question.id], file.public_id]))
    return found, refused


def _room(session: Session, application: Application, staying: Mapping[str, list[str]]) -> _Room:
    named = _file_ids({**application.answers, **staying})
    there = file_queries.of_owner(session, OWNER, application.id)
    sizes = [file.size for file in there if file.public_id in named]
    challenge = application.challenge
    return _Room(
        files=len(sizes),
        size=sum(sizes),
        most_files=call.most(challenge, Limit.FILES),
        most_mb=call.most(challenge, Limit.FILES_MB),
    )


def _store(
    session: Session,
    application: Application,
    question: Question,
    upload: Upload,
    *,
    settings: Settings,
    actor: Actor,
    real_now: datetime,
) -> StoredFile:
    most_mb = call.most(application.challenge, Limit.FILE_MB)
    return files.store(
        session,
        upload,
        settings=settings,
        owner=Owner(OWNER, application.id),
        slot=question.id,
        allowed=question.accept,
        max_mb=min(question.max_mb or most_mb, most_mb),
        actor=actor,
        now=real_now,
    )


def let_go(
    session: Session,
    application: Application,
    before: Mapping[str, object],
    after: Mapping[str, object],
    *,
    real_now: datetime,
) -> None:
    """Remove the files that answers named before and no more, unless a submitted version does."""
    gone = _file_ids(before) - _file_ids(after)
    for file in file_queries.of_owner(session, OWNER, application.id) if gone else ():
        if file.public_id in gone and not queries.is_submitted_file(
            session, application, file.public_id
        ):
            files.remove(session, file, now=real_now)


def _file_ids(answers: Mapping[str, object]) -> set[str]:
    lists = (answer for answer in answers.values() if isinstance(answer, list))
    return {item for answer in lists for item in answer if isinstance(item, str)}


def takes_several(question: Question) -> bool:
    return isinstance(question.maximum, Decimal) and question.maximum > 1


def _named(name: str, reason: Message) -> Message:
    """Return the reason with the name that the sender gave, which may be one of several."""
    return msg("{name}: {reason}", name=" ".join(name.split())[:80] or "–", reason=reason)
