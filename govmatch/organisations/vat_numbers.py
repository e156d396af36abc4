"""Numbers for value-added tax in the EU: how each country writes them, and their check digits.

Formats as the Commission lists them for VIES (Council Directive 2006/112/EC, articles 214 and 215);
`XI` is Northern Ireland. Spain, Northern Ireland, and the Czech and Bulgarian numbers of people are
checked by format alone.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from govmatch.kit.records import dataclass
from govmatch.organisations.check_digits import luhn, mod_11_10, weighed

_BETWEEN = re.compile(r"[\s.\-–/]+")
_EIGHT_TO_TWO = (8, 7, 6, 5, 4, 3, 2)
_NINE_TO_TWO = (9, 8, 7, 6, 5, 4, 3, 2)
_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV"
_CYPRUS = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
PREFIX_OF = {"GR": "EL"}
"""Where the letters before the number are not those of the country."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a country writes its numbers after its letters; `agrees` looks at the check digits."""

    pattern: re.Pattern[str]
    example: str
    agrees: Callable[[str], bool]


def _rule(pattern: str, example: str, agrees: Callable[[str], bool] = bool) -> Rule:
    return Rule(re.compile(pattern), example, agrees)


def _sum_is(weights: Sequence[int], modulus: int, rest: int = 0) -> Callable[[str], bool]:
    return lambda digits: weighed(digits, weights) % modulus == rest


def _ends_as(last: Callable[[str], int]) -> Callable[[str], bool]:
    """Return what tells whether the last digit is the one that the others lead to."""
    return lambda digits: last(digits[:-1]) == int(digits[-1])


def _austria(number: str) -> bool:
    values = [int(d) * (1 + place % 2) for place, d in enumerate(number[1:8])]
    return (10 - (sum(v - 9 * (v > 9) for v in values) + 4)) % 10 == int(number[8])


def _belgium(number: str) -> bool:
    return 97 - int(number[:8]) % 97 == int(number[8:])


def _bulgaria(number: str) -> bool:
    if len(number) != 9:
        return True
    first = weighed(number[:8], range(1, 9)) % 11
    return (first if first < 10 else weighed(number[:8], range(3, 11)) % 11 % 10) == int(number[8])


def _cyprus(number: str) -> bool:
    total = sum(int(digit) for digit in number[1:8:2])
    total += sum(_CYPRUS[int(digit)] for digit in number[0:8:2])
    return chr(ord("A") + total % 26) == number[8]


def _czechia(number: str) -> bool:
    if len(number) != 8:
        return True
    return ((11 - weighed(number, _EIGHT_TO_TWO)) % 11 or 1) % 10 == int(number[7])


def _france(number: str) -> bool:
    siren = number[2:]
    if not luhn(siren) and not siren.startswith("000"):  # numbers of Monaco begin so
        return False
    return not number[:2].isdigit() or (12 + 3 * (int(siren) % 97)) % 97 == int(number[:2])


def _ireland(number: str) -> bool:
    if not number[1].isdigit():  # written before 2013: the letter stands second
        return True
    second = _LETTERS.index(number[8]) if len(number) == 9 else 0
    return _LETTERS[(weighed(number, _EIGHT_TO_TWO) + 9 * second) % 23] == number[7]


def _latvia(number: str) -> bool:
    if number[0] <= "3":  # a person, not a firm
        return True
    return weighed(number, (9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)) % 11 == 3


def _lithuania(number: str) -> int:
    first = weighed(number, [1 + place % 9 for place in range(len(number))]) % 11
    if first < 10:
        return first
    return weighed(number, [1 + (place + 2) % 9 for place in range(len(number))]) % 11 % 10


