"""Who may see what of a person, since when, and how that ends."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Person, RoleRow
from govmatch.applications import queries as applications
from govmatch.applications import rules as application_rules
from govmatch.applications.models import Application, Partner, PartnerState
from govmatch.challenges.models import ChallengeText
from govmatch.following import queries as following
from govmatch.gatherings import queries as gatherings
from govmatch.gatherings.models import GatheringText, Registration, Seat, Shows
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, pick
from govmatch.kit.journal import JournalRow
from govmatch.kit.records import dataclass
from govmatch.organisations import queries as organisations
from govmatch.organisations import rules as organisation_rules
from govmatch.organisations.models import Firm


class Sharing(StrEnum):
    """What others see; `ENDABLE` ones end by a button, others where they are looked after."""

    ACCOUNT = "account"
    MEMBERSHIP = "membership"
    ROLE = "role"
    DIRECTORY = "directory"
    MATCHING = "matching"
    SEALED = "sealed"
    APPLICATION = "application"
    PARTNER = "partner"
    FOLLOWS = "follows"
    EVENT = "event"
    EVENT_NEEDS = "event_needs"
    CERTIFICATE = "certificate"


ENDABLE = frozenset(
    {
        Sharing.DIRECTORY,
        Sharing.MATCHING,
        Sharing.FOLLOWS,
        Sharing.EVENT_NEEDS,
        Sharing.CERTIFICATE,
    }
)


@dataclass(frozen=True)
class Line:
    """`title` names what it is about; `path` is where it is looked after; `key` ends it."""

    kind: Sharing
    title: str
    since: datetime | None
    path: str = ""
    key: str = ""
    may_end: bool = False
    number: int = 0
    """How many of them, where they stand in one line."""


def ledger(
    session: ReadSession, person: Person, *, actor: Actor, lang: Lang, real_now: datetime
) -> list[Line]:
    """Return every line, those about the person first, then firms, applications, mails, events."""
    return [
        Line(Sharing.ACCOUNT, "", person.created_at, path="/account/details"),
        *_roles(session, person, real_now=real_now),
        *_firms(session, actor),
        *_applications(session, actor, lang),
        *_follows(session, actor),
        *_events(session, person, lang),
    ]


def _roles(session: ReadSession, person: Person, *, real_now: datetime) -> Iterable[Line]:
    """Yield what colleagues and the administration see of a person with each role."""
    for row in accounts.roles_in_force(session, person, now=real_now):
        is_firm = row.object_kind == "firm"
        kind = Sharing.MEMBERSHIP if is_firm else Sharing.ROLE
        yield Line(kind, row.object_label, row.since, path=_path_of(session, row))


def _path_of(session: ReadSession, row: RoleRow) -> str:
    if row.object_kind != "firm":
        return ""
    firm = session.get(Firm, row.object_id)
    return f"/firm/{firm.public_id}/members" if firm else ""


def _firms(session: ReadSession, actor: Actor) -> Iterable[Line]:
    firms = organisations.own_firms(session, actor)
    changed = _visibility_since(session, [firm.id for firm in firms])
    for firm in firms:
        path = f"/firm/{firm.public_id}/edit/visibility"
        since = changed.get(firm.id, firm.created_at)
        may_end = bool(organisation_rules.may_edit(actor, firm))
        if organisation_rules.is_listed(firm):
            yield Line(Sharing.DIRECTORY, firm.name, since, path, firm.public_id, may_end)
        if firm.matching:
            yield Line(Sharing.MATCHING, firm.name, since, path, firm.public_id, may_end)


def _visibility_since(session: ReadSession, firm_ids: list[int]) -> dict[int, datetime]:
    """Return when firms last said who sees them; nothing for those that never changed it."""
    found = (
        select(JournalRow.subject_id, JournalRow.at)
        .where(
            JournalRow.subject_kind == "firm",
            JournalRow.subject_id.in_(firm_ids),
            JournalRow.event.in_(("FirmProfileChanged", "ListedFirmChanged")),
            JournalRow.data == {"section": "visibility"},
        )
        .order_by(JournalRow.id)
    )
    return dict(session.execute(found).all())


def _applications(session: ReadSession, actor: Actor, lang: Lang) -> Iterable[Line]:
    """Yield the applications of the actor's firms: sealed until their opening, then read."""
    found = (
        select(Application)
        .options(joinedload(Application.challenge))
        .where(applications.own_to(actor))
        .order_by(Application.id.desc())
    )
    own = list(session.scalars(found))
    titles = _titles(session, {one.challenge_id for one in own}, lang)
    for one in own:
        path = f"/applications/{one.public_id}"
        was_read = application_rules.is_opened(one)
        kind = Sharing.APPLICATION if was_read else Sharing.SEALED
        since = one.challenge.opened_at if was_read else one.created_at
        yield Line(kind, titles.get(one.challenge_id, ""), since, path)
    yield from _partners(session, own, titles)


