"""What business registers say of a firm: the adapters, one for each register of the settings.

The Danish register (CVR, «system-til-system») and the Commission's VIES for numbers of value-added
tax. The German Handelsregister has no interface that one may ask, so for Germany VIES alone tells
whether a number is in use. Only a number is sent, and only when somebody presses the button.
"""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from govmatch.kit.fetching import Unreachable, fetch_json
from govmatch.kit.records import dataclass
from govmatch.organisations.limits import NAME, PLACE
from govmatch.organisations.models import Size
from govmatch.organisations.websites import web_address
from govmatch.settings import Settings

log = logging.getLogger(__name__)

CVR, VIES = "CVR", "VIES"
_NOTHING = "---"
"""What VIES writes where a country does not give names away."""
_POSTCODE = re.compile(r"^(?:[A-Z]{1,3}-)?[0-9][0-9 ]{2,5}\s+")
_SIZES = ((9, Size.MICRO), (49, Size.SMALL), (249, Size.MEDIUM))
"""The most people of each class of Recommendation 2003/361/EC; the register says no turnover."""


@dataclass(frozen=True)
class Answer:
    """What a register said: `values` by the name of the field, empty ones left out."""

    register: str
    is_known: bool = True
    is_active: bool = True
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """The numbers of a firm as its profile keeps them; either may be empty."""

    country: str
    registration: str = ""
    vat: str = ""


def is_configured(settings: Settings) -> bool:
    return bool(settings.register_cvr_url or settings.register_vies_url)


def can_answer(settings: Settings, asked: Asked) -> bool:
    """True where a register of the settings knows firms by one of these numbers."""
    return bool(_asking(settings, asked))


def look_up(settings: Settings, asked: Asked) -> list[Answer] | None:
    """Return what the registers say of a firm, the one that knows most first; None for silence.

    Waits for other machines: hold no transaction while it does.
    """
    found = []
    for ask in _asking(settings, asked):
        try:
            found.append(ask())
        except Unreachable as why:
            log.warning("a business register did not answer: %s", why)
    return found or None


def _asking(settings: Settings, asked: Asked) -> list[Callable[[], Answer]]:
    found: list[Callable[[], Answer]] = []
    if asked.country == "DK" and asked.registration.isdigit() and settings.register_cvr_url:
        found.append(lambda: _ask_cvr(settings, asked.registration))
    if asked.vat and settings.register_vies_url:
        found.append(lambda: _ask_vies(settings, asked.vat))
    return found


def _ask_cvr(settings: Settings, number: str) -> Answer:
    said = fetch_json(
        settings.register_cvr_url,
        sent={
            "_source": ["Vrvirksomhed.virksomhedMetadata", "Vrvirksomhed.hjemmeside"],
            "query": {"term": {"Vrvirksomhed.cvrNummer": int(number)}},
            "size": 1,
        },
        user=settings.register_cvr_user,
        password=settings.register_cvr_password,
    )
    hits = _items(_at(said, "hits", "hits"))
    if not hits:
        return Answer(CVR, is_known=False)
    firm = _at(hits[0], "_source", "Vrvirksomhed")
    about = _at(firm, "virksomhedMetadata")
    place = _at(about, "nyesteBeliggenhedsadresse")
    values = {
        "name": _line(_at(about, "nyesteNavn", "navn"), NAME),
        "city": _line(_at(place, "postdistrikt"), PLACE),
        "founded": _year(_at(about, "stiftelsesDato")),
        "size": _size(about),
        "website": _website(firm),
    }
    status = str(_at(about, "sammensatStatus") or "").casefold()
    return Answer(CVR, is_active=status in {"", "aktiv", "normal"}, values=_said(values))


def _ask_vies(settings: Settings, vat: str) -> Answer:
    base = settings.register_vies_url.rstrip("/")
    said = fetch_json(f"{base}/ms/{vat[:2]}/vat/{vat[2:]}")
    if _at(said, "isValid") is not True:
        if _at(said, "userError") not in {"INVALID", None}:
            raise Unreachable(f"VIES: {_at(said, 'userError')}")
        return Answer(VIES, is_known=False)
    lines = [line for line in str(_at(said, "address") or "").splitlines() if line.strip(" -")]
    city = _POSTCODE.sub("", lines[-1].strip()) if len(lines) > 1 else ""
    values = {"name": _line(_at(said, "name"), NAME), "city": _line(city, PLACE)}
    return Answer(VIES, values=_said(values))


def _size(about: object) -> str:
    """Return the class of the people who work there, where the newest figures lie within one."""
    for name in ("nyesteErstMaanedsbeskaeftigelse", "nyesteAarsbeskaeftigelse"):
        code = str(_at(about, name, "intervalKodeAntalAnsatte") or "")
        if found := re.fullmatch(r"ANTAL_([0-9]{1,6})_([0-9]{1,6})", code):
            low, high = int(found[1]), int(found[2])
            if low >= 250:
                return Size.LARGE
            return next((size for most, size in _SIZES if high <= most), "")
    return ""


def _website(firm: object) -> str:
    """Return the newest address that may stand in a link."""
    kept = [_at(one, "kontaktoplysning") for one in _items(_at(firm, "hjemmeside"))]
    return next((good for one in reversed(kept) if (good := web_address(str(one or "")))), "")


def _year(day: object) -> str:
    found = re.match(r"[0-9]{4}(?=-)", str(day or ""))
    return found[0] if found else ""


def _line(said: object, limit: int) -> str:
    """Return what a register says as one line that fits; nothing for its sign for nothing."""
    text = " ".join(said.split()) if isinstance(said, str) else ""
    return "" if text == _NOTHING or not text.isprintable() else text[:limit]


def _said(values: Mapping[str, str]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value}


def _at(said: Any, *names: str) -> Any:
    """Return what stands at the end of a path of names, None where it leads nowhere."""
    for name in names:
        said = said.get(name) if isinstance(said, dict) else None
    return said


def _items(said: Any) -> list[Any]:
    return said if isinstance(said, list) else []
