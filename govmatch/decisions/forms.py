"""What the pages of decisions read from their forms."""

from govmatch.decisions.actions import Proposal
from govmatch.decisions.models import RANKED, Decision, Determination, Outcome
from govmatch.decisions.standing import Choice
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.kit.records import dataclass
from govmatch.web.fields import Form, Reader, clean_text, filled
from govmatch.web.visit import Values

_MOST_PLACES = 10_000


def revision_of(values: Values, name: str = "revision") -> int:
    """Return the revision of the page that was typed on; 0, which never is, for anything else."""
    text = values.one(name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def texts_of(values: Values, name: str) -> dict[str, str]:
    """Return a text by language."""
    return {lang: clean_text(values.one(f"{name}-{lang}"), lines=True) for lang in LANGUAGES}


@dataclass(frozen=True)
class Read:
    """What a proposal's form says, and the form to show again."""

    proposal: Proposal
    form: Form


def read_proposal(values: Values, applications: list[str]) -> Read:
    """Read a selection; `applications` are the public ids that can be decided on."""
    reader = Reader(values)
    choices: dict[str, Choice] = {}
    allowed = [one.value for one in RANKED]
    for public_id in applications:
        given = reader.choice(f"outcome-{public_id}", allowed, required=False)
        if not given:
            continue
        outcome, place = Outcome(given), None
        if outcome is Outcome.RESERVE:
            place = reader.integer(f"place-{public_id}", low=1, high=_MOST_PLACES, required=False)
        choices[public_id] = Choice(outcome, place)
    days = reader.integer("confirm_days", low=0, high=999)
    proposal = Proposal(
        choices=choices,
        reasons=texts_of(values, "reasons"),
        deviation=clean_text(values.one("deviation"), lines=True),
        confirm_days=days or 0,
    )
    return Read(proposal, reader.form)


def shown_proposal(decision: Decision, said: dict[int, Determination]) -> Form:
    """Return the form of a selection as it is saved."""
    values: dict[str, str | list[str]] = {
        "revision": str(decision.revision),
        "deviation": decision.deviation,
        "confirm_days": str(decision.confirm_days),
    }
    values |= {f"reasons-{lang}": decision.reasons.get(lang, "") for lang in LANGUAGES}
    for line in said.values():
        values[f"outcome-{line.application.public_id}"] = line.outcome
        values[f"place-{line.application.public_id}"] = str(line.reserve_place or "")
    return filled(values)


def read_reasons(values: Values, criteria: list[str]) -> dict[str, str]:
    """Return the reasons typed for one application, by criterion; "" is the summary."""
    found = {name: clean_text(values.one(f"r-{name}"), lines=True) for name in criteria}
    return {**found, "": clean_text(values.one("r-"), lines=True)}


def read_days(values: Values) -> tuple[int, Form]:
    """Return how many days a firm has to answer, 0 where that is no number."""
    reader = Reader(values)
    days = reader.integer("confirm_days", low=0, high=999)
    return days or 0, reader.form


def read_reply(values: Values) -> tuple[str, Form]:
    """Return confirmed or declined, or nothing with the reason in the form."""
    reader = Reader(values)
    reply = values.one("reply")
    if reply not in {"confirmed", "declined"}:
        reader.wrong("reply", msg("Please choose whether you take the place or decline it."))
        reply = ""
    return reply, reader.form
