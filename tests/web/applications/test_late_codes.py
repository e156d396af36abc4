"""/desk/challenges/{slug}/late-codes, and entering a late code on the apply page."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from govmatch.applications.actions import late_codes
from govmatch.applications.models import LateCode, State
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.programmes.models import Programme
from tests.site import Browser, Site, text_of
from tests.web.applications.doing import LONG, applied, begin, close, fill, kept, submit
from tests.web.applications.world import World

DESK = "/desk/challenges/long/late-codes"
ENTER = "/challenges/long/late-code"


@pytest.fixture(autouse=True)
def late_entries(site: Site, world: World) -> None:
    """The deadline has passed a minute ago, and the programme has late codes."""
    with site.database.writing() as session:
        programme = session.get_one(Programme, world.programmes["long"].id)
        programme.rules = {"late_codes": {"value": True}}
        commit(session)
    close(site, "long", at=real_now() - timedelta(minutes=1))


def fields(**changes: str) -> dict[str, str]:
    until = (real_now() + timedelta(days=2)).astimezone(ZoneInfo("Europe/Copenhagen"))
    given = {
        "email": "bo@example.org",
        "lang": "en",
        "expires_at": until.strftime("%Y-%m-%dT%H:%M"),
        "reason": "Their line was cut",
    }
    return {**given, **changes}


def issue(eva: Browser, **changes: str) -> object:
    return eva.submit(DESK, DESK, fields(**changes))


def mailed(site: Site) -> str:
    """Return the code that the last mail holds."""
    site.work()
    found = re.search(r"[0-9a-z]{4}(?:-[0-9a-z]{4}){3}", site.postbox.letters[-1].body)
    assert found is not None
    return found[0]


def enter(browser: Browser, code: str, **more: str) -> object:
    return browser.post(ENTER, {"late_code": code, **more})


@pytest.fixture
def eva(site: Site, world: World) -> Browser:
    return site.as_(world.eva)


@pytest.fixture
def bo(site: Site, world: World) -> Browser:
    return site.as_(world.bo)


def codes(site: Site) -> list[LateCode]:
    with site.database.reading() as session:
        return list(session.query(LateCode).order_by(LateCode.id).all())


def test_a_code_is_issued_mailed_entered_and_lets_one_person_submit(
    site: Site, world: World, eva: Browser, bo: Browser
) -> None:
    assert issue(eva).status_code == 303  # type: ignore[attr-defined]
    code = mailed(site)
    letter = site.postbox.letters[-1]
    assert letter.to == "bo@example.org"
    assert "/challenges/long/apply" in letter.body
    assert "cut" not in letter.body
    closed = bo.get(LONG)
    assert closed.status_code == 410
    assert "I have a late code" in closed.text
    assert enter(bo, code.upper()).headers["location"] == LONG  # type: ignore[attr-defined]
    assert bo.get(LONG).status_code == 200
    address = begin(bo)
    assert "Your late code lets you submit it until" in text_of(bo.get(address).text)
    assert "Your late code lets you submit it until" in text_of(bo.get("/applications").text)
    fill(bo, address)
    assert submit(bo, address).status_code == 303
    assert kept(site)[0].state == State.SUBMITTED
    carla = site.as_(world.carla)
    assert "lets you submit" not in carla.get(address).text
    assert carla.post(f"{address}/sections/idea", {"q-solution": "x"}).status_code == 403


def said_at(browser: Browser, path: str) -> str:
    """Return what a page says below the bar of the demonstration, which tells the minute."""
    return text_of(browser.get(path).text.partition("<main")[2])


def test_the_page_never_tells_whether_a_code_was_used(
    site: Site, world: World, eva: Browser, bo: Browser
) -> None:
    issue(eva)
    code = mailed(site)
    before = said_at(eva, DESK)
    enter(bo, code)
    applied(bo)
    after = said_at(eva, DESK)
    assert after.partition("Issue a code")[0] == before.replace(
        "The late code is on its way by mail.", ""
    ).partition("Issue a code")[0].replace("  ", " ")
    assert "Their line was cut" in after
    with site.database.writing() as session:
        session.get_one(Challenge, world.challenges["long"].id).opened_at = real_now()
        commit(session)
    assert "Was used" in eva.get(DESK).text


def test_what_is_wrong_is_said_and_what_was_typed_stays(site: Site, eva: Browser) -> None:
    refused = issue(eva, email="nobody", reason="", expires_at="")
    assert refused.status_code == 422  # type: ignore[attr-defined]
    html = refused.text  # type: ignore[attr-defined]
    for field in ("email", "reason", "expires_at"):
        assert f'href="#f-{field}"' in html
    refused = issue(eva, expires_at="2020-01-01T12:00")
    assert "This time is past." in refused.text  # type: ignore[attr-defined]
    assert "Their line was cut" in refused.text  # type: ignore[attr-defined]
    assert codes(site) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("astrid", 403), ("bo", 403), ("finn", 403), ("ida", 403), ("jens", 403), ("kim", 403)],
)
def test_only_managers_come_to_the_page(site: Site, world: World, who: str, status: int) -> None:
    browser = site.as_(world.people[who])
    assert browser.get(DESK).status_code == status
    assert browser.post(DESK, fields()).status_code == status
    assert browser.post(f"{DESK}/revoke", {"code": "x"}).status_code == status
    assert codes(site) == []


def test_a_manager_of_another_programme_finds_no_page(site: Site, world: World) -> None:
    with site.database.writing() as session:
        session.execute(
            Challenge.__table__.update()  # type: ignore[attr-defined]
            .where(Challenge.slug == "long")
            .values(programme_id=_other(session, world))
        )
        commit(session)
    assert site.as_(world.eva).get(DESK).status_code == 404


def _other(session: object, world: World) -> int:
    made = Programme(
        slug="other", names={"en": "Other"}, phases=[], criteria=[], rules={}, limits={},
        form=world.programmes["long"].form, facts={}, created_at=real_now(),
    )  # fmt: skip
    session.add(made)  # type: ignore[attr-defined]
    session.flush()  # type: ignore[attr-defined]
    return made.id


def test_a_code_is_taken_back(site: Site, eva: Browser, bo: Browser) -> None:
    issue(eva)
    code = mailed(site)
    (row,) = codes(site)
    sent = eva.submit(DESK, f"{DESK}/revoke", {"code": row.public_id})
    assert sent.headers["location"] == DESK
    assert "Taken back" in text_of(eva.get(DESK).text)
    refused = enter(bo, code)
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert "taken back" in refused.text  # type: ignore[attr-defined]
    other = "/desk/challenges/short/late-codes"
    assert eva.post(f"{other}/revoke", {"code": row.public_id, "form_key": "k"}).status_code == 404


def test_a_foreign_and_a_wrong_code_are_told_apart_and_counted(
    site: Site, world: World, eva: Browser, bo: Browser
) -> None:
    issue(eva)
    code = mailed(site)
    dieter = site.as_(world.dieter)
    foreign = enter(dieter, code)
    assert "another address" in foreign.text  # type: ignore[attr-defined]
    wrong = enter(dieter, "abcd")
    assert "not right" in wrong.text  # type: ignore[attr-defined]
    assert 'value="abcd"' in wrong.text  # type: ignore[attr-defined]
    for _ in range(8):
        assert enter(dieter, "abcd").status_code == 422  # type: ignore[attr-defined]
    assert enter(dieter, "abcd").status_code == 429  # type: ignore[attr-defined]
    assert enter(bo, code).status_code == 303  # type: ignore[attr-defined]
    assert enter(bo, "").status_code == 422  # type: ignore[attr-defined]


def test_visitors_are_led_to_sign_in_first(site: Site) -> None:
    page = site.visit().get(LONG).text
    assert "I have a late code" in page
    assert "late_code" not in page
    assert site.visit().post(ENTER, {"late_code": "x"}).status_code == 403
    assert site.visit().get(ENTER).headers["location"].startswith("/login")


def test_the_field_is_there_only_between_deadline_and_opening(
    site: Site, world: World, bo: Browser
) -> None:
    assert 'name="late_code"' in bo.get(LONG).text
    assert bo.get(ENTER).headers["location"] == LONG
    with site.database.writing() as session:
        challenge = session.get_one(Challenge, world.challenges["long"].id)
        late_codes.end_all(session, challenge, actor=Actor(), now=real_now())
        commit(session)
    assert "late_code" not in bo.get(LONG).text
    page = site.as_(world.eva).get(DESK).text
    assert "The opening has begun." in page
    assert 'name="email"' not in page
    assert site.as_(world.eva).post(DESK, fields(form_key="k")).status_code == 403


def test_where_the_programme_has_no_late_codes_no_page_offers_them(
    site: Site, world: World, eva: Browser, bo: Browser
) -> None:
    with site.database.writing() as session:
        session.get_one(Programme, world.programmes["long"].id).rules = {}
        commit(session)
    assert "late_code" not in bo.get(LONG).text
    assert "allow no late codes" in eva.get(DESK).text


def test_switching_the_language_keeps_what_was_typed(site: Site, eva: Browser) -> None:
    answer = eva.submit(DESK, DESK, fields(switch_lang="da"))
    assert answer.status_code == 200
    assert "Their line was cut" in answer.text
    assert "Koder til aflevering efter fristen" in answer.text
    assert codes(site) == []
