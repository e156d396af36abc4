"""Every address that is written to: who may, with a form that is right, and what then happens.

The form is that of the page on which somebody who may finds it, filled in so that it succeeds. It
is sent by everybody. So whoever is refused is refused by nothing but who they are.
"""

from datetime import UTC, datetime

from tests.security.acting_on import ACTS_ON
from tests.security.acts import Act, act
from tests.security.approving import ACTS_ON_APPROVAL
from tests.security.following import ACTS_ON_FOLLOWS
from tests.security.gates import (
    ACCOUNTS,
    ADMIN,
    ANYONE,
    DESK,
    EDITORS,
    EVERYBODY,
    SETTLED,
    SIGNED_IN,
    WRITERS,
    each,
)
from tests.security.house import House
from tests.security.joining import ACTS_OF_JOINING
from tests.security.looking import LOOKS
from tests.security.needing import NEED_ACTS
from tests.security.partnering import PARTNER_ACTS
from tests.security.printing import prints_of
from tests.security.questioning import QUESTION_ACTS
from tests.security.visiting_rows import ACTS_ON_EVENTS

OURS = "astrid hanne eva"
NORDLYS = "firm nordlys-vision"
NEW = "somebody-new@doors.example.org"
HAVE_FACTOR = "halfway carla"
WITHOUT_FACTOR = " ".join(who for who in SIGNED_IN if who not in HAVE_FACTOR.split())


def own_code(house: House, who: str) -> str:
    """Return the present code of who sends it; six zeros for whoever has no second factor."""
    return house.code(who)


def deadline_of_written(house: House, _who: str) -> str:
    """Return the deadline as the page that checks a change shows it."""
    asked = "SELECT closes FROM challenges WHERE slug = ?"
    ((closes,),) = house.rows(asked, house.ids["challenge written"])
    return datetime.fromisoformat(closes).replace(tzinfo=UTC).isoformat()


def first_code(house: House, who: str) -> str:
    return house.first_code(who)


def _accounts() -> list[Act]:
    mail, one = {"email": NEW}, "/account/sessions/{public_id}/end"
    in_ = " ".join(SIGNED_IN)
    me = {"name": "Somebody New", "terms": "yes"}
    return [
        act("/login", ANYONE, None, "LinkRequested", page="/login", fields=mail),
        act(
            "/login/{token}", ANYONE, None, "SignedIn", token="link sign-in",
            page="/login/{token}", unknown=410, refused_leaves=("LinkRefused",),
        ),
        act("/logout", ANYONE, in_, "SignedOut", silent="visitor closed", page="/logout", by="bo"),
        act(
            "/register", ANYONE, None, "LinkRequested", page="/register", fields={**mail, **me},
        ),
        act(
            "/second-factor", ACCOUNTS, HAVE_FACTOR, "SecondFactorGiven", silent=WITHOUT_FACTOR,
            page="/second-factor", fields={"code": own_code},
        ),
        act(
            "/second-factor/set-up", ACCOUNTS, in_, "SecondFactorSet", status=200,
            but={"halfway": 303}, page="/second-factor/set-up", by="bo",
            fields={"code": first_code},
        ),
        act(
            "/second-factor/recovery-codes", SETTLED, "carla", "RecoveryCodesMade", status=200,
            page="/account", but=each(set(WITHOUT_FACTOR.split()), 303),
        ),
        act(
            "/second-factor/remove", SETTLED, "carla", "SecondFactorRemoved", page="/account",
            refused=WITHOUT_FACTOR,
        ),
        act(
            "/account/details", SETTLED, None, "DetailsChanged", by="bo", page="/account/details",
            fields={"name": "Another Name"},
        ),
        act(
            "/account/address", SETTLED, None, "LinkRequested", by="bo", page="/account/address",
            fields=mail,
        ),
        act(
            "/account/address/{token}", ANYONE, None, "AddressChanged", token="link address",
            page="/account/address/{token}", unknown=410, refused_leaves=("LinkRefused",),
        ),
        act("/account/fresh", ACCOUNTS, None, "LinkRequested", by="bo"),
        act("/account/sessions/end-others", SETTLED, None, "SessionsEnded", by="bo"),
        act(one, SETTLED, "bo", "SessionEnded", public_id="session bo elsewhere"),
        act(one, SETTLED, "bo", "SignedOut", public_id="session bo", page="/account/sessions"),
        act(
            "/account/notifications", SETTLED, None, by="bo", page="/account/notifications",
            keeps=True,
        ),
        act("/inbox/read-all", SETTLED, None, by="bo", silent=in_),
        act("/inbox/{public_id}", SETTLED, "bo", public_id="told bo", keeps=True),
        *_invitations(me),
        *_searches(),
    ]  # fmt: skip


