"""Numbers in the business registers of countries: how they are written, and their check digits.

Where nothing is said of a country here, its numbers are kept as they were typed. A firm without an
entry in a register (a sole trader in Germany, say) leaves the field empty.
"""

import re
from collections.abc import Callable, Mapping

from govmatch.kit.records import dataclass
from govmatch.organisations.check_digits import luhn, weighed
from govmatch.organisations.vat_numbers import compact

_COURT = r"(?:(?:Amtsgericht|AG|Registergericht)\s+)?(?P<court>[^\W\d_][^\d,;:()]{2,38}?)"
_ENTRY = (
    r"(?P<kind>HRA|HRB|GnR|GsR|PR|VR)\s*(?:Nr\.?\s*)?(?P<number>[0-9]{1,6})"
    r"(?:\s*(?P<end>(?-i:[A-Z]{1,3}))\b)?"
)
_GERMAN = (
    re.compile(rf"{_COURT}\s*[,;:]?\s*{_ENTRY}", re.IGNORECASE),
    re.compile(rf"{_ENTRY}\s*[,;:(]?\s*{_COURT}\)?", re.IGNORECASE),
)
_KINDS = {kind.upper(): kind for kind in ("HRA", "HRB", "GnR", "GsR", "PR", "VR")}


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a country: what its number is called, an example, and how it is read.

    `read` returns the number as it is kept, or None where it cannot be one.
    """

    number: str
    example: str
    read: Callable[[str], str | None]


def _digits(
    *, length: int, words: str, agrees: Callable[[str], bool] = bool
) -> Callable[[str], str | None]:
    """Return what reads numbers of so many digits, perhaps after one of the `words`."""
    form = re.compile(rf"(?:{words})?([0-9]{{{length}}})")

    def read(text: str) -> str | None:
        found = form.fullmatch(compact(text))
        return found[1] if found and int(found[1]) and agrees(found[1]) else None

    return read


def _german(text: str) -> str | None:
    """Read court, kind and number: the number alone is given by every court anew."""
    for pattern in _GERMAN:
        if found := pattern.fullmatch(text.strip()):
            court = " ".join(found["court"].split())
            end = f" {found['end'].upper()}" if found["end"] else ""
            number = int(found["number"])
            return f"Amtsgericht {court}, {_KINDS[found['kind'].upper()]} {number}{end}"
    return None


def _swedish(text: str) -> str | None:
    bare = compact(text)
    fits = re.fullmatch(r"[0-9]{10}", bare) and luhn(bare)
    return f"{bare[:6]}-{bare[6:]}" if fits else None


def _finnish(text: str) -> str | None:
    bare = compact(text)
    fits = re.fullmatch(r"[0-9]{8}", bare) and weighed(bare, (7, 9, 10, 5, 8, 4, 2, 1)) % 11 == 0
    return f"{bare[:7]}-{bare[7:]}" if fits else None


def _austrian(text: str) -> str | None:
    found = re.fullmatch(r"(?:FN)?([0-9]{1,6})([A-Z])", compact(text))
    return f"FN {int(found[1])}{found[2].lower()}" if found else None


def _danish_agrees(digits: str) -> bool:
    return weighed(digits, (2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _norwegian_agrees(digits: str) -> bool:
    return weighed(digits, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _belgian_agrees(digits: str) -> bool:
    return 97 - int(digits[:8]) % 97 == int(digits[8:])


REGISTERS: Mapping[str, Register] = {
    "AT": Register("Firmenbuchnummer", "FN 123456a", _austrian),
    "BE": Register(
        "KBO/BCE",
        "0123456749",
        _digits(length=10, words="KBO|BCE|BE", agrees=_belgian_agrees),
    ),
    "DE": Register("Handelsregister", "Amtsgericht Musterstadt, HRB 12345", _german),
    "DK": Register(
        "CVR", "12345674", _digits(length=8, words="CVR(?:NR)?|SE(?:NR)?|DK", agrees=_danish_agrees)
    ),
    "FI": Register("Y-tunnus", "1234567-1", _finnish),
    "FR": Register("SIREN", "123456782", _digits(length=9, words="SIREN", agrees=luhn)),
    "NL": Register("KVK", "12345678", _digits(length=8, words="KVK(?:NR)?")),
    "NO": Register(
        "Organisasjonsnummer",
        "123456785",
        _digits(length=9, words="ORG(?:NR)?|NO", agrees=_norwegian_agrees),
    ),
    "PL": Register("KRS", "0000123456", _digits(length=10, words="KRS")),
    "SE": Register("Organisationsnummer", "556012-5790", _swedish),
}
"""By country. Norwegian and Danish numbers: modulo 11; Swedish and French: Luhn."""


def registration(text: str, *, country: str) -> str | None:
    """Return a number as it is kept, or None where it cannot be one of that country's register."""
    register = REGISTERS.get(country)
    return " ".join(text.split()) if register is None else register.read(text)
