"""Firms that apply together: each by its own word, shares of 100, frozen at the deadline."""

from datetime import timedelta

import pytest

from govmatch.accounts.models import Role
from govmatch.applications import queries, rules
from govmatch.applications.actions import partners as actions
from govmatch.applications.actions import withdraw
from govmatch.applications.consortium import counting, lead_share, seen
from govmatch.applications.models import Application, PartnerState
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Gone, Invalid, NotAllowed, NotFound, TooMany
from govmatch.kit.i18n import say
from tests.unit.applications.acting import (
    MINUTE,
    NOW,
    acting,
    begun,
    complete,
    save,
    sent,
    submit,
    submitted,
)
from tests.unit.applications.partnering import (
    accepted,
    acting_kwargs,
    arrange,
    asked,
    left,
    removed,
    together,
)
from tests.web.applications.world import World, fill, firm, give, person

AFTER = NOW + timedelta(days=11)


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


@pytest.fixture
def draft(session: Session, world: World) -> Application:
    return begun(session, world)


def shares(session: Session, application: Application) -> dict[str, int]:
    counted = counting(queries.partners_of(session, application), application, NOW)
    found = {str(one.firm.name if one.firm else one.address): one.share for one in counted}
    return {application.firm.name: lead_share(counted), **found}


# Asking and answering


def test_a_partner_writes_along_from_its_own_yes_on_and_not_before(
    session: Session, world: World, draft: Application
) -> None:
    partner = asked(session, draft, world.bo, world.firms["weser"])
    dieter = acting(session, world.dieter)
    with pytest.raises(NotFound):
        queries.get_own(session, dieter, draft.public_id)
    with pytest.raises(NotAllowed):
        save(session, draft, "team", sent({"q-skills": "Lenses"}), who=world.dieter)
    accepted(session, partner, world.dieter, world.firms["weser"])
    assert queries.get_own(session, dieter, draft.public_id) is draft
    save(session, draft, "team", sent({"q-skills": "Lenses"}), who=world.dieter)
    assert draft.answers == {"skills": "Lenses"}
    assert partner.answered_by == world.dieter.id


def test_the_share_of_a_partner_comes_from_the_lead_and_goes_back_to_it(
    session: Session, world: World, draft: Application
) -> None:
    assert shares(session, draft) == {"Nordlys": 100}
    partner = together(session, world, draft)
    asked(session, draft, world.bo, "new@example.org", share=20)
    assert shares(session, draft) == {"Nordlys": 50, "Weser": 30, "new@example.org": 20}
    left(session, partner, world.dieter)
    assert shares(session, draft) == {"Nordlys": 80, "new@example.org": 20}


@pytest.mark.parametrize("share", [0, 100, 101])
def test_nobody_is_asked_for_more_than_the_lead_can_give(
    session: Session, world: World, draft: Application, share: int
) -> None:
    with pytest.raises(Invalid) as error:
        asked(session, draft, world.bo, world.firms["weser"], share=share)
    assert set(error.value.errors) == {"share"}


def test_a_firm_and_an_address_are_asked_once_at_a_time(
    session: Session, world: World, draft: Application
) -> None:
    partner = together(session, world, draft)
    asked(session, draft, world.bo, "new@example.org", share=10)
    for again, field in ((world.firms["weser"], "firm"), ("NEW@example.org", "email")):
        with pytest.raises(Invalid) as error:
            asked(session, draft, world.bo, again, share=10)
        assert set(error.value.errors) == {field}
    with pytest.raises(Invalid):
        asked(session, draft, world.bo, world.firms["nordlys"], share=10)
    left(session, partner, world.dieter)
    assert asked(session, draft, world.bo, world.firms["weser"]).state == PartnerState.INVITED


