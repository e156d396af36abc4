"""Names of files, made fit to be shown and saved anywhere."""

import unicodedata

from govmatch.files.kinds import Kind, named

LONGEST_STEM = 100  # characters; with the extension it fits every file system, also in UTF-8
_RESERVED = frozenset('<>:"|?*')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)}
)


def clean_name(claimed: str, kind: Kind) -> str:
    """Return the name without path, control and bidi characters, with the extension of `kind`.

    Only the last part of a path stays; characters that some system refuses become `_`; leading
    dots go, so that nothing is hidden. The extension tells what the content is, whatever the
    sender wrote: `evil.html` with the content of a PDF becomes `evil.html.pdf`.
    """
    last = unicodedata.normalize("NFC", claimed).replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, extension = _printable(last).rpartition(".")
    if not dot or named(extension) is not kind:
        stem, extension = _printable(last), kind.value
    stem = " ".join(stem.split()).strip(". ")[:LONGEST_STEM].rstrip(". ")
    if not stem or stem.lower() in _DEVICES:
        stem = f"file{'-' if stem else ''}{stem}"
    return f"{stem}.{extension.lower()}"


def _printable(text: str) -> str:
    kept = (c if not c.isspace() else " " for c in text if _is_kept(c))
    return "".join("_" if c in _RESERVED else c for c in kept)


def _is_kept(char: str) -> bool:
    """Drop controls, bidi and invisible characters, halves of pairs, and what is not assigned."""
    return char.isspace() or unicodedata.category(char)[0] != "C"
