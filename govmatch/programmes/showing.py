"""Parts of a programme in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from govmatch.kit.formats import date_text
from govmatch.kit.i18n import Lang, Message, msg, msgn
from govmatch.programmes.switches import COUNTED, Rule


def rule_text(rule: Rule, data: Mapping[str, Any]) -> Message | str:
    """Return what a rule is set to."""
    value = data["value"]
    return str(value) if rule in COUNTED else msg("Yes") if value else msg("No")


def length_text(days: int) -> Message:
    """Return a length in weeks where it is so many, else in days."""
    weeks, rest = divmod(days, 7)
    return msgn("{n} day", "{n} days", n=days) if rest else msgn("{n} week", "{n} weeks", n=weeks)


def days_text(starts: date, ends: date, lang: Lang) -> Message:
    return msg(
        "{from_day} to {to_day}",
        from_day=date_text(starts, lang, "UTC"),
        to_day=date_text(ends, lang, "UTC"),
    )


def phase_facts(phase: Mapping[str, Any]) -> list[Message]:
    """Return what a phase says besides its length: dates in it, and how many go on."""
    found = []
    if day := phase.get("questions_until_day"):
        found.append(msg("Questions until day {n}.", n=day))
    if day := phase.get("answers_by_day"):
        found.append(msg("Answers by day {n}.", n=day))
    if clock := phase.get("closes_at"):
        found.append(msg("It closes at {time}, local time of the authority.", time=clock))
    if reviews := phase.get("reviews_each"):
        found.append(msgn("{n} review each.", "{n} reviews each.", n=reviews))
    if most := phase.get("keep_at_most"):
        found.append(msgn("At most {n} goes on.", "At most {n} go on.", n=most))
    if months := phase.get("asked_again_after_months"):
        shown = ", ".join(str(month) for month in months)
        found.append(msg("Asked again after {months} months.", months=shown))
    return found