def test_only_the_lead_asks_sets_shares_submits_and_withdraws(
    session: Session, world: World, draft: Application
) -> None:
    partner = together(session, world, draft)
    complete(session, draft, world.dieter)
    for act in (
        lambda: asked(session, draft, world.dieter, world.firms["fjord"]),
        lambda: removed(session, partner, world.dieter),
        lambda: submit(session, draft, world.dieter),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert say(refused.value.reason, "en") == "Only Nordlys, which leads, may do this."
    submit(session, draft, world.bo)
    with pytest.raises(NotAllowed):
        withdraw(session, draft, actor=acting(session, world.dieter), now=NOW)


def test_a_firm_answers_for_itself_alone(
    session: Session, world: World, draft: Application
) -> None:
    partner = asked(session, draft, world.bo, world.firms["weser"])
    for who, of in ((world.finn, "weser"), (world.bo, "weser"), (world.bo, "nordlys")):
        with pytest.raises(NotAllowed):
            accepted(session, partner, who, world.firms[of])
    assert draft.partner_firms == []


def test_who_sits_on_the_jury_cannot_say_yes_for_a_firm(
    session: Session, world: World, draft: Application
) -> None:
    partner = asked(session, draft, world.bo, world.firms["fjord"])
    with pytest.raises(NotAllowed) as refused:
        accepted(session, partner, world.finn, world.firms["fjord"])
    assert "sit on the jury" in say(refused.value.reason, "en")


def test_a_hard_requirement_holds_for_every_firm(
    session: Session, world: World, draft: Application
) -> None:
    partner = asked(session, draft, world.bo, world.firms["weser"])
    world.firms["weser"].size = "large"
    with pytest.raises(NotAllowed):
        accepted(session, partner, world.dieter, world.firms["weser"])
    world.firms["weser"].size = "small"
    accepted(session, partner, world.dieter, world.firms["weser"])
    complete(session, draft, world.bo)
    world.firms["weser"].size = "large"
    with pytest.raises(Invalid) as error:
        submit(session, draft, world.bo)
    assert "Weser does not meet" in say(error.value.errors["partners"], "en")


def test_an_invitation_by_mail_becomes_that_of_the_firm_that_says_yes(
    session: Session, world: World, draft: Application
) -> None:
    partner = asked(session, draft, world.bo, "dieter@example.org")
    assert queries.waiting_for(session, acting(session, world.dieter), now=NOW) == [partner]
    assert queries.waiting_for(session, acting(session, world.finn), now=NOW) == []
    accepted(session, partner, world.dieter, world.firms["weser"])
    assert (partner.firm, draft.partner_firms) == (
        world.firms["weser"],
        [world.firms["weser"].id],
    )
    assert queries.waiting_for(session, acting(session, world.dieter), now=NOW) == []


def test_who_declined_is_over_and_cannot_say_yes_after_all(
    session: Session, world: World, draft: Application
) -> None:
    partner = asked(session, draft, world.bo, world.firms["weser"])
    actions.decline(session, partner, actor=acting(session, world.dieter), now=NOW)
    assert partner.state == PartnerState.DECLINED
    with pytest.raises(NotAllowed):
        accepted(session, partner, world.dieter, world.firms["weser"])
    with pytest.raises(Gone):
        actions.decline(session, partner, actor=acting(session, world.dieter), now=NOW)


def test_what_is_taken_back_opens_nothing_any_more(
    session: Session, world: World, draft: Application
) -> None:
    partner = asked(session, draft, world.bo, world.firms["weser"])
    removed(session, partner, world.bo)
    with pytest.raises(NotAllowed):
        accepted(session, partner, world.dieter, world.firms["weser"])
    with pytest.raises(Conflict):
        removed(session, partner, world.bo)


def test_a_partner_that_left_or_was_taken_out_sees_nothing_any_more(
    session: Session, world: World, draft: Application
) -> None:
    dieter = acting(session, world.dieter)
    for ending, who in ((left, world.dieter), (removed, world.bo)):
        ending(session, together(session, world, draft), who)
        assert not rules.may_see(dieter, draft)
        with pytest.raises(NotFound):
            queries.get_own(session, dieter, draft.public_id)


def test_there_are_as_many_partners_as_the_programme_allows(
    session: Session, world: World, draft: Application
) -> None:
    world.programmes["long"].limits = {"consortium_partners": 1}
    session.flush()
    partner = asked(session, draft, world.bo, "a@example.org", share=5)
    with pytest.raises(NotAllowed):
        asked(session, draft, world.bo, "b@example.org", share=5)
    removed(session, partner, world.bo)
    asked(session, draft, world.bo, "b@example.org", share=5)
    world.programmes["long"].limits = {"consortium_partners": 0}
    session.flush()
    with pytest.raises(NotAllowed) as refused:
        asked(session, draft, world.bo, "c@example.org", share=5)
    assert say(refused.value.reason, "en") == "In this programme firms apply alone."


def test_nobody_is_flooded_with_invitations(
    session: Session, world: World, draft: Application
) -> None:
    for _ in range(5):
        removed(session, asked(session, draft, world.bo, "new@example.org"), world.bo)
    with pytest.raises(TooMany):
        asked(session, draft, world.bo, "new@example.org")


# Terms


def test_other_terms_have_to_be_agreed_to_anew(
    session: Session, world: World, draft: Application
) -> None:
    partner = together(session, world, draft)
    complete(session, draft, world.bo)
    arrange(session, world, draft, partner, 40)
    with pytest.raises(Invalid) as error:
        submit(session, draft, world.bo)
    assert "Weser has not agreed" in say(error.value.errors["partners"], "en")
    assert queries.waiting_for(session, acting(session, world.dieter), now=NOW) == [partner]
    accepted(session, partner, world.dieter, world.firms["weser"])
    version = submit(session, draft, world.bo)
    assert [one["share"] for one in version.consortium] == [60, 40]


def test_a_yes_to_terms_that_changed_meanwhile_is_asked_again(
    session: Session, world: World, draft: Application
) -> None:
    partner = asked(session, draft, world.bo, world.firms["weser"])
    shown = actions.terms_shown(partner)
    arrange(session, world, draft, partner, 5)
    with pytest.raises(Conflict):
        actions.accept(
            session, partner, world.firms["weser"], shown=shown,
            **acting_kwargs(session, world.dieter, NOW),
        )  # fmt: skip
    assert draft.partner_firms == []


def test_shares_on_an_old_page_do_not_overwrite_who_takes_part_by_now(
    session: Session, world: World, draft: Application
) -> None:
    partner = together(session, world, draft)
    counted = queries.counting_partners(session, draft, now=NOW)
    shown = seen(draft, counted)
    asked(session, draft, world.bo, "new@example.org", share=10)
    with pytest.raises(Conflict):
        actions.set_shares(
            session, draft, {partner.public_id: 70}, {}, lead_part="", shown=shown,
            **acting_kwargs(session, world.bo, NOW),
        )  # fmt: skip


def test_shares_leave_something_for_the_lead(
    session: Session, world: World, draft: Application
) -> None:
    partner = together(session, world, draft)
    with pytest.raises(Invalid):
        arrange(session, world, draft, partner, 100)
    assert shares(session, draft) == {"Nordlys": 70, "Weser": 30}


# Submitting


def test_nothing_is_submitted_while_an_answer_is_missing(
    session: Session, world: World, draft: Application
) -> None:
    partner = asked(session, draft, world.bo, world.firms["weser"])
    complete(session, draft, world.bo)
    with pytest.raises(Invalid) as error:
        submit(session, draft, world.bo)
    assert "Weser has not answered yet" in say(error.value.errors["partners"], "en")
    actions.decline(session, partner, actor=acting(session, world.dieter), now=NOW)
    assert submit(session, draft, world.bo).consortium == []


def test_a_version_keeps_who_took_part_and_its_hash_stands_for_them(
    session: Session, world: World, draft: Application
) -> None:
    together(session, world, draft)
    complete(session, draft, world.bo)
    first = submit(session, draft, world.bo)
    assert [(one["name"], one["share"], one["part"]) for one in first.consortium] == [
        ("Nordlys", 70, ""),
        ("Weser", 30, "Cameras"),
    ]
    assert submit(session, draft, world.bo) is first
    (partner,) = queries.partners_of(session, draft)
    left(session, partner, world.dieter)
    second = submit(session, draft, world.bo)
    assert (second.number, second.consortium) == (2, [])
    assert second.answers == first.answers


def test_a_check_from_before_somebody_left_is_outdated(
    session: Session, world: World, draft: Application
) -> None:
    partner = together(session, world, draft)
    before = draft.revision
    left(session, partner, world.dieter)
    assert draft.revision > before


# The deadline


def test_from_the_deadline_on_who_takes_part_is_frozen(
    session: Session, world: World, draft: Application
) -> None:
    partner = together(session, world, draft)
    other = asked(session, draft, world.bo, world.firms["fjord"], share=10)
    draft.challenge.closes = NOW + MINUTE
    last, late = NOW + MINUTE - timedelta(microseconds=1), NOW + MINUTE
    give(session, person(session, "frida", NOW), Role.MEMBER, "firm", other.firm_id or 0, NOW)
    for act in (
        lambda now: asked(session, draft, world.bo, "new@example.org", now=now),
        lambda now: left(session, partner, world.dieter, now=now),
        lambda now: removed(session, partner, world.bo, now=now),
        lambda now: accepted(session, other, world.finn, world.firms["fjord"], now=now),
    ):
        with pytest.raises(NotAllowed):
            act(late)
    assert draft.partner_firms == [world.firms["weser"].id]
    with pytest.raises(Gone):
        actions.decline(session, other, actor=acting(session, world.finn), now=late)
    left(session, partner, world.dieter, now=last)


def test_an_invitation_that_nobody_answered_lapses_with_the_deadline(
    session: Session, world: World, draft: Application
) -> None:
    asked(session, draft, world.bo, world.firms["weser"])
    assert queries.waiting_for(session, acting(session, world.dieter), now=AFTER) == []
    assert queries.counting_partners(session, draft, now=AFTER) == []


# One application for each firm


def test_a_firm_takes_part_in_one_application_to_a_challenge(
    session: Session, world: World, draft: Application
) -> None:
    together(session, world, draft)
    with pytest.raises(NotAllowed) as refused:
        begun(session, world, "dieter", "weser")
    assert "partner in an application" in say(refused.value.reason, "en")
    fjord = begun_by_another(session, world)
    again = asked(session, fjord, world.people["grete"], world.firms["weser"])
    with pytest.raises(NotAllowed):
        accepted(session, again, world.dieter, world.firms["weser"])
    (first,) = queries.partners_of(session, draft)
    left(session, first, world.dieter)
    accepted(session, again, world.dieter, world.firms["weser"])
    assert fjord.partner_firms == [world.firms["weser"].id]


def begun_by_another(session: Session, world: World) -> Application:
    world.firms["gamma"] = firm(session, "gamma", "DK", NOW)
    world.people["grete"] = person(session, "grete", NOW)
    grete, gamma = world.people["grete"], world.firms["gamma"]
    give(session, grete, Role.MEMBER, "firm", gamma.id, NOW)
    return begun(session, world, "grete", "gamma")


def test_who_has_applied_alone_cannot_be_a_partner_too(session: Session, world: World) -> None:
    own = submitted(session, world, "dieter", "weser")
    draft = begun(session, world)
    partner = asked(session, draft, world.bo, world.firms["weser"])
    with pytest.raises(NotAllowed):
        accepted(session, partner, world.dieter, world.firms["weser"])
    withdraw(session, own, actor=acting(session, world.dieter), now=NOW)
    accepted(session, partner, world.dieter, world.firms["weser"])
    with pytest.raises(Invalid) as error:
        submit(session, own, world.dieter)
    assert "partner in another application" in say(error.value.errors["partners"], "en")


def test_where_several_are_allowed_a_firm_takes_part_in_several(
    session: Session, world: World, draft: Application
) -> None:
    rules_of = world.programmes["long"]
    rules_of.rules = {"one_application_per_firm": {"value": False}}
    session.flush()
    submitted(session, world, "dieter", "weser")
    assert together(session, world, draft).state == PartnerState.ACCEPTED
