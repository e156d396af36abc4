"""What must never stand in a page of ours, whoever wrote its texts: anything that runs or loads."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

ELEMENTS = {"base", "embed", "frame", "iframe", "math", "object", "style"}
ADDRESSES = {"action", "formaction", "href", "src", "xlink:href", "data", "poster", "background"}
SCHEMES = ("javascript:", "vbscript:", "data:text", "data:image/svg")
PREVIEW = re.compile(r"/[a-z]+/[a-z0-9]+/files/[a-z0-9]+/preview\?picture=\d+")
OWN = {"script": "/static/", "link": "/static/", "img": "/static/"}


class _Reader(HTMLParser):
    """Reads a page as a browser does, as far as elements, attributes and scripts go."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.text: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._script = tag == "script"
        if tag in ELEMENTS:
            self.found.append(f"<{tag}>")
        if tag == "meta" and "http-equiv" in given:
            self.found.append("<meta http-equiv>")
        for name, value in given.items():
            self._attribute(tag, name, value)
        loaded = given.get("src") or (given.get("href", "") if tag == "link" else "")
        if tag in OWN and loaded and not self._is_ours(tag, loaded, given.get("rel", "")):
            self.found.append(f"<{tag}> loads {loaded[:60]}")

    @staticmethod
    def _is_ours(tag: str, loaded: str, rel: str) -> bool:
        if tag == "link" and rel in {"alternate", "canonical"}:
            return True
        # The QR code of the second factor is a picture in the page itself.
        drawn = loaded.startswith("data:image/svg") or PREVIEW.fullmatch(loaded) is not None
        return loaded.startswith(OWN[tag]) or (tag == "img" and drawn)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        bare = "".join(c for c in value.lower() if c > " ")
        if name.startswith("on") or name in {"style", "srcdoc"}:
            self.found.append(f"<{tag} {name}>")
        if name in ADDRESSES and tag != "img" and bare.startswith(SCHEMES):
            self.found.append(f"<{tag} {name}={value[:40]!r}>")
        if not name.replace("-", "").replace(":", "").isalnum():
            self.found.append(f"<{tag}> has an attribute {name[:40]!r}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = False

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.found.append(f"a script in the page: {data.strip()[:60]}")
        self.text.append(data)


@dataclass(frozen=True)
class Page:
    """What a page has of all that, and the text that a reader would see."""

    dangers: list[str]
    words: str


def read_page(html: str) -> Page:
    """Read a page; recovery codes may be saved from an address that holds them as plain text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found = [one for one in reader.found if not one.startswith("<a href='data:text/plain;charset")]
    return Page(found, " ".join("".join(reader.text).split()))
