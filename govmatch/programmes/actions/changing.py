"""Changing a programme that was made on the site; what is published keeps its earlier terms."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.kit.records import dataclass
from govmatch.programmes import promise
from govmatch.programmes.events import ProgrammeChanged
from govmatch.programmes.letters import LetterName, LetterText, letter_faults
from govmatch.programmes.models import Programme
from govmatch.programmes.queries import terms_digest
from govmatch.programmes.rules import may_change_programme
from govmatch.programmes.switches import COUNTED, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a programme is called, how long its phases take, and how much its criteria weigh.

    `weights` gives each criterion that is on its points and its minimum score (1 to 5, or None).
    """

    names: Mapping[str, str]
    summaries: Mapping[str, str]
    days: Mapping[str, int]
    weights: Mapping[str, tuple[int, int | None]]
    pilots_max: int
    independent: Collection[str] = ()
    """Ids of the criteria that are judged beside the others and do not count."""
    decision_days: int | None = None
    """What firms are promised: days from the deadline to the decision; None for no promise."""


@dataclass(frozen=True, slots=True)
class Switch:
    """What a rule is set to, and why, by language."""

    value: bool | int
    reasons: Mapping[str, str]
    phases: tuple[str, ...] | None = None
    """Ids of the phases in which it holds; None for what holds in all."""


def set_terms(
    session: Session, programme: Programme, terms: Terms, *, actor: Actor, now: datetime
) -> None:
    """Give a programme these names, lengths and weights.

    Refused for what lives in a file. Raises `Invalid` where weights do not add up to 100.
    """
    require(may_change_programme(actor, programme))
    total = sum(weight for weight, _ in terms.weights.values())
    if total != 100:
        said = msg("The weights add up to {sum}. Please make them 100.", sum=total)
        raise Invalid({"weights": said})
    phases = [{**one, "days": terms.days.get(one["id"], one["days"])} for one in programme.phases]
    values = {
        "names": dict(terms.names),
        "summaries": dict(terms.summaries),
        "phases": [_shortened(one) for one in phases],
        "criteria": [_weighed(one, terms) for one in programme.criteria],
        "facts": _promising(programme.facts, terms),
    }
    _change(session, programme, values, actor=actor, now=now)


def _promising(facts: Mapping[str, Any], terms: Terms) -> dict[str, Any]:
    """Return the facts with how many pilots there are at most, and what is promised if anything."""
    others = {key: value for key, value in facts.items() if key != promise.KEY}
    promised = {} if terms.decision_days is None else {promise.KEY: terms.decision_days}
    return {**others, "pilots_max": terms.pilots_max, **promised}


def _shortened(phase: dict[str, Any]) -> dict[str, Any]:
    """Return a phase whose dates of questions lie in it, however short it has become."""
    days = phase["days"]
    inside: dict[str, Any] = {
        key: min(phase[key], days)
        for key in ("questions_until_day", "answers_by_day")
        if key in phase
    }
    return {**phase, **inside}


def _weighed(criterion: dict[str, Any], terms: Terms) -> dict[str, Any]:
    """Return a criterion that is on with its weight, beside the others, or off."""
    criterion = {key: value for key, value in criterion.items() if key != "independent"}
    if criterion["id"] in terms.independent:
        beside = {"enabled": True, "independent": True, "weight": 0, "minimum": None}
        return {**criterion, **beside}
    given = terms.weights.get(criterion["id"])
    if given is None:
        suggested = criterion.get("suggested_weight") or criterion.get("weight", 0)
        return {**criterion, "enabled": False, "weight": 0, "suggested_weight": suggested}
    weight, minimum = given
    return {**criterion, "enabled": True, "weight": weight, "minimum": minimum}


def set_rules(
    session: Session,
    programme: Programme,
    wanted: Mapping[Rule, Switch],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Set the rules of a programme, each with its reason.

    Refused for what lives in a file. Raises `Invalid` for a number out of its bounds, and where a
    rule is set otherwise and still gives the reason for how it was.
    """
    require(may_change_programme(actor, programme))
    errors = {}
    rules = dict(programme.rules)
    for rule, switch in wanted.items():
        before = rules.get(rule, {})
        if rule in COUNTED and not COUNTED[rule][0] <= switch.value <= COUNTED[rule][1]:
            errors[f"rule-{rule}"] = msg("Please choose one of the options.")
        if switch.value != before.get("value"):
            for lang in LANGUAGES:
                if switch.reasons.get(lang, "") == before.get("reason", {}).get(lang, ""):
                    errors[f"reason-{rule}-{lang}"] = msg(
                        "It is set otherwise now: please say why, for all to read."
                    )
        rules[rule] = {**before, "value": switch.value, "reason": dict(switch.reasons)}
        if switch.phases is not None:
            known = {one["id"] for one in programme.phases}
            rules[rule]["phases"] = [one for one in switch.phases if one in known]
    if errors:
        raise Invalid(errors)
    _change(session, programme, {"rules": rules}, actor=actor, now=now)


def set_voices(
    session: Session,
    programme: Programme,
    voices: Sequence[Mapping[str, Any]],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Say who takes part with a voice and no vote, each as {id, kind, name {lang}, url}.

    Refused for what lives in a file.
    """
    require(may_change_programme(actor, programme))
    facts = {**programme.facts, "voices": [dict(one) for one in voices]}
    _change(session, programme, {"facts": facts}, actor=actor, now=now)


def set_letter(
    session: Session,
    programme: Programme,
    name: LetterName,
    texts: Mapping[str, LetterText],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Give a programme its own text of a letter, in every language.

    Refused for what lives in a file. Raises `Invalid` with what is wrong, such as a placeholder
    that cannot be filled in; the fields are `subject-<lang>` and `body-<lang>`.
    """
    require(may_change_programme(actor, programme))
    errors = {
        f"{fault.field}-{lang}": fault.message
        for lang in LANGUAGES
        for fault in reversed([*letter_faults(name, texts.get(lang, LetterText("", "")))])
    }
    if errors:
        raise Invalid(errors)
    kept = {lang: {"subject": one.subject, "body": one.body} for lang, one in texts.items()}
    letters = {**programme.letters, name.value: kept}
    _change(session, programme, {"letters": letters}, actor=actor, now=now)


def _change(
    session: Session,
    programme: Programme,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    if all(getattr(programme, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(programme, name, value)
    event = ProgrammeChanged(subject_id=programme.id, digest=terms_digest(programme))
    journal.record(session, event, actor=actor, now=now)
