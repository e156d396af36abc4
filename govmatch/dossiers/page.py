"""The page of the full file: the challenge, each application, what was decided, what happened."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from govmatch.applications.models import Application
from govmatch.applications.queries import versions
from govmatch.challenges.showing import text_of
from govmatch.dossiers import archive, contents
from govmatch.dossiers.collecting import Case
from govmatch.dossiers.contents import Paper
from govmatch.dossiers.readable import Words, document, group, table
from govmatch.dossiers.tables import APPLICATIONS, CHALLENGES, columns_of
from govmatch.dossiers.values import Known
from govmatch.kit.background import Background
from govmatch.kit.db import Base, ReadSession
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, msg, pick, say
from govmatch.reviews.showing import criteria_of
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import labels

TITLE = msg("Case file: {title}")
MADE = msg(
    "File of a case of {authority}, made on {when} on {site}. Every file of this archive, its size "
    "and its checksum (SHA-256) stand in {manifest}. The command {command} checks all of it "
    "without the site."
)
SEALED = msg("The applications are sealed until they are opened, so none of them is in this file.")
_NOT_HERE = {
    contents.HELD: msg("held back: it was not found free of viruses"),
    contents.LOST: msg("lost: its bytes are not in the store"),
}
_TOLD_APART = frozenset({"reviews", "scores", "application_versions", APPLICATIONS})


def page(
    session: ReadSession,
    case: Case,
    *,
    papers: Mapping[int, Sequence[Paper]],
    said: Mapping[int, str],
    given: Background,
    lang: Lang,
) -> str:
    """Return the page of a full file; `papers` by application, `said` the journal in words."""
    challenge = case.challenge
    firms = {number: one["name"] for number, one in case.firms.items()}
    words = Words(lang, challenge.zone, case.people, firms, known_of(session, case, lang))
    lead = [made_text(case, given, lang)]
    if challenge.opened_at is None:
        lead.append(words.say(SEALED))
    body = [
        _challenge(case, words),
        *(_application(session, case, one, papers[one.id], words) for one in case.applications),
        journal_table(case, said, words),
    ]
    return document(title_of_file(case, lang), lead, body, lang)


def title_of_file(case: Case, lang: Lang) -> str:
    title = text_of(case.challenge, lang).title or case.challenge.slug
    return say(TITLE, lang).format(title=title)


def made_text(case: Case, given: Background, lang: Lang) -> str:
    """Return when, where and of whom the file was made, and how it is checked."""
    text = say(MADE, lang).format(
        authority=pick(case.challenge.authority.names, lang)[0],
        when=datetime_text(given.real_now, lang, case.challenge.zone),
        site=given.settings.site_name,
        manifest=archive.MANIFEST,
        command="govmatch dossier verify",
    )
    return escape(text)


def targets_of(name: str) -> dict[str, str]:
    """Return which columns of a table lead to people and firms."""
    found = {}
    for column in columns_of(Base.metadata.tables[name]):
        for key in column.foreign_keys:
            found[column.name] = key.column.table.name
    return found


def known_of(session: ReadSession, case: Case, lang: Lang) -> Known:
    """Return what the codes of a case stand for: criteria, themes, and rows that others lead to."""
    things = {(APPLICATIONS, one.id): one.reference for one in case.applications}
    for row in case.everywhere("milestones"):
        things["milestones", row["id"]] = f"{row['number']}. {row['title']}"
    for row in case.everywhere("kpis"):
        things["kpis", row["id"]] = pick(row["name"], lang)[0]
    return Known(
        criteria={one.id: one.label for one in criteria_of(case.challenge, lang)},
        terms=labels(session, TermKind.THEME, lang) | labels(session, TermKind.TECHNOLOGY, lang),
        things=things,
    )


def _groups(case: Case, application: int | None, words: Words, *, level: int) -> str:
    kept = case.own if application is None else case.by_application.get(application, {})
    return "".join(
        group(words, name, rows, targets=targets_of(name), level=level)
        for name, rows in kept.items()
        if name not in _TOLD_APART | {CHALLENGES}
    )


def _challenge(case: Case, words: Words) -> str:
    own = group(words, CHALLENGES, case.rows(CHALLENGES), targets=targets_of(CHALLENGES), level=3)
    title = words.say(msg("Challenge"))
    return f"<section><h2>{title}</h2>{own}{_groups(case, None, words, level=3)}</section>"


def _application(
    session: ReadSession,
    case: Case,
    application: Application,
    papers: Sequence[Paper],
    words: Words,
) -> str:
    own = group(
        words,
        APPLICATIONS,
        case.rows(APPLICATIONS, application.id),
        targets=targets_of(APPLICATIONS),
        level=3,
    )
    parts = [
        own,
        _submissions(session, application, words),
        _papers(papers, words),
        _reviews(case, application, words),
        _groups(case, application.id, words, level=3),
        _messages(session, case, application, words),
    ]
    title = escape(f"{application.reference} · {application.firm.name}")
    return f"<section><h2>{title}</h2>{''.join(parts)}</section>"


def _submissions(session: ReadSession, application: Application, words: Words) -> str:
    parts = []
    for version in reversed(versions(session, application)):
        title = words.say(msg("Submission {n}", n=version.number))
        text = escape(contents.answers_text(session, version, words.lang))
        parts.append(
            f"<h3>{title}</h3><p>{words.at(version.at)}, {words.who(version.by)}<br>"
            f'<code>{escape(version.content_hash)}</code></p><div class="text">{text}</div>'
        )
    return "".join(parts)


def _papers(papers: Sequence[Paper], words: Words) -> str:
    if not papers:
        return ""
    rows = [
        (
            escape(one.name),
            str(one.size),
            f"<code>{escape(one.sha256)}</code>",
            escape(one.member) or words.say(_NOT_HERE[one.note]),
        )
        for one in papers
    ]
    head = [
        words.say(one)
        for one in (msg("Name"), msg("Bytes"), msg("Checksum (SHA-256)"), msg("In this archive"))
    ]
    return table(words.say(msg("Files")), head, rows)


def _reviews(case: Case, application: Application, words: Words) -> str:
    """Return who gave how many points for what, with every comment, and what became of it."""
    scores: dict[int, list[dict[str, Any]]] = {}
    for row in case.rows("scores", application.id):
        scores.setdefault(row["review_id"], []).append(row)
    parts = []
    for row in case.rows("reviews", application.id):
        own = group(
            words,
            "reviews",
            [row],
            targets=targets_of("reviews"),
            level=3,
        )
        parts.append(own + _points(scores.get(row["id"], []), words))
    return "".join(parts)


def _points(scores: Iterable[Mapping[str, Any]], words: Words) -> str:
    rows = [
        (
            words.value("criterion", one["criterion"]),
            "–" if one["points"] is None else str(one["points"]),
            f'<div class="text">{escape(one["comment"])}</div>',
        )
        for one in scores
    ]
    head = [words.say(one) for one in (msg("Criterion"), msg("Points"), msg("Comment"))]
    return table(words.say(msg("Points")), head, rows) if rows else ""


def _messages(session: ReadSession, case: Case, application: Application, words: Words) -> str:
    written = contents.messages_of(session, "application", application.id)
    for pilot in case.rows("pilots", application.id):
        written += contents.messages_of(session, "pilot", pilot["id"])
    if not written:
        return ""
    rows = [
        (
            words.value("at", one["at"]),
            words.who(one["by"]),
            f'<div class="text">{escape(one["text"])}</div>',
        )
        for one in written
    ]
    head = [words.say(one) for one in (msg("When"), msg("Who"), msg("Text"))]
    return table(words.say(msg("Messages")), head, rows)


def journal_table(case: Case, said: Mapping[int, str], words: Words) -> str:
    """Return what happened, oldest first, with who did it and each row's hash."""
    rows = [
        (
            str(row.id),
            words.at(row.at),
            escape(said[row.id]),
            words.who(row.actor_id),
            f"<code>{escape(row.hash)}</code>",
        )
        for row in case.journal
    ]
    head = [
        words.say(one)
        for one in (msg("Row"), msg("When"), msg("What happened"), msg("Who"), msg("Hash"))
    ]
    title = words.say(msg("What happened"))
    return f"<section><h2>{title}</h2>{table(title, head, rows)}</section>"
