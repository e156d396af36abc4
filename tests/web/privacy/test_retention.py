"""How long what is kept: the administrators' dry run, and what everybody may read of it."""

from datetime import timedelta

from sqlalchemy import select, update

from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.notifications.models import Mail
from govmatch.programmes.models import Programme
from tests.site import Site, text_of
from tests.web.accounts.acting import events
from tests.web.privacy.people import Someone

BO = "bo@example.org"
PAGE, RUN = "/admin/retention", "/admin/retention/run"


def send_long_ago(site: Site, bo: Someone) -> None:
    """Let a mail to Bo have been sent a hundred days ago."""
    bo.browser.submit("/account/export", "/account/export", {})
    site.work()
    with site.database.writing() as session:
        to_bo = update(Mail).where(Mail.address == BO)
        session.execute(to_bo.values(sent_at=real_now() - timedelta(days=100)))
        commit(session)


def addresses(site: Site) -> set[str]:
    with site.database.reading() as session:
        return set(session.scalars(select(Mail.address)))


def test_looking_counts_what_is_due_and_deletes_nothing(
    site: Site, bo: Someone, kim: Someone
) -> None:
    send_long_ago(site, bo)
    shown = kim.browser.get(PAGE).text
    assert "GOVMATCH_KEEP_MAILS_DAYS" in shown
    assert 'value="mails"' in shown  # only what is due has a button
    assert 'value="drafts"' not in shown
    assert BO in addresses(site)


def test_an_administrator_has_it_deleted_and_it_is_written_down(
    site: Site, bo: Someone, kim: Someone
) -> None:
    send_long_ago(site, bo)
    sent = kim.browser.submit(PAGE, RUN, {"kind": "mails"})
    assert sent.headers["location"] == PAGE
    assert BO not in addresses(site)
    shown = text_of(kim.browser.get(PAGE).text)
    assert "1 entry was dealt with." in shown
    assert "Kim" in shown
    assert "RetentionRan" in events(site)


def test_nobody_else_looks_or_deletes(site: Site, bo: Someone) -> None:
    send_long_ago(site, bo)
    assert bo.browser.get(PAGE).status_code == 403
    assert bo.browser.post(RUN, {"kind": "mails"}).status_code == 403
    assert BO in addresses(site)


def test_a_kind_that_there_is_not_is_not_found(kim: Someone) -> None:
    assert kim.browser.post(RUN, {"kind": "people"}).status_code == 404


def test_everybody_reads_who_is_responsible_in_each_programme(site: Site) -> None:
    with site.database.writing() as session:
        for slug, controller in (("alone", "authority"), ("both", "joint")):
            session.add(
                Programme(
                    slug=slug, template=None, names={"en": f"Programme {slug}"}, summaries={},
                    phases=[], criteria=[], rules={}, limits={}, form={}, letters={},
                    facts={"data_controller": controller}, created_at=real_now(),
                )
            )  # fmt: skip
        commit(session)
    shown = text_of(site.visit().get("/privacy").text)
    alone, both = shown.index("Programme alone"), shown.index("Programme both")
    assert "works on its behalf (article 28)" in shown[alone:both]
    assert "the operator together (article 26)" in shown[both:]
    assert "3 years from the award" in shown[both:]
    assert "Mails that were sent 90 days the day of sending" in shown
