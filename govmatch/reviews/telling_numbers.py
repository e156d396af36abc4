"""What the numbers of a challenge are called, in the reader's words. Texts, no HTML."""

from collections.abc import Callable, Mapping

from babel.numbers import format_percent

from govmatch.kit.formats import LOCALES, number_text
from govmatch.kit.i18n import Lang, Message, msg, msgn
from govmatch.reviews.numbers.trust import FEW_BY_ONE, LEAST_APPLICATIONS, Doubt


def share_text(share: float, lang: Lang) -> str:
    """Return a share of 1 in whole percent; only what is all or nothing is called so."""
    rounded = round(share, 2)
    if share not in {0.0, 1.0}:
        rounded = min(max(rounded, 0.01), 0.99)
    return str(format_percent(rounded, locale=LOCALES[lang]))


def plain(value: float | None, lang: Lang) -> str:
    """Return a number with two decimals at most, or a dash."""
    return number_text(round(value, 2) + 0.0, lang) if value is not None else "–"


def signed(value: float, lang: Lang) -> str:
    """Return a difference with its sign."""
    rounded = round(value, 2) + 0.0
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
    return sign + number_text(abs(rounded), lang)


def with_error(value: str, error: float | None, lang: Lang) -> str:
    """Return a value with its standard error behind it, where there is one."""
    return value if error is None else f"{value} ± {plain(error, lang)}"


def doubt_text(doubt: Doubt, number: float, lang: Lang) -> Message:
    """Return why the normalised means should not be relied on."""
    if doubt is Doubt.LITTLE_KNOWN:
        return msg(
            "Only {share} of the differences between reviewers are known: there are too few "
            "reviews for each of them.",
            share=share_text(number, lang),
        )
    return _DOUBTS[doubt](int(number))


_DOUBTS: Mapping[Doubt, Callable[[int], Message]] = {
    Doubt.FEW_APPLICATIONS: lambda n: msgn(
        "{n} application has reviews; at least {least} are needed.",
        "{n} applications have reviews; at least {least} are needed.",
        n=n,
        least=LEAST_APPLICATIONS,
    ),
    Doubt.ONE_REVIEWER: lambda n: msgn(
        "{n} person reviewed: there is nobody to compare them with.",
        "{n} people reviewed: there is nobody to compare them with.",
        n=n,
    ),
    Doubt.ALONE: lambda n: msgn(
        "{n} application has a single review.",
        "{n} applications have a single review each.",
        n=n,
    ),
    Doubt.APART: lambda n: msgn(
        "The reviews fall into {n} part.",
        "The reviews fall into {n} parts that share no reviewer and no application: nothing tells "
        "whether one part has stricter reviewers or weaker applications.",
        n=n,
    ),
    Doubt.FEW_BY_ONE: lambda n: msgn(
        "{n} person submitted fewer than {least} reviews, so little is known of them.",
        "{n} people submitted fewer than {least} reviews each, so little is known of them.",
        n=n,
        least=FEW_BY_ONE,
    ),
}

FORMULAS = ("y = m + b_r + a_r q_i + e", "m + Σ a_r (y − m − b_r) / Σ a_r²")
"""What is taken to be behind the points, and what follows for an application."""

SOURCES = (
    "A. P. Dempster, N. M. Laird, D. B. Rubin: Maximum Likelihood from Incomplete Data, 1977.",
    "C. R. Henderson: Best Linear Unbiased Estimation and Prediction. Biometrics 31, 1975.",
    "H. D. Patterson, R. Thompson: Recovery of Inter-Block Information. Biometrika 58, 1971.",
    "B. Efron: The Jackknife, the Bootstrap and Other Resampling Plans. SIAM, 1982.",
    "D. B. Rubin: The Bayesian Bootstrap. Annals of Statistics 9, 1981.",
)
