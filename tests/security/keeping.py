"""One's own data: copies, erasure, who sees what, and how long it is kept."""

from govmatch.kit.db import Session
from govmatch.privacy import actions, archive
from tests.security.acts import Act, act
from tests.security.gates import ADMIN, ANYONE, SETTLED, Row, look
from tests.security.making import Maker

EXPORT, ERASURE, LEDGER = "/account/export", "/account/erasure", "/account/privacy"


def keep_copies(maker: Maker) -> None:
    """Let a copy of Bo's data lie there, with a word in it that nobody else may read."""
    word = maker.world.canaries.plant("a copy of one person's data", "bo")

    def make(session: Session) -> str:
        number = maker.world.numbers["bo"]
        actor = maker.actor(session, "bo")
        at = {"now": maker.now, "real_now": maker.now}
        export = actions.ask_export(session, number, actor=actor, **at)
        place = archive.path_of(maker.settings.data_dir, export.public_id)
        made = archive.write(place, f"<p>{word}</p>", {"word": word}, [])
        actions.note_made(
            session, export, size=made.size, sha256=made.sha256, settings=maker.settings, **at
        )
        return export.public_id

    maker.world.ids["copy bo"] = maker.do(make)

    def leave(session: Session) -> None:
        dieter = maker.actor(session, "dieter")
        assert dieter.person_id is not None
        actions.ask_erasure(
            session, dieter.person_id, settings=maker.settings, actor=dieter,
            now=maker.now, real_now=maker.now,
        )  # fmt: skip

    maker.do(leave)


KEEPING_LOOKS: list[Row] = [
    look(LEDGER, SETTLED),
    look(EXPORT, SETTLED),
    look(f"{EXPORT}/{{copy}}", SETTLED, "bo", copy="copy bo", noted="ExportTaken"),
    look(ERASURE, SETTLED),
    look("/admin/retention", ADMIN),
    look("/privacy", ANYONE),
]

KEEPING_ACTS: list[Act] = [
    act(EXPORT, SETTLED, None, "ExportAsked", by="bo", page=EXPORT),
    act(ERASURE, SETTLED, None, "ErasureAsked", by="bo", page=ERASURE, fields={"sure": "yes"},
        silent="dieter", refused="kim"),
    act(f"{ERASURE}/take-back", SETTLED, "dieter", "ErasureTakenBack", by="dieter", page=ERASURE),
    act(f"{LEDGER}/end", SETTLED, None, "SharingEnded", by="bo", page=LEDGER,
        fields={"kind": "follows", "key": "all"},
        otherwise={"bo": ("FollowEnded", "SharingEnded")}),
    act("/admin/retention/run", ADMIN, "kim", silent="kim", fields={"kind": "mails"}),
]  # fmt: skip
