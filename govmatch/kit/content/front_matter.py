"""A text with facts before it: YAML between two lines of three hyphens, then Markdown."""

from govmatch.kit.content.folder import Source
from govmatch.kit.content.yaml_text import Tree, read_yaml
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass

FENCE = "---"


@dataclass(frozen=True, slots=True)
class Document:
    """The facts of a file, its text, and the line at which the text begins."""

    tree: Tree
    body: str
    body_line: int


def read_document(source: Source) -> Document:
    """Return facts and text; raises `Wrong` where the two lines of hyphens or the facts fail."""
    lines = source.text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise source.wrong(
            1,
            msg("The file does not begin with facts."),
            msg("Write a line of three hyphens first, then the facts, then such a line again."),
        )
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        raise source.wrong(
            1,
            msg("The facts have no end."),
            msg("Write a line of three hyphens between the facts and the text."),
        )
    header = Source(source.name, "\n".join(lines[1:end]))
    body = "\n".join(lines[end + 1 :]).strip("\n")
    first = next((n for n in range(end + 1, len(lines)) if lines[n].strip()), end)
    return Document(read_yaml(header, first_line=2), body, first + 1)
