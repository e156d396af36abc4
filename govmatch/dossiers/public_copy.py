"""A copy of the file for anybody who asks by the law on access to information.

It is built up from what may be given, never cut down from the full file: what a later release adds
is not in it until somebody decides so. What is left out is said on its page and in its data, each
with the reason.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from sqlalchemy import select

from govmatch.accounts.models import Person, RoleRow
from govmatch.applications.models import Application
from govmatch.applications.queries import versions
from govmatch.decisions.queries.story import public_story
from govmatch.dossiers import archive, chain, public_parts
from govmatch.dossiers.collecting import Case
from govmatch.dossiers.page import known_of, made_text, title_of_file
from govmatch.dossiers.readable import Words, document, table, told_rows
from govmatch.dossiers.words import told
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, Message, msg, say
from govmatch.questionnaires.redaction import masked

_PERSON = msg("It names persons, or would tell who did what; their names are not public.")
_ADDRESS = msg("How persons and offices are reached is not given to the public by this way.")
_SECRET = msg(
    "It may hold trade secrets of firms. It is given once the firm was asked what of it is, and"
    " somebody has read what goes out."
)
_SCORES = msg(
    "Reviewers judge freely when nobody knows which points are whose. The means are in this copy."
)
_INTERNAL = msg("It is how the decision was prepared, not what was decided.")
_LETTERS = msg(
    "A letter is between the authority and one firm. The reasons for all are in this copy."
)

LEFT_OUT: tuple[tuple[str, Message, Message], ...] = (
    ("people", msg("Names of persons, and who did what"), _PERSON),
    ("contacts", msg("Addresses, phone numbers and offices to ask"), _ADDRESS),
    ("firms", msg("Firms that have not taken a place"), _SECRET),
    ("answers", msg("Answers and files of applications that nobody has read through"), _SECRET),
    ("earlier", msg("Receipts, earlier versions, and names of files"), _PERSON),
    ("reviews", msg("Points and comments of each reviewer"), _SCORES),
    ("notes", msg("Internal notes, tags, remarks and declarations of ties"), _INTERNAL),
    ("messages", msg("Messages and formal requests"), _INTERNAL),
    ("letters", msg("Letters to firms"), _LETTERS),
    ("journal", msg("What each row of the log holds beside its words"), _PERSON),
)
_COUNTED = {
    "reviews": ("reviews",),
    "notes": ("triage_notes", "triage_tags", "conflict_declarations", "challenge_remarks"),
    "messages": ("deficiencies",),
    "letters": ("letters",),
    "earlier": ("application_versions",),
}
_CHALLENGE = (
    *("slug", "state", "published_at", "opens", "questions_until", "closes", "opened_at"),
    *("budget_min", "budget_max", "currency", "pilots_max", "eligibility", "criteria", "cpv"),
    "end_reasons",
)
_TEXT = ("lang", "title", "summary", "body")
_PILOT = ("title", "summary", "state", "budget", "currency", "starts", "ends", "agreed_at", "cost")
_OUTCOME = ("outcome", "outcome_reasons", "outcome_at")
_ANSWERED = frozenset({"version", "answers", "files", "answers_left_out"})
_SHORTEST_PART = 4  # letters of a name that is masked where it stands alone


def members(
    session: ReadSession, case: Case, chained: dict[str, Any], given: Background, lang: Lang
) -> Iterator[archive.Member]:
    """Yield what stands in a public copy: its page, its data, and the places of the rows."""
    names = _names(session, case)
    found = public_parts.proposals(session, case, lang=lang, now=given.now)
    data = _masked(_data(session, case, found, lang), names)
    said = {number: masked(text, names=names) for number, text in _said(case, lang).items()}
    known = replace(known_of(session, case, lang), things={})
    words = Words(lang, case.challenge.zone, {}, {}, known)
    yield archive.PAGE, _page(case, data, said, given, words)
    for name, content in public_parts.files(case, found, given, lang):
        yield name, masked(content, names=names) if isinstance(content, str) else content
    yield archive.CASE, archive.text_of(data)
    yield archive.JOURNAL, archive.text_of(chain.without_contents(chained, said))


def _said(case: Case, lang: Lang) -> dict[int, str]:
    return told(case, lang, with_names=False)


def _names(session: ReadSession, case: Case) -> set[str]:
    """Return every name that is masked wherever it stands: people's, and those of firms.

    Who belongs to a firm that applied is masked too, whether the case names them or not; a firm
    that has taken a place is public on the site already.
    """
    firms = sorted(case.firms)
    belonging = select(RoleRow.person_id).where(
        RoleRow.object_kind == "firm", RoleRow.object_id.in_(firms)
    )
    found = select(Person.name).where(Person.id.in_(belonging))
    people = {*case.people.values(), *session.scalars(found)}
    parts = {part for name in people for part in name.split() if len(part) >= _SHORTEST_PART}
    public = {one.name for one in public_story(session, case.challenge).firms}
    hidden = [one for one in case.firms.values() if one["name"] not in public]
    return {
        *people,
        *parts,
        *(one["name"] for one in hidden),
        *(one["registration"] for one in hidden),
    } - {""}


def _masked(value: Any, names: Collection[str]) -> Any:
    """Return data with every name, address and phone number in its texts masked."""
    if isinstance(value, str):
        return masked(value, names=names)
    if isinstance(value, Mapping):
        return {key: _masked(one, names) for key, one in value.items()}
    return [_masked(one, names) for one in value] if isinstance(value, list) else value


def _data(
    session: ReadSession, case: Case, found: public_parts.Found, lang: Lang
) -> dict[str, Any]:
    story = public_story(session, case.challenge)
    confirmed = {one.application_id: one.name for one in story.firms}
    [challenge] = case.rows("challenges")
    return {
        "challenge": _some(challenge, _CHALLENGE),
        "texts": [_some(row, _TEXT) for row in case.rows("challenge_texts")],
        "amendments": [_some(row, ("at", "reasons", "changes")) for row in case.rows("amendments")],
        "questions": _questions(case),
        "decisions": [
            {
                "number": one.number,
                "kind": one.kind.value,
                "released_at": one.released_at.isoformat(),
                "reasons": dict(one.reasons),
            }
            for one in story.decisions
        ],
        "applications": [
            {
                **_application(session, case, one, confirmed.get(one.id, "")),
                **public_parts.told_of(found.get(one.id), lang),
            }
            for one in case.applications
        ],
        "pilots": [
            public_parts.without_secrets(_pilot(row), found.get(one.id), lang)
            for one in case.applications
            for row in case.rows("pilots", one.id)
            if row["agreed_at"] is not None
        ],
        "left_out": _left_out(case, public_parts.unread(case, found)),
    }


def _some(row: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: row[name] for name in names if name in row}


def _questions(case: Case) -> list[dict[str, Any]]:
    """Return what was answered in public: question and answer in the words that everybody reads."""
    answers = {
        row["id"]: row for row in case.rows("question_answers") if row["published_at"] is not None
    }
    return [
        {
            "question": row["wordings"] or "",
            "answer": answers[row["answer_id"]]["texts"],
            "published_at": answers[row["answer_id"]]["published_at"],
        }
        for row in case.rows("questions")
        if row["answer_id"] in answers
    ]


def _application(
    session: ReadSession, case: Case, application: Application, name: str
) -> dict[str, Any]:
    """Return what may be said of one application: its result and means once they are out."""
    found: dict[str, Any] = {
        "applicant": application.alias,
        "submissions": [
            {"number": one.number, "sha256": one.content_hash}
            for one in reversed(versions(session, application))
        ],
        "eligibility": [
            _some(row, ("kind", "wanted", "is_met"))
            for row in case.rows("gate_rulings", application.id)
        ],
    }
    if application.decision_released_at is None:
        return found
    released = {row["id"] for row in case.rows("decisions") if row["released_at"] is not None}
    means = ("outcome", "rank", "mean", "criterion_means", "reviews")
    found["decided"] = [
        _some(row, means)
        for row in case.rows("determinations", application.id)
        if row["decision_id"] in released
    ]
    return {**found, "firm": name} if name else found


def _pilot(row: Mapping[str, Any]) -> dict[str, Any]:
    is_over = row["outcome_at"] is not None
    return _some(row, (*_PILOT, *_OUTCOME) if is_over else _PILOT)


def _left_out(case: Case, unread: int) -> list[dict[str, Any]]:
    """Return what is not here, how much of it there is, and why, in English as all data."""
    return [
        {
            "what": say(what, "en"),
            "number": unread if key == "answers" else _number(case, key),
            "why": say(why, "en"),
        }
        for key, what, why in LEFT_OUT
    ]


def _number(case: Case, key: str) -> int | None:
    """Return how many rows were left out for a reason; None where nobody counts them."""
    if key == "people":
        return len(case.people)
    if key == "journal":
        return len(case.journal)
    tables = _COUNTED.get(key)
    if tables is None:
        return None
    return sum(len(case.rows(name)) + len(case.everywhere(name)) for name in tables)


def _page(
    case: Case, data: Mapping[str, Any], said: Mapping[int, str], given: Background, words: Words
) -> str:
    lead = [
        made_text(case, given, words.lang),
        words.say(
            msg(
                "This is a copy for the public. Names, ways to reach people, what may be a trade "
                "secret, and the points of each reviewer are left out; at the end it says why."
            )
        ),
    ]
    parts = (
        ("challenge", msg("Challenge"), [data["challenge"]]),
        ("texts", msg("Texts"), data["texts"]),
        ("amendments", msg("Changes after the publication"), data["amendments"]),
        ("questions", msg("Questions and answers"), data["questions"]),
        ("applications", msg("Applications"), [_figures(one) for one in data["applications"]]),
        ("decisions", msg("Decisions"), data["decisions"]),
        ("pilots", msg("Pilot projects"), data["pilots"]),
    )
    body = [_part(words, name, title, rows) for name, title, rows in parts]
    body.append(public_parts.section(data, words))
    body += [_left(data, words), _rows(case, said, words)]
    return document(title_of_file(case, words.lang), lead, body, words.lang)


def _part(words: Words, name: str, title: Message, rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    inside = told_rows(words, name, rows, targets={})
    return f"<section><h2>{words.say(title)}</h2>{inside}</section>"


def _figures(one: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of an application beside its answers, which have a part of their own."""
    return {key: value for key, value in one.items() if key not in _ANSWERED}


def _left(data: Mapping[str, Any], words: Words) -> str:
    rows = [
        (words.say(what), "–" if kept["number"] is None else str(kept["number"]), words.say(why))
        for (_, what, why), kept in zip(LEFT_OUT, data["left_out"], strict=True)
    ]
    title = words.say(msg("What is left out, and why"))
    head = [words.say(one) for one in (msg("What"), msg("Number"), msg("Why"))]
    return f"<section><h2>{title}</h2>{table(title, head, rows)}</section>"


def _rows(case: Case, said: Mapping[int, str], words: Words) -> str:
    rows = [
        (str(row.id), words.at(row.at), escape(said[row.id]), f"<code>{escape(row.hash)}</code>")
        for row in case.journal
    ]
    title = words.say(msg("What happened"))
    head = [words.say(one) for one in (msg("Row"), msg("When"), msg("What happened"), msg("Hash"))]
    return f"<section><h2>{title}</h2>{table(title, head, rows)}</section>"
