"""What is typed about gatherings: by their hosts, and by people who register."""

import re
from collections.abc import Collection, Mapping
from dataclasses import field

from govmatch.accounts.rules import canonical_email
from govmatch.accounts.zones import ZONES
from govmatch.gatherings.actions import MOST_RECORDINGS, Recording, Wish
from govmatch.gatherings.actions.registering import MAX_ANSWER, MAX_NEEDS
from govmatch.gatherings.models import Gathering, Kind, Mode
from govmatch.gatherings.plan import (
    MAX_BODY,
    MAX_PLACE,
    MAX_QUESTION,
    MAX_SUMMARY,
    MAX_TITLE,
    MOST_PLACES,
    Plan,
    Words,
)
from govmatch.kit.i18n import LANGUAGES, as_lang, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.places import countries
from govmatch.organisations.websites import web_address
from govmatch.web.fields import Form, Reader, filled, local_text
from govmatch.web.visit import Values

REVISION = re.compile(r"[0-9]{1,9}")
ADDRESS = msg("Please enter an address such as https://www.example.org.")


@dataclass(frozen=True)
class Choices:
    """What a host may choose from: slugs of themes, ids of challenges by their slugs."""

    themes: Collection[str] = ()
    challenges: Mapping[str, int] = field(default_factory=dict)


def read_revision(values: Values) -> int:
    """Return the revision of the page that was typed on; 0, which never is, for anything else."""
    typed = values.one("revision")
    return int(typed) if REVISION.fullmatch(typed) else 0


def read_plan(values: Values, choices: Choices) -> tuple[Plan | None, Form]:
    """Return what the host typed; what contradicts itself `rules.faults` finds."""
    reader = Reader(values)
    zone = reader.choice("zone", ZONES) or "Europe/Copenhagen"
    starts, ends = reader.local_time("starts", zone), reader.local_time("ends", zone)
    mode, kind = reader.choice("mode", list(Mode)), reader.choice("kind", list(Kind))
    registers = values.one("registers") != "no"
    closes = reader.local_time("closes", zone, required=False)
    places = reader.integer("places", low=1, high=MOST_PLACES, required=False)
    main_lang = as_lang(reader.choice("main_lang", LANGUAGES))
    place = reader.text("place", limit=MAX_PLACE, required=False)
    country = reader.choice("country", countries("en"), required=False)
    link = _web_address(reader, "link")
    challenges = reader.several("challenges", choices.challenges)
    themes = reader.several("themes", choices.themes)
    contact = {
        "name": reader.text("contact_name", limit=120),
        "email": reader.email("contact_email"),
    }
    words = {lang: _words(reader, lang) for lang in LANGUAGES}
    question = {
        lang: reader.text(f"question-{lang}", limit=MAX_QUESTION, required=False)
        for lang in LANGUAGES
    }
    if not reader.ok or starts is None or ends is None:
        return None, reader.form
    plan = Plan(
        kind=kind,
        mode=mode,
        zone=zone,
        starts=starts,
        ends=ends,
        place=place if mode != Mode.ONLINE else "",
        country=country if mode != Mode.ONLINE else "",
        link=link if mode != Mode.ON_SITE else "",
        registers=registers,
        places=places if registers else None,
        closes=closes if registers else None,
        question={lang: text for lang, text in question.items() if text} if registers else {},
        themes=tuple(themes),
        challenges=tuple(sorted(choices.challenges[slug] for slug in challenges)),
        contact=contact,
        main_lang=main_lang,
        words={lang: one for lang, one in words.items() if one.title or one.summary or one.body},
    )
    return plan, reader.form


def _words(reader: Reader, lang: str) -> Words:
    return Words(
        title=reader.text(f"title-{lang}", limit=MAX_TITLE, required=False),
        summary=reader.text(f"summary-{lang}", limit=MAX_SUMMARY, required=False),
        body=reader.text(f"body-{lang}", limit=MAX_BODY, required=False, lines=True),
    )


