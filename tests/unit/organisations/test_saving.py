"""Saving a profile: section by section, noticed when two save the same one, told to the journal."""

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, NotAllowed, NotFound
from govmatch.kit.journal import Head, rows_about
from govmatch.organisations import actions, queries
from govmatch.organisations.models import Evidence, Firm
from govmatch.organisations.profile import (
    Basics,
    Codes,
    Offer,
    Section,
    Topics,
    Visibility,
    fingerprint,
    values_of,
)
from tests.unit.organisations.samples import NOW, TODAY, add_firm, evidence, lead_of

SECTIONS: list[Section] = [
    Basics(name="Sydlys", country="SE", size="medium", founded=2001, languages=("sv",)),
    Offer(summary="Short", products="Long\n\ntext", references="Some", text_lang="da"),
    Topics(themes=("safety", "invoicing"), technologies=("sensors",)),
    Codes(cpv=("72212328",)),
    Visibility(is_public=False, matching=False),
]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: type(section).__name__)
def test_what_is_saved_is_what_is_kept(session: Session, section: Section) -> None:
    firm = add_firm(session)
    before = firm.revision
    assert actions.save_profile(session, firm, section, actor=lead_of(firm), now=NOW)
    session.flush()
    session.expire_all()
    name = type(section).__name__.lower()
    assert queries.profile_of(session, firm).section(name) == section
    assert firm.revision == before + 1


def test_saving_the_same_again_changes_nothing_and_records_nothing(session: Session) -> None:
    firm = add_firm(session)
    offer = Offer(summary="Short")
    actions.save_profile(session, firm, offer, actor=lead_of(firm), now=NOW)
    commit(session)
    count, revision = len(rows_about(session, "firm", firm.id)), firm.revision
    assert not actions.save_profile(session, firm, offer, actor=lead_of(firm), now=NOW)
    commit(session)
    assert (len(rows_about(session, "firm", firm.id)), firm.revision) == (count, revision)


@pytest.mark.security(28)
def test_the_second_save_of_one_section_is_noticed_and_loses_nothing(session: Session) -> None:
    firm = add_firm(session)
    seen = fingerprint(queries.profile_of(session, firm).offer)
    ours, theirs = Offer(summary="Ours"), Offer(summary="Theirs")
    actions.save_profile(session, firm, theirs, actor=lead_of(firm), now=NOW, seen=seen)
    with pytest.raises(Conflict):
        actions.save_profile(session, firm, ours, actor=lead_of(firm), now=NOW, seen=seen)
    assert firm.summary == "Theirs"


def test_two_may_save_two_sections_side_by_side(session: Session) -> None:
    firm = add_firm(session)
    profile = queries.profile_of(session, firm)
    offer_seen, codes_seen = fingerprint(profile.offer), fingerprint(profile.codes)
    actor = lead_of(firm)
    actions.save_profile(session, firm, Offer(summary="A"), actor=actor, now=NOW, seen=offer_seen)
    codes = Codes(cpv=("72212328",))
    actions.save_profile(session, firm, codes, actor=actor, now=NOW, seen=codes_seen)
    assert (firm.summary, firm.cpv) == ("A", ["72212328"])


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (VISITOR, False),
        (Actor(person_id=1), False),
        (Actor(person_id=1, roles=frozenset({Held(Role.LEAD, "firm", 10**6)})), False),
        (Actor(person_id=1, roles=frozenset({Held(Role.ADMINISTRATOR, "site", 0)})), False),
    ],
)
def test_nobody_else_saves(session: Session, actor: Actor, allowed: bool) -> None:
    firm = add_firm(session)
    with pytest.raises(NotAllowed):
        actions.save_profile(session, firm, Offer(summary="Mine"), actor=actor, now=NOW)
    assert firm.summary == ""


