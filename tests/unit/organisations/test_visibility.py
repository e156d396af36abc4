"""What nobody may see, nobody finds: in lists, counts, words, the index, or by its address."""

from itertools import product
from pathlib import Path

import pytest

from govmatch import settings
from govmatch.accounts.models import Role
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.kit.errors import NotFound
from govmatch.kit.signing import Signer
from govmatch.organisations import actions, index_entries, queries, rules
from govmatch.organisations.directory import FACETS, directory
from govmatch.organisations.models import Firm
from tests.unit.organisations.samples import NOW, add_firm, add_terms, evidence, lead_of

CANARY = "zyzzyva"


def hidden_firm(session: Session) -> Firm:
    """A firm that is not listed, with a rare word and rare values wherever it can have them."""
    return add_firm(
        session,
        f"{CANARY} GmbH",
        country="AQ",
        is_public=False,
        size="large",
        city=CANARY,
        summary=CANARY,
        products=CANARY,
        references=CANARY,
        themes=("invoicing",),
        technologies=("search",),
        languages=("mt",),
        evidence=(evidence(note=CANARY),),
    )


def roles(firm: Firm) -> list[frozenset[Held]]:
    return [
        frozenset(),
        *(frozenset({Held(role, "firm", firm.id)}) for role in (Role.LEAD, Role.MEMBER)),
        frozenset({Held(Role.FINANCE, "firm", firm.id)}),
        frozenset({Held(Role.LEAD, "firm", firm.id + 1)}),
        frozenset({Held(Role.ADMINISTRATOR, "site", 0), Held(Role.AUDITOR, "site", 0)}),
        frozenset({Held(Role.STAFF, "authority", firm.id)}),
    ]


@pytest.mark.security(1)
def test_lists_and_rules_agree_on_who_sees_a_firm(session: Session) -> None:
    """The same answer in SQL and on the loaded firm, for every kind of firm and every role."""
    seen = set()
    for is_public, is_closed in product((True, False), repeat=2):
        firm = add_firm(session, is_public=is_public)
        if is_closed:
            actions.close_firm(session, firm, actor=lead_of(firm), now=NOW, real_now=NOW)
        session.flush()
        for held in roles(firm):
            actor = Actor(person_id=1, roles=held)
            may = bool(rules.may_see(actor, firm))
            assert queries.visible_firms_among(session, [firm.id], actor=actor) == (
                {firm.id} if may else set()
            )
            seen.add((is_public, is_closed, may))
    assert seen == {
        (True, False, True),
        (False, False, True),
        (False, False, False),
        (True, True, False),
        (False, True, False),
    }


@pytest.mark.security(1)
def test_a_firm_that_is_not_listed_has_no_page_for_others(session: Session) -> None:
    firm = hidden_firm(session)
    for actor in (VISITOR, Actor(person_id=1, roles=roles(firm)[4])):
        with pytest.raises(NotFound):
            queries.get_visible_firm(session, actor, firm.slug)
    assert queries.get_visible_firm(session, lead_of(firm), firm.slug) == firm


@pytest.mark.security(4)
def test_a_firm_that_is_not_listed_is_in_no_list_count_or_facet(session: Session) -> None:
    add_terms(session)
    add_firm(session, themes=("safety",), languages=("da",), size="small")
    known = directory(session, public_id=1)
    counts = known.counts({})
    hidden_firm(session)
    session.flush()
    again = directory(session, public_id=2)
    assert again.found({}) == known.found({}) == 1
    assert again.counts({}) == counts
    assert again.with_words(CANARY).found({}) == 0
    assert not any(CANARY in row.words or CANARY in row.order for row in again.rows)
    values = {value for facet in FACETS for value in again.facets.values.get(facet, {})}
    assert not values & {"AQ", "large", "mt", "invoicing", "search"}


@pytest.fixture
def background(tmp_path: Path) -> Background:
    given = settings.load({"GOVMATCH_MODE": "test"}, data_dir=tmp_path, secret_key="x" * 40)
    return Background(given, Signer("x" * 40), NOW, NOW)


@pytest.mark.security(4)
def test_the_index_keeps_a_firm_that_is_not_listed_for_its_members(
    session: Session, background: Background
) -> None:
    firm = hidden_firm(session)
    (entry,) = index_entries.entries(background, session, firm.id)
    assert entry.audience == {f"firm:{firm.id}"}
    assert not entry.audience & VISITOR.audience
    assert entry.audience & lead_of(firm).audience


def test_a_listed_firm_is_found_by_what_it_does_in_any_language(
    session: Session, background: Background
) -> None:
    add_terms(session)
    firm = add_firm(
        session,
        summary="Læser skilte",
        products="En app",
        references="En styrelse",
        text_lang="da",
        size="small",
        themes=("inspections",),
        technologies=("sensors",),
        cpv=("72212328",),
        evidence=(evidence(note=CANARY),),
    )
    (entry,) = index_entries.entries(background, session, firm.id)
    assert (entry.kind, entry.id, entry.lang) == ("firm", str(firm.id), "da")
    assert (entry.title, entry.url) == ("Nordlys Vision ApS", "/firms/nordlys-vision")
    assert entry.text == "Læser skilte\nEn app\nEn styrelse"
    assert entry.audience == {"public"}
    assert entry.facets == {
        "country": ("DK",),
        "size": ("small",),
        "theme": ("inspections",),
        "technology": ("sensors",),
    }
    for word in ("Kontrollen", "Tilsyn", "Sensorik", "Image-processing"):
        assert word in entry.labels
    assert CANARY not in entry.text + entry.labels


def test_a_closed_firm_is_found_no_more(session: Session, background: Background) -> None:
    firm = add_firm(session)
    actions.close_firm(session, firm, actor=lead_of(firm), now=NOW, real_now=NOW)
    session.flush()
    assert index_entries.entries(background, session, firm.id) == []
    assert list(index_entries.ids(background, session)) == []
    assert directory(session, public_id=7).rows == []
