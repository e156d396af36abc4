"""“Not for us”: a challenge leaves one firm's list, what is like it goes down there, and back."""

from govmatch.kit.journal import JournalRow
from tests.site import Browser, text_of
from tests.web.matching.test_list import INVOICES_TITLE, LABELS_TITLE, page_of
from tests.web.matching.world import MatchWorld


def say(browser: Browser, slug: str, **fields: str) -> int:
    path = f"/matches/{slug}/not-for-us"
    answer = browser.submit(path, path, fields)
    return int(answer.status_code)


def lowered(world: MatchWorld, key: str) -> dict[int, float]:
    """Return what opinions take off in a firm's list, by challenge, as shares of the score."""
    from govmatch.matching import queries  # noqa: PLC0415

    with world.site.database.reading() as session:
        rows = queries.matches(session, "firm", world.firms[key].id)
        return {row.other_id: round(row.lowered / row.score, 2) for row in rows if row.score > 0}


def test_it_leaves_the_list_at_once_and_stands_below_with_its_reason(world: MatchWorld) -> None:
    browser = world.desk.as_("bo")
    assert say(browser, world.labels, reason="capacity", note="Not before May") == 303
    page = page_of(browser)
    assert f"“{LABELS_TITLE}” has left your list." in page
    page = page_of(browser)
    shown, _, below = page.partition("1 is not for you, you said")
    assert LABELS_TITLE not in shown
    assert LABELS_TITLE in below and "We have no time for it: Not before May Undo" in below
    answer = browser.submit("/matches", f"/matches/{world.labels}/take-up", {})
    assert answer.status_code == 303
    page = page_of(browser)
    assert "is in your list again" in page and "you said" not in page
    assert page_of(browser).find(LABELS_TITLE) >= 0


def test_what_is_like_a_topic_that_the_firm_does_not_do_goes_down_in_its_list_alone(
    world: MatchWorld,
) -> None:
    [other] = world.open_more(1)
    like, unlike = world.challenge(other), world.challenge(world.invoices)
    assert set(lowered(world, "nordlys").values()) == {0.0}
    assert say(world.desk.as_("bo"), world.labels, reason="topic") == 303
    world.work()
    now = lowered(world, "nordlys")
    assert now[like] > 0.7
    assert now.get(unlike, 0.0) < 0.3
    assert set(lowered(world, "geheim").values()) == {0.0}
    page = page_of(world.desk.as_("bo"), f"/matches/{other}")
    assert "Fits very well" in page
    world.desk.as_("bo").submit("/matches", f"/matches/{world.labels}/take-up", {})
    world.work()
    assert set(lowered(world, "nordlys").values()) == {0.0}


def test_any_other_reason_says_nothing_of_other_challenges(world: MatchWorld) -> None:
    world.open_more(1)
    assert say(world.desk.as_("bo"), world.labels, reason="place") == 303
    world.work()
    assert set(lowered(world, "nordlys").values()) == {0.0}


def test_a_reason_is_needed_and_what_was_typed_stays(world: MatchWorld) -> None:
    browser = world.desk.as_("bo")
    path = f"/matches/{world.labels}/not-for-us"
    answer = browser.submit(path, path, {"note": "Because of this"})
    assert answer.status_code == 422
    assert "Because of this" in answer.text
    assert "Please choose one of the options." in text_of(answer.text)
    assert LABELS_TITLE in page_of(browser)


def test_the_language_switch_keeps_what_was_typed_and_saves_nothing(world: MatchWorld) -> None:
    browser = world.desk.as_("bo")
    path = f"/matches/{world.labels}/not-for-us"
    answer = browser.submit(
        path, path, {"reason": "topic", "note": "Typed words", "switch_lang": "de"}
    )
    assert answer.status_code == 200
    assert "Typed words" in answer.text and "Nichts für uns" in answer.text
    assert "you said" not in page_of(browser)


def test_nobody_else_may_say_it_for_a_firm(world: MatchWorld) -> None:
    path = f"/matches/{world.labels}/not-for-us"
    nordlys = world.firms["nordlys"].public_id
    for name in ("wanda", "gro", "astrid"):
        assert world.desk.as_(name).get(f"{path}?firm={nordlys}").status_code == 404
        assert world.desk.as_(name).post(f"{path}?firm={nordlys}").status_code == 404
    assert world.site.visit().get(path).status_code == 303
    assert LABELS_TITLE in page_of(world.desk.as_("bo"))


def test_the_journal_holds_that_it_was_said_and_not_the_words(world: MatchWorld) -> None:
    say(world.desk.as_("bo"), world.labels, reason="other", note="quibbleworks")
    with world.site.database.reading() as session:
        row = session.query(JournalRow).order_by(JournalRow.id.desc()).first()
        assert row is not None
        assert (row.event, row.subject_kind) == ("MatchSetAside", "firm")
        assert row.data == {"challenge_id": world.challenge(world.labels), "reason": "other"}


def test_no_other_firm_sees_what_one_said(world: MatchWorld) -> None:
    say(world.desk.as_("bo"), world.invoices, reason="other", note="quibbleworks")
    page = page_of(world.desk.as_("wanda"))
    assert INVOICES_TITLE in page and "quibbleworks" not in page
    assert "quibbleworks" not in page_of(world.desk.as_("astrid"), _firms(world.invoices))


def _firms(slug: str) -> str:
    return f"/desk/challenges/{slug}/firms"
