"""The filters of the triage screens in words: facets with their counts, and what was chosen."""

from collections.abc import Callable, Mapping

from govmatch.applications.showing import STAFF_STATES
from govmatch.kit.formats import quoted
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.places import country_name
from govmatch.overview.queries.triage import keys_of_people
from govmatch.overview.views.triage.asked import ME, NOBODY, Asked, address
from govmatch.overview.views.triage.lines import MARKS
from govmatch.search.query import Term
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import all_labels
from govmatch.triage.queries import BOARD, FACETS, FLAGS, challenge_titles
from govmatch.web.facets import Facet
from govmatch.web.visit import Visit

MOST_OPTIONS = 8
"""Values of a facet that are shown at first, those of most applications; the rest when asked."""

LEGENDS: Mapping[str, Message] = {
    "state": msg("State"),
    "challenge": msg("Challenge"),
    "theme": msg("Theme"),
    "country": msg("Country"),
    "handler": msg("Looked after by"),
    "tag": msg("Tag"),
    "flag": msg("Mark"),
}
_OPEN = frozenset({"state", "flag", "handler"})
_IN_ORDER: Mapping[str, tuple[str, ...]] = {"state": tuple(BOARD), "flag": FLAGS}

Label = str | Message
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Shown:
    """Facets and chips; `more_url` is empty where every value is shown."""

    facets: list[Facet]
    chips: list[tuple[Label, str]]
    more_url: str


def shown_filters(
    visit: Visit, path: str, asked: Asked, counts: Counts, people: Mapping[int, str]
) -> Shown:
    """Return the filters for a page; the same number of statements whatever they hold."""
    keys = _keys(visit, people)
    found = {facet: dict(counts.get(facet, {})) for facet in FACETS}
    found["handler"] = {keys.get(one, one): n for one, n in found["handler"].items()}
    values = {facet: _values(facet, found[facet], asked) for facet in FACETS}
    first = values if asked.more else {facet: _first(facet, *values[facet]) for facet in values}
    names = {keys[str(number)]: name for number, name in people.items()}
    label = _labels(visit, first["challenge"][0], first["theme"][0], names)
    facets = [
        Facet(
            facet,
            LEGENDS[facet],
            [(one, label(facet, one), n, one in chosen) for one, n in shown.items()],
            facet in _OPEN or bool(chosen),
        )
        for facet, (shown, chosen) in first.items()
        if shown
    ]
    is_cut = any(len(first[facet][0]) < len(values[facet][0]) for facet in FACETS)
    chips: list[tuple[Label, str]] = [
        (label(facet, one), address(visit, path, asked.without(facet, one)))
        for facet, chosen in asked.wanted.items()
        for one in chosen
    ]
    for clause in asked.filters.query.clauses:
        is_words = all(isinstance(part, Term) for part in clause.any_of)
        said = quoted(clause.text, visit.lang) if is_words else clause.text
        chips.append((said, address(visit, path, asked.without_clause(clause))))
    more_url = address(visit, path, asked, more="yes") if is_cut else ""
    return Shown(facets, chips, more_url)


def _keys(visit: Visit, people: Mapping[int, str]) -> dict[str, str]:
    """Return what stands in addresses for the handlers of `triage.queries`."""
    keys = {str(number): key for number, key in keys_of_people(visit.db, people).items()}
    return {**keys, str(visit.actor.person_id): ME}


Values = tuple[dict[str, int], tuple[str, ...]]
"""Values with their counts, in the order of the page; those that are chosen."""


def _values(facet: str, counts: Mapping[str, int], asked: Asked) -> Values:
    chosen = asked.wanted.get(facet, ())
    known = dict.fromkeys(chosen, 0) | dict(counts)
    fixed = _IN_ORDER.get(facet)
    if fixed is not None:
        return {one: known[one] for one in fixed if one in known}, chosen
    mine = {ME: 0, NOBODY: 1}
    order = sorted(known, key=lambda one: (mine.get(one, 2), -known[one], one))
    return {one: known[one] for one in order}, chosen


def _first(facet: str, values: dict[str, int], chosen: tuple[str, ...]) -> Values:
    """Return the first values and every chosen one; states and marks are few."""
    if facet in _IN_ORDER:
        return values, chosen
    shown = {
        one: n for at, (one, n) in enumerate(values.items()) if at < MOST_OPTIONS or one in chosen
    }
    return shown, chosen


def _labels(
    visit: Visit,
    challenges: Mapping[str, int],
    themes: Mapping[str, int],
    names: Mapping[str, str],
) -> Callable[[str, str], Label]:
    lang = visit.lang
    titles = challenge_titles(visit.db, list(challenges), lang)
    called = all_labels(visit.db, TermKind.THEME, themes) if themes else {}
    fixed: dict[str, Mapping[str, Label]] = {
        "state": {state: label for state, (label, _) in STAFF_STATES.items()},
        "challenge": {slug: title for slug, (title, _) in titles.items()},
        "theme": {slug: pick(words, lang)[0] for slug, words in called.items()},
        "handler": {**names, ME: msg("Me"), NOBODY: msg("Nobody")},
        "flag": {flag: label for flag, (label, _) in MARKS.items()},
    }

    def label(facet: str, value: str) -> Label:
        if facet == "country":
            return country_name(value, lang)
        otherwise = msg("Another person") if facet == "handler" else value
        return fixed.get(facet, {}).get(value) or otherwise

    return label
