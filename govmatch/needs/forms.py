"""What is typed about needs: a proposal, a decision, an order, weights, an opinion, minutes."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from govmatch.kit.i18n import LANGUAGES, Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.needs.models import Need, Outcome
from govmatch.needs.survey import FULL, MOST_POINTS, MOST_WEIGHT, SIZES, TOP, Counting, Rules
from govmatch.needs.wording import (
    MAX_MINUTES,
    MAX_REASON,
    MAX_TEXT,
    MAX_TITLE,
    Wording,
    Words,
    wording_of,
)
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.visit import Values

ONESELF = "person"
"""The value that says that somebody speaks for themselves."""

LABELS: Mapping[str, Message] = {
    "theme": msg("Theme"),
    "authority": msg("Whose work is it about?"),
    "country": msg("Country"),
    "region": msg("Region or town"),
    "speaks": msg("You propose it for"),
    "act": msg("What becomes of it"),
    "into": msg("The other need"),
    "order": msg("Order"),
    "outcome": msg("You are for"),
    "remark": msg("Remark"),
    "closes": msg("Closes"),
    **{f"title-{lang}": msg("Title") for lang in LANGUAGES},
    **{f"suffering-{lang}": msg("Who suffers from what") for lang in LANGUAGES},
    **{f"text-{lang}": msg("Result or reason") for lang in LANGUAGES},
    **{f"reason-{lang}": msg("Reason") for lang in LANGUAGES},
    **{f"minutes-{lang}": msg("Minutes of the meeting") for lang in LANGUAGES},
}
"""What stands before a message in the summary of errors."""


@dataclass(frozen=True)
class Choices:
    """What there is to choose from in a proposal."""

    themes: Collection[str]
    authorities: Mapping[str, int]
    """Slug -> id."""
    countries: Collection[str]
    firms: Collection[str]
    """Public ids of firms for which the person writes."""


@dataclass(frozen=True)
class Proposal:
    """A need as it is proposed, and for whom: `ONESELF` or a firm's public id."""

    wording: Wording
    speaks: str


def read_proposal(
    values: Values, choices: Choices, *, lang: Lang, main_lang: Lang | None = None
) -> tuple[Proposal, Form]:
    """Return what is proposed; its main language is the one before, or the reader's, or the first
    in which there is a title.
    """
    reader = Reader(values)
    words = {one: _words(reader, one) for one in LANGUAGES}
    order = [one for one in (main_lang, lang, *LANGUAGES) if one is not None]
    first = next((one for one in order if words[one].title), lang)
    if not words[first].title:
        reader.wrong(f"title-{first}", msg("Please fill in this field."))
    for one, said in words.items():
        if not said.is_empty and not said.title:
            reader.wrong(f"title-{one}", msg("Please fill in this field."))
        if (one == first or said.title) and not said.suffering:
            reader.wrong(f"suffering-{one}", msg("Please fill in this field."))
    authority = reader.choice("authority", choices.authorities, required=False)
    wording = Wording(
        words={one: said for one, said in words.items() if not said.is_empty},
        main_lang=first,
        theme=reader.choice("theme", choices.themes),
        country=reader.choice("country", choices.countries),
        region=reader.text("region", limit=80, required=False),
        authority_id=choices.authorities.get(authority),
    )
    speaks = values.one("speaks") or ONESELF
    if speaks != ONESELF:
        speaks = reader.choice("speaks", choices.firms)
    return Proposal(wording, speaks), reader.form


def _words(reader: Reader, lang: Lang) -> Words:
    return Words(
        reader.text(f"title-{lang}", limit=MAX_TITLE, required=False),
        *(
            reader.text(f"{name}-{lang}", limit=MAX_TEXT, required=False, lines=True)
            for name in ("suffering", "extent", "change")
        ),
    )


def proposal_form(need: Need) -> Form:
    """Return the form filled with what a need says now."""
    wording = wording_of(need)
    shown = {
        "theme": wording.theme,
        "country": wording.country,
        "region": wording.region,
        "authority": need.authority.slug if need.authority else "",
        "revision": str(need.revision),
    }
    for lang, words in wording.words.items():
        shown[f"title-{lang}"], shown[f"suffering-{lang}"] = words.title, words.suffering
        shown[f"extent-{lang}"], shown[f"change-{lang}"] = words.extent, words.change
    return filled(shown)


@dataclass(frozen=True)
class Decision:
    """What a manager makes of a need: the act, the other need where it is merged, and the words."""

    act: str
    into: str
    texts: Mapping[str, str]


def read_decision(
    values: Values, acts: Collection[str], others: Collection[str]
) -> tuple[Decision, Form]:
    """Return a decision; only showing a hidden need again goes without a word."""
    reader = Reader(values)
    act = reader.choice("act", acts)
    into = reader.choice("into", others, required=act == "merge") if act == "merge" else ""
    texts = _by_language(reader, "text", MAX_TEXT if act == "analyse" else MAX_REASON)
    if act != "show" and not any(texts.values()):
        reader.wrong(f"text-{LANGUAGES[0]}", msg("Please say it in at least one language."))
    return Decision(act, into, texts), reader.form


