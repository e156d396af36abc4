"""A section of a form with its answers, ready for templates/questionnaires/section.html."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal

from markupsafe import Markup

from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.questionnaires.answers import is_blank, typed, value_of
from govmatch.questionnaires.conditions import is_asked
from govmatch.questionnaires.definition import Kind, Question, Section, Text, text_for
from govmatch.questionnaires.display import Attached, rows
from govmatch.questionnaires.guides import GUIDES, Guide
from govmatch.questionnaires.hints import hints
from govmatch.questionnaires.tables import kept_rows, label_of_cell, most_rows, rows_shown

# More options than this are easier to find in a list that opens than in a column of buttons.
_MOST_RADIOS = 8
_WORDS_IN_A_LINE = 15
_CHARS_IN_A_LINE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What the template needs to show one question; `widget` names the macro that shows it.

    Texts in another language than the form's are `Markup` that says so. `note` says on which answer
    it depends, and `decides` is the field of that on the same page; scripts hide it until then.
    `cells` are the fields of a table row by row, `sums` what its columns add up to.
    """

    question: Question
    widget: str
    name: str
    label: str
    help: str
    hints: tuple[Message, ...] = ()
    options: tuple[tuple[str, str | Message], ...] = ()
    unit: str
    keyboard: str | None = None
    rows: int = 6
    files: tuple[Attached, ...] = ()
    note: Message | None = None
    decides: str = ""
    cells: "tuple[tuple[Field, ...], ...]" = ()
    sums: tuple[str, ...] = ()

    @property
    def accept(self) -> str | None:
        """The kinds of files that the browser offers: `.pdf,.docx`."""
        return ",".join(f".{name}" for name in self.question.accept) or None

    @property
    def guide(self) -> Guide | None:
        """The part of a guide that helps with this question."""
        return GUIDES.get(self.question.guide or "")

    @property
    def takes_several(self) -> bool:
        return isinstance(self.question.maximum, Decimal) and self.question.maximum > 1

    @property
    def most(self) -> int:
        """How many rows a table may have."""
        return most_rows(self.question)

    @property
    def removals(self) -> tuple[tuple[str, str], ...]:
        return tuple((file.id, file.name) for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersForm:
    """The form object that the `ui` macros take: values and errors by field name."""

    lang: Lang
    title: str
    intro: Text
    fields: tuple[Field, ...]
    values: Mapping[str, str | list[str]] = field(default_factory=dict)
    errors: Mapping[str, Message] = field(default_factory=dict)

    def value(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if isinstance(value, str) else (value[-1] if value else "")

    def chosen(self, name: str) -> list[str]:
        value = self.values.get(name, [])
        return [value] if isinstance(value, str) else value

    @property
    def labels(self) -> dict[str, str]:
        """The words of each question by field name, for `ui.error_summary(form, labels=...)`.

        An error stands alone in the summary, where «Please give a date.» would not say which. A
        colon follows there, so the sign that ends a question or a statement is left out.
        """
        found = {shown.name: _before_colon(shown.question, self.lang) for shown in self.fields}
        for shown in self.fields:
            for row, cells in enumerate(shown.cells, 1):
                for cell in cells:
                    text = label_of_cell(shown.question, row, cell.question, self.lang)
                    found[cell.name] = marked(text, self.lang)
        return found

    @property
    def moves(self) -> bool:
        """True where a script helps: to hide what is not asked, or to add rows to a table."""
        return any(shown.decides or shown.cells for shown in self.fields)


def answers_form(
    section: Section,
    answers: Mapping[str, object],
    lang: Lang,
    *,
    errors: Mapping[str, Message] | None = None,
    files: Mapping[str, Attached] | None = None,
    earlier: Sequence[Question] | None = None,
) -> AnswersForm:
    """Return the form of one section, filled with answers of any state.

    `earlier` are questions of other pages where nobody has answered them yet, as for those who
    write a form: what depends on them is shown too, and says on what. `errors` go by field name;
    those of fields that are not in this section are left out, except for the empty name, which
    stands for the form as a whole. `files` names files by public id.
    """
    pages = (section.questions, earlier or ())
    fields = tuple(
        _field(question, answers.get(question.id), lang, files or {}, pages)
        for question in (_possible(section, answers) if earlier is None else section.questions)
    )
    values: dict[str, str | list[str]] = {}
    for shown in fields:
        values |= _values(shown.question, answers.get(shown.question.id), lang)
    names = {*values, ""}
    return AnswersForm(
        lang=lang,
        title=marked(text_for(section.title, lang), lang),
        intro=text_for(section.intro, lang),
        fields=fields,
        values=values,
        errors={name: error for name, error in (errors or {}).items() if name in names},
    )


def _possible(section: Section, answers: Mapping[str, object]) -> list[Question]:
    """Return the questions of a page that are asked, or may be after an answer on this page.

    What depends on another page is settled; so is what depends on a question that is not here.
    """
    here: set[str] = set()
    shown = []
    ids = {question.id for question in section.questions}
    for question in section.questions:
        on = question.when.question if question.when else ""
        if on in here or (on not in ids and is_asked(question, answers)):
            here.add(question.id)
            shown.append(question)
    return shown


def _values(question: Question, kept: object, lang: Lang) -> dict[str, str | list[str]]:
    """Return what the fields of one question show; a table has a field for each cell."""
    found = {question.field: typed(question, kept, lang)}
    if question.kind is Kind.TABLE:
        there = kept_rows(kept)
        for row in range(1, rows_shown(question, len(there)) + 1):
            cells = there[row - 1] if row <= len(there) else {}
            for column in question.columns:
                found[question.cell(row, column.id)] = typed(column, cells.get(column.id), lang)
    return found


def _field(
    question: Question,
    kept: object,
    lang: Lang,
    known: Mapping[str, Attached],
    pages: tuple[Sequence[Question], Sequence[Question]] = ((), ()),
) -> Field:
    """Return the field of a question; `pages` are the questions of its own page, and of others."""
    ids = typed(question, kept, lang) if question.kind is Kind.FILE else []
    note, decides = _condition(question, *pages, lang)
    return Field(
        question=question,
        widget=_widget(question, kept),
        name=question.field,
        label=marked(text_for(question.label, lang), lang),
        help=marked(text_for(question.help, lang), lang),
        hints=tuple(hints(question, lang)),
        options=_options(question, lang),
        unit=text_for(question.unit, lang).text,
        keyboard=_keyboard(question),
        rows=_rows(question),
        files=tuple(known.get(name, Attached(name, name)) for name in ids),
        note=note,
        decides=decides,
        cells=_cells(question, kept, lang) if question.kind is Kind.TABLE else (),
        sums=_sums(question, kept, lang),
    )


def _condition(
    question: Question, here: Sequence[Question], earlier: Sequence[Question], lang: Lang
) -> tuple[Message | None, str]:
    """Return on which answer it depends, in words, and the field of that on the same page."""
    when = question.when
    other = next((one for one in (*here, *earlier) if when and one.id == when.question), None)
    if when is None or other is None:
        return None, ""
    label = _before_colon(other, lang)
    decides = other.field if other in here else ""
    if other.kind is Kind.DECLARATION:
        return msg("Only where this is confirmed: {question}", question=label), decides
    chosen = [option for option in other.options if option.value in when.answers]
    texts = Markup(" / ").join(marked(text_for(one.label, lang), lang) for one in chosen)
    note = msg("Only where “{question}” has the answer: {answer}", question=label, answer=texts)
    return note, decides


def _cells(question: Question, kept: object, lang: Lang) -> tuple[tuple[Field, ...], ...]:
    there = kept_rows(kept)
    empty: list[Mapping[str, object]] = [{}] * (rows_shown(question, len(there)) - len(there))
    return tuple(
        tuple(
            replace(
                _field(column, cells.get(column.id), lang, {}), name=question.cell(row, column.id)
            )
            for column in question.columns
        )
        for row, cells in enumerate([*there, *empty], 1)
    )


def _sums(question: Question, kept: object, lang: Lang) -> tuple[str, ...]:
    if question.kind is not Kind.TABLE or not any(one.total for one in question.columns):
        return ()
    shown = rows(Section(id="", title={}, questions=(replace(question, when=None),)),
                 {question.id: kept}, lang)[0]  # fmt: skip
    return shown.grid.totals if shown.grid else ()


def _widget(question: Question, kept: object) -> str:
    if question.kind is Kind.CHOICE and len(question.options) > _MOST_RADIOS:
        return "select"
    # A date field of the browser shows nothing where the value is no date: what was typed is lost.
    unreadable = not is_blank(kept) and value_of(question, kept) is None
    if question.kind is Kind.DATE and unreadable:
        return "date_text"
    return question.kind.value


def _before_colon(question: Question, lang: Lang) -> str:
    text = text_for(question.label, lang)
    return marked(text._replace(text=text.text.rstrip(" .:?!")), lang)


def marked(text: Text, lang: Lang) -> str:
    """Return a text, as `Markup` that names its language where that is not `lang`."""
    if text.lang == lang or not text.text:
        return text.text
    return Markup('<span lang="{}">{}</span>').format(text.lang, text.text)


def _options(question: Question, lang: Lang) -> tuple[tuple[str, str | Message], ...]:
    labels = [(option.value, text_for(option.label, lang)) for option in question.options]
    if len(labels) > _MOST_RADIOS and question.kind is Kind.CHOICE:
        return tuple((value, text.text) for value, text in labels)
    shown = [(value, marked(text, lang)) for value, text in labels]
    if question.kind is Kind.CHOICE and not question.required:
        # Radio buttons cannot be taken back, so an answer that may be left out needs one for that.
        return (*shown, ("", msg("No answer")))
    return tuple(shown)


def _keyboard(question: Question) -> str | None:
    """Return the keys that a phone shows; those for figures have no minus sign everywhere."""
    low = question.minimum
    if question.kind is not Kind.NUMBER or not isinstance(low, Decimal) or low < 0:
        return None
    return "numeric" if question.decimals == 0 else "decimal"


def _rows(question: Question) -> int:
    """Return how many lines a text needs when it is as long as it may be, from 4 to 14."""
    if question.max_words is not None:
        lines = question.max_words // _WORDS_IN_A_LINE
    elif question.max_chars is not None:
        lines = question.max_chars // _CHARS_IN_A_LINE
    else:
        lines = 6
    return max(4, min(14, lines))
