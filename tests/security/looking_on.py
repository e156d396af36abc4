"""Every address from the deadline to the outcome that is read: who is shown what stands there."""

from tests.security.gates import (
    ACCOUNTS,
    ANYONE,
    COUNTERS,
    DESK,
    DESKS,
    JURORS,
    MANAGERS,
    OVERSEERS,
    SETTLED,
    Row,
    look,
)

STAFF = "astrid hanne eva jens"
OURS = "astrid hanne eva"
NORDLYS = "bo carla"
SIDES = "astrid eva"
"""Who acts for the authority in a pilot: its staff and the programme's manager."""
RUNNING = f"bo carla mia {STAFF}"
PLANNED = f"lea mona {STAFF}"
STOPPED = f"dieter {STAFF}"


def _late() -> list[Row]:
    one = "/desk/challenges/{slug}/late-codes"
    rows = [
        look("/challenges/{slug}/late-code", ACCOUNTS, slug="challenge sealed", status=303),
        look("/challenges/{slug}/late-code", ACCOUNTS, STAFF, slug="challenge draft", status=303),
        look("/challenges/{slug}/papers/{file}", ANYONE, "", slug="challenge open", file="=paper"),
    ]
    for path, status in ((one, 200), (f"{one}/revoke", 303)):
        rows += [
            look(path, MANAGERS, "eva", slug="challenge sealed", status=status),
            look(path, MANAGERS, "eva mads", slug="challenge foreign", status=status),
        ]
    return rows


def _copies() -> list[Row]:
    """Copies without names: for who runs the programme, and for no reviewer."""
    desk, one = "/desk/challenges/{slug}/names", "/triage/{id}/names"
    return [
        look(desk, MANAGERS, "eva", slug="challenge judged"),
        look(desk, MANAGERS, "eva", slug="challenge sealed"),
        look(desk, MANAGERS, "eva mads", slug="challenge foreign"),
        look(one, MANAGERS, "eva", id="application judged nordlys"),
        look(one, MANAGERS, "", id="application sealed nordlys"),
    ]


def _opening() -> list[Row]:
    one = "/desk/challenges/{slug}/opening"
    rows = []
    for path, status in ((one, 200), (f"{one}/complete", 303), (f"{one}/take-back", 303)):
        rows += [
            look(path, DESK, OURS, slug="challenge sealed", status=status),
            look(path, DESK, OURS, slug="challenge begun", status=status),
            look(path, DESK, OURS, slug="challenge judged", status=status),
            look(path, DESK, "", slug="challenge draft"),
        ]
    return rows


def _correspondence() -> list[Row]:
    firm, staff = "/applications/{id}/messages", "/triage/{id}/messages"
    asked, request = "/applications/{id}/requests", "/applications/{id}/requests/{request}"
    ours = {"id": "application judged hidden", "request": "request judged"}
    other = {"id": "application judged nordlys", "request": "request judged"}
    file = f"{request}/files/{{file}}"
    return [
        look(firm, ACCOUNTS, NORDLYS, id="application judged nordlys"),
        look(firm, ACCOUNTS, "orla", id="application judged hidden"),
        look(firm, ACCOUNTS, NORDLYS, id="application sealed nordlys"),
        look(staff, SETTLED, STAFF, id="application judged nordlys"),
        look(staff, SETTLED, STAFF, id="application judged hidden"),
        look(staff, SETTLED, "", id="application sealed nordlys"),
        look(asked, ACCOUNTS, NORDLYS, id="application judged nordlys"),
        look(asked, ACCOUNTS, "orla", id="application judged hidden", status=303),
        look(request, ACCOUNTS, "orla", **ours),
        look(request, ACCOUNTS, "", **other),
        look(file, ACCOUNTS, f"orla {STAFF}", file="request file judged", **ours),
        look(file, ACCOUNTS, "", file="request file judged", **other),
        look(file, ACCOUNTS, "", file="file judged hidden", **ours),
    ]


