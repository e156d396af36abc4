"""Every address from the deadline to the outcome that is written to, with a form that is right."""

from datetime import timedelta

from tests.security.acts import Act, act
from tests.security.gates import (
    ACCOUNTS,
    ANYONE,
    DESK,
    EVERYBODY,
    JURORS,
    MANAGERS,
    OVERSEERS,
    SETTLED,
    SIGNED_IN,
    each,
)
from tests.security.house import House
from tests.security.interviewing import INTERVIEW_ACTS
from tests.security.judging import JUDGING_ACTS
from tests.security.keeping import KEEPING_ACTS
from tests.security.meeting import MEETING_ACTS
from tests.security.secrecy import SECRECY_ACTS

OURS = "astrid hanne eva"
NORDLYS = "bo carla"
SIDES = "astrid eva"
NEW = "somebody-new@doors.example.org"
CRITERIA = ("fit", "team", "traction", "technology", "innovation", "scaling", "motivation")
JUDGED = "application judged nordlys"


def in_20_days(house: House, _who: str) -> str:
    return (house.world.now + timedelta(days=20)).date().isoformat()


def in_20_days_at_noon(house: House, who: str) -> str:
    return f"{in_20_days(house, who)}T12:00"


def _late() -> list[Act]:
    one = "/desk/challenges/{slug}/late-codes"
    sealed = {"slug": "challenge sealed"}
    others = set(SIGNED_IN) - {"lea"}
    return [
        act(
            "/challenges/{slug}/late-code", ACCOUNTS, "lea", "LateCodeUsed",
            but=each(others, 422), fields={"late_code": "@code of lea"}, **sealed,
        ),
        act(
            one, MANAGERS, "eva", "LateCodeIssued", page=one,
            fields={"email": NEW, "reason": "The line was down"}, **sealed,
        ),
        act(
            f"{one}/revoke", MANAGERS, "eva", "LateCodeEnded", page=one,
            fields={"code": "@late code lea"}, **sealed,
        ),
    ]  # fmt: skip


def _opening() -> list[Act]:
    one, begun = "/desk/challenges/{slug}/opening", {"slug": "challenge begun"}
    return [
        act(one, DESK, "eva", "LateCodeEnded", "OpeningBegun", refused="astrid hanne",
            slug="challenge sealed", page=one),
        act(f"{one}/complete", DESK, "astrid hanne", "ApplicationsOpened", "ChallengeMovedOn",
            "ApplicationOpened", refused="eva", page=one, **begun),
        act(f"{one}/take-back", DESK, "eva", "OpeningTakenBack", refused="astrid hanne", page=one,
            **begun),
    ]  # fmt: skip


def _correspondence() -> list[Act]:
    firm, staff = "/applications/{id}/messages", "/triage/{id}/messages"
    request = "/applications/{id}/requests/{request}"
    return [
        act(firm, ACCOUNTS, NORDLYS, "FirmWrote", id=JUDGED, page=firm, fields={"text": "Hello"}),
        act(firm, ACCOUNTS, "", by="bo", id="application sealed nordlys", refused=NORDLYS,
            fields={"text": "Hello"}),
        act(staff, SETTLED, OURS, "AuthorityWrote", refused="jens", id=JUDGED, page=staff,
            fields={"text": "Hello"}),
        act(request, ACCOUNTS, "orla", "RequestAnswered", id="application judged hidden",
            request="request judged", page=request, fields={"answer": "Here it is"}),
    ]  # fmt: skip


def _copies() -> list[Act]:
    one = "/triage/{id}/names"
    return [
        act(one, MANAGERS, "eva", "CopyCorrected", id=JUDGED, page=one,
            fields={"hidden": "a passage"}),
        act(one, MANAGERS, "", by="eva", id="application sealed nordlys",
            fields={"hidden": "a passage"}),
    ]  # fmt: skip


