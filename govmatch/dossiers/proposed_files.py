"""Which files go to the public: their words, or themselves where somebody has read them."""

from collections.abc import Collection, Iterable, Iterator

from govmatch.applications.queries.secrecy import Secrecy
from govmatch.applications.redaction import MOST_OF_FILE
from govmatch.applications.secrecy import Mark
from govmatch.dossiers.blocking import Hidden, Piece, Why, pieces_of, still_says
from govmatch.dossiers.proposed import Sheet, Way
from govmatch.dossiers.reading_models import PublicReading
from govmatch.files.kinds import MEDIA_TYPES
from govmatch.files.models import FileContent, Look, StoredFile
from govmatch.files.queries import RELEASED, contents_of, text_of
from govmatch.kit.db import ReadSession

_LONGEST_PASSAGE = 2500  # characters, with the blanks that a file may have in it


def sheets_of(
    session: ReadSession,
    files: Collection[StoredFile],
    secrecy: Secrecy,
    row: PublicReading | None,
    hidden: Hidden,
) -> Iterator[Sheet]:
    """Yield every file of the version by a number: its name would tell too much."""
    marks = {one.file: one for one in secrecy.holding if one.file}
    known = contents_of(session, files)
    chosen = row.files if row is not None else {}
    for number, file in enumerate(files, 1):
        yield _sheet(
            session, file, number, known.get(file.sha256), hidden,
            mark=marks.get(file.public_id),
            chosen=chosen.get(file.public_id, ""),
            reason=row.file_reason if row is not None else "",
        )  # fmt: skip


def _sheet(
    session: ReadSession,
    file: StoredFile,
    number: int,
    content: FileContent | None,
    hidden: Hidden,
    *,
    mark: Mark | None,
    chosen: str,
    reason: str,
) -> Sheet:
    is_there = content is not None and content.scan in RELEASED and content.look == Look.DONE
    text = text_of(session, file)[: MOST_OF_FILE + _LONGEST_PASSAGE].strip() if is_there else ""
    # Cut after what is left out was found, so that no half of a passage stands at the end.
    pieces = list(_cut(pieces_of(text, hidden)))
    says = still_says(pieces, hidden)
    has_secret = any(one.why in {Why.MARKED, Why.KEPT} for one in pieces)
    why, ways = _possible(mark, is_there=is_there, has_text=bool(text), says=says)
    if has_secret:
        ways = tuple(one for one in ways if one is not Way.WHOLE)
    way = Way(chosen) if chosen in ways else ways[0]
    kind = next((one.name for one, media in MEDIA_TYPES.items() if media == file.media_type), "")
    if way is Way.OUT and why is None:
        why = Why.KEPT if chosen == Way.OUT else Why.UNREADABLE
    words = mark.reason if mark is not None else reason if why is Why.KEPT else ""
    return Sheet(
        key=file.public_id, number=number, kind=kind, name=file.name, sha256=file.sha256,
        way=way, ways=ways, pieces=pieces, why=why if way is Way.OUT else None, reason=words,
        mark=mark,
    )  # fmt: skip


def _cut(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the first pieces, with as many characters as are shown of a file."""
    left = MOST_OF_FILE
    for one in pieces:
        if left <= 0:
            return
        yield one if one.why is not None else Piece(one.text[:left])
        left -= len(one.text)


def _possible(
    mark: Mark | None, *, is_there: bool, has_text: bool, says: Why | None
) -> tuple[Why | None, tuple[Way, ...]]:
    """Return why a file cannot go out, or in which ways it can; the first is proposed."""
    if mark is not None:
        return Why.MARKED, (Way.OUT,)
    if not is_there:
        return Why.UNREADABLE, (Way.OUT,)
    if says is not None:
        return says, (Way.OUT,)
    if not has_text:  # a picture: nobody but a reader can say what it shows
        return None, (Way.OUT, Way.WHOLE)
    return None, (Way.WORDS, Way.WHOLE, Way.OUT)
