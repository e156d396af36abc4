"""The pages of the inbox, and of what people want to hear of."""

from govmatch.accounts.actions.people import create_person
from govmatch.accounts.models import Person
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.kit.notices import Notice
from govmatch.notifications.actions import deliver
from govmatch.notifications.models import Mail, Preference
from tests.site import Site, text_of


def person_of(database: Database, name: str) -> Person:
    now = real_now()
    with database.writing() as session:
        made = create_person(
            session, address=f"{name}@example.org", name=name, lang="en", actor=VISITOR,
            now=now, real_now=now,
        )  # fmt: skip
        commit(session)
        session.refresh(made)
        session.expunge(made)
    return made


def tell(site: Site, person: Person, title: str, path: str = "/account") -> None:
    notice = Notice(
        key=f"{title}:{person.id}", mail="accounts/role_given", address="a@example.org", lang="en",
        person_id=person.id, values={"role": title, "object": "x"}, links={"account": path},
        topic="messages", path=path,
    )  # fmt: skip
    with site.database.writing() as session:
        deliver(session, notice, settings=site.settings, now=real_now())
        commit(session)


def test_it_shows_what_is_new_and_leads_there(site: Site) -> None:
    ann = person_of(site.database, "ann")
    empty = site.as_(ann).get("/inbox").text
    assert "No messages yet" in empty
    tell(site, ann, "Jury of waste")
    browser = site.as_(ann)
    page = browser.get("/inbox").text
    assert "1 message is new" in text_of(page) and "You have a new role" in text_of(page)
    action = page.partition('action="/inbox/')[2].partition('"')[0]
    opened = browser.post(f"/inbox/{action}")
    assert (opened.status_code, opened.headers["location"]) == (303, "/account")
    assert "Nothing new" in text_of(browser.get("/inbox").text)


def test_what_is_new_stands_before_what_was_opened(site: Site) -> None:
    ann = person_of(site.database, "ann")
    tell(site, ann, "Older", path="/account")
    tell(site, ann, "Newer", path="/challenges")
    browser = site.as_(ann)
    newest = browser.get("/inbox").text.partition('action="/inbox/')[2].partition('"')[0]
    assert browser.post(f"/inbox/{newest}").headers["location"] == "/challenges"
    new, _, opened = browser.get("/inbox").text.partition("Read already")
    assert "1 message is new" in text_of(new)
    assert (new.count('action="/inbox/'), opened.count('action="/inbox/')) == (1, 1)
    assert f"/inbox/{newest}" in opened


def test_titles_say_their_language_where_the_page_is_in_another(site: Site) -> None:
    ann = person_of(site.database, "ann")
    tell(site, ann, "Jury of waste")
    browser = site.as_(ann)
    assert '<strong lang="en">You have a new role' in browser.get("/inbox?lang=de").text
    assert (
        '<span class="gm-sr" lang="en">: You have a new role' in browser.get("/inbox?lang=de").text
    )
    assert "<strong>You have a new role" in browser.get("/inbox").text


def test_a_stranger_opens_nothing(site: Site) -> None:
    ann, ben = person_of(site.database, "ann"), person_of(site.database, "ben")
    tell(site, ann, "Secret jury")
    page = site.as_(ann).get("/inbox").text
    action = page.partition('action="/inbox/')[2].partition('"')[0]
    other = site.as_(ben)
    assert "You have a new role" not in other.get("/inbox").text
    assert other.post(f"/inbox/{action}").status_code == 404
    assert site.visit().get("/inbox").status_code in {303, 403}
    assert "1 message is new" in text_of(site.as_(ann).get("/inbox").text)


def test_everything_is_marked_at_once(site: Site) -> None:
    ann = person_of(site.database, "ann")
    for number in range(3):
        tell(site, ann, f"Jury {number}")
    browser = site.as_(ann)
    assert browser.post("/inbox/read-all").status_code == 303
    assert "Nothing new" in text_of(browser.get("/inbox").text)


def test_a_choice_is_kept_and_a_wrong_one_named(site: Site) -> None:
    ann = person_of(site.database, "ann")
    browser = site.as_(ann)
    topics = ("requests", "messages", "reviews", "tasks", "amendments", "events", "firm", "needs")
    chosen = dict.fromkeys(topics, "daily")
    assert browser.post("/account/notifications", chosen).status_code == 303
    page = browser.get("/account/notifications").text
    assert page.count('value="daily" checked') == len(topics)
    wrong = browser.post("/account/notifications", {**chosen, "requests": "never"})
    assert wrong.status_code == 422
    assert "Please choose one of the options." in text_of(wrong.text)
    assert browser.get("/account/notifications").text.count('value="daily" checked') == len(topics)


def test_a_mail_of_a_topic_ends_its_topic_by_one_click(site: Site) -> None:
    ann = person_of(site.database, "ann")
    tell(site, ann, "First")
    with site.database.reading() as session:
        [mail] = session.query(Mail).filter_by(kind="accounts/role_given").all()
        ends, body = mail.ends_at, mail.body
    path = ends.removeprefix(site.settings.base_url.rstrip("/"))
    assert f"No more e-mails about “Messages”? One click ends them:\n{ends}\n" in body

    anybody = site.visit()
    page = anybody.get(path)
    assert "You get no more mails about: Messages" in text_of(page.text)
    assert page.headers["cache-control"] == "no-store"
    assert preferences(site) == []
    assert anybody.get("/notifications/off/forged").status_code == 404
    assert anybody.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert preferences(site) == [(ann.id, "messages", "never")]
    tell(site, ann, "Second")
    with site.database.reading() as session:
        assert session.query(Mail).filter_by(kind="accounts/role_given").count() == 1
    assert anybody.post(path, {}).headers["location"] == "/notifications/off"
    assert "These mails have ended" in text_of(anybody.get("/notifications/off").text)


def preferences(site: Site) -> list[tuple[int, str, str]]:
    with site.database.reading() as session:
        return [(one.person_id, one.topic, one.how) for one in session.query(Preference)]


def test_what_dates_hang_on_has_no_such_link(site: Site) -> None:
    ann = person_of(site.database, "ann")
    notice = Notice(
        key="letter", mail="accounts/role_given", address="a@example.org", lang="en",
        person_id=ann.id, values={"role": "x", "object": "x"}, links={"account": "/account"},
        topic="requests", path="/account",
    )  # fmt: skip
    with site.database.writing() as session:
        deliver(session, notice, settings=site.settings, now=real_now())
        commit(session)
        [mail] = session.query(Mail).filter_by(key="letter").all()
        assert (mail.ends_at, "/notifications/off" in mail.body) == ("", False)
