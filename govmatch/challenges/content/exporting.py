"""`govmatch content export`: a challenge as the files from which it could be loaded again."""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zoneinfo import ZoneInfo

from govmatch import questionnaires
from govmatch.challenges.content.one_file import AS_TEXT, TAG
from govmatch.challenges.content.papers import OWNER
from govmatch.challenges.content.parts import DEMO
from govmatch.challenges.content.route import route_lines
from govmatch.challenges.content.whole import usual_original
from govmatch.challenges.content.yaml_writing import block, items, line, text
from govmatch.challenges.models import Challenge, RouteChoice
from govmatch.challenges.queries import route_choice
from govmatch.challenges.statement import Statement, Words, statement_of, tidy
from govmatch.files import storage
from govmatch.files.queries import of_owner
from govmatch.kit.content import instants_of, is_slug
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import LANGUAGES

FENCE = "---"


def export(
    session: ReadSession, challenge: Challenge, folder: Path, *, files_dir: Path
) -> list[Path]:
    """Write a challenge into a folder such as content/challenges, and return what was written.

    Every file is whole or not there at all. Loading them again changes nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in contents(session, challenge, files_dir=files_dir).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        _write(path, content)
        written.append(path)
    return written


def contents(session: ReadSession, challenge: Challenge, *, files_dir: Path) -> dict[str, bytes]:
    """Return the files of a challenge by their names below content/challenges.

    One for each language that it has, `<slug>.<lang>.md`; papers lie in a folder of its name.
    """
    return {
        **texts_of(challenge, route=route_choice(session, challenge)),
        **_papers(session, challenge, files_dir),
    }


def texts_of(challenge: Challenge, *, route: RouteChoice | None) -> dict[str, bytes]:
    """Return its files without the papers, with the procurement route that was chosen."""
    if not is_slug(challenge.slug):
        raise ValueError(f"no file name: {challenge.slug!r}")
    return {
        f"{challenge.slug}.{lang}.md": content.encode()
        for lang, content in as_files(challenge, route=route).items()
    }


def _papers(session: ReadSession, challenge: Challenge, files_dir: Path) -> dict[str, bytes]:
    kept = {one.sha256 for one in of_owner(session, OWNER, challenge.id)}
    return {
        f"{challenge.slug}/{paper['name']}": storage.read(files_dir, paper["sha256"])
        for paper in challenge.attachments
        if paper["sha256"] in kept and Path(paper["name"]).name == paper["name"]
    }


def as_files(challenge: Challenge, *, route: RouteChoice | None = None) -> dict[str, str]:
    """Return the text of each file, by language."""
    statement = tidy(statement_of(challenge))
    return {
        lang: "\n".join([*_header(challenge, statement, lang, words, route), "", words.body, ""])
        for lang, words in statement.words.items()
    }


def _write(path: Path, content: bytes) -> None:
    """Put a file in its place at once; a link there is replaced, never followed."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as part:
        part.write(content)
    Path(part.name).chmod(0o644)
    os.replace(part.name, path)  # noqa: PTH105 -- atomic, and known to be


def _header(
    challenge: Challenge, statement: Statement, lang: str, words: Words, route: RouteChoice | None
) -> list[str]:
    budget = {
        "min": statement.budget_min,
        "max": statement.budget_max,
        "currency": statement.currency,
    }
    return [
        FENCE,
        line("slug", challenge.slug),
        line("lang", lang),
        *_languages(challenge, statement),
        f"title: {text(words.title)}",
        f"summary: {text(words.summary)}",
        line("authority", statement.authority),
        line("programme", statement.programme),
        *([line("round", statement.round)] if statement.round else []),
        line("theme", statement.themes),
        line("technology", statement.technologies),
        line("cpv", statement.cpv),
        f"zone: {statement.zone}",
        *_dates(challenge, statement),
        line("budget", {key: value for key, value in budget.items() if value is not None}),
        line("pilots_max", statement.pilots_max),
        *route_lines(challenge, route, lang),
        *block("eligibility", statement.eligibility),
        *items("criteria", [_without_none(one.as_data()) for one in statement.criteria]),
        *_questions(statement, lang),
        line("contact", _in_order(statement.contact, ("name", "email", "phone"))),
        *items(
            "attachments",
            [
                _attachment(one, lang, _without_file(statement, lang))
                for one in statement.attachments
            ],
        ),
        "status: draft",
        *_source(challenge, lang),
        *([line("html", AS_TEXT)] if TAG.search(words.body) else []),
        FENCE,
    ]


