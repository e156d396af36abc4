"""Walking through the site as somebody: every address of the tables, then every link."""

from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.security.asking import Got
from tests.security.house import House
from tests.security.looking import LOOKS

MOST_ALIKE = 5
LEAVES = ("/static/", "/demo")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


def links_in(html: str) -> list[str]:
    """Return every address that a page leads to or loads."""
    reader = _Links()
    reader.feed(html)
    return reader.found


def starts(house: House) -> list[str]:
    """Return every address of the tables, with all ids that they name, foreign ones too."""
    paths = []
    for row in LOOKS:
        names = row.fill.values()
        is_letter = "{token}" in row.path  # whoever has the link of a mail has what it says
        if row.path.startswith(LEAVES) or is_letter or not all(_there(house, n) for n in names):
            continue
        path = house.filled(row.path, row.fill)
        paths += [path, *([f"{path}?{row.query}"] if row.query else [])]
    return list(dict.fromkeys(paths))


def _there(house: House, name: str) -> bool:
    """False for what this world does not have: the bare one has nothing private."""
    return name.startswith("=") or name in house.ids


def crawl(house: House, who: str, *, lang: str = "") -> dict[str, Got]:
    """Return each page that somebody can reach, by its address; redirects are followed.

    Of addresses that are alike, such as those of firms, a few are walked to beside the tables'.
    """
    waiting, found = deque(starts(house)), dict[str, Got]()
    alike: Counter[str] = Counter()
    while waiting:
        target = waiting.popleft()
        if target in found:
            continue
        got = house.get(who, target, lang=lang)
        found[target] = got
        for link in [got.location, *(links_in(got.text) if got.kind == "text/html" else [])]:
            onward = _own(house, link)
            if onward and onward not in found and onward not in waiting:
                kind = _kind(onward)
                alike[kind] += 1
                if alike[kind] <= MOST_ALIKE:
                    waiting.append(onward)
    return found


def _own(house: House, link: str) -> str:
    """Return the path and query of a link to this very site, empty for any other."""
    parts = urlsplit(link)
    is_own = not parts.netloc and not parts.scheme
    is_own = is_own or f"{parts.scheme}://{parts.netloc}" == house.door.origin
    leads_on = parts.path.startswith("/") and not parts.path.startswith(LEAVES)
    if not is_own or not leads_on or "lang=" in parts.query:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _kind(target: str) -> str:
    """Return what an address has in common with others: its form, and whether it asks anything."""
    path, asks, _ = target.partition("?")
    first, *rest = path.strip("/").split("/")
    end = path.rpartition(".")[2] if "." in path else ""
    return f"/{first}/{len(rest)}/{end}{asks}"
