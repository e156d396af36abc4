"""What pages say of files beside their names: whether they are held back, and whether they show."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from govmatch.files.cleaning.left import Left
from govmatch.files.models import FileContent, Look, Scan, StoredFile
from govmatch.files.queries import RELEASED, contents_of
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass

SCANNING = msg("is being checked for viruses")
INFECTED = msg("contains harmful software and is given to nobody; please remove it")
UNCHECKABLE = msg(
    "could not be checked for viruses and is given to nobody; please add it in another form"
)
BROKEN = msg("cannot be opened here; please check it")
_LEFT: Mapping[str, Message] = {
    Left.SIGNED: msg("is signed, so its properties still say who made it"),
    Left.PACKED: msg("is packed in such a way that its properties may still say who made it"),
    Left.PICTURES: msg("holds pictures that may still say where they were taken"),
    Left.TOO_LONG: msg("is very long: its comments and changes may still say whose they are"),
}
_HELD: Mapping[str, Message] = {
    Scan.WAITING: SCANNING,
    Scan.INFECTED: INFECTED,
    Scan.UNCHECKABLE: UNCHECKABLE,
}


@dataclass(frozen=True)
class State:
    """`note` says what is wrong with a file, or what it waits for; one that is held has no link.

    `names_left` says why it may still name people: that is for those who sent it in.
    """

    note: Message | None = None
    is_held: bool = False
    has_preview: bool = False
    names_left: Message | None = None


def states(session: ReadSession, files: Collection[StoredFile]) -> dict[str, State]:
    """Return the state of each file by its public id."""
    known = contents_of(session, files)
    return {
        file.public_id: replace(
            state_of(known.get(file.sha256)), names_left=_LEFT.get(file.names_left)
        )
        for file in files
    }


def state_of(content: FileContent | None) -> State:
    if content is None:
        return State()
    if content.scan not in RELEASED:
        return State(_HELD[content.scan], is_held=True)
    return State(
        BROKEN if content.look == Look.BROKEN else None, has_preview=bool(content.pictures)
    )
