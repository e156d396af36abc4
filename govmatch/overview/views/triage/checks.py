"""What was checked about one application, each with what it rests on: for those at work on it.

The match score is none of it: nobody published it as a criterion.
"""

from collections.abc import Mapping
from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications.models import Application
from govmatch.applications.showing import state_for_staff
from govmatch.challenges.showing import text_of
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.matching.likeness import Kind
from govmatch.reviews.queries.suspicions import count_conflicts, count_open
from govmatch.triage import queries
from govmatch.triage.likeness_models import LikenessMark, TraceKind, Verdict
from govmatch.triage.queries import Summary, likenesses
from govmatch.triage.queries.likenesses import Alike, Hint
from govmatch.web.visit import Visit

Badge = tuple[Message, str]

KINDS: Mapping[str, Badge] = {
    Kind.SAME_TEXT: (msg("Same text in parts"), "warning"),
    Kind.OTHER_WORDS: (msg("Same content in other words"), "warning"),
    Kind.OTHER_LANGUAGE: (msg("Same content in another language"), "warning"),
}

VERDICTS: Mapping[Verdict, Badge] = {
    Verdict.SAME: (msg("The same proposal"), "danger"),
    Verdict.DIFFERENT: (msg("Different proposals"), "success"),
    Verdict.CONTINUED: (msg("One continues the other"), "info"),
}

TRACES: Mapping[TraceKind, Message] = {
    TraceKind.REGISTRATION: msg("Same registration number"),
    TraceKind.VAT: msg("Same VAT number"),
    TraceKind.WEBSITE: msg("Same website"),
    TraceKind.MAIL_DOMAIN: msg("E-mail addresses of the same domain"),
    TraceKind.PHONE: msg("Same telephone number in both texts"),
    TraceKind.PERSON: msg("Somebody acts for both firms"),
}


@dataclass(frozen=True)
class Check:
    """One check: how it stands, in words, and where to go on; `url` may be empty."""

    label: Message
    state: Badge
    text: Message
    url: str


@dataclass(frozen=True)
class MarkLine:
    """What somebody found about two applications; `is_older` where a version came since."""

    verdict: Badge
    reason: str
    by: str
    at: datetime
    is_older: bool


@dataclass(frozen=True)
class OtherLine:
    """Another application, as the reader knows it; `lang` is set where its title is not theirs."""

    firm: str
    reference: str
    challenge: str
    lang: str | None
    state: Badge
    submitted_at: datetime | None
    url: str


@dataclass(frozen=True)
class AlikeLine:
    """Another application that says the same, with what was found about it, latest first."""

    other: OtherLine
    kind: Badge
    told: int
    """How much of the shorter text is said in both, in per cent."""
    mark: MarkLine | None
    beside_url: str


@dataclass(frozen=True)
class HintLine:
    other: OtherLine
    kinds: list[Message]


@dataclass(frozen=True)
class Checks:
    """`is_read` is false until the background has looked for what is like the latest version."""

    results: list[Check]
    is_read: bool
    alike: list[AlikeLine]
    hints: list[HintLine]


def checks_of(visit: Visit, application: Application) -> Checks:
    """Return every check of an application that the reader reads in triage."""
    summary = queries.summary_of(visit.db, application, lang=visit.lang, now=visit.now)
    found = likenesses.alike_to(visit.db, visit.actor, application)
    hints = likenesses.hints_of(visit.db, visit.actor, application)
    is_read = likenesses.is_read(visit.db, application)
    names = names_by_id(visit.db, {mark.by for one in found for mark in one.marks})
    return Checks(
        results=[
            *_formal(visit, application, summary),
            _alike(found, is_read=is_read),
            _actor(hints, is_read=is_read),
            _conflicts(visit, application),
        ],
        is_read=is_read,
        alike=[_alike_line(visit, application, one, names) for one in found],
        hints=[HintLine(other_line(visit, one.other), _traces(one)) for one in hints],
    )


def open_checks(visit: Visit, application: Application) -> int | None:
    """Return how much of what was found nobody has judged yet; None for nothing."""
    alike = likenesses.count_unmarked(visit.db, visit.actor, application)
    return alike + count_open(visit.db, application) or None


def _formal(visit: Visit, application: Application, summary: Summary) -> list[Check]:
    path = f"/triage/{application.public_id}"
    return [
        _complete(summary, visit.url(f"{path}#gaps")),
        _eligible(summary, visit.url(f"{path}#gates")),
        _in_time(summary),
        _changed(visit, application, summary),
    ]


def _complete(summary: Summary, url: str) -> Check:
    label = msg("Completeness")
    if summary.waiting is not None:
        text = msg("The firm was asked for something that is missing.")
        return Check(label, (msg("Waits for the firm"), "info"), text, url)
    if summary.gaps:
        n = len(summary.gaps)
        text = msgn("{n} answer is missing or wrong", "{n} answers are missing or wrong", n=n)
        return Check(label, (msg("Incomplete"), "warning"), text, url)
    text = msg("Everything that was required is answered")
    return Check(label, (msg("Complete"), "success"), text, url)


