"""What administrators type of a programme that is made on the site: its terms, rules, voices."""

from collections.abc import Collection, Sequence
from typing import Any

from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.kit.records import dataclass
from govmatch.overview.forms import DESCRIPTION, NAME, is_web_address, read_names, read_slug
from govmatch.programmes import promise
from govmatch.programmes.actions import RoundValues, Switch, Terms
from govmatch.programmes.letters import MAX_BODY, MAX_SUBJECT, LetterText
from govmatch.programmes.models import Programme, Round
from govmatch.programmes.queries import criteria
from govmatch.programmes.schedule import SIFT
from govmatch.programmes.switches import ADDED, COUNTED, PHASED, Rule
from govmatch.programmes.voices import Voice, VoiceKind
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.visit import Values

MOST_DAYS = 730
MOST_PILOTS = 50
REASON = 600
SPARE_VOICES = 2
MOST_VOICES = 50


def read_terms(values: Values, programme: Programme) -> tuple[Terms, Form]:
    """Return names, lengths and weights as typed; a criterion without a weight is off."""
    reader = Reader(values)
    days = {
        one["id"]: reader.integer(f"days-{one['id']}", low=1, high=MOST_DAYS) or one["days"]
        for one in programme.phases
    }
    weights: dict[str, tuple[int, int | None]] = {}
    beside = {one.id for one in criteria(programme) if reader.yes(f"independent-{one.id}")}
    for one in criteria(programme):
        weight = reader.integer(f"weight-{one.id}", high=100, required=False)
        minimum = reader.integer(f"minimum-{one.id}", low=1, high=5, required=False)
        if one.id in beside and (weight or minimum or one.is_computed):
            said = msg("What does not count has neither weight nor minimum score.")
            reader.wrong(f"weight-{one.id}", said)
        elif weight:
            weights[one.id] = (weight, minimum)
        elif minimum:
            reader.wrong(f"weight-{one.id}", msg("Give a weight, or leave out the minimum score."))
    terms = Terms(
        names=read_names(reader, limit=NAME),
        summaries=_texts(reader, "summary", limit=DESCRIPTION),
        days=days,
        weights=weights,
        pilots_max=reader.integer("pilots_max", low=1, high=MOST_PILOTS) or 1,
        independent=frozenset(beside),
        decision_days=reader.integer(promise.KEY, low=1, high=promise.MOST, required=False),
    )
    return terms, reader.form


def terms_form(programme: Programme) -> Form:
    shown: dict[str, str | list[str]] = {
        "pilots_max": str(programme.facts.get("pilots_max", "")),
        promise.KEY: str(promise.days_promised(programme.facts) or ""),
        **{f"name_{lang}": programme.names.get(lang, "") for lang in LANGUAGES},
        **{f"summary_{lang}": programme.summaries.get(lang, "") for lang in LANGUAGES},
        **{f"days-{one['id']}": str(one["days"]) for one in programme.phases},
    }
    for one in criteria(programme):
        shown[f"weight-{one.id}"] = str(one.weight) if one.is_on and one.weight else ""
        shown[f"independent-{one.id}"] = "yes" if one.is_on and one.is_independent else ""
        shown[f"minimum-{one.id}"] = str(one.minimum or "") if one.is_on else ""
    return filled(shown)


def _texts(reader: Reader, name: str, *, limit: int, sign: str = "_") -> dict[str, str]:
    given = {
        lang: reader.text(f"{name}{sign}{lang}", limit=limit, required=False, lines=True)
        for lang in LANGUAGES
    }
    return {lang: text for lang, text in given.items() if text}


def rules_of(programme: Programme) -> list[Rule]:
    """Return the rules that a programme says something of: later ones have no words in old ones."""
    return [rule for rule in Rule if rule in programme.rules or rule not in ADDED]


def read_rules(values: Values, programme: Programme) -> tuple[dict[Rule, Switch], Form]:
    """Return every rule of a programme with its reason in each language."""
    reader = Reader(values)
    phases = [one["id"] for one in programme.phases]
    found = {}
    for rule in rules_of(programme):
        chosen = reader.choice(f"rule-{rule}", rule_values(rule))
        reasons: dict[str, str] = {
            lang: reader.text(f"reason-{rule}-{lang}", limit=REASON, lines=True)
            for lang in LANGUAGES
        }
        value: bool | int = int(chosen or 0) if rule in COUNTED else chosen == "yes"
        found[rule] = Switch(value, reasons, _read_phases(reader, rule, phases, is_on=bool(value)))
    return found, reader.form


def _read_phases(
    reader: Reader, rule: Rule, phases: Sequence[str], *, is_on: bool
) -> tuple[str, ...] | None:
    if rule not in PHASED:
        return None
    held = reader.several(f"phases-{rule}", phases)
    if is_on and not held:
        reader.wrong(f"phases-{rule}", msg("Choose at least one phase, or set the rule to “No”."))
    return tuple(held)


