"""/desk/challenges/{slug}/files.zip: a challenge as the files of content/challenges."""

import logging
import zipfile
from io import BytesIO

from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import route_choice
from govmatch.challenges.views.desk.access import challenge_of, desk
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import msg
from govmatch.web.answers import Answer, attachment
from govmatch.web.routes import get
from govmatch.web.visit import Visit

log = logging.getLogger("govmatch.files")

MOST_BYTES = 25_000_000
"""Papers beyond that are left out, since the whole is put together in memory."""
LEFT_OUT = "LEFT-OUT.txt"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of each file, so that the same challenge is the same archive."""


def download(visit: Visit) -> Answer:
    """Give whoever works on a challenge its files, to be put into a folder of content."""
    challenge = challenge_of(visit)
    files = {f"challenges/{name}": one for name, one in _files(visit, challenge).items()}
    return attachment(_zipped(files), f"{challenge.slug}.zip", "application/zip")


def _files(visit: Visit, challenge: Challenge) -> dict[str, bytes]:
    # Few ask for it, and it brings along all that reads and writes content.
    from govmatch.challenges.content import exporting  # noqa: PLC0415

    if sum(int(paper["size"]) for paper in challenge.attachments) > MOST_BYTES:
        said = msg(
            "The attachments are too large for this archive. Save them from the public page."
        )
        texts = exporting.texts_of(challenge, route=route_choice(visit.db, challenge))
        return {**texts, LEFT_OUT: f"{visit.say(said)}\n".encode()}
    try:
        return exporting.contents(visit.db, challenge, files_dir=visit.settings.files_dir)
    except FileNotFoundError:
        log.exception("the content of a paper of %s is missing", challenge.slug)
        raise NotFound from None


def _zipped(files: dict[str, bytes]) -> bytes:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return whole.getvalue()


routes = [get("/desk/challenges/{slug}/files.zip", download, desk)]
