"""A challenge that does not proceed, opened or not."""

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.db import commit
from tests.site import Site, text_of
from tests.web.decisions.doing import CASE, act, kept, letter_to, read_all
from tests.web.decisions.world import World

ENDING = f"{CASE}/ending"


def propose(site: Site, world: World) -> str:
    eva = site.as_(world.eva)
    answer = eva.submit(
        ENDING, ENDING, {"reason-en": "There is no budget.", "reason-de": "Kein Geld."}
    )
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_it_ends_with_a_published_reason_and_letters(site: Site, world: World) -> None:
    eva = site.as_(world.eva)
    assert eva.submit(ENDING, ENDING, {"reason-en": " "}).status_code == 422
    path = propose(site, world)
    assert "no budget" not in site.visit().get("/challenges/labels").text
    assert act(site.as_(world.hanne), path, "confirm").status_code == 303
    read_all(eva, path)
    assert eva.post(f"{path}/release").status_code == 303
    assert "There is no budget." in text_of(site.visit().get("/challenges/labels").text)
    letter = site.as_(world.dieter).get(f"/letters/{letter_to(site, world, 'weser').public_id}")
    assert "Kein Geld." in text_of(letter.text)


def test_a_case_that_ended_before_a_ranking_says_so_and_waits_for_none(
    site: Site, world: World
) -> None:
    with site.database.writing() as session:
        for one in world.applications.values():
            session.get_one(Application, one.id).state = "not_selected"
        session.get_one(Challenge, world.case.id).state = "did_not_proceed"
        commit(session)
    page = text_of(site.as_(world.eva).get(CASE).text)
    assert "Did not proceed" in page
    assert "The challenge ended before applications were ranked." in page
    assert "Nothing to rank yet" not in page


def test_the_reason_is_asked_for_in_languages_by_the_readers_words(
    site: Site, world: World
) -> None:
    page = text_of(site.as_(world.eva, lang="da").get(f"{ENDING}?lang=da").text)
    for said in ("på tysk", "på dansk", "på engelsk"):
        assert f"Begrundelse {said}" in page


def seal(site: Site, world: World) -> None:
    with site.database.writing() as session:
        case = session.get_one(Challenge, world.case.id)
        case.opened_at, case.state = None, "published"
        for name, one in world.applications.items():
            found = session.get_one(Application, one.id)
            found.alias = None
            found.state = "withdrawn" if name == "nordlys" else "submitted"
        commit(session)


def test_before_the_opening_nobody_here_learns_who_is_written_to(site: Site, world: World) -> None:
    seal(site, world)
    path = propose(site, world)
    eva, hanne = site.as_(world.eva), site.as_(world.hanne)
    assert act(hanne, path, "confirm").status_code == 303
    assert eva.post(f"{path}/release").status_code == 303
    site.work()
    to = {one.to for one in site.postbox.letters if "letter for you" in one.subject}
    assert to == {f"{name}@example.org" for name in ("dieter", "lea", "mia", "ove")}
    letter = letter_to(site, world, "weser")
    for name in ("eva", "egon", "hanne", "astrid", "jens", "kim", "paul"):
        browser = site.as_(world.people[name])
        pages = [
            *(CASE, path, "/decisions", "/decisions?part=over", "/audit"),
            *(
                "/desk/challenges/labels",
                "/audit/challenges/labels",
                f"/letters/{letter.public_id}",
            ),
            *(f"{path}/letters/{letter.public_id}", "/challenges/labels", "/search?q=Weser"),
        ]
        for page in pages:
            said = browser.get(page).text.replace("q=Weser", "")
            for word in ("A-weser", letter.public_id, world.of("weser").public_id):
                if page.endswith(word):
                    continue
                assert word not in said, (name, page, word)
        assert browser.get(f"/letters/{letter.public_id}").status_code == 404
        assert browser.get(f"{path}/letters/{letter.public_id}").status_code != 200
    assert site.as_(world.dieter).get(f"/letters/{letter.public_id}").status_code == 200
    assert kept(site, world, "weser").state == "not_selected"
    assert kept(site, world, "nordlys").state == "withdrawn"
