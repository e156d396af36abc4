"""What an administrator should see to next, most pressing first. Pure: facts in, steps out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import quote

from govmatch.accounts.models import Invitation, Role
from govmatch.kit.actor import SITE
from govmatch.kit.i18n import Lang, Message, msg, msgn, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme

EXPIRES_SOON = timedelta(days=3)


@dataclass(frozen=True)
class Facts:
    """What there is; `holders` counts who holds each (role, kind, id) and can sign in."""

    programmes: Sequence[Programme]
    authorities: Sequence[Authority]
    taking_part: frozenset[tuple[str, str]]
    """(programme, authority) by their slugs."""
    holders: Mapping[tuple[str, str, int], int]
    invitations: Sequence[Invitation]


@dataclass(frozen=True)
class Step:
    """Something to do, why, and where."""

    title: Message
    reason: Message
    action: Message
    path: str


def next_steps(facts: Facts, *, lang: Lang, now: datetime) -> list[Step]:
    """Return everything that waits; nothing when all is in order."""
    return [
        *_beginning(facts),
        *_about_programmes(facts, lang),
        *_about_authorities(facts, lang),
        *_about_people(facts, now),
    ]


def _beginning(facts: Facts) -> Iterator[Step]:
    if not facts.authorities:
        yield Step(
            msg("Make the first authority"),
            msg("Challenges belong to an authority. Its staff write them."),
            msg("Make an authority"),
            "/admin/authorities/new",
        )


def _about_programmes(facts: Facts, lang: Lang) -> Iterator[Step]:
    joined = {programme for programme, _ in facts.taking_part}
    for one in facts.programmes:
        name = pick(one.names, lang)[0]
        if not _is_held(facts, Role.MANAGER, "programme", one.id):
            yield Step(
                msg("{name} has no programme manager", name=name),
                msg("Nobody can publish its challenges."),
                msg("Invite a programme manager"),
                _invite("programme", one.slug, Role.MANAGER),
            )
        if facts.authorities and one.slug not in joined:
            yield Step(
                msg("No authority takes part in {name}", name=name),
                msg("Its challenges can only be written by authorities that take part."),
                msg("Choose authorities"),
                f"/admin/programmes/{one.slug}",
            )


def _about_authorities(facts: Facts, lang: Lang) -> Iterator[Step]:
    joined = {authority for _, authority in facts.taking_part}
    for one in facts.authorities:
        name = pick(one.names, lang)[0]
        if one.slug not in joined:
            yield Step(
                msg("{name} takes part in no programme", name=name),
                msg("Its staff cannot write a challenge yet."),
                msg("Open the programmes"),
                "/admin/programmes",
            )
            continue
        if not _is_held(facts, Role.STAFF, "authority", one.id):
            yield Step(
                msg("Nobody writes for {name}", name=name),
                msg("Without staff it has no challenges on this site."),
                msg("Invite staff"),
                _invite("authority", one.slug, Role.STAFF),
            )
        elif not _has_approver(facts, one):
            yield Step(
                msg("Nobody approves for {name}", name=name),
                msg("A second person has to approve each challenge before it is published."),
                msg("Invite an approver"),
                _invite("authority", one.slug, Role.APPROVER),
            )


def _has_approver(facts: Facts, authority: Authority) -> bool:
    """An authority without its own borrows the approver of a programme in which it takes part."""
    joined = {programme for programme, slug in facts.taking_part if slug == authority.slug}
    return _is_held(facts, Role.APPROVER, "authority", authority.id) or any(
        _is_held(facts, Role.APPROVER, "programme", programme.id)
        for programme in facts.programmes
        if programme.slug in joined
    )


def _about_people(facts: Facts, now: datetime) -> Iterator[Step]:
    if facts.holders.get((Role.ADMINISTRATOR, SITE, 0), 0) < 2:
        yield Step(
            msg("You are the only administrator"),
            msg("Nobody could help you if you lost your second factor."),
            msg("Invite another administrator"),
            f"/admin/invitations/new?for={SITE}&role={Role.ADMINISTRATOR}",
        )
    ending = [one for one in facts.invitations if one.expires_at - now <= EXPIRES_SOON]
    if ending:
        yield Step(
            msgn(
                "{n} invitation expires within 3 days",
                "{n} invitations expire within 3 days",
                n=len(ending),
            ),
            msg("Send it again, or take it back."),
            msg("Open the invitations"),
            "/admin/invitations",
        )


def _is_held(facts: Facts, role: Role, kind: str, number: int) -> bool:
    return facts.holders.get((role, kind, number), 0) > 0


def _invite(kind: str, slug: str, role: Role) -> str:
    return f"/admin/invitations/new?for={quote(f'{kind}:{slug}', safe='')}&role={role}"