def _searches() -> list[Act]:
    return [
        act(
            "/account/searches", SETTLED, None, by="bo", page="/search?q=data", keeps=True,
            fields={"name": "Another name"},
        ),
        act(
            "/account/searches/{public_id}/delete", SETTLED, "bo", public_id="saved bo",
            page="/account/searches", keeps=True,
        ),
    ]  # fmt: skip


def _invitations(me: dict[str, str]) -> list[Act]:
    invited = ("PersonRegistered", "InvitationAccepted", "RoleGiven", "SignedIn")
    return [
        act(
            "/invitations/{token}", ANYONE, "newcomer", "InvitationAccepted", "RoleGiven",
            token="token known", page="/invitations/{token}", unknown=410,
            refused=" ".join(EVERYBODY),
        ),
        act(
            "/invitations/{token}", ANYONE, None, *invited, token="token firm",
            page="/invitations/{token}", fields=me, unknown=410,
        ),
        act(
            "/invitations/{token}/sign-in", ANYONE, None, "LinkRequested", token="token known",
            page="/invitations/{token}", unknown=410,
        ),
    ]  # fmt: skip


def _writing(one: str, title: dict[str, str]) -> list[Act]:
    section, first = f"{one}/edit/{{section}}", {"number": "1", "revision": "1"}
    return [
        act(
            section, DESK, "astrid", "ChallengeSaved", refused="hanne eva",
            slug="challenge draft", section="=topic", page=section, fields=title,
        ),
        act(
            section, DESK, "ida", "ChallengeSaved", refused="eva mads",
            slug="challenge foreign", section="=topic", page=section, fields=title,
        ),
        act(
            section, DESK, "astrid", "ChallengeSaved", refused="hanne eva",
            slug="challenge draft", section="=translations", page=section,
            fields={"title-de": "Ein anderer Titel"},
        ),
        act(
            f"{one}/versions/restore", DESK, "astrid", "ChallengeSaved", refused="hanne eva",
            slug="challenge draft", fields=first,
        ),
        act(
            f"{one}/versions/restore", DESK, "ida", "ChallengeSaved", refused="eva mads",
            slug="challenge foreign", fields=first,
        ),
    ]  # fmt: skip


def _desk() -> list[Act]:
    one, reasons = "/desk/challenges/{slug}", {"reason-en": "A reason for it"}
    title, place = {"title-en": "Another title"}, "sikkerhedsstyrelsen/govtech"
    valued = "each=5&pilots=1&currency=DKK&buyer=central"
    route = {"route": "other", "named": "One of our own", "reason": "A reason for it"}
    rows = [
        act(
            "/desk/challenges/new", WRITERS, "astrid", "ChallengeDrafted", but={"ida": 422},
            page="/desk/challenges/new", fields={"title": "A new one", "place": place},
        ),
        *_writing(one, title),
        act(
            f"{one}/route", WRITERS, "astrid", "ProcurementRouteChosen", slug="challenge draft",
            page=f"{one}/route?{valued}", fields=route,
        ),
        act(
            f"{one}/route", WRITERS, "", refused="astrid", slug="challenge open", fields=route,
            by="astrid",
        ),
        *_after_publication(one, title, reasons),
        act(
            f"{one}/publish", DESK, "eva", "ChallengePublished", refused="astrid hanne",
            slug="challenge approved", page=one,
        ),
        act(
            f"{one}/cancel", DESK, OURS, "ChallengeCancelled",
            slug="challenge draft", page=one, fields=reasons,
        ),
    ]  # fmt: skip
    for verb, key, reach, refused, event in (
        ("submit", "draft", "astrid", "hanne eva", "ChallengeSubmitted"),
        ("approve", "waiting", "hanne", "astrid eva", "ChallengeApproved"),
        ("delete", "draft", "astrid", "hanne eva", "DraftDeleted"),
    ):
        slug = f"challenge {key}"
        rows.append(act(f"{one}/{verb}", DESK, reach, event, refused=refused, slug=slug, page=one))
    return [*rows, *_jury()]