def _triage() -> list[Row]:
    one, ours = "/triage/{id}", {"id": "application judged nordlys"}
    sealed = {"id": "application sealed nordlys"}
    asked = {"id": "application judged hidden", "request": "request judged"}
    rows = [
        look("/triage", OVERSEERS, query="state=in_review"),
        look("/triage.csv", OVERSEERS),
        look("/triage.xlsx", OVERSEERS),
        look("/triage/board", OVERSEERS),
        look("/triage/suggest", OVERSEERS, query="q=country:"),
        look("/triage/news", OVERSEERS, query="since=0"),
        look("/triage/views", OVERSEERS),
        look("/triage/views/{view}", OVERSEERS, "eva", view="view judged", status=303),
        look("/triage/columns", OVERSEERS, status=303),
        look("/triage/keys", OVERSEERS, status=303),
        look("/triage/bulk", DESK, status=303),
        look(one, OVERSEERS, STAFF, **ours),
        look(one, OVERSEERS, STAFF, id="application released hidden"),
        look(one, OVERSEERS, "", **sealed),
        look("/triage/undo/{move}", DESK, "eva", move="move judged"),
        look(
            f"{one}/alike/{{other}}",
            OVERSEERS,
            STAFF,
            other="application judged weser",
            noted="ApplicationRead ApplicationRead",  # of both sides
            **ours,
        ),
        look(f"{one}/alike/{{other}}", OVERSEERS, "", other="application released hidden", **ours),
        look(f"{one}/alike/{{other}}", OVERSEERS, "", other="application sealed nordlys", **ours),
        look(f"{one}/requests/{{request}}/settle", DESK, OURS, status=303, **asked),
        look(f"{one}/gates/{{kind}}", DESK, OURS, kind="=countries", status=303, **ours),
        look(f"{one}/notes/{{note}}/delete", DESK, OURS, note="note judged", status=303, **ours),
    ]
    for verb in ("move", "assign", "tag", "untag", "requests", "notes"):
        rows += [
            look(f"{one}/{verb}", DESK, OURS, status=303, **ours),
            look(f"{one}/{verb}", DESK, "", **sealed),
        ]
    return rows


def _results() -> list[Row]:
    rows = [look("/results", ANYONE, query="page=1"), look("/results.csv", ANYONE)]
    rows += _reports()
    for path in ("/results/{slug}", "/results/{slug}.csv"):
        rows += [look(path, ANYONE, slug=f"challenge {key}") for key in ("released", "piloting")]
        rows.append(look(path, ANYONE, "", slug="challenge draft"))
    return rows


def _reports() -> list[Row]:
    view, files = "/reports/{view}", ("/reports/{name}.csv", "/reports/{name}.xlsx")
    contents = " ".join((*DESKS, "jens"))
    rows = [look("/reports", COUNTERS), look(view, COUNTERS, view="=tasks")]
    rows.append(look(view, COUNTERS, contents, view="=scores"))
    for file in files:
        rows += [look(file, COUNTERS, name="=funnel"), look(file, COUNTERS, name="=conflicts")]
        rows += [look(file, COUNTERS, contents, name="=waiting")]
        rows += [look(file, COUNTERS, "eva mads jens", name="=reviews")]
    return rows


