"""What says the same as another application is found, in its words and in another language, and a
person judges it; nobody sees a side that they may not read.
"""

from collections.abc import Sequence

import pytest
from sqlalchemy import delete, select

from govmatch.applications.actions import access
from govmatch.applications.models import Application
from govmatch.glossary.bridging import bridge
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, Invalid, NotAllowed, NotFound
from govmatch.kit.journal import JournalRow
from govmatch.matching.alike import Readable, read
from govmatch.matching.profile import Profile, Text
from govmatch.matching.rarity import Rarity
from govmatch.organisations.models import Firm
from govmatch.settings import shipped
from govmatch.triage import actions, compared
from govmatch.triage.actions.reading import read_new
from govmatch.triage.likeness_models import LikenessMark, Reading, TraceKind, Verdict
from govmatch.triage.prints import prints
from govmatch.triage.queries import likenesses
from tests.bench.near_duplicates.building import bodies
from tests.unit.applications.acting import NOW, acting, submitted
from tests.unit.matching.profiles import BRIDGE
from tests.unit.triage.doing import AFTER, DAY, open_up, staffed
from tests.web.applications.world import World, fill

CONTENT = shipped("content")
TEXTS = {key: text[:3_000] for key, text in bodies().items()}
"""The first page of each."""
SAME, OTHER = sorted({slug for slug, _ in TEXTS})[:2]


@pytest.fixture
def world(session: Session) -> World:
    return staffed(session, fill(session))


@pytest.fixture
def entries(session: Session, world: World) -> dict[str, Application]:
    """Nordlys writes German, Weser the same in Danish, Baltic something else."""
    made = {
        name: submitted(session, world, who, name)
        for name, who in (("nordlys", "bo"), ("weser", "dieter"), ("baltic", "per"))
    }
    write(session, made["nordlys"], TEXTS[SAME, "de"], "de")
    write(session, made["weser"], TEXTS[SAME, "da"], "da")
    write(session, made["baltic"], TEXTS[OTHER, "de"], "de")
    return made


def write(session: Session, application: Application, words: str, lang: str) -> None:
    """Put these words into the version that counts."""
    version = likenesses.versions_of(session, [application.id])[application.id]
    version.answers = {**version.answers, "solution": words}
    version.lang = lang
    session.flush()


def look(session: Session) -> int:
    words = bridge(session, CONTENT)
    return read_new(session, bridge=words, content_dir=CONTENT, now=NOW, most=50)


def alike(session: Session, world: World, who: str, one: Application) -> list[str]:
    actor = acting(session, world.people[who])
    return [found.other.firm.name for found in likenesses.alike_to(session, actor, one)]


def mark(
    session: Session, world: World, one: Application, other: Application, verdict: Verdict,
    who: str = "eva", *, reason: str = "Read both.", seen: int = 0,
) -> LikenessMark:  # fmt: skip
    return actions.mark_likeness(
        session, one, other.public_id, verdict, reason,
        seen=seen, actor=acting(session, world.people[who]), now=AFTER + DAY,
    )  # fmt: skip


def test_the_same_in_another_language_is_found_from_both_sides_and_nothing_else(
    session: Session, world: World, entries: dict[str, Application]
) -> None:
    assert look(session) == 3
    open_up(session, world)
    assert alike(session, world, "eva", entries["nordlys"]) == ["Weser"]
    assert alike(session, world, "eva", entries["weser"]) == ["Nordlys"]
    assert alike(session, world, "eva", entries["baltic"]) == []
    assert look(session) == 0


