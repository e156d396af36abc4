"""Two versions side by side, where two people changed the same words of a section."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from govmatch.challenges import queries
from govmatch.challenges.labels import FIELDS
from govmatch.challenges.models import Challenge
from govmatch.challenges.parts import Part
from govmatch.challenges.pieces import Clash, is_text
from govmatch.challenges.sections import PART_LABELS
from govmatch.challenges.statement import Weight
from govmatch.challenges.values import Values
from govmatch.challenges.views.desk.labels import OTHERS, in_language
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.visit import Visit

_FIELD_OF = {"themes": "theme", "technologies": "technology", "sizes": "size"}


@dataclass(frozen=True)
class Beside:
    """What somebody else saved and what was typed here, of one field or one place in a text."""

    label: Message
    lang: str | None
    theirs: list[str]
    mine: list[str]


def side_by_side(visit: Visit, challenge: Challenge, clashes: Sequence[Clash]) -> list[Beside]:
    """Return both versions of each place where they differ."""
    naming = queries.naming_of(visit.db, challenge, visit.settings.content_dir)
    found: list[Beside] = []
    for one in clashes:
        label = piece_label(visit, one.name)
        if is_text(one.name):
            lang = one.name.partition(".")[2]
            pairs = [(place.theirs, place.mine) for place in one.lines] or [
                (one.theirs.split("\n"), one.mine.split("\n"))
            ]
            found += [Beside(label, lang, list(theirs), list(mine)) for theirs, mine in pairs]
            continue
        values = Values(_FIELD_OF.get(one.name, one.name), visit.lang, challenge.zone, naming)
        theirs, mine = (values.lines(_plain(value)) for value in (one.theirs, one.mine))
        found.append(Beside(label, None, theirs, mine))
    return found


def piece_label(visit: Visit, name: str) -> Message:
    """Return what a piece is called, with its language: «Problem in German»."""
    first, _, rest = name.partition(".")
    if first in set(Part):
        return in_language(PART_LABELS[Part(first)], rest, visit.lang)
    if first == "contact":
        return OTHERS.get(f"contact_{rest}", FIELDS["contact"])
    key = _FIELD_OF.get(first, first)
    label = FIELDS.get(key) or OTHERS.get(key) or msg("Other")
    return in_language(label, rest, visit.lang)


def _plain(value: Any) -> Any:
    """Return a piece as the data of which lines are made."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [one.as_data() if isinstance(one, Weight) else one for one in value]
    return value if value is None else str(value)
