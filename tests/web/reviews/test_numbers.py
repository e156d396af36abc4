"""/desk/challenges/{slug}/reviewing/numbers: what the points say, and who reads it when."""

import csv
import io
import re
from zipfile import ZipFile

import pytest
from sqlalchemy import event

from govmatch.accounts.models import Role
from govmatch.kit.db import commit
from tests.site import Browser, Site, text_of
from tests.unit.applications.acting import NOW
from tests.unit.reviews import reviewing
from tests.web.applications.world import give
from tests.web.reviews.doing import assigned, loaded
from tests.web.reviews.world import SECRETS, Selection


def score(site: Site, made: Selection, who: str, **points: tuple[int, int]) -> None:
    """Submit a person's reviews: by firm, points for fit and team."""
    with site.database.writing() as session:
        here = loaded(session, made)
        for firm, (fit, team) in points.items():
            reviewing.submitted(session, here, who, firm, fit=fit, team=team)
        commit(session)


def scored(site: Site, made: Selection) -> None:
    assigned(site, made, "greta", "lea")
    score(site, made, "greta", nordlys=(4, 3), weser=(2, 2))
    score(site, made, "lea", nordlys=(5, 5), weser=(3, 4))


def read(browser: Browser, made: Selection, query: str = "") -> str:
    answer = browser.get(f"{made.path}/numbers{query}")
    assert answer.status_code == 200, text_of(answer.text)
    return str(answer.text)


def test_raw_and_normalised_means_stand_beside_each_other(site: Site, selection: Selection) -> None:
    scored(site, selection)
    words = text_of(read(site.as_(selection.world.eva), selection, "?top=1"))
    # Nordlys: (4*60 + 3*40) / 100 and 5; Weser: 2 and 3.4.
    assert "1 Nordlys On the shortlist 2 4.3 4.3" in words
    assert "2 Weser 2 2.7 2.7" in words
    assert "Among the first 1" in words and "100%" in words
    assert "Do not rely on the normalised means" in words
    assert "2 applications have reviews; at least 5 are needed." in words
    assert "Leaving out any one of 2 reviewers changes nothing." in words
    assert "m + Σ a_r (y − m − b_r) / Σ a_r²" in words


def test_weights_that_change_nothing_are_counted_and_the_others_told(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "greta")
    score(site, selection, "greta", nordlys=(5, 1), weser=(2, 5))
    eva = site.as_(selection.world.eva)
    # Of 60 and 40, Weser is first once fit weighs a fifth less or the team a fifth more.
    assert sheet(eva, selection, "weights") == [
        {"Weight": weight, "Comes in": "Weser", "Goes out": "Nordlys"}
        for weight in ("Fit: a fifth less", "Team: a fifth more")
    ]
    words = text_of(read(eva, selection, "?top=1"))
    assert "more or less: 2 such changes leave the shortlist as it is." in words
    assert "Fit: a fifth more" not in words


def test_where_no_weight_changes_anything_there_is_no_table(
    site: Site, selection: Selection
) -> None:
    scored(site, selection)
    page = read(site.as_(selection.world.eva), selection, "?top=1")
    assert "more or less: 4 such changes leave the shortlist as it is." in text_of(page)
    assert "when one criterion weighs" not in page


def test_each_drawing_has_its_words_and_a_table(site: Site, selection: Selection) -> None:
    scored(site, selection)
    page = read(site.as_(selection.world.eva), selection)
    for name in ("chart-means", "chart-shares", "chart-criteria"):
        assert f'aria-labelledby="{name}-title {name}-desc"' in page
    assert page.count("<svg role=") == 3
    assert page.count("<table") >= 4


FILES = ("means", "without", "weights", "criteria", "contested", "habits")


def sheet(browser: Browser, made: Selection, name: str) -> list[dict[str, str]]:
    answer = browser.get(f"{made.path}/numbers/{name}.csv?top=1")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_each_table_can_be_had_as_a_file(site: Site, selection: Selection) -> None:
    scored(site, selection)
    eva = site.as_(selection.world.eva)
    page = read(eva, selection, "?top=1")
    for name in FILES:
        has_rows = bool(sheet(eva, selection, name))
        for kind in ("csv", "xlsx"):
            assert (f"/numbers/{name}.{kind}?top=1" in page) == has_rows, name
        with ZipFile(io.BytesIO(eva.get(f"{selection.path}/numbers/{name}.xlsx").content)) as book:
            assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    first, second = sheet(eva, selection, "means")
    assert (first["Applicant"], first["Mean"], first["On the shortlist"]) == (
        "Nordlys", "4.3", "Yes",
    )  # fmt: skip
    assert (second["Applicant"], second["Rank"], second["Mean"]) == ("Weser", "2", "2.7")
    assert {row["Reviewer"] for row in sheet(eva, selection, "habits")} == {"Greta", "Lea"}
    assert eva.get(f"{selection.path}/numbers/nothing.csv").status_code == 404


