"""What may be typed into a search box, from the table of its fields: with examples that work."""

from collections.abc import Mapping, Sequence

from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.search.fields import Field, Fields, Kind, written
from govmatch.web.visit import Visit

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Example:
    """A query as it may be typed, and its address."""

    text: str
    url: str


@dataclass(frozen=True)
class HelpLine:
    """Something that may be typed: a field, or a sign between words."""

    says: Message
    examples: list[Example]


SIGNS: tuple[tuple[Message, Message], ...] = (
    (msg("All words, in whatever form and spelling."), msg("digital inspection")),
    (msg("Words that stand together exactly like this."), msg("\u201cpublic procurement\u201d")),
    (msg("Without a word."), msg("inspection -drone")),
    (msg("One word or the other."), msg("invoice OR accounting")),
    (msg("Words that begin so: at least three letters."), msg("inspec*")),
)


def help_lines(
    visit: Visit,
    fields: Fields,
    counts: Counts,
    *,
    path: str = "/search",
    signs: Sequence[tuple[Message, Message]] = SIGNS,
) -> list[HelpLine]:
    """Return what may be typed; a field is left out where there is no value to show for it.

    `path` is the page that the examples lead to.
    """
    lines = [HelpLine(says, [_example(visit, _typed(visit, text), path)]) for says, text in signs]
    for name, one in fields.names(visit.lang):
        examples = list(dict.fromkeys(_examples(name, one, fields, counts, visit.lang)))
        if one.kind is Kind.WORDS:
            examples = [f"{name}:{_typed(visit, SIGNS[0][1]).split()[0]}"]
        if one.help and examples:
            lines.append(HelpLine(one.help, [_example(visit, text, path) for text in examples]))
    return lines


def _typed(visit: Visit, text: Message) -> str:
    """Return an example as a keyboard types it."""
    return visit.say(text).translate(dict.fromkeys(map(ord, "\u201c\u201d\u201e\u00bb\u00ab"), '"'))


def _example(visit: Visit, text: str, path: str) -> Example:
    return Example(text, visit.url(path, q=text))


def _examples(name: str, of: Field, fields: Fields, counts: Counts, lang: Lang) -> list[str]:
    if of.examples:
        return [written(name, text) for text in of.examples]
    values = list(of.moments) or list(counts.get(of.looks_in, {}))
    return [written(name, fields.label(of, value, lang)) for value in values[:2]]
