"""A challenge is read section by section, remarked upon, answered, and read again."""

from dataclasses import replace
from typing import Any

import pytest

from govmatch.accounts.models import Role
from govmatch.challenges import actions, queries
from govmatch.challenges.models import Remark
from govmatch.challenges.statement import statement_of
from tests.site import Browser, text_of
from tests.web.challenges.desk_world import AUTHORITY, Desk, _get
from tests.web.challenges.sending import fields_of, typed


def path(slug: str, act: str = "") -> str:
    return f"/desk/challenges/{slug}" + (f"/{act}" if act else "")


def page(browser: Browser, slug: str) -> str:
    answer = browser.get(path(slug, "remarks"))
    assert answer.status_code == 200
    return str(answer.text)


def write(browser: Browser, slug: str, act: str = "remarks", **remarks: str) -> Any:
    """Type remarks into the page, and press a button of its form."""
    fields = fields_of(page(browser, slug), path(slug, "remarks"))
    return browser.post(path(slug, act), typed(fields, **remarks))


def answer(browser: Browser, slug: str, note: str, *, done: bool = True, **more: str) -> Any:
    """Answer every remark of the page with the same words."""
    fields = fields_of(page(browser, slug), path(slug, "remarks/answer"))
    for name in [one for one in fields if one.startswith("note-")]:
        fields[name] = [note]
        if done:
            fields[name.replace("note-", "done-")] = ["yes"]
    return browser.post(path(slug, "remarks/answer"), {**fields, **more})


def returned(desk: Desk, **remarks: str) -> str:
    slug = desk.submitted()
    assert write(desk.as_("hanne"), slug, "return", **remarks).status_code == 303
    return slug


def change(desk: Desk, slug: str, **changes: Any) -> None:
    def act(session: Any) -> None:
        challenge = _get(session, slug)
        wanted = replace(statement_of(challenge), **changes)
        actions.save(
            session, challenge, wanted,
            revision=challenge.revision, actor=desk.actors["astrid"], now=desk.now,
        )  # fmt: skip

    desk.change(act)


def section(html: str, name: str) -> str:
    """Return the words of one section of the page."""
    return text_of(html.split(f'<section class="gm-section gm-part" id="{name}"')[1]).split(
        "Section by section"
    )[0]


def test_what_is_returned_shows_its_remarks_to_its_authors(desk: Desk) -> None:
    slug = returned(desk, new__goal="Name the region.\n<b>Please</b>", new__whole="Well done.")
    html = desk.as_("astrid").get(path(slug)).text
    assert "Name the region.\n&lt;b&gt;Please&lt;/b&gt;" in html
    said = text_of(html)
    assert "It was returned with 2 remarks" in said
    assert "Was returned: change it and submit it again" in said
    assert "2 have no answer yet" in said


def test_remarks_are_saved_one_by_one_for_their_writer_alone(desk: Desk) -> None:
    slug = desk.submitted()
    hanne = desk.as_("hanne")
    first = write(hanne, slug, new__goal="Which region?", at="goal")
    assert first.headers["location"] == path(slug, "remarks") + "?saved=goal#goal"
    there = section(hanne.get(path(slug, "remarks") + "?saved=goal").text, "goal")
    assert "Saved. Nobody else reads your remarks" in there.partition("Users")[0]
    assert write(hanne, slug, new__contact="Which office?").status_code == 303
    kept = fields_of(page(hanne, slug), path(slug, "remarks"))
    texts = sorted(kept[name][0] for name in kept if name.startswith("remark-"))
    assert texts == ["Which office?", "Which region?"]
    assert "2 remarks that nobody else reads yet" in text_of(hanne.get(path(slug)).text)
    for name in ("astrid", "asger", "eva"):
        for address in (path(slug), path(slug, "remarks"), path(slug, "rounds")):
            assert "Which region?" not in desk.as_(name).get(address).text
    assert desk.kept(slug).state == "in_review"
    assert write(hanne, slug, "return").status_code == 303
    assert "Which office?" in desk.as_("astrid").get(path(slug)).text


def test_another_approver_reads_them_only_once_they_are_given(desk: Desk) -> None:
    desk.give("gro", Role.APPROVER, "authority", AUTHORITY)
    slug = desk.submitted()
    write(desk.as_("hanne"), slug, new__goal="Between us")
    assert "Between us" not in page(desk.as_("gro"), slug)
    write(desk.as_("gro"), slug, new__goal="Mine")
    assert write(desk.as_("gro"), slug, "return").status_code == 303
    html = desk.as_("astrid").get(path(slug, "remarks")).text
    assert ("Mine" in html, "Between us" in html) == (True, False)


def test_it_is_not_returned_without_a_remark_and_nothing_typed_is_lost(desk: Desk) -> None:
    slug = desk.submitted()
    hanne = desk.as_("hanne")
    empty = write(hanne, slug, "return", new__whole="  ")
    assert empty.status_code == 422
    assert 'id="f-new-whole-error"' in empty.text
    long = write(hanne, slug, "return", new__goal="x" * 4_001, new__contact="Short")
    assert long.status_code == 422
    assert 'id="f-new-goal-error"' in long.text
    fields = fields_of(long.text, path(slug, "remarks"))
    assert (fields["new-goal"], fields["new-contact"]) == (["x" * 4_001], ["Short"])
    assert desk.kept(slug).state == "in_review"


def test_switching_the_language_keeps_what_was_typed_and_saves_nothing(desk: Desk) -> None:
    slug = desk.submitted()
    answer = write(desk.as_("hanne"), slug, new__goal="Half a thought", switch_lang="de")
    assert answer.status_code == 200
    assert "Half a thought" in answer.text
    assert "Lesen und anmerken" in answer.text
    with desk.site.database.reading() as session:
        assert session.query(Remark).count() == 0


