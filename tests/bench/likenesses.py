"""What it costs to find which of many applications says the same as a new one."""

import random
import time
from collections.abc import Iterator, Sequence
from statistics import median

from sqlalchemy import delete, insert, select

from govmatch.applications.models import Application, Version
from govmatch.glossary.bridging import bridge
from govmatch.kit.db import Database, Session
from govmatch.questionnaires import Kind
from govmatch.questionnaires.loading import load_kept
from govmatch.search.bridge.concepts import Bridge
from govmatch.settings import Settings
from govmatch.triage import compared
from govmatch.triage.actions.reading import found_alike, keys_of
from govmatch.triage.likeness_models import Print
from govmatch.triage.prints import MOST_KEYS
from tests.bench.figures import Figure
from tests.bench.texts import Texts

READ, ASKED, COPIED = 300, 20, 5
"""Texts that are read for the prints of all; new applications; those that take over from others."""
SEED = 20190227


def near_duplicates(settings: Settings, database: Database, texts: Texts) -> Iterator[Figure]:
    """Yield what a new application costs, with as many others as there are; nothing is kept.

    What is known already and what is new have no paragraph in common but those that are copied, so
    that it is known what has to be found.
    """
    dice = random.Random(SEED)
    before, fresh = _halves(texts)
    with database.writing() as session:
        words = bridge(session, settings.content_dir)
        ids = list(session.scalars(select(Application.id).where(Application.current_version > 0)))
        chosen = dice.sample(ids, ASKED + READ)
        new, others = chosen[:ASKED], chosen[ASKED:]
        known = {number: _say(session, number, before.write("en").body) for number in others}
        kept = {
            number: keys_of(session, version, compared.readable(version, bridge=words))
            for number, version in known.items()
        }
        _keep(session, set(ids) - set(new), kept, dice)
        asked = [
            _say(session, number, _new_text(fresh, known[others[place]], copied=place < COPIED))
            for place, number in enumerate(new)
        ]
        yield from _asked(session, asked, others[:COPIED], words, len(ids))
        session.rollback()


def _halves(texts: Texts) -> tuple[Texts, Texts]:
    """Return the paragraphs in two halves, each with the same titles."""
    every = {lang: sorted(set(own)) for lang, own in texts.paragraphs.items()}
    first, second = (
        Texts(texts.dice, texts.titles, {lang: own[n::2] for lang, own in every.items()})
        for n in (0, 1)
    )
    return first, second


def _say(session: Session, number: int, text: str) -> Version:
    """Let the version that counts of an application say this in its first long answer."""
    found = select(Version).where(Version.application_id == number).order_by(Version.id.desc())
    version = session.scalars(found).first()
    assert version is not None
    questions = load_kept(version.form).questions
    place = next(one.id for one in questions if one.kind is Kind.LONG_TEXT)
    version.answers, version.lang = {place: text}, "en"
    session.flush()
    return version


def _new_text(texts: Texts, other: Version, *, copied: bool) -> str:
    """Return a new text; a copied one takes over half of another application."""
    own = texts.write("en").body
    parts = str(next(iter(other.answers.values()))).split("\n\n")
    return "\n\n".join([own, *parts[: len(parts) // 2 + 1]]) if copied else own


def _keep(session: Session, ids: set[int], kept: dict[int, list[int]], dice: random.Random) -> None:
    """Give every other application prints of its own, and a tenth of a text that was read.

    That is what texts on one topic have in common that say different things.
    """
    session.execute(delete(Print))
    read = list(kept.values())
    rows = []
    for number in sorted(ids):
        keys = kept.get(number) or {
            *dice.sample(one := dice.choice(read), len(one) // 10),
            *(dice.getrandbits(63) for _ in range(MOST_KEYS * 9 // 10)),
        }
        rows += [{"application_id": number, "key": key} for key in keys]
    session.execute(insert(Print), rows)
    session.flush()


def _paragraphs(version: Version) -> set[str]:
    """Return the paragraphs of a version's answers; whoever has one of another's says the same."""
    given = (str(one) for one in version.answers.values() if isinstance(one, str))
    return {part for one in given for part in one.split("\n\n") if not part.startswith("##")}


def _asked(
    session: Session, asked: Sequence[Version], copied: Sequence[int], words: Bridge, size: int
) -> Iterator[Figure]:
    reading, looking, right = [], [], 0
    for place, version in enumerate(asked):
        begun = time.process_time()
        here = compared.readable(version, bridge=words)
        keys = keys_of(session, version, here)
        number = version.application_id
        session.execute(insert(Print), [{"application_id": number, "key": key} for key in keys])
        read = time.process_time()
        found = found_alike(session, version, here, bridge=words)
        looking.append((time.process_time() - read) * 1000)
        reading.append((read - begun) * 1000)
        wanted = set(copied[place : place + 1])
        right += wanted <= {other.application_id for other, _ in found} and all(
            _paragraphs(version) & _paragraphs(other) for other, _ in found
        )
    how = f"median of {ASKED}, the dearest {max(looking):.0f} ms; {right} judged rightly"
    yield Figure(
        name=f"near-duplicates of one among {size:,}",
        value=median(looking), unit="ms", limit=20, how=how,
    )  # fmt: skip
    yield Figure(
        name="reading one application for that",
        value=median(reading),
        unit="ms",
        how="once; its prints kept too",
    )
