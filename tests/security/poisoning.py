"""Filling every form with what would run somewhere, through the pages of the site itself."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from govmatch.challenges.sections import Section
from tests.security.asking import Got
from tests.security.forms import Form, form_for
from tests.security.house import House
from tests.unit.files.samples import pdf

NEW = "somebody-new@doors.example.org"
RUN = "zxrun()"
FIXED = {"voices": {"voice-0-kind": "chamber", "voice-1-kind": "chamber"}}
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
) -> Got:
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
    return got


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
    for part in ("terms", "rules", "voices", "letters/selected"):
        poison(house, into, "kim", f"/admin/programmes/poisoned/{part}", **FIXED.get(part, {}))
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
    _questions(house, f"{desk('draft')}/edit/form")
    kinds = {"q5-type": "text", "q2-c2-type": "text", "q2-c3-type": "text"}
    for section in Section:
        fixed = kinds if section is Section.FORM else {}
        poison(house, into, "astrid", f"{desk('draft')}/edit/{section.value}", **fixed)
    _amend(house, into, desk("written"), {"q1-type": "long_text"})
    _remark(house, into, desk("waiting"))
    poison(house, into, "eva", desk("other"), f"{desk('other')}/cancel")
    for who, verb in (("astrid", "submit"), ("hanne", "approve"), ("eva", "publish")):
        fields = form_for(house.get(who, desk("draft")).text, f"{desk('draft')}/{verb}").sent()
        got = house.post(who, f"{desk('draft')}/{verb}", fields)
        assert got.status == 303, (verb, got.status, WRONG.findall(got.text))


def _questions(house: House, page: str) -> None:
    """Make questions of several kinds, since the fields that a kind has come with the kind."""
    asked = {
        "q1-type": "choice", "q1-label-en": "Q1", "q1-label-da": "Q1",
        "q1-options-en": "A\nB", "q1-options-da": "A\nB",
        "q2-type": "table", "q2-label-en": "Q2", "q2-label-da": "Q2",
        "q2-c1-type": "text", "q2-c1-label-en": "C", "q2-c1-label-da": "C",
        "q3-type": "number", "q3-label-en": "Q3", "q3-label-da": "Q3",
        "q4-type": "long_text", "q4-label-en": "Q4", "q4-label-da": "Q4",
    }  # fmt: skip
    form = form_for(house.get("astrid", page).text, page)
    assert house.post("astrid", page, {**form.sent(), **asked}).status == 303


def _remark(house: House, into: Poisoned, one: str) -> None:
    """Return it with remarks, which are answered, and make a link to its preview."""
    poison(house, into, "hanne", f"{one}/remarks")
    fields = form_for(house.get("hanne", f"{one}/remarks").text, f"{one}/remarks").sent()
    got = house.post("hanne", f"{one}/return", fields)
    assert got.status == 303, (got.status, WRONG.findall(got.text))
    poison(house, into, "astrid", f"{one}/remarks", f"{one}/remarks/answer")
    poison(house, into, "astrid", f"{one}/previews")


def _amend(house: House, into: Poisoned, one: str, kinds: dict[str, str]) -> None:
    """Change what is published: the check shows it, and its button makes it public."""
    check = f"{one}/amend/check"
    # A title without a file is refused as a whole.
    titles = {f"new{n}-title-{lang}": "" for n in (1, 2, 3) for lang in ("de", "da", "en")}
    got = poison(house, into, "eva", f"{one}/amend", check, **kinds, **titles)
    done = house.post("eva", f"{one}/amend", form_for(got.text, check).sent())
    assert done.status == 303, (done.status, WRONG.findall(done.text))


def _applications(house: House, into: Poisoned) -> None:
    one = f"/applications/{house.ids['application sent']}"
    for section in ("firm", "solution", "pilot-plan", "team", "price"):
        poison(house, into, "bo", f"{one}/sections/{section}")
    upload(house, "bo", f"{one}/sections/attachments", "q-documents", f"{SHORT}.pdf")
    form = form_for(house.get("bo", f"{one}/check").text, f"{one}/submit")
    got = house.post("bo", f"{one}/submit", form.sent(confirmed="yes"))
    assert got.status == 303, got.status
