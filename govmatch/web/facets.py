"""What the list of filters beside a list of things shows."""

from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass

Option = tuple[str, str | Message, int, bool]
"""(value, label, how many, chosen)"""


@dataclass(frozen=True)
class Facet:
    """One thing to narrow by; `is_open` unfolds it."""

    name: str
    legend: Message
    options: list[Option]
    is_open: bool
