"""/challenges/{slug}/changes: what was changed after publication, and why."""

from datetime import datetime
from typing import Any

from govmatch.challenges import queries
from govmatch.challenges.amended import ShownAmendment, path_of, shown_amendments
from govmatch.challenges.differences import as_text
from govmatch.challenges.models import Amendment, Challenge
from govmatch.challenges.showing import text_of
from govmatch.challenges.views.detail.found import challenge_of, expires_of
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.visit import Visit

MOST_ON_PAGE = 3
"""How many of the last changes stand on the page of the challenge itself."""


@dataclass(frozen=True)
class ChangesPage:
    title: str
    title_lang: str | None
    challenge_url: str
    changes_url: str
    zone: str
    amendments: list[ShownAmendment]
    one: datetime | None
    """When the change was made that the page shows alone; None for all of them."""


def changes(visit: Visit) -> Answer:
    """Show everything that was changed after publication, newest first."""
    challenge = challenge_of(visit)
    return _page(visit, challenge, queries.amendments(visit.db, challenge), None)


def change(visit: Visit) -> Answer:
    """Show one change."""
    challenge = challenge_of(visit)
    one = queries.get_amendment(visit.db, challenge, visit.params["amendment"])
    return _page(visit, challenge, [one], one.at)


def _page(
    visit: Visit, challenge: Challenge, found: list[Amendment], one: datetime | None
) -> Answer:
    words = text_of(challenge, visit.lang)
    path = f"/challenges/{challenge.slug}"
    values = ChangesPage(
        title=words.title,
        title_lang=words.lang if words.lang != visit.lang else None,
        challenge_url=visit.url(path),
        changes_url=visit.url(f"{path}/changes"),
        zone=challenge.zone,
        amendments=shown_of(visit, challenge, found),
        one=one,
    )
    return page(visit, "challenges/changes.html", values, expires=expires_of(visit, challenge))


def shown_of(visit: Visit, challenge: Challenge, found: list[Amendment]) -> list[ShownAmendment]:
    """Return changes in the reader's words."""
    return shown_amendments(
        visit.db,
        challenge,
        found,
        lang=visit.lang,
        content=visit.settings.content_dir,
        url=visit.url,
    )


def as_markdown(visit: Visit, challenge: Challenge) -> str:
    """Return the changes as plain text; [-goes-] and {+comes+} mark words. Empty without any."""
    found = shown_of(visit, challenge, queries.amendments(visit.db, challenge))
    if not found:
        return ""
    parts = [f"\n## {visit.say(msg('Changes since publication'))}\n"]
    for one in found:
        lines = [line for diff in one.differences for line in as_text(diff, visit.lang)]
        parts.append(
            f"\n### {datetime_text(one.at, visit.lang, challenge.zone)}\n\n{one.reason}\n\n"
        )
        parts += [f"    {line}\n" for line in lines]
    return "".join(parts)


def as_data(visit: Visit, challenge: Challenge) -> list[dict[str, Any]]:
    """Return the changes as data, newest first; instants in UTC (RFC 3339)."""
    return [
        {
            "id": one.public_id,
            "url": visit.absolute(path_of(challenge, one)),
            "at": one.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "reasons": one.reasons,
            "changes": one.changes,
        }
        for one in queries.amendments(visit.db, challenge)
    ]