def _reviews() -> list[Row]:
    one, read = "/reviews/{id}", {"noted": "ApplicationShown"}
    declaration = "/reviews/challenges/{slug}/declaration"
    rows = [
        look("/reviews", JURORS),
        look(declaration, JURORS, "finn greta quinn", slug="challenge judged"),
        look(declaration, JURORS, "quinn", slug="challenge written"),
        look(declaration, JURORS, "", slug="challenge open"),
        look(one, JURORS, "quinn", id="review judged klar by quinn", status=303),
        look(one, JURORS, "", id="review judged weser by rosa"),
        look(f"{one}/submit", JURORS, "", id="review judged klar by quinn"),
    ]
    for firm, who in (("nordlys", "finn"), ("weser", "finn"), ("klar", "finn"), ("weser", "greta")):
        review = {"id": f"review judged {firm} by {who}"}
        rows += [
            look(one, JURORS, who, **read, **review),
            look(f"{one}/submit", JURORS, who, status=303, **review),
        ]
    desk = "/desk/challenges/{slug}/reviewing"
    ours = {"slug": "challenge judged", "application": "application judged nordlys"}
    other = {"slug": "challenge judged", "application": "application sent"}
    rows += [
        look(desk, OVERSEERS, STAFF, slug="challenge judged"),
        look(desk, OVERSEERS, STAFF, slug="challenge sealed"),
        look(desk, OVERSEERS, "ida eva mads jens", slug="challenge foreign"),
        look(f"{desk}/assign", MANAGERS, "eva", slug="challenge judged", status=303),
        look(f"{desk}/{{application}}", OVERSEERS, STAFF, **ours),
        look(f"{desk}/{{application}}", OVERSEERS, "", **other),
        look(f"{desk}/{{application}}", OVERSEERS, "", slug="challenge sealed",
             application="application sealed nordlys"),
    ]  # fmt: skip
    for verb in ("due", "set-aside", "conflict", "clear", "suspicion"):
        path = f"{desk}/{{application}}/{verb}"
        rows += [
            look(path, OVERSEERS, STAFF, status=303, **ours),
            look(path, OVERSEERS, "", **other),
        ]
    return rows


def _decisions() -> list[Row]:
    one = "/desk/challenges/{slug}/decision"
    reasons, letter = (
        f"{one}/applications/{{application}}",
        "/decisions/{decision}/letters/{letter}",
    )
    rows = [look("/decisions", OVERSEERS)]
    rows.append(look(one, OVERSEERS, STAFF, slug="challenge judged"))
    for key in ("drafted", "proposed", "confirmed", "released"):
        rows += [
            look(one, OVERSEERS, STAFF, slug=f"challenge {key}"),
            look("/decisions/{decision}", OVERSEERS, STAFF, decision=f"decision {key}"),
        ]
    mine = {"decision": "decision proposed", "letter": "letter proposed nordlys"}
    other = {"decision": "decision confirmed", "letter": "letter proposed nordlys"}
    return [
        *rows,
        look(one, OVERSEERS, "ida eva mads jens", slug="challenge foreign"),
        look(reasons, OVERSEERS, STAFF, slug="challenge drafted",
             application="application drafted nordlys"),
        look(reasons, OVERSEERS, "", slug="challenge drafted",
             application="application proposed nordlys"),
        look(f"{one}/successor", MANAGERS, "eva", slug="challenge released"),
        look(f"{one}/successor", MANAGERS, "", refused="eva", slug="challenge judged"),
        look(f"{one}/ending", MANAGERS, "eva", slug="challenge judged"),
        look(letter, OVERSEERS, STAFF, **mine),
        look(letter, OVERSEERS, "", **other),
        look("/decisions/{decision}/letters", OVERSEERS, STAFF, decision="decision proposed"),
        *_letters(),
    ]  # fmt: skip


def _letters() -> list[Row]:
    letter, ours = "/letters/{letter}", {"id": "application released nordlys"}
    of_firm = {"noted": "LetterRead", "noted_for": NORDLYS}
    answer, letters = "/applications/{id}/answer", "/applications/{id}/letters"
    return [
        look(letter, SETTLED, f"{NORDLYS} {STAFF}", letter="letter released nordlys", **of_firm),
        look(letter, SETTLED, "", letter="letter proposed nordlys"),
        *(
            look(f"{letter}/{end}", SETTLED, f"dieter {STAFF}", status=303,
                 letter="letter released weser")
            for end in ("question", "question/answer")
        ),
        look(letter, SETTLED, "", letter="letter confirmed weser"),
        look(letters, SETTLED, NORDLYS, **ours),
        look(letters, SETTLED, NORDLYS, id="application judged nordlys"),
        look(letters, SETTLED, "orla", id="application released hidden"),
        look(answer, SETTLED, NORDLYS, **ours),
        look(answer, SETTLED, "dieter", id="application released weser"),
        look(answer, SETTLED, "", id="application proposed nordlys"),
        look(answer, SETTLED, "", id="application released hidden"),
    ]  # fmt: skip


