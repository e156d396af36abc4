"""Changes of challenges after their publication, as their files would make them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from govmatch.challenges.actions import amend
from govmatch.challenges.statement import statement_of
from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.kit.content import FILES

MORNING = 10


def steps(stage: Stage, told: Told) -> Iterator[Step]:
    """Do what the file says, in the order of its days."""
    for one in told.get("amendments", ()):
        yield Step(stage.at(one["on"], MORNING), partial(_amend, stage, one))


def _amend(stage: Stage, told: Told, now: datetime) -> None:
    challenge = stage.challenge(told["challenge"])
    before = statement_of(challenge)
    weights, changed = told.get("weights", {}), told.get("words", {})
    words = dict(before.words)
    for lang, one in changed.items():
        assert one["old"] in words[lang].body, f"{one['old']!r} is not in {lang}"
        words[lang] = replace(words[lang], body=words[lang].body.replace(one["old"], one["new"], 1))
    statement = replace(
        before,
        words=words,
        criteria=tuple(
            replace(one, weight=weights.get(one.id, one.weight)) for one in before.criteria
        ),
    )
    amend(
        stage.session, challenge, statement,
        reasons=told["reasons"], actor=FILES, now=now, content_dir=stage.settings.content_dir,
    )  # fmt: skip
