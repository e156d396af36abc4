"""Reading all of content/challenges."""

import re
from collections.abc import Iterator

from govmatch.challenges.content.one_file import OneFile, read_one
from govmatch.challenges.content.whole import FromFiles, put_together
from govmatch.challenges.known import Known
from govmatch.kit.content import Folder, Problem, Source, Wrong, is_slug, read_document
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Lang, as_lang, msg

FOLDER = "challenges"
ENDING = ".md"
_NAME = re.compile(rf"{FOLDER}/([^/]*)\.({'|'.join(LANGUAGES)})\.md")


def read_challenges(
    folder: Folder, known: Known, problems: list[Problem]
) -> Iterator[tuple[str, FromFiles | None]]:
    """Yield each slug with its challenge, or None where `problems` says what is wrong with it."""
    for slug, langs in _grouped(folder, problems).items():
        yield slug, _challenge(folder, slug, langs, known, problems)


def file_names(folder: Folder) -> list[str]:
    return folder.names(FOLDER, ENDING)


def _grouped(folder: Folder, problems: list[Problem]) -> dict[str, list[Lang]]:
    """Return the languages of each slug; names of another kind are noted."""
    found: dict[str, list[Lang]] = {}
    for name in file_names(folder):
        parts = _NAME.fullmatch(name)
        if parts is None or not is_slug(parts[1]):
            problems.append(
                Problem(
                    name,
                    1,
                    "",
                    msg("The file's name is not that of a challenge."),
                    msg("Name it as in scanning-technology.de.md: small letters and hyphens."),
                )
            )
        else:
            found.setdefault(parts[1], []).append(as_lang(parts[2]))
    return found


def _challenge(
    folder: Folder, slug: str, langs: list[Lang], known: Known, problems: list[Problem]
) -> FromFiles | None:
    """Return the challenge; each file that can be read is checked, whatever the others are."""
    files: dict[Lang, OneFile] = {}
    sources: list[Source] = []
    own: list[Problem] = []
    for lang in langs:
        try:
            source = folder.read(f"{FOLDER}/{slug}.{lang}{ENDING}")
            files[lang] = read_one(read_document(source), own, slug=slug, lang=lang)
        except Wrong as wrong:
            own.append(wrong.problem)
        else:
            sources.append(source)
    own[:0] = _unexpected(slug, langs, files)
    found = put_together(folder, slug, files, known, own, sources=sources) if files else None
    problems += own
    return found


def _unexpected(slug: str, langs: list[Lang], files: dict[Lang, OneFile]) -> list[Problem]:
    """Return which files are missing, and which are more than the others say that there are."""
    said = next((one.written_in for one in files.values() if one.written_in), LANGUAGES)
    wanted = [lang for lang in LANGUAGES if lang in said]
    more = [files[lang] for lang in langs if lang not in wanted and lang in files]
    return [
        *(_missing(slug, lang) for lang in wanted if lang not in langs),
        *(
            Problem(
                one.tree.name,
                one.tree.line(("written_in",)),
                "written_in",
                msg("This language is not among those that it is written in."),
                msg("Add it in all files, or take this file away."),
            )
            for one in more
        ),
    ]


def _missing(slug: str, lang: Lang) -> Problem:
    name = f"{FOLDER}/{slug}.{lang}{ENDING}"
    return Problem(
        name,
        1,
        "lang",
        msg("The file in {language} is missing.", language=OWN_NAMES[lang]),
        msg("Add it, or name in the others which there are, as in `written_in: [de, en]`."),
    )
