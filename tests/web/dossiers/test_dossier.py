"""The file of a case: made, taken, whole; and by whom."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from govmatch.applications.actions.access import close
from govmatch.challenges.models import Challenge
from govmatch.dossiers.checking import verify
from govmatch.dossiers.labels import COLUMNS
from govmatch.dossiers.models import Dossier
from govmatch.dossiers.words import TITLES
from govmatch.kit.db import Session
from govmatch.kit.i18n import Lang, msg, say
from govmatch.kit.journal import rows_about
from govmatch.kit.signing import Signer
from govmatch.privacy.labels import LABELS
from govmatch.reviews.showing import criteria_of
from tests.site import SECRET, text_of
from tests.unit.decisions.acting import NOW, acting
from tests.web.decisions.world import CANARY, World
from tests.web.dossiers.world import ANSWER, BYTES, MESSAGE, NOTE, PATH, make, members, taken
from tests.web.explore import results_world as steps
from tests.web.explore.results_world import Told


def test_an_auditor_takes_a_file_that_holds_all_and_proves_itself(
    case: Told, tmp_path: Path
) -> None:
    path = make(case)
    content = taken(case, path)
    place = tmp_path / "case.zip"
    place.write_bytes(content)
    verdict = verify(place, Signer(SECRET))
    assert verdict.faults == []
    assert verdict.versions == 5
    assert verify(place, Signer("of another site")).faults[0].name == "manifest.json"
    found = members(content)
    page = found["case.html"].decode()
    for said in ("Muskatnuss", NOTE, MESSAGE, CANARY, "fit of nordlys", "Scanning labels", "Jens"):
        assert said.casefold() in page.casefold(), said
    assert "<script" not in page
    assert "http" not in page.replace("https://www.w3.org", "").partition("<main>")[0]
    [plan] = [name for name in found if name.startswith("files/")]
    assert ".." not in plan
    assert found[plan] == BYTES
    one = json.loads(found["applications/A-nordlys.json"])
    assert json.loads(one["versions"][0]["content"])["answers"]["what"] == ANSWER
    assert one["tables"]["letters"][0]["body"]
    assert one["messages"][0]["text"] == MESSAGE
    assert one["tables"]["deliveries"][0]["text"] == "zimtstern was delivered"
    assert len(one["tables"]["scores"]) == 4


def test_while_a_file_is_made_there_is_no_form_for_another_of_its_kind(case: Told) -> None:
    jens = case.as_("jens")
    asked = [jens.get(PATH).text]
    assert jens.submit(PATH, PATH, {"kind": "public"}).status_code == 303
    asked.append(jens.get(PATH).text)
    kinds = [re.findall(r'name="kind" value="(\w+)"', html) for html in asked]
    assert kinds == [["full", "public"], ["full"]]
    assert [html.count(f'method="post" action="{PATH}') for html in asked] == [2, 1]


def test_making_and_taking_are_rows_of_the_case_and_who_asked_is_told(case: Told) -> None:
    path = make(case, "eva")
    taken(case, path, "eva")
    with case.site.database.reading() as session:
        events = [row.event for row in rows_about(session, "challenge", case.world.case.id)]
    assert events[-3:] == ["DossierAsked", "DossierMade", "DossierTaken"]
    [letter] = [one for one in case.site.postbox.letters if "case file" in one.subject]
    assert letter.to == case.world.eva.email
    assert "labels" not in letter.body.replace(PATH, "")
    page = text_of(case.as_("jens").get("/audit/challenges/labels?page=2").text)
    page += text_of(case.as_("jens").get("/audit/challenges/labels").text)
    assert "File of the case taken" in page
    assert "Entry of the kind" not in page


def test_a_copy_for_the_public_names_nobody_and_says_what_it_leaves_out(
    case: Told, tmp_path: Path
) -> None:
    content = taken(case, make(case, "hanne", kind="public"), "hanne")
    place = tmp_path / "public.zip"
    place.write_bytes(content)
    assert verify(place).faults == []
    found = members(content)
    assert set(found) == {"case.html", "case.json", "journal.json", "manifest.json"}
    whole = b" ".join(found.values()).decode()
    hidden = ["Muskatnuss", NOTE, MESSAGE, CANARY, "zimtstern", "+45 12", "labels@example.org"]
    names = "|".join(one.name for one in case.world.people.values())
    assert not re.findall(rf"\b(?:{names})\b", whole)
    hidden += [one.email for one in case.world.people.values()]
    hidden += [case.world.firms[name].name for name in ("weser", "fjord", "klar", "outside")]
    assert [one for one in hidden if one.casefold() in whole.casefold()] == []
    data = json.loads(found["case.json"])
    assert [one["firm"] for one in data["applications"] if "firm" in one] == ["Nordlys"]
    assert data["applications"][0]["decided"][0]["mean"] == 5
    told = {one["what"]: one["number"] for one in data["left_out"]}
    assert told["Points and comments of each reviewer"] == 8
    assert "What is left out, and why" in found["case.html"].decode()


def test_before_the_opening_the_file_tells_of_no_application(case: Told) -> None:
    case.do(steps.sealed)
    found = members(taken(case, make(case, "astrid"), "astrid"))
    assert not [name for name in found if name.startswith(("applications/", "files/", "receipts/"))]
    whole = b" ".join(found.values()).decode()
    for said in ("nordlys", "A-klar", "ApplicationSubmitted", "LetterReleased", "Muskatnuss"):
        assert said not in whole
    assert "sealed" in found["case.html"].decode()


@pytest.mark.security(1)
def test_only_those_who_read_the_whole_case_have_its_file(case: Told) -> None:
    path = make(case, "eva")
    for name in ("jens", "astrid", "hanne", "eva"):
        assert case.as_(name).get(PATH).status_code == 200, name
        assert case.as_(name).get(path).status_code == 200, name
    for name, status in (("bo", 403), ("finn", 403), ("kim", 403), ("ida", 404)):
        assert case.as_(name).get(PATH).status_code == status, name
        assert case.as_(name).get(path).status_code == status, name
        assert case.as_(name).post(PATH, {"kind": "full"}).status_code in {403, 404, 422}, name


@pytest.mark.security(1)
def test_a_conflict_that_is_found_later_closes_what_was_made_before(case: Told) -> None:
    path = make(case, "eva")

    def note(session: Session, world: World) -> None:
        close(
            session, world.of("klar"), world.eva.id, why="conflict",
            actor=acting(session, world.egon), now=NOW,
        )  # fmt: skip

    case.do(note)
    assert case.as_("eva").get(path).status_code == 403
    assert case.as_("eva").get(PATH).status_code == 403
    assert case.as_("jens").get(path).status_code == 200


def test_who_loses_the_right_while_it_is_made_gets_none(case: Told) -> None:
    eva = case.as_("eva")
    assert eva.submit(PATH, PATH, {"kind": "full"}).status_code == 303

    def note(session: Session, world: World) -> None:
        close(
            session, world.of("klar"), world.eva.id, why="conflict",
            actor=acting(session, world.egon), now=NOW,
        )  # fmt: skip

    case.do(note)
    case.site.work()
    with case.site.database.reading() as session:
        [one] = session.query(Dossier).all()
        assert one.made_at is None
        assert one.gone_at is not None
    folder = case.site.settings.data_dir / "dossiers"
    assert not folder.is_dir() or not list(folder.iterdir())


def test_asking_twice_makes_one_and_its_time_ends(case: Told) -> None:
    eva = case.as_("eva")
    for _ in range(2):
        assert eva.submit(PATH, PATH, {"kind": "full"}).status_code == 303
    case.site.work()
    with case.site.database.writing() as session:
        [one] = session.query(Dossier).all()
        assert one.made_at is not None
        one.expires_at = one.made_at
        session.commit()
    case.site.work()
    assert "Deleted" in text_of(eva.get(PATH).text)
    assert not list((case.site.settings.data_dir / "dossiers").iterdir())


@pytest.mark.parametrize("lang", ["de", "da"])
def test_the_page_and_the_file_speak_each_language(case: Told, lang: Lang) -> None:
    path = make(case, lang=lang)
    html = case.as_("jens").get(f"{PATH}?lang={lang}").text
    assert f'<html lang="{lang}">' in html
    page = members(taken(case, path))["case.html"].decode()
    assert f'<html lang="{lang}">' in page
    assert "Case file" not in page
    known = {say(one, lang) for one in (*COLUMNS.values(), *LABELS.values())}
    heads = set(re.findall(r"<dt>(.*?)</dt>", page))
    criteria = {unescape(one) for one in heads} - known
    with case.site.database.reading() as session:
        challenge = session.get_one(Challenge, case.world.case.id)
        own = {one.label for one in criteria_of(challenge, lang)}
    assert criteria <= own | {say(msg("Summary"), lang)}
    titles = {say(one, lang) for one in TITLES.values()}
    shown = {unescape(one) for one in re.findall(r"<h3>(.*?)</h3>", page)}
    assert {one for one in shown if not re.search(r"\d", one)} <= titles
    for code in ("not_selected", "submitted", "released", "confirmed"):
        assert f"<dd>{code}</dd>" not in page
