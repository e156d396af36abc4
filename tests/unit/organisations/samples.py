"""Firms, people and terms for tests: plain functions, the caller says what matters."""

from datetime import UTC, date, datetime
from typing import Any

from govmatch.accounts.actions import give_role
from govmatch.accounts.models import Person, Role, RoleRow
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.organisations import actions
from govmatch.organisations.models import Evidence, Firm
from govmatch.organisations.profile import (
    Basics,
    Codes,
    EvidenceValues,
    NewFirm,
    Offer,
    Topics,
    Visibility,
)
from govmatch.taxonomy.models import Term

__all__ = ["Evidence", "Firm", "Person", "RoleRow", "Session"]

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
TODAY = date(2026, 11, 21)

TERMS = (
    ("theme", "safety", None, {"en": "Safety", "de": "Sicherheit", "da": "Sikkerhed"}),
    ("theme", "inspections", "safety", {"en": "Inspections", "de": "Kontrollen", "da": "Tilsyn"}),
    ("theme", "invoicing", None, {"en": "Invoicing", "de": "Rechnungen", "da": "Fakturering"}),
    ("technology", "sensors", None, {"en": "Sensors", "de": "Sensorik", "da": "Sensorer"}),
    ("technology", "search", None, {"en": "Search", "de": "Suche", "da": "Søgning"}),
)


def add_terms(session: Session) -> None:
    """Add the few themes and technologies that tests choose from."""
    session.add_all(
        Term(kind=kind, slug=slug, parent=parent, labels=labels, position=position)
        for position, (kind, slug, parent, labels) in enumerate(TERMS)
    )
    session.flush()


def add_person(session: Session, name: str = "Bo Madsen") -> Person:
    person = Person(
        public_id=public_id(),
        email=f"{public_id()}@firm.example",
        name=name,
        lang=None,
        zone=None,
        salt="salt",
        created_at=NOW,
        verified_at=NOW,
        terms_at=NOW,
        disabled_at=None,
        totp_seed=None,
        totp_confirmed_at=None,
        totp_last_step=None,
    )
    session.add(person)
    session.flush()
    return person


def actor_for(person: Person, *held: tuple[Role, Firm]) -> Actor:
    """Return a person on the site with roles for firms."""
    roles = frozenset(Held(role, "firm", firm.id) for role, firm in held)
    return Actor(person_id=person.id, name=person.name, roles=roles)


def lead_of(firm: Firm, person_id: int | None = None) -> Actor:
    return Actor(person_id=person_id, roles=frozenset({Held(Role.LEAD, "firm", firm.id)}))


def join(session: Session, person: Person, firm: Firm, role: Role = Role.MEMBER) -> Actor:
    """Make a person belong to a firm; return them on the site with that role alone."""
    give_role(
        session, person, role, "firm", firm.id, actor=VISITOR, now=NOW, real_now=NOW,
        object_label=firm.name,
    )  # fmt: skip
    return actor_for(person, (role, firm))


def add_firm(session: Session, name: str = "Nordlys Vision ApS", **said: Any) -> Firm:
    """Add a listed Danish firm; `said` names whatever its profile says otherwise."""
    country = said.pop("country", "DK")
    new = NewFirm(name=name, country=country, registration=said.get("registration", ""))
    firm = actions.add_firm(session, new, actor=VISITOR, now=NOW)
    evidence = said.pop("evidence", ())
    said = {"is_public": True, **said}
    for kind in (Basics, Offer, Topics, Codes, Visibility):
        given = {key: value for key, value in said.items() if key in kind.__dataclass_fields__}
        if kind is Basics:
            given = {"name": name, "country": country, **given}
        actions.save_profile(session, firm, kind(**given), actor=lead_of(firm), now=NOW)
    for one in evidence:
        actions.add_evidence(session, firm, one, actor=lead_of(firm), now=NOW)
    return firm


def evidence(
    kind: str = "iso-27001", until: date | None = None, note: str = "", reference: str = "A 1"
) -> EvidenceValues:
    return EvidenceValues(kind=kind, note=note, valid_until=until, reference=reference)
