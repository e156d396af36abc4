"""Every address that is read: who is shown what stands there."""

from tests.security.approving import LOOKS_AT_APPROVAL
from tests.security.following import LOOKS_AT_FOLLOWS
from tests.security.gates import (
    ACCOUNTS,
    ADMIN,
    ANYONE,
    AUDIT,
    DESK,
    EDITORS,
    FACTOR,
    FIRMS,
    LOGIN,
    OVERSEERS,
    SETTLED,
    SIGNED_IN,
    WRITERS,
    Row,
    each,
    look,
)
from tests.security.interviewing import INTERVIEW_LOOKS
from tests.security.joining import ROWS_OF_JOINING
from tests.security.judging import JUDGING_LOOKS
from tests.security.keeping import KEEPING_LOOKS
from tests.security.looking_on import LOOKS_ON
from tests.security.meeting import MEETING_LOOKS
from tests.security.needing import NEED_LOOKS
from tests.security.partnering import PARTNER_LOOKS
from tests.security.printing import PRINT_LOOKS, companions_of
from tests.security.questioning import QUESTION_LOOKS
from tests.security.secrecy import SECRECY_LOOKS
from tests.security.visiting_rows import LOOKS_AT_EVENTS

OURS = "astrid hanne eva"  # at whose desk a challenge of Astrid's authority lies
READERS = "astrid hanne eva jens"
NORDLYS = "bo carla"  # who works on its profile and its applications
RUN_IT = ("astrid", "hanne", "eva", "quinn", "jens", "kim")  # barred from applying
HAVE_FACTOR = ("halfway", "carla")


def _challenge_pages() -> list[Row]:
    rows = []
    for end in ("", ".md", ".json", ".ics"):
        path = "/challenges/{slug}" + end
        rows += [
            look(path, ANYONE, slug="challenge open"),
            look(path, ANYONE, slug="challenge written"),
            look(path, ANYONE, "ida eva mads jens", slug="challenge foreign"),
        ]
        rows += [
            look(path, ANYONE, READERS, slug=f"challenge {key}")
            for key in ("draft", "waiting", "returned", "approved", "later")
        ]
    one = "/challenges/{slug}/changes"
    change = f"{one}/{{amendment}}"
    return [
        *rows,
        look(one, ANYONE, slug="challenge open"),
        look(one, ANYONE, slug="challenge written"),
        look(one, ANYONE, READERS, slug="challenge draft"),
        look(one, ANYONE, "ida eva mads jens", slug="challenge foreign"),
        look(change, ANYONE, slug="challenge written", amendment="amendment written"),
        look(change, ANYONE, "", slug="challenge open", amendment="amendment written"),
        look(change, ANYONE, "", slug="challenge draft", amendment="amendment written"),
    ]


def _applying() -> list[Row]:
    path = "/challenges/{slug}/apply"
    away = each(("visitor", "closed"), LOGIN)
    barred = {**each(RUN_IT, 403), "halfway": FACTOR}
    there = each(("bo", "carla", "orla"), 303)
    return [
        look(path, ANYONE, slug="challenge written", but={**away, **barred, **there}),
        look(path, ANYONE, READERS, slug="challenge draft", status=410),
        look(path, ANYONE, READERS, slug="challenge later", status=410),
    ]


def _applications() -> list[Row]:
    one = "/applications/{id}"
    rows = [look("/applications", ACCOUNTS)]
    for path, more in (
        (one, {}),
        (f"{one}/check", {}),
        (f"{one}/print", {}),
        (f"{one}/answers.md", {}),
        (f"{one}/submit", {"status": 303}),
        (f"{one}/withdraw", {"status": 303}),
        (f"{one}/confirm", {"status": 303}),
        (f"{one}/sections/{{section}}", {"section": "=solution"}),
        (f"{one}/sections/{{section}}/here", {"section": "=solution", "status": 303}),
    ):
        rows += [
            look(path, ACCOUNTS, NORDLYS, id="application draft", **more),
            look(path, ACCOUNTS, NORDLYS, id="application sent", **more),
            look(path, ACCOUNTS, "orla", id="application hidden", **more),
        ]
    rows.append(
        look(f"{one}/sections/{{section}}", ACCOUNTS, "", id="application sent", section="=nothing")
    )
    for end in ("", ".txt"):
        path = f"{one}/receipts/{{n}}{end}"
        rows += [
            look(path, ACCOUNTS, NORDLYS, id="application sent", n="=1"),
            look(path, ACCOUNTS, "orla", id="application hidden", n="=1"),
            look(path, ACCOUNTS, "", id="application sent", n="=2"),
            look(path, ACCOUNTS, "", id="application draft", n="=1"),
        ]
    for path in (f"{one}/files/{{file}}", f"{one}/files/{{file}}/preview"):
        rows += [
            look(path, ACCOUNTS, NORDLYS, id="application sent", file="file sent"),
            look(path, ACCOUNTS, NORDLYS, id="application draft", file="file draft"),
            look(path, ACCOUNTS, "orla", id="application hidden", file="file hidden"),
            look(path, ACCOUNTS, "orla", id="application hidden draft", file="file hidden draft"),
            look(path, ACCOUNTS, "", id="application sent", file="file draft"),
            look(path, ACCOUNTS, "", id="application sent", file="file hidden"),
            look(path, ACCOUNTS, "", id="application hidden", file="file sent"),
        ]
    return rows


