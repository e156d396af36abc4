"""Check digits: what tells most slips of the pen in a number from the number itself.

Each function takes digits alone and tells whether they agree. They catch what was mistyped; whether
a number was ever given to anybody, only its register knows.
"""

from collections.abc import Sequence


def weighed(digits: str, weights: Sequence[int]) -> int:
    """Return the sum of the digits, each times its weight, as far as there are weights."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: every second digit from the right doubled, the sum a whole ten."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def mod_11_10(digits: str) -> bool:
    """ISO/IEC 7064, MOD 11,10: what Germany and Croatia end their numbers with."""
    kept = 5
    for digit in digits:
        kept = ((kept or 10) * 2 % 11 + int(digit)) % 10
    return kept == 1