def _after_publication(one: str, title: dict[str, str], reasons: dict[str, str]) -> list[Act]:
    fields = {**title, **reasons}
    return [
        act(
            f"{one}/cancel", DESK, "hanne eva", "ChallengeCancelled", refused="astrid",
            slug="challenge written", page=one, fields=reasons,
        ),
        act(
            f"{one}/amend", DESK, "hanne eva", "ChallengeAmended", refused="astrid",
            slug="challenge written", page=f"{one}/amend", form=f"{one}/amend/check",
            fields={**fields, "deadline": deadline_of_written},
        ),
        act(
            f"{one}/amend/check", DESK, "", refused="astrid", silent="hanne eva", by="eva",
            status=200, slug="challenge written", page=f"{one}/amend",
            fields=fields,
        ),
    ]  # fmt: skip


def _jury() -> list[Act]:
    one = "/desk/challenges/{slug}/people"
    ours = {"slug": "challenge written", "refused": "astrid hanne"}
    juror = {"person": "@person quinn", "role": "reviewer"}
    return [
        act(
            one, DESK, "eva", "InvitationSent", page=one, fields={"email": NEW, "role": "reviewer"},
            **ours,
        ),
        act(f"{one}/end", DESK, "eva", "RoleEnded", fields=juror, **ours),
        act(
            f"{one}/end", DESK, "", fields=juror, by="eva", slug="challenge draft",
            refused="astrid hanne",
        ),
        act(
            f"{one}/revoke", DESK, "eva", "InvitationRevoked",
            fields={"invitation": "@invitation jury"}, **ours,
        ),
        act(
            f"{one}/revoke", DESK, "", fields={"invitation": "@invitation jury of a draft"},
            by="eva", **ours,
        ),
        act(f"{one}/revoke", DESK, "", fields={"invitation": "@invitation site"}, by="eva", **ours),
    ]  # fmt: skip


def _applications() -> list[Act]:
    one, apply = "/applications/{id}", "/challenges/{slug}/apply"
    theirs = {"id": "application hidden"}
    without_firm = " ".join(set(SIGNED_IN) - {"bo", "carla", "dieter", "lea", "orla"})
    return [
        act(
            apply, ACCOUNTS, "bo carla dieter lea orla", "DraftStarted", refused=without_firm,
            slug="challenge open", page=apply,
        ),
        act(apply, ACCOUNTS, "", by="dieter", slug="challenge draft", refused=f"{OURS} jens"),
        act(
            f"{one}/sections/{{section}}", ACCOUNTS, "bo carla", id="application draft",
            section="=price", page=f"{one}/sections/{{section}}", keeps=True,
            fields={"q-running-costs": "Nothing at all"},
        ),
        act(
            f"{one}/sections/{{section}}/here", ACCOUNTS, "bo carla", id="application draft",
            section="=price", keeps=True,
        ),
        act(
            f"{one}/submit", ACCOUNTS, "bo carla", "ApplicationSubmitted", id="application draft",
            page=f"{one}/check", fields={"confirmed": "yes"},
        ),
        act(
            f"{one}/submit", ACCOUNTS, "orla", "ApplicationSubmitted", page=f"{one}/check",
            id="application hidden draft", fields={"confirmed": "yes"},
        ),
        act(
            f"{one}/withdraw", ACCOUNTS, "bo carla", "ApplicationWithdrawn", page=one,
            id="application sent",
        ),
        act(f"{one}/withdraw", ACCOUNTS, "orla", "ApplicationWithdrawn", page=one, **theirs),
        act(
            f"{one}/confirm", ACCOUNTS, "bo carla", "ChangesConfirmed", page=one,
            id="application sent",
        ),
        act(f"{one}/confirm", ACCOUNTS, "orla", "ChangesConfirmed", page=one, **theirs),
    ]  # fmt: skip


