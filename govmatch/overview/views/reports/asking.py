"""What a report is narrowed to, as it stands in the address: read, shown, and kept in links."""

from collections.abc import Mapping
from datetime import date

from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.places import country_name
from govmatch.overview.queries import reports
from govmatch.overview.queries.reports import Choices, Scope
from govmatch.overview.views.reports.cells import Asked, day
from govmatch.web.fields import Form, filled
from govmatch.web.visit import Visit

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Filters:
    """The fields beside the report; `said` is what is chosen, in words for paper."""

    form: Form
    programmes: Options
    authorities: Options
    rounds: Options
    countries: Options
    challenges: Options
    said: list[tuple[Message, str]]


def ask(visit: Visit, *, most: int | None) -> tuple[Asked, Choices]:
    """Return what is asked for, without what there is not, and what there is to choose from."""
    known = reports.choices(visit.db, Scope(visit.actor, visit.settings.zone, counts=True))
    since, until = _span(visit)

    def scope(*, counts: bool) -> Scope:
        return Scope(
            visit.actor,
            visit.settings.zone,
            counts=counts,
            programme=_one_of(visit, "programme", known.programmes),
            authority=_one_of(visit, "authority", known.authorities),
            round=_one_of(visit, "round", known.rounds),
            country=_one_of(visit, "country", known.countries),
            since=since,
            until=until,
        )

    challenge = visit.query.one("challenge")[:120]
    return Asked(scope(counts=False), scope(counts=True), most, challenge), known


def _one_of(visit: Visit, name: str, known: Mapping[str, object] | list[str]) -> str:
    found = visit.query.one(name)
    return found if found in known else ""


def _span(visit: Visit) -> tuple[date | None, date | None]:
    """Return the first and the last day; a year alone, as older addresses have it, is both."""
    since, until = (_day(visit.query.one(name)) for name in ("since", "until"))
    year = visit.query.one("year")
    if since is None and until is None and _day(f"{year}-01-01") is not None:
        return _day(f"{year}-01-01"), _day(f"{year}-12-31")
    return since, until


def _day(text: str) -> date | None:
    """Return a day of this or the last century; None for what is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 < found.year < 2200 else None


def query(asked: Asked) -> dict[str, str | None]:
    """Return the same as it stands in an address, without what is not asked for."""
    scope = asked.counts
    return {
        "programme": scope.programme or None,
        "authority": scope.authority or None,
        "round": scope.round or None,
        "country": scope.country or None,
        "since": scope.since.isoformat() if scope.since else None,
        "until": scope.until.isoformat() if scope.until else None,
        "challenge": asked.challenge or None,
    }


def filters(visit: Visit, asked: Asked, known: Choices, challenges: Options, shown: str) -> Filters:
    """Return the fields with what is chosen in them; `challenges` where one is looked at."""
    values = {name: value or "" for name, value in query(asked).items()}
    programmes, authorities, rounds = (
        [(slug, pick(names, visit.lang)[0] or slug) for slug, names in one.items()]
        for one in (known.programmes, known.authorities, known.rounds)
    )
    countries = [(code, country_name(code, visit.lang)) for code in known.countries]
    scope = asked.counts
    said = [
        (msg("Programme"), dict(programmes).get(scope.programme)),
        (msg("Authority"), dict(authorities).get(scope.authority)),
        (msg("Round"), dict(rounds).get(scope.round)),
        (msg("Country of the authority"), dict(countries).get(scope.country)),
        (msg("Deadline from"), scope.since and day(visit, scope.since, visit.zone)),
        (msg("Deadline until"), scope.until and day(visit, scope.until, visit.zone)),
        (msg("Challenge"), dict(challenges).get(shown)),
    ]
    return Filters(
        form=filled({**values, "challenge": shown}),
        programmes=programmes,
        authorities=authorities,
        rounds=rounds,
        countries=countries,
        challenges=challenges,
        said=[(label, value) for label, value in said if value],
    )
