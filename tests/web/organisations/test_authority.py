"""/authorities/{slug}: who an authority is."""

from govmatch.kit.db import commit
from govmatch.organisations.models import Authority
from tests.site import Site, text_of
from tests.unit.organisations import samples


def add_authority(site: Site, **said: object) -> None:
    values = {
        "slug": "sik",
        "names": {"en": "Safety Authority", "da": "Sikkerhedsstyrelsen"},
        "descriptions": {"da": "Fører tilsyn"},
        "country": "DK",
        "region": "Syddanmark",
        "zone": "Europe/Copenhagen",
        "url": "https://www.sik.example",
        "contact": {"name": "GovTech", "email": "govtech@sik.example", "phone": "+45 1"},
        "languages": ["da", "en"],
        "source_path": None,
        "created_at": samples.NOW,
        **said,
    }
    with site.database.writing() as session:
        session.add(Authority(**values))
        commit(session)


def test_an_authority_is_shown_with_its_contact_and_the_way_to_its_challenges(site: Site) -> None:
    add_authority(site)
    answer = site.visit(lang="da").get("/authorities/sik")
    assert answer.status_code == 200
    text = text_of(answer.text)
    for words in ("Sikkerhedsstyrelsen", "Fører tilsyn", "Danmark", "Syddanmark", "+45 1"):
        assert words in text
    assert 'href="/challenges?authority=sik"' in answer.text
    assert 'href="mailto:govtech@sik.example"' in answer.text
    assert 'href="https://www.sik.example"' in answer.text


def test_words_in_another_language_say_which_it_is(site: Site) -> None:
    add_authority(site)
    html = site.visit(lang="de").get("/authorities/sik").text
    assert '<h1 lang="en">Safety Authority</h1>' in html
    assert '<p class="gm-lead" lang="da">Fører tilsyn</p>' in html


def test_an_authority_that_says_little_is_shown_too(site: Site) -> None:
    add_authority(site, descriptions={}, contact={}, url="", region="", languages=[])
    text = text_of(site.visit().get("/authorities/sik").text)
    assert "Safety Authority" in text
    assert "Contact" not in text


def test_a_hostile_address_of_its_site_is_no_link(site: Site) -> None:
    add_authority(site, url="javascript:alert(1)")
    assert "javascript:" not in site.visit().get("/authorities/sik").text


def test_an_authority_that_is_not_there_is_not_found(site: Site) -> None:
    for slug in ("nope", "Sik", "sik%00", "..%2f"):
        assert site.visit().get(f"/authorities/{slug}").status_code == 404