def rule_values(rule: Rule) -> list[str]:
    """Return what a rule can be set to, as the form sends it."""
    if rule in COUNTED:
        low, high = COUNTED[rule]
        return [str(number) for number in range(low, high + 1)]
    return ["yes", "no"]


def rules_form(programme: Programme) -> Form:
    shown: dict[str, str | list[str]] = {}
    for rule in rules_of(programme):
        data = programme.rules.get(rule, {})
        value = data.get("value")
        is_number = rule in COUNTED
        shown[f"rule-{rule}"] = (
            str(value) if is_number else "" if value is None else "yes" if value else "no"
        )
        shown |= {
            f"reason-{rule}-{lang}": data.get("reason", {}).get(lang, "") for lang in LANGUAGES
        }
        if rule in PHASED:
            shown[f"phases-{rule}"] = list(data.get("phases", [SIFT]))
    return filled(shown)


def read_voices(values: Values, present: Sequence[Voice]) -> tuple[list[dict[str, Any]], Form]:
    """Return who takes part with a voice; a row without any name is left out."""
    reader = Reader(values)
    found: list[dict[str, Any]] = []
    taken = {one.id for one in present}
    for row in range(voice_rows(present)):
        names = {
            lang: reader.text(f"voice-{row}-name_{lang}", limit=NAME, required=False)
            for lang in LANGUAGES
        }
        if not any(names.values()):
            continue
        for lang in LANGUAGES:
            if not names[lang]:
                reader.wrong(f"voice-{row}-name_{lang}", msg("Please fill in this field."))
        url = reader.text(f"voice-{row}-url", limit=300, required=False)
        if url and not is_web_address(url):
            said = msg("Please enter a web address that begins with https://.")
            reader.wrong(f"voice-{row}-url", said)
        kind = reader.choice(f"voice-{row}-kind", [one.value for one in VoiceKind])
        own = present[row].id if row < len(present) else _new_id(taken)
        taken.add(own)
        found.append({"id": own, "kind": kind, "name": names, **({"url": url} if url else {})})
    return found, reader.form


def _new_id(taken: Collection[str]) -> str:
    return next(name for n in range(1, 1_000) if (name := f"voice-{n}") not in taken)


def voice_rows(present: Sequence[Voice]) -> int:
    """Return how many rows the form has: those that are there, and some that are empty."""
    return min(len(present) + SPARE_VOICES, MOST_VOICES)


def voices_form(present: Sequence[Voice]) -> Form:
    shown: dict[str, str | list[str]] = {}
    for row, one in enumerate(present):
        shown[f"voice-{row}-kind"] = one.kind.value
        shown[f"voice-{row}-url"] = one.url
        shown |= {f"voice-{row}-name_{lang}": one.names.get(lang, "") for lang in LANGUAGES}
    return filled(shown)


def read_letter(values: Values) -> tuple[dict[str, LetterText], Form]:
    """Return a letter in each language; what may stand in it, the action says."""
    reader = Reader(values)
    found: dict[str, LetterText] = {
        lang: LetterText(
            reader.text(f"subject-{lang}", limit=MAX_SUBJECT),
            reader.text(f"body-{lang}", limit=MAX_BODY, lines=True),
        )
        for lang in LANGUAGES
    }
    return found, reader.form


@dataclass(frozen=True)
class TypedRound:
    """A round as typed; `values` is None where a date is missing."""

    slug: str
    values: RoundValues | None


def read_round(
    values: Values, programme: Programme, authorities: Collection[str], present: Round | None
) -> tuple[TypedRound, Form]:
    """Return a round as typed; the address of one that is there cannot be changed."""
    reader = Reader(values)
    slug = present.slug if present else read_slug(reader)
    names = read_names(reader, limit=NAME)
    starts, ends = reader.day("starts"), reader.day("ends")
    fixed = {
        one["id"]: reader.day(f"fixed-{one['id']}", required=False) for one in programme.phases
    }
    chosen = reader.several("authorities", authorities, required=True)
    if starts is None or ends is None:
        return TypedRound(slug, None), reader.form
    typed = RoundValues(
        names=names,
        starts=starts,
        ends=ends,
        authorities=chosen,
        fixed={key: day.isoformat() for key, day in fixed.items() if day},
    )
    return TypedRound(slug, typed), reader.form


def round_form(present: Round | None) -> Form:
    if present is None:
        return filled({"authorities": []})
    return filled(
        {
            **{f"name_{lang}": present.names.get(lang, "") for lang in LANGUAGES},
            "starts": present.starts.isoformat(),
            "ends": present.ends.isoformat(),
            "authorities": list(present.authorities),
            **{f"fixed-{phase}": day for phase, day in present.fixed.items()},
        }
    )
