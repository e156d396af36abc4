"""What is wrong with what a challenge refers to: authority, programme, round, terms, CPV codes."""

from collections.abc import Collection, Iterator

from govmatch.challenges.known import Known
from govmatch.challenges.rules.fault import Fault, missing
from govmatch.challenges.statement import Statement
from govmatch.kit.i18n import msg


def reference_faults(statement: Statement, known: Known) -> Iterator[Fault]:
    """Yield what is not there, or does not belong together."""
    authority, programme = statement.authority, statement.programme
    yield from _reference("authority", authority, known.authorities, known)
    yield from _reference("programme", programme, known.programmes, known)
    are_there = authority in known.authorities and programme in known.programmes
    if are_there and (programme, authority) not in known.taking_part:
        yield Fault(
            ("authority",),
            msg("This authority does not take part in the programme {slug}.", slug=programme),
            msg("Name it in a round of the programme, or choose another programme."),
        )
    yield from _round(statement, known)
    yield from _listed("theme", statement.themes, known.themes, low=1, high=3)
    yield from _listed("technology", statement.technologies, known.technologies, low=0, high=4)
    yield from _listed("cpv", statement.cpv, None, low=1, high=4)
    yield from _codes(statement, known)


def _reference(kind: str, slug: str, there: Collection[str], known: Known) -> Iterator[Fault]:
    if not slug:
        yield missing((kind,))
    elif f"{kind}:{slug}" in known.unread:
        yield Fault(
            (kind,),
            msg("The file of {slug} is wrong itself.", slug=slug),
            msg("Mend that file first."),
        )
    elif slug not in there:
        yield Fault(
            (kind,),
            msg("There is no {slug} here.", slug=slug[:60]),
            msg("Write one that exists, or add its file first."),
        )


def _round(statement: Statement, known: Known) -> Iterator[Fault]:
    if statement.round is None:
        return
    yield from _reference("round", statement.round, known.rounds, known)
    if known.rounds.get(statement.round, statement.programme) != statement.programme:
        yield Fault(
            ("round",),
            msg("This round belongs to another programme."),
            msg("Choose a round of {slug}.", slug=statement.programme),
        )


def _listed(
    key: str, values: tuple[str, ...], there: Collection[str] | None, *, low: int, high: int
) -> Iterator[Fault]:
    """Yield what is wrong with a list of words; `there` is None where all are possible."""
    if not low <= len(values) <= high:
        yield Fault(
            (key,),
            msg("The list has {n} entries.", n=len(values)),
            msg("Give from {low} to {high} entries.", low=low, high=high),
        )
    for place, value in enumerate(values):
        if value in values[:place]:
            yield Fault(
                (key, place),
                msg("{value} stands here a second time.", value=value[:60]),
                msg("Keep one of the two."),
            )
        elif there is not None and value not in there:
            yield Fault(
                (key, place),
                msg("There is no {slug} here.", slug=value[:60]),
                msg("Choose one of those in content/taxonomy, or add it there first."),
            )


def _codes(statement: Statement, known: Known) -> Iterator[Fault]:
    for place, code in enumerate(statement.cpv):
        if not known.codes.has(code):
            yield Fault(
                ("cpv", place),
                msg("{code} is no code of the CPV of 2008.", code=code[:20]),
                msg("Write its eight digits in quotation marks, without the check digit."),
            )
