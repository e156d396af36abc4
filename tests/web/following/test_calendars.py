"""Feeds and calendars of challenges, read as the programs read them that subscribe to them."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from govmatch.challenges.models import Challenge, ChallengeText, State
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from tests.site import Browser
from tests.web.following.world import Followed

ATOM = "{http://www.w3.org/2005/Atom}"
ONE = "/challenges/long.ics"


@dataclass
class Component:
    """A part of a calendar: its properties as (name, parameters, value), and what it holds."""

    name: str
    properties: list[tuple[str, str, str]] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def one(self, name: str) -> str:
        [value] = [value for known, _, value in self.properties if known == name]
        return value


NAME = re.compile(r"([A-Z][A-Z0-9-]*)((?:;[A-Z-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(.*)", re.DOTALL)


def read(text: str) -> Component:
    """Return a calendar; fails at whatever RFC 5545 does not allow."""
    assert text.endswith("\r\n")
    raw = text.removesuffix("\r\n").split("\r\n")
    assert not any("\n" in line or "\r" in line for line in raw)
    assert all(len(line.encode()) <= 75 for line in raw)
    lines: list[str] = []
    for line in raw:
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    stack = [Component("")]
    for line in lines:
        found = NAME.fullmatch(line)
        assert found is not None, line
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line), line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            stack.append(Component(value))
        elif name == "END":
            done = stack.pop()
            assert done.name == value
            stack[-1].parts.append(done)
        else:
            stack[-1].properties.append((name, parameters, value))
    [calendar] = stack[0].parts
    assert len(stack) == 1
    check(calendar)
    return calendar


def check(calendar: Component) -> None:
    """Fail where a part that must be there is not, or stands twice (RFC 5545, 3.6 and 3.6.1)."""
    assert (calendar.name, calendar.one("VERSION")) == ("VCALENDAR", "2.0")
    assert calendar.one("PRODID")
    uids = [event.one("UID") for event in calendar.parts]
    assert len(uids) == len(set(uids))
    for event in calendar.parts:
        assert event.name == "VEVENT"
        names = [name for name, _, _ in event.properties]
        assert len(names) == len(set(names)), names
        for name in ("DTSTAMP", "DTSTART", "LAST-MODIFIED"):
            assert re.fullmatch(r"\d{8}T\d{6}Z", event.one(name)), name
        assert int(event.one("SEQUENCE")) >= 0
        assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", event.one("SUMMARY"))


def calendar(browser: Browser, path: str = ONE) -> dict[str, Component]:
    """Return the entries of a calendar by what their UID says they are."""
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (
        200, "text/calendar; charset=utf-8",
    )  # fmt: skip
    return {one.one("UID"): one for one in read(answer.content.decode()).parts}


def feed(browser: Browser, path: str) -> list[tuple[str, str]]:
    """Return (title, address) of the entries of a feed, which is well formed."""
    answer = browser.get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    parsed = ET.fromstring(answer.text)  # noqa: S314 - our own answer
    ids = [one.findtext(f"{ATOM}id") for one in parsed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    for needed in ("id", "title", "updated"):
        assert parsed.findtext(f"{ATOM}{needed}")
    return [
        (str(one.findtext(f"{ATOM}title")), str(one.find(f"{ATOM}link").get("href")))  # type: ignore[union-attr]
        for one in parsed.iter(f"{ATOM}entry")
    ]


def retitle(followed: Followed, title: str) -> None:
    def act(session: Session) -> None:
        found = select(ChallengeText).join(Challenge).where(
            Challenge.slug == "long", ChallengeText.lang == "en"
        )  # fmt: skip
        session.scalars(found).one().title = title

    followed.do(act)


def test_each_date_is_an_entry_of_its_own(followed: Followed) -> None:
    events = calendar(followed.site.visit())
    kinds = {uid.rpartition("-")[2]: one.one("SUMMARY") for uid, one in events.items()}
    assert kinds == {
        "opens@govmatch": "Opens: Challenge long",
        "questions@govmatch": "Last day for questions: Challenge long",
        "answers@govmatch": "Answers by: Challenge long",
        "closes@govmatch": "Deadline: Challenge long",
    }
    assert {one.one("STATUS") for one in events.values()} == {"CONFIRMED"}


def test_a_moved_deadline_keeps_its_uid_and_raises_its_sequence(followed: Followed) -> None:
    before = calendar(followed.site.visit())
    closes = real_now().replace(microsecond=0) + timedelta(days=33)
    followed.change("long", closes=closes, revision=2, updated_at=real_now())
    after = calendar(followed.site.visit(), ONE + "?again=1")
    assert set(after) == set(before)
    [uid] = [uid for uid in after if "closes" in uid]
    assert int(after[uid].one("SEQUENCE")) > int(before[uid].one("SEQUENCE"))
    assert after[uid].one("DTSTART") == closes.strftime("%Y%m%dT%H%M%SZ")
    assert after[uid].one("DTSTAMP") >= before[uid].one("DTSTAMP")


def test_what_is_cancelled_is_cancelled_in_every_calendar(followed: Followed) -> None:
    before = calendar(followed.site.visit())
    followed.call_off()
    for path in (ONE, "/challenges.ics"):
        after = calendar(followed.site.visit(), path)
        for uid, one in before.items():
            assert after[uid].one("STATUS") == "CANCELLED"
            assert int(after[uid].one("SEQUENCE")) > int(one.one("SEQUENCE"))
            assert after[uid].one("SUMMARY") == "Challenge cancelled: Challenge long"


@pytest.mark.parametrize(
    ("closes", "written"),
    [
        (datetime(2027, 3, 27, 11, 0, tzinfo=UTC), "20270327T110000Z"),  # noon in winter
        (datetime(2027, 3, 28, 10, 0, tzinfo=UTC), "20270328T100000Z"),  # noon, summer since 3:00
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "20271031T003000Z"),  # the first 2:30
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "20271031T013000Z"),  # the second 2:30
    ],
)
def test_the_hour_is_right_on_days_on_which_the_clocks_change(
    followed: Followed, closes: datetime, written: str
) -> None:
    followed.change("long", closes=closes)
    [event] = [one for uid, one in calendar(followed.site.visit()).items() if "closes" in uid]
    assert event.one("DTSTART") == written


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Rain; sun, and \\n", r"Deadline: Rain\; sun\, and \\n"),
        ("Ä" * 90, "Deadline: " + "Ä" * 90),
        ("END:VEVENT\r\nBEGIN:VALARM\x0b", r"Deadline: END:VEVENT\nBEGIN:VALARM "),
        ("👩\u200d🚒" * 20, "Deadline: " + "👩\u200d🚒" * 20),
    ],
)
def test_titles_are_escaped_and_folded(followed: Followed, title: str, said: str) -> None:
    retitle(followed, title)
    [event] = [one for uid, one in calendar(followed.site.visit()).items() if "closes" in uid]
    assert event.one("SUMMARY") == said
    assert feed(followed.site.visit(), "/challenges.atom")


def test_the_calendar_of_all_keeps_to_the_filters(followed: Followed) -> None:
    visitor = followed.site.visit()
    assert len(calendar(visitor, "/challenges.ics")) == 8
    assert len(calendar(visitor, "/challenges.ics?theme=safety&authority=safety")) == 8
    assert len(calendar(visitor, "/challenges.ics?programme=long")) == 4
    assert calendar(visitor, "/challenges.ics?authority=elsewhere") == {}
    assert calendar(visitor, "/challenges.ics?theme=nothing") == {}


def test_the_feed_of_all_keeps_to_the_filters_and_says_so(followed: Followed) -> None:
    visitor = followed.site.visit(lang="de")
    titles = {title for title, _ in feed(visitor, "/challenges.atom?theme=safety")}
    assert titles == {"Herausforderung long", "Herausforderung short"}
    assert [title for title, _ in feed(visitor, "/challenges.atom?programme=short")] == [
        "Herausforderung short"
    ]
    assert feed(visitor, "/challenges.atom?authority=elsewhere") == []
    said = visitor.get("/challenges.atom?theme=safety").text
    assert "<title>Herausforderungen: Produktsicherheit – govmatch</title>" in said


def test_the_feed_of_one_tells_its_story(followed: Followed) -> None:
    visitor = followed.site.visit()
    path = "/challenges/long.atom"
    assert feed(visitor, path) == [
        ("Published: Challenge long", "http://127.0.0.1:8000/challenges/long")
    ]
    followed.call_off()
    told = feed(visitor, path + "?lang=en")
    assert told[0] == (
        "Cancelled: Challenge long", "http://127.0.0.1:8000/challenges/long?lang=en",
    )  # fmt: skip
    assert "<summary>Flood</summary>" in visitor.get(path).text


def test_nothing_that_is_not_public_stands_in_any_of_them(followed: Followed) -> None:
    followed.change("long", state=State.APPROVED, published_at=None)
    for browser in (followed.site.visit(), followed.as_("astrid")):
        assert browser.get("/challenges/long.atom").status_code == 404
        assert "long" not in {title for title, _ in feed(browser, "/challenges.atom")}
        assert all(
            "long" not in one.one("SUMMARY")
            for one in calendar(browser, "/challenges.ics").values()
        )


@pytest.mark.parametrize(
    "path", ["/challenges.atom", "/challenges.ics", ONE, "/challenges/long.atom"]
)
def test_what_is_unchanged_is_not_sent_again(followed: Followed, path: str) -> None:
    visitor = followed.site.visit()
    first = visitor.get(path)
    again = visitor.get(path, **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("/challenges", "/challenges.atom"),
        ("/challenges?theme=safety", "/challenges.atom?theme=safety"),
        ("/challenges/long", "/challenges/long.atom"),
        ("/authorities/safety", "/challenges.atom?authority=safety"),
    ],
)
def test_pages_name_their_feed(followed: Followed, page: str, told: str) -> None:
    html = followed.site.visit().get(page).text
    links = re.findall(
        r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]+)"', html
    )
    assert links == [told]