def _pilots() -> list[Row]:
    one, running, planned = "/pilots/{id}", {"id": "pilot running"}, {"id": "pilot planned"}
    rows = [
        look("/pilots", ACCOUNTS),
        look("/pilots/new", ACCOUNTS, ""),
        look(one, ACCOUNTS, f"frieda {RUNNING}", **running),
        look(one, ACCOUNTS, PLANNED, **planned),
        look(one, ACCOUNTS, STOPPED, id="pilot stopped"),
    ]
    for path in ("log", "documents", "people", "presentation", "change", "messages"):
        rows += [
            look(f"{one}/{path}", ACCOUNTS, RUNNING, **running),
            look(f"{one}/{path}", ACCOUNTS, PLANNED, **planned),
        ]
    milestone, kpi = f"{one}/milestones/{{milestone}}", f"{one}/kpis/{{kpi}}"
    own = {"milestone": "milestone running 1", **running}
    rows += [
        look(milestone, ACCOUNTS, f"frieda {RUNNING}", **own),
        look(milestone, ACCOUNTS, "", milestone="milestone planned 1", **running),
        look(milestone, ACCOUNTS, PLANNED, milestone="milestone planned 1", **planned),
        look(kpi, ACCOUNTS, RUNNING, kpi="kpi running", **running),
        look(kpi, ACCOUNTS, "", kpi="kpi planned", **running),
    ]
    for name in ("pilot document", "pilot evidence"):
        for end in ("", "/preview"):
            rows += [
                look(f"{one}/files/{{file}}{end}", ACCOUNTS, RUNNING, file=name, **running),
                look(f"{one}/files/{{file}}{end}", ACCOUNTS, "", file=name, **planned),
            ]
    for end in ("", "/preview"):
        rows.append(look(f"{one}/files/{{file}}{end}", ACCOUNTS, "", file="file sent", **running))
    for path, more in (
        (f"{one}/plan", {}),
        (f"{one}/plan/milestones/new", {}),
        (f"{one}/plan/milestones/{{milestone}}", {"milestone": "milestone planned 1"}),
        (f"{one}/plan/kpis/new", {}),
        (f"{one}/plan/kpis/{{kpi}}", {"kpi": "kpi planned"}),
    ):
        rows += [look(path, ACCOUNTS, SIDES, **planned, **more, refused="hanne jens mona lea")]
    return [*rows, *_endings(one, running, planned)]


def _endings(one: str, running: dict[str, str], planned: dict[str, str]) -> list[Row]:
    desk = "/desk/challenges/{slug}/completion"
    return [
        look(f"{one}/plan", ACCOUNTS, "", refused=RUNNING, **running),
        look(f"{one}/stop", ACCOUNTS, f"{NORDLYS} {SIDES}", refused="hanne jens mia", **running),
        look(f"{one}/stop", ACCOUNTS, SIDES, refused="hanne jens mona lea", **planned),
        look(f"{one}/outcome", ACCOUNTS, SIDES, refused="hanne jens dieter", id="pilot stopped"),
        look(f"{one}/outcome", ACCOUNTS, "", refused=RUNNING, **running),
        look(desk, DESK, OURS, slug="challenge ended"),
        look(desk, DESK, OURS, slug="challenge judged"),
        look(desk, DESK, "", slug="challenge sealed"),
        look(desk, DESK, "", slug="challenge foreign"),
    ]


LOOKS_ON: list[Row] = [
    *_late(),
    *_copies(),
    *_opening(),
    *_triage(),
    *_results(),
    *_correspondence(),
    *_reviews(),
    *_decisions(),
    *_pilots(),
]
