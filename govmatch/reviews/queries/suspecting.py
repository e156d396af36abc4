"""What may be a conflict of interest between a jury and firms that apply, from what is known.

Nothing here closes anything: what is certain (a tie that was named, a membership) `jury` finds.
"""

from collections.abc import Collection, Iterable
from dataclasses import field
from datetime import datetime
from pathlib import Path

from sqlalchemy import and_, or_, select

from govmatch.accounts.models import Person, RoleRow
from govmatch.applications.models import Application, Partner, PartnerState
from govmatch.applications.rules import firms_in
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.mail_domains import own_domain
from govmatch.organisations.models import Firm
from govmatch.reviews.models import Conflict
from govmatch.reviews.queries.conflicts import HOLDS
from govmatch.reviews.suspicion_models import SuspicionKind

Pair = tuple[int, int]
"""An application and a person, by id."""

_SHORTEST_NAME = 3


@dataclass
class _Known:
    """What is known of the people of a jury and of firms; firms by id, people by id."""

    domains: dict[int, str] = field(default_factory=dict)
    families: dict[int, str] = field(default_factory=dict)
    belonged: dict[int, set[int]] = field(default_factory=dict)
    """Every firm that somebody belongs or belonged to, by person."""
    towns: dict[int, str] = field(default_factory=dict)
    firm_domains: dict[int, set[str]] = field(default_factory=dict)
    firm_families: dict[int, set[str]] = field(default_factory=dict)
    together: set[tuple[int, int]] = field(default_factory=set)
    """Two firms that apply, or have applied, together."""
    earlier: set[tuple[int, int]] = field(default_factory=set)
    """A person and a firm with a conflict in another selection."""


def suspected(
    session: ReadSession,
    challenge: Challenge,
    applications: Collection[Application],
    people: Collection[Person],
    *,
    content_dir: Path,
    now: datetime,
) -> dict[Pair, tuple[SuspicionKind, ...]]:
    """Return by (application, person) why a conflict is suspected; the same few statements always.

    Left out is who belongs to a firm now: that is a conflict already. `now` is the machine's time.
    """
    firm_ids = {firm for one in applications for firm in firms_in(one)}
    if not firm_ids or not people:
        return {}
    known = _know(session, challenge, firm_ids, people, content_dir=content_dir, now=now)
    found: dict[Pair, tuple[SuspicionKind, ...]] = {}
    for one in applications:
        for person in people:
            kinds = {kind for firm in firms_in(one) for kind in _between(person.id, firm, known)}
            if kinds:
                found[one.id, person.id] = tuple(kind for kind in SuspicionKind if kind in kinds)
    return found


def _between(person: int, firm: int, known: _Known) -> Iterable[SuspicionKind]:
    own = known.belonged.get(person, set())
    if firm in own:
        yield SuspicionKind.ORGANISATION
    if known.domains.get(person) and known.domains[person] in known.firm_domains.get(firm, ()):
        yield SuspicionKind.MAIL_DOMAIN
    if any((one, firm) in known.together for one in own):
        yield SuspicionKind.CONSORTIUM
    towns = {known.towns[one] for one in own if known.towns.get(one)}
    is_family = known.families.get(person, "") in known.firm_families.get(firm, ())
    if is_family and known.towns.get(firm) in towns:
        yield SuspicionKind.FAMILY
    if (person, firm) in known.earlier:
        yield SuspicionKind.EARLIER


