"""Needs in the world of these tests: made, and who reads and does what with them."""

from datetime import timedelta

from govmatch.kit.db import Session
from govmatch.needs import actions
from govmatch.needs.models import Need
from govmatch.needs.wording import Wording, Words
from govmatch.organisations.models import Firm
from govmatch.organisations.queries.authorities import by_slug
from govmatch.programmes import queries as programmes
from tests.security.acts import Act, act
from tests.security.gates import ANYONE, MANAGERS, NOBODY, SETTLED, TAKERS, Row, look
from tests.security.making import Maker

WRITERS = "bo carla dieter lea orla"
"""Who writes for a firm, and so puts needs into an order."""
OWN_WORK = "astrid hanne"
"""Who works for the authority whose work the needs are about."""
NO_FIRM = "newcomer former frieda astrid hanne eva ida mads finn greta quinn mia mona jens kim"


def make_needs(maker: Maker) -> None:
    """Make two needs of the programme that Eva manages, proposed by Bo and by somebody else."""
    maker.do(lambda session: _make(session, maker, "shown", "bo", "firm nordlys"))
    maker.do(lambda session: _make(session, maker, "other", "dieter", "firm weserbeleg"))
    maker.do(lambda session: _lay(session, maker))


def hide_need(maker: Maker) -> None:
    """Make one that is hidden: its words, and why."""
    plant = maker.world.canaries.plant
    readers = "orla eva jens"
    words = Words(plant("title of the hidden need", readers), plant("hidden need", readers))
    maker.do(lambda session: _make(session, maker, "hidden", "orla", "firm hidden", words))
    reason = plant("why a need is hidden", "orla eva")

    def hide(session: Session) -> None:
        need = session.get_one(Need, maker.world.numbers["need hidden"])
        actor = maker.actor(session, "eva")
        actions.hide(session, need, reason=reason, actor=actor, now=maker.now)

    maker.do(hide)


def _make(
    session: Session, maker: Maker, key: str, who: str, firm: str, words: Words | None = None
) -> None:
    before = maker.now - timedelta(days=1)
    wording = Wording(
        words={"en": words or Words(f"Need {key}", "Forms are asked for three times.")},
        main_lang="en",
        theme="registers",
        country="DK",
        authority_id=by_slug(session, "sikkerhedsstyrelsen").id,
    )
    need = actions.propose(
        session, programmes.by_slug(session, "govtech"), wording,
        actor=maker.actor(session, who), now=before, real_now=before,
        firm=session.get_one(Firm, maker.world.numbers[firm]),
    )  # fmt: skip
    maker.world.ids[f"need {key}"] = need.public_id
    maker.world.numbers[f"need {key}"] = need.id


def _lay(session: Session, maker: Maker) -> None:
    need = session.get_one(Need, maker.world.numbers["need other"])
    firm = session.get_one(Firm, maker.world.numbers["firm nordlys"])
    actor = maker.actor(session, "bo")
    before = maker.now - timedelta(hours=20)
    actions.support(session, need, actor=actor, now=before, firm=firm)
    programme = programmes.by_slug(session, "govtech")
    actions.order(session, firm, programme, [need], actor=actor, now=before)
    actions.rank(session, programme.id, now=before)
    eva = maker.actor(session, "eva")
    sitting = actions.lay_list(session, programme, actor=eva, now=before)
    maker.world.ids["sitting"] = sitting.public_id


def _hidden_from(route: str) -> Row:
    return look(route, ANYONE, "orla eva jens", id="need hidden")


def _looks() -> list[Row]:
    one = "/needs/{id}"
    return [
        look("/needs", ANYONE, query="q=forms&sort=newest"),
        look("/needs/report", ANYONE),
        look("/needs/report.csv", ANYONE),
        look("/needs/survey", ANYONE, query="programme=govtech"),
        look("/needs/steering", ANYONE),
        look("/triage/needs", MANAGERS),
        look("/needs/new", SETTLED),
        look("/needs/top", SETTLED, WRITERS, refused=NO_FIRM),
        look(one, ANYONE, id="need shown"),
        _hidden_from(one),
        look(f"{one}/later", ANYONE, id="need shown"),
        _hidden_from(f"{one}/later"),
        look(f"{one}/edit", SETTLED, "bo carla eva", refused=_all_but("bo carla eva"),
             id="need shown"),
        look(f"{one}/edit", SETTLED, "orla eva", refused="jens", id="need hidden"),
        look(f"{one}/take-up", TAKERS, "eva astrid", refused="ida mads", id="need shown"),
        look(f"{one}/take-up", TAKERS, "", refused="eva", id="need hidden"),
    ]  # fmt: skip


def _all_but(names: str) -> str:
    return " ".join(sorted(SETTLED.passes - set(names.split())))


def _acts() -> list[Act]:
    one, said = "/needs/{id}", {"text-de": "Ein Grund"}
    new = {"title-en": "Another need", "suffering-en": "It hurts here", "theme": "registers",
           "country": "DK"}  # fmt: skip
    rows = [
        act("/needs/new", SETTLED, None, "NeedProposed", by="newcomer", page="/needs/new",
            fields={**new, "title-en": "Quite another thing"}),
        act(f"{one}/edit", SETTLED, "bo carla eva", "NeedEdited", id="need shown", by="bo",
            page=f"{one}/edit", refused=_all_but("bo carla eva"),
            fields={"title-en": "Other words"}),
        act(f"{one}/support", SETTLED, _all_but(OWN_WORK), "NeedSupported", id="need other",
            by="newcomer", page=one, refused=OWN_WORK),
        act(f"{one}/withdraw", SETTLED, "bo carla", "NeedWithdrawn", id="need shown", by="bo",
            page=one, refused=_all_but("bo carla"), fields={"reason-en": "Found another way"}),
        act("/needs/top", SETTLED, WRITERS, "TopTenSet", by="dieter", refused=NO_FIRM,
            page="/needs/top", fields={"step": "add", "need": "@need other"}, silent="bo carla"),
        act("/needs/survey", MANAGERS, "eva", "SurveySet", by="eva", refused="mads",
            page="/needs/survey", fields={"person": "3"}),
        act("/needs/steering", MANAGERS, "", by="eva", refused="eva mads"),
        act("/needs/steering/{sitting}/opinion", NOBODY, "", sitting="sitting", by="eva"),
        act("/needs/steering/{sitting}/minutes", MANAGERS, "", sitting="sitting", by="eva",
            refused="eva mads"),
        act(f"{one}/take-up", TAKERS, "eva astrid", "ChallengeDrafted", "NeedTakenUp",
            "DraftedFromNeed", id="need shown", page=f"{one}/take-up", refused="ida mads",
            fields={"authority": "sikkerhedsstyrelsen"}),
    ]  # fmt: skip
    rows += [
        act(f"{one}/decide", MANAGERS, "eva", event, id=f"need {key}", refused="mads",
            page=one, fields={**said, "act": verb, "into": ""})
        for verb, event, key in (
            ("analyse", "NeedAnalysed", "shown"), ("decline", "NeedDeclined", "other"),
        )
    ]  # fmt: skip
    rows.append(
        act(f"{one}/decide", MANAGERS, "eva", "NeedShown", id="need hidden", page=one,
            fields={"act": "show"})
    )  # fmt: skip
    return rows


NEED_LOOKS = _looks()
NEED_ACTS = _acts()
