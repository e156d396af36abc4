"""Plain values as YAML, written as people write it in these files."""

import json
import re
from collections.abc import Mapping
from typing import Any

# Words that stay text without quotation marks, with every reader of YAML.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9/_.@-]*")
_NOT_IN_YAML = re.compile("[\ufffe\uffff]")
_SPOKEN = frozenset({"title", "label", "by", "name"})
"""Keys whose texts always stand in quotation marks, as people write them."""
_NO_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def word(value: Any) -> str:
    """Return a value on one line; texts of one plain word stand without quotation marks."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, str):
        is_plain = _PLAIN.fullmatch(value) and value.lower() not in _NO_TEXT
        return value if is_plain else text(value)
    if isinstance(value, Mapping):
        pairs = (f"{key}: {_spoken(key, one)}" for key, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(word(one) for one in value) + "]"
    return str(value)


def _spoken(key: str, value: Any) -> str:
    return text(value) if key in _SPOKEN and isinstance(value, str) else word(value)


def text(value: str) -> str:
    """Return a text in quotation marks, as JSON has it: every such text is YAML too.

    What YAML does not take as it stands is written with its number.
    """
    return _NOT_IN_YAML.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


def line(key: str, value: Any) -> str:
    return f"{key}: {word(value)}"


def block(key: str, values: Mapping[str, Any]) -> list[str]:
    """Return a mapping with one key in each line."""
    return [f"{key}:", *(f"  {line(name, value)}" for name, value in values.items())]


def items(key: str, values: list[Mapping[str, Any]]) -> list[str]:
    """Return a list with one mapping in each line."""
    if not values:
        return [f"{key}: []"]
    return [f"{key}:", *(f"  - {word(value)}" for value in values)]
