"""/receipts/verify: is a receipt of this site genuine? For everybody, without the database.

What is checked is kept nowhere, and no more is said of it than the receipt says itself.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from govmatch.accounts.actions.links import client_group
from govmatch.applications.receipts import BEGIN, END, Facts, Finding, Verdict, verify
from govmatch.kit.i18n import Message, msg
from govmatch.kit.limits import Limit, spend
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.fields import Form, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, post
from govmatch.web.visit import Visit, WritingVisit

UPLOAD_MB = 3  # a receipt holds every answer twice, and no file
CHECKS = Limit("receipts_checked", 60, timedelta(hours=1))
"""By one client; enough for all receipts of a case, too little to keep a server busy."""

BEGINS, ENDS = BEGIN.strip("-"), END.strip("-")

SAID: dict[Finding, tuple[str, Message, Message]] = {
    Finding.GENUINE: (
        "success",
        msg("This receipt is genuine"),
        msg("This site gave it out, and nothing in it was changed since."),
    ),
    Finding.ALTERED: (
        "danger",
        msg("This receipt was changed"),
        msg("Something in it is no longer what this site gave out. Ask for the saved file itself."),
    ),
    Finding.FOREIGN: (
        "danger",
        msg("This receipt is not from this site"),
        msg("It is whole, but another site sealed it, or this site under an earlier key."),
    ),
    Finding.UNREADABLE: (
        "warning",
        msg("This is no whole receipt"),
        msg(
            "The last part is missing, from the line {begin} to the line {end}. Choose the file as "
            "it was saved.",
            begin=BEGINS,
            end=ENDS,
        ),
    ),
}


@dataclass(frozen=True)
class VerifyPage:
    """`verdict` is (kind, title, explanation) once something was checked."""

    form: Form
    verdict: tuple[str, Message, Message] | None
    facts: Facts | None
    at: datetime | None
    zone: str
    files: list[str]
    """The SHA-256 of each file that was sent."""
    action: str
    begins: str
    ends: str


def ask(visit: Visit) -> Answer:
    """Ask for a receipt."""
    return _page(visit, filled({}))


def check(visit: WritingVisit) -> Answer:
    """Say what checking a receipt found, and what it says where it is genuine.

    Raises `TooMany` after 60 within an hour from one place.
    """
    form = typed(visit.form)
    if visit.switching:
        return _page(visit, form)
    upload = visit.form.file("receipt")
    text = upload.content[:].decode("utf-8", "replace") if upload else visit.form.one("text")
    if not text.strip():
        wrong = msg("Choose the saved receipt, or paste its text.")
        return _page(visit, replace(form, errors={"receipt": wrong}), status=422)
    spend(visit.session, CHECKS, client_group(visit.client), now=visit.real_now)
    return _page(visit, form, verify(text, visit.site.signer))


def _page(visit: Visit, form: Form, verdict: Verdict | None = None, *, status: int = 200) -> Answer:
    is_good = verdict is not None and verdict.finding is Finding.GENUINE
    facts = verdict.facts if verdict is not None and is_good else None
    values = VerifyPage(
        form=form,
        verdict=SAID[verdict.finding] if verdict is not None else None,
        facts=facts,
        at=datetime.fromisoformat(facts.at).astimezone(UTC) if facts is not None else None,
        zone=visit.zone,
        files=sorted(verdict.files.values()) if verdict is not None and is_good else [],
        action=visit.url("/receipts/verify"),
        begins=BEGINS,
        ends=ENDS,
    )
    return page(visit, "applications/verify.html", values, status=status, main_form=True)


routes = [
    get("/receipts/verify", ask, anyone),
    post("/receipts/verify", check, anyone, upload_mb=UPLOAD_MB),
]
