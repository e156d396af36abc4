"""Picking CPV codes in a form: found by words, ticked, or typed as numbers."""

import re

from govmatch.kit.i18n import Lang, msg
from govmatch.kit.records import dataclass
from govmatch.taxonomy.cpv import Codes
from govmatch.taxonomy.cpv_words import Found
from govmatch.web.fields import Form, Reader
from govmatch.web.visit import Values

MOST_FOUND = 15

_CODE = re.compile(r"([0-9]{8})(-[0-9])?")


def read_codes(reader: Reader, values: Values, *, known: Codes, most: int) -> tuple[list[str], str]:
    """Return the ticked codes with those typed, and the words that are looked for, if any.

    What is typed is codes where all of it has their form, with or without the check digit; else it
    is words to find codes by, once: what was found by them is on the page when they come again.
    """
    chosen = reader.several("cpv", [code for code in values.all("cpv") if known.has(code)])
    text = reader.text("find", limit=400, required=False)
    if text == values.one("looked_for") and values.one("action") != "find":
        text = ""
    parts = [_CODE.fullmatch(part) for part in re.split(r"[\s,;]+", text) if part]
    typed = [part[1] for part in parts if part]
    looks_for = text if len(typed) < len(parts) or values.one("action") == "find" else ""
    for code in typed if not looks_for else ():
        if not known.has(code):
            reader.wrong("find", msg("There is no CPV code {code}.", code=code))
    codes = list(dict.fromkeys([*chosen, *typed])) if not looks_for else list(chosen)
    if len(codes) > most:
        reader.wrong("cpv", msg("Please keep at most {n} codes.", n=most))
    return codes, looks_for


@dataclass(frozen=True)
class Picking:
    """Codes as a form offers them: (code, words) of those ticked, and what was found by words.

    What was found stands with the words of what lies above it.
    """

    chosen: list[tuple[str, str]]
    found: list[tuple[Found, str]]


def picking(known: Codes, form: Form, looks_for: str, lang: Lang) -> Picking:
    """Return the codes that are ticked, and those found by words that are not."""
    chosen = [code for code in dict.fromkeys(form.chosen("cpv")) if known.has(code)]
    found = known.search(looks_for, lang, most=MOST_FOUND) if looks_for else []
    return Picking(
        [(code, f"{code} {known.label(code, lang)}") for code in chosen],
        [
            (one, " › ".join(known.label(code, lang) for code in known.parents(one.code)[1::-1]))
            for one in found
            if one.code not in chosen
        ],
    )
