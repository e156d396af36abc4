"""Which answers go to the public, in pieces, and which are left out as a whole."""

from collections.abc import Iterator, Mapping

from govmatch.applications.models import Version
from govmatch.applications.queries.secrecy import Secrecy
from govmatch.applications.secrecy import Mark, stands_in, texts_of
from govmatch.dossiers.blocking import Hidden, Piece, Why, pieces_of, still_says
from govmatch.dossiers.proposed import Said
from govmatch.dossiers.reading_models import PublicReading
from govmatch.kit.i18n import Lang
from govmatch.questionnaires import Kind, Question, Questionnaire, Row, marked, rows, text_for
from govmatch.questionnaires.redaction import is_hidden_by_form
from govmatch.questionnaires.tables import kept_rows

_WRITTEN = frozenset({Kind.TEXT, Kind.LONG_TEXT})


def answers_of(
    version: Version,
    form: Questionnaire,
    *,
    secrecy: Secrecy,
    row: PublicReading | None,
    hidden: Hidden,
    lang: Lang,
    is_public: bool,
) -> Iterator[Said]:
    """Yield every answer that was given, in the order of the form; files stand elsewhere."""
    marks = {one.question: one for one in secrecy.holding if one.question}
    left = row.answers if row is not None else {}
    for section in form.sections:
        for one in rows(section, version.answers, lang):
            question = one.question
            if not one.answered or question.kind is Kind.FILE:
                continue
            kept = version.answers.get(question.id)
            lines = _lines(one, kept, hidden)
            mark = marks.get(question.id)
            why, reason = _why(question, mark, kept, is_public=is_public)
            if why is None and question.id in left:
                why, reason = Why.KEPT, left[question.id]
            if why is None and not lines:
                why = Why.UNREADABLE
            if why is None:
                why = still_says([piece for line in lines for piece in line], hidden)
            label = marked(text_for(question.label, lang), lang)
            yield Said(question.id, label, lines, why, reason, mark)


def _why(
    question: Question, mark: Mark | None, kept: object, *, is_public: bool
) -> tuple[Why | None, str]:
    """Return why the whole answer is left out whatever people think of it, and the firm's words."""
    if mark is not None:
        text = texts_of(kept)
        # What was marked and is not there any more, nobody can leave out: so nothing goes out.
        is_lost = any(not stands_in(passage, text) for passage in mark.passages)
        if mark.is_whole or is_lost:
            return Why.MARKED, mark.reason
    if question.kind is Kind.URL:
        return (None if is_public else Why.FIRM), ""
    if is_hidden_by_form(question):
        return Why.PERSON, ""
    return None, mark.reason if mark is not None else ""


def _lines(row: Row, kept: object, hidden: Hidden) -> list[list[Piece]]:
    question = row.question
    if question.kind is Kind.TABLE:
        return [list(_cells(question, one, shown, hidden)) for one, shown in _table(row, kept)]
    if question.kind in _WRITTEN:
        return [pieces_of(str(kept), hidden)]
    if question.kind is Kind.URL:
        return [[Piece(row.value)]]
    return [pieces_of(row.value, hidden)] if isinstance(kept, Mapping) else [[Piece(row.value)]]


def _table(row: Row, kept: object) -> Iterator[tuple[Mapping[str, object], tuple[str, ...]]]:
    if row.grid is None:
        return iter(())
    return iter(zip(kept_rows(kept), row.grid.rows, strict=False))


def _cells(
    question: Question, row: Mapping[str, object], shown: tuple[str, ...], hidden: Hidden
) -> Iterator[Piece]:
    for place, (column, words) in enumerate(zip(question.columns, shown, strict=True)):
        if place:
            yield Piece(" · ")
        is_written = column.kind in _WRITTEN or isinstance(row.get(column.id), Mapping)
        yield from pieces_of(words, hidden) if is_written else [Piece(words)]
