"""Authorities: making one, changing one, and those that live in files."""

from typing import Any

import pytest

from govmatch.organisations.models import Authority
from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import fields_of, typed
from tests.web.overview.asking import events

NEW = "/admin/authorities/new"
WHOLE: dict[str, Any] = {
    "name_en": "City of Bremerhaven",
    "name_de": "Stadt Bremerhaven",
    "name_da": "Bremerhaven Kommune",
    "slug": "bremerhaven",
    "description_de": "Hafen",
    "country": "DE",
    "zone": "Europe/Berlin",
    "languages": ["de", "en"],
    "url": "https://bremerhaven.example",
    "contact_name": "Digitalbüro",
    "contact_email": "digital@bremerhaven.example",
}


def kept(desk: Desk, slug: str) -> Authority | None:
    with desk.site.database.reading() as session:
        found = session.query(Authority).filter(Authority.slug == slug).one_or_none()
        if found is not None:
            session.expunge(found)
        return found


def make(desk: Desk, **changes: Any) -> Any:
    browser = desk.as_("kim")
    fields = fields_of(browser.get(NEW).text, NEW)
    return browser.post(NEW, typed(fields, **{**WHOLE, **changes}))


def test_an_authority_is_made(desk: Desk) -> None:
    answer = make(desk)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/admin/authorities/bremerhaven",
    )
    made = kept(desk, "bremerhaven")
    assert made is not None
    assert made.names["da"] == "Bremerhaven Kommune"
    assert (made.country, made.zone, made.languages) == ("DE", "Europe/Berlin", ["de", "en"])
    assert made.contact == {"name": "Digitalbüro", "email": "digital@bremerhaven.example"}
    assert made.source_path is None
    assert "City of Bremerhaven" in text_of(desk.as_("kim").get("/admin/authorities").text)
    assert desk.site.visit().get("/authorities/bremerhaven").status_code == 200
    assert events(desk, "authority") == ["AuthorityCreated"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_da": ""}, "name_da"),
        ({"slug": "Groß & klein"}, "slug"),
        ({"slug": "new"}, "slug"),
        ({"slug": "sikkerhedsstyrelsen"}, "slug"),
        ({"slug": "../etc"}, "slug"),
        ({"country": "QQ"}, "country"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"languages": ["tlh"]}, "languages"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "javascript://x.example/%0aalert(1)"}, "url"),
        ({"url": "https:// x"}, "url"),
        ({"contact_email": "nobody"}, "contact_email"),
        ({"name_en": "x" * 151}, "name_en"),
    ],
)
def test_what_does_not_fit_is_named_and_kept(
    desk: Desk, changes: dict[str, Any], field: str
) -> None:
    answer = make(desk, **changes)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert fields_of(answer.text, NEW)["contact_name"] == ["Digitalbüro"]
    assert events(desk, "authority") == []


def test_one_made_here_is_changed_here_and_keeps_its_address(desk: Desk) -> None:
    make(desk)
    path = "/admin/authorities/bremerhaven"
    browser = desk.as_("kim")
    fields = fields_of(browser.get(path).text, path)
    answer = browser.post(path, typed(fields, name_en="Port of Bremerhaven", slug="other"))
    assert answer.status_code == 303
    after = kept(desk, "bremerhaven")
    assert after is not None
    assert after.names["en"] == "Port of Bremerhaven"
    assert kept(desk, "other") is None
    assert events(desk, "authority") == ["AuthorityCreated", "AuthorityChanged"]


def test_one_from_a_file_is_shown_and_not_changed(desk: Desk) -> None:
    path = "/admin/authorities/sikkerhedsstyrelsen"
    browser = desk.as_("kim")
    html = browser.get(path).text
    assert "It is changed in content/authorities/sikkerhedsstyrelsen.yaml." in text_of(html)
    assert f'action="{path}"' not in html
    before = kept(desk, "sikkerhedsstyrelsen")
    answer = browser.post(path, {**WHOLE, "languages": "de"})
    assert answer.status_code == 403
    assert "stands in its file" in text_of(answer.text)
    after = kept(desk, "sikkerhedsstyrelsen")
    assert before is not None
    assert after is not None
    assert after.names == before.names


def test_its_page_lists_who_acts_for_it_and_where_it_takes_part(desk: Desk) -> None:
    page = text_of(desk.as_("kim").get("/admin/authorities/sikkerhedsstyrelsen").text)
    assert "Astrid Staff member" in page
    assert "Hanne Approver" in page
    assert "Eva" not in page
    assert "GovTech programme" in page


def test_the_other_language_shows_what_was_typed_and_makes_nothing(desk: Desk) -> None:
    answer = make(desk, switch_lang="da")
    assert answer.status_code == 200
    assert fields_of(answer.text, NEW)["name_en"] == ["City of Bremerhaven"]
    assert "Opret en myndighed" in text_of(answer.text)
    assert kept(desk, "bremerhaven") is None


def test_the_same_form_sent_twice_makes_one(desk: Desk) -> None:
    browser = desk.as_("kim")
    fields = typed(fields_of(browser.get(NEW).text, NEW), **WHOLE)
    assert [browser.post(NEW, fields).status_code for _ in range(2)] == [303, 303]
    assert events(desk, "authority") == ["AuthorityCreated"]


@pytest.mark.security(10)
def test_fields_that_the_form_does_not_have_change_nothing(desk: Desk) -> None:
    make(desk, id="1", source_path="authorities/x.yaml", created_at="2000-01-01")
    made = kept(desk, "bremerhaven")
    assert made is not None
    assert (made.source_path, made.created_at.year) == (None, desk.now.year)


@pytest.mark.security(6)
def test_a_name_is_shown_as_text(desk: Desk) -> None:
    make(desk, name_en="<script>alert(1)</script>")
    browser = desk.as_("kim")
    pages = ("/admin/authorities", "/admin/authorities/bremerhaven", "/admin/invitations/new")
    for path in (*pages, "/admin", "/admin/programmes/govtech"):
        html = browser.get(path).text
        assert "<script>alert" not in html, path
        assert "&lt;script&gt;alert" in html, path


def test_an_authority_that_does_not_exist_is_not_found(desk: Desk) -> None:
    for path in ("/admin/authorities/none", "/admin/authorities/%00", "/admin/programmes/none"):
        assert desk.as_("kim").get(path).status_code in {400, 404}
