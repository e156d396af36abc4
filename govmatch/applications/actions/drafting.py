"""Starting a draft, and saving one section of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from govmatch.applications import call, queries, rules
from govmatch.applications.actions.filing import add_files, let_go
from govmatch.applications.events import DraftStarted
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
from govmatch.organisations.models import Firm
from govmatch.programmes.switches import Limit
from govmatch.questionnaires import Answers, Draft, Section, parse_draft
from govmatch.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a page sent for one section.

    `lang` is the language in which figures and dates were typed. `page` is the random key of the
    page that was open, `revision` the section's revision that it showed; `by_itself` is true for a
    save that nobody asked for by a button.
    """

    fields: Mapping[str, Sequence[str]]
    uploads: Mapping[str, Sequence[Upload]] = field(default_factory=dict)
    lang: Lang
    page: str
    revision: int = 0
    by_itself: bool = False


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What is kept now, and by field name what is wrong with what was sent."""

    answers: Answers
    errors: Mapping[str, Message] = field(default_factory=dict)
    at: datetime
    revision: int


class SectionConflict(Exception):
    """Somebody else has saved this section meanwhile; `draft` holds what was sent."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("saved by somebody else")
        self.draft = draft


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
    the deadline, but to whom a late code lets in. Raises `SectionConflict`, and keeps nothing, when
    somebody else saved other answers to this section since the page was opened.
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
    if draft.changed and _is_foreign(sent, last):
        raise SectionConflict(draft)
    revision = last.get("revision", 0)
    if draft.changed:
        revision += 1
        _keep(application, section, draft, sent, revision, actor=actor, now=now)
        let_go(session, application, before, draft.answers, real_now=real_now)
    return Saved(
        answers=draft.answers, errors={**draft.errors, **refused}, at=now, revision=revision
    )


def _keep(
    application: Application,
    section: Section,
    draft: Draft,
    sent: Sent,
    revision: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    entry = {
        "at": now.isoformat(),
        "by": actor.person_id,
        "revision": revision,
        "page": page_digest(sent.page),
    }
    application.answers = draft.answers
    application.saved = {**application.saved, section.id: entry}
    application.title = title_of(call.form(application.challenge), draft.answers)
    application.revision += 1
    application.updated_at = now


def _is_foreign(sent: Sent, last: Mapping[str, Any]) -> bool:
    """True when what is there now came from another page than this one, after it was opened."""
    is_newer = last.get("revision", 0) != sent.revision
    return is_newer and last.get("page") != page_digest(sent.page)


def _is_late(sent: Sent, last: Mapping[str, Any]) -> bool:
    """True for a save by itself that was overtaken by a later one of the same page."""
    is_older = sent.revision < last.get("revision", 0)
    return is_older and last.get("page") == page_digest(sent.page)


def _as_it_is(application: Application, last: Mapping[str, Any], now: datetime) -> Saved:
    return Saved(answers=application.answers, at=now, revision=last.get("revision", 0))


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
