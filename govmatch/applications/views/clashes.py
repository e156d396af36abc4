"""What a colleague and the reader wrote differently into one section, side by side."""

from dataclasses import replace
from difflib import SequenceMatcher

from govmatch.applications import merging
from govmatch.applications.actions import SectionConflict
from govmatch.applications.models import Application
from govmatch.applications.views.reading import files_of
from govmatch.kit.records import dataclass
from govmatch.questionnaires import Kind, Row, Section, marked, rows, text_for
from govmatch.web.visit import Visit


@dataclass(frozen=True, kw_only=True)
class Clash:
    """One answer in two versions; of texts the lines, each with whether the other has it too."""

    label: str
    theirs: Row
    mine: Row
    their_lines: list[tuple[str, bool]]
    my_lines: list[tuple[str, bool]]


def clashes_of(
    visit: Visit, application: Application, section: Section, conflict: SectionConflict
) -> list[Clash]:
    """Return the two versions of each answer that both changed, ready to stand side by side."""
    files = files_of(visit, application)
    found = []
    for question in section.questions:
        if question.id not in conflict.clashes:
            continue
        alone = replace(section, questions=(replace(question, when=None),))
        there, here = (
            rows(alone, answers, visit.lang, files=files)[0]
            for answers in (application.answers, conflict.answers)
        )
        is_text = question.kind is Kind.LONG_TEXT
        found.append(
            Clash(
                label=marked(text_for(question.label, visit.lang), visit.lang),
                theirs=there,
                mine=here,
                their_lines=_lines(there.value, here.value) if is_text else [],
                my_lines=_lines(here.value, there.value) if is_text else [],
            )
        )
    return found


def _lines(text: str, other: str) -> list[tuple[str, bool]]:
    """Return the lines of a text, each with whether the other text has it in that place too."""
    lines, others = text.split("\n"), other.split("\n")
    if max(len(lines), len(others)) > merging.MOST_LINES:
        return [(line, False) for line in lines]
    found = SequenceMatcher(None, lines, others, autojunk=False).get_matching_blocks()
    same = {block.a + n for block in found for n in range(block.size)}
    return [(line, at in same) for at, line in enumerate(lines)]
