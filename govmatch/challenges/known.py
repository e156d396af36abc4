"""What a challenge may refer to: found in the files when they are checked, else in the database."""

from collections.abc import Mapping
from dataclasses import field

from govmatch.kit.records import dataclass
from govmatch.procurement.table import Table
from govmatch.taxonomy.cpv import Codes


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFacts:
    """`taken` are the ids of questions that the programme's form uses, or may use; `answerable` are
    those of the form on which a challenge's own questions may depend, with their answers.
    """

    criteria: frozenset[str]
    taken: frozenset[str]
    answerable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pilots_max: int
    required_parts: tuple[str, ...] = ()
    """Parts of the description without which nothing is submitted for approval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What there is, by slug.

    `authorities` leads to the languages in which each works, `rounds` to the programme of each;
    `taking_part` holds (programme, authority). `places` are country and region of authorities,
    `tables` those of procurement thresholds; both are for files alone. `unread` names what has a
    file that is wrong itself, as in `programme:govtech`; themes and technologies are None where
    theirs are.
    """

    authorities: Mapping[str, tuple[str, ...]]
    programmes: Mapping[str, ProgrammeFacts]
    rounds: Mapping[str, str]
    taking_part: frozenset[tuple[str, str]]
    themes: frozenset[str] | None
    technologies: frozenset[str] | None
    codes: Codes
    unread: frozenset[str] = frozenset()
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
