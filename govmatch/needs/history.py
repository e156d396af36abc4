"""What happened to a need, in plain words: its journal rows as lines of a timeline."""

from collections.abc import Iterable, Mapping

from govmatch.kit.i18n import Message, msg
from govmatch.kit.journal import JournalRow
from govmatch.needs.showing import STATES


def happened(row: JournalRow) -> Message | None:
    """Return what a row says; None for voices, which are counted and not told one by one."""
    if row.event == "NeedMerged":
        return msg(
            "Merged with another need, which {firms} more firms and {people} more citizens"
            " support since",
            firms=row.data["firms"],
            people=row.data["people"],
        )
    if row.event == "NeedHandedBack":
        return msg("Draft deleted, back in the state: {state}",
                   state=STATES[str(row.data["to_state"])][0])  # fmt: skip
    if row.event == "NeedEdited":
        is_programme = bool(row.data["by_programme"])
        return _CORRECTED if is_programme else msg("Changed by who proposed it")
    return _WORDS.get(row.event)


def has_lost(rows: Iterable[JournalRow], person_id: int | None) -> bool:
    """True for whoever stood behind a need until it was merged, and could not behind the other."""
    lost = [row.data.get("lost") for row in rows if row.event == "NeedMerged"]
    return any(isinstance(ids, list) and person_id in ids for ids in lost)


def stood_behind(rows: Iterable[JournalRow], person_id: int | None) -> bool:
    """True for whoever gave a need a voice, for a firm or not, and did not take it back."""
    given = set[object]()
    for row in rows:
        if row.actor_id == person_id and row.event == "NeedSupported":
            given.add(row.data["firm_id"])
        elif row.actor_id == person_id and row.event == "SupportWithdrawn":
            given.discard(row.data["firm_id"])
    return bool(given)


_CORRECTED = msg("Corrected by the programme")
_WORDS: Mapping[str, Message] = {
    "NeedProposed": msg("Proposed"),
    "NeedGathers": msg("First support by others"),
    "NeedWithdrawn": msg("Withdrawn"),
    "NeedReceived": msg("Another need was merged into this one"),
    "NeedAnalysed": msg("Analysed: result published"),
    "NeedTakenUp": msg("Taken up: a challenge is being written"),
    "NeedDeclined": msg("Declined"),
    "NeedReopened": msg("Opened again"),
    "NeedSolved": msg("Solved"),
    "NeedHidden": msg("Hidden by the programme"),
    "NeedShown": msg("No longer hidden"),
}
