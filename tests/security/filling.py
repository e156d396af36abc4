"""Forms as they are found on the site, filled in so that they succeed."""

from tests.security.acting import Act
from tests.security.forms import form_for
from tests.security.house import House

Sent = dict[str, list[str]]


def filled_form(house: House, row: Act, who: str) -> Sent:
    """Return what `who` sends: the form that `row.by` is shown, with the row's fields."""
    sent = {name: list(values) for name, values in _found(house, row).items()}
    for name, value in row.fields.items():
        text = value if isinstance(value, str) else value(house, who)
        sent[name] = [house.ids[text[1:]] if text.startswith("@") else text]
    return sent


_kept: dict[tuple[int, str], Sent] = {}


def _found(house: House, row: Act) -> Sent:
    """Return the fields of the form as somebody finds it who may send it; each is read once."""
    if row.page is None:
        return {}
    key = (id(house), row.label)
    if key not in _kept:
        page = house.get(row.by, house.filled(row.page, row.fill))
        assert page.status == 200, f"{row.by} gets {page.status} {page.location} at {row.page}"
        _kept[key] = form_for(page.text, house.filled(row.path, row.fill)).sent()
    return _kept[key]
