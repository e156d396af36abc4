"""The journal of a case in words, and what the parts of its file are called."""

from collections.abc import Mapping

from govmatch.dossiers.collecting import Case
from govmatch.kit.i18n import Lang, Message, msg, say
from govmatch.overview.wording import in_words

TITLES: Mapping[str, Message] = {
    "amendments": msg("Changes after the publication"),
    "application_access": msg("Who may see it"),
    "application_confirmations": msg("Confirmations after changes"),
    "application_likeness_marks": msg("What was found about near-duplicates"),
    "application_likenesses": msg("Near-duplicates"),
    "application_partners": msg("Partners"),
    "application_versions": msg("Submissions"),
    "applications": msg("Application"),
    "assignment_proposals": msg("Proposal: who reviews what"),
    "challenge_forms": msg("Versions of the form"),
    "challenge_previews": msg("Links to previews"),
    "challenge_remarks": msg("Remarks of the approval"),
    "challenge_submissions": msg("Rounds of the approval"),
    "challenge_terms": msg("Themes and technologies"),
    "challenge_texts": msg("Texts"),
    "challenge_versions": msg("Versions of the challenge"),
    "challenges": msg("Challenge"),
    "conflict_declarations": msg("Declarations of conflicts of interest"),
    "conflict_suspicions": msg("Possible conflicts of interest"),
    "conflict_ties": msg("Firms that reviewers named"),
    "conflicts": msg("Conflicts of interest"),
    "decision_answers": msg("Answers to the decision"),
    "decisions": msg("Decisions"),
    "deficiencies": msg("Formal requests"),
    "deliveries": msg("Deliveries"),
    "determinations": msg("What was decided"),
    "dossiers": msg("Copies of this file"),
    "gate_rulings": msg("Eligibility"),
    "handlings": msg("State of the work"),
    "interview_earlier_sheets": msg("Points before the interview"),
    "interview_people": msg("Who of the jury took part"),
    "interview_questions": msg("Questions for the interview"),
    "interview_slots": msg("Times offered for interviews"),
    "interviews": msg("Interview"),
    "jury_exceptions": msg("Exceptions for juries"),
    "kpi_values": msg("Measured values"),
    "kpis": msg("Key figures"),
    "late_codes": msg("Late codes"),
    "late_entry_ends": msg("End of late entries"),
    "letter_receipts": msg("Delivery and reading of letters"),
    "letters": msg("Letters"),
    "milestones": msg("Milestones"),
    "name_reveals": msg("Names revealed"),
    "openings": msg("Opening of the applications"),
    "panel_items": msg("What the jury discussed"),
    "panel_members": msg("Members of the meeting"),
    "panel_scores": msg("Points that the jury agreed on"),
    "panels": msg("Meeting of the jury"),
    "pilot_changes": msg("Changes of the plan"),
    "pilot_log": msg("Pilot log"),
    "pilots": msg("Pilot projects"),
    "proposed_reviews": msg("Proposed reviews"),
    "question_answers": msg("Answers to questions"),
    "public_readings": msg("Read through for the public"),
    "questions": msg("Questions"),
    "redacted_copies": msg("Copy without names"),
    "reviews": msg("Reviews"),
    "route_choices": msg("Procurement route"),
    "scores": msg("Points"),
    "secrecy_inquiries": msg("Questions about trade secrets"),
    "secrecy_statements": msg("What the firm called a trade secret"),
    "triage_notes": msg("Internal notes"),
    "triage_tags": msg("Tags"),
}
LEFT_TO_THE_DATA = frozenset(
    {
        *("application_prints", "application_readings", "application_traces"),
        *("conflict_suspected", "gathering_challenges"),
    }
)
"""Tables of marks by which the site finds things; they say nothing to who reads the page."""


def title_of(table: str, lang: Lang) -> str:
    """Return what the rows of a table are called; a newer table is called by its own name."""
    return say(TITLES[table], lang) if table in TITLES else table.replace("_", " ").capitalize()


def told(case: Case, lang: Lang, *, with_names: bool = True) -> dict[int, str]:
    """Return each row of the case's journal in words, by its id; without names, nobody's."""
    about: dict[tuple[str, int], str] = {
        ("application", one.id): one.reference if with_names else str(one.alias or "–")
        for one in case.applications
    }
    about |= {("pilot", row["id"]): row["title"] for row in case.everywhere("pilots")}
    names = case.people if with_names else dict.fromkeys(case.people, "–")
    about |= {("person", number): name for number, name in names.items()}
    zone = case.challenge.zone
    return {
        row.id: say(in_words(row, lang=lang, zone=zone, about=about), lang) for row in case.journal
    }
