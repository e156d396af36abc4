"""What a form does not ask for cannot be set by sending it along.

Each form that succeeds is sent twice as it is and once with the names of columns added; then every
cell of every table is compared. What differs between the two plain runs is drawn by lot or tells
the time, and says nothing.
"""

import re

import pytest

from tests.security.acting import ACTS
from tests.security.acts import Act
from tests.security.filling import filled_form
from tests.security.house import House

pytestmark = pytest.mark.security(10)

ADDED = {
    "id": "1", "public_id": "x7m3k9q2w5zz", "slug": "taken-over", "reference": "AAAA-BBBB",
    "role": "administrator", "roles": "administrator", "is_admin": "1", "admin": "true",
    "status": "submitted", "state": "published", "opened_at": "2020-01-01", "score": "5",
    "published_at": "2020-01-01T00:00", "closed_at": "", "disabled_at": "", "until": "",
    "owner": "1", "owner_id": "1", "owner_kind": "site", "person": "1", "person_id": "1",
    "actor_id": "1", "author_id": "1", "editors": "[]", "submitted_by": "1", "approved_by": "1",
    "approved_at": "2020-01-01", "created_by": "1", "by": "1", "invited_by": "1", "granted_by": "1",
    "firm": "1", "firm_id": "1", "challenge_id": "1", "authority_id": "1", "programme_id": "1",
    "authority": "erhvervsstyrelsen", "programme": "govtech", "object_kind": "site",
    "object_id": "0", "object_label": "Site", "email_verified": "1", "verified_at": "2020-01-01",
    "email": "taken-over@doors.example.org", "address": "taken-over@doors.example.org", "salt": "0",
    "totp_seed": "0", "totp_confirmed_at": "", "factor_at": "2020-01-01", "token_digest": "0",
    "is_public": "1", "listed": "yes", "matching": "", "single_key": "1:1", "current_version": "9",
    "submitted_at": "2020-01-01", "withdrawn_at": "", "content_hash": "0", "answers": "{}",
    "source_path": "x", "source_digest": "0", "revision_id": "99", "version_id": "1",
    "programme_version": "1", "created_at": "2020-01-01", "updated_at": "2020-01-01",
    "expires_at": "2099-01-01", "accepted_at": "", "revoked_at": "", "used_at": "",
    "__class__": "x", "_method": "DELETE", "csrf": "x", "name_key": "x", "registration_key": "x",
}  # fmt: skip

Cells = dict[tuple[str, object, int], object]


def cells(house: House) -> Cells:
    """Return every cell by table, row and column, without times and the digests of sent forms."""
    year = house.world.now.year
    times = re.compile(rf"({year}|{year + 1})-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.:+]*")
    without = {name for (name,) in house.rows("SELECT name FROM pragma_table_list WHERE wr")}
    number = dict.fromkeys(without, "row_number() OVER ()")
    return {
        (table, row[0], place): times.sub("now", value) if isinstance(value, str) else value
        for table in house.tables()
        if table != "form_keys"
        for row in house.rows(
            f'SELECT {number.get(table, "rowid")}, * FROM "{table}"'  # noqa: S608 -- our own names
        )
        for place, value in enumerate(row)
    }


def after(house: House, row: Act, added: dict[str, str]) -> tuple[int, Cells]:
    house.put_back()
    form = filled_form(house, row, row.by)
    known = {name.removesuffix("[]") for name in form}
    sent = form | {name: [text] for name, text in added.items() if name not in known}
    got = house.post(row.by, house.filled(row.path, row.fill), sent)
    return got.status, cells(house)


@pytest.mark.parametrize(
    "row", [row for row in ACTS if row.expected(row.by) in {200, 303}], ids=lambda row: row.label
)
def test_a_form_sets_nothing_that_it_does_not_ask_for(house: House, row: Act) -> None:
    status, plain = after(house, row, {})
    _, again = after(house, row, {})
    more_status, more = after(house, row, ADDED)
    assert more_status == status
    told = {cell for cell in plain.keys() | again.keys() if plain.get(cell) != again.get(cell)}
    differing = {
        cell: (plain.get(cell), more.get(cell))
        for cell in plain.keys() | more.keys()
        if plain.get(cell) != more.get(cell) and cell not in told
    }
    assert differing == {}
