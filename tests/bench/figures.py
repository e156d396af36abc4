"""A figure beside what it may be at most, and the table of all of them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measurement; without a limit it is there for comparison."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    how: str = ""

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.value > self.limit

    @property
    def verdict(self) -> str:
        return "" if self.limit is None else "OVER" if self.is_over else "ok"


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as lines of text under one heading."""
    head = f"{'what':46} {'measured':>10} {'at most':>9}  {'':4} how"
    lines = [
        f"{one.name:46} {_number(one.value):>10} {_limit(one):>9}  {one.verdict:4} {one.how}"
        for one in figures
    ]
    return "\n".join([head, "-" * 110, *lines])


def _number(value: float) -> str:
    return f"{value:,.3f}" if value < 1 else f"{value:,.2f}" if value < 100 else f"{value:,.0f}"


def _limit(one: Figure) -> str:
    return "" if one.limit is None else f"{one.limit:,.4g} {one.unit}"


def write(figures: Sequence[Figure], about: dict[str, str], path: Path) -> None:
    """Keep the figures for whoever compares runs."""
    path.parent.mkdir(exist_ok=True)
    kept = {**about, "figures": [{**asdict(one), "over": one.is_over} for one in figures]}
    path.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", "utf-8")
