"""The firms of the demonstration: right in every field, and varied enough to try everything on."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from govmatch.kit.actor import VISITOR
from govmatch.kit.content import Folder, Problem
from govmatch.kit.db import Session
from govmatch.kit.i18n import LANGUAGES, say
from govmatch.organisations import actions, queries
from govmatch.organisations.firm_files import FirmData, read_firms
from govmatch.organisations.forms import (
    as_typed,
    read_basics,
    read_codes,
    read_offer,
    read_topics,
    read_visibility,
)
from govmatch.organisations.profile import Basics, Codes, Offer, Section, Topics, Visibility
from govmatch.settings import shipped
from govmatch.taxonomy import cpv
from govmatch.taxonomy.content import read_terms
from govmatch.taxonomy.models import TermKind
from govmatch.web.fields import Form
from govmatch.web.visit import Values
from tests.unit.organisations.samples import NOW, TODAY

FOLDER = Folder(shipped("content"))
NEEDED = {"nordlys-vision", "weserbeleg", "klarsprak-lab"}


def read(today: date = TODAY) -> list[FirmData]:
    problems: list[Problem] = []
    found = read_firms(FOLDER, problems, today=today)
    assert problems == []
    return found


FIRMS = read()
THEMES, TECHNOLOGIES = (
    {term.slug for term in read_terms(FOLDER, kind, []) or []}
    for kind in (TermKind.THEME, TermKind.TECHNOLOGY)
)


def section(firm: FirmData, kind: type[Section]) -> Section:
    return next(one for one in firm.sections if isinstance(one, kind))


def test_there_are_25_firms_of_many_countries_in_three_languages() -> None:
    assert len({firm.slug for firm in FIRMS}) == len({firm.new.name for firm in FIRMS}) == 25
    assert {firm.slug for firm in FIRMS} >= NEEDED
    assert len({firm.new.country for firm in FIRMS}) >= 7
    langs = Counter(one.text_lang for f in FIRMS for one in f.sections if isinstance(one, Offer))
    assert set(langs) == set(LANGUAGES)
    assert min(langs.values()) >= 5


def test_some_are_incomplete_two_are_not_listed_and_one_has_expired_evidence() -> None:
    offers = [one for f in FIRMS for one in f.sections if isinstance(one, Offer)]
    assert sum(not offer.products or not offer.references for offer in offers) >= 3
    seen = [one for f in FIRMS for one in f.sections if isinstance(one, Visibility)]
    assert sum(not one.is_public for one in seen) == 2
    expired = [e for f in FIRMS for e in f.evidence if e.valid_until and e.valid_until < TODAY]
    assert len(expired) == 1


def entered(one: Section) -> tuple[Section, Form]:
    """Return a section as its own form reads it, when it is typed in."""
    values = Values({k: [v] if isinstance(v, str) else v for k, v in as_typed(one).items()})
    match one:
        case Basics():
            return read_basics(values, today=TODAY)
        case Offer():
            return read_offer(values)
        case Topics():
            return read_topics(values, themes=THEMES, technologies=TECHNOLOGIES)
        case Codes():
            codes, _, form = read_codes(values, known=cpv.codes(FOLDER.root))
            return codes, form
        case Visibility():
            return read_visibility(values)


@pytest.mark.parametrize("firm", FIRMS, ids=lambda firm: firm.slug)
def test_each_says_what_its_own_form_would_take(firm: FirmData) -> None:
    """A file says nothing that a person could not have entered."""
    for one in firm.sections:
        again, form = entered(one)
        assert form.errors == {}
        assert again == one


@pytest.mark.parametrize("firm", FIRMS, ids=lambda firm: firm.slug)
def test_none_names_a_host_or_a_register_that_somebody_has(firm: FirmData) -> None:
    basics = section(firm, Basics)
    assert isinstance(basics, Basics)
    assert not basics.website or basics.website.endswith(".example")


@pytest.mark.parametrize("key", ["registration", "vat"])
def test_a_number_that_cannot_be_one_is_named_with_its_line(tmp_path: Path, key: str) -> None:
    (tmp_path / "demonstration").mkdir()
    lines = ["slug: n", "name: N", "country: DK", f"{key}: '13585629'", "text_lang: da"]
    text = "firms:\n  - " + "\n    ".join(lines)
    (tmp_path / "demonstration" / "firms.yaml").write_text(text + "\n", "utf-8")
    problems: list[Problem] = []
    assert read_firms(Folder(tmp_path), problems, today=TODAY) == []
    assert [(one.line, "13585629" in say(one.message, "en")) for one in problems] == [(5, True)]


def test_they_are_loaded_with_their_addresses_once(session: Session) -> None:
    for _ in range(2):
        for data in FIRMS:
            actions.load_firm(session, data, actor=VISITOR, now=NOW)
    firm = queries.get_visible_firm(session, VISITOR, "nordlys-vision")
    profile = queries.profile_of(session, firm)
    assert profile.basics.city == "Aalborg"
    assert "Mærkelæser" in profile.offer.products
    assert profile.topics.themes == ("product-safety", "inspections")
    assert len(profile.evidence) == 4
    hidden = {"stillmann-analytik", "atelier-guichet"}
    listed = queries.visible_firms_among(session, range(1, 10_000), actor=VISITOR)
    assert len(listed) == 25 - len(hidden)


def test_evidence_runs_from_the_day_of_seeding() -> None:
    later = date(2027, 3, 1)
    ends = [e.valid_until for f in read(later) for e in f.evidence if e.valid_until]
    assert sum(end < later for end in ends) == 1
