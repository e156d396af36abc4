"""Means without reviewers' habits: one is stricter, one uses more of the scale than others.

What reviewer r gives application i is taken to be

    y = m + b_r + a_r q_i + e

with q_i the application's quality, b_r the reviewer's shift (below 0: strict) and a_r their stretch
(above 1: they use more of the scale). q, b and e are normal around 0, a around 1. How much shifts,
stretches and qualities differ is learnt from the points themselves: the variances are estimated by
restricted maximum likelihood with the EM algorithm, and shifts and stretches are drawn towards 0
and 1 the more, the less is known of a reviewer. The normalised mean of an application is the least
squares estimate of m + q_i with the reviewers' shifts and stretches put in:

    m + sum a_r (y - m - b_r) / sum a_r^2

so nothing is drawn to the middle but the reviewers. It may lie a little outside 0 to 5. What is
computed and not scored, such as a price, has no habits: it is added afterwards with its weight.

Sources: A. P. Dempster, N. M. Laird, D. B. Rubin, "Maximum Likelihood from Incomplete Data via the
EM Algorithm", J. R. Stat. Soc. B 39 (1977); C. R. Henderson, "Best Linear Unbiased Estimation and
Prediction under a Selection Model", Biometrics 31 (1975); H. D. Patterson, R. Thompson, "Recovery
of Inter-Block Information when Block Sizes are Unequal", Biometrika 58 (1971).
"""

from dataclasses import replace

import numpy as np

from govmatch.kit.records import dataclass
from govmatch.reviews.numbers.limits import STRETCHES
from govmatch.reviews.numbers.sheets import Floats, Sheets

ROUNDS = 300
"""EM steps at most."""
_CLOSE = 1e-4
"""A step that changes no variance by more of itself is the last one."""
_LEAST = 1e-6
"""No variance is smaller, so that nothing is divided by nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Normalised:
    """Means in the order of `Sheets.applications`, habits in that of `Sheets.reviewers`.

    `middle` is m; `errors` are standard errors of the means, without that of the middle.
    `reliability` is how much of the differences between shifts is known, from 0 to 1.
    """

    means: Floats
    errors: Floats
    middle: float
    shifts: Floats
    shift_errors: Floats
    stretches: Floats
    reliability: float
    spread: "Spread"


@dataclass(frozen=True, slots=True)
class Spread:
    """Variances: between applications, between reviewers' shifts and stretches, and the rest."""

    quality: float
    shift: float
    stretch: float
    rest: float


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """What is known of qualities and of (middle, shifts) at some variances and stretches."""

    quality: Floats
    quality_var: Floats
    habits: Floats
    habits_cov: Floats
    crossed: Floats
    """Covariance of each quality with (middle, shifts)."""


def normalise(sheets: Sheets) -> Normalised:
    """Return means and habits of one review or more."""
    y = sheets.marks()
    stretch = np.ones(len(sheets.reviewers))
    part = max(float(np.var(y)) / 3, 0.01)
    spread = Spread(part, part, 0.02, part)
    for _ in range(ROUNDS):
        known = _expect(sheets, y, stretch, spread)
        stretch, after = _maximise(sheets, y, spread, known)
        done = _is_close(spread, after)
        spread = after
        if done:
            break
    return _told(sheets, y, stretch, spread, _expect(sheets, y, stretch, spread))


