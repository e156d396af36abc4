"""Beginning a challenge, saving it, throwing a draft away."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from govmatch.challenges.actions.holding import hold, note_editor
from govmatch.challenges.actions.versions import keep_version, keep_what_was
from govmatch.challenges.addresses import slug_for
from govmatch.challenges.events import ChallengeDrafted, ChallengeSaved, DraftDeleted
from govmatch.challenges.models import (
    Challenge,
    ChallengeTerm,
    ChallengeText,
    ChallengeVersion,
    PreviewLink,
    RouteChoice,
)
from govmatch.challenges.queries import find_by_slug
from govmatch.challenges.rules import may_create, may_delete, may_edit
from govmatch.challenges.statement import Statement, statement_of, tidy
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.content import is_files
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import ALPHABET, public_id
from govmatch.kit.markdown import render
from govmatch.kit.records import dataclass
from govmatch.needs import actions as needs
from govmatch.organisations.models import Authority
from govmatch.organisations.queries import authorities
from govmatch.programmes import queries as programmes
from govmatch.programmes.models import Programme, Round
from govmatch.taxonomy.models import TermKind


def create(
    session: Session,
    statement: Statement,
    *,
    actor: Actor,
    now: datetime,
    slug: str = "",
    source_path: str | None = None,
) -> Challenge:
    """Begin a draft; it may be incomplete, but names authority, programme and a title.

    Allowed to staff of the authority, and to files. Its address is made from the title unless
    `slug` is given, and stays. Raises `Invalid` for what it cannot do without.
    """
    about = related(session, statement)
    require(may_create(actor, about.authority.id))
    challenge = begin(
        session, statement, about, actor=actor, now=now, slug=slug, source_path=source_path
    )
    note_editor(challenge, actor)
    return challenge


def begin(
    session: Session,
    statement: Statement,
    about: "Related",
    *,
    actor: Actor,
    now: datetime,
    slug: str = "",
    source_path: str | None = None,
    need_id: int | None = None,
) -> Challenge:
    """Begin a draft without asking; for callers with a rule of their own.

    Who acts is its author where they write for its authority; a manager who takes up a need is not,
    since the words are the need's. Raises `Invalid` where it has no title.
    """
    statement = tidy(statement)
    words = statement.words.get(statement.main_lang)
    if words is None or not words.title:
        raise Invalid({f"title.{statement.main_lang}": msg("Please give a title.")})
    challenge = Challenge(
        public_id=public_id(),
        slug=slug or _free_slug(session, words.title),
        source_path=source_path,
        need_id=need_id,
        author_id=actor.person_id if may_create(actor, about.authority.id) else None,
        editors=[],
        revision=1,
        created_at=now,
        updated_at=now,
        zone=statement.zone,
    )
    session.add(challenge)
    write(challenge, statement, about)
    session.flush()
    nothing = Statement(
        authority=statement.authority, programme=statement.programme, zone=statement.zone
    )
    keep_version(session, challenge, nothing, statement, actor=actor, now=now)
    event = ChallengeDrafted(subject_id=challenge.id, from_file=is_files(actor))
    journal.record(session, event, actor=actor, now=now)
    return challenge


def save(
    session: Session,
    challenge: Challenge,
    statement: Statement,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Make a draft, or what was returned, say something else.

    `revision` is that of the page on which it was written. Raises `Conflict` when somebody saved in
    between, so that nothing is overwritten unseen. On the site the authority stays what it is.
    """
    hold(session, challenge)
    require(may_edit(actor, challenge))
    if challenge.revision != revision:
        raise Conflict(
            msg("Somebody else has saved this challenge in the meantime. Nothing was overwritten.")
        )
    if not is_files(actor) and statement.authority != challenge.authority.slug:
        raise Invalid({"authority": msg("The authority of a challenge stays what it is.")})
    put(session, challenge, statement_of(challenge), tidy(statement), actor=actor, now=now)


def put(
    session: Session,
    challenge: Challenge,
    before: Statement,
    after: Statement,
    *,
    actor: Actor,
    now: datetime,
    confirmed: Sequence[str] = (),
    restored: int | None = None,
) -> None:
    """Write a tidy statement into a challenge that is held, as its next revision and version."""
    keep_what_was(session, challenge, before)
    write(challenge, after, related(session, after))
    note_editor(challenge, actor)
    challenge.revision += 1
    challenge.updated_at = now
    session.flush()
    keep_version(
        session,
        challenge,
        before,
        after,
        actor=actor,
        now=now,
        confirmed=confirmed,
        restored=restored,
    )
    event = ChallengeSaved(subject_id=challenge.id, revision=challenge.revision)
    journal.record(session, event, actor=actor, now=now)


