"""/firms/{slug}: one firm as everybody sees it."""

import json
import re
from datetime import timedelta

import pytest

from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.organisations import actions
from tests.site import Site, text_of
from tests.unit.organisations import samples
from tests.web.organisations.acting import World, statements


def test_the_page_says_what_the_profile_says_in_the_readers_words(world: World) -> None:
    answer = world.site.visit(lang="de").get("/firms/nordlys-vision")
    text = text_of(answer.text)
    for words in (
        "Aalborg, Dänemark",
        "Læser skilte på billeder",
        "Produkte und Leistungen En app",
        "Referenzen En styrelse",
        "Themen Kontrollen Technologien Sensorik",
        "72212328 Entwicklung von Bildverarbeitungssoftware",
        "Klein: weniger als 50 Beschäftigte",
        "Gegründet 2019",
        "Arbeitssprachen Dänisch, Englisch",
        "Registernummer CVR 00 19",
        "Website nordlys.example",
        "Nach Angabe des Unternehmens",
        "Zertifikat ISO/IEC 27001",
    ):
        assert words in text
    assert '<p class="gm-lead" lang="da">' in answer.text
    assert 'href="https://nordlys.example" rel="noopener noreferrer nofollow"' in answer.text
    assert 'href="/firms?theme=inspections"' in answer.text


def test_notes_on_evidence_and_the_way_to_change_are_for_members(world: World) -> None:
    visitor = world.site.visit().get("/firms/nordlys-vision").text
    assert "Own" not in text_of(visitor)
    assert world.nordlys.public_id not in visitor
    assert f'href="{world.path}"' in world.as_carla().get("/firms/nordlys-vision").text


def test_the_same_is_there_as_data(world: World) -> None:
    answer = world.site.visit(lang="da").get("/firms/nordlys-vision.json")
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    said = json.loads(answer.text)
    assert said.pop("updated").startswith("2026-11-21T10:00:00")
    assert said == {
        "slug": "nordlys-vision",
        "url": "http://127.0.0.1:8000/firms/nordlys-vision",
        "name": "Nordlys Vision ApS",
        "country": "DK",
        "region": "Nordjylland",
        "city": "Aalborg",
        "size": "small",
        "founded": 2019,
        "website": "https://nordlys.example",
        "registration": "CVR 00 19",
        "vat": "",
        "languages": ["da", "en"],
        "summary": "Læser skilte på billeder",
        "products": "En app\n\nog en tjeneste",
        "references": "En styrelse",
        "text_lang": "da",
        "themes": ["inspections"],
        "technologies": ["sensors"],
        "cpv": ["72212328"],
        "evidence": [{"kind": "iso-27001", "valid_until": None, "reference": "A 1"}],
    }


def timeless(html: str) -> str:
    """Return a page without the minute that the bar of the demonstration tells."""
    return re.sub(r"\d\d:\d\d CES?T", "", html)


@pytest.mark.security(1)
@pytest.mark.parametrize("end", ["", ".json"])
def test_a_firm_that_is_not_listed_is_not_there_for_others(world: World, end: str) -> None:
    path = f"/firms/{world.hemmelig.slug}{end}"
    missing = world.site.visit().get(f"/firms/no-such-firm{end}")
    for browser in (world.site.visit(), world.as_bo()):
        answer = browser.get(path)
        assert answer.status_code == 404
        assert "zyzzyva" not in answer.text
        assert "Hemmelig" not in answer.text
    said, other = world.site.visit().get(path).text, missing.text
    assert timeless(said) == timeless(other.replace(f"/firms/no-such-firm{end}", path))
    own = world.as_dieter().get(path)
    assert own.status_code == 200
    assert own.headers["cache-control"] == "no-store"
    assert "zyzzyva" in own.text


@pytest.mark.parametrize("end", ["", ".json"])
def test_a_closed_firm_is_gone(world: World, end: str) -> None:
    def close(session: samples.Session) -> None:
        for firm in (world.nordlys, world.hemmelig):
            one = session.get_one(type(firm), firm.id)
            lead = samples.lead_of(one)
            actions.close_firm(session, one, actor=lead, now=samples.NOW, real_now=samples.NOW)

    browser = world.site.visit()
    assert browser.get(f"/firms/nordlys-vision{end}").status_code == 200
    world.change(close)
    gone = browser.get(f"/firms/nordlys-vision{end}")
    assert gone.status_code == 410
    assert "This firm has left the directory." in text_of(gone.text)
    assert browser.get(f"/firms/{world.hemmelig.slug}{end}").status_code == 404


def test_evidence_that_is_out_of_date_is_not_shown(world: World) -> None:
    today = real_now().date()
    ends = {"hosting-in-eea": -2, "liability-insurance": 40}

    def add(session: samples.Session) -> None:
        firm = session.get_one(type(world.nordlys), world.nordlys.id)
        for kind, days in ends.items():
            one = samples.evidence(kind, today + timedelta(days=days))
            lead = samples.lead_of(firm)
            actions.add_evidence(session, firm, one, actor=lead, now=samples.NOW)

    world.change(add)
    text = text_of(world.site.visit().get("/firms/nordlys-vision").text)
    assert "Liability insurance, valid until" in text
    assert "Hosting in the EEA" not in text


def test_a_visitors_page_is_kept_and_a_members_page_is_not(world: World) -> None:
    first = world.site.visit().get("/firms/nordlys-vision")
    assert "etag" in first.headers
    # On PostgreSQL one statement asks for the last public event.
    assert statements(world.site, world.site.visit(), "/firms/nordlys-vision") <= 1
    assert world.as_bo().get("/firms/nordlys-vision").headers["cache-control"] == "no-store"


def test_a_profile_with_little_in_it_says_so_calmly(site: Site) -> None:
    with site.database.writing() as session:
        samples.add_firm(session, "Leer GmbH")
        commit(session)
    text = text_of(site.visit().get("/firms/leer").text)
    assert "The firm has not described itself further yet." in text