def _expect(sheets: Sheets, y: Floats, stretch: Floats, spread: Spread) -> _Known:
    """Solve Henderson's equations; the qualities are eliminated, so that few unknowns are left."""
    i, r = sheets.application, sheets.reviewer
    size, people = len(sheets.applications), len(sheets.reviewers)
    a = stretch[r]
    own = 1 / spread.quality + np.bincount(i, a**2, size) / spread.rest
    crossed = np.zeros((size, 1 + people))
    np.add.at(crossed, (i, r + 1), a / spread.rest)
    crossed[:, 0] = crossed[:, 1:].sum(1)
    counts = sheets.reviews_by_each / spread.rest
    left = np.diag(np.concatenate([[counts.sum()], counts + 1 / spread.shift]))
    left[0, 1:] = left[1:, 0] = counts
    sums = np.bincount(r, y, people) / spread.rest
    right = np.concatenate([[sums.sum()], sums])
    right_q = np.bincount(i, a * y, size) / spread.rest
    folded = crossed / own[:, None]
    cov: Floats = np.asarray(np.linalg.inv(left - crossed.T @ folded), np.float64)
    habits = cov @ (right - folded.T @ right_q)
    both = -folded @ cov
    return _Known(
        quality=(right_q - crossed @ habits) / own,
        quality_var=1 / own - (both * folded).sum(1),
        habits=habits,
        habits_cov=cov,
        crossed=both,
    )


def _maximise(sheets: Sheets, y: Floats, spread: Spread, known: _Known) -> tuple[Floats, Spread]:
    """Return stretches and variances under which what is expected is likeliest."""
    i, r = sheets.application, sheets.reviewer
    people = len(sheets.reviewers)
    cov = known.habits_cov
    var = np.diag(cov)
    base = y - known.habits[0] - known.habits[1 + r]
    base_var = var[0] + var[1 + r] + 2 * cov[0, 1 + r]
    joint = known.crossed[i, 0] + known.crossed[i, 1 + r]
    squares = known.quality[i] ** 2 + known.quality_var[i]
    products = known.quality[i] * base - joint
    precision = np.bincount(r, squares, people) / spread.rest + 1 / spread.stretch
    new = (np.bincount(r, products, people) / spread.rest + 1 / spread.stretch) / precision
    varied = float(np.mean((new - 1) ** 2 + 1 / precision))
    new = np.clip(new / np.average(new, weights=sheets.reviews_by_each), *STRETCHES)
    a = new[r]
    rest = base**2 + base_var - 2 * a * products + a**2 * squares
    shifts = known.habits[1:] ** 2 + var[1:]
    quality = known.quality**2 + known.quality_var
    found = Spread(float(quality.mean()), float(shifts.mean()), varied, float(rest.mean()))
    return new, _at_least(found)


def _at_least(spread: Spread) -> Spread:
    return replace(
        spread,
        quality=max(spread.quality, _LEAST),
        shift=max(spread.shift, _LEAST),
        stretch=max(spread.stretch, _LEAST),
        rest=max(spread.rest, 1e-3),
    )


def _is_close(one: Spread, other: Spread) -> bool:
    pairs = (
        (one.quality, other.quality),
        (one.shift, other.shift),
        (one.stretch, other.stretch),
        (one.rest, other.rest),
    )
    return all(abs(a - b) <= _CLOSE * max(a, 0.01) for a, b in pairs)


def _told(sheets: Sheets, y: Floats, stretch: Floats, spread: Spread, known: _Known) -> Normalised:
    i, r = sheets.application, sheets.reviewer
    size, people = len(sheets.applications), len(sheets.reviewers)
    a, middle, shifts = stretch[r], float(known.habits[0]), known.habits[1:]
    total = np.bincount(i, a**2, size)
    means = middle + np.bincount(i, a * (y - middle - shifts[r]), size) / total
    share = np.zeros((size, people))
    np.add.at(share, (i, r), a)
    share /= total[:, None]
    cov = known.habits_cov[1:, 1:]
    known_shift = np.diag(cov)
    errors = np.sqrt(spread.rest / total + np.einsum("ij,jk,ik->i", share, cov, share))
    return Normalised(
        means=sheets.with_fixed(means),
        errors=errors * sheets.share,
        middle=middle,
        shifts=shifts,
        shift_errors=np.sqrt(known_shift),
        stretches=stretch,
        reliability=float(np.clip(1 - known_shift.mean() / spread.shift, 0, 1)),
        spread=spread,
    )
