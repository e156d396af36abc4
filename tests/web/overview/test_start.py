"""The first page of administrators: the one thing to see to next."""

from sqlalchemy import delete

from govmatch.accounts.models import Role, RoleRow
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme, ProgrammeAuthority, Round
from tests.site import text_of
from tests.web.challenges.desk_world import Desk


def test_the_most_pressing_thing_comes_first_and_can_be_done_at_once(desk: Desk) -> None:
    manager = delete(RoleRow).where(RoleRow.role == Role.MANAGER)
    desk.change(lambda session: session.execute(manager))
    browser = desk.as_("kim")
    html = browser.get("/admin").text
    page = text_of(html)
    assert "Bremen: Digital Services for Business has no programme manager" in page
    link = "/admin/invitations/new?for=programme%3Abremen-wirtschaft-digital&amp;role=manager"
    assert f'href="{link}"' in html
    form = browser.get(link.replace("&amp;", "&")).text
    assert '<option value="programme:bremen-wirtschaft-digital" selected>' in form
    assert '<option value="manager" selected>' in form


def test_an_authority_borrows_the_approver_of_its_programme(desk: Desk) -> None:
    words = "Nobody approves for Free Hanseatic City of Bremen, Economy"
    browser = desk.as_("kim")
    assert words in text_of(browser.get("/admin").text)
    desk.give("gro", Role.APPROVER, "programme", "bremen-wirtschaft-digital")
    assert words not in text_of(browser.get("/admin").text)


def test_who_cannot_sign_in_does_not_count(desk: Desk) -> None:
    browser = desk.as_("kim")
    words = "Nobody approves for Danish Safety Technology Authority"
    assert words not in text_of(browser.get("/admin").text)
    path = f"/admin/people/{desk.people['hanne'].public_id}/disable"
    assert browser.post(path).status_code == 303
    assert words in text_of(browser.get("/admin").text)


def test_a_new_site_begins_with_an_authority(desk: Desk) -> None:
    desk.empty(ProgrammeAuthority, Authority)
    page = text_of(desk.as_("kim").get("/admin").text)
    assert "Make the first authority" in page


def test_what_is_new_and_not_yet_joined_is_the_next_thing(desk: Desk) -> None:
    desk.empty(ProgrammeAuthority, Authority, Round, Programme)
    desk.give("gro", Role.ADMINISTRATOR, "site", "")
    browser = desk.as_("kim")
    form = {"slug": "city", "country": "DE", "zone": "Europe/Berlin", "languages": "de"}
    names = {f"name_{lang}": "City" for lang in ("de", "da", "en")}
    contact = {"contact_name": "Office", "contact_email": "o@city.example"}
    assert browser.post("/admin/authorities/new", {**form, **names, **contact}).status_code == 303
    assert "City takes part in no programme" in text_of(browser.get("/admin").text)
