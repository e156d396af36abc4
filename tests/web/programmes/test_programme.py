"""/programmes/{slug}: how a programme works, for everybody."""

import pytest

from govmatch.kit.db import commit
from tests.site import Site, text_of
from tests.unit.challenges.world import make_world, published


@pytest.fixture
def shown(site: Site) -> Site:
    """A site with the programmes, rounds and authorities that ship."""
    with site.database.writing() as session:
        make_world(session)
        commit(session)
    return site


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "criteria"), ("de", "Kriterien"), ("da", "kriterier")]
)
def test_all_programmes_are_listed_with_their_rounds(shown: Site, lang: str, word: str) -> None:
    html = shown.visit(lang=lang).get("/programmes").text
    for slug in ("govtech", "bremen-wirtschaft-digital"):
        assert f'href="/programmes/{slug}"' in html
        assert 'href="/programmes"' in shown.visit().get(f"/programmes/{slug}").text
    assert word in text_of(html)
    if lang == "en":
        assert "Denmark, first round" in text_of(html)


def test_without_a_programme_the_list_says_so(site: Site) -> None:
    assert "There is no programme yet" in text_of(site.visit().get("/programmes").text)


def test_phases_criteria_rules_and_rounds_are_public(shown: Site) -> None:
    answer = shown.visit().get("/programmes/govtech")
    assert answer.status_code == 200
    text = text_of(answer.text)
    for words in (
        "Phase 2: 6 weeks Open call Questions until day 28. Answers by day 35.",
        "local time of the authority. It ends when this holds: The deadline has passed.",
        "2 reviews each. At most 6 go on.",
        "Asked again after 6, 12, 24 months.",
        "With personal data",
        "Open call 7 September 2026 – 19 October 2026 Opens: 7 September 2026, 09:00 CEST",
        "Deadline: 19 October 2026, 12:00 CEST",
        "Fit to the challenge · weight 16 · at least 3 points",
        "0 Does not address the problem",
        "A challenge may add",
        "Applications stay sealed until they are opened: Yes",
        "Nobody can gain or give an advantage by knowing who has applied",
        "Number of people who open the applications together: 2",
        "Denmark, first round",
        "Danish Safety Technology Authority",
        "Pilots per challenge at most 3",
    ):
        assert words in text
    assert 'href="/challenges?programme=govtech"' in answer.text
    assert 'href="/authorities/sikkerhedsstyrelsen"' in answer.text


def test_whose_data_it_is_and_how_long_it_is_kept_is_said(shown: Site) -> None:
    text = text_of(shown.visit(lang="de").get("/programmes/govtech").text)
    assert "Jede Behörde ist für die Daten ihrer eigenen Vorgänge verantwortlich." in text
    assert "3 Jahre ab der Vergabe aufbewahrt; das gilt für Vorgänge ab dem 18. April 2016" in text
    assert "Directive 2014/24/EU, article 84(2)" in text


def test_a_programme_shows_what_differs_from_its_template(shown: Site) -> None:
    text = text_of(shown.visit().get("/programmes/bremen-wirtschaft-digital").text)
    assert "Fit to the challenge · weight 18" in text
    assert "Data protection and ethics · weight 10 · at least 2 points" in text
    assert "Phase 6: 16 weeks" in text


@pytest.mark.parametrize("lang", ["de", "da"])
def test_nothing_of_it_stays_in_english(shown: Site, lang: str) -> None:
    english = text_of(shown.visit().get("/programmes/govtech").text)
    text = text_of(shown.visit(lang=lang).get("/programmes/govtech").text)
    for words in ("weight", "weeks", "Rules, and why", "It ends when", "at most", "kept for"):
        assert words in english
        assert words not in text


def test_a_programme_that_is_not_there_is_not_found(shown: Site) -> None:
    assert shown.visit().get("/programmes/nope").status_code == 404


def test_it_leads_to_its_own_challenges_and_no_others(site: Site) -> None:
    with site.database.writing() as session:
        published(session, make_world(session))
        commit(session)
    path = "/challenges?programme={}"
    found = {
        slug: "1 challenge" in text_of(site.visit().get(path.format(slug)).text)
        for slug in ("govtech", "bremen-wirtschaft-digital")
    }
    assert path.format("govtech") in site.visit().get("/programmes/govtech").text
    assert found == {"govtech": True, "bremen-wirtschaft-digital": False}


def test_who_takes_part_with_a_voice_is_named_with_what_that_means(shown: Site) -> None:
    text = text_of(shown.visit(lang="da").get("/programmes/bremen-wirtschaft-digital").text)
    assert (
        "Deltager rådgivende, uden stemme om ansøgninger Handelskammeret (eksempel) Kammer" in text
    )
    assert "Ingen af dem ser ansøgninger." in text
    assert "rådgivende" not in text_of(shown.visit(lang="da").get("/programmes/govtech").text)


def test_its_challenges_are_shown_by_address(site: Site) -> None:
    with site.database.writing() as session:
        published(session, make_world(session))
        commit(session)
    assert (
        'data-hx-get="/programmes/govtech/challenges"'
        in site.visit().get("/programmes/govtech").text
    )
    panel = text_of(site.visit().get("/programmes/govtech/challenges").text)
    assert "Read the label" in panel
    assert "Show its 1 challenge in the list" in panel
    other = text_of(site.visit().get("/programmes/bremen-wirtschaft-digital/challenges").text)
    assert "Read the label" not in other
    assert "It has no challenge yet." in other
    assert site.visit().get("/programmes/nope/challenges").status_code == 404


def test_the_panel_is_part_of_its_page(site: Site) -> None:
    with site.database.writing() as session:
        published(session, make_world(session))
        commit(session)
    path = "/programmes/govtech/challenges"
    part = site.visit().get(path, **{"hx-request": "true"}).text
    assert "<html" not in part
    assert text_of(part) in text_of(site.visit().get(path).text)
