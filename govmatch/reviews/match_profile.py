"""What matching is told when reviewers are proposed: what a reviewer named, what a firm wrote.

Of a reviewer only what they named themselves counts, never who they are or where they belong.
"""

from collections.abc import Iterable, Mapping, Sequence

from govmatch.applications.models import Application, Version
from govmatch.applications.naming import title_of
from govmatch.kit.i18n import as_lang
from govmatch.matching.profile import Profile, Text
from govmatch.questionnaires import plain_text
from govmatch.questionnaires.loading import load_kept
from govmatch.reviews.proposal_models import Expertise
from govmatch.taxonomy.trees import CPV, TECHNOLOGY, THEME

Labels = Mapping[str, Mapping[str, str]]
"""What each code is called, by language."""


def codes_of(expertise: Expertise) -> list[str]:
    """Return what somebody named, as matching calls it."""
    return [
        *(THEME + slug for slug in expertise.themes),
        *(TECHNOLOGY + slug for slug in expertise.technologies),
        *(CPV + code for code in expertise.cpv),
    ]


def named_thing(code: str, labels: Labels) -> Profile:
    """Return one thing that somebody may know."""
    words = labels.get(code, {})
    return Profile(
        "expertise",
        code,
        texts=tuple(Text(words[lang], lang, "label") for lang in sorted(words)),
        codes=(code,),
    )


def reviewer_profile(codes: Sequence[str], labels: Labels) -> Profile:
    """Return everything that a reviewer named as one."""
    things = [named_thing(code, labels) for code in codes]
    texts = tuple(text for one in things for text in one.texts)
    return Profile("reviewer", "", texts=texts, codes=tuple(codes))


def application_profile(
    application: Application, version: Version, firm_codes: Iterable[str]
) -> Profile:
    """Return what an application says, with what its firm says that it does."""
    form, lang = load_kept(version.form), as_lang(version.lang)
    title = title_of(form, version.answers)
    words = plain_text(form, version.answers, lang, labels=False)
    return Profile(
        "application",
        str(application.id),
        texts=(Text(title, lang, "title", 1.5), Text(words, lang, "answers")),
        codes=tuple(firm_codes),
    )
