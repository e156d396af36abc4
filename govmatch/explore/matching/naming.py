"""What codes and fields are called in the reader's language."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from govmatch.kit.db import ReadSession
from govmatch.kit.formats import quoted
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.taxonomy import cpv
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import labels

SECTIONS: Mapping[str, Message] = {
    "summary": msg("Summary"),
    "products": msg("Products and services"),
    "references": msg("References"),
}
"""The parts of a firm's profile whose words are compared, by their fields."""


@dataclass(frozen=True)
class Names:
    """Labels of codes: `cpv:48444000` with its number, `theme:invoicing` without its slug."""

    lang: Lang
    codes: cpv.Codes
    terms: Mapping[str, str]

    @classmethod
    def of(cls, session: ReadSession, content_dir: Path, lang: Lang) -> "Names":
        terms = {
            f"{kind.value}:{slug}": label
            for kind in TermKind
            for slug, label in labels(session, kind, lang).items()
        }
        return cls(lang, cpv.codes(content_dir), terms)

    def of_code(self, code: str) -> str:
        """Return «48444000 Buchführungssystem», or the label of a theme or technology."""
        tree, _, name = code.partition(":")
        if tree == "cpv":
            return f"{name} {self.codes.label(name, self.lang)}"
        return self.terms.get(code, name)

    def inside(self, code: str) -> str:
        """Return the same as it stands inside a sentence: a label in quotation marks."""
        said = self.of_code(code)
        return said if code.startswith("cpv:") else quoted(said, self.lang)

    def of_codes(self, codes: Iterable[str], *, between: str = ", ") -> str:
        return between.join(self.of_code(code) for code in codes)
