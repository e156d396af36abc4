"""A firm's matches as its page shows them: in full, or folded to a title with one line."""

from collections.abc import Mapping, Sequence

from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import Card, card, text_of
from govmatch.explore.matching.facts_in_words import Line
from govmatch.explore.matching.loading import Explaining, challenges_of, explaining
from govmatch.explore.matching.reasons import Reasons
from govmatch.explore.views.matches.opinions import REASONS
from govmatch.kit.i18n import Message, pick
from govmatch.kit.records import dataclass
from govmatch.matching.models import KeptMatch, Opinion
from govmatch.organisations.models import Firm
from govmatch.organisations.showing import day_of
from govmatch.web.visit import Visit

NOTICEABLE = 0.1
"""The share of its score from which on it is said that a match was counted down."""


@dataclass(frozen=True)
class Shown:
    """One match in full."""

    card: Card
    reasons: Reasons
    about_url: str
    apply_url: str
    aside_url: str
    is_lowered: bool


@dataclass(frozen=True)
class Folded:
    """A challenge of which the title is shown: with what rules it out, or what the firm said."""

    title: str
    lang: str | None
    url: str
    authority: str
    lines: tuple[Line, ...] = ()
    said: Message | None = None
    note: str = ""
    undo_url: str = ""


@dataclass(frozen=True)
class Showing:
    """What shows the matches of one page; `query` names the firm in addresses where it must."""

    visit: Visit
    firm: Firm
    query: str | None
    known: Mapping[int, Challenge]
    explaining: Explaining

    @classmethod
    def of(
        cls,
        visit: Visit,
        firm: Firm,
        query: str | None,
        *,
        explained: Sequence[KeptMatch],
        named: Sequence[KeptMatch],
    ) -> "Showing":
        """Load what is explained with its profile, and what is named without."""
        ids = [one.other_id for one in explained]
        known = challenges_of(visit.db, [*ids, *(one.other_id for one in named)])
        found = explaining(
            visit.db,
            challenges=ids,
            firms=[firm.id],
            content_dir=visit.settings.content_dir,
            lang=visit.lang,
            today=day_of(visit.now, visit.settings.zone),
        )
        return cls(visit, firm, query, known, found)

    def shown(self, match: KeptMatch) -> Shown | None:
        """Return a match in full; None where one side is being read anew just now."""
        challenge = self.known.get(match.other_id)
        reasons = self.explaining.reasons(challenge, self.firm) if challenge else None
        if challenge is None or reasons is None:
            return None
        visit, address = self.visit, f"/challenges/{challenge.slug}"
        about = f"/matches/{challenge.slug}"
        return Shown(
            card=card(challenge, lang=visit.lang, now=visit.now, url=visit.url(address)),
            reasons=reasons,
            about_url=visit.url(about, firm=self.query),
            apply_url=visit.url(f"{address}/apply"),
            aside_url=visit.url(f"{about}/not-for-us", firm=self.query),
            is_lowered=match.lowered > NOTICEABLE * match.score,
        )

    def folded(self, match: KeptMatch) -> Folded | None:
        challenge = self.known.get(match.other_id)
        return self._folded(challenge) if challenge else None

    def gated(self, match: KeptMatch) -> Folded | None:
        """Return a match with what rules it out."""
        challenge = self.known.get(match.other_id)
        reasons = self.explaining.reasons(challenge, self.firm) if challenge else None
        return self._folded(challenge, lines=reasons.gates) if challenge and reasons else None

    def aside(self, opinion: Opinion, challenge: Challenge) -> Folded:
        """Return what the firm said is not for it, with the way back."""
        undo = self.visit.url(f"/matches/{challenge.slug}/take-up", firm=self.query)
        said = REASONS[opinion.reason]
        return self._folded(challenge, said=said, note=opinion.note, undo_url=undo)

    def _folded(
        self,
        challenge: Challenge,
        *,
        lines: tuple[Line, ...] = (),
        said: Message | None = None,
        note: str = "",
        undo_url: str = "",
    ) -> Folded:
        lang, text = self.visit.lang, text_of(challenge, self.visit.lang)
        return Folded(
            title=text.title,
            lang=text.lang if text.lang != lang else None,
            url=self.visit.url(f"/challenges/{challenge.slug}"),
            authority=pick(challenge.authority.names, lang)[0],
            lines=lines,
            said=said,
            note=note,
            undo_url=undo_url,
        )
