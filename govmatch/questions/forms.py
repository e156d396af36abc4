"""What is typed about questions: a question, an answer to some, a refusal, a correction."""

from collections.abc import Collection, Mapping, Sequence

from govmatch.kit.i18n import LANGUAGES, Lang, Message, as_lang, msg
from govmatch.kit.records import dataclass
from govmatch.questions.actions.answering import Reply
from govmatch.questions.models import PublicAnswer, Question
from govmatch.questions.wording import MAX_ANSWER, MAX_QUESTION, MAX_REASON, wordings_of
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.visit import Values

LABELS: Mapping[str, Message] = {
    "text": msg("Your question"),
    "lang": msg("Language of your question"),
    "anyway": msg("What was found"),
    **{f"answer-{lang}": msg("Answer") for lang in LANGUAGES},
    **{f"reason-{lang}": msg("Reason") for lang in LANGUAGES},
    **{f"wording-{lang}": msg("Question as everybody reads it") for lang in LANGUAGES},
}
"""What stands before a message in the summary of errors."""


@dataclass(frozen=True)
class Asked:
    text: str
    lang: Lang
    seen: frozenset[str]
    """Public ids of similar questions that were shown before."""
    anyway: bool


def read_asked(values: Values) -> tuple[Asked, Form]:
    """Return a question as somebody sends it."""
    reader = Reader(values)
    asked = Asked(
        text=reader.text("text", limit=MAX_QUESTION, lines=True),
        lang=as_lang(reader.choice("lang", LANGUAGES)),
        seen=frozenset(values.one("seen").split(",")),
        anyway=reader.yes("anyway"),
    )
    return asked, reader.form


def reply_form(questions: Sequence[Question], draft: PublicAnswer | None) -> Form:
    """Return the form of an answer, filled with what there is of it."""
    shown = {"revision": str(draft.revision if draft else 0)}
    for lang, text in (draft.texts if draft else {}).items():
        shown[f"answer-{lang}"] = text
    for one in questions:
        shown |= {
            f"wording-{one.public_id}-{lang}": text for lang, text in wordings_of(one).items()
        }
    return filled(shown)


def read_reply(
    values: Values, questions: Sequence[Question], *, publishes: bool, first: Lang
) -> tuple[Reply, Form]:
    """Return an answer with the words of its questions; a draft may lack what is public needs."""
    reader = Reader(values)
    texts = _by_language(reader, "answer", MAX_ANSWER)
    wordings = {
        one.public_id: _by_language(reader, f"wording-{one.public_id}", MAX_QUESTION)
        for one in questions
    }
    if publishes and not any(texts.values()):
        reader.wrong(f"answer-{first}", msg("Please answer in at least one language."))
    for one in questions:
        if publishes and not any(wordings[one.public_id].values()):
            name = f"wording-{one.public_id}-{one.lang}"
            reader.wrong(name, msg("Please say it in at least one language."))
    return Reply(texts, wordings, _revision(values)), reader.form


@dataclass(frozen=True)
class Refusal:
    reasons: Mapping[str, str]
    shows_reason: bool
    wordings: Mapping[str, str]


def refusal_form(question: Question) -> Form:
    return filled({f"wording-{lang}": text for lang, text in wordings_of(question).items()})


def read_refusal(values: Values, *, first: Lang) -> tuple[Refusal, Form]:
    """Return why a question is declined; its public words only where everybody reads that."""
    reader = Reader(values)
    shows = reader.yes("shows_reason")
    reasons = _by_language(reader, "reason", MAX_REASON)
    wordings = _by_language(reader, "wording", MAX_QUESTION)
    if not any(reasons.values()):
        reader.wrong(f"reason-{first}", msg("Please give a reason."))
    if shows and not any(wordings.values()):
        reader.wrong(f"wording-{first}", msg("Please say it in at least one language."))
    return Refusal(reasons, shows, wordings), reader.form


def correction_form(answer: PublicAnswer) -> Form:
    texts = {f"answer-{lang}": text for lang, text in answer.texts.items()}
    return filled({"revision": str(answer.revision), **texts})


def read_correction(values: Values, *, first: Lang) -> tuple[dict[str, str], int, Form]:
    """Return what an answer says from now on, and the revision that was corrected."""
    reader = Reader(values)
    texts = _by_language(reader, "answer", MAX_ANSWER)
    if not any(texts.values()):
        reader.wrong(f"answer-{first}", msg("Please answer in at least one language."))
    return texts, _revision(values), reader.form


def ordered(first: Lang, there: Collection[str]) -> list[Lang]:
    """Return the languages with what is filled in first, and the preferred one before all."""
    return sorted(LANGUAGES, key=lambda lang: (lang != first, lang not in there))


def _by_language(reader: Reader, name: str, limit: int) -> dict[str, str]:
    return {
        lang: reader.text(f"{name}-{lang}", limit=limit, required=False, lines=True)
        for lang in LANGUAGES
    }


def _revision(values: Values) -> int:
    given = values.one("revision")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