def _firms() -> list[Row]:
    rows = [look("/firms", ANYONE, query="q=nordlys")]
    for end in ("", ".json"):
        path = "/firms/{slug}" + end
        rows += [
            look(path, ANYONE, slug="=nordlys-vision"),
            look(path, ANYONE, "orla", slug="firm hidden"),
            look(path, ANYONE, "orla", slug="firm closed", status=410),
        ]
    one = "/firm/{firm}"
    rows += [look("/firm/new", SETTLED), look("/firm", SETTLED)]
    for path, reach, refused, more in (
        (one, "bo carla frieda", "", {}),
        (f"{one}/asked", "bo carla frieda", "", {}),
        (f"{one}/edit/{{section}}", NORDLYS, "frieda", {"section": "=basics"}),
        (f"{one}/edit/{{section}}", NORDLYS, "frieda", {"section": "=visibility"}),
        (f"{one}/evidence/new", NORDLYS, "frieda", {}),
        (f"{one}/members", "bo carla frieda", "", {}),
        (f"{one}/close", "bo", "carla frieda", {}),
    ):
        rows += [
            look(path, SETTLED, reach, refused=refused, firm="firm nordlys-vision", **more),
            look(path, SETTLED, "orla", firm="firm hidden", **more),
        ]
    path, nordlys = f"{one}/evidence/{{evidence}}", "firm nordlys-vision"
    return [
        *rows,
        look(f"{one}/edit/{{section}}", SETTLED, "", firm=nordlys, section="=nothing"),
        look(path, SETTLED, NORDLYS, refused="frieda", firm=nordlys, evidence="evidence nordlys"),
        look(path, SETTLED, "", refused="frieda", firm=nordlys, evidence="evidence hidden"),
        look(path, SETTLED, "", firm="firm hidden", evidence="evidence nordlys"),
        look(path, SETTLED, "orla", firm="firm hidden", evidence="evidence hidden"),
    ]


def _desk() -> list[Row]:
    one = "/desk/challenges/{slug}"
    beside = f"{one}/similar/{{other}}"
    rows = [look("/desk", DESK), look("/desk/challenges/new", WRITERS)]
    for path in (one, f"{one}/people", f"{one}/files.zip"):
        rows += [
            look(path, DESK, OURS, slug="challenge draft"),
            look(path, DESK, OURS, slug="challenge open"),
            look(path, DESK, "ida eva mads", slug="challenge foreign"),
        ]
    return [
        *rows,
        look(f"{one}/route", OVERSEERS, READERS, slug="challenge draft"),
        look(f"{one}/route", OVERSEERS, READERS, slug="challenge open"),
        look(f"{one}/route", OVERSEERS, "ida eva mads jens", slug="challenge foreign"),
        look(f"{one}/similar", DESK, OURS, slug="challenge draft"),
        look(f"{one}/similar", DESK, OURS, slug="challenge open"),
        look(f"{one}/similar", DESK, "ida eva mads", slug="challenge foreign"),
        look(beside, DESK, OURS, slug="challenge draft", other="challenge open"),
        look(beside, DESK, OURS, slug="challenge open", other="challenge draft"),
        look(beside, DESK, "ida eva mads", slug="challenge foreign", other="challenge open"),
        look(beside, DESK, "eva", slug="challenge open", other="challenge foreign"),
        look(f"{one}/edit", DESK, "astrid", refused="hanne eva", slug="challenge draft"),
        look(f"{one}/edit", DESK, "astrid", refused="hanne eva", slug="challenge returned"),
        look(f"{one}/edit", DESK, "ida", refused="eva mads", slug="challenge foreign"),
        look(f"{one}/edit", DESK, "", refused=OURS, slug="challenge waiting"),
        look(f"{one}/edit", DESK, "", refused=OURS, slug="challenge open"),
        *_sections(f"{one}/edit/{{section}}"),
        look(f"{one}/versions", DESK, OURS, slug="challenge draft"),
        look(f"{one}/versions", DESK, OURS, slug="challenge open"),
        look(f"{one}/versions", DESK, "ida eva mads", slug="challenge foreign"),
        look(f"{one}/amend", DESK, "hanne eva", refused="astrid", slug="challenge written"),
        look(f"{one}/amend", DESK, "", refused=OURS, slug="challenge draft"),
        look(f"{one}/amend", DESK, "", refused=OURS, slug="challenge open"),
        look(
            f"{one}/amend/check",
            DESK,
            "hanne eva",
            refused="astrid",
            slug="challenge written",
            status=303,
        ),
        look(f"{one}/amend/check", DESK, "", refused=OURS, slug="challenge draft"),
    ]


