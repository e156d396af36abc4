"""A criterion is taken out of a challenge to which somebody has applied already."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from govmatch.accounts.actions import give_role
from govmatch.accounts.models import Person, Role
from govmatch.applications import queries
from govmatch.applications.models import Application, Version
from govmatch.challenges.queries.forms import OWN_SECTION
from govmatch.challenges.statement import Weight
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from govmatch.programmes.models import Programme
from tests.site import Browser, text_of
from tests.web.applications.world import COMPLETE, LONG, firm
from tests.web.challenges.amending import check, publish
from tests.web.challenges.desk_world import Desk

CRITERIA = (Weight(id="fit", weight=60, minimum=3), Weight(id="accessibility", weight=40))
OWN = {"q-labels": "By camera.", "q-accessibility": "Tested with blind people."}
ANSWERS = {**COMPLETE, OWN_SECTION: OWN}
REASON = {"reason__en": "The law says it already"}


@pytest.fixture
def slug(desk: Desk) -> str:
    """Return an open challenge with a short form; Bo, of Nordlys, may apply to it."""

    def prepare(session: Session) -> None:
        for programme in session.scalars(select(Programme)):
            programme.form = LONG
        nordlys = firm(session, "nordlys", "DK", desk.now)
        bo = session.get_one(Person, desk.people["bo"].id)
        give_role(
            session, bo, Role.LEAD, "firm", nordlys.id,
            actor=VISITOR, now=desk.now, real_now=desk.now,
        )  # fmt: skip

    desk.change(prepare)
    slug = desk.published(criteria=CRITERIA, requires=())
    desk.set_challenge(slug, opens=desk.now - timedelta(days=1))
    return slug


def applied(bo: Browser, slug: str) -> str:
    """Submit an application, and return its address."""
    begin = f"/challenges/{slug}/apply"
    address = str(bo.submit(begin, begin, {}).headers["location"])
    for section, fields in ANSWERS.items():
        page = f"{address}/sections/{section}"
        assert bo.submit(page, page, fields).status_code == 303, section
    done = bo.submit(f"{address}/check", f"{address}/submit", {"confirmed": "yes"})
    assert done.status_code == 303, text_of(done.text)
    return address


def without_accessibility(desk: Desk, slug: str) -> None:
    hanne = desk.as_("hanne")
    only_fit = {"weight__fit": "100", "weight__accessibility": "", **REASON}
    assert publish(hanne, slug, check(hanne, slug, **only_fit)).status_code == 303


def unconfirmed(desk: Desk) -> int:
    """Return how many applications are marked as not confirmed after a change."""
    with desk.site.database.reading() as session:
        return len(queries.unconfirmed(session, None))


def test_its_firm_reads_which_and_confirms_and_loses_no_answer(desk: Desk, slug: str) -> None:
    bo = desk.as_("bo")
    address = applied(bo, slug)
    assert unconfirmed(desk) == 0
    without_accessibility(desk, slug)
    assert [one.id for one in desk.says(slug).criteria] == ["fit"]
    page = text_of(bo.get(address).text)
    assert "The challenge has changed since you submitted" in page
    assert "The law says it already" in page
    assert "Fit to the challenge 60 100 3 Accessibility 40 – –" in page
    assert unconfirmed(desk) == 1
    assert bo.submit(address, f"{address}/confirm", {}).status_code == 303
    assert unconfirmed(desk) == 0
    with desk.site.database.reading() as session:
        (version,) = session.scalars(select(Version))
        assert version.answers["accessibility"] == OWN["q-accessibility"]
        assert session.scalars(select(Application)).one().state == "submitted"


def test_who_does_not_confirm_stays_in_and_is_marked(desk: Desk, slug: str) -> None:
    bo = desk.as_("bo")
    address = applied(bo, slug)
    without_accessibility(desk, slug)
    desk.set_challenge(slug, closes=real_now() - timedelta(seconds=1))
    assert "was not confirmed after the last change" in text_of(bo.get(address).text)
    assert unconfirmed(desk) == 1
    with desk.site.database.reading() as session:
        assert session.scalars(select(Application)).one().state == "submitted"


def test_weights_that_are_left_over_are_named_and_nothing_changes(desk: Desk, slug: str) -> None:
    applied(desk.as_("bo"), slug)
    answer = check(desk.as_("hanne"), slug, weight__accessibility="", **REASON)
    assert answer.status_code == 422
    assert "The weights add up to 60." in text_of(answer.text)
    assert desk.says(slug).criteria == CRITERIA
    assert unconfirmed(desk) == 0


def test_a_question_that_counts_for_it_is_named(desk: Desk, slug: str) -> None:
    """The challenge asks how labels are read, and that counts for the fit."""
    applied(desk.as_("bo"), slug)
    only = {"weight__fit": "", "minimum__fit": "", "weight__accessibility": "100"}
    answer = check(desk.as_("hanne"), slug, **only, **REASON)
    assert answer.status_code == 422
    assert "Question 1: This criterion has no weight here." in text_of(answer.text)
    assert 'id="f-q1-criterion-error"' in answer.text
    assert desk.says(slug).criteria == CRITERIA
