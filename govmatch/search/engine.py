"""The one module that imports Whoosh: segments on disk, read and written, and its word lists.

Whoosh is taken as what it is good at: an inverted index in immutable segments. Its query parser,
searcher and merge policy are not used, and its commit is taken apart, because it never syncs and
deletes the files of the generation before while others still read them.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from govmatch.kit.durable import sync
from govmatch.kit.records import dataclass
from govmatch.search import blocks, vocabulary
from govmatch.search.arrays import Docs
from govmatch.search.blocks import Held
from govmatch.search.form import (
    CONCEPTS,
    FACTS_BYTES,
    HEADINGS,
    MARKS,
    ROOTS,
    THING_BYTES,
    TITLE,
    WORDS,
    Document,
)
from govmatch.search.inverting import Inverted, Row, merged
from govmatch.search.relevance.nearby import Nearby
from govmatch.search.sieve import Sieve

with warnings.catch_warnings():
    # Whoosh 2.7.4 has escapes and comparisons that Python now warns of when it compiles them.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh.codec.whoosh3 import W3Codec, W3PostingsWriter
    from whoosh.columns import CompressedBytesColumn, FixedBytesColumn, VarBytesColumn
    from whoosh.fields import COLUMN, STORED, FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.formats import Format
    from whoosh.index import TOC
    from whoosh.reading import SegmentReader, TermNotFound
    from whoosh.writing import SegmentWriter

PUBLIC_MARK = b"may=public"
BESIDE = "knowledge"
"""A file of the folder that belongs to all its generations, see `knowledge`."""

_NAME = "MAIN"


class Damaged(Exception):
    """Files of the index are missing, cut or not what was written."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One immutable part of a generation and the documents deleted from it so far."""

    name: str
    documents: int
    deleted: frozenset[int]
    raw: Any

    @property
    def live(self) -> int:
        """Return how many documents are not deleted."""
        return self.documents - len(self.deleted)


class _Packed(Format):  # type: ignore[misc]
    """What a term holds is packed by `blocks`, for Whoosh it is bytes."""

    posting_size = 0


class _Terms(FieldType):  # type: ignore[misc]
    """Takes terms as they are; analysis is not Whoosh's matter here."""

    def __init__(self) -> None:
        super().__init__(_Packed(), None)


class _PostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Writes all documents of a term at once; one by one takes much longer."""

    _terminfo: Any

    def put(self, held: Held) -> None:
        packed = blocks.dump(held)
        self._terminfo.set_extent(self._postfile.tell(), len(packed))
        self._terminfo._df = len(held.docs)  # noqa: SLF001
        self._postfile.write(packed)

    def finish_postings(self) -> Any:
        terminfo, self._terminfo = self._terminfo, None
        return terminfo


def _load(file: Any, terminfo: Any) -> Held:
    offset, length = terminfo.extent()  # Whoosh 2.7.4 forgets to take the length out of its tuple
    return blocks.load(file.get(offset, length[0] if isinstance(length, tuple) else length))


class _Codec(W3Codec):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(compression=0, inlinelimit=0)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _PostingsWriter:  # noqa: FBT001, FBT002
        return _PostingsWriter(dbfile, self._blocklimit, byteids, self._compression, 0)


_FIELDS = (MARKS, ROOTS, HEADINGS, CONCEPTS, TITLE, WORDS)
"""In the order in which they are written; who may find a document is known before its words."""
_WITH_PLACES = (TITLE, WORDS)
_COLUMNS = {
    "facts": FixedBytesColumn(FACTS_BYTES),
    "sequence": VarBytesColumn(),
    "dates": VarBytesColumn(),
    "text": CompressedBytesColumn(level=3),
}
_SCHEMA = Schema(
    **{name: _Terms() for name in _FIELDS},
    **{name: COLUMN(column) for name, column in _COLUMNS.items()},
    head=STORED(),
)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn whatever Whoosh raises over files that are not what it wrote into `Damaged`."""
    try:
        yield
    except Exception as problem:
        # Cut or altered files surface as struct, pickle, zlib, index, assertion, memory errors.
        raise Damaged(f"{path.name}: {type(problem).__name__}: {problem}") from problem


def _toc_name(generation: int) -> str:
    return f"_{_NAME}_{generation}.toc"


