"""A challenge from its files: the three languages put together, and what does not agree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from govmatch import questionnaires
from govmatch.challenges.content.attached import Attached, find_attached
from govmatch.challenges.content.one_file import KEYS, TEXTS, Approval, OneFile
from govmatch.challenges.content.route import Route, route_faults
from govmatch.challenges.known import Known
from govmatch.challenges.rules import Fault, faults
from govmatch.challenges.statement import Statement, tidy
from govmatch.kit.content import Folder, Path, Place, Problem, Source, written
from govmatch.kit.db import canonical_json
from govmatch.kit.i18n import LANGUAGES, Lang, msg
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass

ORDER: tuple[Lang, ...] = ("en", "de", "da")
"""Where all three differ, the first of these is the one that the others are measured by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FromFiles:
    """A challenge as its files say it, with nothing wrong."""

    slug: str
    digest: str
    statement: Statement
    approval: Approval | None
    demo: Mapping[str, int] | None
    amendment: Mapping[str, str]
    attached: tuple[Attached, ...]
    route: Route | None
    reasons: Mapping[str, str]
    """Of the route, by language."""
    files: Mapping[Lang, OneFile]

    @property
    def path(self) -> str:
        """Where its files lie below content/, without language and ending."""
        return f"challenges/{self.slug}"

    def problem(self, fault: Fault) -> Problem:
        """Return a fault as the problem of the file that it stands in."""
        return problem_of(self.files, fault)


def put_together(
    folder: Folder,
    slug: str,
    files: Mapping[Lang, OneFile],
    known: Known,
    problems: list[Problem],
    *,
    sources: Sequence[Source],
) -> FromFiles | None:
    """Return the challenge of these files, or None when something is or was wrong.

    `problems` are those of this challenge; what is named there is not named again.
    """
    first = files[_langs(files)[0]]
    _note_disagreements(files, problems)
    amendment = _amendment(files, problems)
    attached = find_attached(folder, slug, files, problems)
    statement = replace(
        first.statement,
        words={lang: files[lang].statement.words[lang] for lang in LANGUAGES if lang in files},
        questions=tuple(_questions(files, problems)),
        attachments=tuple(one.data for one in attached),
        main_lang=_main_lang(files, known, problems),
    )
    named = _named(problems)
    reasons: dict[str, str] = {
        lang: one.route.reason for lang, one in files.items() if one.route and one.route.reason
    }
    noted = [*faults(statement, known), *_route_faults(first.route, statement, known, reasons)]
    found = [problem_of(files, fault) for fault in noted]
    problems += [one for one in found if (one.path, one.field.split(".")[0]) not in named]
    if problems:
        return None
    return FromFiles(
        slug=slug,
        digest=_digest(sources, attached),
        statement=tidy(statement),
        approval=first.approval,
        demo=first.demo,
        amendment=amendment,
        attached=attached,
        route=first.route,
        reasons=reasons,
        files=files,
    )


def _route_faults(
    route: Route | None, statement: Statement, known: Known, reasons: Mapping[str, str]
) -> list[Fault]:
    if route is None:
        return []
    return [
        *route_faults(
            route,
            statement,
            known.tables,
            place=known.places.get(statement.authority),
            has_reason=statement.main_lang in reasons,
        )
    ]


def _langs(files: Mapping[Lang, OneFile]) -> list[Lang]:
    return [lang for lang in ORDER if lang in files]


def _named(problems: Sequence[Problem]) -> set[tuple[str, str]]:
    """Return the fields about which something was said, as (file, first word of the field)."""
    return {(problem.path, problem.field.split(".")[0]) for problem in problems}


def _digest(sources: Sequence[Source], attached: Sequence[Attached]) -> str:
    texts = [[source.name, source.text] for source in sources]
    return digest(canonical_json([texts, [one.data["sha256"] for one in attached]]))


def _main_lang(files: Mapping[Lang, OneFile], known: Known, problems: list[Problem]) -> str:
    """Return the language of the original: what the files say, else as `usual_original`."""
    first = files[_langs(files)[0]]
    if first.original and first.original not in files:
        Place(first.tree, problems, ("original",)).wrong(
            msg("There is no file in this language."), msg("Name a language that has a file.")
        )
    elif first.original:
        return first.original
    return usual_original(known.authorities.get(first.statement.authority, ()), files)


def usual_original(liked: Sequence[str], there: Collection[str]) -> str:
    """Return the language of the original where nothing else is said.

    It is the first of `liked`, in which the authority works, that is `there`.
    """
    return next((lang for lang in (*liked, *ORDER) if lang in there), ORDER[0])


def problem_of(files: Mapping[Lang, OneFile], fault: Fault) -> Problem:
    """Return a fault with file and line: of its language, else of the first file."""
    lang = next((lang for lang in files if lang == fault.lang), _langs(files)[0])
    one = files[lang]
    line = one.body_line if fault.path == ("body",) else one.tree.line(fault.path)
    return Problem(one.tree.name, line, written(fault.path), fault.message, fault.remedy)


def _note_disagreements(files: Mapping[Lang, OneFile], problems: list[Problem]) -> None:
    """Note each fact that differs, in the file that stands alone with it."""
    named = _named(problems)
    langs = _langs(files)
    for key in KEYS:
        if key in TEXTS or key == "questions":
            continue
        values = {lang: _fact(key, files[lang].tree.data.get(key)) for lang in langs}
        right = _majority(list(values.values()))
        like = next(files[lang].tree.name for lang in langs if values[lang] == right)
        for lang, value in values.items():
            if value != right and (files[lang].tree.name, key) not in named:
                Place(files[lang].tree, problems, (key,)).wrong(
                    msg("{key} is not the same as in {file}.", key=key, file=like),
                    msg("Write the same in all three files."),
                )


def _fact(key: str, value: Any) -> Any:
    """Return the part of a value that is the same in all languages."""
    if key == "attachments" and isinstance(value, list):
        return [one.get("file") if isinstance(one, Mapping) else one for one in value]
    if key == "route" and isinstance(value, Mapping):
        return {name: one for name, one in value.items() if name != "reason"}
    if key in {"attachments", "technology"} and value is None:
        return []
    return value


def _majority(values: Sequence[Any]) -> Any:
    """Return the value that at least two have, else the first."""
    return next((one for one in values if sum(one == other for other in values) > 1), values[0])


def _amendment(files: Mapping[Lang, OneFile], problems: list[Problem]) -> dict[str, str]:
    reasons: dict[str, str] = {
        lang: files[lang].amendment for lang in files if files[lang].amendment
    }
    for lang in files if reasons else ():
        if lang not in reasons:
            Place(files[lang].tree, problems, ("amendment",)).wrong(
                msg("The reason of the amendment is missing in this language."),
                msg("Add a line such as `{key}: …`.", key="amendment"),
            )
    return reasons


def _questions(files: Mapping[Lang, OneFile], problems: list[Problem]) -> list[dict[str, Any]]:
    merged = questionnaires.merge_translations(
        {lang: files[lang].questions for lang in _langs(files)}
    )
    for lang, problem in merged.problems:
        tree = next(one.tree for one in files.values() if one.lang == lang)
        path: Path = ("questions", *problem.path)
        remedy = msg("Write the same in all three files, and translate the texts.")
        Place(tree, problems, path).wrong(problem.message, remedy)
    return merged.data
