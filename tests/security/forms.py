"""Reading the forms of a page as a browser would, with what they hold when nobody has typed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]
WITHOUT_VALUE = {"submit", "button", "reset", "image", "file"}


@dataclass
class Form:
    """One form: where it goes, how, and its fields in order; files and buttons apart."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    """Names of the fields that take any text."""
    long: list[str] = field(default_factory=list)
    """Those of them that take lines."""

    def sent(self, **changes: str | list[str]) -> dict[str, list[str]]:
        """Return what is sent with some fields filled otherwise."""
        found: dict[str, list[str]] = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(value)
        for name, changed in changes.items():
            found[name] = changed if isinstance(changed, list) else [changed]
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._text: tuple[str, list[str]] | None = None
        self._select: tuple[str, list[tuple[str, bool]]] | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is None or "disabled" in given:
            return
        elif tag == "input" and given.get("name"):
            self._input(self._form, given)
        elif tag == "textarea":
            self._text = (given.get("name", ""), [])
        elif tag == "select":
            self._select = (given.get("name", ""), [])
        elif tag == "option" and self._select is not None:
            self._select[1].append((given.get("value", ""), "selected" in given))

    @staticmethod
    def _input(form: Form, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        if kind == "file":
            form.files.append(name)
        elif kind in {"checkbox", "radio"}:
            if "checked" in given:
                form.fields.append((name, given.get("value", "on")))
        elif kind not in WITHOUT_VALUE:
            form.fields.append((name, given.get("value", "")))
            if kind not in {"hidden", "number", "date", "datetime-local"}:
                form.written.append(name)

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif self._form is None:
            return
        elif tag == "textarea" and self._text is not None:
            name, parts = self._text
            self._form.fields.append((name, "".join(parts).removeprefix("\n")))
            self._form.written.append(name)
            self._form.long.append(name)
            self._text = None
        elif tag == "select" and self._select is not None:
            name, options = self._select
            chosen = next((value for value, is_chosen in options if is_chosen), None)
            if chosen is None and options:
                chosen = options[0][0]
            self._form.fields.append((name, chosen or ""))
            self._select = None


def forms_of(html: str) -> list[Form]:
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form_for(html: str, action: str, having: str = "") -> Form:
    """Return the first form that posts to `action`, with the field `having` where that is given."""
    for form in forms_of(html):
        is_there = form.action.partition("?")[0].partition("#")[0] == action.partition("?")[0]
        has_it = not having or any(name == having for name, _ in form.fields)
        if form.method == "post" and is_there and has_it:
            return form
    raise AssertionError(f"no form posts to {action}")