def _triage() -> list[Act]:
    one, ours = "/triage/{id}", {"id": JUDGED}
    refused, word = {"refused": "astrid hanne"}, {"word": "@tag judged"}
    notes = f"{one}/notes/{{note}}/delete"
    return [
        act("/triage/undo/{move}", DESK, "eva", "TagsChanged", move="move judged",
            page="/triage/undo/{move}"),
        act("/triage/views", OVERSEERS, None, by="eva", page="/triage?q=country:DE", keeps=True,
            fields={"name": "Ours"}),
        act("/triage/views/{view}/delete", OVERSEERS, "eva", page="/triage/views", keeps=True,
            view="view judged"),
        act("/triage/columns", OVERSEERS, None, by="eva", page="/triage", keeps=True,
            fields={"column": "state"}),
        act("/triage/keys", OVERSEERS, None, by="eva", page="/triage", keeps=True,
            fields={"keys": "off"}),
        act("/triage/bulk", DESK, "eva", "ApplicationMoved", unknown=None,
            but=each(("astrid", "hanne", "ida", "mads"), 409), fields={
                "act": "state:shortlisted", "then": "change", "seen": seen_now}, **ours),
        act(f"{one}/move", DESK, "eva", "ApplicationMoved", page=one,
            fields={"state": "shortlisted"}, **ours, **refused),
        act(f"{one}/assign", DESK, "eva", "HandlerAssigned", page=one,
            fields={"person": "@person astrid"}, **ours, **refused),
        act(f"{one}/tag", DESK, OURS, "TagsChanged", page=one, fields={"tag": "urgent"}, **ours),
        act(f"{one}/untag", DESK, OURS, "TagsChanged", page=one, fields=word, **ours),
        act(f"{one}/gates/{{kind}}", DESK, OURS, "GateRuled", page=one, kind="gate judged",
            fields={"met-{gate judged}": "no", "evidence-{gate judged}": "It is not"}, **ours),
        act(f"{one}/requests", DESK, "eva", "ApplicationMoved", "RequestSent", page=one,
            id="application judged klar", fields={"text": "A page", "due": in_20_days}, **refused),
        act(f"{one}/requests/{{request}}/settle", DESK, "eva", "ApplicationMoved",
            "RequestSettled", page=one, id="application judged hidden", request="request judged",
            fields={"mended": "yes"}, **refused),
        act(f"{one}/alike/{{other}}", DESK, OURS, "LikenessMarked", "LikenessMarked",
            page=f"{one}/alike/{{other}}", other="application judged weser",
            fields={"verdict": "same", "reason": "Read both"}, **ours),
        act(f"{one}/notes", DESK, OURS, "NoteWritten", page=f"{one}?show=notes",
            fields={"note": "A note"}, **ours),
        act(notes, DESK, "astrid eva", "NoteDeleted", refused="hanne", page=f"{one}?show=notes",
            note="note judged", **ours),
    ]  # fmt: skip


def seen_now(house: House, _who: str) -> str:
    """Return an application with its revision, as a preview shows it."""
    found = (
        "SELECT h.revision FROM handlings h JOIN applications a ON a.id = h.application_id"
        " WHERE a.public_id = ?"
    )
    return f"{house.ids[JUDGED]}:{house.rows(found, house.ids[JUDGED])[0][0]}"


