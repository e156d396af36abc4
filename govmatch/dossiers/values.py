"""Words for the codes that rows hold: states, kinds, languages, countries, criteria, themes."""

from collections.abc import Mapping
from dataclasses import field

from govmatch.applications.models import How, PartnerState, State
from govmatch.applications.showing import STAFF_STATES
from govmatch.challenges.labels import FIELDS, QUESTIONS, REQUIREMENTS, SIZES
from govmatch.challenges.sections import LABELS as SECTIONS
from govmatch.challenges.sections import PART_LABELS
from govmatch.challenges.showing import PHASES, country_names, language_names
from govmatch.decisions import showing as decisions
from govmatch.dossiers.models import Kind
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.panels.models import State as Panel
from govmatch.pilots import showing as pilots
from govmatch.pilots.units import UNITS
from govmatch.questions import showing as questions
from govmatch.reviews import showing as reviews
from govmatch.reviews.suspicion_models import SuspicionState
from govmatch.taxonomy.models import TermKind
from govmatch.triage.likeness_models import Verdict

_MET = {"yes": msg("Met"), "no": msg("Not met"), "unknown": msg("Not in the profile")}
_GATES: Mapping[str, Message] = {
    "country": FIELDS["countries"],
    "size": FIELDS["size"],
    "language": FIELDS["languages"],
    **REQUIREMENTS,
}
_LANGUAGES = frozenset({"lang", "main_lang", "languages", "language"})
_COUNTRIES = frozenset({"country", "countries"})
_CRITERIA = frozenset({"criteria", "weights"})

_BY_COLUMN: Mapping[str, Mapping[str, Message]] = {
    "applications.state": {
        **{state: words for state, (words, _kind) in STAFF_STATES.items()},
        State.DRAFT: msg("Draft"),
    },
    "application_access.how": {
        How.FULL: msg("With names"),
        How.BLIND: msg("Without names"),
        How.CLOSED: msg("Closed"),
    },
    "application_access.why": {"review": msg("Review"), "conflict": msg("Conflict of interest")},
    "application_likenesses.kind": {
        "same_text": msg("Same text in parts"),
        "other_words": msg("Same content in other words"),
        "other_language": msg("Same content in another language"),
    },
    "application_likeness_marks.verdict": {
        Verdict.SAME: msg("The same proposal"),
        Verdict.DIFFERENT: msg("Different proposals"),
        Verdict.CONTINUED: msg("One continues the other"),
    },
    "application_partners.state": {
        PartnerState.INVITED: msg("Invited"),
        PartnerState.ACCEPTED: msg("Takes part"),
        PartnerState.DECLINED: msg("Declined"),
        PartnerState.LEFT: msg("Left"),
        PartnerState.REMOVED: msg("Taken out"),
    },
    "challenge_remarks.section": {str(one): words for one, words in SECTIONS.items()},
    "challenge_terms.kind": {
        TermKind.THEME: msg("Theme"),
        TermKind.TECHNOLOGY: msg("Technology"),
    },
    "challenges.state": {state: words for state, (words, _kind) in PHASES.items()},
    "conflict_suspicions.kinds": {str(one): words for one, words in reviews.SUSPICIONS.items()},
    "conflict_suspicions.state": {
        SuspicionState.OPEN: msg("To be decided"),
        SuspicionState.CONFIRMED: msg("A conflict"),
        SuspicionState.CLEARED: msg("No conflict"),
    },
    "conflicts.kind": {str(one): words for one, words in reviews.CONFLICTS.items()},
    "decision_answers.answer": {one: words for one, (words, _kind) in decisions.REPLIES.items()},
    "decisions.kind": decisions.KINDS,
    "decisions.state": {state: words for state, (words, _kind) in decisions.STATES.items()},
    "determinations.outcome": {one: words for one, (words, _kind) in decisions.OUTCOMES.items()},
    "dossiers.kind": {Kind.FULL: msg("Whole file"), Kind.PUBLIC: msg("Copy for the public")},
    "gate_rulings.kind": _GATES,
    "kpis.unit": {code: unit.label for code, unit in UNITS.items()},
    "milestones.state": {one: words for one, (words, _kind) in pilots.MILESTONE_STATES.items()},
    "panels.state": {
        Panel.PLANNED: msg("planned"),
        Panel.HELD: msg("goes on"),
        Panel.SIGNING: msg("waits for signatures"),
        Panel.FROZEN: msg("signed by all"),
    },
    "pilot_changes.side": dict(pilots.SIDES),
    "pilot_changes.state": {one: words for one, (words, _kind) in pilots.CHANGE_STATES.items()},
    "pilots.outcome": {one: words for one, (words, _meaning) in pilots.OUTCOMES.items()},
    "pilots.state": {state: words for state, (words, _kind) in pilots.STATES.items()},
    "pilots.stopped_side": dict(pilots.SIDES),
    "questions.state": {state: words for state, (words, _kind) in questions.STATES.items()},
    "reviews.confidence": dict(reviews.CONFIDENCES),
    "reviews.state": {state: words for state, (words, _kind) in reviews.STATES.items()},
}
_BY_NAME: Mapping[str, Mapping[str, Message]] = {
    "assessed_as": _BY_COLUMN["applications.state"],
    "kind": _GATES,
    "met": _MET,
    "requires": dict(REQUIREMENTS),
    "size": dict(SIZES),
    "sizes": dict(SIZES),
    "type": QUESTIONS,
    "wanted": {**_GATES, **SIZES},
}
_TABLES = {"challenge": "challenges", "decided": "determinations", "eligibility": "gate_rulings"}
"""What a copy for the public calls the rows of a table."""
_PARTS = {
    **{str(section): words for section, words in SECTIONS.items()},
    **{str(part): words for part, words in PART_LABELS.items()},
    **FIELDS,
}


@dataclass(frozen=True)
class Known:
    """What a case's codes stand for in the reader's language.

    `things` are rows that others lead to, by table and id.
    """

    criteria: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    things: Mapping[tuple[str, int], str] = field(default_factory=dict)


def said(
    code: str, name: str, *, table: str, within: str, known: Known, lang: Lang
) -> Message | str:
    """Return a code in words, by its column or key; what is no code is returned as it stands.

    `within` is the key or table that the code's own key stands in.
    """
    place = _TABLES.get(table or within, table or within)
    found = _BY_COLUMN.get(f"{place}.{name}", {}).get(code) or _BY_NAME.get(name, {}).get(code)
    if found is not None:
        return found
    if name in _COUNTRIES or (name == "wanted" and code.isupper()):
        return country_names([code], lang)
    if name in _LANGUAGES or name == "wanted":
        return language_names([code], lang)
    if name == "criterion" or (name == "id" and within in _CRITERIA):
        return known.criteria.get(code, code)
    is_term = name in {"themes", "technologies"} or (table, name) == ("challenge_terms", "slug")
    return known.terms.get(code, code) if is_term else code


def part_of(code: str) -> Message | None:
    """Return what a changed part of a challenge is called, such as the title of `title.de`."""
    return _PARTS.get(code.partition(".")[0])