def read_reasons(values: Values, *, first: Lang) -> tuple[dict[str, str], Form]:
    """Return a reason by language, at least in one."""
    reader = Reader(values)
    texts = _by_language(reader, "reason", MAX_REASON)
    if not any(texts.values()):
        reader.wrong(f"reason-{first}", msg("Please give a reason."))
    return texts, reader.form


def _by_language(reader: Reader, name: str, limit: int) -> dict[str, str]:
    return {
        lang: reader.text(f"{name}-{lang}", limit=limit, required=False, lines=True)
        for lang in LANGUAGES
    }


def read_order(values: Values, ids: Sequence[str], *, step: str) -> tuple[list[str], Form]:
    """Return a list in its new order after one button: `up:`, `down:`, `remove:` or `add:` with the
    id of a need, or `save`, by which the numbers beside the needs count.

    `ids` is the order before. What has no number, or 0, is taken out; who gives the same number
    twice keeps the order between these. A form without numbers changes nothing else.
    """
    reader = Reader(values)
    has_numbers = any(name.startswith("place-") for name in values.fields)
    found = _numbered(reader, ids) if has_numbers else list(ids)
    if reader.ok:
        found = _moved(found, *_split(step))
    if len(found) > TOP:
        reader.wrong("", msg("At most {n} needs have a place.", n=TOP))
    return found, reader.form


def _numbered(reader: Reader, ids: Sequence[str]) -> list[str]:
    """Return the ids by the numbers that were typed beside them."""
    places = {one: reader.integer(f"place-{one}", low=0, high=99, required=False) for one in ids}
    return sorted((one for one in ids if places[one]), key=lambda one: places[one] or 0)


def _split(step: str) -> tuple[str, str]:
    verb, _, one = step.partition(":")
    return verb, one


def _moved(ids: list[str], verb: str, one: str) -> list[str]:
    found = list(ids)
    if verb == "add" and one and one not in found:
        return [*found, one]
    if one not in found:
        return found
    at = found.index(one)
    if verb == "remove":
        found.remove(one)
    to = {"up": at - 1, "down": at + 1}.get(verb, at)
    if verb in {"up", "down"} and 0 <= to < len(found):
        found[at], found[to] = found[to], found[at]
    return found


def read_survey(values: Values, themes: Iterable[str], zone: str) -> tuple[Rules, Form]:
    """Return how a programme counts; an empty weight of a sector is 100."""
    reader = Reader(values)
    person = reader.integer("person", high=MOST_POINTS)
    firm = reader.integer("firm", high=MOST_POINTS)
    sizes = {size: _weight(reader, f"size-{size or 'none'}") for size in SIZES}
    sectors = {theme: _weight(reader, f"sector-{theme}") for theme in themes}
    rules = Rules(
        Counting(
            person or 0,
            firm or 0,
            sizes,
            {theme: one for theme, one in sectors.items() if one != FULL},
        ),
        closes=reader.local_time("closes", zone, required=False),
        chambers_vote=reader.yes("chambers_vote"),
    )
    return rules, reader.form


def _weight(reader: Reader, name: str) -> int:
    found = reader.integer(name, high=MOST_WEIGHT, required=False)
    return FULL if found is None else found


def read_opinion(values: Values) -> tuple[Outcome, str, Form]:
    """Return what a member is for, and why."""
    reader = Reader(values)
    outcome = reader.choice("outcome", [one.value for one in Outcome])
    remark = reader.text("remark", limit=MAX_REASON, required=False, lines=True)
    if outcome and outcome != Outcome.ACCEPTED and not remark:
        reader.wrong("remark", msg("Please say what should change, or why it goes back."))
    return Outcome(outcome or Outcome.ACCEPTED), remark, reader.form


@dataclass(frozen=True)
class Minutes:
    """What a manager writes down of a sitting."""

    decided: list[str]
    reasons: Mapping[str, str]
    minutes: Mapping[str, str]


def read_minutes(
    values: Values, ids: Sequence[str], *, outcome: Outcome | None, first: Lang
) -> tuple[Minutes, Form]:
    """Return the minutes, with the order that holds after a change."""
    reader = Reader(values)
    decided = _numbered(reader, ids) if outcome is Outcome.CHANGED else list(ids)
    reasons = _by_language(reader, "reason", MAX_REASON)
    minutes = _by_language(reader, "minutes", MAX_MINUTES)
    if outcome is not Outcome.ACCEPTED and not any(reasons.values()):
        reader.wrong(f"reason-{first}", msg("Please give a reason."))
    if not any(minutes.values()):
        reader.wrong(f"minutes-{first}", msg("Please say it in at least one language."))
    return Minutes(decided, reasons, minutes), reader.form
