"""What a jury agreed on beside the means of the reviews: a page, and a part of the desk."""

from govmatch.kit.asking import require
from govmatch.kit.records import dataclass
from govmatch.panels import queries
from govmatch.panels.models import State
from govmatch.panels.views.frame import (
    PATH,
    Head,
    Meeting,
    case_of,
    comers,
    criteria_of,
    head_of,
    label_of,
    meeting_of,
)
from govmatch.reviews.rules import may_see_scores
from govmatch.reviews.showing import points_text
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Row:
    """An application with both means; `criteria` are those that the jury decided."""

    name: str
    url: str
    mean: str
    consensus: str
    criteria: str


@dataclass(frozen=True)
class AgreedPage:
    """`is_signed` is false while no meeting was held to its end; there are no rows then."""

    head: Head
    is_called: bool
    is_signed: bool
    rows: list[Row]


def show(visit: Visit) -> Answer:
    """Show it to who sees the scores; of one application alone where the address names it."""
    challenge = case_of(visit)
    require(may_see_scores(visit.actor, challenge))
    meeting = meeting_of(visit, challenge)
    is_signed = meeting is not None and meeting.panel.state == State.FROZEN
    values = AgreedPage(
        head=head_of(visit, challenge, meeting.panel if meeting is not None else None),
        is_called=meeting is not None,
        is_signed=is_signed,
        rows=_rows(visit, meeting) if meeting is not None and is_signed else [],
    )
    return page(visit, "panels/agreed.html", values, block="agreed")


def _rows(visit: Visit, meeting: Meeting) -> list[Row]:
    """Return what was agreed on and is not closed to the reader, best first."""
    ways = queries.open_to(visit.db, visit.actor, meeting.items)
    items = {one.application_id: one for one in meeting.items if one.application_id in ways}
    wanted = visit.query.one("application")
    labels = {key: label for key, label, _ in criteria_of(visit, meeting.challenge)}
    desk = f"/desk/challenges/{meeting.challenge.slug}/reviewing"
    return [
        Row(
            name=label_of(visit, items[one.application.id], ways[one.application.id]),
            url=visit.url(f"{desk}/{one.application.public_id}"),
            mean=points_text(one.reviewed, visit.lang),
            consensus=points_text(one.mean, visit.lang),
            criteria=", ".join(labels.get(key, key) for key in one.agreed),
        )
        for one in queries.ranking(visit.db, meeting.challenge)
        if one.agreed and one.application.id in items and wanted in {"", one.application.public_id}
    ]


routes = [get(f"{PATH}/agreed", show, comers)]
