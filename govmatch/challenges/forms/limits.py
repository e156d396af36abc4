"""Criteria with their weights, and the countries of the firms, as fields of the editor."""

import re
from collections.abc import Iterable, Sequence

from govmatch.challenges.rules.fault_of_facts import GROUPS
from govmatch.challenges.statement import Weight
from govmatch.kit.countries import country_codes
from govmatch.kit.i18n import msg
from govmatch.web.fields import Reader

MOST_COUNTRIES = 60


def read_criteria(reader: Reader, criteria: Sequence[str]) -> tuple[Weight, ...]:
    """Return the criteria that were given a weight, in the order of the programme.

    Without a weight, or with 0, a criterion is not used, unless it is judged beside the others and
    does not count. Whether they add up to 100 is said where
    the challenge is submitted; until then the sum is shown.
    """
    found = []
    for one in criteria:
        weight = reader.integer(f"weight-{one}", high=100, required=False)
        minimum = reader.integer(f"minimum-{one}", low=1, high=5, required=False)
        independent = reader.yes(f"independent-{one}")
        if independent and (weight or minimum):
            said = msg("What does not count has neither weight nor minimum score.")
            reader.wrong(f"weight-{one}", said)
        elif independent:
            found.append(Weight(id=one, weight=0, independent=True))
        elif weight:
            found.append(Weight(id=one, weight=weight, minimum=minimum))
        elif minimum:
            reader.wrong(f"weight-{one}", msg("Give a weight, or leave out the minimum score."))
    return tuple(found)


def shown_criteria(criteria: Iterable[Weight]) -> dict[str, str]:
    values: dict[str, str] = {}
    for one in criteria:
        values[f"weight-{one.id}"] = "" if one.independent else str(one.weight)
        values[f"independent-{one.id}"] = "yes" if one.independent else ""
        values[f"minimum-{one.id}"] = "" if one.minimum is None else str(one.minimum)
    return values


def read_countries(reader: Reader) -> tuple[str, ...]:
    """Return the groups that were ticked, and the codes of further countries, each once."""
    groups = reader.several("countries", sorted(GROUPS))
    typed = reader.text("more_countries", limit=400, required=False)
    codes = [code.upper() for code in re.split(r"[\s,;]+", typed) if code]
    known = country_codes()
    for code in codes:
        if code not in known:
            reader.wrong("more_countries", msg("{code} is no country.", code=code[:20]))
    return tuple(dict.fromkeys([*groups, *(code for code in codes[:MOST_COUNTRIES])]))


def shown_countries(countries: Iterable[str]) -> dict[str, str | list[str]]:
    return {
        "countries": [code for code in countries if code in GROUPS],
        "more_countries": ", ".join(code for code in countries if code not in GROUPS),
    }
