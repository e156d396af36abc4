"""From a need to a published challenge, step by step, with the mails of each step."""

from playwright.sync_api import expect

from tests.browser.mails import Mails, address_of
from tests.browser.publishing import AUTHORITY, FIRMS, OFFICE, PROGRAMME, PROPOSER, Story
from tests.browser.selecting_people import Cast

LANGS = ("de", "da", "en")
NEED = {
    "de": "Prüfende tippen denselben Mangel in drei Systeme",
    "da": "Tilsynsførende taster den samme mangel i tre systemer",
    "en": "Inspectors type the same defect into three systems",
}
SUFFERING = {
    "de": "Mängel werden vor Ort notiert und im Büro dreimal abgetippt.",
    "da": "Mangler noteres på stedet og tastes tre gange på kontoret.",
    "en": "Defects are noted on site and typed in three times at the office.",
}
REMARK = "Quillback: how often does it happen?"
OFTEN = {
    "de": "Das geschieht vierzig Mal in der Woche.",
    "da": "Det sker fyrre gange om ugen.",
    "en": "It happens forty times a week.",
}
PUBLISHED_AFTER, OPENS_AFTER, ASKED_UNTIL, CLOSES_AFTER = 2, 3, 10, 18
"""Days from the one on which the draft is written."""
CPV = "71630000"
ROLE = "accounts/role_given"
NEXT = 'button[value="next"]'
PRIMARY = ".kern-btn--primary"
WRITTEN = {
    "problem": ("problem",),
    "users": ("users",),
    "goal": ("goal",),
    "data": ("data",),
    "constraints": ("constraints",),
    "offer": ("offer", "afterwards"),
}


def day(cast: Cast, days: int, hour: str = "") -> str:
    """Return a local time as a field takes it, counted from the first day of the journey."""
    assert isinstance(cast.case, Story)
    return cast.case.day(days, hour)


def receive_roles(mails: Mails) -> None:
    mails.expect(ROLE, *OFFICE, *FIRMS)


def propose(cast: Cast, mails: Mails) -> str:
    """Gro proposes a need, which everybody reads at once; returns its address."""
    gro, lang = cast[PROPOSER], cast.case.lang
    gro.visit(f"/needs/new?programme={PROGRAMME}")
    said = gro.send(
        {
            f"title-{lang}": NEED[lang],
            f"suffering-{lang}": SUFFERING[lang],
            "theme": "inspections",
            "country": "DK",
            "authority": AUTHORITY,
        }
    )
    assert NEED[lang] in said
    path = gro.page.url.removeprefix(gro.base).partition("?")[0]
    assert SUFFERING[lang] in cast.visitor.visit(path)
    mails.expect_none()
    return path


def support(cast: Cast, mails: Mails, need: str) -> None:
    """Twelve firms stand behind it; who works at its authority cannot."""
    for name in FIRMS:
        someone = cast[name]
        someone.visit(need)
        someone.send(form='main form[action*="/support"]')
        cast.leave(name)
    said = cast.visitor.visit(need)
    assert "12" in said
    astrid = cast["astrid"]
    astrid.visit(need)
    assert not astrid.page.locator('main form[action*="/support"]').count()
    mails.expect_none()


def take_up(cast: Cast, mails: Mails, need: str) -> str:
    """Eva says what the analysis found and takes it up; returns the challenge's short name."""
    eva, lang = cast["eva"], cast.case.lang
    eva.visit(need)
    eva.send({"act": "analyse", f"text-{lang}": OFTEN[lang]}, form='main form[action*="/decide"]')
    mails.expect("needs/analysed", PROPOSER)
    eva.visit(need)
    eva.follow('main a[href*="/take-up"]')
    eva.send({"authority": AUTHORITY})
    mails.expect_all(
        {
            (address_of(PROPOSER), "needs/taken_up"),
            (address_of("astrid"), "challenges/from_need"),
        }
    )
    slug = eva.page.url.partition("/desk/challenges/")[2].partition("?")[0]
    cast[PROPOSER].visit(mails.link("needs/taken_up", PROPOSER))
    return slug


