"""Making a gathering, changing it, publishing it, calling it off."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete as sql_delete
from sqlalchemy import select

from govmatch.challenges.addresses import slug_for
from govmatch.challenges.models import Challenge
from govmatch.gatherings import queries, rules
from govmatch.gatherings.actions.holding import fill, hold
from govmatch.gatherings.events import (
    GatheringCancelled,
    GatheringChanged,
    GatheringDraftDeleted,
    GatheringDrafted,
    GatheringPublished,
)
from govmatch.gatherings.models import (
    Gathering,
    GatheringChallenge,
    GatheringText,
    SeatRequest,
    State,
)
from govmatch.gatherings.plan import Plan, html_of, plan_of, told_parts
from govmatch.gatherings.queries.due import REMINDED
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.kit.ids import ALPHABET, public_id
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme
from govmatch.programmes.queries import takes_part

MAX_REASON = 1_000


def create(
    session: Session,
    plan: Plan,
    *,
    authority: Authority | None,
    programme: Programme | None,
    actor: Actor,
    now: datetime,
) -> Gathering:
    """Make a draft that only its hosts see; its address is made from the title and stays.

    Raises `Invalid` for what is wrong in the plan, and for an authority that takes no part in the
    programme.
    """
    _require_pair(session, authority, programme)
    require(
        rules.may_create(
            actor,
            authority_id=authority.id if authority else None,
            programme_id=programme.id if programme else None,
        )
    )
    _require_right(session, plan, now=now)
    gathering = Gathering(
        public_id=public_id(),
        slug=_free_slug(session, plan.words[plan.main_lang].title),
        state=State.DRAFT.value,
        authority_id=authority.id if authority else None,
        programme_id=programme.id if programme else None,
        revision=1,
        asked=0,
        is_full=False,
        author_id=actor.person_id,
        created_at=now,
        updated_at=now,
    )
    _write(gathering, plan)
    session.add(gathering)
    session.flush()
    event = GatheringDrafted(
        subject_id=gathering.id,
        authority_id=gathering.authority_id,
        programme_id=gathering.programme_id,
    )
    journal.record(session, event, actor=actor, now=now)
    return gathering


def _require_pair(
    session: Session, authority: Authority | None, programme: Programme | None
) -> None:
    if authority and programme and not takes_part(session, programme, authority):
        raise Invalid({"host": msg("This authority takes no part in this programme.")})


def save(
    session: Session,
    gathering: Gathering,
    plan: Plan,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> list[str]:
    """Put the plan in the place of what the gathering said; return what those who come are told.

    Raises `Conflict` where somebody else saved since `revision`, `Invalid` for what is wrong, also
    for fewer places than are taken. More places move those up who wait.
    """
    hold(session, gathering)
    require(rules.may_write(actor, gathering, now))
    if gathering.revision != revision:
        raise Conflict(msg("Somebody else has changed this event in the meantime."))
    was = plan_of(gathering)
    if was == plan:
        return []
    moves = plan.starts != was.starts
    taken = queries.taken(session, gathering)
    _require_right(session, plan, taken=taken, now=now if moves else None, already=was.challenges)
    parts = told_parts(was, plan)
    _write(gathering, plan)
    gathering.revision += 1
    gathering.updated_at = now
    if moves and plan.starts - now > REMINDED:
        gathering.reminded_at = None
    if gathering.state == State.PUBLISHED:
        event = GatheringChanged(
            subject_id=gathering.id,
            revision=gathering.revision,
            parts=parts,
            was_starts=was.starts.isoformat(timespec="seconds"),
            was_ends=was.ends.isoformat(timespec="seconds"),
        )
        journal.record(session, event, actor=actor, now=now)
        fill(session, gathering, actor=actor, now=now)
    session.flush()
    return parts if gathering.state == State.PUBLISHED else []


def publish(session: Session, gathering: Gathering, *, actor: Actor, now: datetime) -> None:
    """Let everybody see it from now on; registration is open until it closes."""
    hold(session, gathering)
    require(rules.may_publish(actor, gathering, now))
    _require_right(session, plan_of(gathering), now=now, already=plan_of(gathering).challenges)
    gathering.state = State.PUBLISHED.value
    gathering.published_at = gathering.updated_at = now
    event = GatheringPublished(subject_id=gathering.id, revision=gathering.revision)
    journal.record(session, event, actor=actor, now=now)


def cancel(
    session: Session,
    gathering: Gathering,
    *,
    reasons: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Call it off for good, with a reason that everybody reads; those registered are told."""
    hold(session, gathering)
    require(rules.may_cancel(actor, gathering, now))
    said = {lang: text.strip() for lang, text in reasons.items() if text.strip()}
    if not said:
        raise Invalid({"reason": msg("Please give the reason; it is published.")})
    if any(len(text) > MAX_REASON for text in said.values()):
        raise Invalid({"reason": msg("At most {limit} characters fit here.", limit=MAX_REASON)})
    gathering.state = State.CANCELLED.value
    gathering.cancelled_at = gathering.updated_at = now
    gathering.cancel_reasons = said
    gathering.revision += 1
    event = GatheringCancelled(subject_id=gathering.id, revision=gathering.revision)
    journal.record(session, event, actor=actor, now=now)


