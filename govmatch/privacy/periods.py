"""How long what is kept: periods that the operator sets, that a programme names, and fixed ones."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.settings import Settings


class Kind(StrEnum):
    """What is deleted when its time is over, in the order in which it is done."""

    CASES = "cases"
    DRAFTS = "drafts"
    MAILS = "mails"
    INBOX = "inbox"
    INVITATIONS = "invitations"
    ACCOUNTS = "accounts"


@dataclass(frozen=True)
class Period:
    """`setting` names the days in `Settings`; without one the programme of each case says."""

    what: Message
    from_when: Message
    deleted: Message
    setting: str = ""


PERIODS: Mapping[Kind, Period] = {
    Kind.CASES: Period(
        msg("Files of cases"),
        msg("the award, or the end of the case where it ended later"),
        msg(
            "Applications with their files, reviews, letters, notes and messages are deleted."
            " What was published, and how many applied, stays."
        ),
    ),
    Kind.DRAFTS: Period(
        msg("Applications that were never submitted"),
        msg("the deadline of the challenge"),
        msg("Answers and files are deleted."),
        "keep_drafts_days",
    ),
    Kind.MAILS: Period(
        msg("Mails that were sent"),
        msg("the day of sending"),
        msg("Text and address are deleted; that a mail went out stays."),
        "keep_mails_days",
    ),
    Kind.INBOX: Period(
        msg("Entries of inboxes that were read"),
        msg("the day on which it was read"),
        msg("The entry is deleted; what it leads to stays."),
        "keep_inbox_days",
    ),
    Kind.INVITATIONS: Period(
        msg("Invitations that are over"),
        msg("the day on which it was accepted, taken back or ran out"),
        msg("The address is deleted."),
        "keep_invitations_days",
    ),
    Kind.ACCOUNTS: Period(
        msg("Accounts that nobody uses"),
        msg("the last sign-in"),
        msg("The person is told by mail, and erased a month later unless they sign in."),
        "keep_idle_accounts_days",
    ),
}

WARNED = timedelta(days=30)
"""How long before the erasure of an account that nobody uses its person is told."""


@dataclass(frozen=True)
class Fixed:
    """A period that is part of the programme and no setting."""

    what: Message
    length: Message
    from_when: Message


FIXED: tuple[Fixed, ...] = (
    Fixed(
        msg("Requests for a link to sign in, with their address"),
        msgn("{n} day", "{n} days", n=1),
        msg("the request"),
    ),
    Fixed(
        msg("Where somebody was signed in"),
        msgn("{n} day", "{n} days", n=30),
        msg("the end of the session"),
    ),
    Fixed(
        msg("Addresses that wanted to follow something and did not confirm"),
        msgn("{n} day", "{n} days", n=2),
        msg("the request"),
    ),
    Fixed(
        msg("What people need to take part in an event"),
        msgn("{n} day", "{n} days", n=30),
        msg("the end of the event"),
    ),
    Fixed(
        msg("Names and addresses of visitors of an event without an account"),
        msgn("{n} day", "{n} days", n=365),
        msg("the end of the event"),
    ),
    Fixed(
        msg("Files that were removed from an application or a page"),
        msgn("{n} day", "{n} days", n=1),
        msg("the removal"),
    ),
)


def days(kind: Kind, settings: Settings) -> int | None:
    """Return the days of a period; None for cases, whose programme says; 0 means never."""
    name = PERIODS[kind].setting
    return int(getattr(settings, name)) if name else None


def award_file_years(facts: Mapping[str, Any], on: date) -> tuple[int, str]:
    """Return for how many years the law has an award file kept that was awarded on a day, and why.

    `facts` are those of its programme; the newest period that began by then holds, and one from
    before all of them is kept as the oldest says. Without any: three years (Directive 2014/24/EU,
    article 84(2)).
    """
    known = sorted(facts.get("retention") or (), key=lambda one: str(one["valid_from"]))
    begun = [one for one in known if date.fromisoformat(str(one["valid_from"])) <= on]
    if not known:
        return 3, "Directive 2014/24/EU, article 84(2)"
    one = begun[-1] if begun else known[0]
    return int(one["award_file_years"]), str(one["source"])


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; the 1st of March for a 29th of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
