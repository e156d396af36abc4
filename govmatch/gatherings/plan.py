"""What a host says of a gathering, as one value: written from the form, compared with the row."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from govmatch.gatherings.models import Gathering
from govmatch.kit.markdown import render
from govmatch.kit.records import dataclass

MAX_TITLE = 120
MAX_SUMMARY = 280
MAX_BODY = 20_000
MAX_PLACE = 300
MAX_QUESTION = 300
MOST_PLACES = 2_000


@dataclass(frozen=True)
class Words:
    title: str
    summary: str
    body: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything that the host decides; instants in UTC, `zone` is where they are meant."""

    kind: str
    mode: str
    zone: str
    starts: datetime
    ends: datetime
    place: str = ""
    country: str = ""
    link: str = ""
    registers: bool = True
    places: int | None = None
    closes: datetime | None = None
    question: Mapping[str, str] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    challenges: tuple[int, ...] = ()
    contact: Mapping[str, str] = field(default_factory=dict)
    main_lang: str = "en"
    words: Mapping[str, Words] = field(default_factory=dict)


def plan_of(gathering: Gathering) -> Plan:
    """Return what the gathering says now."""
    return Plan(
        kind=gathering.kind,
        mode=gathering.mode,
        zone=gathering.zone,
        starts=gathering.starts,
        ends=gathering.ends,
        place=gathering.place,
        country=gathering.country,
        link=gathering.link,
        registers=gathering.registers,
        places=gathering.places,
        closes=gathering.closes,
        question=dict(gathering.question),
        themes=tuple(gathering.themes),
        challenges=tuple(sorted(one.challenge_id for one in gathering.links)),
        contact=dict(gathering.contact),
        main_lang=gathering.main_lang,
        words={one.lang: Words(one.title, one.summary, one.body) for one in gathering.texts},
    )


TOLD = ("starts", "ends", "place", "mode", "link")
"""What those who have a place have to know when it changes."""


def told_parts(was: Plan, now: Plan) -> list[str]:
    """Return which of the parts that matter to people who come are others than before."""
    changed = [name for name in TOLD if getattr(was, name) != getattr(now, name)]
    return list(dict.fromkeys("time" if one in {"starts", "ends"} else one for one in changed))


def html_of(words: Words) -> str:
    return str(render(words.body))
