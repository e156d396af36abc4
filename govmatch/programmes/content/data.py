"""What files say of programmes and rounds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from govmatch.kit.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeData:
    """A programme, whole: what its template says is already in it."""

    slug: str
    template: str | None
    names: Mapping[str, str]
    summaries: Mapping[str, str]
    phases: list[dict[str, Any]]
    criteria: list[dict[str, Any]]
    rules: dict[str, Any]
    limits: dict[str, int]
    form: dict[str, Any]
    letters: dict[str, Any]
    facts: dict[str, Any]
    source_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundData:
    slug: str
    programme: str
    names: Mapping[str, str]
    starts: date
    ends: date
    authorities: tuple[str, ...]
    fixed: Mapping[str, str]
    """Phase -> its first day, where the round sets it."""
    source_path: str
