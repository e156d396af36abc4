"""Reminding reviewers from the desk: who gets a mail, and how often at most."""

from datetime import timedelta

from sqlalchemy import select, update

from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.journal import JournalRow
from govmatch.reviews.models import Review
from tests.site import Site, text_of
from tests.web.reviews.doing import assigned, declare
from tests.web.reviews.world import Selection


def reminded(site: Site) -> list[tuple[int | None, object]]:
    """Return who reminded whom, by the log."""
    with site.database.reading() as session:
        found = select(JournalRow).where(JournalRow.event == "ReviewsReminded")
        return [(row.actor_id, row.data["person_id"]) for row in session.scalars(found)]


def mails(site: Site, subject: str) -> list[str]:
    site.work()
    return sorted(one.to for one in site.postbox.letters if subject in one.subject)


def test_one_press_sends_one_mail_and_leaves_one_row_in_the_log(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "finn", "lea")
    people, eva = selection.world.people, site.as_(selection.world.eva)
    page = eva.get(selection.path).text
    assert page.count("Remind now") == 2
    assert "2 reviews open" in text_of(page)
    sent = eva.submit(
        selection.path, f"{selection.path}/remind", {"person": people["lea"].public_id}
    )
    assert sent.status_code == 303
    assert reminded(site) == [(selection.world.eva.id, people["lea"].id)]
    assert mails(site, "Reminder: reviews for") == [people["lea"].email]
    page = eva.get(selection.path).text
    assert page.count("Remind now") == 1
    assert "reminded on" in text_of(page)


def test_nobody_is_reminded_twice_within_a_day(site: Site, selection: Selection) -> None:
    assigned(site, selection, "finn", "lea")
    people, eva = selection.world.people, site.as_(selection.world.eva)
    path = f"{selection.path}/remind"
    assert eva.submit(selection.path, path, {"person": people["lea"].public_id}).status_code == 303
    assert eva.submit(selection.path, path, {"person": ""}).status_code == 303
    again = eva.post(path, {"person": people["lea"].public_id})
    assert again.status_code == 303
    assert "Nobody was reminded" in text_of(eva.get(selection.path).text)
    assert [whom for _, whom in reminded(site)] == [people["lea"].id, people["finn"].id]


def test_what_is_overdue_is_said_to_be(site: Site, selection: Selection) -> None:
    assigned(site, selection, "lea")
    with site.database.writing() as session:
        session.execute(update(Review).values(due_at=real_now() - timedelta(minutes=1)))
        commit(session)
    eva = site.as_(selection.world.eva)
    eva.submit(selection.path, f"{selection.path}/remind", {"person": ""})
    assert mails(site, "Overdue: reviews for") == [selection.world.people["lea"].email]


def test_who_has_nothing_to_do_gets_no_button_and_no_mail(site: Site, selection: Selection) -> None:
    declare(site.as_(selection.world.people["lea"]), selection)
    eva = site.as_(selection.world.eva)
    page = eva.get(selection.path).text
    assert "Remind" not in text_of(page)
    lea = selection.world.people["lea"].public_id
    assert eva.post(f"{selection.path}/remind", {"person": lea}).status_code == 303
    assert reminded(site) == []


def test_only_managers_remind(site: Site, selection: Selection) -> None:
    assigned(site, selection, "lea")
    hanne = site.as_(selection.world.people["hanne"])
    assert "Remind now" not in hanne.get(selection.path).text
    assert hanne.post(f"{selection.path}/remind", {"person": ""}).status_code == 403
    assert reminded(site) == []
