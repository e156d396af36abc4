"""What is wrong with dates, money, eligibility and contact."""

from collections.abc import Collection, Iterator

from govmatch.challenges.known import ProgrammeFacts
from govmatch.challenges.rules.fault import Fault, missing
from govmatch.challenges.statement import Statement
from govmatch.kit.content import zones
from govmatch.kit.countries import country_codes
from govmatch.kit.i18n import Message, msg
from govmatch.kit.mail import is_address
from govmatch.organisations.models import EvidenceKind, Size
from govmatch.questionnaires.numbers import is_currency

MOST_AMOUNT = 1_000_000_000
GROUPS = frozenset({"EU", "EEA"})
"""Groups of countries that stand for their members."""


def date_faults(statement: Statement) -> Iterator[Fault]:
    if statement.zone not in zones():
        yield missing(("zone",))
    instants = {
        "opens": statement.opens,
        "questions_until": statement.questions_until,
        "closes": statement.closes,
    }
    yield from (missing((key,)) for key, instant in instants.items() if instant is None)
    opens, until, closes = instants.values()
    if opens and closes and closes <= opens:
        yield Fault(
            ("closes",),
            msg("The deadline is not after the opening."),
            msg("Choose a later time for `closes`."),
        )
    if until and ((opens and until <= opens) or (closes and until > closes)):
        yield Fault(
            ("questions_until",),
            msg("The end of questions is not between opening and deadline."),
            msg("Choose a time after `opens` and not after `closes`."),
        )


def money_faults(statement: Statement, programme: ProgrammeFacts | None) -> Iterator[Fault]:
    low, high = statement.budget_min, statement.budget_max
    if high is None:
        yield missing(("budget", "max"))
    for key, amount in (("min", low), ("max", high)):
        if amount is not None and not 0 <= amount <= MOST_AMOUNT:
            yield Fault(
                ("budget", key),
                msg("This amount is not possible."),
                msg("Give whole units of the currency, at most {n}.", n=MOST_AMOUNT),
            )
    if high == 0 or (low is not None and high is not None and low > high):
        yield Fault(
            ("budget",),
            msg("The largest amount is smaller than the smallest, or nothing."),
            msg("Exchange the two, or give an amount above 0."),
        )
    if not is_currency(statement.currency):
        yield Fault(
            ("budget", "currency"),
            msg("{code} is no currency.", code=statement.currency[:10]),
            msg("Write a code such as EUR or DKK (ISO 4217)."),
        )
    yield from _pilots(statement.pilots_max, programme)


def _pilots(count: int, programme: ProgrammeFacts | None) -> Iterator[Fault]:
    most = programme.pilots_max if programme else max(count, 1)
    if not 1 <= count <= most:
        yield Fault(
            ("pilots_max",),
            msg("The programme has at most {n} pilots for a challenge.", n=most),
            msg("Give a whole number from {low} to {high}.", low=1, high=most),
        )


def eligibility_faults(statement: Statement) -> Iterator[Fault]:
    groups: tuple[tuple[str, tuple[str, ...], Collection[str], int], ...] = (
        ("countries", statement.countries, country_codes() | GROUPS, 1),
        ("size", statement.sizes, tuple(Size), 1),
        ("languages", statement.languages, (), 1),
        ("requires", statement.requires, tuple(EvidenceKind), 0),
    )
    for key, values, possible, low in groups:
        if len(values) < low:
            yield missing(("eligibility", key))
        for place, value in enumerate(values):
            is_possible = value in possible if possible else _is_language(value)
            if value in values[:place] or not is_possible:
                yield Fault(
                    ("eligibility", key, place),
                    msg("{value} is not possible here, or stands here twice.", value=value[:60]),
                    _remedy(key, possible),
                )


def _is_language(value: str) -> bool:
    return len(value) == 2 and value.isascii() and value.isalpha() and value.islower()


def _remedy(key: str, possible: Collection[str]) -> Message:
    if key == "countries":
        return msg("Write codes such as DK (ISO 3166), or the groups EU and EEA, each once.")
    if key == "languages":
        return msg("Write codes of two small letters such as da (ISO 639), each once.")
    return msg("Write each once, of: {options}.", options=", ".join(possible))


def contact_faults(statement: Statement) -> Iterator[Fault]:
    if not statement.contact.get("name"):
        yield missing(("contact", "name"))
    email = statement.contact.get("email", "")
    if not email:
        yield missing(("contact", "email"))
    elif not is_address(email):
        yield Fault(
            ("contact", "email"),
            msg("{value} is no e-mail address.", value=email[:60]),
            msg("Write an address such as name@example.org."),
        )
