"""What a draft said before, how two versions differ, and going back."""

import pytest
from sqlalchemy import select, update

from govmatch.challenges import personal
from govmatch.challenges.actions.versions import RUN, WHOLE
from govmatch.challenges.models import Challenge, ChallengeVersion
from govmatch.challenges.statement import Words
from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import editor, save, section_form, typed

WORDS = {"en": Words(title="T", summary="S", body="## The problem\n\nFire burns.")}


def versions(slug: str) -> str:
    return f"/desk/challenges/{slug}/versions"


def kept(desk: Desk) -> list[tuple[int, list[str]]]:
    with desk.site.database.reading() as session:
        rows = session.scalars(select(ChallengeVersion).order_by(ChallengeVersion.id)).all()
        return [(row.revision, list(row.changed)) for row in rows]


def test_each_save_is_a_version_that_says_what_changed(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    save(desk.as_("astrid"), slug, "budget", budget_max="9")
    save(desk.as_("asger"), slug, "users", users__en="We", users__de="Wir")
    numbers = [number for number, _ in kept(desk)]
    assert numbers == [1, 2, 3]
    assert [set(names) for _, names in kept(desk)][1:] == [
        {"budget_max"},
        {"users.en", "users.de"},
    ]
    page = text_of(desk.as_("hanne").get(versions(slug)).text)
    assert "3 now" in page
    assert "Asger Users With the one before" in page
    assert "Astrid" in page


def test_any_two_versions_are_compared_word_by_word(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    save(desk.as_("astrid"), slug, "problem", problem__en="Fire burns brightly.")
    save(desk.as_("asger"), slug, "contact", contact_phone="+45 7")
    browser = desk.as_("eva")
    html = browser.get(f"{versions(slug)}?from=1&to=3").text
    assert "<ins> brightly</ins>" in html
    assert "+45 7" in text_of(html)
    for query in ("from=3&to=1", "from=1&to=3"):
        answer = text_of(browser.get(f"{versions(slug)}?{query}").text)
        assert "From version 1 to version 3" in answer
    assert "brightly" not in browser.get(f"{versions(slug)}?from=2&to=3").text
    assert "They say the same." in text_of(browser.get(f"{versions(slug)}?from=2&to=2").text)


@pytest.mark.parametrize("query", ["from=1", "from=1&to=9", "from=x&to=1", "to=1", "from=-1&to=1"])
def test_versions_that_there_are_not_are_not_found(desk: Desk, query: str) -> None:
    slug = desk.draft()
    assert desk.as_("astrid").get(f"{versions(slug)}?{query}").status_code == 404


def test_a_version_is_taken_back_as_a_new_one(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    browser = desk.as_("astrid")
    before = desk.says(slug)
    save(browser, slug, "problem", problem__en="Nothing.")
    fields = {"number": "1", "revision": "2"}
    assert browser.post(f"{versions(slug)}/restore", fields).status_code == 303
    assert desk.says(slug) == before
    assert [number for number, _ in kept(desk)] == [1, 2, 3]
    assert "Version 1 taken back" in text_of(browser.get(versions(slug)).text)
    assert desk.events(slug) == ["ChallengeDrafted", "ChallengeSaved", "ChallengeSaved"]


def test_a_version_is_not_taken_back_over_what_somebody_saved_meanwhile(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    save(desk.as_("astrid"), slug, "problem", problem__en="Nothing.")
    save(desk.as_("asger"), slug, "budget", budget_max="9")
    answer = desk.as_("astrid").post(f"{versions(slug)}/restore", {"number": "1", "revision": "2"})
    assert answer.status_code == 409
    assert desk.says(slug).budget_max == 9


@pytest.mark.security(4)
def test_who_sees_the_draft_sees_its_versions_and_who_writes_takes_one_back(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    save(desk.as_("astrid"), slug, "budget", budget_max="9")
    for name, status in (("hanne", 200), ("eva", 200), ("ida", 404), ("pia", 404), ("bo", 403)):
        assert desk.as_(name).get(versions(slug)).status_code == status
    fields = {"number": "1", "revision": "2"}
    for name, status in (("hanne", 403), ("eva", 403), ("ida", 404), ("pia", 404), ("bo", 403)):
        assert desk.as_(name).post(f"{versions(slug)}/restore", fields).status_code == status
    assert desk.says(slug).budget_max == 9


def test_a_version_of_another_challenge_is_not_found(desk: Desk) -> None:
    slug, other = desk.draft(words=WORDS), desk.draft()
    save(desk.as_("astrid"), other, "budget", budget_max="9")
    answer = desk.as_("astrid").post(f"{versions(slug)}/restore", {"number": "2", "revision": "1"})
    assert answer.status_code == 404


def test_saves_shortly_after_each_other_are_shown_as_one(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    browser = desk.as_("astrid")
    for amount in ("1", "2", "3"):
        save(browser, slug, "budget", budget_max=amount)
    save(browser, slug, "contact", contact_phone="+45 7")
    page = text_of(browser.get(versions(slug)).text)
    assert "5 now" in page
    assert "Version 4" not in page
    assert [number for number, _ in kept(desk)] == [1, 2, 3, 4, 5], "each is there to merge with"


def test_after_some_days_a_run_of_saves_is_one_version_with_all_its_changes(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    browser = desk.as_("astrid")
    save(browser, slug, "budget", budget_max="1")
    save(browser, slug, "contact", contact_phone="+45 7")
    long_ago = desk.now - WHOLE - RUN
    desk.change(lambda session: session.execute(update(ChallengeVersion).values(at=long_ago)))
    save(desk.as_("asger"), slug, "budget", pilots_max="1")
    assert [number for number, _ in kept(desk)] == [3, 4]
    assert {"title.en", "problem.en", "budget_max", "contact.phone"} <= set(kept(desk)[0][1])
    old = typed(section_form(browser, slug, "users"), users__en="We", revision="2")
    assert browser.post(editor(slug, "users"), old).status_code in {303, 409}


def test_many_versions_take_no_more_statements_than_few(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    astrid, asger = desk.as_("astrid"), desk.as_("asger")
    save(asger, slug, "budget", budget_max="1")
    few = desk.statements(desk.as_("hanne"), f"{versions(slug)}?from=1&to=2")
    for number, who in enumerate((astrid, asger, astrid, asger), 2):
        save(who, slug, "budget", budget_max=str(number))
    assert desk.statements(desk.as_("hanne"), f"{versions(slug)}?from=1&to=6") == few


@pytest.mark.security(14)
def test_who_saved_what_is_in_ones_data_and_stays_with_the_case(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    save(desk.as_("asger"), slug, "budget", budget_max="1")
    number = desk.people["asger"].id
    with desk.site.database.reading() as session:
        saves = personal.export(session, number)["saves"]
    assert [(one["challenge"], one["version"]) for one in saves] == [(slug, 2)]  # type: ignore[attr-defined]
    desk.set_person("asger", name="")
    assert "A person who is no longer here" in text_of(desk.as_("hanne").get(versions(slug)).text)


def test_with_a_draft_go_its_versions(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    save(desk.as_("astrid"), slug, "budget", budget_max="1")
    assert desk.as_("astrid").post(f"/desk/challenges/{slug}/delete", {}).status_code == 303
    assert kept(desk) == []
    with desk.site.database.reading() as session:
        assert session.scalars(select(Challenge.id)).all() == []


class TestTranslating:
    """The main language on the left; what it has left behind is told."""

    def path(self, slug: str, to: str = "de") -> str:
        return f"{editor(slug, 'translations')}?to={to}"

    def draft(self, desk: Desk) -> str:
        german = Words(title="T", summary="S", body="## Das Problem\n\nFeuer brennt.")
        return desk.draft(words={**WORDS, "de": german})

    def test_what_is_missing_is_written_beside_the_original(self, desk: Desk) -> None:
        slug = self.draft(desk)
        browser = desk.as_("astrid")
        save(browser, slug, "users", users__en="Firefighters")
        page = text_of(browser.get(self.path(slug)).text)
        assert "Users missing" in page
        assert "Firefighters" in page
        answer = save(browser, slug, "translations", to="de", users__de="Die Feuerwehr")
        assert answer.headers["location"] == editor(slug)
        assert "Die Feuerwehr" in desk.says(slug).words["de"].body

    def test_each_language_is_translated_by_itself(self, desk: Desk) -> None:
        slug = self.draft(desk)
        browser = desk.as_("astrid")
        fields = {
            **section_form(browser, slug, "translations"),
            "to": ["da"],
            "title-da": ["Titel"],
            "problem-da": ["Ild"],
        }
        answer = browser.post(editor(slug, "translations"), {**fields, "do": ["next"]})
        assert answer.headers["location"] == f"{editor(slug, 'translations')}?to=de"
        assert desk.says(slug).words["da"] == Words(title="Titel", body="## Problemet\n\nIld")

    def test_an_original_that_changed_is_told_until_somebody_has_looked(self, desk: Desk) -> None:
        slug = self.draft(desk)
        browser, asger = desk.as_("astrid"), desk.as_("asger")
        assert "original has changed" not in text_of(browser.get(self.path(slug)).text)
        save(browser, slug, "problem", problem__en="Fire burns brightly.")
        html = browser.get(self.path(slug)).text
        assert "original has changed" in text_of(html)
        assert "<ins> brightly</ins>" in html
        assert "German: 1 text changed since" in text_of(browser.get(editor(slug)).text)
        confirmed = typed(section_form(asger, slug, "translations"), right=["problem.de"])
        assert asger.post(editor(slug, "translations"), confirmed).status_code == 303
        assert "original has changed" not in text_of(browser.get(self.path(slug)).text)
        assert desk.says(slug).words["de"].body == "## Das Problem\n\nFeuer brennt."

    def test_translating_anew_is_looking_too_and_changing_back_undoes_it(self, desk: Desk) -> None:
        slug = self.draft(desk)
        browser = desk.as_("astrid")
        save(browser, slug, "problem", problem__en="Water.")
        save(browser, slug, "problem", problem__en="Fire burns.")
        assert "original has changed" not in text_of(browser.get(self.path(slug)).text)
        save(browser, slug, "problem", problem__en="Water.")
        save(browser, slug, "translations", problem__de="Wasser.")
        assert "original has changed" not in text_of(browser.get(self.path(slug)).text)
