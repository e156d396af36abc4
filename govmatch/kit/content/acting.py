"""Who acts when files are loaded."""

from govmatch.kit.actor import Actor, Held

_ROLE = Held("content", "files", 0)

FILES = Actor(name="content", roles=frozenset({_ROLE}))
"""The content files, on behalf of the operator; no person ever holds this role."""


def is_files(actor: Actor) -> bool:
    return _ROLE in actor.roles
