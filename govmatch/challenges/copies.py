"""Beginning with the words of another challenge: what a copy takes over, and what it does not."""

from dataclasses import replace

from govmatch.challenges.known import ProgrammeFacts
from govmatch.challenges.statement import Statement


def copied(source: Statement, beginning: Statement, programme: ProgrammeFacts) -> Statement:
    """Return the beginning of a challenge with what another one says.

    Texts, topic, budget, eligibility, criteria and questions come from the other one; authority,
    programme, time zone, contact, dates, round and papers are the new one's own. Criteria and
    questions that its programme does not have or has already are left out, and so are conditions on
    questions that are not there; where a criterion is, the weights are those of the programme.
    """
    criteria = source.criteria
    if not criteria or any(one.id not in programme.criteria for one in criteria):
        criteria = beginning.criteria
    ids = {one.id for one in criteria}
    asked = {*programme.answerable, *(one["id"] for one in source.questions)}
    return replace(
        beginning,
        words=source.words,
        main_lang=source.main_lang,
        themes=source.themes,
        technologies=source.technologies,
        cpv=source.cpv,
        budget_min=source.budget_min,
        budget_max=source.budget_max,
        currency=source.currency,
        pilots_max=min(source.pilots_max, programme.pilots_max),
        countries=source.countries,
        sizes=source.sizes,
        languages=source.languages,
        requires=source.requires,
        criteria=criteria,
        questions=tuple(
            {
                key: value
                for key, value in one.items()
                if (key != "criterion" or value in ids)
                and (key != "when" or value["question"] in asked)
            }
            for one in source.questions
            if one["id"] not in programme.taken
        ),
    )