def _reviews() -> list[Act]:
    one = "/reviews/{id}"
    mine, done = {"id": "review judged nordlys by finn"}, {"id": "review judged weser by finn"}
    declared = "/reviews/challenges/{slug}/declaration"
    whole = {f"points-{name}": "4" for name in CRITERIA}
    return [
        act(declared, JURORS, "quinn", "ConflictsDeclared", "AccessGranted", page=declared,
            slug="challenge judged", but=each(("finn", "greta"), 422),
            fields={"confidential": "yes", "impartial": "yes", "then": "declare"}),
        act(one, JURORS, "finn", page=one, keeps=True, fields={"points-fit": "3"}, **mine),
        act(f"{one}/submit", JURORS, "finn", "ReviewSubmitted", page=one, form=one,
            fields=whole, **mine),
        act(f"{one}/abstain", JURORS, "finn", "AccessEnded", "ReviewAbstained", page=one,
            fields={"abstain_reason": "Too little time"}, **mine),
        act(f"{one}/conflict", JURORS, "finn", "AccessClosed", "ConflictNoted", "ReviewRecused",
            page=one, fields={"conflict_reason": "A friend"}, **mine),
        act(f"{one}/take-up", JURORS, "finn", "ReviewTakenUp", page=one, **done),
        act(one, JURORS, "", by="finn", refused="finn", fields={"revision": "1"}, **done),
        act(one, JURORS, "", by="finn", id="review judged weser by rosa"),
        *_assignments(),
    ]  # fmt: skip


def _assignments() -> list[Act]:
    desk, ours = "/desk/challenges/{slug}/reviewing", {"slug": "challenge judged"}
    one = f"{desk}/{{application}}"
    it = {"application": JUDGED, **ours}
    chosen = {
        "which": "chosen", "applications": f"@{JUDGED}", "people": "@person quinn",
        "due": in_20_days, "then": "assign",
    }  # fmt: skip
    review = {"review": "@review judged nordlys by finn"}
    begun = {"slug": "challenge judged", "application": "application judged klar"}
    return [
        act(f"{desk}/assign", MANAGERS, "eva", "ReviewAssigned", "ReviewsAssigned", page=desk,
            fields=chosen, **ours),
        act(f"{one}/unassign", MANAGERS, "eva", "AccessEnded", "ReviewUnassigned", page=one,
            fields=review, **it),
        act(f"{one}/due", MANAGERS, "eva", "ReviewDueMoved", page=one,
            fields={**review, "due": in_20_days}, **it),
        act(f"{one}/set-aside", MANAGERS, "eva", "AccessEnded", "ReviewSetAside", page=one,
            fields={"review": "@review judged klar by finn", "reason": "They are ill"}, **begun),
        act(f"{one}/conflict", MANAGERS, "eva", "AccessClosed", "ConflictNoted", "ReviewRecused",
            page=one, fields={"person": "@person finn", "conflict_reason": "A friend"}, **it),
        act(f"{one}/suspicion", MANAGERS, "eva", "AccessClosed", "ConflictNoted",
            "SuspicionConfirmed", page=one, application="application judged klar",
            slug="challenge judged", fields={
                "person": "@person greta", "suspicion_reason": "A cousin", "verdict": "conflict"}),
        act(f"{one}/clear", MANAGERS, "eva", "AccessReopened", "ConflictCleared", page=one,
            fields={"person": "@person greta", "clear_reason": "Another firm was meant"}, **it),
    ]  # fmt: skip


def _receipts() -> list[Act]:
    """Anybody may ask whether a receipt is genuine; that somebody asked is counted, not kept."""
    return [
        act(
            "/receipts/verify", ANYONE, None, status=200, page="/receipts/verify",
            fields={"text": "no receipt"}, silent=" ".join(EVERYBODY),
        )
    ]  # fmt: skip


def _decisions() -> list[Act]:
    one, reasons = "/desk/challenges/{slug}/decision", {"reasons-en": "For this reason"}
    drafted, judged = {"slug": "challenge drafted"}, {"slug": "challenge judged"}
    text = f"{one}/applications/{{application}}"
    return [
        act(f"{one}/begin", MANAGERS, "eva", "DecisionBegun", page=one, **judged),
        act(one, MANAGERS, "eva", page=one, keeps=True, fields=reasons, **drafted),
        act(text, MANAGERS, "eva", page=text, keeps=True, fields={"r-fit": "It fits"},
            application="application drafted nordlys", **drafted),
        act(f"{one}/successor", MANAGERS, "eva", "DecisionProposed", page=f"{one}/successor",
            slug="challenge released", fields=reasons),
        act(f"{one}/ending", MANAGERS, "eva", "DecisionProposed", page=f"{one}/ending",
            fields={"reason-en": "No money"}, **judged),
        *_deciding(),
    ]  # fmt: skip