def _languages(challenge: Challenge, statement: Statement) -> list[str]:
    """Return which languages there are, and which is the original, where it is not as usual."""
    there = [lang for lang in LANGUAGES if lang in statement.words]
    rows = [] if len(there) == len(LANGUAGES) else [line("written_in", there)]
    if statement.main_lang != usual_original(challenge.authority.languages or (), there):
        rows.append(line("original", statement.main_lang))
    return rows


def _without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _dates(challenge: Challenge, statement: Statement) -> list[str]:
    """Return the dates, those of the files while the challenge has those of a demonstration."""
    facts = challenge.source_facts
    present = {
        "opens": statement.opens,
        "questions_until": statement.questions_until,
        "closes": statement.closes,
    }
    if facts.get("shifted"):
        present = {key: datetime.fromisoformat(facts[key]) for key in present}
    zone = statement.zone
    return [
        f"{key}: {_local(instant, zone)}" for key, instant in present.items() if instant is not None
    ]


def _local(instant: datetime, zone: str) -> str:
    """Return an instant as a local time; with its offset where clocks show that time twice."""
    local = instant.astimezone(ZoneInfo(zone))
    wall = local.replace(tzinfo=None)
    parts = "microseconds" if wall.microsecond else "seconds" if wall.second else "minutes"
    is_twice = len(instants_of(wall, zone)) > 1
    return (local if is_twice else wall).isoformat(timespec=parts)


def _questions(statement: Statement, lang: str) -> list[str]:
    """Return the questions with their texts in one language, one key in each line."""
    loaded = questionnaires.load_questions(
        list(statement.questions), lang=statement.main_lang, currency=statement.currency
    )
    data = questionnaires.dump_questions(loaded, lang=lang, currency=statement.currency)
    if not data:
        return ["questions: []"]
    extra = _without_file(statement, lang)
    for question, said in zip(loaded, data, strict=True):
        _complete(said, question, _TEXTS, lang, extra)
        for option, its in zip(question.options, said.get("options", ()), strict=True):
            _complete(its, option, ("label",), lang, extra)
    return ["questions:", *(row for question in data for row in _question(question))]


def _question(question: Mapping[str, Any]) -> list[str]:
    rows: list[str] = []
    for key, value in question.items():
        if key == "options":
            rows += items("options", value)
        else:
            is_text = key in _TEXTS and isinstance(value, str)
            rows.append(f"{key}: {text(value)}" if is_text else line(key, value))
    return [f"  {'-' if number == 0 else ' '} {row}" for number, row in enumerate(rows)]


_TEXTS = ("label", "help", "unit")


def _without_file(statement: Statement, lang: str) -> list[str]:
    """Return the languages whose texts go into this file, since they have no file of their own."""
    others: list[str] = [code for code in LANGUAGES if code not in statement.words]
    return others if lang == statement.main_lang else []


def _complete(
    said: dict[str, Any], whole: object, keys: Sequence[str], lang: str, extra: Sequence[str]
) -> None:
    """Note what other languages say: by language where those have no file, else with nothing."""
    for key in keys:
        texts: Mapping[str, str] = getattr(whole, key)
        if texts and (value := _in_file(texts, lang, extra)) != said.get(key, ""):
            said[key] = value


def _in_file(
    texts: Mapping[str, str], lang: str, extra: Sequence[str]
) -> str | dict[str, str] | None:
    """Return a text as one file has it: alone, by language, or nothing where it has none."""
    if any(code in texts for code in extra):
        return {code: texts[code] for code in (lang, *extra) if code in texts}
    return texts.get(lang)


def _attachment(one: Mapping[str, Any], lang: str, extra: Sequence[str]) -> dict[str, Any]:
    return {"file": one["name"], "title": _in_file(one["title"], lang, extra)}


def _source(challenge: Challenge, lang: str) -> list[str]:
    """Return what the files said beyond what the challenge says."""
    facts = challenge.source_facts
    rows: list[str] = []
    if approved := facts.get("approved"):
        rows.append(f"approved: {{by: {text(approved['by'])}, on: {approved['on']}}}")
    if demo := facts.get("demo"):
        rows.append(line("demo", _in_order(demo, DEMO)))
    reason = (facts.get("amendment") or {}).get(lang)
    return [*rows, f"amendment: {text(reason)}"] if reason else rows


def _in_order(values: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: values[key] for key in keys if key in values}
