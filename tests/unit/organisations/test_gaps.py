"""What is missing in a profile is said with what it brings, and nothing else is asked for."""

from datetime import timedelta

import pytest

from govmatch.kit.db import Session
from govmatch.kit.i18n import say
from govmatch.organisations.gaps import gaps
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import profile_of
from govmatch.organisations.strength import POINTS, WHOLE, level_of, missing_points
from tests.unit.organisations.samples import TODAY, add_firm, evidence


def missing(session: Session, firm: Firm) -> list[tuple[str, str]]:
    session.flush()
    found = gaps(profile_of(session, firm), today=TODAY)
    assert all(say(gap.why, "de") != gap.why.text for gap in found)
    return [(gap.section, say(gap.what, "en")) for gap in found]


def test_a_new_firm_is_told_what_would_help_most_first(session: Session) -> None:
    found = missing(session, add_firm(session, is_public=False))
    assert found[0] == ("offer", "A summary")
    assert found[-1] == ("visibility", "The profile is not in the directory")
    assert {section for section, _ in found} == {
        "offer",
        "topics",
        "basics",
        "codes",
        "evidence",
        "visibility",
    }


def test_a_whole_profile_lacks_nothing(session: Session) -> None:
    firm = add_firm(
        session,
        summary="a " * 15,
        products="b " * 60,
        references="c " * 25,
        themes=("safety",),
        technologies=("sensors",),
        size="small",
        languages=("da",),
        registration="1",
        cpv=("72212328",),
        evidence=(evidence(until=TODAY + timedelta(days=31)),),
    )
    assert missing(session, firm) == []
    assert missing_points(profile_of(session, firm), today=TODAY) == {}


def test_a_short_text_counts_in_proportion_and_is_asked_to_say_more(session: Session) -> None:
    firm = add_firm(session, summary="a " * 15, products="b " * 30, themes=("safety",))
    session.flush()
    profile = profile_of(session, firm)
    points = missing_points(profile, today=TODAY)
    assert points["products"] == POINTS["products"] / 2
    assert {"summary", "themes"}.isdisjoint(points)
    found = gaps(profile, today=TODAY)
    assert (say(found[0].what, "en"), found[0].points) == ("Products and services: say more", 12)
    assert say(found[0].why, "en") == "It is short: about 60 words say enough to be found by."


def test_what_adds_most_to_matching_stands_first_and_the_sum_is_a_hundred(session: Session) -> None:
    firm = add_firm(session, is_public=False)
    session.flush()
    found = gaps(profile_of(session, firm), today=TODAY)
    points = [gap.points for gap in found]
    assert points == sorted(points, reverse=True)
    assert sum(points) == sum(POINTS.values()) == WHOLE == 100


@pytest.mark.parametrize(
    ("points", "begins"),
    [(0, "Weak"), (19, "Weak"), (20, "A beginning"), (50, "Good"), (79, "Good"), (80, "Strong")],
)
def test_a_profile_is_called_by_its_points(points: int, begins: str) -> None:
    assert say(level_of(points).words, "en").startswith(begins)


def test_evidence_that_has_all_expired_is_as_missing_as_none(session: Session) -> None:
    firm = add_firm(session, evidence=(evidence(until=TODAY - timedelta(days=1)),))
    session.flush()
    profile = profile_of(session, firm)
    assert missing_points(profile, today=TODAY)["evidence"] == POINTS["evidence"]
    (gap,) = [gap for gap in gaps(profile, today=TODAY) if gap.section == "evidence"]
    assert (say(gap.what, "en"), gap.points) == ("Certificate ISO/IEC 27001: expired", 6)


def test_expired_and_expiring_evidence_is_named(session: Session) -> None:
    firm = add_firm(
        session,
        evidence=(
            evidence("iso-27001", TODAY - timedelta(days=1)),
            evidence("liability-insurance", TODAY + timedelta(days=29)),
            evidence("hosting-in-eea"),
        ),
    )
    assert [what for section, what in missing(session, firm) if section == "evidence"] == [
        "Certificate ISO/IEC 27001: expired",
        "Liability insurance: expires within a month",
    ]


def test_a_newer_piece_of_the_same_kind_is_enough(session: Session) -> None:
    old, new = TODAY - timedelta(days=9), TODAY + timedelta(days=300)
    firm = add_firm(session, evidence=(evidence(until=old), evidence(until=new)))
    assert [what for section, what in missing(session, firm) if section == "evidence"] == []
