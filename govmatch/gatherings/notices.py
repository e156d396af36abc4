"""Who is told what of a gathering: people who registered, by mail and in their inbox.

The address to join online stands only in mails to people who have a place. A mail to somebody
without an account carries the signed link to their registration; those mails are secret.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime

from govmatch.gatherings import links, queries, rules
from govmatch.gatherings.models import Gathering, Mode, Registration, Seat, State
from govmatch.gatherings.rules import REQUEST_LASTS
from govmatch.gatherings.showing import path_of, times_of, when_text, where_text
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, Message, as_lang, msg, pick, say
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.kit.records import dataclass

EVENTS = "events"
LIVE = (Seat.TAKEN, Seat.WAITING)

Maker = Callable[[Background, ReadSession, JournalRow], Iterable[Notice]]


@dataclass(frozen=True, kw_only=True)
class _News:
    """What is told, whoever hears it."""

    background: Background
    row: JournalRow
    gathering: Gathering
    mail: str
    values: Callable[[Lang], Mapping[str, object]] = field(default=lambda _lang: {})
    lines: Callable[[Lang], Sequence[str]] = field(default=lambda _lang: ())


def seat_requested(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Send the link with which somebody registers; who is registered already is told that."""
    request = queries.find_request(session, int(str(row.data["request_id"])))
    if request is None or request.used_at or request.at + REQUEST_LASTS <= background.real_now:
        return
    gathering = request.gathering
    known = queries.live_of(session, gathering, email=request.email, person_id=None)
    if known is not None:
        news = _News(background=background, row=row, gathering=gathering, mail="known")
        yield _notice(news, known)
        return
    lang = as_lang(request.lang)
    expires_at = request.at + REQUEST_LASTS
    token = links.sign_request(background.signer, request.public_id, expires_at)
    yield Notice(
        key=f"gatherings:{row.id}:confirm",
        mail="gatherings/confirm",
        address=request.email,
        lang=lang,
        values=_about(gathering, lang),
        links={"link": f"{path_of(gathering)}/confirm/{token}"},
        secret=True,
    )


