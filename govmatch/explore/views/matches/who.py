"""/desk/challenges/{slug}/who: how many firms could answer a draft, and what rules out how many.

No firm is named, nothing below five is said, and each look at another state of the draft is in the
journal: whoever narrows a draft step by step to find a firm is seen doing so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from govmatch.challenges import queries as challenges
from govmatch.challenges.events import FirmsCounted
from govmatch.challenges.labels import FIELDS, REQUIREMENTS
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.desk import works_on
from govmatch.challenges.showing import country_names, language_names, text_of
from govmatch.explore import rules
from govmatch.explore.bands import Band, Counted, Split
from govmatch.explore.queries.answering import NO_SIZE, answering
from govmatch.explore.views.matches.firms import desk
from govmatch.kit.errors import NotFound
from govmatch.kit.formats import number_text
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.places import country_name
from govmatch.organisations.showing import SHORT_SIZES, day_of
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

EVIDENCE = "evidence:"
Row = tuple[str | Message, Message]
"""What is counted, and how many in words."""


@dataclass(frozen=True)
class Gate:
    """A requirement that rules out firms: which, how many by itself, and what would fit without."""

    what: str | Message
    asked: str | Message
    excluded: Message
    remaining: Message | None


@dataclass(frozen=True)
class WhoPage:
    title: str
    lang_of_title: str | None
    path: str
    why_not: Message | None
    names_url: str
    """Where the firms stand by name, once it is published."""
    is_read: bool
    total: Message | None = None
    is_few: bool = False
    countries: list[Row] = field(default_factory=list)
    sizes: list[Row] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    lacking: list[Row] = field(default_factory=list)


def who(visit: Visit) -> Answer:
    """Count the firms that could answer, for those on whose desk a draft lies."""
    challenge = challenges.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    if not works_on(visit.actor, challenge):
        raise NotFound
    ruling = rules.may_count_firms(visit.actor, challenge, visit.now)
    values = _counts(visit, challenge) if ruling else _nothing(visit, challenge, ruling.reason)
    return page(visit, "explore/who.html", values)


def _nothing(visit: Visit, challenge: Challenge, reason: Message | None) -> WhoPage:
    text, path = text_of(challenge, visit.lang), f"/desk/challenges/{challenge.slug}"
    is_named = rules.may_name_firms(challenge, visit.now)
    finds = rules.may_find_firms(visit.actor, challenge, visit.now)
    return WhoPage(
        title=text.title or challenge.slug,
        lang_of_title=text.lang if text.lang != visit.lang else None,
        path=path,
        why_not=reason,
        names_url=visit.url(f"{path}/firms") if is_named and finds else "",
        is_read=False,
    )


def _counts(visit: Visit, challenge: Challenge) -> WhoPage:
    bare = _nothing(visit, challenge, None)
    today = day_of(visit.now, visit.settings.zone)
    found = answering(visit.db, challenge, actor=visit.actor, on=today)
    if found is None:
        return bare
    visit.note(FirmsCounted(challenge.id, asked=found.asked))
    counted = found.counted
    return WhoPage(
        title=bare.title,
        lang_of_title=bare.lang_of_title,
        path=bare.path,
        why_not=None,
        names_url="",
        is_read=True,
        total=in_words(counted.total, visit.lang),
        is_few=counted.total.is_few,
        countries=_split(counted.countries, lambda code: country_name(code, visit.lang), visit),
        sizes=_split(counted.sizes, _size, visit),
        gates=list(_gates(challenge, counted, visit.lang)),
        lacking=[
            (_lacking(challenge, name, visit.lang), in_words(band, visit.lang))
            for name, band in counted.lacking.items()
        ],
    )


def in_words(band: Band, lang: Lang) -> Message:
    """Return a number of firms as far as it is told."""
    if band.is_few:
        return msg("fewer than five")
    low = number_text(band.low, lang)
    if band.is_open:
        return msg("{n} or more", n=low)
    return msg("{low} to {high}", low=low, high=number_text(band.high, lang))


def _split(split: Split | None, named: Callable[[str], str | Message], visit: Visit) -> list[Row]:
    if split is None:
        return []
    rows: list[Row] = [
        (named(key), in_words(band, visit.lang)) for key, band in split.parts.items()
    ]
    if split.rest:
        rows.append((msg("All other countries together"), in_words(split.rest, visit.lang)))
    return rows


def _size(size: str) -> Message:
    return msg("Size not given") if size == NO_SIZE else SHORT_SIZES[size]


def _gates(challenge: Challenge, counted: Counted, lang: Lang) -> Sequence[Gate]:
    asked: Mapping[str, str | Message] = {
        "country": country_names(challenge.eligibility.get("countries", []), lang),
        "size": _sizes(challenge.eligibility.get("size", [])),
    }
    labels = {"country": FIELDS["countries"], "size": FIELDS["size"]}
    return [
        Gate(
            what=labels.get(name, name),
            asked=asked.get(name, ""),
            excluded=in_words(one.excluded, lang),
            remaining=in_words(one.remaining, lang) if one.remaining else None,
        )
        for name, one in counted.gates.items()
    ]


def _sizes(sizes: Sequence[str]) -> Message:
    named = [name for size, name in SHORT_SIZES.items() if size in sizes]
    values = {f"n{place}": name for place, name in enumerate(named)}
    return Message(", ".join(f"{{{key}}}" for key in values), values)


def _lacking(challenge: Challenge, name: str, lang: Lang) -> str | Message:
    if name == "languages":
        codes = challenge.eligibility.get("languages", [])
        return msg("Works in one of: {languages}", languages=language_names(codes, lang))
    return REQUIREMENTS.get(name.removeprefix(EVIDENCE), name)


routes = [get("/desk/challenges/{slug}/who", who, desk, records=True)]