def delete_draft(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away for good; refused once it was submitted for approval.

    The need that it was taken up from is free to be taken up again.
    """
    hold(session, challenge)
    require(may_delete(actor, challenge))
    need = challenge.need
    for table in (ChallengeText, ChallengeTerm, ChallengeVersion, PreviewLink, RouteChoice):
        session.execute(delete(table).where(table.challenge_id == challenge.id))
    challenge_id = challenge.id
    session.execute(delete(Challenge).where(Challenge.id == challenge_id))
    session.expunge(challenge)
    journal.record(session, DraftDeleted(subject_id=challenge_id), actor=actor, now=now)
    if need is not None:
        needs.hand_back(session, need, actor=actor, now=now)


@dataclass(frozen=True, slots=True)
class Related:
    """The rows that a statement names."""

    authority: Authority
    programme: Programme
    round: Round | None


def related(session: Session, statement: Statement) -> Related:
    """Return the rows that a statement names; raises `Invalid` for what is not there."""
    authority = authorities.find_by_slug(session, statement.authority)
    programme = programmes.find_by_slug(session, statement.programme)
    round_ = programmes.find_round(session, statement.round) if statement.round else None
    if authority is None:
        raise Invalid({"authority": msg("Please choose an authority.")})
    if programme is None:
        raise Invalid({"programme": msg("Please choose a programme.")})
    if statement.round and (round_ is None or round_.programme_id != programme.id):
        raise Invalid({"round": msg("Please choose a round of this programme.")})
    return Related(authority, programme, round_)


def write(challenge: Challenge, statement: Statement, about: Related) -> None:
    """Put a tidy statement into the rows of a challenge; HTML is made of its Markdown here."""
    challenge.authority = about.authority
    challenge.programme = about.programme
    challenge.round = about.round
    challenge.zone = statement.zone
    challenge.opens = statement.opens
    challenge.questions_until = statement.questions_until
    challenge.closes = statement.closes
    challenge.budget_min = statement.budget_min
    challenge.budget_max = statement.budget_max
    challenge.currency = statement.currency
    challenge.pilots_max = statement.pilots_max
    challenge.eligibility = statement.eligibility
    challenge.criteria = [one.as_data() for one in statement.criteria]
    challenge.questions = list(statement.questions)
    challenge.cpv = list(statement.cpv)
    challenge.contact = dict(statement.contact)
    challenge.attachments = list(statement.attachments)
    challenge.main_lang = statement.main_lang
    _write_words(challenge, statement)
    _write_terms(challenge, statement)


def _write_words(challenge: Challenge, statement: Statement) -> None:
    there = {text.lang: text for text in challenge.texts}
    for lang, words in statement.words.items():
        text = there.pop(lang, None)
        if text is None:
            text = ChallengeText(lang=lang, title="", summary="", body="", html="")
            challenge.texts.append(text)
        if text.body != words.body or not text.html:
            text.html = str(render(words.body))
        text.title, text.summary, text.body = words.title, words.summary, words.body
    for text in there.values():
        challenge.texts.remove(text)


def _write_terms(challenge: Challenge, statement: Statement) -> None:
    wanted = [
        *((TermKind.THEME.value, slug) for slug in statement.themes),
        *((TermKind.TECHNOLOGY.value, slug) for slug in statement.technologies),
    ]
    there = {(term.kind, term.slug): term for term in challenge.terms}
    for position, (kind, slug) in enumerate(dict.fromkeys(wanted)):
        term = there.pop((kind, slug), None)
        if term is None:
            term = ChallengeTerm(kind=kind, slug=slug)
            challenge.terms.append(term)
        term.position = position
    for term in there.values():
        challenge.terms.remove(term)


def _free_slug(session: Session, title: str) -> str:
    """Return an address made from a title; a taken one gets an ending that tells no number."""
    wanted = slug_for(title)
    slug = wanted
    while not slug or find_by_slug(session, slug) is not None:
        ending = "".join(secrets.choice(ALPHABET) for _ in range(4))
        slug = f"{wanted[:50].strip('-')}-{ending}".strip("-")
    return slug
