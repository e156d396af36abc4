"""/applications/{id}/files/{file}: a file of an answer, to be saved and never shown.

The firm has all its files. Whoever else sees the application in full has those that the version
which counts names, and each such download is written down. Who reads it without names has none.
"""

from govmatch.applications import queries, reading, rules
from govmatch.applications.events import FileTaken
from govmatch.applications.models import Application, How
from govmatch.files.models import StoredFile
from govmatch.files.queries import of_owner_by_id
from govmatch.files.sending import previewed, sent
from govmatch.kit.errors import NotFound
from govmatch.web.answers import Answer
from govmatch.web.routes import get, signed_in
from govmatch.web.visit import Visit


def download(visit: Visit) -> Answer:
    """Give a file of an application to whoever may have it."""
    application = queries.get_visible(visit.db, visit.actor, visit.params["id"])
    file = _file(visit, application)
    answer = sent(visit, file)
    if not rules.is_applicant(visit.actor, application):
        visit.note(FileTaken(application.id))
    return answer


def preview(visit: Visit) -> Answer:
    """Show pictures of a file to whoever may have it; that counts as having taken it."""
    application = queries.get_visible(visit.db, visit.actor, visit.params["id"])
    file = _file(visit, application)
    here = f"/applications/{application.public_id}"
    answer = previewed(visit, file, download=f"{here}/files/{file.public_id}", back=here)
    if not rules.is_applicant(visit.actor, application):
        visit.note(FileTaken(application.id))
    return answer


def _file(visit: Visit, application: Application) -> StoredFile:
    """Return the file of the address; raises `NotFound` where this reader may not have it."""
    wanted = visit.params["file"]
    if rules.is_applicant(visit.actor, application):
        file = of_owner_by_id(visit.db, "application", application.id, wanted)
    elif queries.how_of(visit.db, visit.actor, application) is How.FULL:
        submitted = reading.files_of(visit.db, application)
        file = next((one for one in submitted if one.public_id == wanted), None)
    else:
        file = None
    if file is None:
        raise NotFound
    return file


routes = [
    get("/applications/{id}/files/{file}", download, signed_in, records=True),
    get("/applications/{id}/files/{file}/preview", preview, signed_in, records=True),
]
