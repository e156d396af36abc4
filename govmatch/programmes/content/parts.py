"""The parts of a programme's file, each checked where it stands."""

from collections.abc import Collection, Mapping
from typing import Any

from govmatch import questionnaires
from govmatch.kit.content import Place
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.programmes.content.parts_of_phases import refuse_twins
from govmatch.programmes.switches import ADDED, COUNTED, PHASED, Limit, Rule

POINTS = range(6)

_NUMBERS = ("weight", "suggested_weight", "minimum")
_LONG = ("anchors", "question", "formula", "formula_text")
FORMULAS = ("lowest-over-own",)
"""How points are computed where nobody scores by hand: lowest price / own price x 100."""


def check_criteria(place: Place) -> list[str]:
    """Note what is wrong with the criteria, and return their ids."""
    criteria = place.items(low=1, high=30)
    refuse_twins(criteria)
    found = [_criterion(criterion) for criterion in criteria if criterion.is_mapping()]
    total = sum(weight for _, weight, counts in found if counts)
    if found and total != 100:
        place.wrong(
            msg("The weights of the criteria that are on add up to {sum}.", sum=total),
            msg("Make them add up to 100."),
        )
    return [criterion_id for criterion_id, _, _ in found]


def _criterion(place: Place) -> tuple[str, int, bool]:
    place.only(("id", "enabled", "independent", "label", "help", *_NUMBERS, *_LONG))
    place.needed("label").texts(limit=120)
    place.needed("help").texts(limit=400)
    place.child("formula").choice(FORMULAS)
    place.child("formula_text").texts(limit=300)
    place.child("suggested_weight").whole(low=0, high=100)
    place.child("minimum").whole(low=1, high=5)
    _check_anchors(place.needed("anchors"))
    weight = place.needed("weight").whole(low=0, high=100)
    is_on = place.child("enabled").yes(otherwise=True)
    is_independent = place.child("independent").yes(otherwise=False)
    if is_independent and (weight or not place.child("formula").absent):
        place.child("independent").wrong(
            msg("What does not count has neither weight nor minimum score."),
            msg("Leave them out, or let the criterion count."),
        )
    return place.needed("id").slug(), weight or 0, is_on and not is_independent


def _check_anchors(place: Place) -> None:
    anchors = place.items(low=len(POINTS), high=len(POINTS))
    for points, anchor in zip(POINTS, anchors, strict=False):
        if not anchor.is_mapping():
            continue
        anchor.only(("points", *LANGUAGES))
        for lang in LANGUAGES:
            anchor.needed(lang).line(limit=200)
        if anchor.needed("points").whole(low=0, high=5) not in (points, None):
            anchor.child("points").wrong(
                msg("The points do not follow each other."), msg("Write 0 to 5, in this order.")
            )


def check_criterion_questions(place: Place, ids: list[str]) -> None:
    """Note what is wrong with the questions that a criterion brings along."""
    for number, criterion in enumerate(place.value if isinstance(place.value, list) else []):
        if isinstance(criterion, Mapping) and criterion.get("question") is not None:
            inner = Place(place.tree, place.problems, (*place.path, number, "question"))
            # The first part of each path is the place in the list that was made for checking.
            note(inner, _questions_wrong([criterion["question"]], ids), skip=1)


def check_rules(place: Place, phases: Collection[str]) -> None:
    """Note what is wrong with the rules; `phases` are the ids of the programme's phases."""
    if not place.is_mapping():
        return
    place.only(tuple(Rule))
    for rule in Rule:
        one = place.child(rule) if rule in ADDED else place.needed(rule)
        if one.absent or not one.is_mapping():
            continue
        one.only(("value", "label", "reason", *(("phases",) if rule in PHASED else ())))
        for phase in one.child("phases").items(low=0, high=20):
            phase.choice(sorted(phases))
        one.needed("label").texts(limit=150)
        one.needed("reason").texts(limit=600)
        value = one.needed("value")
        if rule in COUNTED:
            low, high = COUNTED[rule]
            value.whole(low=low, high=high)
        else:
            value.yes(otherwise=True)


def check_limits(place: Place) -> None:
    if place.is_mapping():
        place.only(tuple(Limit))
        for limit in Limit:
            place.child(limit).whole(low=0, high=1_000_000)


def check_retention(place: Place) -> None:
    for one in place.items(low=0, high=20):
        if one.is_mapping():
            one.only(("valid_from", "award_file_years", "counted_from", "source"))
            one.needed("valid_from").day()
            one.needed("award_file_years").whole(low=0, high=100)
            one.needed("counted_from").choice(("award", "closing"))
            one.needed("source").line(limit=300)


def note(place: Place, found: list[questionnaires.Problem], *, skip: int = 0) -> None:
    """Note what is wrong with a form, each fault at its place below this one."""
    for problem in found:
        where = Place(place.tree, place.problems, (*place.path, *problem.path[skip:]))
        where.wrong(problem.message, msg("Mend this key, or leave the question out."))


def check_form(place: Place, data: Any, ids: list[str]) -> None:
    """Note what is wrong with a form; its amounts are in the currency of each challenge."""
    note(place, questionnaires.check(data, criteria=ids, currency="EUR"))


def _questions_wrong(data: Any, ids: list[str]) -> list[questionnaires.Problem]:
    try:
        questionnaires.load_questions(data, criteria=ids, currency="EUR")
    except questionnaires.InvalidDefinition as error:
        return error.problems
    return []
