"""/matches: what fits comes first, with why, and with what to add."""

from govmatch.organisations import actions
from govmatch.organisations.models import Firm
from govmatch.organisations.profile import Basics, Codes, EvidenceValues, Offer, Visibility
from tests.site import Browser, text_of
from tests.unit.organisations.samples import NOW, lead_of
from tests.web.matching.world import INVOICES, MatchWorld

LABELS_TITLE = "How can a photo of a label find the product?"
INVOICES_TITLE = "How do small firms send electronic invoices?"


def page_of(browser: Browser, path: str = "/matches") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return text_of(answer.text)


def first_of(page: str) -> str:
    """Return which of the two challenges stands higher on a page."""
    return min((LABELS_TITLE, INVOICES_TITLE), key=lambda title: page.find(title) % 100_000)


def test_each_firm_sees_the_challenge_that_is_about_its_work_first(world: MatchWorld) -> None:
    assert first_of(page_of(world.desk.as_("bo"))) == LABELS_TITLE
    assert first_of(page_of(world.desk.as_("wanda"))) == INVOICES_TITLE


def test_it_says_from_which_section_the_words_come_and_which_codes_are_shared(
    world: MatchWorld,
) -> None:
    page = page_of(world.desk.as_("bo"))
    assert "Fits very well" in page
    assert "Words of both, in the profile under “Summary”: “billeder”" in page
    assert "CPV codes of both: 72212328 Image-processing software development services" in page
    assert "Open to firms like this: Denmark, Small" in page
    assert "Language of application: Danish" in page


def test_what_is_missing_leads_to_the_place_where_it_is_mended(world: MatchWorld) -> None:
    browser = world.desk.as_("bo")
    path = f"/firm/{world.firms['nordlys'].public_id}"
    html = browser.get("/matches").text
    add = f"{path}/evidence/new?kind=company-registration"
    assert "Entry in a business register is asked for and not in the profile" in text_of(html)
    assert f'href="{add}"' in html
    form = browser.get(add).text
    assert 'value="company-registration" checked' in form
    world.change_firm("nordlys", _add_evidence)
    page = page_of(browser)
    assert "is asked for and not in the profile" not in page
    assert "Evidence that it asks for: Entry in a business register" in page


def _add_evidence(session: object, firm: Firm) -> None:
    values = EvidenceValues(kind="company-registration")
    actions.add_evidence(session, firm, values, actor=lead_of(firm), now=NOW)  # type: ignore[arg-type]


def test_what_the_firm_is_barred_from_is_listed_apart_with_the_reason(world: MatchWorld) -> None:
    def move_away(session: object, firm: Firm) -> None:
        basics = Basics(name=firm.name, country="NO", size="small", languages=("da",))
        actions.save_profile(session, firm, basics, actor=lead_of(firm), now=NOW)  # type: ignore[arg-type]

    world.change_firm("nordlys", move_away)
    page = page_of(world.desk.as_("bo"))
    shown, _, folded = page.partition("1 more would fit, but is not open to your firm")
    assert LABELS_TITLE not in shown
    assert f"{LABELS_TITLE} Danish Safety Technology Authority Only for firms in: EU, United" in (
        folded
    )


def test_a_change_of_the_profile_changes_the_list(world: MatchWorld) -> None:
    def become_an_invoicer(session: object, firm: Firm) -> None:
        for section in (Offer(summary=INVOICES, text_lang="de"), Codes(cpv=("48444000",))):
            actions.save_profile(session, firm, section, actor=lead_of(firm), now=NOW)  # type: ignore[arg-type]

    world.change_firm("nordlys", become_an_invoicer)
    assert first_of(page_of(world.desk.as_("bo"))) == INVOICES_TITLE


def test_a_firm_that_switches_matching_off_has_no_matches_and_is_told_how_to_go_back(
    world: MatchWorld,
) -> None:
    def switch_off(session: object, firm: Firm) -> None:
        values = Visibility(is_public=True, matching=False)
        actions.save_profile(session, firm, values, actor=lead_of(firm), now=NOW)  # type: ignore[arg-type]

    nordlys = world.firms["nordlys"]
    assert world.found_for("firm", nordlys.id)
    world.change_firm("nordlys", switch_off)
    html = world.desk.as_("bo").get("/matches").text
    assert "Matching is switched off for this firm" in html
    assert f'href="/firm/{nordlys.public_id}/edit/visibility"' in html
    assert LABELS_TITLE not in html
    assert world.found_for("firm", nordlys.id) == []


def test_it_speaks_the_language_of_its_reader(world: MatchWorld) -> None:
    german = page_of(world.desk.as_("bo"), "/matches?lang=de")
    assert "Passt sehr gut" in german and "Gemeinsame CPV-Codes: 72212328 Entwicklung" in german
    danish = page_of(world.desk.as_("bo"), "/matches?lang=da")
    assert "Passer meget godt" in danish and "Åben for virksomheder som denne: Danmark" in danish


def test_visitors_and_people_without_a_firm_are_told_what_to_do_first(world: MatchWorld) -> None:
    assert 'href="/login?next=%2Fmatches"' in world.site.visit().get("/matches").text
    assert "Enter your firm" in page_of(world.desk.as_("gro"))


def test_the_list_costs_no_more_statements_for_more_challenges(world: MatchWorld) -> None:
    browser = world.desk.as_("bo")
    before = world.desk.statements(browser, "/matches")
    world.open_more(3)
    assert world.desk.statements(browser, "/matches") == before