def delete(session: Session, gathering: Gathering, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away; its row in the journal stays."""
    hold(session, gathering)
    require(rules.may_delete(actor, gathering))
    event = GatheringDraftDeleted(subject_id=gathering.id)
    session.execute(sql_delete(SeatRequest).where(SeatRequest.gathering_id == gathering.id))
    session.delete(gathering)
    journal.record(session, event, actor=actor, now=now)


def _require_right(
    session: Session,
    plan: Plan,
    *,
    taken: int = 0,
    now: datetime | None = None,
    already: Collection[int] = (),
) -> None:
    """Raise `Invalid` for a plan that is wrong; challenges it already named are not asked again."""
    wrong = rules.faults(plan, taken=taken, now=now)
    fresh = set(plan.challenges) - set(already)
    if fresh and not fresh <= _public_challenges(session, fresh, now):
        wrong["challenges"] = msg("Please choose from the options.")
    if wrong:
        raise Invalid(wrong)


def _public_challenges(
    session: Session, ids: Collection[int], now: datetime | None
) -> frozenset[int]:
    found = select(Challenge.id).where(Challenge.id.in_(ids), Challenge.published_at.is_not(None))
    if now is not None:
        found = found.where(Challenge.published_at <= now)
    return frozenset(session.scalars(found))


def _write(gathering: Gathering, plan: Plan) -> None:
    for name in (
        "kind", "mode", "zone", "starts", "ends", "place", "country", "link", "registers",
        "places", "closes", "main_lang",
    ):  # fmt: skip
        setattr(gathering, name, getattr(plan, name))
    gathering.question, gathering.contact = dict(plan.question), dict(plan.contact)
    gathering.themes = list(plan.themes)
    texts = {one.lang: one for one in gathering.texts}
    for lang in LANGUAGES:
        words = plan.words.get(lang)
        if words is None:
            if lang in texts:
                gathering.texts.remove(texts[lang])
            continue
        text = texts.get(lang)
        if text is None:
            text = GatheringText(lang=lang)
            gathering.texts.append(text)
        text.title, text.summary, text.body = words.title, words.summary, words.body
        text.html = html_of(words)
    kept = {one.challenge_id: one for one in gathering.links}
    for number in set(kept) - set(plan.challenges):
        gathering.links.remove(kept[number])
    for number in sorted(set(plan.challenges) - set(kept)):
        gathering.links.append(GatheringChallenge(challenge_id=number))


RESERVED = frozenset({"new"})
"""What stands in the place of a slug in our own addresses."""


def _free_slug(session: Session, title: str) -> str:
    wanted = slug_for(title)
    slug = wanted
    while not slug or slug in RESERVED or not queries.slug_is_free(session, slug):
        ending = "".join(secrets.choice(ALPHABET) for _ in range(4))
        slug = f"{wanted[:50].strip('-')}-{ending}".strip("-")
    return slug
