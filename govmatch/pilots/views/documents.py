"""/pilots/{id}/documents and /files/{file}: papers of both sides, saved and never shown."""

from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.files.kinds import Kind, shown
from govmatch.files.models import StoredFile
from govmatch.files.queries import of_owner_by_id
from govmatch.files.refused import Refused
from govmatch.files.sending import previewed, sent
from govmatch.kit.asking import require
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, queries, rules
from govmatch.pilots.models import Pilot
from govmatch.pilots.showing import path_of
from govmatch.pilots.views.frame import (
    FileLine,
    Head,
    Trouble,
    file_lines,
    head_of,
    pilot_of,
    trouble_with,
)
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/pilots/{id}/documents"
FIELD = "document"


@dataclass(frozen=True)
class Document:
    file: FileLine
    key: str
    by: str
    at: datetime
    can_remove: bool


@dataclass(frozen=True)
class DocumentsPage:
    head: Head
    documents: list[Document]
    can_add: bool
    kinds: str
    action: str
    form: Form


def show(visit: Visit) -> Answer:
    return _page(visit, pilot_of(visit), Trouble(filled({}), 200))


def act(visit: WritingVisit) -> Answer:
    """Add a document, or remove one's own."""
    pilot = pilot_of(visit)
    if visit.switching:
        return _page(visit, pilot, Trouble(filled({}), 200))
    if visit.form.one("act") == "remove":
        return _remove(visit, pilot)
    require(rules.may_add_document(visit.actor, pilot))
    upload = visit.form.file(FIELD)
    if upload is None:
        errors = {FIELD: msg("Please choose a file.")}
        return _page(visit, pilot, Trouble(Form({}, errors), 422))
    try:
        actions.add_document(
            visit.session, pilot, upload, settings=visit.settings,
            actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Refused as error:
        return _page(visit, pilot, trouble_with(filled({}), error, FIELD))
    visit.flash("success", msg("The document is added."))
    return redirect(f"{path_of(pilot)}/documents")


def _remove(visit: WritingVisit, pilot: Pilot) -> Answer:
    file = of_owner_by_id(visit.session, queries.PILOT, pilot.id, visit.form.one("file"))
    if file is None:
        raise NotFound
    actions.remove_document(
        visit.session, pilot, file, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("The document is removed."))
    return redirect(f"{path_of(pilot)}/documents")


def _page(visit: Visit, pilot: Pilot, trouble: Trouble) -> Answer:
    files = queries.documents(visit.db, pilot)
    names = names_by_id(visit.db, (file.uploaded_by for file in files))
    can_add = bool(rules.may_add_document(visit.actor, pilot))
    lines = file_lines(visit, pilot, files)
    values = DocumentsPage(
        head=head_of(visit, pilot),
        documents=[
            Document(
                file=line,
                key=file.public_id,
                by=names.get(file.uploaded_by or 0, ""),
                at=file.uploaded_at,
                can_remove=_may_remove(visit, pilot, file),
            )
            for file, line in zip(files, lines, strict=True)
        ],
        can_add=can_add,
        kinds=shown(list(Kind)),
        action=visit.url(f"{path_of(pilot)}/documents"),
        form=trouble.form,
    )
    return page(visit, "pilots/documents.html", values, status=trouble.status, main_form=can_add)


def _may_remove(visit: Visit, pilot: Pilot, file: StoredFile) -> bool:
    return bool(rules.may_remove_document(visit.actor, pilot, file.uploaded_by))


def download(visit: Visit) -> Answer:
    """Give a document or a file of a delivery to whoever sees the pilot in full."""
    file = queries.find_file(visit.db, pilot_of(visit), visit.params["file"])
    return sent(visit, file)


def preview(visit: Visit) -> Answer:
    """Show pictures of such a file to whoever may have it."""
    pilot = pilot_of(visit)
    file = queries.find_file(visit.db, pilot, visit.params["file"])
    here = path_of(pilot)
    return previewed(
        visit, file, download=f"{here}/files/{file.public_id}", back=f"{here}/documents"
    )


routes = [
    get(PATH, show, signed_in),
    post(PATH, act, signed_in, once=True, upload_mb=10),
    get("/pilots/{id}/files/{file}", download, signed_in),
    get("/pilots/{id}/files/{file}/preview", preview, signed_in),
]
