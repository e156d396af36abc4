"""While a challenge is open: followed by mail, feed and calendar, asked, answered, amended."""

import re

from tests.browser.mails import Mails, address_of
from tests.browser.publishing import Story, apply
from tests.browser.publishing_desk import CLOSES_AFTER, LANGS, OPENS_AFTER, PRIMARY
from tests.browser.selecting_people import Cast

ASKER, APPLICANT = "bo", "carla"
QUESTION = {
    "de": "Dürfen wir vorab Mängelberichte als Muster sehen?",
    "da": "Må vi se eksempler på mangelrapporter på forhånd?",
    "en": "May we see sample defect reports beforehand?",
}
ANSWER = {
    "de": "Ja, Muster liegen als Anlage bei.",
    "da": "Ja, eksempler er vedlagt.",
    "en": "Yes, samples are attached.",
}
REASON = {
    "de": "Viele haben nach Mustern gefragt.",
    "da": "Mange har spurgt efter eksempler.",
    "en": "Many have asked for samples.",
}
SUMMARY = {
    "de": "Mängel werden dreimal abgetippt; Muster liegen bei.",
    "da": "Mangler tastes tre gange; eksempler er vedlagt.",
    "en": "Defects are typed three times; samples are attached.",
}
NEAR_END, BEFORE_END = 6, 5
"""Days before the deadline, and half an hour: followers were just told, and it is amended."""


def follow(cast: Cast, mails: Mails, slug: str) -> None:
    """Fay follows without an account: nothing begins before she opens the link in her mail."""
    fay = cast["fay"]
    fay.visit(f"/challenges/{slug}")
    fay.follow('main a[href*="/follow"]')
    fay.send({"email": address_of("fay"), "how": "at_once"})
    mails.expect("following/confirm", "fay")
    fay.visit(mails.link("following/confirm", "fay"))
    fay.send(form="main form")
    mails.expect_none()


def ask(cast: Cast, mails: Mails, slug: str) -> None:
    """Bo asks; the office hears of it the next morning, and of nobody's name."""
    bo, lang = cast[ASKER], cast.case.lang
    bo.visit(f"/challenges/{slug}/questions")
    bo.follow('main a[href*="/questions/ask"]')
    assert QUESTION[lang] in bo.send({"text": QUESTION[lang], "lang": lang})
    mails.expect_none()
    assert QUESTION[lang] not in cast.visitor.visit(f"/challenges/{slug}/questions")
    cast.case.site.move_clock(by="day")
    mails.expect("questions/waiting", "astrid")
    assert "Bo " not in mails.said("questions/waiting", "astrid")


def answer(cast: Cast, mails: Mails, slug: str) -> None:
    """Astrid answers in three languages; the asker and the follower are told, the page shows it."""
    astrid, lang = cast["astrid"], cast.case.lang
    said = astrid.visit(mails.link("questions/waiting", "astrid"))
    assert QUESTION[lang] in said
    assert "Bo " not in said
    astrid.follow('main a[href*="/questions/answer"]')
    astrid.send({f"answer-{one}": ANSWER[one] for one in LANGS}, button='button[value="publish"]')
    mails.expect_all(
        {(address_of(ASKER), "questions/answered"), (address_of("fay"), "following/news")}
    )
    assert ANSWER[lang] in cast[ASKER].visit(mails.link("questions/answered", ASKER))
    said = cast.visitor.visit(mails.link("following/news", "fay"))
    assert QUESTION[lang] in said
    assert ANSWER[lang] in said
    assert "Bo " not in said


def send_application(story: Story, mails: Mails, slug: str) -> str:
    application = apply(story, APPLICANT, slug)
    mails.expect_all(
        {
            (address_of(APPLICANT), "applications/receipt"),
            (address_of("office"), "applications/receipt_copy"),
        }
    )
    return application


def amend(cast: Cast, mails: Mails, slug: str) -> None:
    """Hanne changes the summary five days before the end: the check page moves the deadline."""
    site, hanne, lang = cast.case.site, cast["hanne"], cast.case.lang
    calendar = site.get(f"/challenges/{slug}.ics").text
    site.move_clock(by="day", times=CLOSES_AFTER - OPENS_AFTER - 1 - NEAR_END)
    mails.expect("following/news", "fay")  # the end comes near
    site.move_clock(by="day", times=NEAR_END - BEFORE_END)
    deadline = _deadline(cast, slug)
    hanne.visit(f"/desk/challenges/{slug}/amend")
    words = {f"summary-{one}": SUMMARY[one] for one in LANGS}
    hanne.send({**words, **{f"reason-{one}": REASON[one] for one in LANGS}}, button=PRIMARY)
    assert hanne.page.locator("main ins").count()
    hanne.send(button='button[formaction$="/amend"], button[formaction*="/amend?"]')
    mails.expect_all(
        {
            (address_of("fay"), "following/news"),
            (address_of(APPLICANT), "applications/challenge_changed"),
            (address_of("astrid"), "challenges/amended"),
        }
    )
    assert _deadline(cast, slug) > deadline
    said = cast.visitor.visit(mails.link("following/news", "fay"))
    assert SUMMARY[lang] in said
    assert REASON[lang] in said
    _find_in_calendar(calendar, site.get(f"/challenges/{slug}.ics").text)


def find_in_feed(cast: Cast, slug: str) -> None:
    """Who reads with a feed reader finds the answer and the change, and no name."""
    site, lang = cast.case.site, cast.case.lang
    feed = site.get(f"/challenges/{slug}.atom?lang={lang}")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert QUESTION[lang] in feed.text
    assert REASON[lang] in feed.text
    assert "Bo " not in feed.text


def confirm_again(cast: Cast, mails: Mails, application: str) -> None:
    """Carla reads what changed and says that her application stands."""
    carla, lang = cast[APPLICANT], cast.case.lang
    carla.visit(mails.link("applications/challenge_changed", APPLICANT))
    assert REASON[lang] in carla.says()
    carla.send(form=f'main form[action*="{application}/confirm"]')
    assert not carla.page.locator('main form[action*="/confirm"]').count()
    mails.expect_none()


def stop_following(cast: Cast, mails: Mails) -> None:
    """The link at the end of each mail ends it, and her address is gone."""
    end = re.search(r"/following/end/\S+", mails.said("following/news", "fay"))
    assert end
    fay = cast["fay"]
    fay.visit(end[0])
    fay.send(form="main form")
    mails.expect_none()


def _deadline(cast: Cast, slug: str) -> str:
    closes: str = cast.case.site.get(f"/challenges/{slug}.json").json()["closes"]
    return closes


def _find_in_calendar(before: str, after: str) -> None:
    """The entry of the deadline keeps its UID, and its SEQUENCE is raised."""
    old, new = _entries(before), _entries(after)
    assert old.keys() == new.keys()
    assert any(new[uid] > old[uid] for uid in old)
    assert all(new[uid] >= old[uid] for uid in old)


def _entries(calendar: str) -> dict[str, int]:
    """Return SEQUENCE by UID (RFC 5545)."""
    found = {}
    for entry in calendar.split("BEGIN:VEVENT")[1:]:
        uid = re.search(r"UID:(.+?)\r?\n", entry)
        sequence = re.search(r"SEQUENCE:(\d+)", entry)
        assert uid
        assert sequence
        found[uid[1]] = int(sequence[1])
    return found
