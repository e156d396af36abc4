"""What a challenge asks of who applies, under which rules: everything that applications read of it.

A published challenge keeps the form, rules and limits it was published under.
"""

from weakref import WeakKeyDictionary

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import form_of, terms_of
from govmatch.kit.records import dataclass
from govmatch.programmes.queries import criteria, limit, rule_value
from govmatch.programmes.switches import Limit, Rule
from govmatch.questionnaires import Questionnaire, Section, Texts


@dataclass(frozen=True)
class _Read:
    """A form and what it was read from; another object there means that it must be read anew."""

    sources: tuple[object, ...]
    form: Questionnaire

    def is_from(self, sources: tuple[object, ...]) -> bool:
        return all(a is b for a, b in zip(self.sources, sources, strict=True))


_READ: WeakKeyDictionary[Challenge, _Read] = WeakKeyDictionary()


def form(challenge: Challenge) -> Questionnaire:
    """Return what an application is asked; read once per loaded challenge, since it takes 2 ms."""
    terms = terms_of(challenge)
    sources = (terms.form, terms.criteria, challenge.criteria, challenge.questions)
    read = _READ.get(challenge)
    if read is None or not read.is_from(sources):
        read = _READ[challenge] = _Read(sources, form_of(challenge))
    return read.form


def only_section(challenge: Challenge) -> Section | None:
    """Return the section of a form that has one alone: it is filled and sent in on one page."""
    sections = form(challenge).sections
    return sections[0] if len(sections) == 1 else None


@dataclass(frozen=True)
class Counting:
    """A criterion that answers of a section feed, with its weight of 100."""

    label: Texts
    help: Texts
    weight: int


def counting_for(challenge: Challenge, section: Section) -> list[Counting]:
    """Return the criteria that a section is judged by, in the order of its questions."""
    weights = {one["id"]: one["weight"] for one in challenge.criteria if one["weight"]}
    known = {one.id: one for one in criteria(terms_of(challenge))}
    fed = dict.fromkeys(question.criterion for question in section.questions)
    return [
        Counting(known[name].label, known[name].help, weights[name])
        for name in fed
        if name in known and name in weights
    ]


def allows_one(challenge: Challenge) -> bool:
    """True where a firm may have one application only."""
    return bool(rule_value(terms_of(challenge), Rule.ONE_APPLICATION_PER_FIRM))


def bars_staff(challenge: Challenge) -> bool:
    return bool(rule_value(terms_of(challenge), Rule.STAFF_MAY_NOT_APPLY))


def takes_late_codes(challenge: Challenge) -> bool:
    return bool(rule_value(terms_of(challenge), Rule.LATE_CODES))


def most(challenge: Challenge, name: Limit) -> int:
    return limit(terms_of(challenge), name)


def single_key(challenge: Challenge, firm_id: int) -> str | None:
    """Return what no two applications share where only one is allowed, else None."""
    return f"{challenge.id}:{firm_id}" if allows_one(challenge) else None


def is_single(application: Application) -> bool:
    return application.single_key is not None
