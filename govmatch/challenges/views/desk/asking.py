"""The fields of a challenge's own questions, and what the programme asks before them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from govmatch import questionnaires
from govmatch.challenges import queries
from govmatch.challenges.forms import KINDS, SLOTS
from govmatch.challenges.forms.kinds import COLUMN_KINDS, COLUMNS, OWN
from govmatch.challenges.labels import QUESTIONS
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries.forms import OWN_SECTION, OWN_TITLE
from govmatch.kit.i18n import LANGUAGES, Lang, Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.places import named_languages
from govmatch.questionnaires import (
    GUIDES,
    PROFILE,
    TICKED,
    AnswersForm,
    Kind,
    Question,
    Section,
    answers_form,
    marked,
    text_for,
)
from govmatch.questionnaires.definition import ALWAYS_HIDDEN, SETTLED
from govmatch.web.fields import Form

MORE = "more"
"""The button that asks for one more question."""
LOOK = "look"
"""The button that shows the questions as firms will see them."""
SHAPE = "shape"
"""The button that asks for the fields of the kinds that were chosen."""
BLOCKS = {
    "preview": "preview",
    "find-codes": "codes",
    "add-up": "sum",
    MORE: "questions",
    SHAPE: "questions",
}
"""What buttons of a form show without checking anything, and the part of the page it is in."""


@dataclass(frozen=True)
class Slot:
    """One place for a question; `own` are the fields that its kind has beside those of all.

    `columns` are the places of a table's columns; `column_kinds` what each may hold. `whens` are
    the answers on which it may depend, as (value, words) below the words of each question.
    """

    number: int
    is_used: bool
    is_open: bool
    title: str
    kind: str
    kind_label: Message | None
    own: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()
    column_kinds: tuple[tuple[str, Message], ...] = ()
    whens: list[tuple[str, Message]] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    """Languages in which the challenge has words and the question has none."""
    is_always_hidden: bool = False


@dataclass(frozen=True)
class Before:
    """A section of the programme's form: what it asks, each with its kind."""

    title: str
    questions: list[tuple[str, Message]]


@dataclass(frozen=True)
class AskingFields:
    """`can_add` is false where there is no place for another question."""

    slots: list[Slot]
    kinds: list[tuple[str, Message]]
    before: list[Before]
    can_add: bool
    guides: Sequence[tuple[str, Message]]
    profile_parts: Sequence[tuple[str, Message]]


def asking_fields(challenge: Challenge, form: Form, lang: Lang) -> AskingFields:
    """Return everything that the page shows around the fields of own questions."""
    earlier = _deciding(challenge, lang)
    count = _count(form)
    begun = {text.lang for text in challenge.texts if text.title}
    names = tuple(one for one in named_languages(lang) if one[0] in begun)
    return AskingFields(
        slots=[_slot(form, number, lang, earlier, names) for number in SLOTS[:count]],
        kinds=[(kind.value, label) for kind, label in KINDS.items()],
        before=[
            Before(
                marked(text_for(section.title, lang), lang),
                [
                    (marked(text_for(one.label, lang), lang), QUESTIONS[one.kind])
                    for one in section.questions
                ],
            )
            for section in queries.programme_form_of(challenge).sections
        ],
        can_add=count < len(SLOTS),
        guides=[(name, guide.title) for name, guide in GUIDES.items()],
        profile_parts=list(PROFILE.items()),
    )


def as_asked(
    challenge: Challenge, questions: Sequence[Mapping[str, Any]], lang: Lang
) -> AnswersForm:
    """Return questions that were just typed as a firm is asked them, without an answer.

    One that depends on what the programme asks before them says so.
    """
    loaded = questionnaires.load_questions(list(questions), currency=challenge.currency)
    section = Section(id=OWN_SECTION, title=OWN_TITLE, questions=loaded)
    earlier = queries.programme_form_of(challenge).questions
    return answers_form(section, {}, lang, earlier=earlier)


def with_more(form: Form, what: str) -> Form:
    """Return the form with a free place for a question, where that is what was asked for."""
    if what != MORE:
        return form
    count = _count(form)
    new = next((number for number in SLOTS[:count] if not _is_used(form, number)), count + 1)
    count = min(max(count, new), len(SLOTS))
    return replace(form, values={**form.values, "slots": str(count), "new": str(new)})


def _count(form: Form) -> int:
    """Return how many places are shown: those in use, and at least one that is free."""
    used = [number for number in SLOTS if _is_used(form, number)]
    asked = form.value("slots")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    return min(max(wanted, max(used, default=0) + (0 if wanted else 1), 1), len(SLOTS))


def _is_used(form: Form, number: int) -> bool:
    labels = (form.value(f"q{number}-label-{code}") for code in LANGUAGES)
    return bool(form.value(f"q{number}-type")) or any(labels)


def _slot(
    form: Form,
    number: int,
    lang: Lang,
    earlier: Mapping[str, list[tuple[str, Message]]],
    names: Iterable[tuple[Lang, str]],
) -> Slot:
    name = f"q{number}"
    labels: dict[str, str] = {code: form.value(f"{name}-label-{code}") for code in LANGUAGES}
    kind = form.value(f"{name}-type")
    is_wrong = any(field.startswith(f"{name}-") for field in form.errors)
    asked_now = form.value("do") in {f"{SHAPE}:{number}", MORE}
    columns = _columns(form, name) if kind == Kind.TABLE else ()
    own_id, is_used = form.value(f"{name}-id"), _is_used(form, number)
    return Slot(
        number=number,
        is_used=is_used,
        is_open=is_wrong or (asked_now and form.value("new") in {"", str(number)}),
        title=pick(labels, lang)[0],
        kind=kind,
        kind_label=QUESTIONS.get(kind),
        own=OWN.get(kind, ()),
        columns=columns,
        column_kinds=tuple((one.value, QUESTIONS[one]) for one in _column_kinds(form, name)),
        whens=[pair for one, pairs in earlier.items() if one != own_id for pair in pairs],
        missing=tuple(called for code, called in names if is_used and not labels[code]),
        is_always_hidden=kind in ALWAYS_HIDDEN,
    )


def _columns(form: Form, name: str) -> tuple[int, ...]:
    """Return the places of columns: those in use, and two more as long as there is room."""
    used = [n for n in COLUMNS if form.value(f"{name}-c{n}-type")]
    return tuple(COLUMNS[: max(used, default=0) + 2])


def _column_kinds(form: Form, name: str) -> list[Kind]:
    there = {form.value(f"{name}-c{n}-type") for n in COLUMNS}
    return [*COLUMN_KINDS, *([Kind.CHOICE] if Kind.CHOICE in there else [])]


def _deciding(challenge: Challenge, lang: Lang) -> dict[str, list[tuple[str, Message]]]:
    """Return the answers on which a question may depend, by the id of their question."""
    own = questionnaires.load_kept_questions(challenge.questions, currency=challenge.currency)
    asked = (*queries.programme_form_of(challenge).questions, *own)
    return {one.id: list(_answers(one, lang)) for one in asked if one.kind in SETTLED}


def _answers(question: Question, lang: Lang) -> Iterable[tuple[str, Message]]:
    label = text_for(question.label, lang).text
    if question.kind is Kind.DECLARATION:
        yield f"{question.id}:{TICKED}", msg("{question}: confirmed", question=label)
    for option in question.options:
        answer = text_for(option.label, lang).text
        yield (
            f"{question.id}:{option.value}",
            msg("{question}: {answer}", question=label, answer=answer),
        )
