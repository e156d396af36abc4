"""What a role is held for, as pages name and address it: the site, a programme, an authority..."""

from collections.abc import Mapping

from govmatch.accounts.models import HELD_FOR, Role
from govmatch.accounts.names import KIND_NAMES
from govmatch.kit.actor import SITE
from govmatch.kit.i18n import Lang, Message, msg, pick
from govmatch.kit.records import dataclass

# Where a page lists all of one kind, in this order; challenges are too many and are typed.
LISTED = (SITE, "programme", "authority")

OBJECT_KINDS: Mapping[str, Message] = {
    SITE: msg("Site"),
    "programme": msg("Programme"),
    "authority": msg("Authority"),
    "challenge": msg("Challenge"),
    "pilot": msg("Pilot"),
    "firm": msg("Firm"),
}

ADDRESSES: Mapping[str, str] = {
    "programme": "/admin/programmes/",
    "authority": "/admin/authorities/",
    "challenge": "/challenges/",
}


@dataclass(frozen=True)
class Target:
    """One object of roles; `key` names it in addresses and forms."""

    kind: str
    id: int
    slug: str
    names: Mapping[str, str]

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.slug}" if self.slug else self.kind

    @property
    def path(self) -> str:
        """The page about it, or nothing where there is none to link to."""
        return ADDRESSES[self.kind] + self.slug if self.kind in ADDRESSES else ""

    def name(self, lang: Lang) -> Message | str:
        return pick(self.names, lang)[0] or KIND_NAMES[self.kind]


WHOLE_SITE = Target(SITE, 0, "", {})


def roles_for(kind: str) -> list[Role]:
    """Return the roles that administrators give for a kind of object; firms give their own."""
    return [role for role in Role if kind != "firm" and kind in HELD_FOR[role]]


GIVEN = tuple(role for role in Role if HELD_FOR[role] - {"firm", "pilot"})
"""The roles that administrators give; mentors are invited on the page of their pilot."""

LISTED_ROLES = tuple(role for role in Role if HELD_FOR[role] - {"firm"})
"""The roles that lists of the administration show."""