def _firms() -> list[Act]:
    one, ours = "/firm/{firm}", {"firm": NORDLYS}
    piece, member = f"{one}/evidence/{{evidence}}", f"{one}/members/{{person}}"
    editors = {"refused": "frieda", **ours}
    lead = {"refused": "carla frieda", **ours}
    changed = "ListedFirmChanged"
    given = {"kind": "hosting-in-eea", "note": "In a safe"}
    revoke = f"{one}/invitations/{{invitation}}/revoke"
    return [
        act(
            "/firm/new", SETTLED, None, "FirmMade", "RoleGiven", by="bo", page="/firm/new",
            fields={"name": "Entirely Other", "country": "DK"},
        ),
        act(
            f"{one}/edit/{{section}}", SETTLED, "bo carla", changed, section="=basics",
            page=f"{one}/edit/{{section}}", fields={"city": "Skagen"}, **editors,
        ),
        act(
            f"{one}/edit/{{section}}", SETTLED, "orla", "FirmProfileChanged", section="=basics",
            page=f"{one}/edit/{{section}}", fields={"city": "Skagen"}, firm="firm hidden",
        ),
        act(f"{one}/edit/basics/register", SETTLED, "", by="bo", firm=NORDLYS),
        act(
            f"{one}/evidence/new", SETTLED, "bo carla", changed, page=f"{one}/evidence/new",
            fields=given, **editors,
        ),
        act(
            piece, SETTLED, "bo carla", changed, evidence="evidence nordlys", page=piece,
            fields=given, **editors,
        ),
        act(piece, SETTLED, "", evidence="evidence hidden", by="bo", fields=given, **editors),
        act(
            f"{piece}/remove", SETTLED, "bo carla", changed, evidence="evidence nordlys",
            page=piece, **editors,
        ),
        act(f"{piece}/remove", SETTLED, "", evidence="evidence hidden", by="bo", **editors),
        act(
            f"{one}/members", SETTLED, "bo", "InvitationSent", page=f"{one}/members",
            fields={"email": NEW}, **lead,
        ),
        act(f"{member}/end", SETTLED, "bo carla", "RoleEnded", person="person carla",
            page=member, **editors),
        act(f"{member}/end", SETTLED, "", person="person orla", by="bo", firm=NORDLYS),
        act(
            revoke, SETTLED, "bo", "InvitationRevoked", invitation="invitation firm",
            page=f"{one}/members", **lead,
        ),
        act(revoke, SETTLED, "", invitation="invitation foreign", by="bo", firm=NORDLYS),
        act(revoke, SETTLED, "", invitation="invitation site", by="bo", firm=NORDLYS),
        act(
            f"{one}/close", SETTLED, "bo", "InvitationRevoked", "InvitationRevoked",
            "ListedFirmClosed", page=f"{one}/close", **lead,
        ),
        act(f"{one}/reopen", SETTLED, "orla", "FirmReopened", page=one, firm="firm closed"),
        act(f"{one}/reopen", SETTLED, "", by="bo", firm=NORDLYS, refused="bo carla frieda"),
    ]  # fmt: skip


def _matches() -> list[Act]:
    aside, editors = "/matches/{slug}/not-for-us", "bo carla dieter lea orla"
    topic = {"reason": "topic"}
    return [
        act(
            aside, SETTLED, editors, "MatchSetAside", slug="challenge open", fields=topic,
            page=aside, refused="frieda",
        ),
        act(aside, SETTLED, "", slug="challenge draft", by="bo", fields=topic),
        # Nobody set it aside: whoever might is answered, and nothing happens.
        act(
            "/matches/{slug}/take-up", SETTLED, editors, "MatchTakenUp", silent=editors,
            slug="challenge open", refused="frieda",
        ),
        act("/matches/{slug}/take-up", SETTLED, "", slug="challenge draft", by="bo"),
    ]  # fmt: skip


def _glossary() -> list[Act]:
    one, all_three = "/glossary/{key}", "eva mads kim"
    words = {"word_de": "Bienenwagen\nWanderwagen", "step": "save"}
    return [
        act("/glossary/new", EDITORS, all_three, "GlossaryEntryAdded", page="/glossary/new",
            fields=words),
        act(f"{one}/edit", EDITORS, all_three, "GlossaryEntryChanged", key="glossary entry",
            page=f"{one}/edit", fields=words),
        act(f"{one}/switch", EDITORS, all_three, "GlossaryEntrySwitched", key="glossary entry",
            page=one),
    ]  # fmt: skip