def _know(
    session: ReadSession,
    challenge: Challenge,
    firm_ids: set[int],
    people: Collection[Person],
    *,
    content_dir: Path,
    now: datetime,
) -> _Known:
    ids = sorted(person.id for person in people)
    known = _Known(
        domains={one.id: own_domain(one.email, content_dir) for one in people},
        families={one.id: family(one.name) for one in people},
    )
    memberships = select(RoleRow.person_id, RoleRow.object_id).where(
        RoleRow.object_kind == "firm", RoleRow.person_id.in_(ids)
    )
    for person_id, firm_id in session.execute(memberships):
        known.belonged.setdefault(person_id, set()).add(firm_id)
    own = {firm for firms in known.belonged.values() for firm in firms}
    towns = select(Firm.id, Firm.country, Firm.city).where(Firm.id.in_(sorted(firm_ids | own)))
    for firm_id, country, city in session.execute(towns):
        known.towns[firm_id] = f"{country}:{city.strip().casefold()}" if city.strip() else ""
    _know_firms(session, firm_ids, ids, known, content_dir)
    _know_partners(session, own, firm_ids, known)
    known.earlier = _earlier(session, challenge, ids, firm_ids)
    _leave_out_members(session, firm_ids, ids, known, now)
    return known


def _know_firms(
    session: ReadSession, firm_ids: set[int], but: list[int], known: _Known, content_dir: Path
) -> None:
    """Learn the domains and families of whoever acts or acted for these firms, but the jury."""
    found = (
        select(RoleRow.object_id, Person.email, Person.name)
        .join(Person, Person.id == RoleRow.person_id)
        .where(
            RoleRow.object_kind == "firm",
            RoleRow.object_id.in_(sorted(firm_ids)),
            Person.id.not_in(but),
            Person.disabled_at.is_(None),
        )
    )
    for firm_id, email, name in session.execute(found):
        if domain := own_domain(email, content_dir):
            known.firm_domains.setdefault(firm_id, set()).add(domain)
        if name := family(name):
            known.firm_families.setdefault(firm_id, set()).add(name)


def _know_partners(session: ReadSession, own: set[int], firms: set[int], known: _Known) -> None:
    """Learn which firms of the jury's people apply, or have applied, with which of these."""
    if not own:
        return
    agreed = and_(Partner.state == PartnerState.ACCEPTED, Application.emptied_at.is_(None))
    found = (
        select(Application.id, Application.firm_id, Partner.firm_id)
        .join(Partner, Partner.application_id == Application.id)
        .where(agreed, Application.current_version > 0, Partner.firm_id.is_not(None))
        .where(
            or_(
                Application.firm_id.in_(sorted(own)),
                Application.id.in_(
                    select(Partner.application_id).where(Partner.firm_id.in_(sorted(own)))
                ),
            )
        )
    )
    consortia: dict[int, set[int]] = {}
    for number, lead, partner in session.execute(found):
        consortia.setdefault(number, set()).update({lead, partner or lead})
    for members in consortia.values():
        known.together |= {
            (one, other) for one in members & own for other in members & firms if one != other
        }


def _earlier(
    session: ReadSession, challenge: Challenge, people: list[int], firms: set[int]
) -> set[tuple[int, int]]:
    found = (
        select(Conflict.person_id, Application)
        .join(Application, Application.id == Conflict.application_id)
        .where(Conflict.person_id.in_(people), HOLDS, Application.challenge_id != challenge.id)
    )
    return {
        (person, firm)
        for person, application in session.execute(found)
        for firm in firms_in(application)
        if firm in firms
    }


def _leave_out_members(
    session: ReadSession, firm_ids: set[int], people: list[int], known: _Known, now: datetime
) -> None:
    found = select(RoleRow.person_id, RoleRow.object_id).where(
        RoleRow.object_kind == "firm",
        RoleRow.object_id.in_(sorted(firm_ids)),
        RoleRow.person_id.in_(people),
        or_(RoleRow.until.is_(None), RoleRow.until > now),
    )
    for person, firm in session.execute(found):
        known.belonged[person].discard(firm)


def family(name: str) -> str:
    """Return the family name as it is compared: the last word, folded; empty for a single one."""
    words = name.split()
    last = words[-1].casefold() if len(words) > 1 else ""
    return last if len(last) >= _SHORTEST_NAME else ""
