"""`match`: who fits a challenge, what fits a firm, and why; or everything worked out anew."""

from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import select

from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import find_by_slug, text_for
from govmatch.challenges.rules import is_public
from govmatch.challenges.rules.desk import is_before_judging
from govmatch.cli.base import app, fail, open_database, out, read_settings
from govmatch.explore.matching.facts_in_words import Line
from govmatch.explore.matching.loading import challenges_of, explaining
from govmatch.explore.matching.reasons import Reasons
from govmatch.explore.queries import matches as queries
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import site_now
from govmatch.kit.db import Database, ReadSession
from govmatch.kit.i18n import Lang, Message, as_lang, catalogue
from govmatch.kit.journal import clock_offset
from govmatch.organisations.models import Firm
from govmatch.organisations.showing import day_of
from govmatch.settings import Settings
from govmatch.worker.matching import Matcher

Pair = tuple[Challenge, Firm, str]
"""What fits what, and what the line is headed by."""


@app.command()
def match(
    thing: Annotated[str, typer.Argument(help="Slug of a challenge or of a firm.")] = "",
    *,
    everything: Annotated[bool, typer.Option("--all", help="Work all matches out anew.")] = False,
    lang: Annotated[str, typer.Option(help="de, da or en")] = "en",
    size: Annotated[int, typer.Option(help="How many to show.", min=1, max=100)] = 10,
) -> None:
    """Print what fits a challenge or a firm, with the reasons that its pages give.

    Only what everybody may see: published challenges until their deadline, firms of the directory.
    """
    settings = read_settings()
    database = open_database(settings)
    if everything:
        _work_out(settings, database)
    elif not thing:
        raise fail("name a challenge or a firm by its slug, or say --all", 2)
    if thing:
        with database.reading() as session:
            tell(session, settings, thing, lang=as_lang(lang), size=size)


def _work_out(settings: Settings, database: Database) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=out) as bar:
        tasks = {}

        def show(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=of)
            bar.update(tasks[what], completed=done)

        Matcher(settings, database).rebuild(show)
    out.print("govmatch: all matches are new")


def tell(session: ReadSession, settings: Settings, thing: str, *, lang: Lang, size: int) -> None:
    """Print what fits a thing that everybody may see; fails for any other."""
    now = site_now(clock_offset(session) if settings.is_demo else 0)
    challenge = find_by_slug(session, thing)
    listed = select(Firm).where(Firm.slug == thing, Firm.is_public, Firm.closed_at.is_(None))
    firm = session.scalars(listed).first()
    pairs: list[Pair] = []
    if challenge is not None and is_public(challenge, now):
        if is_before_judging(challenge, now):
            found = queries.for_challenge(
                session, challenge, actor=VISITOR, ruled_out=False, most=size
            )
            pairs = [(challenge, one, one.name) for _, one in found]
    elif firm is not None:
        ids = [
            one.other_id
            for one in queries.for_firm(session, firm, actor=VISITOR, now=now, ruled_out=False)
        ][:size]
        known = challenges_of(session, ids)
        pairs = [(known[n], firm, text_for(known[n], lang).title) for n in ids if n in known]
    else:
        raise fail(f"there is no published challenge and no listed firm named {thing!r}")
    explained = explaining(
        session,
        challenges={challenge.id for challenge, _, _ in pairs},
        firms={firm.id for _, firm, _ in pairs},
        content_dir=settings.content_dir,
        lang=lang,
        today=day_of(now, settings.zone),
    )
    for number, (challenge, firm, title) in enumerate(pairs, 1):
        if reasons := explained.reasons(challenge, firm):
            _print(number, title, reasons, lang)
    out.print(f"govmatch: {len(pairs)} found")


def _print(number: int, title: str, reasons: Reasons, lang: Lang) -> None:
    say = catalogue(lang).say
    out.print(f"{number:3}. {title} - {say(reasons.level.words)}", markup=False, soft_wrap=True)
    for section in reasons.words:
        _line("+", f"{say(section.section)}: {', '.join(map(str, section.words))}")
    for mark, lines in (("+", reasons.for_), ("-", reasons.against), ("?", reasons.missing)):
        for line in lines:
            _line(mark, _said(line, lang))


def _said(line: Line, lang: Lang) -> str:
    text: Message = line.text
    return catalogue(lang).say(text)


def _line(mark: str, text: str) -> None:
    out.print(f"     {mark} {text}", markup=False, soft_wrap=True)
