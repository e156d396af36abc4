"""What changes what somebody finds although it happened to something else."""

from dataclasses import replace
from typing import Any

import pytest

from govmatch.applications.actions import access
from govmatch.kit.db import Session
from govmatch.organisations.actions import save_profile
from govmatch.organisations.profile import Basics
from govmatch.organisations.queries import profile_of
from tests.site import Site
from tests.unit.decisions.acting import NOW, acting
from tests.web.applications.test_opened import found_by, total
from tests.web.decisions.world import World
from tests.web.explore import results_world as steps
from tests.web.explore.results_world import Told, told

PILOT = "kind:pilot+scanning"


@pytest.fixture
def case(site: Site) -> Told:
    """A running pilot, as the index knows it."""
    made = told(site)
    for step in (steps.decide, steps.answer("nordlys", "bo"), steps.pilot):
        made.do(step)
    site.work()
    return made


def count(case: Told, who: str, words: str) -> str:
    return total(found_by(case.as_(who), words))


def with_egon(verb: str) -> Any:
    def act(session: Session, world: World) -> None:
        one, actor = world.of("nordlys"), acting(session, world.eva)
        getattr(access, verb)(session, one, world.egon.id, why="conflict", actor=actor, now=NOW)

    return act


def test_a_closed_application_takes_its_pilot_out_of_what_is_counted(case: Told) -> None:
    assert [count(case, who, PILOT) for who in ("egon", "eva")] == ["1", "1"]
    case.do(with_egon("close"))
    case.site.work()
    assert [count(case, who, PILOT) for who in ("egon", "eva")] == ["0", "1"]
    case.do(with_egon("reopen"))
    case.site.work()
    assert [count(case, who, PILOT) for who in ("egon", "eva")] == ["1", "1"]


def test_a_firm_is_found_by_its_new_name_in_what_it_sent_in_and_tries(case: Told) -> None:
    def rename(session: Session, world: World) -> None:
        firm, actor = world.firms["nordlys"], acting(session, world.bo)
        basics = profile_of(session, firm).section("basics")
        assert isinstance(basics, Basics)
        named = replace(basics, name="Polarlicht")
        assert save_profile(session, firm, named, actor=actor, now=NOW)

    def counts(name: str) -> list[str]:
        kinds = ("received", "pilot")
        return [count(case, "eva", f"kind:{kind}+{name}") for kind in kinds]

    assert (counts("nordlys"), counts("polarlicht")) == (["1", "1"], ["0", "0"])
    case.do(rename)
    case.site.work()
    assert counts("polarlicht") == ["1", "1"]
    assert counts("nordlys")[1] == "0"
