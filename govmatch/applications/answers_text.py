"""All answers of an application as one Markdown text, to be kept and worked on elsewhere. Pure."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from govmatch.kit.i18n import Lang, Message, say
from govmatch.questionnaires import Kind, Row
from govmatch.questionnaires.display import Grid


class Titled(Protocol):
    """A section with its answers."""

    @property
    def title(self) -> str: ...

    @property
    def rows(self) -> Sequence[Row]: ...


def as_markdown(
    title: str, facts: Iterable[tuple[str | Message, str]], parts: Iterable[Titled], lang: Lang
) -> str:
    """Return the text: what it is of, then each question under the heading of its section.

    Long texts are Markdown already and stand as they were typed.
    """
    lines = [f"# {title}", ""]
    lines += [f"- {say(label, lang)}: {value}" for label, value in facts]
    for part in parts:
        lines += ["", f"## {part.title}"]
        for row in part.rows:
            lines += ["", f"### {row.label.text}", "", *_answer(row)]
    return "\n".join(lines) + "\n"


def _answer(row: Row) -> list[str]:
    if not row.answered or row.hidden:
        return [f"*{row.value}*"]
    if row.files:
        return [f"- {file.name}" + (f" ({file.note})" if file.note else "") for file in row.files]
    if row.options:
        return [f"- {option.text}" for option in row.options]
    if row.grid is not None:
        return _table(row.grid)
    if row.question.kind is Kind.LONG_TEXT:
        return row.value.split("\n")
    # A line break is two spaces at the end of a line.
    return ["  \n".join(row.value.split("\n"))]


def _table(grid: Grid) -> list[str]:
    rules = ["---:" if is_figure else "---" for is_figure in grid.figures]
    rows = [*grid.rows, grid.totals] if grid.totals else list(grid.rows)
    return [
        _line([head.text for head in grid.head]),
        _line(rules),
        *(_line(cells) for cells in rows),
    ]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
