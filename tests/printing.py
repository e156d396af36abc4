"""Whether PDF files can be made on this machine: the extra `pdf`, and the libraries behind it."""

import re
import zlib
from ctypes.util import find_library
from functools import cache

import pytest

from govmatch import printing

LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")


@cache
def can_render() -> bool:
    return printing.is_there() and all(find_library(name) for name in LIBRARIES)


def inside(content: bytes) -> bytes:
    """Return what a PDF holds, with its packed parts unpacked."""
    packed = re.findall(rb"stream\r?\n(x.*?)\r?\nendstream", content, re.DOTALL)
    return b"\n".join([content, *(zlib.decompressobj().decompress(one) for one in packed)])


def needs_rendering() -> pytest.MarkDecorator:
    """Return what skips a test where no PDF can be made, and says why."""
    return pytest.mark.skipif(
        not can_render(), reason="the extra pdf, or Pango, is not on this machine"
    )