def _about_one(mail: str, seats: Sequence[Seat]) -> Maker:
    """Return a maker that tells one registered person, while they have one of these seats."""

    def make(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
        one = queries.by_id(session, int(str(row.data["registration_id"])))
        gathering = queries.find(session, row.subject_id)
        if one is None or gathering is None or one.seat not in seats or not one.email:
            return
        place = queries.place_in_line(session, one)
        news = _News(
            background=background, row=row, gathering=gathering, mail=mail,
            values=lambda _lang: {"n": place},
        )  # fmt: skip
        yield _notice(news, one)

    return make


def certificate_issued(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell who was at a course that there is a certificate, while there is."""
    one = queries.by_id(session, int(str(row.data["registration_id"])))
    if one is not None and one.certificate is not None:
        yield from _about_one("certificate", [Seat.TAKEN])(background, session, row)


WITH_LINK = frozenset({"taken", "moved_up", "reminder", "known"})
"""Mails that say how it is joined online, to who has a place."""


def changed(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell everybody registered what is different, where it matters to who comes."""
    parts = row.data.get("parts")
    gathering = queries.find(session, row.subject_id)
    if gathering is None or gathering.state != State.PUBLISHED or not isinstance(parts, list):
        return
    if not parts:
        return
    was = (str(row.data["was_starts"]), str(row.data["was_ends"]))
    news = _News(
        background=background, row=row, gathering=gathering, mail="changed",
        lines=lambda lang: list(_changes(gathering, parts, was, lang)),
    )  # fmt: skip
    for one in queries.registered(session, gathering.id, LIVE):
        yield _notice(news, one)


def _changes(
    gathering: Gathering, parts: Sequence[object], was: tuple[str, str], lang: Lang
) -> Iterable[str]:
    if "time" in parts:
        starts, ends = (datetime.fromisoformat(at) for at in was)
        before = when_text(starts, ends, lang, gathering.zone)
        yield say(msg("New time: {time}", time=times_of(gathering, lang)), lang)
        yield say(msg("It was: {time}", time=before), lang)
    if "place" in parts or "mode" in parts:
        yield say(msg("New place: {place}", place=where_text(gathering, lang)), lang)
    if "link" in parts:
        yield say(msg("There is a new address to join online."), lang)


def cancelled(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell everybody registered that it does not take place, and why."""
    gathering = queries.find(session, row.subject_id)
    if gathering is None:
        return
    news = _News(
        background=background, row=row, gathering=gathering, mail="cancelled",
        values=lambda lang: {"reason": pick(gathering.cancel_reasons, lang)[0]},
    )  # fmt: skip
    for one in queries.registered(session, gathering.id, LIVE):
        yield _notice(news, one)


def soon(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Remind who has a place; not of a time that is no longer true."""
    gathering = queries.find(session, row.subject_id)
    if gathering is None or gathering.state != State.PUBLISHED:
        return
    if gathering.starts.isoformat(timespec="seconds") != row.data["starts"]:
        return
    for one in queries.registered(session, gathering.id, [Seat.TAKEN]):
        news = _News(background=background, row=row, gathering=gathering, mail="reminder")
        yield _notice(news, one)


def notes_published(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell who had a place that notes or recordings are there, once."""
    gathering = queries.find(session, row.subject_id)
    if gathering is None or not row.data["tells"]:
        return
    news = _News(background=background, row=row, gathering=gathering, mail="notes")
    for one in queries.registered(session, gathering.id, [Seat.TAKEN]):
        yield _notice(news, one)


def _about(gathering: Gathering, lang: Lang) -> dict[str, object]:
    return {
        "title": queries.text_for(gathering, lang).title,
        "when": times_of(gathering, lang),
        "where": where_text(gathering, lang),
    }


def _notice(news: _News, one: Registration) -> Notice:
    """Return the notice to one registered person, with their account or by the signed link."""
    person = one.person if one.person is not None and one.person.disabled_at is None else None
    lang = as_lang(person.lang if person and person.lang else one.lang)
    path = f"{path_of(news.gathering)}/place"
    if person is None:
        path = f"{path}/{links.sign_place(news.background.signer, one.public_id)}"
    label, link = _joining(news, one)
    return Notice(
        key=f"gatherings:{news.row.id}:{news.mail}:{one.id}",
        mail=f"gatherings/{news.mail}",
        address=person.email if person else one.email,
        lang=lang,
        person_id=person.id if person else None,
        values={**_about(news.gathering, lang), **news.values(lang), "joining": label},
        links={"link": path},
        addresses={"join": link},
        lines=news.lines(lang),
        secret=person is None or bool(link),
        topic=EVENTS if person else "",
        path=path if person else "",
    )


def _joining(news: _News, one: Registration) -> tuple[Message | str, str]:
    """Return what introduces the address to join online, and the address; both may be empty."""
    gathering = news.gathering
    if news.mail not in WITH_LINK or not rules.sees_link(one, gathering):
        return "", ""
    if gathering.mode == Mode.ON_SITE:
        return "", ""
    if gathering.link:
        return msg("Join online:"), gathering.link
    return msg("The address to join online follows by mail."), ""


NOTICES: dict[str, Maker] = {
    "SeatRequested": seat_requested,
    "SeatTaken": _about_one("taken", [Seat.TAKEN]),
    "SeatAwaited": _about_one("waiting", [Seat.WAITING]),
    "MovedUp": _about_one("moved_up", [Seat.TAKEN]),
    "SeatGivenUp": _about_one("given_up", [Seat.GIVEN_UP]),
    "GatheringChanged": changed,
    "GatheringCancelled": cancelled,
    "GatheringSoon": soon,
    "CertificateIssued": certificate_issued,
    "NotesPublished": notes_published,
}
