"""What a challenge said before, and which translations the original has left behind."""

from collections.abc import Sequence

from sqlalchemy import select

from govmatch.challenges.keeping import from_data
from govmatch.challenges.models import Challenge, ChallengeVersion
from govmatch.challenges.pieces import is_text, pieces_of
from govmatch.challenges.statement import Statement, statement_of
from govmatch.kit.db import ReadSession


def versions(session: ReadSession, challenge: Challenge) -> list[ChallengeVersion]:
    """Return the versions, oldest first, without what they say."""
    found = select(ChallengeVersion).where(ChallengeVersion.challenge_id == challenge.id)
    return list(session.scalars(found.order_by(ChallengeVersion.revision)))


def statement_at(session: ReadSession, challenge: Challenge, revision: int) -> Statement | None:
    """Return what it said at a revision, or at the last before it that is still kept.

    A revision between two kept ones lies within one person's run of saves. None where there was
    none yet.
    """
    if revision == challenge.revision:
        return statement_of(challenge)
    data = session.scalars(
        select(ChallengeVersion.statement)
        .where(
            ChallengeVersion.challenge_id == challenge.id,
            ChallengeVersion.revision <= revision,
        )
        .order_by(ChallengeVersion.revision.desc())
        .limit(1)
    ).first()
    return None if data is None or revision > challenge.revision else from_data(data)


def outdated(session: ReadSession, challenge: Challenge) -> dict[str, str]:
    """Return the translated texts that the original has left behind, each with the original then.

    Where the original was changed and changed back nothing is out of date.
    """
    main = challenge.main_lang
    now = pieces_of(statement_of(challenge))
    found = left_behind(versions(session, challenge), main)
    then = {
        revision: pieces_of(statement)
        for revision in set(found.values())
        if (statement := statement_at(session, challenge, revision)) is not None
    }
    originals = {
        name: then[revision].get(f"{name.partition('.')[0]}.{main}", "")
        for name, revision in found.items()
        if revision in then and now.get(name)
    }
    return {
        name: text
        for name, text in originals.items()
        if text != now[f"{name.partition('.')[0]}.{main}"]
    }


def left_behind(found: Sequence[ChallengeVersion], main_lang: str) -> dict[str, int]:
    """Return the texts whose original was changed after they were: name to revision of theirs.

    A text that somebody found still right counts as changed then.
    """
    last: dict[str, int] = {}
    for version in found:
        last |= dict.fromkeys((*version.changed, *version.confirmed), version.revision)
    return {
        name: revision
        for name, revision in last.items()
        if is_text(name)
        and not name.endswith(f".{main_lang}")
        and last.get(f"{name.partition('.')[0]}.{main_lang}", 0) > revision
    }
