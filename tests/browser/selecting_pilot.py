"""The journey from the plan of the pilot to the public result."""

import csv
import io
import re
from datetime import timedelta

from govmatch.kit.clock import real_now
from tests.browser.selecting import DECLINES, ENTRIES, FIRST, RESERVE, SLUG, Case
from tests.browser.selecting_decision import BETTER_WHY, WHY
from tests.browser.selecting_mails import Mails
from tests.browser.selecting_people import Cast, Somebody
from tests.browser.selecting_triage import NOTE, TAG, day

TITLE = "First invoices of forty carpenters"
KPI = "Minutes to the first invoice"
LEARNT = "Forty firms sent their first invoice in nine minutes."
EVIDENCE = "Seventeen firms took part; the report is attached."


def plan(cast: Cast, case: Case, mails: Mails) -> None:
    """The authority writes a plan, the firm returns it once, then both agree."""
    astrid, bo = cast["astrid"], cast["bo"]
    astrid.visit("/pilots")
    astrid.follow(f'main li:has-text("{case.name(FIRST)}") a[href*="/pilots/new"]')
    astrid.send(
        {
            "title": TITLE,
            f"summary-{case.lang}": "Whether the first invoice takes ten minutes.",
            "budget": "400000",
            "starts": day(days=18),
            "ends": day(days=90),
        }
    )
    path = _path(astrid)
    for title, amount, due in (("Ready to start", "150000", 40), ("Results", "250000", 80)):
        astrid.visit(f"{path}/plan/milestones/new")
        sheet = {"title": title, "acceptance": "Both sides saw it work."}
        astrid.send({**sheet, "amount": amount, "due": day(days=due)})
    astrid.visit(f"{path}/plan/kpis/new")
    figures = {"unit": "minutes", "baseline": "30", "target": "10"}
    astrid.send({f"name-{case.lang}": KPI, **figures})
    _offer(astrid, path)
    mails.expect("pilots/to_answer", *FIRST.people)
    bo.visit(mails.link("pilots/to_answer", "bo"))
    bo.send({"remarks": "Please start a week later."}, form='form:has([value="return"])')
    mails.expect("pilots/to_answer", "astrid")
    assert "Please start a week later." in astrid.visit(mails.link("pilots/to_answer", "astrid"))
    astrid.visit(f"{path}/plan")
    astrid.send({"starts": day(days=25)})
    _offer(astrid, path)
    mails.expect("pilots/to_answer", *FIRST.people)
    assert TITLE not in cast.visitor.visit(f"/results/{SLUG}")
    bo.visit(mails.link("pilots/to_answer", "bo"))
    bo.send(form='form:has([value="agree"])')
    mails.expect("pilots/news", "astrid", "carla")
    for name in ("fritz", "lea", "dieter", "greta"):
        cast[name].visit(path, status=404)


def _path(person: Somebody) -> str:
    found = re.search(r"/pilots/(?!new)\w+", person.page.url)
    assert found
    return found[0]


def _offer(astrid: Somebody, path: str) -> None:
    astrid.visit(path)
    astrid.send(form='main form:has([value="agree"])')


def deliver(cast: Cast, case: Case, mails: Mails) -> None:
    """Nothing is measured before the pilot begins. The first milestone comes back once, then both
    are accepted; values come along.
    """
    astrid, bo = cast["astrid"], cast["bo"]
    path = mails.link("pilots/news", "astrid")
    bo.visit(path)
    milestones = bo.page.locator('main tbody a[href*="/milestones/"]')
    first, second = (one.get_attribute("href") or "" for one in milestones.all())
    _hand_in(bo, first, "Ten firms are ready.", "22", status=422)
    case.site.move_clock(by="week")
    _hand_in(bo, first, "Ten firms are ready.", "22")
    mails.expect("pilots/to_answer", "astrid")
    astrid.visit(mails.link("pilots/to_answer", "astrid"))
    astrid.send({"reasons": "Where is the list of firms?"}, button='[value="return"]')
    mails.expect("pilots/to_answer", *FIRST.people)
    assert "Where is the list of firms?" in bo.visit(mails.link("pilots/to_answer", "bo"))
    for milestone, text, minutes in ((first, EVIDENCE, "15"), (second, LEARNT, "9")):
        case.site.move_clock(by="day")  # of two values of one day the later one counts
        _hand_in(bo, milestone, text, minutes)
        mails.expect("pilots/to_answer", "astrid")
        astrid.visit(mails.link("pilots/to_answer", "astrid"))
        assert text in astrid.says()
        assert astrid.page.locator('main a[href*="/files/"]').count()
        astrid.send(button='[value="accept"]')
        mails.expect("pilots/news", *FIRST.people)


