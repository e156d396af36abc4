"""Who comes to these pages, and what all of them read from a request."""

from govmatch.accounts.models import Role
from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import text_of
from govmatch.kit.errors import NotFound
from govmatch.reviews import rules
from govmatch.web.routes import holder_of
from govmatch.web.visit import Visit

jury = holder_of(*rules.JURY)
overseeing = holder_of(Role.MANAGER, Role.STAFF, Role.APPROVER, Role.AUDITOR)
assigning = holder_of(Role.MANAGER)

_LONGEST_NUMBER = 9  # digits


def own_jury(visit: Visit) -> Challenge:
    """Return the challenge of the address where the reader is on its jury; else `NotFound`."""
    challenge = _challenge(visit)
    if not rules.sits_on(visit.actor, challenge):
        raise NotFound
    return challenge


def overseen(visit: Visit) -> Challenge:
    """Return the challenge of the address where the reader oversees it; else `NotFound`."""
    challenge = _challenge(visit)
    if not rules.may_oversee(visit.actor, challenge):
        raise NotFound
    return challenge


def _challenge(visit: Visit) -> Challenge:
    return challenges.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )


def title_of(challenge: Challenge, visit: Visit) -> tuple[str, str | None]:
    """Return a challenge's title, and its language where that is not the reader's."""
    text = text_of(challenge, visit.lang)
    return text.title or challenge.slug, text.lang if text.lang != visit.lang else None


def whole_number(text: str) -> int:
    """Return a whole number, and 0 for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return int(text) if is_number else 0
