"""A form as a browser would send it back: every field of a page with what stands in it."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from tests.site import Browser

Fields = dict[str, list[str]]


class _Forms(HTMLParser):
    """Collects what each form of a page would send, by the path of its action."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: dict[str, Fields] = {}
        self._fields: Fields | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self._fields = self.forms.setdefault(given.get("action", "").split("?")[0], {})
        elif self._fields is None:
            return
        elif tag == "input" and name and _is_sent(given):
            self._fields.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "textarea":
            self._area, self._text = name, ""
        elif tag == "select":
            self._select = name
            self._fields.setdefault(name, [""])
        elif tag == "option" and self._select is not None and "selected" in given:
            self._fields[self._select] = [given.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None and self._fields is not None:
            # Browsers leave out the first line end, which the page puts there.
            self._fields.setdefault(self._area, []).append(self._text.removeprefix("\n"))
            self._area = None


def _is_sent(given: Mapping[str, str]) -> bool:
    if given.get("type") in {"checkbox", "radio"}:
        return "checked" in given
    return given.get("type") not in {"submit", "button", "file"}


def fields_of(html: str, action: str) -> Fields:
    """Return what the form with this action would send as it stands."""
    parser = _Forms()
    parser.feed(html)
    assert action in parser.forms, f"no form for {action}, but {sorted(parser.forms)}"
    return parser.forms[action]


def typed(fields: Fields, **changes: Any) -> Fields:
    """Return the fields with something else typed; `a_b` stays, `a__b` stands for `a-b`."""
    made = {name: list(values) for name, values in fields.items()}
    for name, value in changes.items():
        key = name.replace("__", "-")
        if isinstance(value, list):
            made.pop(key, None)
            made[f"{key}[]"] = value
        else:
            made[key] = [value]
    return made


def editor(slug: str, section: str = "") -> str:
    """Return the address of a section of a draft, or of the list of them."""
    return f"/desk/challenges/{slug}/edit" + (f"/{section}" if section else "")


def section_form(browser: Browser, slug: str, section: str) -> Fields:
    """Return the fields of a section as it opens."""
    answer = browser.get(editor(slug, section))
    assert answer.status_code == 200, answer.text
    return fields_of(answer.text, editor(slug, section))


def save(browser: Browser, slug: str, section: str, /, **changes: Any) -> Any:
    """Open a section, type something else, and save."""
    fields = section_form(browser, slug, section)
    return browser.post(editor(slug, section), typed(fields, **changes))
