r"""Typed text: what is taken out of it, and how its words and characters are counted.

The counter in the browser follows the same two rules, so that it never says «fits» where we say
«too long»:
  words       runs of anything but white space, where white space is what JavaScript's `\s` means:
              `text.trim() ? text.trim().split(/\s+/).length : 0`
  characters  code points, a line break being one: `[...text].length`
"""

import re
import unicodedata

from govmatch.questionnaires.limits import MAX_ANSWER

_WHITE = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
_WORD = re.compile(f"[^{_WHITE}]+")
_LINE_BREAK = re.compile("\\r\\n|[\\r\\x85\\u2028\\u2029]")
# NUL is refused by PostgreSQL, and none of the others can be seen or meant; tab and line feed stay.
_CONTROL = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]")
_SURROGATE = re.compile("[\\ud800-\\udfff]")
_MARKS_IN_A_ROW = 30
# All marks stand from U+0300 on and are at most two after decomposition: fewer than eight in a row
# are no long row, so that ordinary text of our three languages is not looked through.
_MARKS_POSSIBLE = re.compile("[\u0300-\U0010ffff]{8}")
_JOINER = "\u034f"


def clean(text: str) -> str:
    """Return the text as it is kept, no longer than 100,000 characters.

    It is in normal form C, its lines end with a line feed, control characters are gone, and halves
    of surrogate pairs are shown as U+FFFD.
    """
    return _cleaned(text)[:MAX_ANSWER]


def is_cut(text: str) -> bool:
    """True when `clean` keeps only a part of the text."""
    return len(text) > MAX_ANSWER // 3 and len(_cleaned(text)) > MAX_ANSWER


def _cleaned(text: str) -> str:
    # Twice as much, since each line break is sent as two characters.
    text = _LINE_BREAK.sub("\n", text[: MAX_ANSWER * 2 + 2])
    return normal(_SURROGATE.sub("\ufffd", _CONTROL.sub("", text)))


def clean_line(text: str) -> str:
    """Return the text of a field of one line: as `clean`, with spaces for line breaks and tabs."""
    return clean(text).replace("\n", " ").replace("\t", " ")


def normal(text: str) -> str:
    """Return the text in normal form C.

    Sorting a long row of combining marks takes time by its square (8 s for 100,000), so the row is
    broken after 30 by a joiner that nobody sees: the stream-safe text process of UAX 15.
    """
    if text.isascii():
        return text
    safe = _with_joiners(text) if _MARKS_POSSIBLE.search(text) else text
    return unicodedata.normalize("NFC", safe)


def _with_joiners(text: str) -> str:
    safe: list[str] = []
    marks = 0
    for char in text:
        if char.isascii():
            marks = 0
        else:
            parts = unicodedata.normalize("NFD", char)
            leading, trailing = _marks(parts), _marks(parts[::-1])
            marks += leading
            if marks > _MARKS_IN_A_ROW:
                safe.append(_JOINER)
                marks = leading
            if leading < len(parts):
                marks = trailing
        safe.append(char)
    return "".join(safe)


def _marks(chars: str) -> int:
    """Return how many combining marks stand at the beginning."""
    count = 0
    while count < len(chars) and unicodedata.combining(chars[count]):
        count += 1
    return count


def count_words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def count_chars(text: str) -> int:
    return len(text)
