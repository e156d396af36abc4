"""Filling the forms from the deadline to the outcome with what would run somewhere."""

from datetime import timedelta

from tests.security.forms import form_for
from tests.security.house import House
from tests.security.poisoning import NEW, SHORT, Poisoned, poison, upload


def poison_stages(house: House, into: Poisoned) -> None:
    """Poison every text field of triage, reviews, decisions and pilots, and release a letter."""
    sealed = f"/desk/challenges/{house.ids['challenge sealed']}/late-codes"
    poison(house, into, "eva", sealed, email=NEW)
    _triage(house, into)
    _reviews(house, into)
    _decisions(house, into)
    _plans(house, into)
    _pilots(house, into)


def day(house: House, after: int) -> str:
    return (house.world.now + timedelta(days=after)).date().isoformat()


def _triage(house: House, into: Poisoned) -> None:
    ids = house.ids
    own = ids["application judged nordlys"]
    one, gate = f"/triage/{own}", ids["gate judged"]
    poison(house, into, "bo", f"/applications/{own}/messages")
    poison(house, into, "astrid", f"{one}/messages")
    poison(house, into, "astrid", f"{one}?show=notes", f"{one}/notes")
    poison(house, into, "astrid", one, f"{one}/gates/{gate}", **{f"met-{gate}": "no"})
    klar = f"/triage/{ids['application judged klar']}"
    poison(house, into, "eva", klar, f"{klar}/requests", due=day(house, 9))
    hidden, asked = ids["application judged hidden"], ids["request judged"]
    poison(house, into, "orla", f"/applications/{hidden}/requests/{asked}")


def _reviews(house: House, into: Poisoned) -> None:
    ids = house.ids
    declared = f"/reviews/challenges/{ids['challenge judged']}/declaration"
    sworn = {"confidential": "yes", "impartial": "yes", "then": "declare"}
    poison(house, into, "quinn", declared, declared, "other_ties", **sworn)
    one = f"/reviews/{ids['review judged nordlys by finn']}"
    poison(house, into, "finn", one)
    poison(house, into, "finn", one, f"{one}/abstain")
    desk = f"/desk/challenges/{ids['challenge judged']}/reviewing"
    begun = f"{desk}/{ids['application judged klar']}"
    poison(house, into, "eva", begun, f"{begun}/set-aside",
           review=ids["review judged klar by finn"])  # fmt: skip
    scored = f"{desk}/{ids['application judged weser']}"
    poison(house, into, "eva", scored, f"{scored}/conflict", person=ids["person rosa"])
    tied = f"{desk}/{ids['application judged nordlys']}"
    poison(house, into, "eva", tied, f"{tied}/clear", person=ids["person greta"])
    mine = f"/reviews/{ids['review judged weser by greta']}"
    poison(house, into, "greta", mine, f"{mine}/conflict")


def _decisions(house: House, into: Poisoned) -> None:
    ids = house.ids
    drafted = f"/desk/challenges/{ids['challenge drafted']}/decision"
    poison(house, into, "eva", f"{drafted}/applications/{ids['application drafted nordlys']}")
    poison(house, into, "eva", drafted, drafted, "deviation", confirm_days="14")
    poison(house, into, "eva", f"{drafted}/ending")
    reply = f"/applications/{ids['application released nordlys']}/answer"
    poison(house, into, "bo", reply, reply=("declined"))
    moves_up = f"/desk/challenges/{ids['challenge released']}/decision/successor"
    poison(house, into, "eva", moves_up, confirm_days="14")
    _release(house, into)


def _release(house: House, into: Poisoned) -> None:
    """Let a poisoned letter be confirmed, read and released."""
    one = f"/decisions/{house.ids['decision proposed']}"
    outbox = f"{one}/letters"
    poison(house, into, "astrid", f"{outbox}/{house.ids['letter proposed hidden']}")
    _press(house, "hanne", one, f"{one}/confirm")
    for firm in ("nordlys", "hidden"):
        letter = f"{outbox}/{house.ids[f'letter proposed {firm}']}"
        _press(house, "astrid", letter, f"{letter}/read")
    _press(house, "eva", one, f"{one}/release")


def _press(house: House, who: str, page: str, action: str, **fixed: str) -> None:
    form = form_for(house.get(who, page).text, action)
    got = house.post(who, action, {**form.sent(), **fixed})
    assert got.status == 303, (action, got.status)


def _plans(house: House, into: Poisoned) -> None:
    ids = house.ids
    application = ids["application waiting pilot weser"]
    poison(house, into, "astrid", f"/pilots/new?application={application}", "/pilots/new",
           budget="1000")  # fmt: skip
    one = f"/pilots/{ids['pilot planned']}"
    poison(house, into, "astrid", f"{one}/plan", budget="300000")
    poison(house, into, "astrid", f"{one}/plan/milestones/new", amount="100",
           due=day(house, 20))  # fmt: skip
    poison(house, into, "astrid", f"{one}/plan/kpis/new", unit="minutes",
           baseline="3", target="1")  # fmt: skip
    _press(house, "astrid", one, one, act="agree")
    poison(house, into, "lea", one, one, "remarks", act="return")


def _pilots(house: House, into: Poisoned) -> None:
    ids = house.ids
    one = f"/pilots/{ids['pilot running']}"
    first = f"{one}/milestones/{ids['milestone running 1']}"
    poison(house, into, "astrid", first, act="return")
    poison(house, into, "bo", first)
    second = f"{one}/milestones/{ids['milestone running 2']}"
    upload(house, "bo", second, "files", f"{SHORT}.pdf", text=SHORT)
    kpi = ids["kpi running"]
    poison(house, into, "bo", f"{one}/kpis/{kpi}", **{f"value-{kpi}": "7"})
    poison(house, into, "astrid", f"{one}/change", f"{one}/change", "answer", act="decline")
    poison(house, into, "mia", f"{one}/log")
    poison(house, into, "bo", f"{one}/messages")
    poison(house, into, "astrid", f"{one}/presentation", f"{one}/presentation", "place",
           at=f"{day(house, 20)}T12:00")  # fmt: skip
    ended = f"/pilots/{ids['pilot stopped']}/outcome"
    poison(house, into, "eva", ended, outcome="stop", cost="0")
    planned = f"/pilots/{ids['pilot planned']}/stop"
    poison(house, into, "astrid", planned)
