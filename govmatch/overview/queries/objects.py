"""The objects that roles are held for, by id and by the key that pages use."""

from collections.abc import Callable, Collection, Iterable, Mapping

from sqlalchemy import select

from govmatch.challenges.models import Challenge, ChallengeText
from govmatch.kit.actor import SITE
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, pick
from govmatch.organisations.models import Authority, Firm
from govmatch.overview.objects import WHOLE_SITE, Target
from govmatch.pilots.models import Pilot
from govmatch.programmes.models import Programme

Targets = Mapping[tuple[str, int], Target]


def targets(session: ReadSession, wanted: Iterable[tuple[str, int]]) -> Targets:
    """Return the objects of these kinds and ids; one statement a kind, none for kinds not asked."""
    ids: dict[str, set[int]] = {}
    for kind, number in wanted:
        ids.setdefault(kind, set()).add(number)
    found: dict[tuple[str, int], Target] = {}
    for kind, numbers in ids.items():
        for target in [WHOLE_SITE] if kind == SITE else _LOADERS[kind](session, numbers):
            found[kind, target.id] = target
    return found


def names_of_objects(
    session: ReadSession, wanted: Iterable[tuple[str, int]], lang: Lang
) -> dict[tuple[str, int], str]:
    """Return what objects of roles are called now, in this language or the next best."""
    found = targets(session, [one for one in wanted if one[0] != SITE])
    return {key: pick(target.names, lang)[0] for key, target in found.items()}


def _authorities(session: ReadSession, ids: Collection[int]) -> list[Target]:
    found = select(Authority.id, Authority.slug, Authority.names).where(Authority.id.in_(ids))
    return [Target("authority", *row) for row in session.execute(found)]


def _programmes(session: ReadSession, ids: Collection[int]) -> list[Target]:
    found = select(Programme.id, Programme.slug, Programme.names).where(Programme.id.in_(ids))
    return [Target("programme", *row) for row in session.execute(found)]


def _challenges(session: ReadSession, ids: Collection[int]) -> list[Target]:
    found = (
        select(Challenge.id, Challenge.slug, ChallengeText.lang, ChallengeText.title)
        .outerjoin(ChallengeText, ChallengeText.challenge_id == Challenge.id)
        .where(Challenge.id.in_(ids))
    )
    made: dict[int, Target] = {}
    for number, slug, lang, title in session.execute(found):
        before = made.get(number)
        names = {**(before.names if before else {}), **({lang: title} if title else {})}
        made[number] = Target("challenge", number, slug, names)
    return list(made.values())


def _firms(session: ReadSession, ids: Collection[int]) -> list[Target]:
    found = select(Firm.id, Firm.slug, Firm.name).where(Firm.id.in_(ids))
    return [
        Target("firm", number, slug, {"en": name}) for number, slug, name in session.execute(found)
    ]


def _pilots(session: ReadSession, ids: Collection[int]) -> list[Target]:
    """Return pilots by the names that their two sides gave them; what is in them stays there."""
    found = select(Pilot.id, Pilot.public_id, Pilot.title).where(Pilot.id.in_(ids))
    return [
        Target("pilot", number, key, {"en": title}) for number, key, title in session.execute(found)
    ]


_LOADERS: Mapping[str, Callable[[ReadSession, Collection[int]], list[Target]]] = {
    "authority": _authorities,
    "programme": _programmes,
    "challenge": _challenges,
    "firm": _firms,
    "pilot": _pilots,
}


def listed_targets(session: ReadSession) -> list[Target]:
    """Return what an administrator chooses from: the site, every programme, every authority."""
    programmes = session.execute(
        select(Programme.id, Programme.slug, Programme.names).order_by(Programme.slug)
    )
    authorities = session.execute(
        select(Authority.id, Authority.slug, Authority.names).order_by(Authority.slug)
    )
    return [
        WHOLE_SITE,
        *(Target("programme", *row) for row in programmes),
        *(Target("authority", *row) for row in authorities),
    ]


def by_key(session: ReadSession, key: str) -> Target | None:
    """Return the object that a key such as `programme:govtech` names; None where there is none.

    Firms are left out: their roles are given by whoever leads them.
    """
    kind, _, slug = key.partition(":")
    if kind == SITE:
        return None if slug else WHOLE_SITE
    if kind not in _BY_SLUG:
        return None
    table = _BY_SLUG[kind]
    number = session.scalars(select(table.id).where(table.slug == slug)).first()
    return None if number is None else targets(session, [(kind, number)])[kind, number]


_BY_SLUG: Mapping[str, type[Programme] | type[Authority] | type[Challenge]] = {
    "programme": Programme,
    "authority": Authority,
    "challenge": Challenge,
}
