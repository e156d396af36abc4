"""/applications/{id}/files/{file}: a file of an answer, to be saved and never shown."""

import logging

from govmatch.applications import queries
from govmatch.files import storage
from govmatch.files.queries import of_owner_by_id
from govmatch.kit.errors import NotFound
from govmatch.web.answers import Answer, attachment
from govmatch.web.routes import get, signed_in
from govmatch.web.visit import Visit

log = logging.getLogger("govmatch.files")


def download(visit: Visit) -> Answer:
    """Give a file of an application of the reader's firm."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    file = of_owner_by_id(visit.db, "application", application.id, visit.params["file"])
    if file is None:
        raise NotFound
    try:
        content = storage.read(visit.settings.files_dir, file.sha256)
    except FileNotFoundError:
        log.exception("the content of file %s is missing", file.public_id)
        raise NotFound from None
    return attachment(content, file.name, file.media_type)


routes = [get("/applications/{id}/files/{file}", download, signed_in)]
