"""Asking to join a firm, what its lead answers, roles in it, and matches and searches by mail."""

from govmatch.kit.db import Session
from govmatch.organisations import actions
from govmatch.organisations.models import Firm
from tests.security.acts import Act, act
from tests.security.gates import SETTLED, SIGNED_IN, Row, each, look
from tests.security.making import Maker

JOIN = "/firms/{slug}/join"
MEMBER, REQUEST = "/firm/{firm}/members/{person}", "/firm/{firm}/requests/{request}"
AGAIN = "/firm/{firm}/invitations/{invitation}/again"
BELONG = ("bo", "carla", "frieda")
OTHERS = " ".join(who for who in SIGNED_IN if who not in {*BELONG, "halfway"})


def ask_to_join(maker: Maker) -> None:
    """Let somebody without a firm ask to join Nordlys, with a note for its lead."""
    note = maker.world.canaries.plant("note of a request to join", "bo newcomer")
    number = maker.world.numbers["firm nordlys"]

    def ask(session: Session) -> str:
        made = actions.ask_to_join(
            session, session.get_one(Firm, number), note=note,
            actor=maker.actor(session, "newcomer"), now=maker.now, real_now=maker.now,
        )  # fmt: skip
        return made.public_id

    maker.world.ids["join request"] = maker.do(ask)


ROWS_OF_JOINING: list[Row] = [
    look(JOIN, SETTLED, slug="=nordlys-vision", but=each(BELONG, 303)),
    look(JOIN, SETTLED, "orla", slug="firm hidden", status=303),
    look(JOIN, SETTLED, "", slug="firm closed", but={"orla": 303}),
    look(
        MEMBER, SETTLED, "bo carla", refused="frieda", firm="firm nordlys-vision",
        person="person carla",
    ),
    look(MEMBER, SETTLED, "", firm="firm nordlys-vision", person="person orla"),
]  # fmt: skip

_LEAD = {"refused": "carla frieda", "firm": "firm nordlys-vision"}
_MEMBERS = "/firm/{firm}/members"

ACTS_OF_JOINING: list[Act] = [
    act(
        JOIN, SETTLED, OTHERS, "JoinAsked", slug="=nordlys-vision", page=JOIN, by="dieter",
        refused=" ".join(BELONG), silent="newcomer",
    ),
    act(JOIN, SETTLED, "", slug="firm hidden", by="dieter", refused="orla"),
    act(
        f"{JOIN}/take-back", SETTLED, "newcomer", "JoinWithdrawn", slug="=nordlys-vision",
        page=JOIN,
    ),
    act(f"{JOIN}/take-back", SETTLED, "", slug="firm hidden", by="newcomer"),
    act(
        REQUEST, SETTLED, "bo", "JoinAccepted", "RoleGiven", request="join request",
        page=_MEMBERS, fields={"act": "accept", "role": "reader"}, **_LEAD,
    ),
    act(
        REQUEST, SETTLED, "", request="join request", firm="firm hidden", by="orla",
        fields={"act": "decline"},
    ),
    act(
        MEMBER, SETTLED, "bo", "RoleGiven", "RoleEnded", person="person carla", page=MEMBER,
        fields={"role": "reader"}, **_LEAD,
    ),
    act(MEMBER, SETTLED, "", person="person orla", by="bo", firm="firm nordlys-vision",
        fields={"role": "reader"}),
    act(
        f"{MEMBER}/lead", SETTLED, "bo", "RoleGiven", "RoleEnded", "RoleGiven", "RoleEnded",
        person="person carla", page=MEMBER, **_LEAD,
    ),
    act(f"{MEMBER}/lead", SETTLED, "", person="person orla", by="bo", firm="firm nordlys-vision"),
    act(
        AGAIN, SETTLED, "bo", "InvitationSent", invitation="invitation firm", page=_MEMBERS,
        **_LEAD,
    ),
    act(AGAIN, SETTLED, "", invitation="invitation foreign", by="bo",
        firm="firm nordlys-vision"),
    act(
        "/matches/by-mail", SETTLED, "bo carla frieda", "FollowBegun",
        fields={"firm": "@firm nordlys-vision", "how": "daily"},
    ),
    act(
        "/account/searches/{public_id}/how", SETTLED, "bo", "FollowBegun", public_id="saved bo",
        page="/account/searches", fields={"how": "weekly"},
    ),
]  # fmt: skip