@pytest.mark.security(1)
def test_files_tell_a_reviewer_no_more_than_the_page(site: Site, selection: Selection) -> None:
    scored(site, selection)
    greta = site.as_(selection.world.people["greta"])
    assert [row["Applicant"] for row in sheet(greta, selection, "means")] == [
        "Applicant 17", "Applicant 42",
    ]  # fmt: skip
    assert [row["Reviewer"] for row in sheet(greta, selection, "habits")] == ["You"]
    for name in FILES:
        text = greta.get(f"{selection.path}/numbers/{name}.csv").content.decode()
        assert not re.search(r"\b(Lea|Nordlys|Weser)\b", text), name
    for who in ("bo", "ida", "finn"):
        answer = site.as_(selection.world.people[who]).get(f"{selection.path}/numbers/means.csv")
        assert answer.status_code in {403, 404}


def test_before_the_first_review_nothing_is_told(site: Site, selection: Selection) -> None:
    assert "No review is submitted yet" in text_of(read(site.as_(selection.world.eva), selection))


def test_who_oversees_the_scores_reads_the_numbers_and_nobody_else(
    site: Site, selection: Selection
) -> None:
    scored(site, selection)
    people = selection.world.people
    for who in ("eva", "jens", "hanne", "astrid"):
        assert "Greta" in read(site.as_(people[who]), selection)
    # Bo leads a firm that applied, Ida is of another authority, Finn has nothing to review here.
    for who in ("bo", "ida", "finn"):
        answer = site.as_(people[who]).get(f"{selection.path}/numbers")
        assert answer.status_code in {403, 404}
        assert "Greta" not in answer.text and "4.3" not in answer.text


def test_a_reviewer_waits_until_their_own_reviews_are_in(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta", "lea")
    score(site, selection, "lea", nordlys=(5, 5), weser=(3, 4))
    greta = site.as_(selection.world.people["greta"])
    score(site, selection, "greta", nordlys=(4, 3))
    refused = greta.get(f"{selection.path}/numbers")
    assert refused.status_code == 403
    assert "once all your own reviews are submitted" in text_of(refused.text)
    score(site, selection, "greta", weser=(2, 2))
    page = read(greta, selection)
    words = text_of(page)
    assert "Applicant 17" in words and "Applicant 42" in words
    for secret in SECRETS:
        assert secret not in page
    assert not re.search(r"\bLea\b", words)


def test_the_chair_reads_who_scores_how(site: Site, selection: Selection) -> None:
    scored(site, selection)
    with site.database.writing() as session:
        here = loaded(session, selection)
        give(session, here.world.people["greta"], Role.CHAIR, "challenge", here.challenge.id, NOW)
        commit(session)
    words = text_of(read(site.as_(selection.world.people["greta"]), selection))
    assert re.search(r"\bLea\b", words) and "Applicant 17" in words
    assert "Nordlys" not in words


def test_what_a_conflict_closes_is_not_counted_either(site: Site, selection: Selection) -> None:
    assigned(site, selection, "lea")
    score(site, selection, "lea", nordlys=(5, 5), weser=(3, 4))
    with site.database.writing() as session:
        here = loaded(session, selection)
        reviewing.declare(session, here, "greta", firms=["weser"])
        reviewing.assign(session, here, "greta", to=("nordlys",))
        reviewing.submitted(session, here, "greta", "nordlys")
        commit(session)
    words = text_of(read(site.as_(selection.world.people["greta"]), selection))
    assert "Applicant 17" in words
    assert "Applicant 42" not in words
    assert "3.4" not in words


def test_a_changed_point_is_in_the_numbers_at_once(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta", "lea")
    score(site, selection, "greta", nordlys=(4, 3), weser=(2, 2))
    eva = site.as_(selection.world.eva)
    assert "2 Weser 1 2 2" in text_of(read(eva, selection, "?top=1"))
    score(site, selection, "lea", nordlys=(5, 5), weser=(3, 4))
    assert "2 Weser 2 2.7 2.7" in text_of(read(eva, selection, "?top=1"))


def test_what_has_not_changed_is_not_read_again(site: Site, selection: Selection) -> None:
    scored(site, selection)
    eva = site.as_(selection.world.eva)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(site.database.engine, "before_cursor_execute", note)
    try:
        first = read(eva, selection)
        assert any("scores" in one for one in asked)
        asked.clear()
        assert text_of(read(eva, selection)) == text_of(first)
        assert asked and not any("scores" in one for one in asked)
    finally:
        event.remove(site.database.engine, "before_cursor_execute", note)