def _deciding() -> list[Act]:
    one, proposed = "/decisions/{decision}", {"decision": "decision proposed"}
    letter = f"{one}/letters/{{letter}}"
    it = {"letter": "letter proposed nordlys", **proposed}
    reply, own = "/applications/{id}/answer", {"id": "application released nordlys"}
    ours = "/letters/{letter}"
    return [
        act(f"{one}/confirm", OVERSEERS, "hanne", "DecisionConfirmed", refused="astrid eva jens",
            page=one, **proposed),
        act(f"{one}/return", OVERSEERS, "hanne", "ReviewsThawed", "DecisionReturned",
            refused="astrid eva jens", page=one, fields={"remarks": "Not yet"}, **proposed),
        act(f"{one}/take-back", MANAGERS, "eva", "ReviewsThawed", "DecisionTakenBack", page=one,
            **proposed),
        act(f"{one}/read", OVERSEERS, OURS, "LetterChecked", refused="jens", page=one,
            fields={"read": first_letter}, **proposed),
        act(f"{one}/release", MANAGERS, "eva", "ApplicationMoved", "LetterReleased",
            "ChallengeMovedOn", "DecisionReleased", page=one, decision="decision confirmed"),
        act(letter, OVERSEERS, OURS, "LetterCorrected", refused="jens", page=letter,
            fields={"subject": "Another subject"}, **it),
        act(f"{letter}/read", OVERSEERS, OURS, "LetterChecked", refused="jens", page=letter, **it),
        act(f"{letter}/remake", OVERSEERS, OURS, "LetterCorrected", refused="jens", page=letter,
            **it),
        act(reply, SETTLED, NORDLYS, "ApplicationMoved", "SelectionConfirmed", page=reply,
            fields={"reply": "confirmed"}, **own),
        act(f"{ours}/question", SETTLED, NORDLYS, "QuestionBackAsked", refused=f"{OURS} jens",
            page=ours, fields={"text": "Why?"}, letter="letter released nordlys"),
        act(f"{ours}/question/answer", SETTLED, OURS, "QuestionBackAnswered",
            refused="dieter jens", page=ours, fields={"text": "Because."},
            letter="letter released weser"),
    ]  # fmt: skip


def first_letter(house: House, _who: str) -> str:
    public_id = house.ids["letter proposed hidden"]
    revision = house.rows("SELECT revision FROM letters WHERE public_id = ?", public_id)[0][0]
    return f"{public_id}:{revision}"


def _plans() -> list[Act]:
    one, planned = "/pilots/{id}", {"id": "pilot planned", "refused": "hanne jens mona lea"}
    plan, new = f"{one}/plan", "/pilots/new"
    step, kpi = f"{plan}/milestones/{{milestone}}", f"{plan}/kpis/{{kpi}}"
    made = {"title": "A step", "acceptance": "It works", "amount": "1000", "due": in_20_days}
    figure = {"name-en": "Letters", "unit": "minutes", "baseline": "9", "target": "3"}
    return [
        act(new, ACCOUNTS, SIDES, "PilotPlanned", page=f"{new}?application={{application}}",
            application="application waiting pilot weser", unknown=None, fields={
                "title": "A pilot", "summary-en": "It is tried", "budget": "1000"}),
        act(one, ACCOUNTS, SIDES, "PlanOffered", page=one, fields={"act": "agree"}, **planned),
        act(plan, ACCOUNTS, SIDES, "PlanChanged", page=plan, fields={"title": "New"}, **planned),
        act(f"{plan}/milestones/new", ACCOUNTS, SIDES, "PlanChanged",
            page=f"{plan}/milestones/new", fields=made, **planned),
        act(step, ACCOUNTS, SIDES, "PlanChanged", page=step, fields={"title": "New"},
            milestone="milestone planned 1", **planned),
        act(f"{plan}/kpis/new", ACCOUNTS, SIDES, "PlanChanged", page=f"{plan}/kpis/new",
            fields=figure, **planned),
        act(kpi, ACCOUNTS, SIDES, "PlanChanged", page=kpi, fields={"target": "7"},
            kpi="kpi planned", **planned),
    ]  # fmt: skip


