"""One file of a challenge, in one language: its facts read and each checked by its shape."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from govmatch.challenges.content.parts import (
    read_attachments,
    read_contact,
    read_criteria,
    read_demo,
    words_in,
)
from govmatch.challenges.content.route import Route, read_route
from govmatch.challenges.rules.fault_of_words import MAX_BODY
from govmatch.challenges.statement import Statement, Words
from govmatch.kit.content import Document, Place, Problem, Tree
from govmatch.kit.i18n import LANGUAGES, Lang, msg
from govmatch.kit.records import dataclass

KEYS = (
    "slug",
    "lang",
    "written_in",
    "original",
    "title",
    "summary",
    "authority",
    "programme",
    "round",
    "theme",
    "technology",
    "cpv",
    "zone",
    "opens",
    "questions_until",
    "closes",
    "budget",
    "pilots_max",
    "route",
    "eligibility",
    "criteria",
    "questions",
    "contact",
    "attachments",
    "status",
    "approved",
    "demo",
    "amendment",
    "html",
)
TEXTS = frozenset({"lang", "title", "summary", "amendment", "html"})
"""What is translated; of questions, attachments and route only the texts in them."""

MOST_MONEY = 1_000_000_000
MOST_REASON = 1_000
TAG = re.compile(r"<[A-Za-z/!?]")
AS_TEXT = "as-text"
"""Says that what looks like HTML is part of the text, to be shown as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Which office approved the file, and on which day."""

    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFile:
    """What one file says. `statement` has the words of this language and no questions yet."""

    lang: Lang
    written_in: tuple[str, ...]
    """The languages of its files; empty where the file does not say, which means all of ours."""
    original: str
    """The language of the original where that is not the one in which its authority works."""
    tree: Tree
    body_line: int
    statement: Statement
    questions: Any
    attachments: tuple[Mapping[str, Any], ...]
    approval: Approval | None
    demo: Mapping[str, int] | None
    amendment: str
    route: Route | None


def read_one(document: Document, problems: list[Problem], *, slug: str, lang: Lang) -> OneFile:
    """Return what a file says; `problems` gets whatever has not the shape that it should."""
    top = Place.top(document.tree, problems)
    top.only(KEYS)
    _same(top.needed("slug"), slug)
    _same(top.needed("lang"), lang)
    top.child("status").choice(("draft",))
    _check_body(top, document)
    approved = top.child("approved")
    demo = top.child("demo")
    return OneFile(
        lang=lang,
        written_in=tuple(
            place.choice(LANGUAGES)
            for place in top.child("written_in").items(low=0, high=len(LANGUAGES))
        ),
        original=top.child("original").choice(LANGUAGES),
        tree=document.tree,
        body_line=document.body_line,
        statement=_statement(top, document, lang),
        questions=top.value.get("questions"),
        attachments=read_attachments(top.child("attachments")),
        approval=None if approved.absent else _approval(approved),
        demo=None if demo.absent else read_demo(demo),
        amendment=top.child("amendment").line(limit=MOST_REASON),
        route=read_route(top.child("route")),
    )


def _same(place: Place, wanted: str) -> None:
    if not place.absent and place.value != wanted:
        place.wrong(
            msg("{value} is not what the file's name says.", value=str(place.value)[:60]),
            msg("Write {slug}, or rename the file.", slug=wanted),
        )


def _check_body(top: Place, document: Document) -> None:
    name = top.tree.name
    if not document.body.strip():
        top.problems.append(
            Problem(
                name,
                document.body_line,
                "body",
                msg("There is no text after the facts."),
                msg("Describe the problem below the second line of hyphens."),
            )
        )
    elif len(document.body) > MAX_BODY:
        top.problems.append(
            Problem(
                name,
                document.body_line,
                "body",
                msg("The text has {n} characters.", n=len(document.body)),
                msg("Shorten it to at most {limit} characters.", limit=MAX_BODY),
            )
        )
    is_meant = top.child("html").choice((AS_TEXT,)) == AS_TEXT
    if (found := TAG.search(document.body)) and not is_meant:
        line = document.body_line + document.body.count("\n", 0, found.start())
        top.problems.append(
            Problem(
                name,
                line,
                "body",
                msg("HTML is not read; it would be shown as it stands."),
                msg("Write Markdown, or `html: as-text` among the facts where it is meant so."),
            )
        )


def _statement(top: Place, document: Document, lang: Lang) -> Statement:
    zone = top.needed("zone").zone()
    budget = top.needed("budget")
    if not budget.absent and budget.is_mapping():
        budget.only(("min", "max", "currency"))
    limits = top.needed("eligibility")
    if not limits.absent and limits.is_mapping():
        limits.only(("countries", "size", "languages", "requires"))
    words = Words(
        title=top.needed("title").line(limit=500),
        summary=top.needed("summary").line(limit=2_000),
        body=document.body,
    )
    return Statement(
        authority=top.needed("authority").slug(),
        programme=top.needed("programme").slug(),
        round=top.child("round").slug() or None,
        words={lang: words},
        themes=words_in(top.needed("theme")),
        technologies=words_in(top.child("technology")),
        cpv=words_in(top.needed("cpv")),
        zone=zone,
        # Without a zone the times mean nothing; that is named already.
        opens=top.needed("opens").local_time(zone or "UTC"),
        questions_until=top.needed("questions_until").local_time(zone or "UTC"),
        closes=top.needed("closes").local_time(zone or "UTC"),
        budget_min=budget.child("min").whole(low=0, high=MOST_MONEY),
        budget_max=budget.needed("max").whole(low=1, high=MOST_MONEY),
        currency=budget.needed("currency").text(limit=3),
        pilots_max=top.needed("pilots_max").whole(low=1, high=50) or 1,
        countries=words_in(limits.needed("countries")),
        sizes=words_in(limits.needed("size")),
        languages=words_in(limits.needed("languages")),
        requires=words_in(limits.child("requires")),
        criteria=read_criteria(top.needed("criteria")),
        contact=read_contact(top.needed("contact")),
    )


def _approval(place: Place) -> Approval | None:
    if not place.is_mapping():
        return None
    place.only(("by", "on"))
    by, on = place.needed("by").line(limit=150), place.needed("on").day()
    return Approval(by=by, on=on) if by and on else None
