"""The Common Procurement Vocabulary: 9,454 codes with labels in our three languages.

Read once from content/reference/cpv.tsv and kept as it stands in the file, with one number for each
code and one for its place: about 1 MB, where dictionaries would take ten times as much.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from govmatch.kit.i18n import Lang
from govmatch.settings import shipped
from govmatch.taxonomy.cpv_words import Found, find

FILE = Path("reference") / "cpv.tsv"
DIGITS = 8


class Codes:
    """All codes of one file, sorted; a code is eight digits, without its check digit."""

    def __init__(self, raw: bytes, folder: Path = Path()) -> None:
        """`folder` is the content folder, whose glossary helps where labels have other words."""
        self._raw, self._folder = raw, folder
        self._numbers = array("I")
        self._offsets = array("I")
        at = raw.index(b"\ncode\t") + 1
        while (at := raw.find(b"\n", at) + 1) and at < len(raw):
            self._numbers.append(int(raw[at : at + DIGITS]))
            self._offsets.append(at)
        self._langs = raw[raw.index(b"\ncode\t") + 1 :].split(b"\n", 1)[0].decode().split("\t")[2:]

    def __len__(self) -> int:
        return len(self._numbers)

    def has(self, code: str) -> bool:
        return self._offset(code) is not None

    def labels(self, code: str) -> dict[str, str]:
        """Return what a code is called, by language; nothing for an unknown one."""
        return dict(zip(self._langs, self._cells(code)[2:], strict=False))

    def label(self, code: str, lang: Lang) -> str:
        """Return what a code is called in `lang`, or the code itself for an unknown one."""
        return self.labels(code).get(lang, code)

    def parents(self, code: str) -> list[str]:
        """Return the codes above, nearest first; nothing for a division or an unknown code."""
        found: list[str] = []
        while (cells := self._cells(code)) and (code := cells[1]):
            found.append(code)
        return found

    def find(self, text: str, lang: Lang, *, most: int = 20) -> list[tuple[str, str]]:
        """Return codes (with labels) that begin with these digits or whose label has the words."""
        return [(one.code, one.label) for one in self.search(text, lang, most=most)]

    def search(self, text: str, lang: Lang, *, most: int = 20) -> list[Found]:
        """Return the same with the label in which the words were found, of any language."""
        wanted = text.strip()
        if wanted.isascii() and wanted.isdigit():
            place = self._langs.index(lang) + 2
            begins = (row for row in self._rows() if row[0].startswith(wanted))
            return [Found(row[0], row[place]) for row in islice(begins, most)]
        table = self._raw[self._offsets[0] :].decode() if wanted else ""
        return find(table, self._langs, wanted, lang, most=most, folder=self._folder)

    def _rows(self) -> Iterator[list[str]]:
        for offset in self._offsets:
            yield self._row(offset)

    def _cells(self, code: str) -> list[str]:
        offset = self._offset(code)
        return [] if offset is None else self._row(offset)

    def _row(self, offset: int) -> list[str]:
        end = self._raw.find(b"\n", offset)
        return self._raw[offset : end if end >= 0 else None].decode().split("\t")

    def _offset(self, code: str) -> int | None:
        if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
            return None
        place = bisect_left(self._numbers, int(code))
        found = place < len(self._numbers) and self._numbers[place] == int(code)
        return self._offsets[place] if found else None


def codes(content_dir: Path) -> Codes:
    """Return the codes of a content folder, or those that ship with govmatch when it has none."""
    own = content_dir / FILE
    return _read(own if own.is_file() else shipped("content") / FILE)


@lru_cache(maxsize=2)
def _read(path: Path) -> Codes:
    return Codes(path.read_bytes(), path.parent.parent)
