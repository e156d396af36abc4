"""Writes come from our own pages: the browser says so, or they are refused (ASVS 5.0, V3.5)."""

from collections.abc import Mapping

from govmatch.settings import Settings


def is_own(headers: Mapping[str, str], settings: Settings) -> bool:
    """True when Sec-Fetch-Site, else Origin, names this very site; without either it is refused.

    Browsers have sent Sec-Fetch-Site since 2023 at the latest, and Origin on every POST.
    """
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site is not None:
        return fetch_site == "same-origin"
    return headers.get("origin") == settings.origin
