"""Remarks of an approver, given and not, and links to previews: who reads them, who writes them."""

from typing import Any

from govmatch.challenges import actions as challenges
from govmatch.challenges import queries
from govmatch.challenges.actions import Answered, Written
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import find_by_slug
from govmatch.challenges.sections import Section
from govmatch.kit.db import Session
from tests.security.acts import Act, act
from tests.security.gates import ANYONE, AUDIT, DESK, EVERYBODY, Row, look
from tests.security.making import Maker

OURS = "astrid hanne eva"  # at whose desk a challenge of Astrid's authority lies
READERS = "astrid hanne eva jens"
ONE = "/desk/challenges/{slug}"
LINK = {"link": "preview key"}


def show_draft(maker: Maker) -> None:
    """Make a draft that everybody may know who has the address."""
    maker.draft("shown", maker.statement("Doors that are shown"))
    secret, public_id = _link(maker, "shown", "An office of doors")
    maker.world.ids |= {"preview secret": secret, "preview key": public_id}


def hide_approval(maker: Maker) -> None:
    """Return a challenge with remarks, and keep some that are not given; link to hidden drafts."""
    plant, watch = maker.world.canaries.plant, maker.world.canaries.watch
    given = [
        Written(field="", section=section, text=plant(f"remark on {section or 'all'}", READERS))
        for section in (Section.GOAL, None)
    ]
    maker.move("returned", challenges.return_, "hanne", written=given, real_now=maker.now)
    note = plant("answer to a remark", READERS)
    maker.do(lambda session: _answer(session, maker, note))
    for key in ("waiting", "approved"):
        kept = [Written(field="", section=None, text=plant(f"remark kept on {key}", "hanne"))]
        maker.move(key, challenges.keep_remarks, "hanne", written=kept, real_now=maker.now)
    for key in ("draft", "waiting", "approved"):
        secret, _ = _link(maker, key, plant(f"label of a link to {key}", OURS))
        watch(secret, f"secret of a link to {key}")


def _answer(session: Session, maker: Maker, note: str) -> None:
    challenge = _find(session, maker, "returned")
    remarks = queries.remarks_of(session, challenge)
    maker.world.ids["remark"] = remarks[0].public_id
    answers = [Answered(id=remarks[1].public_id, is_done=True, note=note)]
    challenges.answer_remarks(
        session, challenge, answers, actor=maker.actor(session, "astrid"), now=maker.now
    )


def _link(maker: Maker, key: str, label: str) -> tuple[str, str]:
    def make(session: Session) -> tuple[str, str]:
        challenge = _find(session, maker, key)
        secret = challenges.make_preview_link(
            session, challenge, label=label,
            actor=maker.actor(session, "astrid"), now=maker.now, real_now=maker.now,
        )  # fmt: skip
        return secret, queries.preview_links(session, challenge)[0].public_id

    secret, public_id = maker.do(make)
    return secret, public_id


def _find(session: Session, maker: Maker, key: str) -> Challenge:
    found = find_by_slug(session, maker.world.ids[f"challenge {key}"])
    assert found is not None
    return found


def _looks() -> list[Row]:
    rows = []
    for path in (f"{ONE}/remarks", f"{ONE}/rounds", f"{ONE}/previews"):
        rows += [
            look(path, DESK, OURS, slug=f"challenge {key}")
            for key in ("draft", "returned", "approved")
        ]
        rows += [
            look(path, DESK, OURS, slug="challenge waiting"),
            look(path, DESK, "ida eva mads", slug="challenge foreign"),
        ]
    everybody = {"noted": "PreviewLinkOpened", "noted_for": " ".join(EVERYBODY)}
    secret = {"token": "preview secret", "unknown": 410}
    return [
        *rows,
        look(f"{ONE}/previews/{{link}}/revoke", DESK, OURS, status=303, slug="challenge shown",
             **LINK),
        look("/preview/{token}", ANYONE, **secret, **everybody),
        look("/preview/{token}/papers/{file}", ANYONE, "", file="=paper", **secret),
        look("/audit/challenges/{slug}/approval", AUDIT, slug="challenge returned"),
    ]  # fmt: skip


def _acts() -> list[Act]:
    remark = {"new-goal": "Say more"}
    wait: dict[str, Any] = {"by": "eva", "fields": {"when": "now"}}
    later = {"slug": "challenge later", "refused": "astrid hanne"}
    form: dict[str, Any] = {"page": f"{ONE}/remarks", "form": f"{ONE}/remarks", "fields": remark}
    return [
        act(f"{ONE}/remarks", DESK, "hanne", refused="astrid eva", slug="challenge waiting",
            page=f"{ONE}/remarks", fields=remark, keeps=True),
        act(f"{ONE}/remarks", DESK, "hanne eva", refused="astrid", slug="challenge approved",
            page=f"{ONE}/remarks", fields=remark, keeps=True),
        act(f"{ONE}/remarks", DESK, "", refused=OURS, slug="challenge returned", fields=remark,
            by="hanne"),
        act(f"{ONE}/return", DESK, "hanne", "ChallengeReturned", refused="astrid eva",
            slug="challenge waiting", **form),
        act(f"{ONE}/return", DESK, "eva hanne", "ChallengeReturned", refused="astrid",
            slug="challenge approved", **form),
        act(f"{ONE}/remarks/answer", DESK, "astrid", "RemarksAnswered", refused="hanne eva",
            slug="challenge returned", page=f"{ONE}/remarks",
            fields={"note-{remark}": "Done by us"}),
        act(f"{ONE}/publish/move", DESK, "eva", "PublicationMoved", page=ONE, **later, **wait),
        act(f"{ONE}/publish/withdraw", DESK, "eva", "PublicationWithdrawn", page=ONE, **later),
        act(f"{ONE}/publish/move", DESK, "", slug="challenge written", refused=OURS, **wait),
        act(f"{ONE}/previews", DESK, OURS, "PreviewLinkMade", status=200, slug="challenge draft",
            page=f"{ONE}/previews", fields={"label": "An office"}),
        act(f"{ONE}/previews", DESK, "", refused=OURS, slug="challenge written", by="astrid",
            fields={"label": "An office", "days": "7"}),
        act(f"{ONE}/previews/{{link}}/revoke", DESK, OURS, "PreviewLinkRevoked",
            slug="challenge shown", page=f"{ONE}/previews", **LINK),
        act(f"{ONE}/previews/{{link}}/revoke", DESK, "", slug="challenge draft", by="astrid",
            **LINK),
    ]  # fmt: skip


LOOKS_AT_APPROVAL: list[Row] = _looks()
ACTS_ON_APPROVAL: list[Act] = _acts()