def _netherlands(number: str) -> bool:
    old = weighed(number[:9], (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0
    spelled = "".join(str(int(char, 36)) for char in f"NL{number}")
    return old or int(spelled) % 97 == 1


def _portugal(number: str) -> int:
    rest = 11 - weighed(number, _NINE_TO_TWO) % 11
    return rest if rest < 10 else 0


def _romania(number: str) -> int:
    return weighed(number.zfill(9), (7, 5, 3, 2, 1, 7, 5, 3, 2)) * 10 % 11 % 10


def _slovenia(number: str) -> bool:
    rest = 11 - weighed(number, _EIGHT_TO_TWO) % 11
    return rest < 11 and rest % 10 == int(number[7])


RULES: Mapping[str, Rule] = {
    "AT": _rule(r"U[0-9]{8}", "ATU12345675", _austria),
    "BE": _rule(r"[01][0-9]{9}", "BE0123456749", _belgium),
    "BG": _rule(r"[0-9]{9,10}", "BG123456786", _bulgaria),
    "CY": _rule(r"[0-9]{8}[A-Z]", "CY12345678F", _cyprus),
    "CZ": _rule(r"[0-9]{8,10}", "CZ12345679", _czechia),
    "DE": _rule(r"[1-9][0-9]{8}", "DE123456788", mod_11_10),
    "DK": _rule(r"[0-9]{8}", "DK12345674", _sum_is((2, 7, 6, 5, 4, 3, 2, 1), 11)),
    "EE": _rule(r"[0-9]{9}", "EE123456780", _sum_is((3, 7, 1) * 3, 10)),
    "EL": _rule(
        r"[0-9]{9}",
        "EL123456783",
        _ends_as(lambda d: weighed(d, (256, 128, 64, 32, 16, 8, 4, 2)) % 11 % 10),
    ),
    "ES": _rule(r"[A-Z][0-9]{7}[A-Z0-9]|[0-9]{8}[A-Z]", "ESA12345674"),
    "FI": _rule(r"[0-9]{8}", "FI12345671", _sum_is((7, 9, 10, 5, 8, 4, 2, 1), 11)),
    "FR": _rule(r"[0-9A-HJ-NP-Z]{2}[0-9]{9}", "FR11123456782", _france),
    "HR": _rule(r"[0-9]{11}", "HR12345678903", mod_11_10),
    "HU": _rule(r"[0-9]{8}", "HU12345676", _sum_is((9, 7, 3, 1, 9, 7, 3, 1), 10)),
    "IE": _rule(r"[0-9][0-9A-Z+*][0-9]{5}[A-W][A-I]?", "IE1234567T", _ireland),
    "IT": _rule(r"[0-9]{11}", "IT12345678903", luhn),
    "LT": _rule(r"[0-9]{9}([0-9]{3})?", "LT123456715", _ends_as(_lithuania)),
    "LU": _rule(r"[0-9]{8}", "LU12345613", lambda d: int(d[:6]) % 89 == int(d[6:])),
    "LV": _rule(r"[0-9]{11}", "LV41234567891", _latvia),
    "MT": _rule(r"[0-9]{8}", "MT12345634", _sum_is((3, 4, 6, 7, 8, 9, 10, 1), 37)),
    "NL": _rule(r"[0-9]{9}B[0-9]{2}", "NL123456782B01", _netherlands),
    "PL": _rule(
        r"[0-9]{10}",
        "PL1334567894",
        _ends_as(lambda d: weighed(d, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11),
    ),
    "PT": _rule(r"[0-9]{9}", "PT123456789", _ends_as(_portugal)),
    "RO": _rule(r"[1-9][0-9]{1,9}", "RO1234567897", _ends_as(_romania)),
    "SE": _rule(r"[0-9]{10}01", "SE123456789701", lambda d: luhn(d[:10])),
    "SI": _rule(r"[1-9][0-9]{7}", "SI12345679", _slovenia),
    "SK": _rule(r"[1-9][0-9]{9}", "SK2012345676", lambda d: int(d) % 11 == 0),
    "XI": _rule(r"[0-9]{9}([0-9]{3})?|(GD|HA)[0-9]{3}", "XI123456789"),
}


def compact(text: str) -> str:
    """Return what was typed in capitals, without spaces and what people put between digits."""
    return _BETWEEN.sub("", text).upper()


def prefix_of(country: str) -> str:
    """Return the letters before the numbers of a country; empty outside the EU."""
    prefix = PREFIX_OF.get(country, country)
    return prefix if prefix in RULES else ""


def vat_number(text: str, *, country: str) -> str | None:
    """Return a number with its letters as it is kept, or None where it cannot be one.

    The letters may be left out by firms of that country; a number of another country stays one.
    """
    number, home = compact(text), prefix_of(country)
    prefix, rest = number[:2], number[2:]
    if home and not (prefix == home and _holds(home, rest)) and _holds(home, number):
        return home + number
    return prefix + rest if prefix in RULES and _holds(prefix, rest) else None


def _holds(prefix: str, number: str) -> bool:
    rule = RULES[prefix]
    return rule.pattern.fullmatch(number) is not None and rule.agrees(number)
