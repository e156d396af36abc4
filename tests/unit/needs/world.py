"""A programme with two authorities, three firms with their people, and needs proposed to it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from govmatch.accounts.actions import give_role
from govmatch.accounts.models import Person, Role
from govmatch.accounts.queries import roles_of
from govmatch.challenges.content.loading_base import load_base
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.clock import real_now
from govmatch.kit.content import Report
from govmatch.kit.db import Session
from govmatch.needs import actions
from govmatch.needs.models import Need
from govmatch.needs.wording import Wording, Words
from govmatch.organisations.models import Authority, Firm
from govmatch.organisations.queries import authorities
from govmatch.programmes import queries as programmes
from govmatch.programmes.models import Programme
from tests.unit.challenges.world import shipped_base
from tests.web.applications.world import firm, person

NOW = real_now()
PROGRAMME = "bremen-wirtschaft-digital"


@dataclass
class World:
    """Who there is: Eva manages the programme, Ida and Uwe work for authorities.

    Bo and Carla are of one firm, Dieter and Lea lead others; Gro, Holger and Agnes hold no role;
    Enno and Birte are the steering group, Birte for an authority; Jens audits.
    """

    session: Session
    programme: Programme
    economy: Authority
    finance: Authority
    people: dict[str, Person] = field(default_factory=dict)
    firms: dict[str, Firm] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        who = self.people[name]
        held = frozenset(roles_of(self.session, who, now=NOW))
        return Actor(person_id=who.id, name=name, roles=held)

    def give(self, name: str, role: Role, kind: str, number: int) -> None:
        give_role(
            self.session, self.people[name], role, kind, number,
            actor=VISITOR, now=NOW, real_now=NOW - timedelta(hours=1),
        )  # fmt: skip

    def need(self, title: str, *, by: str = "gro", at: datetime = NOW, **more: Any) -> Need:
        """Propose a need in English."""
        of_firm = more.pop("firm", None)
        wording = Wording(
            words={"en": Words(title, f"Somebody suffers from {title}.")},
            main_lang="en",
            theme=more.pop("theme", "registers"),
            country="DE",
            region="Bremen",
            authority_id=more.pop("authority_id", None),
        )
        return actions.propose(
            self.session, self.programme, wording,
            actor=self.actor(by), now=at, real_now=at, firm=of_firm, **more,
        )  # fmt: skip

    def support(self, need: Need, *names: str) -> None:
        """Let people support it for themselves, or a firm by the name of one of its people."""
        for name in names:
            own = self.firms.get(name)
            actions.support(self.session, need, actor=self.actor(name), now=NOW, firm=own)


def fill(session: Session) -> World:
    load_base(session, shipped_base(), Report(), now=NOW)
    world = World(
        session,
        programmes.by_slug(session, PROGRAMME),
        authorities.by_slug(session, "bremen-wirtschaft"),
        authorities.by_slug(session, "bremen-finanzen"),
    )
    for name in ("eva", "ida", "uwe", "bo", "carla", "dieter", "lea", "gro", "holger", "agnes",
                 "enno", "birte", "jens"):  # fmt: skip
        world.people[name] = person(session, name, NOW)
    nordlys = firm(session, "nordlys", "DK", NOW, size="micro")
    for name, made, role in (
        ("bo", nordlys, Role.LEAD),
        ("carla", nordlys, Role.MEMBER),
        ("dieter", firm(session, "weserbeleg", "DE", NOW, size="small"), Role.LEAD),
        ("lea", firm(session, "klarsprak", "SE", NOW, size=None), Role.LEAD),
    ):
        world.firms[name] = made
        world.give(name, role, "firm", made.id)
    world.give("eva", Role.MANAGER, "programme", world.programme.id)
    world.give("ida", Role.STAFF, "authority", world.economy.id)
    world.give("uwe", Role.STAFF, "authority", world.finance.id)
    world.give("enno", Role.STEERING, "programme", world.programme.id)
    world.give("birte", Role.STEERING, "programme", world.programme.id)
    world.give("birte", Role.FINANCE, "authority", world.finance.id)
    world.give("jens", Role.AUDITOR, "site", 0)
    return world
