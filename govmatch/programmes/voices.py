"""Who takes part in a programme with a voice and no vote: chambers, associations and others.

They speak in public: their people sit in the steering group, which accepts, changes with a reason
or returns the list of needs. None of it gives a right to an application.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.programmes.models import Programme


class VoiceKind(StrEnum):
    CHAMBER = "chamber"
    ASSOCIATION = "association"
    AUTHORITY = "authority"
    UNIVERSITY = "university"
    OTHER = "other"


KIND_NAMES: Mapping[VoiceKind, Message] = {
    VoiceKind.CHAMBER: msg("Chamber"),
    VoiceKind.ASSOCIATION: msg("Association"),
    VoiceKind.AUTHORITY: msg("Authority"),
    VoiceKind.UNIVERSITY: msg("University"),
    VoiceKind.OTHER: msg("Other organisation"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """An organisation by its names, one for each language; `url` may be empty."""

    id: str
    kind: VoiceKind
    names: Mapping[str, str]
    url: str


def voices(programme: Programme) -> Sequence[Voice]:
    """Return who takes part with a voice, in the programme's order."""
    return [_voice(data) for data in programme.facts.get("voices", [])]


def _voice(data: Mapping[str, Any]) -> Voice:
    return Voice(
        id=data["id"],
        kind=VoiceKind(data["kind"]),
        names=data["name"],
        url=data.get("url") or "",
    )
