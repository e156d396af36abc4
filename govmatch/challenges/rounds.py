"""The rounds of an approval as people read them: submitted, remarked upon, answered, approved."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from govmatch.accounts.queries.naming import names_by_id
from govmatch.challenges import queries
from govmatch.challenges.by_section import Reading
from govmatch.challenges.differences import Difference
from govmatch.challenges.history import happened
from govmatch.challenges.keeping import from_data
from govmatch.challenges.models import Challenge, Remark, Submission
from govmatch.challenges.sections import LABELS, Section
from govmatch.kit import journal
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.journal import JournalRow
from govmatch.kit.records import dataclass

WHOLE = msg("On the whole")
"""What a remark is about that is about no section."""

_STEPS = frozenset({
    "ChallengeApproved",
    "ChallengeReturned",
    "ChallengeTakenBack",
    "ChallengePublished",
    "PublicationMoved",
    "PublicationWithdrawn",
    "ChallengeCancelled",
})  # fmt: skip
"""What is told of a round after its submission."""


@dataclass(frozen=True, slots=True)
class ShownRemark:
    """A remark that was given, and what its authors answered, with names of people."""

    id: str
    section: str
    """Empty for one on the whole."""
    about: Message
    text: str
    by: Message | str
    at: datetime
    is_done: bool
    note: str
    answered_by: Message | str
    answered_at: datetime | None

    @property
    def is_answered(self) -> bool:
        return self.is_done or bool(self.note)


@dataclass(frozen=True, slots=True)
class Step:
    at: datetime
    what: Message
    who: Message | str


@dataclass(frozen=True, slots=True)
class Round:
    """One round; `changed` is what differs from the round before, by section."""

    number: int
    steps: list[Step]
    remarks: list[ShownRemark]
    changed: list[tuple[Message, list[Difference]]]
    is_first: bool


def shown_remarks(session: ReadSession, remarks: Sequence[Remark]) -> list[ShownRemark]:
    """Return remarks with the names of who wrote and who answered them."""
    ids = {one.by for one in remarks} | {one.answered_by for one in remarks}
    names = names_by_id(session, {number for number in ids if number is not None})
    return [_remark(one, names) for one in remarks]


def _remark(one: Remark, names: Mapping[int, str]) -> ShownRemark:
    section = Section(one.section) if one.section in set(Section) else None
    return ShownRemark(
        id=one.public_id,
        section=section.value if section else "",
        about=LABELS[section] if section else WHOLE,
        text=one.text,
        by=_name(one.by, names),
        at=one.given_at or one.at,
        is_done=one.is_done,
        note=one.note,
        answered_by=_name(one.answered_by, names),
        answered_at=one.answered_at,
    )


def _name(person_id: int | None, names: Mapping[int, str]) -> Message | str:
    if person_id is None:
        return ""
    return names.get(person_id) or msg("A person who is no longer here")


def rounds_of(
    session: ReadSession, challenge: Challenge, *, lang: Lang, content: Path | None = None
) -> list[Round]:
    """Return every round of its approval, the last one first.

    What has changed between them is told where the content folder is given.
    """
    groups = _groups(journal.rows_about(session, "challenge", challenge.id))
    kept = queries.submissions(session, challenge)
    remarks = queries.given_remarks(session, challenge)
    shown = dict(zip(remarks, shown_remarks(session, remarks), strict=True))
    names = names_by_id(session, {row.actor_id for rows in groups for row in rows})
    reading = None
    if content is not None:
        reading = Reading(lang, queries.naming_of(session, challenge, content))
    before = len(groups) - len(kept)  # rounds from before they were kept
    rounds = []
    for place, rows in enumerate(groups):
        submission = kept[place - before] if place >= before else None
        earlier = kept[place - before - 1] if place > before else None
        rounds.append(
            Round(
                number=place + 1,
                steps=[_step(row, names, lang, challenge.zone) for row in rows],
                remarks=[shown[one] for one in remarks if _is_of(one, submission, rows)],
                changed=changes_by_section(reading, earlier, submission),
                is_first=earlier is None,
            )
        )
    return rounds[::-1]


def changes_by_section(
    reading: Reading | None, before: Submission | None, after: Submission | None
) -> list[tuple[Message, list[Difference]]]:
    """Return what a round says otherwise than the one before, by section."""
    if reading is None or before is None or after is None:
        return []
    found = reading.changed(from_data(before.statement), from_data(after.statement))
    return [(LABELS[section], differences) for section, differences in found.items()]


def _groups(rows: Sequence[JournalRow]) -> list[list[JournalRow]]:
    """Return the rows of each round: its submission, and the steps that followed."""
    groups: list[list[JournalRow]] = []
    for row in rows:
        from_file = row.event == "ChallengeApproved" and row.data.get("from_file")
        if row.event == "ChallengeSubmitted" or from_file:
            groups.append([row])
        elif groups and row.event in _STEPS:
            groups[-1].append(row)
    return groups


def _is_of(remark: Remark, submission: Submission | None, rows: Sequence[JournalRow]) -> bool:
    """True for a remark of this round; those from before rounds were kept go by their time."""
    if remark.submission_id is not None:
        return submission is not None and remark.submission_id == submission.id
    returned = [row.at for row in rows if row.event == "ChallengeReturned"]
    return submission is None and bool(returned) and remark.given_at is not None


def _step(row: JournalRow, names: Mapping[int, str], lang: Lang, zone: str) -> Step:
    what = happened(row, lang=lang, zone=zone)
    assert what is not None
    who = _name(row.actor_id, names) or msg("The content files")
    return Step(row.at, what, who)
