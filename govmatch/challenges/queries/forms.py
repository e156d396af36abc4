"""The form of a challenge: its programme's, and its own questions as one more section."""

from collections.abc import Iterable

from govmatch import questionnaires
from govmatch.challenges.models import Challenge
from govmatch.programmes import queries as programmes
from govmatch.programmes.models import Programme, ProgrammeVersion
from govmatch.questionnaires import Question, Questionnaire, Section

OWN_SECTION = "challenge"
OWN_TITLE = {
    "en": "About this challenge",
    "de": "Zu dieser Herausforderung",
    "da": "Om denne udfordring",
}


def terms_of(challenge: Challenge) -> ProgrammeVersion | Programme:
    """Return the terms that hold for a challenge: those it was submitted under, else today's.

    Ask `programmes.queries.rule_value`, `limit` and `criteria` with it.
    """
    return challenge.version or challenge.programme


def form_of(challenge: Challenge) -> Questionnaire:
    """Return everything that an application to this challenge is asked.

    The programme's form comes first; then, in one section, the challenge's own questions, and those
    that its optional criteria bring along and that none of its own feeds. Amounts are in the
    currency of its budget.
    """
    terms = terms_of(challenge)
    form = _programme_form(terms, challenge.currency)
    own = questionnaires.load_kept_questions(challenge.questions, currency=challenge.currency)
    extra = _asked_by_criteria(challenge, own)
    section = Section(id=_free_id(form), title=OWN_TITLE, questions=(*own, *extra))
    return questionnaires.extended(form, section)


def programme_form_of(challenge: Challenge) -> Questionnaire:
    """Return what the programme asks everybody, before the challenge's own questions."""
    return _programme_form(terms_of(challenge), challenge.currency)


def _free_id(form: Questionnaire) -> str:
    """Return the id of the challenge's own section, which no section of the programme has."""
    taken = {section.id for section in form.sections}
    names = (OWN_SECTION, *(f"{OWN_SECTION}-{n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _programme_form(terms: ProgrammeVersion | Programme, currency: str) -> Questionnaire:
    """Return the programme's form; that of a version is read once, since it never changes."""
    if isinstance(terms, Programme):
        return _loaded(terms, currency)
    key = (terms.digest, currency)
    if key not in _versions:
        if len(_versions) >= MOST_KEPT:
            _versions.clear()
        _versions[key] = _loaded(terms, currency)
    return _versions[key]


MOST_KEPT = 32
_versions: dict[tuple[str, str], Questionnaire] = {}


def _loaded(terms: ProgrammeVersion | Programme, currency: str) -> Questionnaire:
    return questionnaires.load_kept(terms.form or {"sections": []}, currency=currency)


def _asked_by_criteria(challenge: Challenge, own: Iterable[Question]) -> tuple[Question, ...]:
    fed = {question.criterion for question in own}
    on = {one["id"] for one in challenge.criteria}
    asked = [
        criterion.question
        for criterion in programmes.criteria(terms_of(challenge))
        if criterion.id in on - fed and criterion.question is not None
    ]
    if not asked:
        return ()
    return questionnaires.load_kept_questions(asked, currency=challenge.currency)
