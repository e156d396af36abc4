"""What of applications stands in a copy for the public: as it was read, with blocks and reasons."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from typing import Any

from govmatch.applications.models import Application
from govmatch.dossiers import archive
from govmatch.dossiers.blocking import REASONS, Hidden, Why, pieces_of
from govmatch.dossiers.blocking import given as given_text
from govmatch.dossiers.collecting import Case
from govmatch.dossiers.proposed import Proposal, Standing, Way, public_data, words_of
from govmatch.dossiers.proposing import proposal
from govmatch.dossiers.readable import Words
from govmatch.files import storage
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, Message, msg, say

NOT_YET: Mapping[Standing, Message] = {
    Standing.UNDECIDED: msg("The answers are left out: it is not decided yet."),
    Standing.UNHEARD: msg("The answers are left out: the firm was not asked yet what is secret."),
    Standing.ASKED: msg("The answers are left out: the firm is being asked what is secret."),
    Standing.UNREAD: msg("The answers are left out: the authority has not read them through yet."),
    Standing.CHANGED: msg("The answers are left out: the authority reads them through again."),
}

Found = Mapping[int, Proposal]
"""What was proposed of each application, by its id."""


def proposals(session: ReadSession, case: Case, *, lang: Lang, now: datetime) -> Found:
    """Return the proposals of all applications of a case that submitted something."""
    found = {one.id: proposal(session, one, lang=lang, now=now) for one in case.applications}
    return {number: one for number, one in found.items() if one is not None}


def unread(case: Case, found: Found) -> int:
    """Return of how many applications nothing goes out."""
    out = sum(one.standing is Standing.RELEASED for one in found.values())
    return len(case.applications) - out


def told_of(found: Proposal | None, lang: Lang) -> dict[str, Any]:
    """Return answers and files of one application, or why they are left out as a whole."""
    if found is None:
        return {}
    if found.standing is not Standing.RELEASED:
        return {"answers_left_out": say(NOT_YET[found.standing], lang)}
    return public_data(found, lang)


def without_secrets(value: Any, found: Proposal | None, lang: Lang) -> Any:
    """Return other data about an application with its secret passages left out of all texts."""
    if found is None or not found.hidden.secrets:
        return value
    if isinstance(value, str):
        only = Hidden(secrets=found.hidden.secrets)
        pieces = pieces_of(value, only)
        # Names and addresses are another matter: they are masked in everything later.
        return "".join(
            given_text([one], lang) if one.why is Why.MARKED else one.text for one in pieces
        )
    if isinstance(value, Mapping):
        return {key: without_secrets(one, found, lang) for key, one in value.items()}
    return (
        [without_secrets(one, found, lang) for one in value] if isinstance(value, list) else value
    )


def place_of(application: Application, number: int) -> str:
    """Return where the files of an application lie; nothing in it tells who it is."""
    return f"{archive.FILES}applicant-{application.alias or f'x{number}'}"


def files(case: Case, found: Found, given: Background, lang: Lang) -> Iterator[archive.Member]:
    """Yield the files that were let out: their words, or themselves, by number."""
    for number, application in enumerate(case.applications, 1):
        one = found.get(application.id)
        if one is None or one.standing is not Standing.RELEASED:
            continue
        place = place_of(application, number)
        for sheet in one.sheets:
            if sheet.way is Way.WORDS:
                yield f"{place}/{sheet.number}.txt", words_of(sheet, lang)
            elif sheet.way is Way.WHOLE:
                path = storage.path_of(given.settings.files_dir, sheet.sha256)
                if path.is_file():
                    ending = archive.harmless(sheet.kind.lower())
                    yield f"{place}/{sheet.number}.{ending}", path


def section(data: Mapping[str, Any], words: Words) -> str:
    """Return what firms answered, to be read; `data` is that of the copy, masked already."""
    title = words.say(msg("What firms answered"))
    parts = [_application(one, words) for one in data["applications"]]
    inside = "".join(parts)
    return f"<section><h2>{title}</h2>{inside}</section>" if inside else ""


def _application(one: Mapping[str, Any], words: Words) -> str:
    name = one.get("firm") or say(msg("Applicant {n}", n=one["applicant"] or "–"), words.lang)
    if "answers_left_out" in one:
        why = escape(one["answers_left_out"])
        return f"<h3>{escape(name)}</h3><p><strong>{why}</strong></p>"
    if "answers" not in one:
        return ""
    answers = "".join(
        f"<dt>{escape(said['question'])}</dt><dd>{_answer(said, words)}</dd>"
        for said in one["answers"]
    )
    sheets = "".join(f"<li>{_sheet(sheet, words)}</li>" for sheet in one["files"])
    listed = f"<ul>{sheets}</ul>" if sheets else ""
    return f"<h3>{escape(name)}</h3><dl>{answers}</dl>{listed}"


def _answer(said: Mapping[str, Any], words: Words) -> str:
    if "left_out" in said:
        return _left_out(said["left_out"], words)
    return "\n".join(escape(line) for line in said["answer"])


def _left_out(why: str, words: Words) -> str:
    head, reason = words.say(msg("Left out:")), words.say(REASONS[Why(why)])
    return f"<strong>▒▒▒ {head}</strong> {reason}"


def _sheet(sheet: Mapping[str, Any], words: Words) -> str:
    name = words.say(msg("File {n} ({kind})", n=sheet["file"], kind=sheet["kind"]))
    if "left_out" in sheet:
        return f"{name}: {_left_out(sheet['left_out'], words)}"
    is_whole = sheet["given"] == Way.WHOLE
    how = msg("itself, in the folder of files") if is_whole else msg("its words, in a text file")
    return f"{name}: {words.say(how)}"
