"""Pages as PDF files: who may read a page may have it made one, and nobody else; and who takes it.

What the table of reading says of a page that is made for paper holds for its companions as well,
but for whoever has not signed in, or owes a second factor: these print with their browser.
"""

from govmatch import printing
from govmatch.kit.db import Session
from govmatch.kit.i18n import Lang
from govmatch.printing import actions, shelf
from tests.security.acts import Act
from tests.security.gates import EVERYBODY, FACTOR, LOGIN, SETTLED, Gate, Row, look
from tests.security.making import Maker

PRINTED = (
    "/applications/{id}/print",
    "/applications/{id}/receipts/{n}",
    "/audit/challenges/{slug}",
    "/decisions/{decision}/letters",
    "/desk/challenges/{slug}/panel/minutes",
    "/desk/events/{slug}/participants/print",
    "/events/{slug}/certificate",
    "/letters/{letter}",
    "/needs/report",
    "/reports",
    "/reports/{view}",
)
PRINT = "/prints/{id}"


def keep_print(maker: Maker) -> None:
    """Let a PDF lie there that Bo had made, with a word in it."""
    word = maker.world.canaries.plant("a print", "bo")
    lang: Lang = "en"
    sheet = actions.Sheet(word.encode(), word, "/applications", lang)
    data_dir, now = maker.settings.data_dir, maker.now

    def make(session: Session) -> str:
        actor = maker.actor(session, "bo")
        made = actions.ask(session, sheet, data_dir=data_dir, actor=actor, now=now, real_now=now)
        actions.note_outcome(made, is_made=True, real_now=now)
        shelf.put(shelf.print_of(data_dir, made.public_id), b"%PDF-1.7 " + word.encode())
        return made.public_id

    maker.world.ids["print bo"] = maker.do(make)


def companions_of(rows: list[Row]) -> list[Row]:
    """Return who is led from the address of the button to the page: whoever passes its rule."""
    found = [
        Row(
            route=f"{row.route}/pdf", gate=_settled(row.gate), fill=row.fill, status=303,
            unknown=303 if row.fill else None,
        )
        for row in _printed(rows)
    ]  # fmt: skip
    return found if printing.is_there() else []


def prints_of(rows: list[Row]) -> list[Act]:
    """Return who has a page made a PDF: whoever is shown it."""
    return [_print_of(row) for row in _printed(rows)] if printing.is_there() else []


def _printed(rows: list[Row]) -> list[Row]:
    """Return the first two rows of each page that is made for paper."""
    found: list[Row] = []
    for path in PRINTED:
        there = [row for row in rows if row.path == path and not row.query]
        assert there, f"no row of {path}"
        found += there[:2]
    return found


def _print_of(row: Row) -> Act:
    is_read = {who: (row.noted, "PrintAsked") for who in EVERYBODY if row.is_noted_for(who)}
    return Act(
        route=f"POST {row.path}/pdf",
        gate=_settled(row.gate),
        fill=row.fill,
        reach=row.reach,
        refused=row.refused,
        status=303 if row.status == 200 else row.status,
        but={who: 403 if one in {LOGIN, FACTOR} else one for who, one in row.but.items()},
        unknown=row.unknown,
        by="bo",
        events=("PrintAsked",) if row.status == 200 else (),
        otherwise=is_read,
    )


def _settled(gate: Gate) -> Gate:
    return Gate(gate.passes & SETTLED.passes)


PRINT_LOOKS: list[Row] = (
    [
        look(PRINT, SETTLED, "bo", id="print bo"),
        look(f"{PRINT}/file", SETTLED, "bo", id="print bo"),
    ]
    if printing.is_there()
    else []
)
