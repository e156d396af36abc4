"""A change of what is published tells nobody whether anybody has applied."""

import re

import pytest

from tests.security.forms import form_for
from tests.security.house import House

CHANGES = {
    "a criterion goes": {"weight-team": "", "weight-fit": "100", "minimum-team": ""},
    "the weights do not add up": {"weight-fit": "1"},
    "the form asks for more": {"q1-type": "text", "q1-label-en": "Which?", "q1-label-da": "Hvad?"},
    "fewer can take part": {"size[]": "micro"},
}


@pytest.mark.security(6)
@pytest.mark.parametrize("change", CHANGES)
def test_the_check_of_a_change_reads_the_same_whether_or_not_anybody_applied(
    houses: dict[str, House], change: str
) -> None:
    told = {}
    for name in ("bare", "hidden"):
        house = houses[name]
        house.put_back()
        one = f"/desk/challenges/{house.ids['challenge written']}"
        check = f"{one}/amend/check"
        form = form_for(house.get("eva", f"{one}/amend").text, check)
        weights = {key: "" for key, _ in form.fields if key.startswith(("weight-", "minimum-"))}
        given = weights if change == "a criterion goes" else {}
        got = house.post(
            "eva", check, form.sent(**{**given, **CHANGES[change], "reason-en": "Why"})
        )
        told[name] = (got.status, stable(got.text))
    assert told["bare"] == told["hidden"]
    assert told["bare"][0] == (422 if "add up" in change else 200)


def stable(html: str) -> str:
    """Return a page without what is new each time."""
    return re.sub(r'(name="form_key" value=")[^"]*', r"\1", html)