def write(cast: Cast, mails: Mails, slug: str) -> None:
    """Astrid writes every section in three languages and records the procurement route."""
    astrid, lang, desk = cast["astrid"], cast.case.lang, f"/desk/challenges/{slug}"
    assert NEED[lang] in astrid.visit(mails.link("challenges/from_need", "astrid"))
    astrid.visit(f"{desk}/edit/topic")
    words = {f"title-{one}": NEED[one] for one in LANGS}
    words |= {f"summary-{one}": SUFFERING[one] for one in LANGS}
    astrid.page.locator('[name="cpv_query"]').fill(CPV[:5])
    astrid.page.locator('button[value="find-codes"]').click()
    astrid.page.locator(f'[name="cpv[]"][value="{CPV}"]').wait_for(state="attached")
    astrid.send({**words, "cpv[]": CPV}, button=NEXT)
    for section, parts in WRITTEN.items():
        texts = {f"{part}-{one}": SUFFERING[one] for part in parts for one in LANGS}
        assert astrid.page.url.partition("?")[0].endswith(f"/edit/{section}")
        astrid.send(texts, button=NEXT)
    astrid.visit(f"{desk}/edit/budget")
    astrid.send({"budget_min": "100000", "budget_max": "300000", "pilots_max": "2"}, button=NEXT)
    astrid.send(
        {
            "opens": day(cast, OPENS_AFTER, "08:00"),
            "questions_until": day(cast, ASKED_UNTIL, "12:00"),
            "closes": day(cast, CLOSES_AFTER),
        },
        button=NEXT,
    )
    astrid.visit(f"{desk}/route?each=300000&pilots=2&follow_on=&currency=DKK&buyer=central")
    astrid.send({"route": "other", "named": "R", "reason": OFTEN[lang]})
    mails.expect_none()


def submit(cast: Cast, mails: Mails, slug: str) -> None:
    astrid = cast["astrid"]
    astrid.visit(f"/desk/challenges/{slug}")
    astrid.post("/submit")
    mails.expect("challenges/submitted", "hanne")
    assert not astrid.page.locator('main form[action*="/approve"]').count()


def return_(cast: Cast, mails: Mails, slug: str) -> None:
    """Hanne remarks on one section; the mail says that there is a remark and not what it says."""
    hanne = cast["hanne"]
    hanne.visit(mails.link("challenges/submitted", "hanne"))
    hanne.visit(f"/desk/challenges/{slug}/remarks")
    hanne.send({"new-problem": REMARK}, button='button[formaction*="/return"]')
    mails.expect("challenges/returned", "astrid")
    assert "Quillback" not in mails.said("challenges/returned", "astrid")


def correct(cast: Cast, mails: Mails, slug: str) -> None:
    """Astrid reads the remark beside the section, changes it, answers, and submits again."""
    astrid, desk = cast["astrid"], f"/desk/challenges/{slug}"
    assert REMARK in astrid.visit(mails.link("challenges/returned", "astrid"))
    assert REMARK in astrid.visit(f"{desk}/edit/problem")
    astrid.send({f"problem-{one}": OFTEN[one] for one in LANGS}, button=NEXT)
    astrid.visit(f"{desk}/remarks")
    done = astrid.page.locator('[name^="done-"]').first.get_attribute("name") or ""
    astrid.send({done: "yes"})
    submit(cast, mails, slug)


def approve(cast: Cast, mails: Mails, slug: str) -> None:
    """Hanne sees what has changed since, and approves."""
    hanne, lang = cast["hanne"], cast.case.lang
    assert OFTEN[lang] in hanne.visit(f"/desk/challenges/{slug}/remarks")
    hanne.visit(f"/desk/challenges/{slug}")
    hanne.post("/approve")
    mails.expect_all(
        {
            (address_of("astrid"), "challenges/approved"),
            (address_of("eva"), "challenges/to_publish"),
        }
    )


def publish(cast: Cast, mails: Mails, slug: str) -> None:
    """Eva sets a time; before it there is no such page, from it everybody reads it."""
    eva, visitor, page = cast["eva"], cast.visitor, f"/challenges/{slug}"
    eva.visit(mails.link("challenges/to_publish", "eva"))
    eva.send(
        {"when": "at", "at": day(cast, PUBLISHED_AFTER, "00:01")},
        form='main form[action*="/publish"]',
    )
    mails.expect("challenges/published", "astrid", "hanne")
    assert "00:01" in mails.said("challenges/published", "astrid").replace(".", ":")
    visitor.visit(page, status=404)
    cast.case.site.move_clock(by="day", times=PUBLISHED_AFTER)
    mails.expect_none()
    for lang in LANGS:
        visitor.page.goto(f"{visitor.base}{page}?lang={lang}")
        said = visitor.page.locator("main").inner_text()
        assert NEED[lang] in said
        assert OFTEN[lang] in said
    assert not visitor.page.locator('main a[href*="/apply"]').count()
    cast.case.site.move_clock(by="day", times=OPENS_AFTER - PUBLISHED_AFTER)
    visitor.visit(page)
    assert visitor.page.locator('main a[href*="/apply"]').count()


def show_trace(cast: Cast, need: str, slug: str) -> None:
    """Need and challenge name each other; without scripts the need does so one page further."""
    visitor = cast.visitor
    visitor.visit(need)
    if not cast.with_scripts:
        visitor.follow("main [data-hx-get] a")
    expect(visitor.page.locator(f'main a[href^="/challenges/{slug}"]').first).to_be_visible()
    visitor.visit(f"/challenges/{slug}")
    expect(visitor.page.locator(f'main a[href^="{need}"]').first).to_be_visible()
