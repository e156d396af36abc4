"""The entries that come in files: content/glossary/*.tsv, read as the bridge reads them."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from govmatch.glossary.entries import Entry, Word, kind_of
from govmatch.kit.i18n import LANGUAGES
from govmatch.search.bridge.rows import GLOSSARY, Row, read_glossary

FILE = "file-"
"""How the key of a shipped entry begins."""


def name_of(row: Row) -> str:
    """Return what names an entry for good: its first word in each language, wherever it stands."""
    return "~".join(words[0] for words in row.words)


def key_of(name: str) -> str:
    """Return what stands for such a name in addresses."""
    return FILE + sha256(name.encode()).hexdigest()[:12]


def read_shipped(content_dir: Path) -> dict[str, Entry]:
    """Return the entries of the files by name; lines with the same first words are one entry."""
    glossary = read_glossary(content_dir / GLOSSARY)
    found: dict[str, Entry] = {}
    for row, (path, line) in zip(glossary.rows, glossary.places, strict=True):
        name = name_of(row)
        words = tuple(
            Word(lang, kind_of(text), text)
            for lang, texts in zip(LANGUAGES, row.words, strict=True)
            for text in texts
        )
        if name in found:
            before = found[name].shipped
            found[name] = replace(found[name], shipped=tuple(dict.fromkeys((*before, *words))))
        else:
            where = f"content/{GLOSSARY}/{path.name}"
            found[name] = Entry(key=key_of(name), shipped=words, path=where, line=line)
    return found