def test_a_copy_is_found_when_it_is_handed_in_later(
    session: Session, world: World, entries: dict[str, Application]
) -> None:
    look(session)
    paragraphs = TEXTS[OTHER, "de"].split("\n\n")
    write(session, entries["weser"], "\n\n".join(paragraphs[len(paragraphs) // 2 :]), "de")
    session.execute(delete(Reading))
    assert look(session) == 3
    open_up(session, world)
    assert alike(session, world, "eva", entries["weser"]) == ["Baltic"]
    assert alike(session, world, "eva", entries["nordlys"]) == []


def test_before_the_opening_nobody_sees_a_pair(
    session: Session, world: World, entries: dict[str, Application]
) -> None:
    look(session)
    for who in ("eva", "astrid", "jens", "kim", "bo"):
        assert alike(session, world, who, entries["nordlys"]) == []


def test_what_a_conflict_closes_is_no_side_of_a_pair(
    session: Session, world: World, entries: dict[str, Application]
) -> None:
    look(session)
    open_up(session, world)
    eva = world.eva.id
    access.close(
        session, entries["weser"], eva, why="conflict", actor=acting(session, world.astrid), now=NOW
    )
    assert alike(session, world, "eva", entries["nordlys"]) == []
    assert alike(session, world, "astrid", entries["nordlys"]) == ["Weser"]
    with pytest.raises(NotFound):
        mark(session, world, entries["nordlys"], entries["weser"], Verdict.SAME)


def test_a_mark_needs_a_reason_and_earlier_ones_stay(
    session: Session, world: World, entries: dict[str, Application]
) -> None:
    look(session)
    open_up(session, world)
    one, other = entries["nordlys"], entries["weser"]
    with pytest.raises(Invalid):
        mark(session, world, one, other, Verdict.SAME, reason=" ")
    with pytest.raises(NotAllowed):
        mark(session, world, one, other, Verdict.SAME, "jens")
    first = mark(session, world, one, other, Verdict.SAME)
    with pytest.raises(Conflict):
        mark(session, world, other, one, Verdict.DIFFERENT, seen=0)
    second = mark(session, world, other, one, Verdict.CONTINUED, "ole", seen=1)
    actor = acting(session, world.eva)
    for this in (one, other):
        (found,) = likenesses.alike_to(session, actor, this)
        assert [mark.id for mark in found.marks] == [second.id, first.id]
        assert likenesses.count_unmarked(session, actor, this) == 0
    assert {one.state, other.state} == {"submitted"}
    commit(session)
    rows = session.scalars(select(JournalRow).where(JournalRow.event == "LikenessMarked"))
    told = [(row.subject_id, row.data["other_id"], row.data["verdict"]) for row in rows]
    assert told == [
        (one.id, other.id, "same"), (other.id, one.id, "same"),
        (other.id, one.id, "continued"), (one.id, other.id, "continued"),
    ]  # fmt: skip


def test_a_new_version_that_says_something_else_is_no_duplicate_but_what_was_judged_stays(
    session: Session, world: World, entries: dict[str, Application]
) -> None:
    look(session)
    open_up(session, world)
    write(session, entries["weser"], TEXTS[sorted({s for s, _ in TEXTS})[3], "da"], "da")
    session.execute(delete(Reading).where(Reading.application_id == entries["weser"].id))
    look(session)
    assert alike(session, world, "eva", entries["nordlys"]) == []


def test_firms_that_have_something_in_common_are_hinted_at_with_what_it_is(
    session: Session, world: World, entries: dict[str, Application]
) -> None:
    for name in ("nordlys", "baltic"):
        firm = session.get_one(Firm, world.firms[name].id)
        firm.registration_key, firm.website = "DK:12345674", "https://www.shared.example/a"
    write(
        session, entries["weser"], "Call us: +45 33 12 34 56. In 2026 we need 1.000.000 EUR.", "en"
    )
    write(session, entries["baltic"], "Telefon (33) 12-34-56, den 12.11.2026", "de")
    look(session)
    open_up(session, world)
    actor = acting(session, world.eva)

    def hints(name: str) -> dict[str, set[TraceKind]]:
        found = likenesses.hints_of(session, actor, entries[name])
        return {one.other.firm.name: set(one.kinds) for one in found}

    assert hints("baltic") == {
        "Nordlys": {TraceKind.REGISTRATION, TraceKind.WEBSITE},
        "Weser": {TraceKind.PHONE},
    }
    assert hints("weser") == {"Baltic": {TraceKind.PHONE}}
    assert likenesses.hints_of(session, acting(session, world.ida), entries["baltic"]) == []


def test_what_many_have_in_common_tells_nothing(
    session: Session, world: World, entries: dict[str, Application], monkeypatch: pytest.MonkeyPatch
) -> None:
    look(session)
    nordlys, weser = entries["nordlys"].id, entries["weser"].id
    assert likenesses.sharing(session, nordlys)[0] == weser
    monkeypatch.setattr(likenesses, "TELLS_NOTHING", 1)
    assert likenesses.sharing(session, nordlys) == []


def test_a_text_of_a_page_or_two_is_found_again_from_its_translations() -> None:
    """Four challenges that ship, each in three languages: nine pairs in ten, and no wrong one."""
    slugs = sorted({slug for slug, _ in TEXTS})[:4]
    known = {
        key: read(Profile("x", "/".join(key), texts=(Text(text, key[1]),)), bridge=BRIDGE)
        for key, text in TEXTS.items()
        if key[0] in slugs
    }
    rarity = Rarity.of([one.terms for one in known.values()])
    kept = {
        key: set(prints(TEXTS[key], one.terms.text, rarity=rarity)) for key, one in known.items()
    }
    found = set()
    for key, one in known.items():
        shared = sorted(((len(kept[key] & kept[o]), o) for o in kept if o != key), reverse=True)
        likely = [o for n, o in shared[: likenesses.MOST_COMPARED] if n >= likenesses.LEAST_SHARED]
        judged = compared.alike(one, likely, lambda keys: [known[o] for o in keys])
        found |= {(key, o) for o, _ in judged}
    right = {(a, b) for a in known for b in known if a != b and a[0] == b[0]}
    assert found <= right and len(found) >= 0.9 * len(right), right ^ found


def test_each_of_many_copies_is_found_and_the_looking_ends_after_two_others() -> None:
    """Of ten others five are copies; the looking ends after two that are none."""
    asked = read(Profile("x", "asked", texts=(Text(TEXTS[SAME, "de"], "de"),)), bridge=BRIDGE)
    other = read(Profile("x", "other", texts=(Text(TEXTS[OTHER, "de"], "de"),)), bridge=BRIDGE)
    seen: list[int] = []

    def texts(numbers: Sequence[int]) -> list[Readable]:
        seen.extend(numbers)
        return [asked if number < copies else other for number in numbers]

    copies = 5
    found = compared.alike(asked, range(10), texts)
    assert [number for number, _ in found] == [0, 1, 2, 3, 4]
    assert seen == [0, 1, 2, 3, 4, 5, 6]
    seen.clear()
    copies = 0
    assert compared.alike(asked, range(10), texts) == []
    assert seen == [0, 1, 2, 3]
