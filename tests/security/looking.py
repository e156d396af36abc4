"""Every address that is read: who is shown what stands there."""

from tests.security.gates import (
    ACCOUNTS,
    ADMIN,
    ANYONE,
    AUDIT,
    DESK,
    FACTOR,
    LOGIN,
    SETTLED,
    SIGNED_IN,
    WRITERS,
    Row,
    each,
    look,
)
from tests.security.looking_on import LOOKS_ON

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
    return rows


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
        (f"{one}/submit", {"status": 303}),
        (f"{one}/withdraw", {"status": 303}),
        (f"{one}/sections/{{section}}", {"section": "=solution"}),
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
    path = f"{one}/files/{{file}}"
    return [
        *rows,
        look(path, ACCOUNTS, NORDLYS, id="application sent", file="file sent"),
        look(path, ACCOUNTS, NORDLYS, id="application draft", file="file draft"),
        look(path, ACCOUNTS, "orla", id="application hidden", file="file hidden"),
        look(path, ACCOUNTS, "orla", id="application hidden draft", file="file hidden draft"),
        look(path, ACCOUNTS, "", id="application sent", file="file draft"),
        look(path, ACCOUNTS, "", id="application sent", file="file hidden"),
        look(path, ACCOUNTS, "", id="application hidden", file="file sent"),
    ]


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
    rows = [look("/desk", DESK), look("/desk/challenges/new", WRITERS)]
    for path in (one, f"{one}/people"):
        rows += [
            look(path, DESK, OURS, slug="challenge draft"),
            look(path, DESK, OURS, slug="challenge open"),
            look(path, DESK, "ida eva mads", slug="challenge foreign"),
        ]
    return [
        *rows,
        look(f"{one}/edit", DESK, "astrid", refused="hanne eva", slug="challenge draft"),
        look(f"{one}/edit", DESK, "astrid", refused="hanne eva", slug="challenge returned"),
        look(f"{one}/edit", DESK, "ida", refused="eva mads", slug="challenge foreign"),
        look(f"{one}/edit", DESK, "", refused=OURS, slug="challenge waiting"),
        look(f"{one}/edit", DESK, "", refused=OURS, slug="challenge open"),
        look(f"{one}/amend", DESK, "hanne eva", refused="astrid", slug="challenge written"),
        look(f"{one}/amend", DESK, "", refused=OURS, slug="challenge draft"),
        look(f"{one}/amend", DESK, "", refused=OURS, slug="challenge open"),
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
        look("/account/export", SETTLED),
        look("/account/address", SETTLED),
        look("/account/address/sent", SETTLED),
        look("/account/address/{token}", ANYONE, token="link address", unknown=410),
        look("/account/fresh", ACCOUNTS, status=303, but={"halfway": FACTOR}),
        look("/account/sessions", SETTLED),
        look("/account/notifications", SETTLED),
        look("/inbox", SETTLED, query="page=2"),
        look("/invitations/{token}", ANYONE, token="token firm", unknown=410),
        look("/invitations/{token}", ANYONE, token="token known", unknown=410),
    ]


def _offices() -> list[Row]:
    return [
        look("/admin", ADMIN),
        look("/admin/programmes", ADMIN),
        look("/admin/programmes/new", ADMIN),
        look("/admin/programmes/{slug}", ADMIN, slug="=govtech"),
        look("/admin/authorities", ADMIN),
        look("/admin/authorities/new", ADMIN),
        look("/admin/authorities/{slug}", ADMIN, slug="=bremen-finanzen"),
        look("/admin/people", ADMIN, query="q=bo"),
        look("/admin/people/{person}", ADMIN, person="person orla"),
        look("/admin/roles", ADMIN, query="role=reviewer"),
        look("/admin/invitations", ADMIN),
        look("/admin/invitations/new", ADMIN),
        look("/audit", AUDIT),
        look("/audit/challenges/{slug}", AUDIT, slug="challenge draft"),
        look("/audit/challenges/{slug}", AUDIT, slug="challenge written"),
    ]


def _open_pages() -> list[Row]:
    return [
        look("/", ANYONE),
        look("/search", ANYONE, query="q=data"),
        look("/suggest", ANYONE, query="q=sca"),
        look("/pages/{slug}", ANYONE, slug="=privacy"),
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
        look("/programmes/{slug}", ANYONE, slug="=govtech"),
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
    *_accounts(),
    *_offices(),
    *LOOKS_ON,
]
