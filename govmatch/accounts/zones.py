"""The time zones that an account may choose: those of Europe, its islands, Greenland, and UTC."""

from babel.dates import get_timezone_location

from govmatch.kit.formats import LOCALES
from govmatch.kit.i18n import Lang

ZONES: tuple[str, ...] = (
    "America/Nuuk",
    "Atlantic/Azores",
    "Atlantic/Canary",
    "Atlantic/Faroe",
    "Atlantic/Madeira",
    "Atlantic/Reykjavik",
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Belgrade",
    "Europe/Berlin",
    "Europe/Bratislava",
    "Europe/Brussels",
    "Europe/Bucharest",
    "Europe/Budapest",
    "Europe/Chisinau",
    "Europe/Copenhagen",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/Ljubljana",
    "Europe/London",
    "Europe/Luxembourg",
    "Europe/Madrid",
    "Europe/Malta",
    "Europe/Oslo",
    "Europe/Paris",
    "Europe/Prague",
    "Europe/Riga",
    "Europe/Rome",
    "Europe/Sarajevo",
    "Europe/Skopje",
    "Europe/Sofia",
    "Europe/Stockholm",
    "Europe/Tallinn",
    "Europe/Tirane",
    "Europe/Vaduz",
    "Europe/Vienna",
    "Europe/Vilnius",
    "Europe/Warsaw",
    "Europe/Zagreb",
    "Europe/Zurich",
    "UTC",
)


def zone_label(zone: str, lang: Lang) -> str:
    """Return a zone as people read it: «Europe/Copenhagen» as «København»."""
    if "/" not in zone:
        return zone
    return get_timezone_location(zone, LOCALES[lang], return_city=True)


def zone_choices(present: str, lang: Lang) -> list[tuple[str, str]]:
    """Return every zone and its name, in the order of the names; one that is in use stays."""
    known = {*ZONES, *([present] if present else [])}
    return sorted(((zone, zone_label(zone, lang)) for zone in known), key=lambda one: one[1])
