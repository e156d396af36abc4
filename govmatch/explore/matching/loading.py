"""Challenges and firms with their profiles, for the pages that explain matches; few statements."""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from govmatch.challenges.models import Challenge, ChallengeText
from govmatch.explore.matching.naming import Names
from govmatch.explore.matching.reasons import Reasons, Seeing, reasons_of
from govmatch.explore.queries.matches import CHALLENGE, FIRM
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang
from govmatch.kit.records import dataclass
from govmatch.matching import queries
from govmatch.matching.keeping import Kept
from govmatch.matching.rarity import Rarity
from govmatch.organisations.models import Firm
from govmatch.taxonomy import trees


@dataclass(frozen=True)
class Explaining:
    """The profiles of one page, and what they are put into words with."""

    challenges: Mapping[int, Kept]
    firms: Mapping[int, Kept]
    rarity: Rarity
    seeing: Seeing

    def reasons(self, challenge: Challenge, firm: Firm) -> Reasons | None:
        """Return why the two fit; None where one of them was not read yet, or no longer is."""
        asked, firms = self.challenges.get(challenge.id), self.firms.get(firm.id)
        if asked is None or firms is None:
            return None
        return reasons_of(
            asked,
            firms,
            challenge=challenge,
            firm=firm,
            rarity=self.rarity,
            seeing=self.seeing,
        )


def explaining(
    session: ReadSession,
    *,
    challenges: Collection[int],
    firms: Collection[int],
    content_dir: Path,
    lang: Lang,
    today: date,
) -> Explaining:
    """Return what explains every pair of these challenges and firms."""
    asked = queries.kept_of(session, CHALLENGE, challenges)
    answering = queries.kept_of(session, FIRM, firms)
    terms = [one.terms for one in (*asked.values(), *answering.values())]
    seeing = Seeing(
        Names.of(session, content_dir, lang), trees.parents(session, content_dir), today
    )
    return Explaining(asked, answering, queries.rarity_for(session, terms), seeing)


def challenges_of(session: ReadSession, ids: Collection[int]) -> dict[int, Challenge]:
    """Return challenges by id with all that a match says of them, without their long texts."""
    found = select(Challenge).where(Challenge.id.in_(ids))
    texts = selectinload(Challenge.texts).load_only(
        ChallengeText.challenge_id, ChallengeText.lang, ChallengeText.title, ChallengeText.summary
    )
    options = joinedload(Challenge.authority), texts, selectinload(Challenge.terms)
    return {one.id: one for one in session.scalars(found.options(*options))}
