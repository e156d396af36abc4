"""/challenges/{slug}/papers/{file}: a paper of a challenge, to be saved and never shown."""

from math import ceil

from govmatch.challenges import queries
from govmatch.challenges.models import Challenge
from govmatch.files.models import StoredFile
from govmatch.files.queries import of_owner, of_owner_by_id
from govmatch.files.sending import sent
from govmatch.kit.formats import number_text
from govmatch.kit.i18n import Lang, Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

OWNER = "challenge"
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Paper:
    """One paper as a page lists it; `title_lang` is set where its title is in another language."""

    title: str
    title_lang: str | None
    about: Message
    url: str


def papers_of(visit: Visit, challenge: Challenge, *, below: str = "") -> list[Paper]:
    """Return the papers that the challenge names, in its order; no statement where it has none.

    `below` is the address of the page below which they are given, where that is another one.
    """
    if not challenge.attachments:
        return []
    kept = {file.sha256: file for file in of_owner(visit.db, OWNER, challenge.id)}
    return [
        _paper(visit, kept[one["sha256"]], one["title"], below or f"/challenges/{challenge.slug}")
        for one in challenge.attachments
        if one["sha256"] in kept
    ]


def _paper(visit: Visit, file: StoredFile, titles: dict[str, str], below: str) -> Paper:
    title, lang = pick(titles, visit.lang)
    return Paper(
        title=title or file.name,
        title_lang=lang if lang != visit.lang else None,
        about=_about(file, visit.lang),
        url=f"{below}/papers/{file.public_id}",
    )


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
    return content_of(visit, challenge, visit.params["file"])


def content_of(visit: Visit, challenge: Challenge, public_id: str) -> Answer:
    """Return one of its papers to be saved; raises `NotFound` for one that it does not have."""
    file = of_owner_by_id(visit.db, OWNER, challenge.id, public_id)
    return sent(visit, file)


routes = [get("/challenges/{slug}/papers/{file}", download, anyone)]