@pytest.mark.parametrize(
    ("role", "allowed"), [(Role.LEAD, True), (Role.MEMBER, True), (Role.FINANCE, False)]
)
def test_lead_and_members_save_and_the_finance_contact_does_not(
    session: Session, role: Role, allowed: bool
) -> None:
    firm = add_firm(session)
    actor = Actor(person_id=None, roles=frozenset({Held(role, "firm", firm.id)}))
    if allowed:
        assert actions.save_profile(session, firm, Offer(summary="Ours"), actor=actor, now=NOW)
    else:
        with pytest.raises(NotAllowed):
            actions.save_profile(session, firm, Offer(summary="Ours"), actor=actor, now=NOW)


def _public_id(session: Session) -> int:
    return session.execute(select(Head.public_id)).scalar_one()


@pytest.mark.parametrize(
    ("listed", "section", "is_public"),
    [
        (True, Offer(summary="New"), True),
        (False, Offer(summary="New"), False),
        (False, Visibility(is_public=True), True),
        (True, Visibility(is_public=False), True),
        (False, Visibility(is_public=False, matching=False), False),
    ],
)
def test_the_directory_is_made_anew_when_it_reads_otherwise(
    session: Session, listed: bool, section: Section, is_public: bool
) -> None:
    firm = add_firm(session, is_public=listed)
    commit(session)
    before = _public_id(session)
    actions.save_profile(session, firm, section, actor=lead_of(firm), now=NOW)
    commit(session)
    last = rows_about(session, "firm", firm.id)[-1]
    assert last.event == ("ListedFirmChanged" if is_public else "FirmProfileChanged")
    assert last.data == {"section": type(section).__name__.lower()}
    assert (_public_id(session) > before) is is_public


def _only_evidence(session: Session, firm: Firm) -> Evidence:
    (found,) = queries.evidence_of(session, firm)
    return found


def test_evidence_is_added_changed_and_removed(session: Session) -> None:
    firm = add_firm(session)
    actor = lead_of(firm)
    actions.add_evidence(session, firm, evidence(until=TODAY), actor=actor, now=NOW)
    piece = _only_evidence(session, firm)
    changed = evidence("liability-insurance", note="Policy 7")
    seen = fingerprint(values_of(piece))
    actions.change_evidence(session, firm, piece, changed, actor=actor, now=NOW, seen=seen)
    assert values_of(_only_evidence(session, firm)) == changed
    with pytest.raises(Conflict):
        actions.change_evidence(session, firm, piece, evidence(), actor=actor, now=NOW, seen=seen)
    actions.remove_evidence(session, firm, piece, actor=actor, now=NOW)
    session.flush()
    assert queries.evidence_of(session, firm) == []


@pytest.mark.security(2)
def test_evidence_of_another_firm_is_not_there(session: Session) -> None:
    firm, other = add_firm(session), add_firm(session, "Other ApS", evidence=(evidence(),))
    theirs = _only_evidence(session, other)
    with pytest.raises(NotFound):
        queries.get_evidence(session, firm, theirs.public_id)


def test_twenty_pieces_of_evidence_are_enough(session: Session) -> None:
    firm = add_firm(session, evidence=tuple(evidence(note=str(n)) for n in range(20)))
    with pytest.raises(Conflict):
        actions.add_evidence(session, firm, evidence(), actor=lead_of(firm), now=NOW)
    assert len(queries.evidence_of(session, firm)) == 20


@pytest.mark.parametrize(("offset", "in_date"), [(0, True), (-1, False), (1, True)])
def test_evidence_counts_up_to_its_last_day(session: Session, offset: int, in_date: bool) -> None:
    until = TODAY.fromordinal(TODAY.toordinal() + offset)
    firm = add_firm(session, evidence=(evidence(until=until), evidence("hosting-in-eea")))
    expected = {"hosting-in-eea", *(["iso-27001"] if in_date else [])}
    assert queries.evidence_in_date(session, firm, on=TODAY) == expected


def test_a_closed_firm_is_not_changed(session: Session) -> None:
    firm = add_firm(session)
    actor = lead_of(firm)
    actions.close_firm(session, firm, actor=actor, now=NOW, real_now=NOW)
    with pytest.raises(NotAllowed):
        actions.save_profile(session, firm, Offer(summary="New"), actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        actions.add_evidence(session, firm, evidence(), actor=actor, now=NOW)
    assert (firm.summary, queries.evidence_of(session, firm)) == ("", [])
