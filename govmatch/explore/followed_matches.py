"""What is new among the matches of a firm, for those of its people who want to hear of it."""

from datetime import datetime

from sqlalchemy import select

from govmatch.accounts.models import Person
from govmatch.accounts.queries import roles_of
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import text_of
from govmatch.explore.matching.levels import LEAST_WORTH
from govmatch.explore.matching.loading import challenges_of, explaining
from govmatch.explore.matching.reasons import Reasons
from govmatch.explore.queries import matches as queries
from govmatch.following.models import Follow
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import date_text
from govmatch.kit.i18n import Lang, Message, msg, say
from govmatch.kit.records import dataclass
from govmatch.matching.models import KeptMatch
from govmatch.organisations.models import Firm
from govmatch.organisations.rules import is_member
from govmatch.organisations.showing import day_of
from govmatch.settings import Settings

MOST = 10
"""Matches of one firm in one mail; the page has the others."""
MOST_TOLD = 1_000


@dataclass(frozen=True)
class NewMatches:
    """Reads the matches of followed firms at one instant, with the rights of who follows them."""

    session: ReadSession
    settings: Settings
    now: datetime
    real_now: datetime

    def firm_of(self, follow: Follow) -> Firm | None:
        """Return the firm, as long as whoever follows its matches belongs to it."""
        found = select(Firm).where(Firm.public_id == follow.key)
        firm = self.session.scalars(found).first()
        if firm is None or follow.person is None:
            return None
        return firm if is_member(self._actor(follow.person), firm) else None

    def _actor(self, person: Person) -> Actor:
        held = roles_of(self.session, person, now=self.real_now)
        return Actor(person_id=person.id, roles=frozenset(held))

    def new_in(self, follow: Follow, firm: Firm) -> list[KeptMatch]:
        """Return what fits, is open, and was not named yet, best first."""
        assert follow.person is not None
        told = set(follow.told)
        actor = self._actor(follow.person)
        found = worth_telling(self.session, firm, actor=actor, now=self.now)
        return [one for one in found if one.other_id not in told]

    def entries(self, firm: Firm, found: list[KeptMatch], *, lang: Lang) -> list[tuple[str, str]]:
        """Return matches as lines of a mail: what, how well it fits, until when, and one reason."""
        ids = [one.other_id for one in found[:MOST]]
        known = challenges_of(self.session, ids)
        explained = explaining(
            self.session,
            challenges=ids,
            firms=[firm.id],
            content_dir=self.settings.content_dir,
            lang=lang,
            today=day_of(self.now, self.settings.zone),
        )
        lines = []
        for number in ids:
            reasons = explained.reasons(known[number], firm)
            if reasons is not None:
                said = _said(known[number], reasons, lang)
                lines.append((said, f"/challenges/{known[number].slug}"))
        return lines


def worth_telling(
    session: ReadSession, firm: Firm, *, actor: Actor, now: datetime
) -> list[KeptMatch]:
    """Return the open challenges that stand in a firm's list; none where matching is off."""
    if not firm.matching or firm.closed_at is not None:
        return []
    found = queries.for_firm(session, firm, actor=actor, now=now, ruled_out=False)
    return [one for one in found if one.score - one.lowered >= LEAST_WORTH]


def named(told: list[int], found: list[KeptMatch]) -> list[int]:
    """Return what was named once these were, each id once, the oldest forgotten first."""
    return list(dict.fromkeys([*told, *(one.other_id for one in found)]))[-MOST_TOLD:]


def _said(challenge: Challenge, reasons: Reasons, lang: Lang) -> str:
    title = text_of(challenge, lang).title
    assert challenge.closes is not None
    said: Message = msg(
        "{title} – {level}, open until {date}",
        title=title,
        level=reasons.level.words,
        date=date_text(challenge.closes, lang, challenge.zone),
    )
    first = next((line.text for line in reasons.for_), None)
    return f"{say(said, lang)}. {say(first, lang)}" if first else say(said, lang)
