"""Starting a draft, and saving one section of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from govmatch.applications import call, queries, rules
from govmatch.applications.actions.filing import add_files, let_go
from govmatch.applications.events import DraftStarted
from govmatch.applications.merging import Base, merge
from govmatch.applications.models import Application
from govmatch.applications.naming import new_reference, title_of
from govmatch.challenges.models import Challenge
from govmatch.files.actions import Upload
from govmatch.kit import journal
from govmatch.kit.actor import Actor, Held
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, NotAllowed
from govmatch.kit.i18n import Lang, Message, msg, msgn
from govmatch.kit.ids import digest, public_id
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.programmes.switches import Limit
from govmatch.questionnaires import Answers, Draft, Section, parse_draft
from govmatch.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a page sent for one section.

    `lang` is the language in which figures and dates were typed. `page` is the random key of the
    page that was open, `revision` the section's revision that it showed, `base` the answers that it
    showed, and `sequence` the number of this save of the page where it counts them, else 0;
    `by_itself` is true for a save that nobody asked for by a button.
    """

    fields: Mapping[str, Sequence[str]]
    uploads: Mapping[str, Sequence[Upload]] = field(default_factory=dict)
    lang: Lang
    page: str
    revision: int = 0
    base: Base = field(default_factory=dict)
    sequence: int = 0
    by_itself: bool = False


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What is kept now, and by field name what is wrong with what was sent.

    `typed` is what the page had, as it would be kept; where somebody else had saved meanwhile,
    `answers` holds theirs too and `joined` is true.
    """

    answers: Answers
    typed: Answers
    errors: Mapping[str, Message] = field(default_factory=dict)
    at: datetime
    revision: int
    joined: bool = False


class SectionConflict(Exception):
    """Somebody else has changed the same paragraph or answer meanwhile.

    `answers` is what was sent, with what the other changed elsewhere; `clashes` holds the ids of
    the questions where only a person can decide.
    """

    def __init__(self, answers: Answers, clashes: frozenset[str]) -> None:
        super().__init__("saved by somebody else")
        self.answers = answers
        self.clashes = clashes


def start(
    session: Session,
    challenge: Challenge,
    firm: Firm,
    *,
    lang: str,
    held: Collection[Held],
    actor: Actor,
    now: datetime,
) -> Application:
    """Return a draft of the firm for this challenge, a new one unless only one is allowed.

    Refused when the challenge is not open, unless a late code lets the actor in, to whoever runs
    it, and beyond as many drafts of one firm as the programme allows.
    """
    late = queries.late_code_of(session, challenge, actor, now=now)
    require(rules.may_apply(challenge, held=held, now=now, late=late))
    _check_count(session, challenge, firm)
    application, is_new = start_or_find(session, challenge, firm, lang=lang, actor=actor, now=now)
    if is_new:
        event = DraftStarted(application.id, challenge_id=challenge.id, firm_id=firm.id)
        journal.record(session, event, actor=actor, now=now)
    return application


def _check_count(session: Session, challenge: Challenge, firm: Firm) -> None:
    if queries.takes_part_elsewhere(session, challenge, firm.id):
        raise NotAllowed(
            msg(
                "Your firm is a partner in an application to this challenge, and a firm may take "
                "part in one. It is in the list of your applications."
            )
        )
    most = call.most(challenge, Limit.DRAFTS_PER_FIRM)
    if queries.count_drafts(session, firm, challenge.programme_id) >= most:
        raise NotAllowed(
            msgn(
                "Your firm has {n} draft in this programme, which is as many as it allows.",
                "Your firm has {n} drafts in this programme, which is as many as it allows.",
                n=most,
            )
        )


def start_or_find(
    session: Session, challenge: Challenge, firm: Firm, *, lang: str, actor: Actor, now: datetime
) -> tuple[Application, bool]:
    """Return the application and whether it is new; two who start at once get the same one."""
    key = call.single_key(challenge, firm.id)
    if key is None:
        return _add(session, challenge, firm, key, lang=lang, actor=actor, now=now), True
    there = queries.find_single(session, key)
    if there is not None:
        return there, False
    try:
        with session.begin_nested():
            return _add(session, challenge, firm, key, lang=lang, actor=actor, now=now), True
    except IntegrityError:
        there = queries.find_single(session, key)
        if there is None:
            raise
        return there, False


def _add(
    session: Session,
    challenge: Challenge,
    firm: Firm,
    key: str | None,
    *,
    lang: str,
    actor: Actor,
    now: datetime,
) -> Application:
    application = Application(
        public_id=public_id(),
        reference=new_reference(),
        challenge=challenge,
        firm=firm,
        single_key=key,
        answers={},
        saved={},
        revision=1,
        lang=lang,
        created_by=actor.person_id,
        created_at=now,
        updated_at=now,
        current_version=0,
    )
    session.add(application)
    session.flush()
    return application


def save_section(
    session: Session,
    application: Application,
    section: Section,
    sent: Sent,
    *,
    settings: Settings,
    held: Collection[Held],
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Saved:
    """Keep everything that was sent for a section, right or not; files only where they are safe.

    Sections do not meet: two people save two of them without noticing each other. Refused after
    the deadline, but to whom a late code lets in. What somebody else saved in this section since
    the page was opened is brought together with it, by paragraph. Raises `SectionConflict`, and
    keeps nothing, where both changed the same paragraph or answer.
    """
    late = queries.late_code_of(session, application.challenge, actor, now=now)
    require(rules.may_save(actor, application, held=held, now=now, late=late))
    before = application.answers
    last = application.saved.get(section.id, {})
    if sent.by_itself and _is_late(sent, last):
        return _as_it_is(application, last, now)
    files: dict[str, list[str]] = {}
    refused: dict[str, Message] = {}
    if not sent.by_itself:  # what is added or removed by a box waits for the button
        files, refused = add_files(
            session, application, section, sent.fields, sent.uploads,
            settings=settings, actor=actor, real_now=real_now,
        )  # fmt: skip
    draft = parse_draft(section, sent.fields, lang=sent.lang, before=before, files=files)
    answers, joined = _brought_together(section, draft, sent, last, before)
    revision = last.get("revision", 0)
    if answers != before:
        revision += 1
        _keep(application, section, answers, sent, revision, joined=joined, actor=actor, now=now)
        let_go(session, application, before, answers, real_now=real_now)
    return Saved(
        answers=answers,
        typed=draft.answers,
        errors={**draft.errors, **refused},
        at=now,
        revision=revision,
        joined=joined,
    )


def _brought_together(
    section: Section, draft: Draft, sent: Sent, last: Mapping[str, Any], before: Answers
) -> tuple[Answers, bool]:
    """Return what was sent, with what somebody else saved since its page was opened.

    And whether there is such. Raises `SectionConflict` where both changed the same.
    """
    if not draft.changed or not _is_foreign(sent, last):
        return draft.answers, False
    merged = merge(section, sent.base, mine=draft.answers, theirs=before)
    if merged.clashes:
        raise SectionConflict(merged.answers, merged.clashes)
    return merged.answers, merged.both


def _keep(
    application: Application,
    section: Section,
    answers: Answers,
    sent: Sent,
    revision: int,
    *,
    joined: bool,
    actor: Actor,
    now: datetime,
) -> None:
    entry = {
        "at": now.isoformat(),
        "by": actor.person_id,
        "revision": revision,
        "page": page_digest(sent.page),
        "sequence": sent.sequence,
        "joined": joined,
    }
    application.answers = answers
    application.saved = {**application.saved, section.id: entry}
    application.title = title_of(call.form(application.challenge), answers)
    application.revision += 1
    application.updated_at = now


def _is_foreign(sent: Sent, last: Mapping[str, Any]) -> bool:
    """True when there is something now that this page has not seen.

    It came from another page after this one was opened, or this page's last save was brought
    together with another's, and the answer that said so got lost.
    """
    if last.get("revision", 0) == sent.revision:
        return False
    return last.get("page") != page_digest(sent.page) or bool(last.get("joined"))


def _is_late(sent: Sent, last: Mapping[str, Any]) -> bool:
    """True for a save by itself that was overtaken by a later one of the same page.

    A page that counts its saves says which is later; an answer that got lost on its way leaves its
    revision behind.
    """
    if last.get("page") != page_digest(sent.page):
        return False
    if sent.sequence:
        return bool(sent.sequence < last.get("sequence", 0))
    return bool(sent.revision < last.get("revision", 0))


def _as_it_is(application: Application, last: Mapping[str, Any], now: datetime) -> Saved:
    there = application.answers
    return Saved(answers=there, typed=there, at=now, revision=last.get("revision", 0))


def page_digest(page: str) -> str:
    return digest(page)[:16]


def require_own_words(application: Application, *, actor: Actor) -> None:
    """Go on where nobody but this person wrote in an application; raises `Conflict` otherwise.

    A form of one section is sent in from an empty page, which must not replace a colleague's text.
    """
    writers = {entry.get("by") for entry in application.saved.values()} | {application.created_by}
    if writers - {actor.person_id}:
        raise Conflict(
            msg(
                "Somebody in your firm has already applied to this challenge. "
                "Open that application in the list of your applications and change it there."
            )
        )
