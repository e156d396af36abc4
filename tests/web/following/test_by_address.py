"""Following without an account: confirmed by mail, ended with one click, and then forgotten."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest

from govmatch.following.links import sign_end, sign_manage
from govmatch.kit.clock import real_now
from govmatch.kit.mail import as_message
from govmatch.kit.signing import Signer
from tests.site import BASE, text_of
from tests.web.following.world import FOLLOW, OLGA, Followed, address

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def test_nothing_is_sent_before_the_link_is_used_and_opening_it_uses_nothing(
    followed: Followed,
) -> None:
    followed.ask()
    followed.site.work()
    [letter] = followed.letters
    assert letter.to == OLGA
    assert letter.subject == "Please confirm: Challenge: Challenge long"
    assert letter.ends_at == ""
    link = address(letter, "confirm")
    said = text_of(followed.site.visit().get(link).text)
    assert "Challenge: Challenge long" in said
    assert f"Mails go to {OLGA}." in said
    assert followed.rows()["follows"] == 0
    followed.call_off()
    assert followed.news() == []


def test_who_confirms_hears_of_news_in_their_language_and_how_to_end_it(
    followed: Followed,
) -> None:
    manage = followed.opt_in(lang="de")
    followed.call_off()
    [letter] = followed.news()
    assert (letter.to, letter.subject) == (OLGA, "Abgebrochen: Herausforderung long")
    assert f"{BASE}/challenges/long" in letter.body
    assert "weil Sie folgen: Herausforderung: Herausforderung long" in letter.body
    assert address(letter, "manage") == manage
    assert letter.ends_at == BASE + address(letter, "end")


def test_the_headers_say_how_it_ends_in_one_line_that_every_program_reads(
    followed: Followed,
) -> None:
    followed.opt_in()
    followed.call_off()
    [letter] = followed.news()
    sent = bytes(as_message(letter, "office@govmatch.example"))
    head = sent.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")
    assert f"List-Unsubscribe: <{letter.ends_at}>" in head
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head
    assert all(len(line) <= 998 for line in head)
    assert message_from_bytes(sent, policy=SMTP)["List-Unsubscribe"] == f"<{letter.ends_at}>"


@pytest.mark.parametrize("body", ["form", "multipart"])
def test_one_click_from_a_mail_program_ends_it_and_deletes_the_address(
    followed: Followed, body: str
) -> None:
    followed.opt_in()
    followed.call_off()
    [letter] = followed.news()
    client = followed.site.visit().client
    del client.headers["origin"]
    path = address(letter, "end")
    for _ in range(2):  # the second finds nothing and is answered the same
        given = {"data": ONE_CLICK} if body == "form" else {"files": _parts()}
        answer = client.post(path, **given)
        assert (answer.status_code, answer.text) == (200, "")
    assert followed.addresses() == []
    assert followed.rows() == {
        "follows": 0, "follow_requests": 0, "subscribers": 0, "mails": 2,
    }  # fmt: skip


def _parts() -> dict[str, tuple[None, str]]:
    return {name: (None, value) for name, value in ONE_CLICK.items()}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"List-Unsubscribe": "one-click"},
        {"List-Unsubscribe": "One-Click", "more": "yes"},
        {"act": "end"},
    ],
)
def test_anything_else_from_elsewhere_ends_nothing(
    followed: Followed, fields: dict[str, str]
) -> None:
    followed.opt_in()
    followed.call_off()
    [letter] = followed.news()
    client = followed.site.visit().client
    for origin in (None, "https://evil.example", "null"):
        client.headers.pop("origin", None)
        if origin:
            client.headers["origin"] = origin
        answer = client.post(address(letter, "end"), data=fields)
        assert answer.status_code == 403
    assert followed.rows()["follows"] == 1


def test_opening_the_link_ends_nothing_and_its_button_does(followed: Followed) -> None:
    followed.opt_in()
    followed.call_off()
    [letter] = followed.news()
    path = address(letter, "end")
    visitor = followed.site.visit()
    page = visitor.get(path)
    assert "Challenge: Challenge long" in text_of(page.text)
    assert page.headers["cache-control"] == "no-store"
    assert followed.rows()["follows"] == 1
    answer = visitor.submit(path, path, {})
    assert (answer.status_code, answer.headers["location"]) == (303, "/following/ended")
    assert followed.rows()["follows"] == 0
    assert "They have ended already." in text_of(visitor.get(path).text)


def test_an_address_gets_one_mail_a_day_until_it_confirms_and_its_page_knows_all(
    followed: Followed,
) -> None:
    followed.ask()
    followed.ask("/challenges/short/follow", how="weekly")
    followed.ask("/authorities/safety/follow", how="daily")
    followed.site.work()
    [letter] = followed.letters
    link = address(letter, "confirm")
    visitor = followed.site.visit()
    html = visitor.get(link).text
    assert "Challenge: Challenge short" in text_of(html)
    ids = re.findall(r'name="also\[\]" value="(\w+)"', html)
    assert len(ids) == 2
    assert "checked" not in html
    answer = visitor.submit(link, link, {"also[]": ids[:1]})
    said = text_of(visitor.get(answer.headers["location"]).text)
    assert "Challenge: Challenge long" in said
    assert "Challenge: Challenge short" in said
    assert "Authority of safety" not in said
    again = visitor.post(link)
    assert again.status_code == 410
    assert "This link has been used already." in text_of(again.text)


def test_asking_answers_the_same_whether_the_address_is_known(followed: Followed) -> None:
    def answer(email: str) -> tuple[int, str, str]:
        visitor = followed.site.visit()
        got = visitor.submit(FOLLOW, FOLLOW, {"email": email, "how": "daily"})
        return got.status_code, got.headers["location"], visitor.get("/following/sent").text

    followed.opt_in()
    known, person = answer(OLGA), answer("bo@example.org")
    assert known == person == answer("nobody@out.example")


def test_what_nobody_confirmed_is_forgotten_after_48_hours(followed: Followed) -> None:
    followed.ask()
    followed.site.work()
    link = address(followed.letters[-1], "confirm")
    followed.after(hours=47)
    assert followed.addresses() == [OLGA, OLGA]
    followed.after(hours=48, minutes=1)
    assert followed.addresses() == []
    got = followed.site.visit().post(link)
    assert got.status_code == 410
    assert followed.rows()["follows"] == 0


def test_the_last_of_several_that_ends_takes_the_address_with_it(followed: Followed) -> None:
    followed.opt_in()
    manage = followed.opt_in("/authorities/safety/follow", how="daily")
    visitor = followed.site.visit()
    html = visitor.get(manage).text
    first, second = dict.fromkeys(re.findall(r'name="follow" value="(\w+)"', html))
    for one, left, leads in ((first, 1, manage), (second, 0, "/following/ended")):
        answer = visitor.post(manage, {"act": "end", "follow": one})
        assert (answer.status_code, answer.headers["location"]) == (303, leads)
        assert followed.rows()["follows"] == left
    assert followed.addresses() == []
    assert visitor.get(manage).status_code == 410


def test_everything_ends_with_one_button(followed: Followed) -> None:
    followed.opt_in()
    manage = followed.opt_in("/authorities/safety/follow", how="daily")
    answer = followed.site.visit().submit(manage, manage, {"act": "end-all"})
    assert answer.headers["location"] == "/following/ended"
    assert (followed.addresses(), followed.rows()["follows"]) == ([], 0)


def test_how_often_is_changed_on_the_page_of_the_link(followed: Followed) -> None:
    manage = followed.opt_in()
    visitor = followed.site.visit()
    one = re.findall(r'name="follow" value="(\w+)"', visitor.get(manage).text)[0]
    assert visitor.post(manage, {"act": "how", "follow": one, "how": "weekly"}).status_code == 303
    assert "Once a week, on Mondays" in text_of(visitor.get(manage).text)
    followed.call_off()
    assert followed.news() == []


def test_tokens_of_others_and_guessed_ones_open_nothing(followed: Followed) -> None:
    manage = followed.opt_in()
    alien = Signer("another key, long enough to be one")
    visitor = followed.site.visit()
    for token in (
        "x", "a" * 900, sign_manage(alien, "x"), manage.rpartition("/")[2][:-1],
        sign_end(Signer(followed.site.settings.secret_key), ["nothing"]),
    ):  # fmt: skip
        assert visitor.get(f"/following/manage/{token}").status_code == 410
        assert visitor.post(f"/following/manage/{token}", {"act": "end-all"}).status_code == 410
        assert visitor.get(f"/following/confirm/{token}").status_code == 410
    ends = sign_end(alien, ["x"])
    assert visitor.get(f"/following/end/{ends}").status_code == 404
    assert visitor.post(f"/following/end/{ends}", ONE_CLICK).status_code == 404
    assert followed.rows()["follows"] == 1


@pytest.mark.parametrize(
    "typed", ["", "olga", "olga@out.example\r\nBcc: x@y.example", "a@b", "\uff4f@x.de"]
)
def test_what_is_no_address_is_refused(followed: Followed, typed: str) -> None:
    got = followed.site.visit().submit(FOLLOW, FOLLOW, {"email": typed, "how": "daily"})
    assert got.status_code == 422
    assert followed.rows()["follow_requests"] == 0


def test_many_wishes_for_one_address_are_refused(followed: Followed) -> None:
    for _ in range(10):
        followed.ask()
    visitor = followed.site.visit()
    got = visitor.submit(FOLLOW, FOLLOW, {"email": OLGA, "how": "daily"})
    assert got.status_code == 429


def test_what_is_not_public_cannot_be_followed_by_anybody(followed: Followed) -> None:
    followed.change("long", published_at=real_now() + timedelta(hours=1))
    for browser in (followed.site.visit(), followed.as_("astrid")):
        assert browser.get(FOLLOW).status_code == 404
        assert browser.post(FOLLOW, {"email": OLGA, "how": "daily"}).status_code == 404
    assert followed.site.visit().get("/themes/nothing/follow").status_code == 404
    assert followed.site.visit().get("/authorities/nothing/follow").status_code == 404
    assert followed.site.visit().get("/search/follow?address=sort%3Dnewest").status_code == 404
