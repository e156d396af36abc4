"""Letters made from a proposal: one text for each outcome and language, filled with its reasons.

The texts are those of the challenge's programme as it was when the challenge was submitted for
approval. `{confirm_by}` stays as it stands until the release, which alone knows the date; so do
pages that show a letter before it.
"""

import re
from collections.abc import Mapping, Sequence

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of, text_for
from govmatch.decisions.models import Decision, Determination, Kind, Outcome
from govmatch.kit.formats import number_text
from govmatch.kit.i18n import Lang, as_lang, msg, msgn, pick, say
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.programmes.letters import LetterName, filled_in, letter_text
from govmatch.programmes.queries import Criterion, criteria

CONFIRM_BY = "{confirm_by}"
_ASSESSED = msg("How your application was assessed")

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_BLOCK = re.compile(r"^([^\S\n]*)([-+=]|\d{1,9}[.)])(?=\s|$)", re.MULTILINE)


@dataclass(frozen=True)
class Written:
    subject: str
    body: str

    @property
    def digest(self) -> str:
        return digest(f"{self.subject}\n{self.body}")


def template_for(decision: Decision, said: Determination) -> LetterName:
    """Return the name of the text that a determination is put into."""
    if decision.kind == Kind.SUCCESSION:
        return LetterName.PROMOTED
    if said.outcome == Outcome.ENDED and decision.challenge.opened_at is None:
        return LetterName.ENDED_SEALED
    return LetterName(said.outcome)


def written(
    decision: Decision,
    said: Determination,
    application: Application,
    *,
    with_assessment: bool = True,
) -> Written:
    """Return the letter about one application, in the language it is written in.

    `with_assessment` is false for whoever has the reasons in an earlier letter.
    """
    lang = as_lang(application.lang)
    challenge = decision.challenge
    values = {
        "firm": plain(application.firm.name),
        "reference": application.reference,
        "challenge": plain(text_for(challenge, lang).title),
        "authority": plain(pick(challenge.authority.names, lang)[0]),
        "contact": plain(_contact(challenge, lang)),
        "assessment": _assessment(challenge, said, lang) if with_assessment else "",
        "reasons": _reasons(decision, said, lang),
        "place": str(said.reserve_place or ""),
        "confirm_by": CONFIRM_BY,
    }
    text = letter_text(terms_of(challenge), template_for(decision, said), lang)
    # A subject is no Markdown, so its title stands there as it was written.
    title = " ".join(text_for(challenge, lang).title.split())
    subject = filled_in(text.subject, {"challenge": title})
    return Written(subject, _tidy(filled_in(text.body, values)))


def plain(text: str) -> str:
    """Return words that Markdown shows as they stand: no links, headings, lists or emphasis."""
    return _BLOCK.sub(lambda found: f"{found[1]}\\{found[2]}", _MARKS.sub(r"\\\1", text)).strip()


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _contact(challenge: Challenge, lang: Lang) -> str:
    parts = [challenge.contact.get(key, "").strip() for key in ("name", "email", "phone")]
    return ", ".join(filter(None, parts)) or pick(challenge.authority.names, lang)[0]


def _reasons(decision: Decision, said: Determination, lang: Lang) -> str:
    """Return what the letter gives as the reason itself: of the firm's own case, else for all."""
    if said.outcome == Outcome.INELIGIBLE:
        return plain(said.reasons.get("", ""))
    return plain(pick(decision.reasons, lang)[0])


def criteria_of(challenge: Challenge) -> Sequence[tuple[Criterion, int]]:
    """Return the criteria that a challenge judges by, in the programme's order, with weights."""
    weights = {one["id"]: int(one["weight"]) for one in challenge.criteria}
    known = criteria(terms_of(challenge))
    return [(one, weights[one.id]) for one in known if weights.get(one.id)]


def minima_of(challenge: Challenge) -> dict[str, int]:
    """Return the least mean points that were published, by criterion."""
    return {one["id"]: one["minimum"] for one in challenge.criteria if one.get("minimum")}


def missed(challenge: Challenge, means: Mapping[str, float]) -> list[tuple[Criterion, float, int]]:
    """Return the criteria whose mean is less than was published, with the mean and the least."""
    minima = minima_of(challenge)
    return [
        (one, means[one.id], minima[one.id])
        for one, _ in criteria_of(challenge)
        if one.id in minima and one.id in means and means[one.id] < minima[one.id]
    ]


def _assessment(challenge: Challenge, said: Determination, lang: Lang) -> str:
    """Return the points and reasons for each criterion, or nothing where there are neither."""
    minima = minima_of(challenge)
    parts = [
        _criterion(one, said, weight=weight, least=minima.get(one.id), lang=lang)
        for one, weight in criteria_of(challenge)
    ]
    found = [part for part in parts if part]
    summary = plain(said.reasons.get("", ""))
    if not found and not summary:
        return ""
    lines = [f"## {say(_ASSESSED, lang)}"]
    if said.mean is not None:
        counted = msgn(
            "Weighted mean of {n} review: {points} of 5 points.",
            "Weighted mean of {n} reviews: {points} of 5 points.",
            n=said.reviews,
            points=points_text(said.mean, lang),
        )
        lines.append(say(counted, lang))
    if summary:
        lines.append(summary)
    return "\n\n".join([*lines, *found])


def _criterion(
    one: Criterion,
    said: Determination,
    *,
    weight: int,
    least: int | None,
    lang: Lang,
) -> str:
    mean, reason = said.criterion_means.get(one.id), plain(said.reasons.get(one.id, ""))
    if mean is None and not reason:
        return ""
    label = plain(pick(one.label, lang)[0])
    if mean is None:
        return f"### {label}\n\n{reason}"
    counted = say(
        msg(
            "{points} of 5 points, weight {weight} of 100",
            points=points_text(mean, lang),
            weight=weight,
        ),
        lang,
    )
    if one.is_computed:
        counted = f"{counted}. {plain(pick(one.formula, lang)[0])}"
    if least is not None and mean < least:
        why = msg("At least {n} points were needed here to be selected.", n=least)
        counted = f"{counted}\n\n{say(why, lang)}"
    return _tidy(f"### {label}\n\n{counted}\n\n{reason}").rstrip()


def points_text(mean: float, lang: Lang) -> str:
    """Return points as people write them, with at most two decimals."""
    return number_text(round(mean, 2), lang)


def with_date(text: str, date: str) -> str:
    """Return a letter's text with the date by which to answer in its place."""
    return text.replace(CONFIRM_BY, date)


def until_released(days: int, lang: Lang) -> str:
    """Return what stands for the date as long as nobody knows when the letter goes out."""
    return say(msgn("{n} day after the release", "{n} days after the release", n=days), lang)
