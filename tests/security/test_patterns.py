"""No pattern of ours takes long for what was written to keep it busy, nor does what uses it."""

import contextlib
import importlib
import pkgutil
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

import govmatch
from govmatch.files.checks import identify
from govmatch.files.kinds import Kind
from govmatch.files.refused import Refused
from tests.architecture.tree import PACKAGE
from tests.timing import soonest
from tests.unit.files.samples import pdf

pytestmark = pytest.mark.security(24)

LENGTH = 8_000
"""Where what goes over its text once per letter takes half a second, and what goes once, none."""
SOON = 0.1  # seconds of processor time
BEGINNINGS = ["", "1 ", "a.", "x@"]
PIECES = [
    *("a", "A", "aB", "1", "1 ", "a ", " ", "\n", "\t\n", "-", ".", "a.", "1.", "a-", "_", "a@a."),
    *("@", "a@", "<", "<a", "#", "/", "%", "%\n", "~", "^1", '"', 'a:"', ":", "a:", "(", "[(", "'"),
    *(
        "a'",
        "\u2019",
        "a\u0301",
        "\u0301",
        "ä",
        "http://",
        "www.",
        "+1 ",
        "*",
        "\\",
        "\0",
        "\u2028",
    ),
    *("{{ ", "é-", ", ", "1,", "0", "2026-"),
]
ENDS = ["", "!", "\0"]

Pattern = re.Pattern[Any]
Method = Callable[[Any], object]


def patterns() -> dict[str, Pattern]:
    """Return every pattern that a module of ours keeps, by its name."""
    found: dict[str, Pattern] = {}
    for module in pkgutil.walk_packages(govmatch.__path__, "govmatch."):
        if ".migrations." not in module.name and not module.name.endswith("__main__"):
            kept = vars(importlib.import_module(module.name))
            found |= {
                f"{module.name}.{name}": value
                for name, value in kept.items()
                if isinstance(value, re.Pattern) and value not in found.values()
            }
    return found


PATTERNS = patterns()
SOURCE = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))


def methods(name: str) -> list[Method]:
    """Return the ways in which our code uses a pattern; all that search are tried as one."""
    pattern, short = PATTERNS[name], name.rpartition(".")[2]
    used = set(re.findall(rf"\b{short}\.(match|fullmatch|search|sub|split|find\w+)\b", SOURCE))
    used = used or {"fullmatch", "search"}  # handed on under another name
    fixed: list[Method] = [getattr(pattern, one) for one in used & {"match", "fullmatch"}]
    return fixed + ([partial(exhaust, pattern)] if len(used) > len(fixed) else [])


def exhaust(pattern: Pattern, text: Any) -> None:
    deque(pattern.finditer(text), maxlen=0)


def hostile() -> Iterator[str]:
    for beginning in BEGINNINGS:
        for piece in PIECES:
            for end in ENDS:
                yield beginning + piece * (LENGTH // len(piece)) + end


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_goes_over_a_text_once(name: str) -> None:
    is_bytes = isinstance(PATTERNS[name].pattern, bytes)
    for method in methods(name):
        for text in hostile():
            given = text.encode() if is_bytes else text
            _, took = soonest(partial(method, given), under=SOON)
            assert took < SOON, text[:20]


def test_a_paper_of_many_streams_full_of_digits_is_looked_through_soon() -> None:
    stream = b"1 0 obj << >> stream\n" + zlib.compress(b"1 " + b"1" * 4_000 + b"x") + b"endstream\n"
    hostile_pdf = pdf(stream * 500)

    def look() -> None:
        with contextlib.suppress(Refused):
            identify(hostile_pdf, "x.pdf", frozenset(Kind))

    assert soonest(look, under=2.0)[1] < 2.0