def test_its_authors_answer_and_the_approver_reads_it_beside_what_has_changed(desk: Desk) -> None:
    slug = returned(desk, new__budget="Is it enough?", new__goal="Which region?")
    astrid, hanne = desk.as_("astrid"), desk.as_("hanne")
    assert answer(astrid, slug, "We asked for more.").status_code == 303
    change(desk, slug, budget_max=900_000)
    assert astrid.post(path(slug, "submit")).status_code == 303
    html = page(hanne, slug)
    budget = section(html, "budget").partition("Timeline")[0]
    for words in (
        "Changed",
        "600,000",
        "900,000",
        "Is it enough?",
        "We asked for more.",
        "Dealt with",
    ):
        assert words in budget, words
    assert "Changed since" not in section(html, "contact").partition("Translations")[0]
    assert "It was changed after the remarks" in text_of(hanne.get(path(slug)).text)
    told = text_of(hanne.get(path(slug, "rounds")).text)
    assert told.index("Submission 2") < told.index("Submission 1") < told.index("Is it enough?")


def test_an_answer_that_is_too_long_is_kept_on_the_page(desk: Desk) -> None:
    slug = returned(desk, new__goal="Which region?")
    long = answer(desk.as_("astrid"), slug, "y" * 1_001)
    assert long.status_code == 422
    assert "y" * 1_001 in long.text


def test_answering_on_a_sections_own_page_leads_back_to_it(desk: Desk) -> None:
    slug = returned(desk, new__goal="Which region?", new__contact="Which office?")
    astrid = desk.as_("astrid")
    there = path(slug, "edit/goal")
    fields = fields_of(astrid.get(there).text, path(slug, "remarks/answer"))
    assert len([name for name in fields if name.startswith("note-")]) == 1
    done = astrid.post(path(slug, "remarks/answer"), fields)
    assert done.headers["location"] == there
    assert answer(astrid, slug, "x", section="//elsewhere").headers["location"] == path(
        slug, "remarks"
    )


def test_a_manager_returns_what_was_approved_with_remarks(desk: Desk) -> None:
    slug = desk.approved()
    assert write(desk.as_("eva"), slug, "return", new__timeline="Too early.").status_code == 303
    assert desk.kept(slug).state == "returned"
    assert "Too early." in desk.as_("astrid").get(path(slug)).text


def test_the_same_return_sent_twice_is_one_act(desk: Desk) -> None:
    slug = desk.submitted()
    hanne = desk.as_("hanne")
    fields = typed(fields_of(page(hanne, slug), path(slug, "remarks")), new__goal="Once")
    answers = [hanne.post(path(slug, "return"), fields) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert desk.events(slug).count("ChallengeReturned") == 1
    with desk.site.database.reading() as session:
        assert len(queries.remarks_of(session, _get(session, slug))) == 1


@pytest.mark.security(1)
def test_others_neither_read_nor_write_remarks(desk: Desk) -> None:
    slug = returned(desk, new__goal="Which region?")
    for name, status in (("ida", 404), ("pia", 404), ("bo", 403), ("jens", 403), ("kim", 403)):
        browser = desk.as_(name)
        for address in ("remarks", "rounds"):
            assert browser.get(path(slug, address)).status_code == status
        for act in ("remarks", "remarks/answer", "return"):
            assert browser.post(path(slug, act), {"new-goal": "Mine"}).status_code == status


@pytest.mark.security(3)
def test_who_wrote_it_writes_no_remarks_and_the_approver_no_answers(desk: Desk) -> None:
    slug = desk.submitted()
    astrid = desk.as_("astrid")
    assert "new-goal" not in page(astrid, slug)
    assert astrid.post(path(slug, "remarks"), {"new-goal": "Mine"}).status_code == 403
    back = returned(desk, new__goal="Which region?")
    hanne = desk.as_("hanne")
    assert 'name="note-' not in page(hanne, back)
    assert hanne.post(path(back, "remarks/answer"), {}).status_code == 403


def test_the_auditor_reads_every_round(desk: Desk) -> None:
    slug = returned(desk, new__budget="Is it enough?")
    answer(desk.as_("astrid"), slug, "We asked for more.")
    change(desk, slug, budget_max=900_000)
    desk.as_("astrid").post(path(slug, "submit"))
    jens = desk.as_("jens")
    assert f"/audit/challenges/{slug}/approval" in jens.get(f"/audit/challenges/{slug}").text
    told = text_of(jens.get(f"/audit/challenges/{slug}/approval").text)
    for words in ("Is it enough?", "We asked for more.", "900,000", "Returned with 1 remark"):
        assert words in told, words


def test_the_mail_says_how_many_remarks_and_none_of_them(desk: Desk) -> None:
    slug = returned(desk, new__goal="Between us alone", new__whole="And this")
    desk.site.work()
    letters = [one for one in desk.site.postbox.letters if one.subject.startswith("Returned")]
    assert len(letters) == 1
    assert "Number of remarks: 2" in letters[0].body
    assert "Between us" not in letters[0].body
    assert path(slug) in letters[0].body


@pytest.mark.parametrize(
    ("lang", "heading"),
    [("de", "Lesen und anmerken"), ("da", "Læs og skriv bemærkninger"), ("en", "Read and remark")],
)
def test_the_page_speaks_three_languages(desk: Desk, lang: str, heading: str) -> None:
    slug = desk.submitted()
    answer = desk.as_("hanne").get(f"{path(slug, 'remarks')}?lang={lang}")
    assert heading in text_of(answer.text)
