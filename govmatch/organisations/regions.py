"""Regions of the two countries this site began in, however they are called in our languages.

Elsewhere a region is what somebody typed. For Germany the Länder, for Denmark the regions of 2007.
"""

from collections.abc import Mapping

from govmatch.organisations.names import fold

REGIONS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "DK": (
        ("Hovedstaden", "Capital Region", "Capital Region of Denmark", "Hauptstadtregion"),
        ("Midtjylland", "Central Denmark", "Central Jutland", "Mitteljütland"),
        ("Nordjylland", "North Denmark", "North Jutland", "Nordjütland"),
        ("Sjælland", "Zealand", "Seeland"),
        ("Syddanmark", "Southern Denmark", "Süddänemark"),
    ),
    "DE": (
        ("Baden-Württemberg",),
        ("Bayern", "Bavaria", "Freistaat Bayern"),
        ("Berlin", "Land Berlin"),
        ("Brandenburg",),
        ("Bremen", "Freie Hansestadt Bremen", "Land Bremen"),
        ("Hamburg", "Freie und Hansestadt Hamburg"),
        ("Hessen", "Hesse"),
        ("Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania"),
        ("Niedersachsen", "Lower Saxony", "Nedersachsen"),
        ("Nordrhein-Westfalen", "North Rhine-Westphalia", "NRW"),
        ("Rheinland-Pfalz", "Rhineland-Palatinate"),
        ("Saarland",),
        ("Sachsen", "Saxony", "Freistaat Sachsen"),
        ("Sachsen-Anhalt", "Saxony-Anhalt"),
        ("Schleswig-Holstein", "Slesvig-Holsten"),
        ("Thüringen", "Thuringia", "Freistaat Thüringen"),
    ),
}
"""By country; each with the name that it bears there first."""


def suggested() -> list[str]:
    """Return the names that a form proposes, each as it is called there."""
    return [names[0] for regions in REGIONS.values() for names in regions]


def region_key(country: str, name: str) -> str:
    """Return the same for every way of naming a region; what is typed, folded, for all others."""
    folded = fold(name)
    bare = folded.removeprefix("the ").removeprefix("region ").removeprefix("of ")
    spelled = {folded, bare, bare.removesuffix(" region")}
    for names in REGIONS.get(country, ()):
        if spelled & {fold(one) for one in names}:
            return fold(names[0])
    return folded
