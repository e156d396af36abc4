"""What administrators are told to see to next, from plain facts."""

from datetime import UTC, datetime, timedelta
from typing import Any

from govmatch.accounts.models import Invitation, Role
from govmatch.kit.i18n import say
from govmatch.organisations.models import Authority
from govmatch.overview.attention import Facts, next_steps
from govmatch.programmes.models import Programme

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
CITY = Authority(id=1, slug="city", names={"en": "City", "de": "Stadt"})
PROGRAMME = Programme(id=1, slug="ports", names={"en": "Ports"})
WHOLE: dict[tuple[str, str, int], int] = {
    (Role.MANAGER, "programme", 1): 1,
    (Role.STAFF, "authority", 1): 2,
    (Role.APPROVER, "authority", 1): 1,
    (Role.ADMINISTRATOR, "site", 0): 2,
}
ORDERLY: dict[str, Any] = {
    "programmes": [PROGRAMME],
    "authorities": [CITY],
    "taking_part": frozenset({("ports", "city")}),
    "holders": WHOLE,
    "invitations": [],
}


def titles(*without: tuple[str, str, int], lang: Any = "en", **changes: Any) -> list[str]:
    holders = {key: n for key, n in WHOLE.items() if key not in without}
    facts = Facts(**{**ORDERLY, "holders": holders, **changes})
    return [say(step.title, lang) for step in next_steps(facts, lang=lang, now=NOW)]


def test_where_all_is_in_order_nothing_waits() -> None:
    assert titles() == []


def test_each_gap_is_named() -> None:
    assert titles((Role.MANAGER, "programme", 1)) == ["Ports has no programme manager"]
    assert titles((Role.STAFF, "authority", 1)) == ["Nobody writes for City"]
    assert titles((Role.APPROVER, "authority", 1)) == ["Nobody approves for City"]
    assert titles((Role.ADMINISTRATOR, "site", 0)) == ["You are the only administrator"]
    assert titles((Role.STAFF, "authority", 1), lang="de") == ["Für Stadt schreibt niemand"]


def test_the_most_pressing_gap_comes_first() -> None:
    assert titles(*WHOLE)[0] == "Ports has no programme manager"
    assert titles(authorities=[], taking_part=frozenset())[0] == "Make the first authority"


def test_an_approver_of_the_programme_is_enough() -> None:
    holders = {**WHOLE, (Role.APPROVER, "programme", 1): 1}
    del holders[Role.APPROVER, "authority", 1]
    assert titles(holders=holders) == []
    elsewhere = {**holders, (Role.APPROVER, "programme", 2): 1}
    del elsewhere[Role.APPROVER, "programme", 1]
    assert titles(holders=elsewhere) == ["Nobody approves for City"]


def test_who_takes_part_in_nothing_is_named_once() -> None:
    said = titles(taking_part=frozenset())
    assert said == ["No authority takes part in Ports", "City takes part in no programme"]


def test_an_invitation_is_named_before_it_expires() -> None:
    soon = Invitation(expires_at=NOW + timedelta(days=3))
    later = Invitation(expires_at=NOW + timedelta(days=3, seconds=1))
    assert titles(invitations=[later]) == []
    assert titles(invitations=[soon, later]) == ["1 invitation expires within 3 days"]


def test_a_step_leads_to_a_form_with_everything_chosen() -> None:
    facts = Facts(**{**ORDERLY, "holders": {}})
    paths = [step.path for step in next_steps(facts, lang="en", now=NOW)]
    assert paths[0] == "/admin/invitations/new?for=programme%3Aports&role=manager"
    assert paths[1] == "/admin/invitations/new?for=authority%3Acity&role=staff"
