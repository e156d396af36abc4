"""Forms as they are found on the site, filled in so that they succeed."""

from tests.security.acts import Act
from tests.security.forms import form_for
from tests.security.house import House

Sent = dict[str, list[str]]


def filled_form(house: House, row: Act, who: str) -> Sent:
    """Return what `who` sends: the form that `row.by` is shown, with the row's fields."""
    sent = {name: list(values) for name, values in _found(house, row).items()}
    for name, value in row.fields.items():
        text = value if isinstance(value, str) else value(house, who)
        sent[_named(house, name)] = [house.ids[text[1:]] if text.startswith("@") else text]
    return sent


def _named(house: House, name: str) -> str:
    """Return the name of a field; those made for one thing hold its id, here in braces."""
    before, brace, rest = name.partition("{")
    inside, _, after = rest.partition("}")
    return f"{before}{house.ids[inside]}{after}" if brace else name


_kept: dict[tuple[int, str], Sent] = {}


def _found(house: House, row: Act) -> Sent:
    """Return the fields of the form as somebody finds it who may send it; each is read once."""
    if row.page is None:
        return {}
    key = (id(house), row.label)
    if key not in _kept:
        page = house.get(row.by, house.filled(row.page, row.fill))
        assert page.status == 200, f"{row.by} gets {page.status} {page.location} at {row.page}"
        action = house.filled(row.form or row.path, row.fill)
        _kept[key] = form_for(page.text, action).sent()
        house.put_back()  # reading may itself be worth a row of the journal
    return _kept[key]
