"""What an application is called: by people who quote it, and in lists."""

from govmatch.kit.ids import public_id
from govmatch.questionnaires import Answers, Kind, Questionnaire

LONGEST_TITLE = 140
_IN_WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})


def new_reference() -> str:
    """Return a random reference such as `A-7k3m-9pqr-x2vd`, which tells no order and no number."""
    code = public_id()
    return f"A-{code[:4]}-{code[4:8]}-{code[8:]}"


def title_of(form: Questionnaire, answers: Answers) -> str:
    """Return how the first answer in words begins, else nothing."""
    for question in form.questions:
        answer = answers.get(question.id)
        if question.kind in _IN_WORDS and isinstance(answer, str) and answer.strip():
            return _shortened(" ".join(answer.split()))
    return ""


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_TITLE:
        return text
    cut = text[:LONGEST_TITLE].rpartition(" ")[0] or text[:LONGEST_TITLE]
    return f"{cut.rstrip(' ,;:')} …"
