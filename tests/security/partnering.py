"""Firms that apply together: Dieter's leads, Lea's takes part, and Bo's is asked."""

from sqlalchemy import select

from govmatch.applications import partner_links
from govmatch.applications.actions import partners
from govmatch.applications.models import Application
from govmatch.applications.queries import find_asked_to_change
from govmatch.kit.db import Session
from govmatch.kit.signing import Signer
from govmatch.organisations.models import Firm
from tests.security.acts import Act, act
from tests.security.applying import apply
from tests.security.gates import ACCOUNTS, Row, look
from tests.security.making import Maker

TOGETHER = "dieter lea"
ASKED = "bo carla"
ONE = "/applications/{id}/partners"
IT = {"id": "application together"}


def apply_together(maker: Maker) -> None:
    """Make a draft of two firms, which a third one is asked to join."""
    plant, ids = maker.world.canaries.plant, maker.world.ids
    apply(maker, "together", firm="weserbeleg", by="dieter", on="other", readers=TOGETHER)
    part = plant("part of a partner", TOGETHER)
    ids["partner together"] = _ask(maker, "klarsprak-lab", part)
    _agree(maker, "klarsprak-lab", ids["partner together"])
    part = plant("part of a firm that is asked", f"{TOGETHER} {ASKED}")
    ids["partner asked"] = asked = _ask(maker, "nordlys-vision", part)
    ids["token of partner asked"] = _link(maker, asked)
    ids["token of partner together"] = _link(maker, ids["partner together"])


def _link(maker: Maker, public_id: str) -> str:
    signer = Signer(maker.settings.secret_key)
    return partner_links.path(signer, public_id).removeprefix("/partners/")


def _ask(maker: Maker, slug: str, part: str) -> str:
    public_id = maker.world.ids["application together"]

    def act_(session: Session) -> str:
        found = session.scalars(select(Application).where(Application.public_id == public_id)).one()
        firm = session.scalars(select(Firm).where(Firm.slug == slug)).one()
        actor = maker.actor(session, "dieter")
        made = partners.invite(
            session, found, partners.Asked(firm=firm, share=20, part=part), lang="en",
            held=actor.roles, actor=actor, now=maker.now, real_now=maker.now,
        )  # fmt: skip
        return made.public_id

    return str(maker.do(act_))


def _agree(maker: Maker, slug: str, public_id: str) -> None:
    def act_(session: Session) -> None:
        firm = session.scalars(select(Firm).where(Firm.slug == slug)).one()
        one = find_asked_to_change(session, public_id)
        assert one is not None
        actor = maker.actor(session, "lea")
        partners.accept(
            session, one, firm, shown=partners.terms_shown(one), held=actor.roles,
            actor=actor, now=maker.now,
        )  # fmt: skip

    maker.do(act_)


def _looks() -> list[Row]:
    one, link = "/applications/{id}", "/partners/{token}"
    rows = [
        look(path, ACCOUNTS, TOGETHER, **IT, **more)
        for path, more in (
            (one, {}),
            (f"{one}/check", {}),
            (f"{one}/sections/{{section}}", {"section": "=solution"}),
            (f"{ONE}/shares", {"status": 303}),
        )
    ]
    return [
        *rows,
        look(ONE, ACCOUNTS, TOGETHER, **IT),
        look(ONE, ACCOUNTS, ASKED, id="application draft"),
        look(ONE, ACCOUNTS, "orla", id="application hidden"),
        look(link, ACCOUNTS, ASKED, token="token of partner asked", unknown=410),
        # Who has agreed already is led to the application.
        look(link, ACCOUNTS, "lea", token="token of partner together", unknown=410, status=303),
    ]


def _acts() -> list[Act]:
    partner = {"partner": "partner together", **IT}
    ask = {"email": "somebody-new@doors.example.org", "share": "5", "part": "A", "then": "invite"}
    link = "/partners/{token}"
    return [
        act(ONE, ACCOUNTS, "dieter", "PartnerInvited", page=ONE, fields=ask, refused="lea", **IT),
        act(
            f"{ONE}/shares", ACCOUNTS, "dieter", "SharesChanged", page=ONE, refused="lea",
            fields={"part-lead": "Something else"}, **IT,
        ),
        act(
            f"{ONE}/{{partner}}/remove", ACCOUNTS, "dieter", "PartnerRemoved", page=ONE,
            refused="lea", **partner,
        ),
        act(
            f"{ONE}/{{partner}}/leave", ACCOUNTS, "lea", "PartnerLeft", page=ONE,
            refused="dieter", **partner,
        ),
        act(f"{ONE}/{{partner}}/remove", ACCOUNTS, "", by="bo", id="application draft",
            partner="partner together"),
        act(
            link, ACCOUNTS, "bo carla", "PartnerAccepted", page=link, unknown=410,
            fields={"agreed": "yes", "then": "accept"}, token="token of partner asked",
            tells=("id of application together",),
        ),
    ]  # fmt: skip


PARTNER_LOOKS = _looks()
PARTNER_ACTS = _acts()
