"""Nobody of the authority, the programme or the audit learns who asked, nor when but the day."""

import re

from sqlalchemy import select

from govmatch.accounts.models import Person, Role
from govmatch.kit.journal import JournalRow
from govmatch.notifications.models import Mail
from govmatch.questions.models import Asking as AskingRow
from tests.web.questions.world import TEXT, Asking

NAME, ADDRESS = "Quendoline Xylander", "quendoline.xylander@canary.example"


def test_who_asked_stands_on_no_page_file_mail_or_entry_that_others_read(asking: Asking) -> None:
    desk = asking.desk
    desk.set_person("bo", name=NAME, email=ADDRESS)
    shown, declined, waits = (asking.asked(f"{TEXT} {n}") for n in ("one", "two", "three"))
    answer = asking.published(shown)
    asking.send("astrid", f"{asking.on_desk}/{declined}/decline", reason__en="No.")
    asking.move_clock(days=1)
    desk.site.work()
    paths = {
        "astrid": [
            asking.on_desk, f"{asking.on_desk}/answer?q={waits}",
            f"{asking.on_desk}/{waits}/decline", f"{asking.on_desk}/answers/{answer}/correct",
            f"/desk/challenges/{asking.slug}", "/desk", "/inbox",
        ],
        "eva": [asking.on_desk, "/desk", "/inbox", "/triage"],
        "jens": [f"/audit/challenges/{asking.slug}"],
        "gro": [asking.path, f"{asking.path}/own"],
        "": [
            asking.path, f"{asking.path}/latest", f"{asking.path}.atom", f"{asking.path}.json",
            f"{asking.path}.md", f"/challenges/{asking.slug}",
        ],
    }  # fmt: skip
    secret = re.compile("|".join((*NAME.split(), ADDRESS, "nordlys")), re.IGNORECASE)
    for who, wanted in paths.items():
        browser = desk.as_(who) if who else desk.site.visit()
        for path in wanted:
            page = browser.get(path)
            assert page.status_code == 200, (who, path)
            assert not secret.search(page.text), (who, path)
        for word in NAME.split():
            assert "#q-" not in browser.get(f"/search?kind=question&q={word}").text
    with desk.site.database.reading() as session:
        bo = desk.people["bo"].id
        mails = session.scalars(select(Mail)).all()
        for mail in mails:
            if mail.person_id != bo:
                assert not secret.search(f"{mail.address} {mail.subject} {mail.body}"), mail.kind
        assert {mail.kind for mail in mails if mail.person_id == bo} >= {
            "questions/answered", "questions/declined",
        }  # fmt: skip
        asked = session.scalars(select(JournalRow).where(JournalRow.event == "QuestionAsked")).all()
        exact = {one.at for one in session.scalars(select(AskingRow))}
        assert len(asked) == 3
        assert {row.actor_id for row in asked} == {None}
        assert not exact & {row.at for row in asked}
        assert len({row.at for row in asked}) == 1


def test_the_case_of_the_auditor_has_the_questions_without_a_person(asking: Asking) -> None:
    one = asking.asked()
    asking.published(one)
    said = asking.shows(f"/audit/challenges/{asking.slug}", "jens")
    assert "Question asked; who asked is kept for the asker alone" in said
    assert "Question published with its answer" in said
    assert "Bo" not in re.findall(r"\bBo\b", said)


def test_staff_who_also_work_for_a_firm_do_not_see_the_questions_of_colleagues_there(
    asking: Asking,
) -> None:
    asking.desk.give("gro", Role.MEMBER, "firm", "nordlys")
    asking.asked()
    assert TEXT not in asking.shows(f"{asking.path}/own", "gro")


def test_the_name_stays_out_when_the_account_is_renamed_or_gone(asking: Asking) -> None:
    one = asking.asked()
    asking.published(one)
    with asking.desk.site.database.reading() as session:
        found = session.scalars(select(Person.id).where(Person.name == "Bo")).one()
        assert session.get(AskingRow, asking.kept(one).id) is not None
    assert found == asking.desk.people["bo"].id
    assert "Bo" not in asking.shows(asking.path).split()
