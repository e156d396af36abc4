"""Reading XML parts of office files: no document type, no entities, nothing kept in memory."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from govmatch.files.refused import DAMAGED, UNCLEAR, Refused

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
"""What reading a part of an archive raises where the part is not right."""

Element = Callable[[str, Mapping[str, str]], None]
Text = Callable[[str], None]

SCRIPT_LINK = re.compile(r"(?i)\s*(javascript|vbscript|data|macro|service|vnd\.sun\.star\.\w+):")
"""Addresses that run something when they are pressed."""


def walk(content: bytes | IO[bytes], element: Element, text: Text | None = None) -> None:
    """Call `element` with the local name and the attributes of each element, in order.

    A part of an archive is read as it is unpacked. Attributes go by local name. Refused are
    document types, which office formats forbid and which entities come with (OPC, ECMA-376 part 2,
    8.1.4), and what is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")

    def starts(name: str, attributes: dict[str, str]) -> None:
        element(_local(name), {_local(key): value for key, value in attributes.items()})

    def refuse(*_: object) -> None:
        raise Refused(UNCLEAR)

    parser.StartElementHandler = starts
    parser.StartDoctypeDeclHandler = refuse
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.ParseFile(io.BytesIO(content) if isinstance(content, bytes) else content)
    except (expat.ExpatError, *BROKEN) as error:
        raise Refused(DAMAGED) from error


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
