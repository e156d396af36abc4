"""/challenges/{slug}/papers/{file}: a paper of a challenge, to be saved and never shown."""

import logging
from dataclasses import dataclass
from math import ceil

from govmatch.challenges import queries
from govmatch.challenges.models import Challenge
from govmatch.files import storage
from govmatch.files.models import StoredFile
from govmatch.files.queries import of_owner, of_owner_by_id
from govmatch.kit.errors import NotFound
from govmatch.kit.formats import number_text
from govmatch.kit.i18n import Lang, Message, msg, pick
from govmatch.web.answers import Answer, attachment
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

log = logging.getLogger("govmatch.files")

OWNER = "challenge"
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Paper:
    """One paper as a page lists it; `title_lang` is set where its title is in another language."""

    title: str
    title_lang: str | None
    about: Message
    url: str


def papers_of(visit: Visit, challenge: Challenge) -> list[Paper]:
    """Return the papers that the challenge names, in its order; no statement where it has none."""
    if not challenge.attachments:
        return []
    kept = {file.sha256: file for file in of_owner(visit.db, OWNER, challenge.id)}
    return [
        _paper(visit, challenge, kept[one["sha256"]], one["title"])
        for one in challenge.attachments
        if one["sha256"] in kept
    ]


def _paper(visit: Visit, challenge: Challenge, file: StoredFile, titles: dict[str, str]) -> Paper:
    title, lang = pick(titles, visit.lang)
    return Paper(
        title=title or file.name,
        title_lang=lang if lang != visit.lang else None,
        about=_about(file, visit.lang),
        url=path_of(challenge, file),
    )


def path_of(challenge: Challenge, file: StoredFile) -> str:
    return f"/challenges/{challenge.slug}/papers/{file.public_id}"


def _about(file: StoredFile, lang: Lang) -> Message:
    """Say what kind of file it is and how large, in decimal units."""
    kind = file.name.rpartition(".")[2].upper()  # which tells what the content is
    if file.size >= MEGABYTE:
        size = number_text(round(file.size / MEGABYTE, 1), lang)
        return msg("{kind}, {size} MB", kind=kind, size=size)
    return msg("{kind}, {size} kB", kind=kind, size=number_text(ceil(file.size / 1000), lang))


def download(visit: Visit) -> Answer:
    """Give a paper to whoever may see its challenge."""
    challenge = queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    file = of_owner_by_id(visit.db, OWNER, challenge.id, visit.params["file"])
    if file is None:
        raise NotFound
    try:
        content = storage.read(visit.settings.files_dir, file.sha256)
    except FileNotFoundError:
        log.exception("the content of file %s is missing", file.public_id)
        raise NotFound from None
    return attachment(content, file.name, file.media_type)


routes = [get("/challenges/{slug}/papers/{file}", download, anyone)]