def _programmes() -> list[Act]:
    one, slug = "/admin/programmes/{slug}", "=open-doors"
    parts = {
        "terms": {"days-pilot": "100"},
        "rules": {f"reason-sealed-{lang}": "Another reason" for lang in ("de", "da", "en")},
        "voices": {
            "voice-0-kind": "chamber",
            **{f"voice-0-name_{lang}": "A chamber" for lang in ("de", "da", "en")},
        },
    }  # fmt: skip
    rows = [
        act(f"{one}/{part}", ADMIN, "kim", "ProgrammeChanged", page=f"{one}/{part}",
            fields=fields, slug=slug)
        for part, fields in parts.items()
    ]  # fmt: skip
    letter, round_ = f"{one}/letters/{{letter}}", f"{one}/rounds/{{round}}"
    names = {f"name_{lang}": "Another name" for lang in ("de", "da", "en")}
    return [
        *rows,
        act("/admin/programmes/new", ADMIN, "kim", "ProgrammeCreated",
            page="/admin/programmes/new",
            fields={"template": "govtech", "slug": "new-programme", **names}),
        act(f"{one}/authorities", ADMIN, "kim", "AuthoritiesSet", slug="=govtech", page=one,
            fields={"authorities[]": "bremen-finanzen"}),
        act(letter, ADMIN, "kim", "ProgrammeChanged", page=letter, slug=slug, letter="=selected",
            fields={"subject-en": "Another subject"}),
        act(round_, ADMIN, "kim", "RoundLoaded", page=round_, slug=slug, round="=doors-1",
            fields={"name_en": "Another name"}),
    ]  # fmt: skip


def _offices() -> list[Act]:
    names = {f"name_{lang}": "Another name" for lang in ("de", "da", "en")}
    office = {
        "slug": "new-office", "country": "DK", "languages[]": "da",
        "contact_name": "Office", "contact_email": "office@doors.example.org",
    }  # fmt: skip
    one, people = "/admin/authorities/{slug}", "/admin/people/{person}"
    offer = {"email": NEW, "role": "auditor", "for": "site"}
    rows = [
        *_programmes(),
        act(
            "/admin/authorities/new", ADMIN, "kim", "AuthorityCreated",
            page="/admin/authorities/new", fields={**names, **office},
        ),
        act(
            one, ADMIN, "kim", "AuthorityChanged", slug="=doors", page=one,
            fields={"region": "Elsewhere"},
        ),
        act(one, ADMIN, "", slug="=bremen-finanzen", refused="kim", by="kim", fields={
            **names, **office, "zone": "Europe/Berlin"}),
        act(
            f"{people}/roles", ADMIN, "kim", "RoleGiven", person="person newcomer", page=people,
            fields={"role": "auditor", "for": "site"},
        ),
        act(
            f"{people}/roles/end", ADMIN, "kim", "RoleEnded", person="person quinn", page=people,
        ),
        act(
            "/admin/invitations/new", ADMIN, "kim", "InvitationSent", fields=offer,
            page="/admin/invitations/new",
        ),
        act(
            "/admin/invitations/revoke", ADMIN, "kim", "InvitationRevoked",
            fields={"invitation": "@invitation site"},
        ),
        act(
            "/admin/invitations/revoke", ADMIN, "", by="kim", but={"kim": 404},
            fields={"invitation": "@invitation firm"},
        ),
    ]  # fmt: skip
    for verb, whose, event in (
        ("disable", "person carla", "PersonDisabled"),
        ("enable", "person closed", "PersonEnabled"),
        ("reset-factor", "person carla", "SecondFactorReset"),
        ("end-sessions", "person carla", "SessionsEnded"),
    ):
        rows.append(act(f"{people}/{verb}", ADMIN, "kim", event, person=whose, page=people))
    rows += [
        act(f"{people}/{verb}", ADMIN, "", person="person kim", by="kim", refused="kim")
        for verb in ("disable", "reset-factor")
    ]
    return rows


def _demonstration() -> list[Act]:
    return [
        act("/demo/sign-in", ANYONE, None, "SignedIn", fields={"persona": "bo"}),
        act("/demo/clock", ANYONE, None, fields={"by": "hour"}, keeps=True),
    ]


ACTS: list[Act] = [
    *_accounts(),
    *_desk(),
    *_applications(),
    *_firms(),
    *_offices(),
    *_matches(),
    *_glossary(),
    *_demonstration(),
    *NEED_ACTS,
    *QUESTION_ACTS,
    *PARTNER_ACTS,
    *ACTS_OF_JOINING,
    *ACTS_ON,
    *ACTS_ON_EVENTS,
    *ACTS_ON_FOLLOWS,
    *ACTS_ON_APPROVAL,
    *prints_of(LOOKS),
]
