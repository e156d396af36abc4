"""`govmatch content export`: a challenge as the files from which it could be loaded again."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zoneinfo import ZoneInfo

from govmatch import questionnaires
from govmatch.challenges.content.papers import OWNER
from govmatch.challenges.content.parts import DEMO
from govmatch.challenges.content.yaml_writing import block, items, line, text
from govmatch.challenges.models import Challenge
from govmatch.challenges.statement import Statement, Words, statement_of, tidy
from govmatch.files import storage
from govmatch.files.queries import of_owner
from govmatch.kit.content import is_slug
from govmatch.kit.db import ReadSession

FENCE = "---"


def export(
    session: ReadSession, challenge: Challenge, folder: Path, *, files_dir: Path
) -> list[Path]:
    """Write a challenge into a folder such as content/challenges, and return what was written.

    One file for each language that it has, `<slug>.<lang>.md`, each whole or not at all; papers go
    into a folder of its name. Loading them again changes nothing.
    """
    if not is_slug(challenge.slug):
        raise ValueError(f"no file name: {challenge.slug!r}")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for lang, content in as_files(challenge).items():
        path = folder / f"{challenge.slug}.{lang}.md"
        _write(path, content.encode())
        written.append(path)
    contents = {one.sha256 for one in of_owner(session, OWNER, challenge.id)}
    for paper in challenge.attachments:
        if paper["sha256"] in contents and Path(paper["name"]).name == paper["name"]:
            path = folder / challenge.slug / paper["name"]
            path.parent.mkdir(exist_ok=True)
            _write(path, storage.read(files_dir, paper["sha256"]))
            written.append(path)
    return written


def as_files(challenge: Challenge) -> dict[str, str]:
    """Return the text of each file, by language."""
    statement = tidy(statement_of(challenge))
    return {
        lang: "\n".join([*_header(challenge, statement, lang, words), "", words.body, ""])
        for lang, words in statement.words.items()
    }


def _write(path: Path, content: bytes) -> None:
    """Put a file in its place at once; a link there is replaced, never followed."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as part:
        part.write(content)
    Path(part.name).chmod(0o644)
    os.replace(part.name, path)  # noqa: PTH105 -- atomic, and known to be


def _header(challenge: Challenge, statement: Statement, lang: str, words: Words) -> list[str]:
    budget = {
        "min": statement.budget_min,
        "max": statement.budget_max,
        "currency": statement.currency,
    }
    return [
        FENCE,
        line("slug", challenge.slug),
        line("lang", lang),
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
        *block("eligibility", statement.eligibility),
        *items("criteria", [_without_none(one.as_data()) for one in statement.criteria]),
        *_questions(statement, lang),
        line("contact", _in_order(statement.contact, ("name", "email", "phone"))),
        *items("attachments", [_attachment(one, lang) for one in statement.attachments]),
        "status: draft",
        *_source(challenge, lang),
        FENCE,
    ]


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
    zone = ZoneInfo(statement.zone)
    return [
        f"{key}: {instant.astimezone(zone):%Y-%m-%dT%H:%M}"
        for key, instant in present.items()
        if instant is not None
    ]


def _questions(statement: Statement, lang: str) -> list[str]:
    """Return the questions with their texts in one language, one key in each line."""
    loaded = questionnaires.load_questions(
        list(statement.questions), lang=statement.main_lang, currency=statement.currency
    )
    data = questionnaires.dump_questions(loaded, lang=lang, currency=statement.currency)
    if not data:
        return ["questions: []"]
    return ["questions:", *(row for question in data for row in _question(question))]


def _question(question: Mapping[str, Any]) -> list[str]:
    rows: list[str] = []
    for key, value in question.items():
        if key == "options":
            rows += items("options", value)
        else:
            rows.append(f"{key}: {text(value)}" if key in _TEXTS else line(key, value))
    return [f"  {'-' if number == 0 else ' '} {row}" for number, row in enumerate(rows)]


_TEXTS = frozenset({"label", "help", "unit"})


def _attachment(one: Mapping[str, Any], lang: str) -> dict[str, str]:
    return {"file": one["name"], "title": one["title"].get(lang, "")}


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
