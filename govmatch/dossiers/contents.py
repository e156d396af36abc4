"""What was submitted, written and handed in: versions with receipts, messages, files."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from govmatch.applications.consortium import received_with
from govmatch.applications.models import Application, Version
from govmatch.applications.queries import versions
from govmatch.applications.reading import files_of_version
from govmatch.applications.receipt_text import receipt_text
from govmatch.correspondence.models import Message, Thread
from govmatch.dossiers import archive
from govmatch.dossiers.collecting import Case
from govmatch.files import storage
from govmatch.files.models import StoredFile
from govmatch.files.queries import of_owner
from govmatch.files.showing import states
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang
from govmatch.kit.records import dataclass
from govmatch.questionnaires import Attached, canonical, plain_text
from govmatch.questionnaires.loading import load_kept

HELD = "held back: it was not found free of viruses"
LOST = "lost: its bytes are not in the store"
"""Why a file is not in the archive, as its data say."""


@dataclass(frozen=True)
class Paper:
    """A file of the case; `member` is where it stands in the archive, empty where it is not there.

    `note` says why not: it is held back, or its bytes were lost.
    """

    file: str
    owner: tuple[str, int]
    name: str
    size: int
    sha256: str
    member: str
    note: str

    def as_data(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "owner": list(self.owner),
            "name": self.name,
            "size": self.size,
            "sha256": self.sha256,
            "member": self.member,
            "note": self.note,
        }


def version_data(version: Version, named: dict[str, str]) -> dict[str, Any]:
    """Return one submission with the content that its hash stands for, to the letter."""
    content = canonical(
        load_kept(version.form),
        version.answers,
        files=named,
        more=received_with(version.consortium),
    )
    return {
        "number": version.number,
        "at": version.at.isoformat(timespec="microseconds"),
        "by": version.by,
        "receipt": version.public_id,
        "salt": version.salt,
        "sha256": version.content_hash,
        "content": content.decode(),
        "form": version.form,
        "lang": version.lang,
    }


def answers_text(session: ReadSession, version: Version, lang: Lang) -> str:
    """Return what one submission says, with its questions, to be read."""
    files = of_owner(session, "application", version.application_id)
    names = {one.public_id: Attached(one.public_id, one.name) for one in files}
    return plain_text(load_kept(version.form), version.answers, lang, files=names)


def receipts(
    session: ReadSession, application: Application, given: Background, lang: Lang
) -> Iterator[archive.Member]:
    """Yield the receipt of every submission, as the firm has it."""
    for version in reversed(versions(session, application)):
        text = receipt_text(
            session, application, version, lang=lang,
            site_name=given.settings.site_name, signer=given.signer,
        )  # fmt: skip
        yield receipt_member(application, version.number), text


def receipt_member(application: Application, number: int) -> str:
    return f"{archive.RECEIPTS}{archive.harmless(application.reference)}-{number}.txt"


def messages_of(session: ReadSession, kind: str, number: int) -> list[dict[str, Any]]:
    """Return everything that was written about one thing, oldest first."""
    found = (
        select(Message)
        .join(Thread, Thread.id == Message.thread_id)
        .where(Thread.subject_kind == kind, Thread.subject_id == number)
        .order_by(Message.id)
    )
    return [
        {"side": one.side, "by": one.by, "at": one.at.isoformat(), "text": one.text}
        for one in session.scalars(found)
    ]


def papers_of(
    session: ReadSession, case: Case, application: Application, given: Background
) -> list[Paper]:
    """Return what was submitted or handed in with an application, a request or a pilot."""
    found: dict[str, StoredFile] = {}
    for version in versions(session, application):
        found |= {one.public_id: one for one in files_of_version(session, version)}
    for kind, table in (("deficiency", "deficiencies"), ("pilot", "pilots")):
        found |= _handed_in(session, kind, case.rows(table, application.id))
    found |= _handed_in(session, "delivery", case.rows("deliveries", application.id))
    known = states(session, list(found.values()))
    held = {number for number, state in known.items() if state.is_held}
    place = f"{archive.FILES}{archive.harmless(application.reference)}"
    return [
        _paper(one, f"{place}/{number:03}-{archive.harmless(one.name)}", held, given)
        for number, one in enumerate(sorted(found.values(), key=lambda one: one.id), 1)
    ]


def _handed_in(
    session: ReadSession, kind: str, rows: Iterable[dict[str, Any]]
) -> dict[str, StoredFile]:
    return {one.public_id: one for row in rows for one in of_owner(session, kind, row["id"])}


def _paper(file: StoredFile, member: str, held: set[str], given: Background) -> Paper:
    is_held = file.public_id in held
    is_there = storage.path_of(given.settings.files_dir, file.sha256).is_file()
    note = HELD if is_held else ""
    return Paper(
        file=file.public_id,
        owner=(file.owner_kind, file.owner_id),
        name=file.name,
        size=file.size,
        sha256=file.sha256,
        member=member if is_there and not is_held else "",
        note=note or ("" if is_there else LOST),
    )


def attachments(case: Case, given: Background) -> list[Paper]:
    """Return the papers of the challenge itself."""
    found = []
    for number, one in enumerate(case.challenge.attachments, 1):
        path = storage.path_of(given.settings.files_dir, one["sha256"])
        member = f"{archive.FILES}challenge/{number:03}-{archive.harmless(one['name'])}"
        found.append(
            Paper(
                file="",
                owner=("challenge", case.challenge.id),
                name=one["name"],
                size=one["size"],
                sha256=one["sha256"],
                member=member if path.is_file() else "",
                note="" if path.is_file() else LOST,
            )
        )
    return found
