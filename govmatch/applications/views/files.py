"""/applications/{id}/files/{file}: a file of an answer, to be saved and never shown.

The firm has all its files. Whoever else sees the application in full has those that the version
which counts names, and each such download is written down. Who reads it without names has none.
"""

import logging

from govmatch.applications import queries, reading, rules
from govmatch.applications.events import FileTaken
from govmatch.applications.models import Application, How
from govmatch.files import storage
from govmatch.files.models import StoredFile
from govmatch.files.queries import of_owner_by_id
from govmatch.kit.errors import NotFound
from govmatch.web.answers import Answer, attachment
from govmatch.web.routes import get, signed_in
from govmatch.web.visit import Visit

log = logging.getLogger("govmatch.files")


def download(visit: Visit) -> Answer:
    """Give a file of an application to whoever may have it."""
    application = queries.get_visible(visit.db, visit.actor, visit.params["id"])
    file = _file(visit, application)
    try:
        content = storage.read(visit.settings.files_dir, file.sha256)
    except FileNotFoundError:
        log.exception("the content of file %s is missing", file.public_id)
        raise NotFound from None
    if not rules.is_applicant(visit.actor, application):
        visit.note(FileTaken(application.id))
    return attachment(content, file.name, file.media_type)


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


routes = [get("/applications/{id}/files/{file}", download, signed_in, records=True)]
