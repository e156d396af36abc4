"""Reading the letters of a programme: content/programmes/<slug>/letters/<name>.<lang>.md.

The subject stands on the first line, the letter in Markdown below it. A programme writes only those
letters that differ from its template's, each in all three languages.
"""

import re
from typing import Any

from govmatch.kit.content import Folder, Problem, Source, Wrong
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, msg
from govmatch.programmes.letters import LetterFault, LetterName, letter_faults, read_text

ENDING = ".md"
_NAME = re.compile(rf"([a-z_]{{1,40}})\.({'|'.join(LANGUAGES)})\.md")


def folder_of(slug: str) -> str:
    return f"programmes/{slug}/letters"


def read_letters(folder: Folder, slug: str, problems: list[Problem]) -> dict[str, Any]:
    """Return the letters that a programme writes itself, by name and language."""
    found: dict[str, Any] = {}
    for path in folder.names(folder_of(slug), ""):
        parts = _NAME.fullmatch(path.rsplit("/", 1)[-1])
        if parts is None or parts[1] not in set(LetterName):
            names = ", ".join(LetterName)
            problems.append(
                Problem(
                    path,
                    1,
                    "",
                    msg("The file's name is not that of a letter."),
                    msg("Name it as in selected.de.md; the letters are: {names}.", names=names),
                )
            )
            continue
        if text := _text(folder, path, LetterName(parts[1]), problems):
            found.setdefault(parts[1], {})[parts[2]] = text
    _note_missing(folder, slug, found, problems)
    return found


def _text(
    folder: Folder, path: str, name: LetterName, problems: list[Problem]
) -> dict[str, str] | None:
    try:
        source = folder.read(path)
    except Wrong as wrong:
        problems.append(wrong.problem)
        return None
    text = read_text(source.text)
    problems += [_problem(source, fault) for fault in letter_faults(name, text)]
    return {"subject": text.subject, "body": text.body}


def _problem(source: Source, fault: LetterFault) -> Problem:
    """Return a fault with the line of the file that it stands in."""
    line = 1
    if fault.field == "body":
        first, _, rest = source.text.partition("\n")
        before = len(first) + 1 + len(rest) - len(rest.lstrip())
        line = source.text.count("\n", 0, min(before + fault.at, len(source.text))) + 1
    return Problem(source.name, line, fault.field, fault.message, fault.remedy)


def _note_missing(
    folder: Folder, slug: str, found: dict[str, Any], problems: list[Problem]
) -> None:
    there = set(folder.names(folder_of(slug), ENDING))
    for name in found:
        for lang in LANGUAGES:
            path = f"{folder_of(slug)}/{name}.{lang}{ENDING}"
            if path not in there:
                problems.append(
                    Problem(
                        path,
                        1,
                        "lang",
                        msg("The file in {language} is missing.", language=OWN_NAMES[lang]),
                        msg("Add it: a letter is written in all three languages."),
                    )
                )
