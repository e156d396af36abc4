"""Who acts, as rules and queries see it: an id, a language, and the roles in force."""

from collections.abc import Iterable
from typing import Literal

from govmatch.kit.i18n import Lang, Message
from govmatch.kit.records import dataclass

SITE = "site"


@dataclass(frozen=True, slots=True)
class Held:
    """One role for one object, such as ("manager", "programme", 3); the site's object id is 0."""

    role: str
    object_kind: str
    object_id: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A person on the site at this moment, or a visitor (`person_id` is None).

    `roles` holds what is in force *now*: roles that need a second factor are absent, and
    `needs_factor` is true, until this session has given one.
    """

    person_id: int | None = None
    name: str = ""
    lang: Lang | None = None
    zone: str | None = None
    roles: frozenset[Held] = frozenset()
    session_id: int | None = None
    needs_factor: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    def holds(self, role: str, object_kind: str = SITE, object_id: int = 0) -> bool:
        return Held(role, object_kind, object_id) in self.roles

    def objects(self, object_kind: str, *roles: str) -> frozenset[int]:
        """Return the ids of the objects of a kind for which one of `roles` (or any) is held."""
        return frozenset(
            held.object_id
            for held in self.roles
            if held.object_kind == object_kind and (not roles or held.role in roles)
        )

    def has_any(self, roles: Iterable[str]) -> bool:
        wanted = set(roles)
        return any(held.role in wanted for held in self.roles)

    @property
    def audience(self) -> frozenset[str]:
        """Return the tokens by which the index lets this actor find things.

        For each role one of its object, such as "firm:3", and one of the role for the object, such
        as "manager@programme:3"; and one of the person.
        """
        own = {f"{held.object_kind}:{held.object_id}" for held in self.roles}
        roles = {f"{held.role}@{held.object_kind}:{held.object_id}" for held in self.roles}
        person = {f"person:{self.person_id}"} if self.is_signed_in else set()
        return frozenset({"public"} | own | roles | person)


VISITOR = Actor()


@dataclass(frozen=True, slots=True)
class Yes:
    """It is allowed."""

    def __bool__(self) -> Literal[True]:
        return True


@dataclass(frozen=True, slots=True)
class No:
    """It is not allowed, and this is what the person is told."""

    reason: Message

    def __bool__(self) -> Literal[False]:
        return False


YES = Yes()
Ruling = Yes | No
