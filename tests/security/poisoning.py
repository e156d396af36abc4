"""Filling every form with what would run somewhere, through the pages of the site itself."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.security.forms import Form, form_for
from tests.security.house import House
from tests.unit.files.samples import pdf

NEW = "somebody-new@doors.example"
RUN = "zxrun()"
FORMULA = "=1+zx"
TINY = f"""{FORMULA}"'><script>{RUN}</script> http://evil.example"""
SHORT = f"""{TINY}<img src=x onerror={RUN}>{{{{7777*7}}}}"""
LONG = f"""{SHORT}
[zx](javascript:{RUN}) [zx](java&#x0A;script:{RUN}) <javascript:{RUN}> ![zx](x" onerror="{RUN})
[zx]: data:text/html,<script>{RUN}</script>
<svg/onload={RUN}> <iframe srcdoc="<script>{RUN}</script>"> <a href="x" onclick={RUN}>zx</a>
`<script>{RUN}</script>` <!-- --!><img src=x onerror={RUN}> </textarea><script>{RUN}</script>
{{{{7777*7}}}} {{% import os %}} ${{7777*7}} #{{7777*7}} <%= 7777*7 %> {{0.__class__}} %(name)s
http://evil.example/zx www.evil.example
"""
CALCULATED = str(7777 * 7)
WRONG = re.compile(r'href="#f-([^"]+)"')


@dataclass
class Poisoned:
    """Which fields took something, by who sent it and where to."""

    taken: dict[str, list[str]] = field(default_factory=dict)

    def fields(self) -> int:
        return sum(map(len, self.taken.values()))


def poison(
    house: House,
    into: Poisoned,
    who: str,
    page: str,
    action: str = "",
    having: str = "",
    /,
    **fixed: str,
) -> None:
    """Send the form at `page` with every text field poisoned, as far as each takes it.

    A field that refuses gets something shorter, and at last what it held before. Where several
    forms go to `action`, it is the one that has the field `having`.
    """
    action = action or page
    shown = house.get(who, page)
    assert shown.status == 200, f"{who} gets {shown.status} {shown.location} at {page}"
    form = form_for(shown.text, action, having)
    tries: Counter[str] = Counter()
    got = house.post(who, action, {**form.sent(**_filled(form, tries)), **fixed})
    for _ in range(12):
        if got.status != 422:
            break
        wrong = set(WRONG.findall(got.text)) - fixed.keys()
        assert wrong, f"{action} refuses and names no field"
        tries.update(wrong)
        got = house.post(who, action, {**form.sent(**_filled(form, tries)), **fixed})
    assert got.status in {200, 303}, f"{action} answers {got.status} to {who}"
    taken = [name for name in form.written if tries[name] < len(_ladder(form, name))]
    into.taken[f"{who} {action}"] = [name for name in taken if name not in fixed]


def _ladder(form: Form, name: str) -> list[str]:
    return [LONG, SHORT, TINY] if name in form.long else [SHORT, TINY]


def _filled(form: Form, tries: Counter[str]) -> dict[str, str | list[str]]:
    ladders = {name: _ladder(form, name) for name in form.written}
    return {
        name: ladder[tries[name]] for name, ladder in ladders.items() if tries[name] < len(ladder)
    }


def upload(house: House, who: str, page: str, field_name: str, name: str, **fixed: str) -> None:
    """Add a file of that name to a form, as a browser would write it."""
    form = form_for(house.get(who, page).text, page)
    lines = b""
    for key, value in [*((k, v) for k, v in form.fields if k not in fixed), *fixed.items()]:
        lines += f'--zx\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
    quoted = name.replace('"', "%22")
    head = f'--zx\r\nContent-Disposition: form-data; name="{field_name}"; filename="{quoted}"\r\n'
    body = lines + head.encode() + b"\r\n" + pdf(b"zx") + b"\r\n--zx--\r\n"
    headers = [
        ("origin", house.door.origin),
        ("content-type", "multipart/form-data; boundary=zx"),
    ]
    got = house.ask(who, "POST", page, headers=headers, body=body)
    assert got.status == 303, got.status


def poison_all(house: House, more: Callable[[House, Poisoned], None]) -> Poisoned:
    """Poison every field that a person can fill, and let what was written become public.

    `more` are the fields of the stages after the deadline.
    """
    into, ids = Poisoned(), house.ids
    nordlys, hidden = f"/firm/{ids['firm nordlys-vision']}", f"/firm/{ids['firm hidden']}"
    for firm, who in ((nordlys, "bo"), (hidden, "orla")):
        for section in ("basics", "offer"):
            poison(house, into, who, f"{firm}/edit/{section}")
        poison(house, into, who, f"{firm}/evidence/new", kind="iso-27001")
    poison(house, into, "newcomer", "/firm/new", country="DK", none_of_these="yes", shown="yes")
    _challenges(house, into)
    _applications(house, into)
    more(house, into)
    poison(house, into, "kim", "/admin/authorities/doors")
    poison(house, into, "kim", "/admin/programmes/new", template="govtech", slug="poisoned")
    poison(house, into, "visitor", "/register", email=NEW, terms="yes")
    invited = f"/invitations/{ids['token firm']}"
    poison(house, into, "visitor", invited, terms="yes")
    people = ("bo", "carla", "orla", "astrid", "hanne", "eva", "kim", "jens", "newcomer", "quinn")
    for who in people:
        poison(house, into, who, "/account/details")
    poison(house, into, "bo", f"{nordlys}/members", email=NEW)
    return into


def _challenges(house: House, into: Poisoned) -> None:
    def desk(key: str) -> str:
        return f"/desk/challenges/{house.ids[f'challenge {key}']}"

    poison(house, into, "astrid", "/desk/challenges/new", place="sikkerhedsstyrelsen/govtech")
    kinds = {"q1-type": "choice", "q2-type": "long_text", "q3-type": "text", "q4-type": "several"}
    poison(house, into, "astrid", f"{desk('draft')}/edit", **kinds)
    poison(house, into, "eva", f"{desk('written')}/amend", **kinds)
    poison(house, into, "hanne", desk("waiting"), f"{desk('waiting')}/return")
    poison(house, into, "eva", desk("other"), f"{desk('other')}/cancel")
    for who, verb in (("astrid", "submit"), ("hanne", "approve"), ("eva", "publish")):
        fields = form_for(house.get(who, desk("draft")).text, f"{desk('draft')}/{verb}").sent()
        got = house.post(who, f"{desk('draft')}/{verb}", fields)
        assert got.status == 303, (verb, got.status, WRONG.findall(got.text))


def _applications(house: House, into: Poisoned) -> None:
    one = f"/applications/{house.ids['application sent']}"
    for section in ("firm", "solution", "pilot-plan", "team", "price"):
        poison(house, into, "bo", f"{one}/sections/{section}")
    upload(house, "bo", f"{one}/sections/attachments", "q-documents", f"{SHORT}.pdf")
    form = form_for(house.get("bo", f"{one}/check").text, f"{one}/submit")
    got = house.post("bo", f"{one}/submit", form.sent(confirmed="yes"))
    assert got.status == 303, got.status
