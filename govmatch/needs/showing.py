"""How needs are put into words on pages: states, cards, scores, stability. Texts, no HTML."""

from collections.abc import Mapping, Sequence

from govmatch.kit.formats import number_text
from govmatch.kit.i18n import Lang, Message, msg, msgn, pick
from govmatch.kit.records import dataclass
from govmatch.needs.given import FIRM, Part
from govmatch.needs.models import Need, Outcome, Place, Ranking, Seat, State
from govmatch.needs.queries import Standing
from govmatch.needs.survey import FULL
from govmatch.needs.wording import shown
from govmatch.organisations.models import Size

Badge = tuple[Message, str]

STATES: Mapping[str, Badge] = {
    State.PROPOSED: (msg("Proposed"), "neutral"),
    State.GATHERING: (msg("Gathering support"), "info"),
    State.ANALYSED: (msg("Analysed"), "info"),
    State.TAKEN_UP: (msg("Taken up"), "success"),
    State.SOLVED: (msg("Solved"), "success"),
    State.DECLINED: (msg("Declined"), "warning"),
    State.MERGED: (msg("Merged with another need"), "neutral"),
    State.WITHDRAWN: (msg("Withdrawn"), "neutral"),
}
"""What each state is called, and its badge."""

HIDDEN: Badge = (msg("Hidden"), "danger")

SIZE_NAMES: Mapping[str, Message] = {
    Size.MICRO: msg("Micro firms (below 10 people)"),
    Size.SMALL: msg("Small firms (10 to 49 people)"),
    Size.MEDIUM: msg("Medium firms (50 to 249 people)"),
    Size.LARGE: msg("Large firms (250 people or more)"),
    "": msg("Firms that do not state their size"),
}
PEOPLE = msg("Citizens")

OUTCOMES: Mapping[str, Badge] = {
    Outcome.ACCEPTED: (msg("Accepted as presented"), "success"),
    Outcome.CHANGED: (msg("Changed"), "info"),
    Outcome.RETURNED: (msg("Returned"), "warning"),
}
SEATS: Mapping[str, Message] = {
    Seat.AUTHORITY: msg("Authorities"),
    Seat.CHAMBER: msg("Chambers and associations"),
}


@dataclass(frozen=True)
class Card:
    """One need in a list."""

    id: str
    url: str
    title: str
    lang: str | None
    """Where the title is not in the reader's language."""
    text: str
    authority: str
    badges: list[Badge]
    facts: list[tuple[Message, Message | str]]


@dataclass(frozen=True)
class Line:
    """One line of the sum that makes a score."""

    who: Message
    weight: str
    """A number such as 1.2, or by size and by sector: 1.2 × 1.1."""
    voices: int
    points: int
    ranked: int
    rank_points: int
    score: str


def state_badges(need: Need) -> list[Badge]:
    """Return the badge of its state, and whether it is hidden."""
    return [STATES[need.state], *([HIDDEN] if need.hidden_at is not None else [])]


def score_text(hundredths: int, lang: Lang) -> str:
    """Return a score in points, with decimals only where there are any."""
    whole, rest = divmod(hundredths, FULL)
    return number_text(hundredths / FULL if rest else whole, lang)


def support_text(standing: Standing) -> Message:
    """Return how many stand behind a need."""
    firms = msgn("{n} firm", "{n} firms", n=standing.firms)
    people = msgn("{n} citizen", "{n} citizens", n=standing.people)
    return msg("{firms}, {people}", firms=firms, people=people)


def stability_text(place: Place, ranking: Ranking) -> Message:
    """Return in words how sure it is that a need is among the first ten."""
    if ranking.draws == 0:
        return msg("Too few voices to say how stable this is")
    share = round(100 * place.in_top / ranking.draws)
    if place.best == place.worst:
        return msg("in the top ten in {share} % of draws, always in place {place}",
                   share=share, place=place.best)  # fmt: skip
    return msg("in the top ten in {share} % of draws, places {best} to {worst}",
               share=share, best=place.best, worst=place.worst)  # fmt: skip


def lines(parts: Sequence[Mapping[str, object]], lang: Lang) -> list[Line]:
    """Return what a score is made of, line by line; what added nothing is left out."""
    found = [_part(data) for data in parts]
    return [_line(one, lang) for one in found if one.voices or one.ranked]


def _part(data: Mapping[str, object]) -> Part:
    numbers = {name: int(str(value)) for name, value in data.items() if name not in _WORDS}
    words = {name: str(data[name]) for name in _WORDS}
    return Part(words["kind"], words["size"], **numbers)


_WORDS = ("kind", "size")


def _line(part: Part, lang: Lang) -> Line:
    weights = [part.by_size, *([part.by_sector] if part.by_sector != FULL else [])]
    return Line(
        who=_who(part, lang),
        weight=" × ".join(number_text(one / FULL, lang) for one in weights),
        voices=part.voices,
        points=part.points,
        ranked=part.ranked,
        rank_points=part.rank_points,
        score=score_text(part.score, lang),
    )


def _who(part: Part, lang: Lang) -> Message:
    """Return whose voices a line counts, so that no two lines of a sum are called the same."""
    if part.kind != FIRM:
        return PEOPLE
    size = SIZE_NAMES.get(part.size, SIZE_NAMES[""])
    if part.by_sector == FULL:
        return size
    weight = number_text(part.by_sector / FULL, lang)
    return msg("{firms}, theme with weight {weight}", firms=size, weight=weight)


def card(
    need: Need,
    *,
    lang: Lang,
    url: str,
    standing: Standing,
    place: Place | None,
    ranking: Ranking | None,
) -> Card:
    """Return what a list shows of a need."""
    words = shown(need, lang)
    facts: list[tuple[Message, Message | str]] = [(msg("Support"), support_text(standing))]
    if place is not None and ranking is not None:
        facts.insert(0, (msg("Rank"), str(place.place)))
        facts.append((msg("Points"), score_text(place.score, lang)))
        facts.append((msg("Stability"), stability_text(place, ranking)))
    return Card(
        id=need.public_id,
        url=url,
        title=words.words.title,
        lang=words.lang if words.lang != lang else None,
        text=_short(words.words.suffering),
        authority=pick(need.authority.names, lang)[0] if need.authority else "",
        badges=state_badges(need),
        facts=facts,
    )


_MOST = 220


def _short(text: str) -> str:
    """Return the beginning of a text, cut at a word."""
    one_line = " ".join(text.split())
    if len(one_line) <= _MOST:
        return one_line
    return one_line[:_MOST].rsplit(" ", 1)[0] + " …"