def _pilots() -> list[Act]:
    one, running = "/pilots/{id}", {"id": "pilot running"}
    firm = {"refused": f"{OURS} jens mia", **running}
    authority = {"refused": f"{NORDLYS} hanne jens mia", **running}
    writers = {"refused": "hanne jens", **running}
    step, kpi = f"{one}/milestones/{{milestone}}", f"{one}/kpis/{{kpi}}"
    measured = {"value-{kpi running}": "11"}
    return [
        act(step, ACCOUNTS, SIDES, "MilestoneAccepted", page=step, fields={"act": "accept"},
            milestone="milestone running 1", **authority),
        act(step, ACCOUNTS, NORDLYS, "MilestoneDelivered", page=step, fields={"text": "Done"},
            milestone="milestone running 2", **firm),
        act(kpi, ACCOUNTS, NORDLYS, "KpiMeasured", page=kpi, fields=measured, kpi="kpi running",
            **firm),
        act(f"{one}/change", ACCOUNTS, SIDES, "ChangeAgreed", page=f"{one}/change",
            fields={"act": "agree"}, **authority),
        act(f"{one}/log", ACCOUNTS, f"{NORDLYS} {SIDES} mia", "LogNoted", page=f"{one}/log",
            fields={"text": "Something"}, **writers),
        act(f"{one}/documents", ACCOUNTS, "bo", "DocumentRemoved", page=f"{one}/documents",
            fields={"act": "remove", "file": "@pilot document"}, id="pilot running",
            refused=f"carla {OURS} jens mia"),
        act(f"{one}/people", ACCOUNTS, SIDES, "InvitationSent", page=f"{one}/people",
            fields={"act": "invite", "email": NEW, "lang": "en"}, **authority),
        act(f"{one}/presentation", ACCOUNTS, SIDES, "PresentationPlanned",
            page=f"{one}/presentation", fields={"at": in_20_days_at_noon, "place": "Here"},
            **authority),
        act(f"{one}/messages", ACCOUNTS, f"{NORDLYS} {SIDES}", "PilotMessageSent",
            page=f"{one}/messages", fields={"text": "Hello"}, refused="hanne jens mia", **running),
        act(f"{one}/stop", ACCOUNTS, f"{NORDLYS} {SIDES}", "PilotStopped", page=f"{one}/stop",
            fields={"reasons": "No more"}, refused="hanne jens mia", **running),
        act(f"{one}/outcome", ACCOUNTS, SIDES, "OutcomeStated", page=f"{one}/outcome",
            id="pilot stopped", refused="hanne jens dieter",
            fields={"outcome": "stop", "reasons-en": "It failed", "cost": "0"}),
        act("/desk/challenges/{slug}/completion", DESK, "eva", "ChallengeMovedOn",
            refused="astrid hanne", slug="challenge ended",
            page="/desk/challenges/{slug}/completion"),
    ]  # fmt: skip


ACTS_ON: list[Act] = [
    *_late(),
    *_copies(),
    *_opening(),
    *_receipts(),
    *_correspondence(),
    *_triage(),
    *_reviews(),
    *_decisions(),
    *_plans(),
    *_pilots(),
    *KEEPING_ACTS,
    *JUDGING_ACTS,
    *INTERVIEW_ACTS,
    *MEETING_ACTS,
    *SECRECY_ACTS,
]