def _sections(section: str) -> list[Row]:
    draft, foreign = {"slug": "challenge draft"}, {"slug": "challenge foreign"}
    return [
        look(section, DESK, "astrid", refused="hanne eva", section="=topic", **draft),
        look(section, DESK, "astrid", refused="hanne eva", section="=problem", **draft),
        look(section, DESK, "astrid", refused="hanne eva", section="=translations", **draft),
        look(section, DESK, "ida", refused="eva mads", section="=budget", **foreign),
        look(section, DESK, "", refused="hanne eva", section="=nothing", **draft),
        look(section, DESK, "", refused=OURS, slug="challenge open", section="=topic"),
    ]


def _matches() -> list[Row]:
    one, aside = "/matches/{slug}", "/matches/{slug}/not-for-us"
    found = "/desk/challenges/{slug}/firms"
    have_firm, editors = " ".join(FIRMS), "bo carla dieter lea orla"
    seen = {"noted": "FirmsFoundShown"}
    # Nothing was matched in this world, so nothing is counted: tests/web/matching looks at that.
    who = "/desk/challenges/{slug}/who"
    return [
        look("/matches", ANYONE),
        look("/matches/method", ANYONE),
        look(one, SETTLED, have_firm, slug="challenge open"),
        look(one, SETTLED, have_firm, slug="challenge written"),
        look(one, SETTLED, "", slug="challenge draft"),
        look(one, SETTLED, "", slug="challenge foreign"),
        look(aside, SETTLED, editors, refused="frieda", slug="challenge open"),
        look(aside, SETTLED, "", slug="challenge draft"),
        look(found, DESK, OURS, slug="challenge draft", status=303),
        look(found, DESK, OURS, slug="challenge open", **seen),
        look(found, DESK, "ida eva mads", slug="challenge foreign", status=303),
        look(who, DESK, OURS, slug="challenge draft"),
        look(who, DESK, OURS, slug="challenge open"),
        look(who, DESK, "ida eva mads", slug="challenge foreign"),
    ]


def _accounts() -> list[Row]:
    waits = "/second-factor"
    in_already = {**each(SIGNED_IN, 303), "halfway": FACTOR}
    return [
        look("/login", ANYONE, but=in_already),
        look("/login/sent", ANYONE),
        look("/login/{token}", ANYONE, token="link sign-in", unknown=410),
        look("/login/{token}", ANYONE, token="token known", status=410, unknown=410),
        look("/logout", ANYONE, but=each(("visitor", "closed"), 303)),
        look("/register", ANYONE, but=in_already),
        look("/register/sent", ANYONE),
        look(waits, ACCOUNTS, but=each(set(SIGNED_IN) - set(HAVE_FACTOR), 303)),
        look(f"{waits}/set-up", ACCOUNTS, but={"halfway": 303}),
        look("/account", SETTLED),
        look("/account/details", SETTLED),
        look("/account/address", SETTLED),
        look("/account/address/sent", SETTLED),
        look("/account/address/{token}", ANYONE, token="link address", unknown=410),
        look("/account/fresh", ACCOUNTS, status=303, but={"halfway": FACTOR}),
        look("/account/sessions", SETTLED),
        look("/account/notifications", SETTLED),
        look("/account/searches", SETTLED),
        look("/inbox", SETTLED, query="page=2"),
        look("/invitations/{token}", ANYONE, token="token firm", unknown=410),
        look("/invitations/{token}", ANYONE, token="token known", unknown=410),
    ]


