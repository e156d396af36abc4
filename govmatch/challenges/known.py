"""What a challenge may refer to: found in the files when they are checked, else in the database."""

from collections.abc import Mapping
from dataclasses import dataclass

from govmatch.taxonomy.cpv import Codes


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFacts:
    """`taken` are the ids of questions that the programme's form uses, or may use."""

    criteria: frozenset[str]
    taken: frozenset[str]
    pilots_max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What there is, by slug.

    `authorities` leads to the languages in which each works, `rounds` to the programme of each;
    `taking_part` holds (programme, authority). `unread` names what has a file that is wrong itself,
    as in `programme:govtech`; themes and technologies are None where theirs are.
    """

    authorities: Mapping[str, tuple[str, ...]]
    programmes: Mapping[str, ProgrammeFacts]
    rounds: Mapping[str, str]
    taking_part: frozenset[tuple[str, str]]
    themes: frozenset[str] | None
    technologies: frozenset[str] | None
    codes: Codes
    unread: frozenset[str] = frozenset()
