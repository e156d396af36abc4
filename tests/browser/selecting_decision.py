"""The journey from the proposal to the reserve that moves up."""

from tests.browser.mails import address_of
from tests.browser.selecting import (
    DECLINES,
    ENTRIES,
    FIRST,
    LEFT_OUT,
    RESERVE,
    SLUG,
    TOO_LOW,
    Case,
    Entry,
)
from tests.browser.selecting_mails import Mails
from tests.browser.selecting_people import Cast, Somebody
from tests.browser.selecting_triage import CRITERIA, NOTE, TAG

WHY = "The best two by the published criteria."
BETTER_WHY = "The two with the highest means by the published criteria."
CORRECTION = "We especially liked the first page."
SUMMARY = "The way to the first invoice stays long."


def decide(cast: Cast, case: Case, mails: Mails) -> None:
    """Propose, return, propose again, confirm, read, correct, release."""
    eva, hanne, path = cast["eva"], cast["hanne"], f"{case.desk}/decision"
    eva.visit(path)
    eva.post("/decision/begin")
    _give_reasons(eva, case, LEFT_OUT)
    eva.visit(path)
    outcomes = _outcomes(case)
    eva.send({**outcomes, f"reasons-{case.lang}": WHY}, button='[value="propose"]')
    mails.expect("decisions/to_confirm", "hanne")
    assert not eva.page.locator('form[action*="/confirm"]').count(), "nobody does both"
    hanne.visit(mails.link("decisions/to_confirm", "hanne"))
    hanne.post("/return", {"remarks": "Please name the means."})
    mails.expect("decisions/returned", "eva")
    assert "Please name the means." in eva.visit(mails.link("decisions/returned", "eva"))
    eva.visit(path)
    eva.send({f"reasons-{case.lang}": BETTER_WHY}, button='[value="propose"]')
    mails.expect("decisions/to_confirm", "hanne")
    hanne.visit(mails.link("decisions/to_confirm", "hanne"))
    assert BETTER_WHY in hanne.says()
    hanne.post("/confirm")
    mails.expect("decisions/to_release", "eva")
    _nobody_reads_yet(cast, case)
    _read_outbox(cast["astrid"], eva.base + mails.link("decisions/to_release", "eva"), case)
    _release(eva, mails)
    everybody = [(name, letter_to(entry)) for entry in ENTRIES for name in entry.people]
    mails.expect_all({(address_of(name), kind) for name, kind in everybody})


def letter_to(entry: Entry) -> str:
    """Return the mail about an entry's letter: another one where it asks for an answer."""
    return "decisions/letter_to_answer" if entry in {FIRST, DECLINES} else "decisions/letter"


def _give_reasons(eva: Somebody, case: Case, entry: Entry) -> None:
    """The comments of the reviewers stand there already; a summary is added."""
    eva.visit(f"{case.desk}/decision/applications/{case.application(entry)}")
    for one in CRITERIA:
        kept = eva.page.locator(f'#main-form [name="r-{one}"]').input_value()
        assert f"{entry.mark} on {one}." in kept
    eva.send({"r-": SUMMARY})


def _outcomes(case: Case) -> dict[str, str]:
    """Two are selected, one is the reserve; who is below a minimum cannot be either."""
    chosen = {FIRST: "selected", DECLINES: "selected", RESERVE: "reserve"}
    fields = {
        f"outcome-{case.application(entry)}": chosen.get(entry, "not_selected") for entry in ENTRIES
    }
    return {**fields, f"place-{case.application(RESERVE)}": "1", "confirm_days": "14"}


def _nobody_reads_yet(cast: Cast, case: Case) -> None:
    for entry in ENTRIES:
        person, path = cast[entry.people[0]], f"/applications/{case.application(entry)}"
        person.visit(f"{path}/answer", status=404)
        assert BETTER_WHY not in person.visit(path)
        assert not person.page.locator('a[href*="/letters"]').count()
    assert BETTER_WHY not in cast.visitor.visit(f"/challenges/{SLUG}")


