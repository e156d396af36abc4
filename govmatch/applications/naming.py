"""What an application is called: by people who quote it, and in lists."""

from govmatch.applications.models import Application, How
from govmatch.kit.i18n import Lang, msg, say
from govmatch.kit.ids import public_id
from govmatch.questionnaires import Answers, Kind, Questionnaire

LONGEST_TITLE = 140
_IN_WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})


def new_reference() -> str:
    """Return a random reference such as `A-7k3m-9pqr-x2vd`, which tells no order and no number."""
    code = public_id()
    return f"A-{code[:4]}-{code[4:8]}-{code[8:]}"


def name_for(application: Application, how: How | str, lang: Lang) -> str:
    """Return what a reader calls the applicant: the firm's name, or "Applicant 42" without names.

    For everybody who does not see it in full it is the number, which was drawn at the opening.
    """
    if how == How.FULL:
        return application.firm.name
    return say(msg("Applicant {n}", n=application.alias or "–"), lang)


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