def _programmes() -> list[Row]:
    """Return what administrators see of a programme that they made, and of one in files."""
    one = "/admin/programmes/{slug}"
    own, filed = {"slug": "=open-doors"}, {"slug": "=govtech"}
    changed = [
        row
        for part in ("terms", "rules", "voices")
        for row in (
            look(f"{one}/{part}", ADMIN, **own),
            look(f"{one}/{part}", ADMIN, status=403, **filed),
        )
    ]
    return [
        *changed,
        look(f"{one}/letters", ADMIN, **filed),
        look(f"{one}/letters/{{letter}}", ADMIN, letter="=selected", **filed),
        look(f"{one}/letters/{{letter}}", ADMIN, letter="=selected", **own),
        look(f"{one}/rounds/{{round}}", ADMIN, round="=new", **own),
        look(f"{one}/rounds/{{round}}", ADMIN, round="=doors-1", **own),
        look(f"{one}/rounds/{{round}}", ADMIN, round="=govtech-1", **filed),
    ]


def _offices() -> list[Row]:
    return [
        look("/admin", ADMIN),
        look("/admin/programmes", ADMIN),
        look("/admin/programmes/new", ADMIN),
        look("/admin/programmes/{slug}", ADMIN, slug="=govtech"),
        *_programmes(),
        look("/admin/authorities", ADMIN),
        look("/admin/authorities/new", ADMIN),
        look("/admin/authorities/{slug}", ADMIN, slug="=bremen-finanzen"),
        look("/admin/people", ADMIN, query="q=bo"),
        look("/admin/people/{person}", ADMIN, person="person orla"),
        look("/admin/roles", ADMIN, query="role=reviewer"),
        look("/admin/invitations", ADMIN),
        look("/admin/invitations/new", ADMIN),
        look("/glossary", ANYONE, query="q=rechnung"),
        look("/glossary.tsv", EDITORS),
        look("/glossary/new", EDITORS),
        look("/glossary/{key}", EDITORS, key="glossary entry"),
        look("/glossary/{key}/edit", EDITORS, key="glossary entry"),
        look("/audit", AUDIT),
        look("/audit/challenges/{slug}", AUDIT, slug="challenge draft"),
        look("/audit/challenges/{slug}", AUDIT, slug="challenge written"),
    ]


def _open_pages() -> list[Row]:
    return [
        look("/", ANYONE),
        look("/search", ANYONE, query="q=data"),
        look("/search.atom", ANYONE, query="q=data"),
        look("/suggest", ANYONE, query="q=sca"),
        look("/pages/{slug}", ANYONE, slug="=privacy"),
        look("/receipts/verify", ANYONE),
        look("/was", ANYONE, status=303),
        look("/leichte-sprache", ANYONE, status=303),
        look("/gebaerdensprache", ANYONE, status=303),
        look("/robots.txt", ANYONE),
        look("/.well-known/security.txt", ANYONE),
        look("/challenges.atom", ANYONE),
        look("/challenges.ics", ANYONE),
        look("/sitemap.xml", ANYONE),
        look("/challenges", ANYONE, query="phase=open"),
        look("/authorities/{slug}", ANYONE, slug="=sikkerhedsstyrelsen"),
        look("/programmes", ANYONE),
        look("/programmes/{slug}", ANYONE, slug="=govtech"),
        look("/programmes/{slug}/challenges", ANYONE, slug="=govtech"),
        look("/demo", ANYONE),
        look("/demo/mails/{mail}", ANYONE, mail="mail"),
    ]


LOOKS: list[Row] = [
    *_open_pages(),
    *_challenge_pages(),
    *_applying(),
    *_applications(),
    *_firms(),
    *_desk(),
    *_matches(),
    *_accounts(),
    *_offices(),
    *NEED_LOOKS,
    *QUESTION_LOOKS,
    *PARTNER_LOOKS,
    *ROWS_OF_JOINING,
    *KEEPING_LOOKS,
    *JUDGING_LOOKS,
    *INTERVIEW_LOOKS,
    *MEETING_LOOKS,
    *SECRECY_LOOKS,
    *LOOKS_ON,
    *LOOKS_AT_EVENTS,
    *LOOKS_AT_FOLLOWS,
    *LOOKS_AT_APPROVAL,
]
LOOKS += [*companions_of(LOOKS), *PRINT_LOOKS]
