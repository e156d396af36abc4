"""What was asked and how it turned out, in one line each."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from govmatch.challenges.labels import REQUIREMENTS
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import country_names, language_names
from govmatch.kit.formats import date_text
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.matching.facts import Finding, Verdict
from govmatch.organisations.models import Firm
from govmatch.organisations.showing import SHORT_SIZES

EVIDENCE = "evidence:"


@dataclass(frozen=True)
class Line:
    """One line; `mend` is where below the address of the firm it is mended, `action` what to do.

    `tip` says what is missing where the same is missing whatever the challenge is about.
    """

    text: Message
    mend: str = ""
    action: Message | None = None
    tip: Message | None = None


@dataclass(frozen=True)
class About:
    """A finding with the two that it is about, and the reader's language."""

    finding: Finding
    challenge: Challenge
    firm: Firm
    lang: Lang

    @property
    def verdict(self) -> Verdict:
        return self.finding.verdict


def lines_of(
    findings: Sequence[Finding], *, challenge: Challenge, firm: Firm, lang: Lang
) -> Iterator[tuple[Verdict, Line]]:
    """Yield findings in words, each with its verdict; what is alike stands in one line."""
    about = [About(finding, challenge, firm, lang) for finding in findings]
    if who := _open_to([one for one in about if one.verdict is Verdict.FOR]):
        yield Verdict.FOR, who
    for one in about:
        said = _BY_NAME.get(one.finding.ask.name)
        if said and (line := said(one)):
            yield one.verdict, line
    evidence = [one for one in about if one.finding.ask.name.startswith(EVIDENCE)]
    if met := [_shown(one) for one in evidence if one.verdict is Verdict.FOR]:
        yield Verdict.FOR, Line(msg("Evidence that it asks for: {list}", list=_listed(met)))
    for one in evidence:
        if one.verdict is not Verdict.FOR:
            yield one.verdict, _unmet(one)


def _open_to(met: Sequence[About]) -> Line | None:
    """Return in one line that country and size are among those asked for."""
    names: list[str | Message] = []
    for one in met:
        if one.finding.ask.name == "country":
            names.append(country_names([one.firm.country], one.lang))
        if one.finding.ask.name == "size":
            names.append(SHORT_SIZES[one.firm.size or ""])
    return Line(msg("Open to firms like this: {list}", list=_listed(names))) if names else None


def _listed(names: Sequence[str | Message]) -> Message:
    """Return names one after another; a message, since only the page knows its language."""
    values = {f"n{number}": name for number, name in enumerate(names)}
    return Message(", ".join(f"{{{key}}}" for key in values), values)


def _country(about: About) -> Line | None:
    asked = about.challenge.eligibility.get("countries", [])
    countries = country_names(asked, about.lang)
    if about.verdict is Verdict.FOR:
        return None
    return Line(msg("Only for firms in: {countries}", countries=countries))


def _size(about: About) -> Line | None:
    sizes = _sizes(about.challenge.eligibility.get("size", []))
    match about.verdict:
        case Verdict.FOR:
            return None
        case Verdict.MISSING:
            text = msg(
                "The profile does not say how large the firm is. Asked for: {sizes}", sizes=sizes
            )
            return Line(text, "/edit/basics", msg("Add the size"), msg("The size of the firm"))
    return Line(msg("Only for firms of these sizes: {sizes}", sizes=sizes))


def _sizes(codes: Sequence[str]) -> Message:
    return _listed([name for code, name in SHORT_SIZES.items() if code in codes])


def _languages(about: About) -> Line | None:
    asked = about.challenge.eligibility.get("languages", [])
    languages = language_names(asked, about.lang)
    match about.verdict:
        case Verdict.FOR:
            own = [code for code in asked if code in about.firm.languages]
            shared = language_names(own, about.lang)
            return Line(msg("Language of application: {languages}", languages=shared))
        case Verdict.MISSING:
            text = msg(
                "The profile names no languages. Applications are written in: {languages}",
                languages=languages,
            )
            return Line(text, "/edit/basics", msg("Add your languages"), msg("Languages"))
    text = msg(
        "Applications are written in a language that the profile does not name: {languages}",
        languages=languages,
    )
    return Line(text, "/edit/basics", msg("Add your languages"))


def _place(about: About) -> Line | None:
    country = country_names([about.challenge.authority.country], about.lang)
    if about.verdict is Verdict.FOR:
        return Line(msg("In the same country: {country}", country=country))
    return Line(msg("The authority is in another country: {country}", country=country))


def _region(about: About) -> Line | None:
    """Return the region where the country is the same: in another one it goes without saying."""
    authority = about.challenge.authority
    if authority.country != about.firm.country or about.verdict is Verdict.MISSING:
        return None
    if about.verdict is Verdict.FOR:
        return Line(msg("In the same region: {region}", region=authority.region))
    return Line(msg("The authority is in another region: {region}", region=authority.region))


def _shown(about: About) -> Message | str:
    """Return a piece of evidence that is asked for and there, with its last day."""
    name, day = _evidence(about)
    return msg("{evidence} (valid until {date})", evidence=name, date=day) if day else name


def _unmet(about: About) -> Line:
    name, day = _evidence(about)
    kind = about.finding.ask.name.removeprefix(EVIDENCE)
    if day:
        text = msg("{evidence} is asked for; it was valid until {date}", evidence=name, date=day)
        return Line(text, "#evidence", msg("Enter the new date"), _tip(name))
    text = msg("{evidence} is asked for and not in the profile", evidence=name)
    return Line(text, f"/evidence/new?kind={kind}", msg("Add this evidence"), _tip(name))


def _evidence(about: About) -> tuple[Message | str, str]:
    """Return what the evidence is called, and its last day where it has one."""
    kind = about.finding.ask.name.removeprefix(EVIDENCE)
    until = about.finding.fact.until if about.finding.fact else None
    day = date_text(until, about.lang, about.challenge.zone) if until else ""
    return REQUIREMENTS.get(kind, kind), day


def _tip(name: object) -> Message:
    return msg("Evidence: {evidence}", evidence=name)


_BY_NAME: Mapping[str, Callable[[About], Line | None]] = {
    "country": _country,
    "size": _size,
    "languages": _languages,
    "place": _place,
    "region": _region,
}
