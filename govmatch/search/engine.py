"""The one module that imports Whoosh: segments on disk, read and written, and its word lists.

Whoosh is taken as what it is good at: an inverted index in immutable segments. Its query parser,
searcher and merge policy are not used, and its commit is taken apart, because it never syncs and
deletes the files of the generation before while others still read them.
"""

import warnings
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from govmatch.kit.durable import sync
from govmatch.search import blocks
from govmatch.search.arrays import Docs, Flags, Floats

with warnings.catch_warnings():
    # Whoosh 2.7.4 has escapes and comparisons that Python now warns of when it compiles them.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PostingsWriter
    from whoosh.columns import CompressedBytesColumn, FixedBytesColumn, VarBytesColumn
    from whoosh.fields import COLUMN, STORED, FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.formats import Format
    from whoosh.index import TOC
    from whoosh.lang import stemmer_for_language, stopwords_for_language
    from whoosh.reading import SegmentReader
    from whoosh.util.numeric import byte_to_length
    from whoosh.writing import SegmentWriter

FACTS_BYTES = 16
LAST_PLACE = 65_535
"""The highest position that is told apart; whatever stands later stands there."""

_NAME = "MAIN"
_POOL_MEGABYTES = 48
_DATES = VarBytesColumn()
_TEXT = CompressedBytesColumn(level=3)


class Damaged(Exception):
    """Files of the index are missing, cut or not what was written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What is written for one entry.

    Words come with their places, stems with their number, marks are present or not. `facts` are
    `FACTS_BYTES` bytes that are read for all documents at once.
    """

    body: Mapping[str, Sequence[int]]
    body_stems: Mapping[str, int]
    title: Mapping[str, Sequence[int]]
    title_stems: Mapping[str, int]
    marks: Sequence[str]
    facts: bytes
    dates: bytes
    text: str
    head: dict[str, Any]


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


class _Places(Format):  # type: ignore[misc]
    """Positions as 16-bit numbers: read 20 times faster than the pickled lists of Whoosh."""

    posting_size = -1


class _Count(Format):  # type: ignore[misc]
    """How often, and nothing else."""

    posting_size = 0


