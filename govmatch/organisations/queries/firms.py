"""Firms: who may see which, one of them, those like it, and what its profile says."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import Gone, NotFound
from govmatch.kit.i18n import msg
from govmatch.organisations import rules
from govmatch.organisations.models import Evidence, Firm, FirmTerm
from govmatch.organisations.names import name_key, registration_key
from govmatch.organisations.profile import Profile, Topics
from govmatch.taxonomy.models import TermKind

MOST_LIKE = 5


def firms_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Narrow a selection of firms as `rules.may_see` decides on each."""
    own = Firm.id.in_(sorted(actor.objects("firm")))
    return Firm.closed_at.is_(None) & or_(Firm.is_public, own)


def get_visible_firm(session: ReadSession, actor: Actor, slug: str) -> Firm:
    """Return the firm of this address in the directory.

    Raises `Gone` for a closed one that this reader could see before, else `NotFound`.
    """
    firm = session.scalars(select(Firm).where(Firm.slug == slug)).first()
    if firm is None:
        raise NotFound
    if rules.may_see(actor, firm):
        return firm
    if firm.closed_at is not None and (firm.is_public or rules.is_member(actor, firm)):
        raise Gone(msg("This firm has left the directory."))
    raise NotFound


def visible_firms_among(session: ReadSession, ids: Iterable[int], *, actor: Actor) -> set[int]:
    """Return those of the ids whose firms this reader may see."""
    found = select(Firm.id).where(Firm.id.in_(list(ids)), firms_visible_to(actor))
    return set(session.scalars(found))


def own_firms(session: ReadSession, actor: Actor) -> list[Firm]:
    """Return the firms for which the actor holds a role, closed ones too, by name."""
    found = select(Firm).where(Firm.id.in_(sorted(actor.objects("firm"))))
    return list(session.scalars(found.order_by(Firm.name_key, Firm.id)))


def get_own_firm(session: ReadSession, actor: Actor, public_id: str) -> Firm:
    """Return a firm for which the actor holds a role; raises `NotFound` for every other."""
    firm = session.scalars(select(Firm).where(Firm.public_id == public_id)).first()
    if firm is None or not rules.is_member(actor, firm):
        raise NotFound
    return firm


def listed_like(session: ReadSession, *, name: str, country: str, registration: str) -> list[Firm]:
    """Return listed firms with the same number, or with the same name but for spelling.

    Firms that are not listed are left out: nobody finds out by asking that one is here.
    """
    same = [Firm.name_key == name_key(name)]
    if number := registration_key(country, registration):
        same.append(Firm.registration_key == number)
    found = select(Firm).where(or_(*same), Firm.is_public, Firm.closed_at.is_(None))
    return list(session.scalars(found.order_by(Firm.name_key, Firm.id).limit(MOST_LIKE)))


def slug_is_taken(session: ReadSession, slug: str) -> bool:
    return session.scalars(select(Firm.id).where(Firm.slug == slug)).first() is not None


def firms_by_ids(session: ReadSession, ids: Sequence[int]) -> list[Firm]:
    """Return firms in the order of the ids; one statement."""
    found = {firm.id: firm for firm in session.scalars(select(Firm).where(Firm.id.in_(ids)))}
    return [found[number] for number in ids if number in found]


def topics_of(session: ReadSession, ids: Collection[int]) -> dict[int, Topics]:
    """Return themes and technologies by firm; one statement."""
    rows = session.execute(
        select(FirmTerm.firm_id, FirmTerm.kind, FirmTerm.slug)
        .where(FirmTerm.firm_id.in_(ids))
        .order_by(FirmTerm.id)
    )
    found: dict[tuple[int, str], list[str]] = {}
    for firm_id, kind, slug in rows:
        found.setdefault((firm_id, kind), []).append(slug)
    return {
        number: Topics(
            themes=tuple(found.get((number, TermKind.THEME), ())),
            technologies=tuple(found.get((number, TermKind.TECHNOLOGY), ())),
        )
        for number in ids
    }


def evidence_of(session: ReadSession, firm: Firm) -> list[Evidence]:
    """Return what a firm can show, in the order of the kinds, the longest valid first."""
    rows = session.scalars(select(Evidence).where(Evidence.firm_id == firm.id))
    return sorted(rows, key=lambda e: (e.kind, -(e.valid_until or date.max).toordinal(), e.id))


def get_evidence(session: ReadSession, firm: Firm, public_id: str) -> Evidence:
    """Return one piece of this firm's evidence; raises `NotFound` for that of any other firm."""
    found = select(Evidence).where(Evidence.public_id == public_id, Evidence.firm_id == firm.id)
    evidence = session.scalars(found).first()
    if evidence is None:
        raise NotFound
    return evidence


def evidence_in_date(session: ReadSession, firm: Firm, *, on: date) -> frozenset[str]:
    """Return the kinds of evidence that a firm can show on that day."""
    rows = evidence_of(session, firm)
    return frozenset(row.kind for row in rows if rules.is_in_date(row, on=on))


def profile_of(session: ReadSession, firm: Firm) -> Profile:
    """Return everything that a firm's profile says; two statements."""
    topics = topics_of(session, [firm.id])[firm.id]
    return Profile(firm, topics, tuple(evidence_of(session, firm)))
