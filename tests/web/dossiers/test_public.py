"""What firms call a trade secret, and copies for the public that hold what was read and no more."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from govmatch.applications.models import Version
from govmatch.applications.receipts import hash_of
from govmatch.applications.secrecy import Mark, canonical, marks_in
from govmatch.applications.secrecy_models import SecrecyInquiry, SecrecyStatement
from govmatch.applications.secrecy_rules import TIME_TO_OBJECT
from govmatch.dossiers.checking import verify
from govmatch.dossiers.models import Dossier
from govmatch.dossiers.statements import broken
from govmatch.files import storage
from govmatch.files.models import FileContent, Look, Scan, StoredFile
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.kit.journal import rows_about
from tests.site import text_of
from tests.unit.decisions.acting import NOW
from tests.web.decisions.world import World
from tests.web.dossiers.world import PATH, make, members, taken
from tests.web.explore.results_world import Told

FORM: dict[str, Any] = {
    "sections": [
        {
            "id": "idea",
            "title": {"en": "Idea"},
            "questions": [
                {"id": "what", "kind": "long_text", "label": {"en": "What do you offer?"}},
                {"id": "price", "kind": "text", "label": {"en": "Price"}},
                {"id": "who", "kind": "text", "label": {"en": "Contact"}, "redact": True},
                {"id": "mail", "kind": "email", "label": {"en": "Mail"}},
                {"id": "site", "kind": "url", "label": {"en": "Website"}},
                {
                    "id": "steps",
                    "kind": "table",
                    "label": {"en": "Steps"},
                    "columns": [
                        {"id": "name", "kind": "text", "label": {"en": "Step"}},
                        {"id": "days", "kind": "number", "label": {"en": "Days"}},
                    ],
                },
                {"id": "files", "kind": "file", "label": {"en": "Papers"}},
            ],
        }
    ]
}
PASSAGE = "we etch at 437 degrees"
ANSWER = (
    "Lenses for labels: We etch\nat 437 degrees before cutting. Ask Ulla Quist at +45 12 34 56 78."
)
PRICE = "Quittengelee per unit"
HIDDEN = (
    "437 degrees", PRICE, "Quittengelee", "Ulla", "Quist", "klar.example", "+45 12",
    "recipe-of-klar", "Sanddorn", "Mia", "Because of rivals",
)  # fmt: skip
"""Canaries: marked passages, answers and files, with the reasons, and persons."""
STEPS = {
    "rows": [
        {"name": "First we etch at 437 degrees", "days": "3"},
        {"name": "Hand over", "days": "9"},
    ]
}
READ, MARKS = f"{PATH}/public", "/applications/{}/secrets"


@pytest.fixture
def told(case: Told) -> Told:
    """The decided case, in which Klar, which nobody names, has answered more and sent two files."""
    case.do(lambda session, world: _answer(session, world, case.site.settings.files_dir))
    return case


def _answer(session: Session, world: World, files_dir: Path) -> None:
    application = world.of("klar")
    version = session.scalars(select(Version).where(Version.application_id == application.id)).one()
    named = {
        name: _file(session, files_dir, application.id, name, words)
        for name, words in (
            ("recipe-of-klar.txt", "Sanddorn is what we add"),
            ("plan.txt", f"The plan. {ANSWER} See recipe-of-klar. Labels are read by day nine."),
        )
    }
    version.form = FORM
    version.answers = {
        "what": ANSWER, "price": PRICE, "who": "Ulla Quist", "mail": "ulla@klar.example",
        "site": "https://klar.example", "steps": STEPS, "files": list(named.values()),
    }  # fmt: skip


def _file(session: Session, files_dir: Path, owner: int, name: str, words: str) -> str:
    sha256 = storage.keep(files_dir, words.encode())
    made = StoredFile(
        public_id=public_id(), owner_kind="application", owner_id=owner, slot="files", name=name,
        media_type="text/plain", size=len(words), sha256=sha256, uploaded_at=NOW,
    )  # fmt: skip
    content = FileContent(
        sha256=sha256, media_type="text/plain", scan=Scan.CLEAN.value, look=Look.DONE.value,
        text=words,
    )  # fmt: skip
    session.add_all([made, content])
    session.flush()
    return made.public_id


def secrets_page(told: Told) -> str:
    return MARKS.format(told.world.of("klar").public_id)


def file_named(told: Told, name: str) -> str:
    with told.site.database.reading() as session:
        return session.scalars(select(StoredFile).where(StoredFile.name == name)).one().public_id


def mark(told: Told) -> Any:
    """Have Mia mark a passage, a whole answer and a file, with one reason for all."""
    page, recipe = secrets_page(told), file_named(told, "recipe-of-klar.txt")
    why = "Because of rivals"
    fields = {
        "passages-what": PASSAGE, "reason-what": why,
        "whole-price": "yes", "reason-price": why,
        f"whole-{recipe}": "yes", f"reason-{recipe}": why,
    }  # fmt: skip
    return told.as_("mia").submit(page, page, fields)


def reading(told: Told) -> str:
    return f"{READ}/{told.world.of('klar').public_id}"


def release(told: Told, name: str = "astrid", **fields: str) -> Any:
    page = reading(told)
    return told.as_(name).submit(page, page, {"do": "release", **fields})


def copy(told: Told, tmp_path: Path) -> dict[str, bytes]:
    with told.site.database.writing() as session:
        for one in session.query(Dossier).all():
            one.gone_at = NOW  # so that the newest is the one on the page
        session.commit()
    content = taken(told, make(told, "astrid", kind="public"), "astrid")
    place = tmp_path / "public.zip"
    place.write_bytes(content)
    assert verify(place).faults == []
    return members(content)


def test_marks_are_stated_with_the_version_and_leave_its_hash_alone(told: Told) -> None:
    with told.site.database.reading() as session:
        version = session.scalars(
            select(Version).where(Version.application_id == told.world.of("klar").id)
        ).one()
        before = version.content_hash
    assert mark(told).status_code == 303
    with told.site.database.reading() as session:
        [one] = session.scalars(select(SecrecyStatement)).all()
        again = session.get_one(Version, version.id)
        assert again.content_hash == before
        marks = marks_in(one.answers, one.files)
        content = canonical(told.world.of("klar").reference, 1, before, marks)
        assert one.sha256 == hash_of(one.salt, content)
        rows = rows_about(session, "application", told.world.of("klar").id)
        [row] = [row for row in rows if row.event == "SecretsStated"]
        assert row.data == {"number": 1, "version": 1, "sha256": one.sha256}
    page = text_of(told.as_("mia").get(secrets_page(told)).text)
    assert one.sha256 in page
    found = members(taken(told, make(told, "jens")))
    [name] = [one for one in found if b'"secrecy": [\n  {' in found[one]]
    data = json.loads(found[name])
    assert list(broken(data)) == []
    data["secrecy"][0]["content"] = data["secrecy"][0]["content"].replace("437", "438")
    assert len(list(broken(data))) == 1
    assert "trade secret" in text_of(
        told.as_("mia").get(f"/applications/{told.world.of('klar').public_id}").text
    )


@pytest.mark.security(1)
def test_a_mark_needs_a_reason_and_a_passage_and_is_seen_by_its_firm_alone(told: Told) -> None:
    page, mia = secrets_page(told), told.as_("mia")
    for fields, field in (
        ({"whole-price": "yes"}, "reason-price"),
        ({"passages-what": "nowhere to be found", "reason-what": "x"}, "passages-what"),
        ({"passages-what": "we", "reason-what": "x"}, "passages-what"),
    ):
        answer = mia.submit(page, page, fields)
        assert answer.status_code == 422
        assert f'href="#f-{field}"' in answer.text
    with told.site.database.reading() as session:
        assert session.scalars(select(SecrecyStatement)).all() == []
    for name in ("bo", "dieter", "astrid", "eva", "finn", "jens", "kim"):
        assert told.as_(name).get(page).status_code == 404, name
        assert told.as_(name).post(page, {"revision": "0"}).status_code == 404, name


@pytest.mark.security(6)
def test_only_what_was_read_goes_out_and_nothing_that_is_marked_or_names_somebody(
    told: Told, tmp_path: Path
) -> None:
    page = text_of(told.as_("astrid").get(reading(told)).text)
    assert "Firm not asked yet" in page
    assert release(told).status_code == 403
    assert mark(told).status_code == 303
    found = copy(told, tmp_path)
    whole = b" ".join(found.values()).decode()
    assert "Lenses for labels" not in whole
    assert "the authority has not read them through yet" in whole
    assert [name for name in found if name.startswith("files/")] == []
    page = text_of(told.as_("astrid").get(reading(told)).text)
    assert "Because of rivals" in page
    assert release(told).status_code == 303
    found = copy(told, tmp_path)
    whole = b" ".join(found.values()).decode()
    names = b" ".join(name.encode() for name in found).decode()
    for canary in HIDDEN:
        assert canary.casefold() not in (whole + names).casefold(), canary
    assert "Lenses for labels" in whole
    assert "Hand over" in whole
    html = found["case.html"].decode()
    assert "[▒▒▒ trade secret]" in html
    assert "It is a trade secret, as the firm has said with its reasons." in html
    assert "It would tell which firm applied" in html
    [words] = [name for name in found if name.startswith("files/")]
    assert found[words].decode().startswith("The plan. Lenses for labels: [▒▒▒ trade secret]")
    assert "Labels are read by day nine." in found[words].decode()
    data = json.loads(found["case.json"])
    [one] = [one for one in data["applications"] if "answers" in one]
    assert {said["question"]: said.get("left_out") for said in one["answers"]} == {
        "What do you offer?": None, "Price": "secret", "Contact": "person", "Mail": "person",
        "Website": "firm", "Steps": None,
    }  # fmt: skip
    page, fields = secrets_page(told), {"passages-what": "Lenses for labels", "reason-what": "New"}
    assert told.as_("mia").submit(page, page, fields).status_code == 303
    assert "Changed since it was read" in text_of(told.as_("astrid").get(reading(told)).text)
    whole = b" ".join(copy(told, tmp_path).values()).decode()
    assert "day nine" not in whole
    assert "the authority reads them through again" in whole


def test_the_authority_leaves_out_more_with_a_reason_and_lets_files_out_that_it_has_read(
    told: Told, tmp_path: Path
) -> None:
    mark(told)
    page, astrid = reading(told), told.as_("astrid")
    for fields, field in (
        ({"out-steps": "yes"}, "why-steps"),
        ({"passages": "for labels"}, "reason"),
    ):
        answer = astrid.submit(page, page, {"do": "save", **fields})
        assert answer.status_code == 422
        assert f'href="#f-{field}"' in answer.text
    kept = {"out-steps": "yes", "why-steps": "Names a customer", "passages": "day nine",
            "reason": "An inner date"}  # fmt: skip
    assert astrid.submit(page, page, {"do": "save", **kept}).status_code == 303
    assert release(told, **kept).status_code == 303
    whole = b" ".join(copy(told, tmp_path).values()).decode()
    for gone in ("Hand over", "day nine", "Names a customer", "An inner date"):
        assert gone not in whole
    assert "left out by the authority" in whole
    assert astrid.submit(page, page, {"do": "take_back"}).status_code == 303
    whole = b" ".join(copy(told, tmp_path).values()).decode()
    assert "Lenses for labels" not in whole
    plan, recipe = file_named(told, "plan.txt"), file_named(told, "recipe-of-klar.txt")
    for key in (plan, recipe):  # one holds a marked passage, the other is marked
        answer = release(told, **{f"file-{key}": "whole"})
        assert answer.status_code == 422
    page = secrets_page(told)
    fields = {"passages-what": "", f"whole-{recipe}": "", "whole-price": ""}
    assert told.as_("mia").submit(page, page, fields).status_code == 303
    assert "The file itself" in told.as_("astrid").get(reading(told)).text
    page = reading(told)
    chosen = {f"file-{plan}": "whole", f"file-{recipe}": "out", "file_reason": "Too long"}
    assert told.as_("astrid").submit(page, page, {"do": "save", **chosen}).status_code == 303
    assert release(told, **chosen).status_code == 303
    found = copy(told, tmp_path)
    [whole] = [name for name in found if name.startswith("files/")]
    assert found[whole].decode().startswith("The plan. Lenses for labels: We etch")


def test_a_mark_is_lifted_after_the_firm_was_heard_and_a_month_to_object(
    told: Told, tmp_path: Path
) -> None:
    mark(told)
    astrid, page = told.as_("astrid"), reading(told)
    html = astrid.get(page).text
    assert html.count('name="doubted[]"') == 3
    key = Mark("Because of rivals", question="what", is_whole=False, passages=(PASSAGE,)).key
    assert f'value="{key}"' in html
    soon = (NOW + timedelta(days=3)).date().isoformat()
    ask = {"doubted": key, "text": "Why is it secret?", "due": soon}
    assert astrid.submit(page, f"{page}/ask", ask).status_code == 422
    ask["due"] = (NOW + timedelta(days=20)).date().isoformat()
    assert astrid.submit(page, f"{page}/ask", ask).status_code == 303
    assert release(told).status_code == 403
    told.site.work()
    [mail] = [one for one in told.site.postbox.letters if "trade secrets" in one.subject]
    assert mail.to == told.world.people["mia"].email
    assert "etch" not in mail.subject + mail.body
    with told.site.database.reading() as session:
        inquiry = session.scalars(select(SecrecyInquiry)).one().public_id
    decide = {"lifted": key, "decision": "It stands on your website."}
    assert astrid.post(f"{page}/decide/{inquiry}", {**decide, "form_key": "k"}).status_code == 403
    firm = secrets_page(told)
    answer = {"answer": "Rivals read it."}
    mia = told.as_("mia")
    assert mia.submit(firm, f"{firm}/inquiries/{inquiry}", answer).status_code == 303
    assert "Rivals read it." in text_of(astrid.get(page).text)
    assert astrid.submit(page, f"{page}/decide/{inquiry}", decide).status_code == 303
    assert "It stands on your website." in text_of(mia.get(firm).text)
    assert release(told).status_code == 303
    assert "437 degrees" not in b" ".join(copy(told, tmp_path).values()).decode()
    with told.site.database.writing() as session:
        one = session.scalars(select(SecrecyInquiry)).one()
        assert one.decided_at is not None
        one.decided_at -= TIME_TO_OBJECT
        session.commit()
    assert "Changed since it was read" in text_of(astrid.get(page).text)
    assert release(told).status_code == 303
    found = b" ".join(copy(told, tmp_path).values()).decode()
    assert "437 degrees" in found
    assert PRICE not in found


@pytest.mark.security(1)
def test_who_was_asked_and_does_not_answer_was_heard_and_only_staff_lets_something_out(
    told: Told,
) -> None:
    astrid, page = told.as_("astrid"), reading(told)
    due = (NOW + timedelta(days=30)).date().isoformat()
    ask = {"text": "What of it is secret?", "due": due}
    assert astrid.submit(page, f"{page}/ask", ask).status_code == 303
    assert "Firm is being asked" in text_of(astrid.get(READ).text)
    overview = f"/applications/{told.world.of('klar').public_id}"
    assert "The authority asks about your trade secrets" in told.as_("mia").get(overview).text
    with told.site.database.writing() as session:
        one = session.scalars(select(SecrecyInquiry)).one()
        one.due_at = one.asked_at
        session.commit()
    assert "The date has passed" in text_of(astrid.get(page).text)
    assert release(told).status_code == 303
    jens = told.as_("jens")
    assert "Lenses for labels" in text_of(jens.get(page).text)
    assert "it may go out" not in jens.get(page).text
    assert jens.post(page, {"do": "release", "read": "", "revision": "0"}).status_code == 403
    for name, status in (("mia", 403), ("bo", 403), ("finn", 403), ("kim", 403), ("ida", 404)):
        assert told.as_(name).get(page).status_code == status, name
        assert told.as_(name).get(READ).status_code == status, name
        assert told.as_(name).post(page, {"do": "release"}).status_code == status, name
