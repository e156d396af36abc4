"""/desk/challenges/{slug}/firms: who could answer, for finding alone."""

from datetime import timedelta

import pytest

from govmatch.kit.journal import JournalRow
from tests.site import text_of
from tests.web.matching.test_list import page_of
from tests.web.matching.world import ABOUT_LABELS, MatchWorld

HIDDEN = ("Quibbleworks", "Zyzzyva")


def firms(slug: str) -> str:
    return f"/desk/challenges/{slug}/firms"


def test_its_authority_and_its_programme_see_the_firms_with_the_reasons(world: MatchWorld) -> None:
    for name in ("astrid", "hanne", "eva"):
        page = page_of(world.desk.as_(name), firms(world.labels))
        assert "1 firm fits." in page
        assert "Nordlys Vision ApS" in page and "Fits very well" in page
        assert "Words of both, in the profile under “Summary”" in page
        assert "Weserbeleg" not in page
        assert "Fjordsyn" not in page
        assert "Only for firms in: EU, United Kingdom 1" in page


def test_firm_and_authority_read_the_same_reasons(world: MatchWorld) -> None:
    theirs = page_of(world.desk.as_("astrid"), firms(world.labels))
    ours = page_of(world.desk.as_("bo"))
    for line in ("Words of both, in the profile under “Summary”: ", "CPV codes of both: "):
        start = theirs.index(line)
        assert theirs[start : start + 90] in ours


@pytest.mark.parametrize("name", ["ida", "pia", "bo", "gro", "kim"])
def test_nobody_else_does(world: MatchWorld, name: str) -> None:
    answer = world.desk.as_(name).get(firms(world.labels))
    assert answer.status_code in {403, 404}
    assert "Nordlys" not in answer.text


def test_hidden_firms_are_never_named_nor_counted(world: MatchWorld) -> None:
    """They do the very same as the one that is found, so they would be among the best."""
    hidden = {world.firms["geheim"].id, world.firms["still"].id}
    kept = {number for number, _ in world.found_for("challenge", world.challenge(world.labels))}
    assert world.firms["nordlys"].id in kept and not kept & hidden
    page = page_of(world.desk.as_("astrid"), firms(world.labels))
    assert not any(word in page for word in HIDDEN)
    assert "Denmark 1" in page


def test_a_firm_that_leaves_the_list_is_gone_before_matching_has_caught_up(
    world: MatchWorld,
) -> None:
    def hide(session: object) -> None:
        from govmatch.organisations.models import Firm  # noqa: PLC0415

        firm = session.get_one(Firm, world.firms["nordlys"].id)  # type: ignore[attr-defined]
        firm.is_public = False

    world.desk.change(hide)
    page = page_of(world.desk.as_("astrid"), firms(world.labels))
    assert "Nordlys" not in page and "1 firm fits" not in page


def test_before_publication_the_address_leads_to_how_many_they_are(world: MatchWorld) -> None:
    draft = world.desk.draft(words=ABOUT_LABELS)
    world.work()
    answer = world.desk.as_("astrid").get(firms(draft))
    assert (answer.status_code, answer.headers["location"]) == (
        303, f"/desk/challenges/{draft}/who",
    )  # fmt: skip
    assert "Nordlys" not in answer.text


def test_after_the_deadline_it_shows_none_and_says_so(world: MatchWorld) -> None:
    past = world.desk.now - timedelta(minutes=1)
    world.desk.set_challenge(world.labels, closes=past)
    page = page_of(world.desk.as_("astrid"), firms(world.labels))
    assert "The deadline has passed. From then on only the published criteria count." in page
    assert "Nordlys" not in page and "Fits" not in page
    html = world.desk.as_("astrid").get(f"/desk/challenges/{world.labels}").text
    assert firms(world.labels) not in html
    assert page_of(world.desk.as_("bo")).count("How can a photo of a label") == 0


def test_the_desk_leads_there_while_firms_are_looked_for(world: MatchWorld) -> None:
    html = world.desk.as_("astrid").get(f"/desk/challenges/{world.labels}").text
    assert f'href="{firms(world.labels)}">Who could answer this?' in html


def test_that_somebody_looked_is_written_down(world: MatchWorld) -> None:
    world.desk.as_("astrid").get(firms(world.labels))
    with world.site.database.reading() as session:
        rows = session.query(JournalRow).filter_by(event="FirmsFoundShown").all()
        assert [(row.subject_id, row.data) for row in rows] == [
            (world.challenge(world.labels), {"firms": 1})
        ]


def test_challenges_that_nobody_may_see_yet_are_proposed_to_no_firm(world: MatchWorld) -> None:
    draft = world.desk.draft(words={**ABOUT_LABELS})
    later = world.desk.published(words=ABOUT_LABELS, at=world.desk.now + timedelta(days=5))
    world.work()
    number = world.challenge(draft)
    for key in ("nordlys", "geheim"):
        kept = {other for other, _ in world.found_for("firm", world.firms[key].id)}
        assert number not in kept
    html = world.desk.as_("bo").get("/matches").text
    assert draft not in html and later not in html
    assert world.desk.as_("bo").get(f"/matches/{draft}").status_code == 404
    assert world.desk.as_("bo").get(f"/matches/{later}").status_code == 404
    assert "CPV" not in text_of(html.partition("other open challenge")[2])
