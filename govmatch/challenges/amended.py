"""Changes after publication as pages show them: when, why, and what is different."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from govmatch.challenges.differences import Difference
from govmatch.challenges.models import Amendment, Challenge
from govmatch.challenges.queries.reading import differences
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, pick
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class ShownAmendment:
    at: datetime
    url: str
    reason: str
    reason_lang: str | None
    differences: list[Difference]


def shown_amendments(
    session: ReadSession,
    challenge: Challenge,
    found: Iterable[Amendment],
    *,
    lang: Lang,
    content: Path,
    url: Callable[[str], str],
) -> list[ShownAmendment]:
    """Return changes as `lang` reads them; `url` makes an address of a path."""
    shown = []
    for one in found:
        reason, of = pick(one.reasons, lang)
        shown.append(
            ShownAmendment(
                at=one.at,
                url=url(path_of(challenge, one)),
                reason=reason,
                reason_lang=of if of != lang else None,
                differences=differences(session, challenge, one, lang=lang, content=content),
            )
        )
    return shown


def path_of(challenge: Challenge, amendment: Amendment) -> str:
    """Return where one change is read."""
    return f"/challenges/{challenge.slug}/changes/{amendment.public_id}"
