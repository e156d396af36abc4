"""What matching is told: words, codes and requirements, and nothing about any person."""

from dataclasses import fields
from typing import Any

from sqlalchemy import String, select
from sqlalchemy.orm import Session as ReadSession

from govmatch.accounts.models import Person
from govmatch.challenges.match_profile import TEXTS, match_profile
from govmatch.challenges.models import Challenge
from govmatch.kit.country_groups import EU
from govmatch.kit.db import Session
from govmatch.matching.profile import Force, Profile
from govmatch.organisations.match_profile import TEXTS as FIRM_TEXTS
from govmatch.organisations.match_profile import match_profile as of_firm
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import profile_of
from tests.unit.challenges.world import make_world, published
from tests.unit.organisations import samples

# Who adds a name here has thought about what it says of people: sex, origin, belief, age of
# people, and who they are must not count (PRODUCT.md section 6).
FIRM_HAS = {"country", "size", "languages"} | {
    f"evidence:{kind}"
    for kind in (
        "company-registration",
        "gdpr-processing-agreement",
        "liability-insurance",
        "iso-27001",
        "hosting-in-eea",
    )
}
FIRM_ASKS = {"place", "region"}
CHALLENGE_HAS = {"place", "region", "budget:DKK", "budget:EUR"}
CHALLENGE_ASKS = {"country", "size", "languages"} | {n for n in FIRM_HAS if n.startswith("evid")}
TREES = {"cpv", "theme", "technology"}

PLANTED = "zquordle"


def challenge_of(session: Session, **changes: Any) -> Challenge:
    world = make_world(session)
    return published(session, world, **changes)


def plant_in_people(session: ReadSession) -> None:
    """Write a rare word into every text column of every person."""
    texts = [c.key for c in Person.__table__.columns if isinstance(c.type, String)]
    assert {"name", "email"} <= set(texts)
    for number, person in enumerate(session.scalars(select(Person))):
        for column in set(texts) - {"lang", "zone"}:
            setattr(person, column, f"{PLANTED}-{number}-{column}")
    session.flush()


def test_no_person_enters_the_profile_of_a_challenge(session: Session) -> None:
    challenge = challenge_of(session)
    challenge.contact = dict.fromkeys(("name", "email", "phone"), PLANTED)
    challenge.authority.contact = dict.fromkeys(("name", "email", "phone"), PLANTED)
    challenge.approved_in_file = PLANTED
    plant_in_people(session)
    assert PLANTED not in repr(match_profile(challenge))


def test_no_person_enters_the_profile_of_a_firm(session: Session) -> None:
    samples.add_terms(session)
    firm = samples.add_firm(
        session,
        name=f"{PLANTED} ApS",
        city=PLANTED,
        website=f"https://{PLANTED}.example",
        founded=1987,
        registration=f"{PLANTED} 1987",
        summary="We read labels",
        evidence=[samples.evidence(note=PLANTED)],
    )
    samples.join(session, samples.add_person(session), firm)
    plant_in_people(session)
    found = repr(of_firm(profile_of(session, firm)))
    assert PLANTED not in found
    assert "1987" not in found


def names(profile: Profile) -> tuple[set[str], set[str], set[str], set[str]]:
    """Return what a profile has and asks, its trees of codes, and the fields of its texts."""
    trees = {code.partition(":")[0] for code in profile.codes}
    texts = {text.field for text in profile.texts}
    return {fact.name for fact in profile.has}, {ask.name for ask in profile.asks}, trees, texts


def test_only_these_facts_are_compared(session: Session) -> None:
    challenge = challenge_of(session, requires=("iso-27001", "hosting-in-eea"))
    has, asks, trees, texts = names(match_profile(challenge))
    assert has <= CHALLENGE_HAS and asks <= CHALLENGE_ASKS and trees <= TREES
    assert {text.partition(".")[0] for text in texts} <= set(TEXTS) == {"title", "summary", "body"}
    firm = samples.add_firm(
        session,
        region="Fyn",
        size="micro",
        languages=("da",),
        summary="A",
        products="B",
        references="C",
        themes=("inspections",),
        technologies=("sensors",),
        cpv=("72212328",),
        registration="1",
        evidence=[samples.evidence()],
    )
    has, asks, trees, texts = names(of_firm(profile_of(session, firm)))
    assert has <= FIRM_HAS and asks <= FIRM_ASKS and trees == TREES
    assert texts == set(FIRM_TEXTS) == {"summary", "products", "references"}


def test_a_profile_has_no_other_place_where_something_could_stand() -> None:
    assert {one.name for one in fields(Profile)} == {"kind", "id", "texts", "codes", "has", "asks"}


def test_gates_are_country_and_size_alone(session: Session) -> None:
    profile = match_profile(challenge_of(session, requires=("iso-27001",)))
    force = {ask.name: ask.force for ask in profile.asks}
    assert {name for name, one in force.items() if one is Force.GATE} == {"country", "size"}
    assert force["evidence:iso-27001"] is Force.EVIDENCE
    assert force["languages"] is Force.WISH
    country = next(ask for ask in profile.asks if ask.name == "country")
    assert country.any_of == EU | {"GB"}


def test_a_challenge_in_two_languages_weighs_no_more_than_one_in_one(session: Session) -> None:
    profile = match_profile(challenge_of(session))
    titles = {text.language: text for text in profile.texts if text.field.startswith("title")}
    assert {lang: text.field for lang, text in titles.items()} == {
        "en": "title.en",
        "da": "title.da",
    }
    assert sum(text.weight for text in titles.values()) == TEXTS["title"]


def test_an_entry_in_the_register_is_evidence_by_itself(session: Session) -> None:
    firm: Firm = samples.add_firm(session, registration="CVR 1")
    names_of = {fact.name for fact in of_firm(profile_of(session, firm)).has}
    assert "evidence:company-registration" in names_of