class _WordsField(FieldType):  # type: ignore[misc]
    """Takes terms with their places; analysis is not Whoosh's matter here."""

    def __init__(self) -> None:
        super().__init__(_Places(), None, scorable=True)

    def index(
        self, value: Mapping[str, Sequence[int]], **_: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, places in value.items():
            yield term.encode(), len(places), float(len(places)), array("H", places).tobytes()


class _CountsField(FieldType):  # type: ignore[misc]
    """Takes terms with their numbers."""

    def __init__(self) -> None:
        super().__init__(_Count(), None)

    def index(
        self, value: Mapping[str, int], **_: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, count in value.items():
            yield term.encode(), count, float(count), b""


class _PostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Writes blocks as `blocks` packs them; `None` instead of values that are empty."""

    def _mini_ids(self) -> bytes:
        return blocks.pack_docs(self._ids)

    def _mini_weights(self) -> blocks.Weights:
        return blocks.pack_weights(self._weights)

    def _mini_values(self) -> tuple[bytes, bytes] | None:
        if self._format.fixed_value_size() == 0:
            return None
        return blocks.pack([len(value) for value in self._values]), b"".join(self._values)


class _Postings(W3LeafMatcher):  # type: ignore[misc]
    """Reads a term's documents block by block; one by one takes much longer."""

    def blocks(self) -> Iterator[tuple[Docs, Floats]]:
        for _ in self._each():
            ids, weights, _values = self._data
            yield blocks.unpack_docs(ids), blocks.unpack_weights(weights, self._blocklength)

    def places(self, wanted: Flags) -> Iterator[tuple[Docs, bytes]]:
        for _ in self._each():
            ids = blocks.unpack_docs(self._data[0])
            flagged = wanted[ids]
            if flagged.any():
                lengths, packed = self._data[2]
                sizes = blocks.unpack(lengths).astype(np.int64) // 2
                here = np.frombuffer(packed, np.uint16)[np.repeat(flagged, sizes)]
                yield np.repeat(ids[flagged], sizes[flagged]), here.tobytes()

    def _each(self) -> Iterator[None]:
        while True:
            self._read_data()
            yield
            if self._lastblock:
                return
            self._next_block()

    def _read_ids(self) -> None:
        """Give Whoosh, where it moves documents into a new segment, the numbers it knows."""
        if self._data is None:
            self._read_data()
        self._ids = blocks.unpack_docs(self._data[0]).tolist()

    def _read_weights(self) -> None:
        if self._data is None:
            self._read_data()
        self._weights = blocks.unpack_weights(self._data[1], self._blocklength).tolist()

    def _read_values(self) -> None:
        if self._data is None:
            self._read_data()
        if self._data[2] is None:
            self._values = (None,) * self._blocklength
            return
        lengths, packed = self._data[2]
        ends = np.cumsum(blocks.unpack(lengths), dtype=np.int64).tolist()
        self._values = [packed[start:end] for start, end in pairwise([0, *ends])]


class _Codec(W3Codec):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(blocklimit=blocks.SIZE, compression=0, inlinelimit=0)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _PostingsWriter:  # noqa: FBT001, FBT002
        return _PostingsWriter(dbfile, self._blocklimit, byteids, self._compression, 0)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> _Postings:
        offset, length = terminfo.extent()
        return _Postings(dbfile, offset, length, format_, term=term, scorer=scorer)


_SCHEMA = Schema(
    body=_WordsField(),
    body_stems=_CountsField(),
    title=_WordsField(),
    title_stems=_CountsField(),
    marks=_CountsField(),
    facts=COLUMN(FixedBytesColumn(FACTS_BYTES)),
    dates=COLUMN(_DATES),
    text=COLUMN(_TEXT),
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
        self._text = self._documents.column_reader("text", _TEXT)
        self._dates = self._documents.column_reader("dates", _DATES)

    def close(self) -> None:
        """Give back the files."""
        self._files.close()

    def postings(self, field: str, term: str) -> tuple[Docs, Floats] | None:
        """Return the documents that hold the term, ascending, and how often; or None."""
        with _reading(self._path):
            matcher = self._matcher(field, term)
            if matcher is None:
                return None
            ids, weights = zip(*matcher.blocks(), strict=True)
            return np.concatenate(ids), np.concatenate(weights)

    def places(self, field: str, term: str, wanted: Flags) -> tuple[Docs, Docs]:
        """Return each place of the term in flagged documents: the document, and the position."""
        docs: list[Docs] = [np.empty(0, np.int32)]
        packed: list[bytes] = []
        with _reading(self._path):
            matcher = self._matcher(field, term)
            for ids, values in matcher.places(wanted) if matcher else ():
                docs.append(ids)
                packed.append(values)
        places = np.frombuffer(b"".join(packed), np.uint16)
        return np.concatenate(docs), places.astype(np.int32)

    def _matcher(self, field: str, term: str) -> Any:
        packed = term.encode()
        if (field, packed) not in self._terms:
            return None
        return self._terms.matcher(field, packed, _SCHEMA[field].format)

    def holds(self, field: str, term: str) -> bool:
        """Return whether some document, deleted ones counted, holds the term."""
        with _reading(self._path):
            return (field, term.encode()) in self._terms

    def terms_from(self, field: str, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield the terms that begin so, in the order of their bytes, with their documents."""
        start = prefix.encode()
        with _reading(self._path):
            for (name, term), info in self._terms.items_from(field, start):
                if name != field or not term.startswith(start):
                    return
                yield term.decode(), info.doc_frequency()

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
            packed: bytes = self._text[document]
            return packed.decode()

    def dates(self) -> list[bytes]:
        """Return the packed dates of every document."""
        with _reading(self._path):
            return list(self._dates)


def facts(folder: Path, segment: Segment) -> bytes:
    """Return the fixed facts of all documents, `FACTS_BYTES` for each."""
    content = _column(folder, segment, "facts", FACTS_BYTES)
    if not any(content):  # no document is without facts
        raise Damaged(f"{segment.name}: no facts")
    return content


def lengths(folder: Path, segment: Segment, field: str) -> bytes:
    """Return the length of a field for each document, as one byte (see `length_of`)."""
    return _column(folder, segment, f"_{field}_len", 1)


def _column(folder: Path, segment: Segment, name: str, width: int) -> bytes:
    # A column that was never given a value has no file; trailing zeros are not written.
    try:
        content = (folder / W3Codec.column_filename(segment.raw, name)).read_bytes()
    except FileNotFoundError:
        content = b""
    column: bytes = content.ljust(segment.documents * width, b"\0")
    return column


def length_of(byte: int) -> int:
    """Return the number of words that a length byte stands for, within a tenth."""
    words: int = byte_to_length(byte)
    return words


class _Writer(SegmentWriter):  # type: ignore[misc]
    """A commit that is on disk when it returns and deletes nothing."""

    committed: Sequence[Any] = ()

    def _commit_toc(self, segments: Sequence[Any]) -> None:
        folder = Path(self.storage.folder)
        if self._added:
            for path in folder.glob(f"{self.newsegment.segment_id()}.*"):
                sync(path)
        TOC(self.schema, list(segments), self.generation).write(self.storage, _NAME)
        sync(folder / _toc_name(self.generation))
        sync(folder)
        self.committed = segments


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
        self._writer = _Writer(
            pinned, codec=_Codec(), compound=False, limitmb=_POOL_MEGABYTES, _lk=False
        )
        self._positions = {raw.segment_id(): raw for raw in self._writer.segments}

    def delete(self, segment: str, document: int) -> None:
        """Take a document out of a segment of the generation below."""
        self._positions[segment].delete_document(document)

    def add(self, document: Document) -> None:
        """Put a document into the new segment."""
        self._writer.add_document(
            body=document.body,
            body_stems=document.body_stems,
            title=document.title,
            title_stems=document.title_stems,
            marks=dict.fromkeys(document.marks, 1),
            facts=document.facts,
            dates=document.dates,
            text=document.text.encode(),
            head=document.head,
        )

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
    chosen = choose([_segment(raw) for raw in raws])
    kept = []
    for raw in raws:
        if raw.segment_id() in chosen and raw.doc_count():
            reader = SegmentReader(writer.storage, writer.schema, raw)
            writer.add_reader(reader)
            reader.close()
        elif raw.doc_count():
            kept.append(raw)
    return kept


def stemmer(language: str) -> Callable[[str], str]:
    """Return the Snowball stemmer of a language."""
    stem: Callable[[str], str] = stemmer_for_language(language)
    return stem


def stop_words(language: str) -> frozenset[str]:
    """Return the words of a language that say nothing by themselves."""
    words: frozenset[str] = stopwords_for_language(language)
    return words