def _read_outbox(astrid: Somebody, path: str, case: Case) -> None:
    """One letter is corrected and read by itself, the others are marked together."""
    astrid.visit(path)
    astrid.follow(f'main table a:has-text("{case.name(FIRST)}")')
    body = astrid.page.locator('#main-form [name="body"]')
    assert body.get_attribute("lang") == FIRST.lang
    text = body.input_value()
    assert f"{FIRST.mark} on fit." in text
    astrid.send({"body": f"{text}\n\n{CORRECTION}"}, button=".kern-btn--secondary")
    if astrid.page.locator('main form[action*="/read"]').count():
        astrid.post("/read")
    astrid.visit(path)
    for box in astrid.page.locator('[name="read[]"]').all():
        box.check()
    astrid.post("/read")
    assert not astrid.page.locator('[name="read[]"]').count()


def _release(eva: Somebody, mails: Mails) -> None:
    eva.visit(mails.link("decisions/to_release", "eva"))
    eva.post("/release")
    assert not eva.page.locator('main form[action*="/release"]').count()


def read_letters(cast: Cast, case: Case, mails: Mails) -> None:
    """Each firm reads its own letter in the language of its application, and no other."""
    for entry in ENTRIES:
        for name in entry.people:
            said = cast[name].visit(mails.link(letter_to(entry), name))
            _is_own_letter(cast[name], said, case, entry)
    other = mails.link(letter_to(FIRST), FIRST.people[0])
    cast[LEFT_OUT.people[0]].visit(other, status=404)
    cast.visitor.page.goto(cast.visitor.base + other)
    assert "/login" in cast.visitor.page.url
    assert CORRECTION in cast["carla"].visit(other)
    assert SUMMARY in cast["dieter"].visit(mails.link("decisions/letter", "dieter"))


def _is_own_letter(person: Somebody, said: str, case: Case, entry: Entry) -> None:
    letter = person.page.locator("main article .gm-prose")
    assert letter.get_attribute("lang") == entry.lang
    assert case.name(entry) in said
    assert f"{entry.mark} on team." in said
    for word in (NOTE, TAG, "{confirm_by}", "Finn", "Greta"):
        assert word not in said
    for other in ENTRIES:
        if other is not entry:
            assert case.name(other) not in said
    may_answer = person.page.locator('main a[href*="/answer"]').count()
    assert bool(may_answer) == (entry in {FIRST, DECLINES})


def answer(cast: Cast, case: Case, mails: Mails) -> None:
    """One firm takes its place; the other is reminded a week later, and declines."""
    bo, fritz = cast["bo"], cast["fritz"]
    bo.visit(mails.link(letter_to(FIRST), "bo"))
    bo.follow('main a[href*="/answer"]')
    bo.send({"reply": "confirmed"})
    mails.expect("decisions/answered", "astrid", "eva", "hanne")
    case.site.move_clock(by="day", times=8)
    case.site.stop()
    case.site.start()  # what is due is looked for at once
    mails.expect("decisions/answer_due", "fritz")
    fritz.visit(mails.link("decisions/answer_due", "fritz"))
    fritz.send({"reply": "declined", "reason": "No time before the summer."})
    mails.expect("decisions/answered", "astrid", "eva", "hanne")
    said = cast["eva"].visit(mails.link("decisions/answered", "eva"))
    assert "No time before the summer." in said


def move_up(cast: Cast, case: Case, mails: Mails) -> None:
    """The first reserve is offered the place by a decision of its own, and takes it."""
    eva, hanne, lea = cast["eva"], cast["hanne"], cast["lea"]
    eva.follow('main a[href*="/successor"]')
    eva.send(
        {
            "successor": case.application(RESERVE),
            f"reasons-{case.lang}": "A place became free.",
            "confirm_days": "7",
        }
    )
    mails.expect("decisions/to_confirm", "hanne")
    path = mails.link("decisions/to_confirm", "hanne")
    hanne.visit(path)
    hanne.post("/confirm")
    mails.expect("decisions/to_release", "eva")
    hanne.visit(path)
    hanne.page.locator('[name="read[]"]').first.check()
    hanne.post("/read")
    _release(eva, mails)
    mails.expect("decisions/letter_to_answer", *RESERVE.people)
    lea.visit(mails.link("decisions/letter_to_answer", "lea"))
    lea.follow('main a[href*="/answer"]')
    lea.send({"reply": "confirmed"})
    mails.expect("decisions/answered", "astrid", "eva", "hanne")
    for entry in (LEFT_OUT, TOO_LOW):
        person = cast[entry.people[0]]
        said = person.visit(f"/applications/{case.application(entry)}/letters")
        assert person.page.locator('main a[href*="/letters/"]').count() == 1
        assert case.name(RESERVE) not in said