def _partners(
    session: ReadSession, own: list[Application], titles: dict[int, str]
) -> Iterable[Line]:
    by_id = {one.id: one for one in own}
    found = (
        select(Partner, Firm.name)
        .join(Firm, Firm.id == Partner.firm_id)
        .where(
            Partner.application_id.in_(sorted(by_id)),
            Partner.state == PartnerState.ACCEPTED,
        )
        .order_by(Partner.id)
    )
    for partner, name in session.execute(found):
        one = by_id[partner.application_id]
        yield Line(
            Sharing.PARTNER,
            f"{titles.get(one.challenge_id, '')} ({name})",
            partner.answered_at,
            f"/applications/{one.public_id}/partners",
        )


def _titles(session: ReadSession, ids: set[int], lang: Lang) -> dict[int, str]:
    by_id: dict[int, dict[str, str]] = {}
    found = select(ChallengeText.challenge_id, ChallengeText.lang, ChallengeText.title)
    for number, said, title in session.execute(found.where(ChallengeText.challenge_id.in_(ids))):
        by_id.setdefault(number, {})[said] = title
    return {number: pick(texts, lang)[0] for number, texts in by_id.items()}


def _follows(session: ReadSession, actor: Actor) -> Iterable[Line]:
    follows = following.own_follows(session, actor)
    if follows:
        since = min(one.created_at for one in follows)
        yield Line(
            Sharing.FOLLOWS,
            "",
            since,
            "/account/following",
            key="all",
            may_end=True,
            number=len(follows),
        )


def _events(session: ReadSession, person: Person, lang: Lang) -> Iterable[Line]:
    """Yield what hosts of events see, and what a certificate shows to whoever has its code."""
    rows = [
        one
        for one in gatherings.of_person(session, person.id)
        if one.seat != Seat.GIVEN_UP and one.email
    ]
    titles = _event_titles(session, {one.gathering_id for one in rows}, lang)
    for one in rows:
        title, path = titles.get(one.gathering_id, ""), f"/events/{one.gathering.slug}"
        yield Line(Sharing.EVENT, title, one.at, path)
        if one.needs:
            yield _endable(Sharing.EVENT_NEEDS, one, title, path)
        if one.certificate and one.shows != Shows.NOTHING:
            yield _endable(Sharing.CERTIFICATE, one, title, path)


def _endable(kind: Sharing, one: Registration, title: str, path: str) -> Line:
    return Line(kind, title, one.at, path, one.public_id, may_end=True)


def _event_titles(session: ReadSession, ids: set[int], lang: Lang) -> dict[int, str]:
    by_id: dict[int, dict[str, str]] = {}
    found = select(GatheringText.gathering_id, GatheringText.lang, GatheringText.title)
    for number, said, title in session.execute(found.where(GatheringText.gathering_id.in_(ids))):
        by_id.setdefault(number, {})[said] = title
    return {number: pick(texts, lang)[0] for number, texts in by_id.items()}


def ended(
    session: ReadSession, person_id: int, *, most: int = 20
) -> list[tuple[Sharing, datetime]]:
    """Return what a person took back here, newest first."""
    found = (
        select(JournalRow.data, JournalRow.at)
        .where(
            JournalRow.subject_kind == "person",
            JournalRow.subject_id == person_id,
            JournalRow.event == "SharingEnded",
        )
        .order_by(JournalRow.id.desc())
        .limit(most)
    )
    return [(Sharing(str(data["kind"])), at) for data, at in session.execute(found)]
