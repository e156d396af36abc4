"""Programmes: made from another, and who takes part in them."""

from typing import Any

import pytest

from govmatch.programmes.models import Programme
from govmatch.programmes.queries import taking_part
from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import fields_of, typed
from tests.web.overview.asking import events

NEW = "/admin/programmes/new"
WHOLE: dict[str, Any] = {
    "template": "govtech",
    "slug": "harbours",
    "name_en": "Digital harbours",
    "name_de": "Digitale Häfen",
    "name_da": "Digitale havne",
    "summary_en": "For ports.",
}


def kept(desk: Desk, slug: str) -> Programme | None:
    with desk.site.database.reading() as session:
        found = session.query(Programme).filter(Programme.slug == slug).one_or_none()
        if found is not None:
            assert found.form, "the form is read apart from the rest"
            session.expunge(found)
        return found


def joined(desk: Desk, programme: str) -> set[str]:
    with desk.site.database.reading() as session:
        return {authority for one, authority in taking_part(session) if one == programme}


def make(desk: Desk, **changes: Any) -> Any:
    browser = desk.as_("kim")
    fields = fields_of(browser.get(NEW).text, NEW)
    return browser.post(NEW, typed(fields, **{**WHOLE, **changes}))


def test_a_programme_is_made_from_another_and_reads_like_it(desk: Desk) -> None:
    answer = make(desk)
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/programmes/harbours")
    made, template = kept(desk, "harbours"), kept(desk, "govtech")
    assert made is not None
    assert template is not None
    assert made.names["da"] == "Digitale havne"
    assert (made.criteria, made.rules, made.form) == (
        template.criteria,
        template.rules,
        template.form,
    )
    assert (made.template, made.source_path) == ("govtech", None)
    assert joined(desk, "harbours") == set()
    assert events(desk, "programme") == ["ProgrammeCreated"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"template": ""}, "template"),
        ({"template": "none"}, "template"),
        ({"slug": "govtech"}, "slug"),
        ({"slug": "new"}, "slug"),
        ({"slug": "a b"}, "slug"),
        ({"name_de": " "}, "name_de"),
        ({"summary_en": "x" * 1_001}, "summary_en"),
    ],
)
def test_what_does_not_fit_is_named_and_kept(
    desk: Desk, changes: dict[str, str], field: str
) -> None:
    answer = make(desk, **changes)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert fields_of(answer.text, NEW)["name_en"] == ["Digital harbours"]
    assert events(desk, "programme") == []


def test_authorities_join_and_leave(desk: Desk) -> None:
    make(desk)
    path = "/admin/programmes/harbours"
    browser = desk.as_("kim")
    for wanted in (["bremen-wirtschaft", "bremen-finanzen"], ["bremen-finanzen"], []):
        fields = fields_of(browser.get(path).text, f"{path}/authorities")
        answer = browser.post(f"{path}/authorities", typed(fields, authorities=wanted))
        assert answer.status_code == 303
        assert joined(desk, "harbours") == set(wanted)
    assert events(desk, "programme").count("AuthoritiesSet") == 3


def test_staff_of_an_authority_that_joined_can_write_for_it(desk: Desk) -> None:
    make(desk)
    wanted = {"authorities": ["bremen-wirtschaft"]}
    desk.as_("kim").post("/admin/programmes/harbours/authorities", wanted)
    assert "Digital harbours" in text_of(desk.as_("ida").get("/desk/challenges/new").text)
    assert "Digital harbours" not in desk.as_("astrid").get("/desk/challenges/new").text


def test_an_authority_that_does_not_exist_joins_nothing(desk: Desk) -> None:
    make(desk)
    path = "/admin/programmes/harbours/authorities"
    assert desk.as_("kim").post(path, {"authorities": "none"}).status_code == 422
    assert joined(desk, "harbours") == set()


def test_a_programme_from_a_file_says_so_and_takes_authorities_all_the_same(desk: Desk) -> None:
    path = "/admin/programmes/govtech"
    browser = desk.as_("kim")
    html = browser.get(path).text
    assert "are changed in content/programmes/govtech.yaml" in text_of(html)
    assert "Eva Programme manager" in text_of(html)
    fields = fields_of(html, f"{path}/authorities")
    before = joined(desk, "govtech")
    assert set(fields["authorities[]"]) == before
    wanted = sorted({*before, "bremen-wirtschaft"})
    browser.post(f"{path}/authorities", typed(fields, authorities=wanted))
    assert joined(desk, "govtech") == set(wanted)