def _hand_in(bo: Somebody, milestone: str, text: str, minutes: str, *, status: int = 200) -> None:
    bo.visit(milestone)
    sheet = bo.page.locator("#main-form")
    sheet.locator('[type="file"]').set_input_files(
        {"name": "report.txt", "mimeType": "text/plain", "buffer": text.encode()}
    )
    field = sheet.locator('[name^="value-"]').get_attribute("name") or ""
    bo.send({"text": text, field: minutes}, status=status)
    assert text in bo.says()
    is_kept = bool(bo.page.locator("main .gm-prose").count())
    assert is_kept == (status == 200), "what was refused stands in the form alone"


def end(cast: Cast, case: Case, mails: Mails) -> None:
    """After the final presentation the authority states what comes of it."""
    astrid, path = cast["astrid"], mails.link("pilots/news", "bo").partition("/milestones")[0]
    astrid.visit(f"{path}/presentation")
    at = real_now() + timedelta(days=29)
    astrid.send({"at": at.strftime("%Y-%m-%dT10:00"), "place": "Room 1"})
    mails.expect("pilots/news", *FIRST.people)
    case.site.move_clock(by="day", times=3)
    astrid.visit(f"{path}/presentation")
    astrid.send(form='main form:has([value="held"])')
    astrid.visit(f"{path}/outcome")
    astrid.send({"outcome": "scale", f"reasons-{case.lang}": LEARNT, "cost": "390000"})
    mails.expect("pilots/news", *FIRST.people)
    assert LEARNT in cast["bo"].visit(mails.link("pilots/news", "bo"))


def complete(cast: Cast, case: Case, mails: Mails) -> None:
    """A manager closes the case; nobody is mailed about a state of the site."""
    eva = cast["eva"]
    eva.visit(f"{case.desk}/completion")
    eva.post("/completion")
    assert not eva.page.locator('main form[action*="/completion"]').count()
    mails.expect_none()


def publish(cast: Cast, case: Case) -> None:
    """Everybody reads the whole story, and of no firm that takes no part."""
    visitor = cast.visitor
    visitor.visit("/results")
    visitor.follow(f'main a[href^="/results/{SLUG}"]')
    said = visitor.says()
    for word in (case.title, BETTER_WHY, TITLE, KPI, LEARNT, case.name(FIRST)):
        assert word in said, word
    assert visitor.page.locator("main svg").count()
    cells = visitor.page.locator("main td").all_inner_texts()
    reported = [cell.split()[0] for cell in cells if re.fullmatch(r"\d+\smin", cell.strip())]
    assert reported == ["22", "15", "9"]
    hidden = [NOTE, TAG, WHY, EVIDENCE, "Journey"]
    hidden += [entry.mark for entry in ENTRIES]
    hidden += [case.name(entry) for entry in ENTRIES if entry not in {FIRST, RESERVE}]
    for word in hidden:
        assert word not in said, word
    file = case.site.get(f"/results/{SLUG}.csv")
    assert file.status_code == 200
    rows = list(csv.reader(io.StringIO(file.text)))
    assert any(case.name(FIRST) in cell for row in rows for cell in row)
    assert case.name(DECLINES) not in file.text
    assert SLUG in case.site.get("/results.csv").text
