"""Evidence of open firms whose last day comes near or has just been, and whom to tell."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import or_, select

from govmatch.accounts.models import Person
from govmatch.kit.db import ReadSession
from govmatch.organisations import lapsing, rules
from govmatch.organisations.models import Evidence, Firm
from govmatch.organisations.queries.members import members_of


def due_for_reminding(session: ReadSession, *, today: date) -> list[tuple[int, list[Evidence]]]:
    """Return the evidence that a reminder is due for, by the id of its firm; one statement."""
    found = (
        select(Evidence)
        .join(Evidence.firm)
        .where(
            Evidence.valid_until.between(
                today - timedelta(days=lapsing.FORGOTTEN), today + timedelta(days=lapsing.FIRST)
            ),
            or_(Evidence.told_days.is_(None), Evidence.told_days > lapsing.AFTER),
            Firm.closed_at.is_(None),
        )
        .order_by(Evidence.firm_id, Evidence.valid_until, Evidence.id)
    )
    due = [
        one
        for one in session.scalars(found)
        if one.valid_until and lapsing.is_due(one.valid_until, one.told_days, today=today)
    ]
    return [(firm_id, list(some)) for firm_id, some in groupby(due, key=lambda one: one.firm_id)]


def lapsing_now(evidence: Iterable[Evidence], *, today: date) -> list[Evidence]:
    """Return what lapses soon or has lapsed and no other piece of its kind stands in for."""
    every = list(evidence)
    lasting = {
        one.kind for one in every if rules.is_in_date(one, on=today + timedelta(lapsing.FIRST + 1))
    }
    return [
        one
        for one in sorted(every, key=lambda one: (one.valid_until or date.max, one.id))
        if one.valid_until
        and one.kind not in lasting
        and lapsing.mark_of(one.valid_until, today=today) is not None
        and (today - one.valid_until).days <= lapsing.FORGOTTEN
    ]


def whom_to_remind(session: ReadSession, firm: Firm, *, real_now: datetime) -> list[Person]:
    """Return those who work on the profile of a firm; its readers and finance contact do not."""
    return [
        member.person
        for member in members_of(session, firm, real_now=real_now)
        if {row.role for row in member.rows} & set(rules.EDITORS)
        and member.person.disabled_at is None
    ]
