"""What is wrong with the questions that a challenge adds to its programme's form."""

from collections.abc import Iterator

from govmatch import questionnaires
from govmatch.challenges.known import ProgrammeFacts
from govmatch.challenges.rules.fault import Fault
from govmatch.challenges.statement import Statement
from govmatch.kit.i18n import msg

MOST_QUESTIONS = 20


def question_faults(statement: Statement, programme: ProgrammeFacts | None) -> Iterator[Fault]:
    """Yield each fault at its path below `questions`."""
    if len(statement.questions) > MOST_QUESTIONS:
        yield Fault(
            ("questions",),
            msg("The list has {n} entries.", n=len(statement.questions)),
            msg("Give from {low} to {high} entries.", low=0, high=MOST_QUESTIONS),
        )
    data = list(statement.questions)
    ids = [one.id for one in statement.criteria]
    try:
        questions = questionnaires.load_questions(
            data,
            criteria=ids,
            currency=statement.currency,
            earlier=None if programme is None else programme.answerable,
        )
    except questionnaires.InvalidDefinition as error:
        for problem in error.problems:
            remedy = msg("Mend this key, or leave the question out.")
            yield Fault(("questions", *problem.path), problem.message, remedy)
        return
    for place, question in enumerate(questions):
        if programme is not None and question.id in programme.taken:
            yield Fault(
                ("questions", place, "id"),
                msg("The programme's form has a question {id} already.", id=question.id),
                msg("Choose another id."),
            )
