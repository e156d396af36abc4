"""Who comes to the pages of interviews, and what all of them show."""

from govmatch.accounts.models import Role
from govmatch.applications.models import How
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import text_of
from govmatch.interviews import queries, rules
from govmatch.interviews.models import Interview, Offer, Slot
from govmatch.interviews.showing import OFFERS
from govmatch.kit.asking import require
from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.reviews.queries import is_frozen
from govmatch.web.fields import Form, filled, local_text
from govmatch.web.routes import holder_of
from govmatch.web.visit import Visit

PATH = "/desk/challenges/{slug}/interviews"
comers = holder_of(Role.MANAGER, Role.STAFF, Role.APPROVER, Role.AUDITOR, Role.REVIEWER, Role.CHAIR)
managers = holder_of(Role.MANAGER)
workers = holder_of(Role.MANAGER, Role.REVIEWER, Role.CHAIR)
jury = holder_of(Role.REVIEWER, Role.CHAIR)


@dataclass(frozen=True)
class Head:
    """What stands on top of each page of interviews."""

    title: str
    lang: str | None
    path: str
    zone: str


def case_of(visit: Visit) -> Challenge:
    """Return the challenge of the address; raises `NotFound` where it is not the reader's."""
    return queries.get_case(visit.db, visit.actor, visit.params["slug"], now=visit.now)


def arranged(visit: Visit) -> Challenge:
    """Return the challenge of the address for whoever may arrange its interviews."""
    challenge = case_of(visit)
    require(rules.may_arrange(visit.actor, challenge, is_frozen=is_frozen(visit.db, challenge)))
    return challenge


def found(visit: Visit, challenge: Challenge) -> tuple[Interview, How]:
    """Return the interview of the address, and how the reader sees its application."""
    return queries.get_interview(visit.db, visit.actor, challenge, visit.params["interview"])


def path_of(challenge: Challenge) -> str:
    return f"/desk/challenges/{challenge.slug}/interviews"


def head_of(visit: Visit, challenge: Challenge) -> Head:
    text = text_of(challenge, visit.lang)
    return Head(
        title=text.title or challenge.slug,
        lang=text.lang if text.lang != visit.lang else None,
        path=path_of(challenge),
        zone=challenge.zone,
    )


def offers() -> list[tuple[str, Message]]:
    """Return what a room may offer, to choose from."""
    return [(one.value, OFFERS[one]) for one in Offer]


def slot_form(slot: Slot, zone: str) -> Form:
    """Return a slot as a form shows it."""
    return filled(
        {
            "starts": local_text(slot.starts, zone),
            "minutes": str(slot.minutes),
            "place": slot.place,
            "video": slot.video,
            "offers": list(slot.offers),
            "access": slot.access,
            "revision": str(slot.revision),
        }
    )