def _eligible(summary: Summary, url: str) -> Check:
    label = msg("Eligibility")
    if summary.failed_gates:
        n = summary.failed_gates
        text = msgn("{n} requirement is not met", "{n} requirements are not met", n=n)
        return Check(label, (msg("Not met"), "danger"), text, url)
    if summary.open_gates:
        n = summary.open_gates
        text = msgn(
            "{n} requirement is to be looked at", "{n} requirements are to be looked at", n=n
        )
        return Check(label, (msg("To be looked at"), "warning"), text, url)
    text = msg("Each requirement is met, by the profile or by what was found.")
    return Check(label, (msg("Met"), "success"), text, url)


def _in_time(summary: Summary) -> Check:
    label = msg("Arrived in time")
    if summary.is_late:
        text = msg("It came after the deadline, as the late code allowed.")
        return Check(label, (msg("With a late code"), "info"), text, "")
    return Check(label, (msg("Yes"), "success"), msg("It came before the deadline."), "")


def _changed(visit: Visit, application: Application, summary: Summary) -> Check:
    label = msg("Changes after submitting")
    url = visit.url(f"/triage/{application.public_id}", show="answers")
    if summary.is_form_changed or summary.unconfirmed:
        text = msg(
            "The challenge was amended after this version, and the firm has not confirmed it."
        )
        return Check(label, (msg("Not confirmed"), "warning"), text, url)
    n = application.current_version
    text = msgn(
        "It was submitted once and not changed since.",
        "It was submitted {n} times. The last version counts, the earlier ones are kept.",
        n=n,
    )
    return Check(label, (msg("Unchanged") if n == 1 else msg("Changed"), "success"), text, url)


def _alike(found: list[Alike], *, is_read: bool) -> Check:
    label = msg("Near-duplicates")
    waiting = sum(one.mark is None for one in found)
    if waiting:
        text = msgn(
            "{n} other application says the same. Please look at both side by side.",
            "{n} other applications say the same. Please look at them side by side.",
            n=waiting,
        )
        return Check(label, (msg("To be looked at"), "warning"), text, "#alike")
    if found:
        text = msg("Somebody has looked at each that is alike.")
        return Check(label, (msg("Looked at"), "success"), text, "#alike")
    return _nothing_found(label, is_read=is_read)


def _actor(hints: list[Hint], *, is_read: bool) -> Check:
    label = msg("Same actor under several accounts")
    if hints:
        text = msgn(
            "{n} application of another firm has something in common with this one. "
            "That is a hint, no proof.",
            "{n} applications of other firms have something in common with this one. "
            "These are hints, no proofs.",
            n=len(hints),
        )
        return Check(label, (msg("Hints"), "info"), text, "#actor")
    return _nothing_found(label, is_read=is_read)


def _nothing_found(label: Message, *, is_read: bool) -> Check:
    if not is_read:
        text = msg("The latest version is being read. Please look again in a few minutes.")
        return Check(label, (msg("Not looked for yet"), "neutral"), text, "")
    text = msg("Nothing was found among the applications that you may read.")
    return Check(label, (msg("None"), "success"), text, "")


def _conflicts(visit: Visit, application: Application) -> Check:
    label = msg("Conflicts of interest")
    path = f"/desk/challenges/{application.challenge.slug}/reviewing/{application.public_id}"
    url = visit.url(path)
    undecided = count_open(visit.db, application)
    if undecided:
        text = msgn(
            "About {n} person of the jury it is to be decided whether there is one.",
            "About {n} people of the jury it is to be decided whether there is one.",
            n=undecided,
        )
        return Check(label, (msg("To be decided"), "warning"), text, url)
    known = count_conflicts(visit.db, application)
    if known:
        text = msgn("It is closed to {n} person.", "It is closed to {n} people.", n=known)
        return Check(label, (msg("Settled"), "success"), text, url)
    return Check(label, (msg("None"), "success"), msg("Nobody of the jury has one."), url)


def _alike_line(
    visit: Visit, application: Application, one: Alike, names: Mapping[int, str]
) -> AlikeLine:
    here = f"/triage/{application.public_id}/alike/{one.other.public_id}"
    return AlikeLine(
        other=other_line(visit, one.other),
        kind=KINDS[one.likeness.kind],
        told=round(100 * one.likeness.told),
        mark=mark_line(one, one.mark, names) if one.mark else None,
        beside_url=visit.url(here),
    )


def mark_line(one: Alike, mark: LikenessMark, names: Mapping[int, str]) -> MarkLine:
    pair = one.likeness
    seen = (mark.one_version, mark.other_version)
    return MarkLine(
        verdict=VERDICTS[Verdict(mark.verdict)],
        reason=mark.reason,
        by=names.get(mark.by, ""),
        at=mark.at,
        is_older=seen != (pair.one_version, pair.other_version),
    )


def other_line(visit: Visit, other: Application) -> OtherLine:
    words = text_of(other.challenge, visit.lang)
    return OtherLine(
        firm=other.firm.name,
        reference=other.reference,
        challenge=words.title or other.challenge.slug,
        lang=words.lang if words.lang != visit.lang else None,
        state=state_for_staff(other),
        submitted_at=other.submitted_at,
        url=visit.url(f"/triage/{other.public_id}"),
    )


def _traces(hint: Hint) -> list[Message]:
    return [TRACES[kind] for kind in hint.kinds]