def _web_address(reader: Reader, name: str) -> str:
    typed = reader.text(name, limit=500, required=False)
    found = web_address(typed) if typed else ""
    if found is None:
        reader.wrong(name, ADDRESS)
    return found or ""


def plan_form(gathering: Gathering, challenge_slugs: Collection[str]) -> Form:
    """Return the form of a gathering as it is, times in its zone."""
    texts = {one.lang: one for one in gathering.texts}
    shown: dict[str, str | list[str]] = {
        "kind": gathering.kind,
        "mode": gathering.mode,
        "zone": gathering.zone,
        "starts": local_text(gathering.starts, gathering.zone),
        "ends": local_text(gathering.ends, gathering.zone),
        "closes": local_text(gathering.closes, gathering.zone),
        "place": gathering.place,
        "country": gathering.country,
        "link": gathering.link,
        "registers": "yes" if gathering.registers else "no",
        "places": str(gathering.places) if gathering.places else "",
        "themes": list(gathering.themes),
        "challenges": list(challenge_slugs),
        "contact_name": gathering.contact.get("name", ""),
        "contact_email": gathering.contact.get("email", ""),
        "main_lang": gathering.main_lang,
        "revision": str(gathering.revision),
    }
    for lang in LANGUAGES:
        text = texts.get(lang)
        shown[f"title-{lang}"] = text.title if text else ""
        shown[f"summary-{lang}"] = text.summary if text else ""
        shown[f"body-{lang}"] = text.body if text else ""
        shown[f"question-{lang}"] = gathering.question.get(lang, "")
    return filled(shown)


def read_wish(values: Values, *, with_account: bool) -> tuple[Wish, Form]:
    """Return what somebody typed to register; whoever has an account types no name and address."""
    reader = Reader(values)
    name = email = ""
    if not with_account:
        name = reader.text("name", limit=120)
        typed = reader.email("email")
        email = canonical_email(typed) or ""
        if typed and not email:
            reader.wrong("email", msg("Please enter an e-mail address such as name@example.org."))
        reader.yes("agrees", required=True)
    wish = Wish(
        name=name,
        email=email,
        organisation=reader.text("organisation", limit=160, required=False),
        answer=reader.text("answer", limit=MAX_ANSWER, required=False, lines=True),
        needs=reader.text("needs", limit=MAX_NEEDS, required=False, lines=True),
    )
    return wish, reader.form


def read_reasons(values: Values) -> tuple[dict[str, str], Form]:
    reader = Reader(values)
    reasons: dict[str, str] = {
        lang: reader.text(f"reason-{lang}", limit=1_000, required=False, lines=True)
        for lang in LANGUAGES
    }
    if not any(reasons.values()) and reader.ok:
        reader.wrong("reason", msg("Please give the reason; it is published."))
    return reasons, reader.form


def read_notes(values: Values) -> tuple[dict[str, str], list[Recording], bool, Form]:
    """Return notes by language, links with their titles, and whether those registered are told."""
    reader = Reader(values)
    notes: dict[str, str] = {
        lang: reader.text(f"notes-{lang}", limit=MAX_BODY, required=False, lines=True)
        for lang in LANGUAGES
    }
    recordings = []
    for number in range(1, MOST_RECORDINGS + 1):
        url = _web_address(reader, f"recording-url-{number}")
        title = reader.text(f"recording-title-{number}", limit=120, required=False)
        if title and not url and f"recording-url-{number}" not in reader.errors:
            reader.wrong(f"recording-url-{number}", ADDRESS)
        if url:
            recordings.append(Recording(title or url, url))
    return notes, recordings, reader.yes("tells"), reader.form


def notes_form(gathering: Gathering) -> Form:
    shown: dict[str, str | list[str]] = {
        f"notes-{lang}": gathering.notes.get(lang, "") for lang in LANGUAGES
    }
    for number, one in enumerate(gathering.recordings, 1):
        shown[f"recording-title-{number}"] = one["title"]
        shown[f"recording-url-{number}"] = one["url"]
    return filled(shown)
