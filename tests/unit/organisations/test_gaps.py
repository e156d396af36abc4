"""What is missing in a profile is said with what it brings, and nothing else is asked for."""

from datetime import timedelta

from govmatch.kit.db import Session
from govmatch.kit.i18n import say
from govmatch.organisations.gaps import gaps
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import profile_of
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
        summary="a",
        products="b",
        references="c",
        themes=("safety",),
        technologies=("sensors",),
        size="small",
        languages=("da",),
        registration="1",
        cpv=("72212328",),
        evidence=(evidence(until=TODAY + timedelta(days=31)),),
    )
    assert missing(session, firm) == []


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
