"""People with something that is kept about them, and firms of theirs."""

from dataclasses import dataclass

from govmatch.accounts.models import Person, Role, RoleRow
from govmatch.following.models import Follow
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.organisations.models import Firm
from tests.site import Browser, Site


@dataclass
class Someone:
    """Somebody in front of a browser, signed in a moment ago."""

    site: Site
    person: Person
    browser: Browser

    def again(self) -> Person:
        with self.site.database.reading() as session:
            return session.get_one(Person, self.person.id)


def follow(session: Session, person_id: int) -> None:
    session.add(
        Follow(
            public_id=public_id(),
            person_id=person_id,
            kind="theme",
            key="data",
            titles={"en": "Data"},
            path="/themes/data",
            how="daily",
            created_at=real_now(),
            told_id=0,
            told_at=real_now(),
        )
    )


def make_firm(session: Session, name: str, *, is_public: bool = False) -> Firm:
    key = public_id()
    firm = Firm(
        public_id=key,
        slug=key,
        name=name,
        country="DK",
        is_public=is_public,
        matching=True,
        revision=1,
        created_at=real_now(),
        updated_at=real_now(),
    )
    session.add(firm)
    session.flush()
    return firm


def give(session: Session, person_id: int, firm_id: int, role: Role = Role.LEAD) -> None:
    """Make somebody belong to a firm."""
    session.add(
        RoleRow(
            person_id=person_id,
            role=role.value,
            object_kind="firm",
            object_id=firm_id,
            object_label="Nordlys ApS",
            since=real_now(),
        )
    )
    session.flush()