def create(folder: Path) -> list[str]:
    """Have an empty generation 0 in the folder, synced; returns the names of its files."""
    TOC(_SCHEMA, [], 0).write(FileStorage(str(folder)), _NAME)
    sync(folder / _toc_name(0))
    sync(folder)
    return [_toc_name(0)]


def _read_toc(folder: Path, generation: int) -> Any:
    files = _OpenFiles(folder)
    try:
        with _reading(folder):
            return TOC.read(files, _NAME, gen=generation, schema=_SCHEMA)
    finally:
        files.close()


def segments_of(folder: Path, generation: int) -> list[Segment]:
    """Return the segments of exactly this generation; `Damaged` when it cannot be read."""
    toc = _read_toc(folder, generation)
    with _reading(folder):
        return [_segment(raw) for raw in toc.segments]


def _segment(raw: Any) -> Segment:
    return Segment(raw.segment_id(), raw.doc_count_all(), frozenset(raw.deleted_docs()), raw)


class _OpenFiles(FileStorage):  # type: ignore[misc]
    """Remembers what it opened, since Whoosh leaves files open when it stumbles over one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), readonly=True)
        self._opened: list[Any] = []

    def open_file(self, name: str, **more: Any) -> Any:
        file = super().open_file(name, **more)
        self._opened.append(file)
        return file

    def close(self) -> None:
        while self._opened:
            file = self._opened.pop()
            if not file.is_closed:
                file.close()


class Reading:
    """One segment as one thread reads it: Whoosh's readers are not safe to share."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        """Open every file that is ever read, so that deleting them later does no harm."""
        self._path = folder / segment.name
        self._files = _OpenFiles(folder)
        try:
            with _reading(self._path):
                self._open(segment.raw)
        except Damaged:
            self.close()
            raise

    def _open(self, raw: Any) -> None:
        codec = raw.codec()
        self._terms = codec.terms_reader(self._files, raw)
        self._documents = codec.per_document_reader(self._files, raw)
        self._documents.stored_fields(0)
        for name in ("sequence", "dates", "text"):  # opened now, read when they are asked for
            self._documents._colfiles[name] = self._documents._get_column_file(name)  # noqa: SLF001
        self._columns: dict[str, Any] = {}

    def _column(self, name: str) -> Any:
        if name not in self._columns:
            self._columns[name] = self._documents.column_reader(name, _COLUMNS[name])
        return self._columns[name]

    def close(self) -> None:
        """Give back the files."""
        self._files.close()

    def held(self, field: str, term: str) -> Held | None:
        """Return the documents that hold the term, ascending, what it weighs and where; or None."""
        with _reading(self._path):
            try:
                info = self._terms.term_info(field, term.encode())
            except TermNotFound:
                return None
            return self._load(info)

    def _items(self, field: str, prefix: bytes) -> Iterator[tuple[bytes, Any]]:
        """Yield the terms of a field that begin so, in the order of their bytes, with their info.

        Damage surfaces as it is met; whoever asks turns it into `Damaged`.
        """
        for (name, term), info in self._terms.items_from(field, prefix):
            if name != field or not term.startswith(prefix):
                return
            yield term, info

    def _load(self, info: Any) -> Held:
        return _load(self._terms._postfile, info)  # noqa: SLF001

    def rows(self, field: str) -> Iterator[Row]:
        """Yield every term of a field and what holds it, in the order of their bytes."""
        with _reading(self._path):
            for term, info in self._items(field, b""):
                yield term, self._load(info)

    def holds(self, field: str, term: str) -> bool:
        """Return whether some document, deleted ones counted, holds the term."""
        with _reading(self._path):
            return (field, term.encode()) in self._terms

    def terms_from(self, field: str, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield the terms that begin so, in the order of their bytes, with their documents."""
        with _reading(self._path):
            for term, info in self._items(field, prefix.encode()):
                yield term.decode(), info.doc_frequency()

    def held_from(self, field: str, prefix: str) -> Iterator[Held]:
        """Yield what holds each of the terms that begin so, in the order of their bytes."""
        with _reading(self._path):
            for _, info in self._items(field, prefix.encode()):
                yield self._load(info)

    def first_from(self, field: str, start: str) -> str | None:
        """Return the first term that is not before `start`, or None after the last."""
        with _reading(self._path):
            for name, term in self._terms.terms_from(field, start.encode()):
                return term.decode() if name == field else None
        return None

    def head(self, document: int) -> dict[str, Any]:
        """Return what is stored of a document, without its text."""
        with _reading(self._path):
            stored: dict[str, Any] = self._documents.stored_fields(document)["head"]
            return stored

    def text(self, document: int) -> str:
        """Return the text of a document as it was handed in."""
        with _reading(self._path):
            packed: bytes = self._column("text")[document]
            return packed.decode()

    def sequence(self, document: int) -> bytes:
        """Return the words of a document in their order, as they were packed."""
        with _reading(self._path):
            packed: bytes = self._column("sequence")[document]
            return packed

    def dates(self) -> list[bytes]:
        """Return the packed dates of every document."""
        with _reading(self._path):
            return list(self._column("dates"))


def facts(folder: Path, segment: Segment) -> bytes:
    """Return the fixed facts of all documents, `FACTS_BYTES` for each."""
    try:
        content: bytes = (folder / W3Codec.column_filename(segment.raw, "facts")).read_bytes()
    except FileNotFoundError:  # a column that was never given a value has no file
        content = b""
    if not any(content):  # no document is without facts
        raise Damaged(f"{segment.name}: no facts")
    return content.ljust(segment.documents * FACTS_BYTES, b"\0")  # zeros at the end are not written


def nearby(folder: Path, segment: Segment, field: str) -> Nearby:
    """Return the commonest terms of a field, see `vocabulary`, to be asked by letters."""
    with _reading(path := _vocabulary(folder, segment.raw)):
        return vocabulary.read(path, field)


def sieve(folder: Path, segment: Segment) -> Sieve:
    """Return what tells which terms a segment lacks."""
    with _reading(path := _vocabulary(folder, segment.raw)):
        return vocabulary.read_sieve(path)


def _vocabulary(folder: Path, raw: Any) -> Path:
    return folder / f"{raw.segment_id()}.vocabulary"


class _Writer(SegmentWriter):  # type: ignore[misc]
    """A commit that is on disk when it returns and deletes nothing."""

    committed: Sequence[Any] = ()

    def begin(self) -> None:
        """Have a place for the terms of each field."""
        self._inverted = {name: Inverted() for name in _FIELDS}
        self._moved: list[tuple[Reading, Docs]] = []
        self._things: set[bytes] = set()
        self._thing = b""

    def put(self, document: Document) -> None:
        """Add a document; its terms are gathered, everything else is written.

        Raises `ValueError` when others stand between it and the rest of its thing: readers count
        on those of a thing standing together.
        """
        number = self.docnum
        self._follow(document.facts[:THING_BYTES])
        for name in _FIELDS:
            value = getattr(document, name)
            if name in _WITH_PLACES:
                self._inverted[name].add_places(number, value)
            else:
                self._inverted[name].add(
                    number, dict.fromkeys(value, 1.0) if name == MARKS else value
                )
        columns = self.perdocwriter
        columns.start_doc(number)
        for name, column in _COLUMNS.items():
            value = getattr(document, name)
            columns.add_column_value(name, column, value.encode() if name == "text" else value)
        columns.add_field("head", _SCHEMA["head"], document.head, 0)
        columns.finish_doc()
        self._added = True
        self.docnum += 1

    def _follow(self, thing: bytes) -> None:
        if thing != self._thing:
            if thing in self._things:
                raise ValueError("the documents of a thing do not follow each other")
            self._things.add(thing)
            self._thing = thing

    def move(self, reading: "Reading", raw: Any) -> None:
        """Add the living documents of a segment as they are."""
        numbers = np.full(raw.doc_count_all(), -1, np.int32)
        alive = np.ones(raw.doc_count_all(), np.bool_)
        alive[list(raw.deleted_docs())] = False
        numbers[alive] = np.arange(self.docnum, self.docnum + int(alive.sum()), dtype=np.int32)
        reader = SegmentReader(self.storage, self.schema, raw)
        self.write_per_doc({*_COLUMNS, "head"}, reader)
        reader.close()
        self._moved.append((reading, numbers))
        self._added = True

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        is_public = np.zeros(self.docnum, np.bool_)
        gathered = vocabulary.Vocabulary()
        for name in _FIELDS:
            self.fieldwriter.start_field(name, _SCHEMA[name])
            for term, held in self._rows(name):
                self.fieldwriter.start_term(term)
                self.fieldwriter._postwriter.put(held)  # noqa: SLF001
                self.fieldwriter.finish_term()
                gathered.take(name, term)
                if name == MARKS and term == PUBLIC_MARK:
                    is_public[held.docs] = True
                elif name == ROOTS:
                    gathered.take_root(term, int(is_public[held.docs].sum()))
                elif name == WORDS:
                    gathered.take_word(term, len(held.docs))
            self.fieldwriter.finish_field()
        self.fieldwriter.close()
        while self._moved:
            self._moved.pop()[0].close()
        path = _vocabulary(Path(self.storage.folder), self.newsegment)
        path.write_bytes(gathered.dumps())

    def _rows(self, name: str) -> Iterator[Row]:
        sources: list[Iterator[Row]] = [self._inverted.pop(name).rows()]
        sources += [_living(reading.rows(name), numbers) for reading, numbers in self._moved]
        return merged(sources)

    def _commit_toc(self, segments: Sequence[Any]) -> None:
        folder = Path(self.storage.folder)
        if self._added:
            for path in folder.glob(f"{self.newsegment.segment_id()}.*"):
                sync(path)
        TOC(self.schema, list(segments), self.generation).write(self.storage, _NAME)
        sync(folder / _toc_name(self.generation))
        sync(folder)
        self.committed = segments


def _living(rows: Iterator[Row], numbers: Docs) -> Iterator[Row]:
    """Yield the rows under new numbers, without documents that have none."""
    for term, held in rows:
        if len((kept := held.kept(numbers)).docs):
            yield term, kept


class Batch:
    """Deletions and additions on top of one generation; committed together or not at all."""

    def __init__(self, folder: Path, generation: int) -> None:
        """Begin; the folder must hold no leftovers of a batch that was given up."""
        self._folder = folder
        pinned = SimpleNamespace(
            storage=FileStorage(str(folder)),
            indexname=_NAME,
            _read_toc=lambda: _read_toc(folder, generation),
        )
        self._writer = _Writer(pinned, codec=_Codec(), compound=False, _lk=False)
        self._writer.begin()
        self._positions = {raw.segment_id(): raw for raw in self._writer.segments}

    def delete(self, segment: str, document: int) -> None:
        """Take a document out of a segment of the generation below."""
        self._positions[segment].delete_document(document)

    def add(self, document: Document) -> None:
        """Put a document into the new segment."""
        self._writer.put(document)

    def take(self, segments: Sequence[Segment]) -> None:
        """Count segments whose files were put into the folder to the next generation."""
        self._writer.segments += [segment.raw for segment in segments]

    def commit(self, choose: Callable[[Sequence[Segment]], AbstractSet[str]]) -> list[str]:
        """Write and sync the next generation and return the names of all its files.

        `choose` names the segments whose documents move into the new one; those without a living
        document are left out by themselves. Nothing of the generation below is touched.
        """
        try:
            self._writer.commit(mergetype=lambda writer, raws: _merge(writer, raws, choose))
        except OSError:
            raise
        except Exception as problem:
            # Moving documents reads old segments, and Whoosh raises anything over altered ones.
            raise Damaged(f"{self._folder.name}: {type(problem).__name__}: {problem}") from problem
        names = [_toc_name(self._writer.generation)]
        names += [name for name in (BESIDE,) if (self._folder / name).exists()]
        for raw in self._writer.committed:
            names += sorted(path.name for path in self._folder.glob(f"{raw.segment_id()}.*"))
        return names

    def cancel(self) -> None:
        """Give the batch up; what it wrote is left for the sweeping of the folder."""
        with suppress(Exception):  # whatever broke the batch may break this too
            self._writer.cancel()


def _merge(
    writer: Any, raws: Sequence[Any], choose: Callable[[Sequence[Segment]], AbstractSet[str]]
) -> list[Any]:
    segments = [_segment(raw) for raw in raws]
    chosen = choose(segments)
    kept = []
    for segment in segments:
        if segment.name in chosen and segment.live:
            writer.move(Reading(Path(writer.storage.folder), segment), segment.raw)
        elif segment.live:
            kept.append(segment.raw)
    return kept
