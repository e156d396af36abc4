"""What every action on a need begins and ends with."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.needs.models import NEXT_STATES, Need, State
from govmatch.needs.wording import MAX_REASON


def hold(session: Session, *needs: Need) -> None:
    """Read needs anew and keep others from changing them until this transaction ends.

    In the order of their ids, so that two acts on the same two never wait for each other.
    """
    ids = sorted(need.id for need in needs)
    session.execute(
        select(Need)
        .where(Need.id.in_(ids))
        .order_by(Need.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalars().all()  # only rows that are fetched are read anew


def move(need: Need, to: State, *, now: datetime) -> State:
    """Put the need into a state that may follow its own, and return the one it was in.

    Raises `ValueError` where the table of states has no such step.
    """
    was = State(need.state)
    if to not in NEXT_STATES[was]:
        raise ValueError(f"{to} does not follow {was}")
    need.state = to.value
    need.updated_at = now
    return was


def said(texts: Mapping[str, str], *, field: str, most: int = MAX_REASON) -> dict[str, str]:
    """Return what was said by language, without empty ones.

    Raises `Invalid` for `field` where nothing was said, or more than `most` characters.
    """
    found: dict[str, str] = {
        lang: texts[lang].strip() for lang in LANGUAGES if texts.get(lang, "").strip()
    }
    if not found:
        raise Invalid({field: msg("Please say it in at least one language.")})
    if any(len(text) > most for text in found.values()):
        raise Invalid({field: msg("Please use at most {limit} characters.", limit=most)})
    return found
