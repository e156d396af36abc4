"""One challenge from its files into the database."""

from dataclasses import field
from datetime import datetime
from zoneinfo import ZoneInfo

from govmatch.challenges import actions
from govmatch.challenges.changes import Change, changes
from govmatch.challenges.content.dates import shifted, source_facts, with_kept_dates
from govmatch.challenges.content.papers import keep_papers
from govmatch.challenges.content.route import option_of
from govmatch.challenges.content.whole import FromFiles
from govmatch.challenges.models import Challenge, State
from govmatch.challenges.queries import find_by_slug, lacks_route, last_amendment
from govmatch.challenges.routing import Chosen
from govmatch.challenges.rules import Fault
from govmatch.challenges.rules.fault import missing
from govmatch.challenges.rules.may import AMENDABLE, EDITABLE
from govmatch.challenges.statement import Statement, statement_of, tidy
from govmatch.kit.content import FILES, Done, Problem
from govmatch.kit.db import Session
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.procurement.kept import tables
from govmatch.settings import Settings

IN_DECISION = frozenset({State.IN_REVIEW, State.RETURNED, State.APPROVED})
_ELIGIBILITY = frozenset({"countries", "size", "languages", "requires"})


@dataclass(slots=True)
class Loaded:
    """What became of one challenge; of what is refused nothing is kept."""

    done: Done
    problems: list[Problem] = field(default_factory=list)
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Loading:
    """What loading is done with: `now` is the site's time, `real_now` the machine's."""

    settings: Settings
    now: datetime
    real_now: datetime

    def load(self, session: Session, found: FromFiles) -> Loaded:
        """Make the challenge read as its files say, as far as its state allows."""
        challenge = find_by_slug(session, found.slug)
        if challenge is None:
            return self._create(session, found)
        if challenge.source_path is None:
            return self._compare(challenge, found)
        return self._update(session, challenge, found)

    def _create(self, session: Session, found: FromFiles) -> Loaded:
        """Make a draft; approve and publish it where that is settled by the file."""
        statement, publish_at = found.statement, self.now
        is_shifted = self.settings.is_demo and found.demo is not None
        if is_shifted and found.demo is not None:
            moved = shifted(found, found.demo, self.now)
            statement, publish_at = moved.statement, moved.publish
        challenge = actions.create(
            session,
            statement,
            actor=FILES,
            now=self.now,
            slug=found.slug,
            source_path=found.path,
        )
        self._note_source(session, challenge, found, is_shifted=is_shifted)
        loaded = self._with_route(session, challenge, found, Loaded(Done.CREATED))
        return self._decide(session, challenge, found, loaded, publish_at)

    def _with_route(
        self, session: Session, challenge: Challenge, found: FromFiles, loaded: Loaded
    ) -> Loaded:
        """Keep the procurement route that the files name; one that is not open is said."""
        route = found.route
        if route is None:
            return loaded
        statement, authority = statement_of(challenge), challenge.authority
        option = option_of(
            route, statement, tables(self.settings.content_dir).every,
            country=authority.country, region=authority.region,
        )  # fmt: skip
        if route.choice and option is None:
            fault = Fault(("route", "choice"), *_NOT_OPEN)
            return Loaded(loaded.done, [*loaded.problems, found.problem(fault)], loaded.note)
        estimate = route.estimate(statement)
        actions.choose_route_from_file(
            session,
            challenge,
            Chosen(estimate=estimate, buyer=route.buyer, option=option, named=route.named),
            reasons=found.reasons,
            at=route.at(challenge.zone),
            actor=FILES,
            now=self.now,
        )
        return loaded

    def _decide(
        self,
        session: Session,
        challenge: Challenge,
        found: FromFiles,
        loaded: Loaded,
        publish_at: datetime,
    ) -> Loaded:
        """Approve and publish a draft that its file says is approved, where that counts.

        It stays a draft after its deadline, and without the route that its programme wants first.
        """
        counts = self.settings.content_counts_as_approval and found.approval is not None
        if not counts or challenge.state != State.DRAFT or found.approval is None:
            return loaded
        is_shifted = challenge.source_facts["shifted"]
        if not is_shifted and challenge.closes is not None and challenge.closes <= self.now:
            fault = Fault(
                ("closes",),
                msg("The deadline is past, so this is not published."),
                msg("Choose later dates; it stays a draft until then."),
            )
            return Loaded(loaded.done, [found.problem(fault)])
        content_dir = self.settings.content_dir
        if lacks_route(session, challenge, now=self.now, content_dir=content_dir):
            problems = [*loaded.problems, found.problem(missing(("route",)))]
            return Loaded(loaded.done, problems)
        actions.approve_from_file(
            session, challenge, by=found.approval.by, actor=FILES, now=self.now
        )
        actions.publish_from_file(
            session, challenge, at=publish_at, actor=FILES, now=self.now, content_dir=content_dir
        )
        return Loaded(Done.PUBLISHED, loaded.problems, loaded.note)

    def _compare(self, challenge: Challenge, found: FromFiles) -> Loaded:
        """Leave a challenge that was written on the site alone; say so where the file differs."""
        if not changes(tidy(statement_of(challenge)), found.statement):
            return Loaded(Done.UNCHANGED)
        fault = Fault(
            ("slug",),
            msg("A challenge of this name is written on the site; files do not change it."),
            msg("Give the files another slug."),
        )
        return Loaded(Done.REFUSED, [found.problem(fault)])

    def _update(self, session: Session, challenge: Challenge, found: FromFiles) -> Loaded:
        if challenge.source_digest == found.digest:
            return self._decide(session, challenge, found, Loaded(Done.UNCHANGED), self.now)
        before = tidy(statement_of(challenge))
        wanted = with_kept_dates(found, challenge.source_facts, before)
        changed = changes(before, wanted)
        is_shifted = bool(challenge.source_facts.get("shifted")) and not _dates_in(changed)
        loaded = Loaded(Done.UNCHANGED)
        if changed and State(challenge.state) in EDITABLE | IN_DECISION:
            self._rewrite(session, challenge, wanted)
            loaded = Loaded(Done.CHANGED)
        elif changed:
            loaded = self._amend(session, challenge, found, wanted, changed)
        if loaded.problems:
            return loaded
        self._note_source(session, challenge, found, is_shifted=is_shifted)
        loaded = self._with_route(session, challenge, found, loaded)
        return self._decide(session, challenge, found, loaded, self.now)

    def _rewrite(self, session: Session, challenge: Challenge, wanted: Statement) -> None:
        """Write what is not published yet anew; what was in review or approved is a draft again."""
        if State(challenge.state) in IN_DECISION:
            actions.take_back(session, challenge, actor=FILES, now=self.now)
        revision = challenge.revision
        actions.save(session, challenge, wanted, revision=revision, actor=FILES, now=self.now)

    def _amend(
        self,
        session: Session,
        challenge: Challenge,
        found: FromFiles,
        wanted: Statement,
        changed: list[Change],
    ) -> Loaded:
        """Run the action of the site; without a new reason nothing changes."""
        if State(challenge.state) not in AMENDABLE:
            over = (msg("This challenge is over and does not change."), _AS_IT_WAS)
            return Loaded(Done.REFUSED, [_problem(found, changed[0], *over)])
        last = last_amendment(session, challenge)
        if not found.amendment or (last is not None and last.reasons == found.amendment):
            return Loaded(Done.REFUSED, [_problem(found, changed[0], *_NO_REASON)])
        try:
            actions.amend(
                session,
                challenge,
                wanted,
                reasons=found.amendment,
                actor=FILES,
                now=self.now,
                content_dir=self.settings.content_dir,
            )
        except actions.Faulty as faulty:
            return Loaded(Done.REFUSED, [found.problem(fault) for fault in faulty.faults])
        return Loaded(Done.AMENDED, note=_moved(challenge, wanted))

    def _note_source(
        self, session: Session, challenge: Challenge, found: FromFiles, *, is_shifted: bool
    ) -> None:
        challenge.source_digest = found.digest
        challenge.main_lang = found.statement.main_lang
        challenge.source_facts = source_facts(found, is_shifted=is_shifted)
        keep_papers(session, challenge, found, settings=self.settings, now=self.real_now)


def _dates_in(changed: list[Change]) -> bool:
    return any(one.field in {"opens", "questions_until", "closes"} for one in changed)


def _moved(challenge: Challenge, wanted: Statement) -> Message | None:
    """Return that the deadline was moved further than the file says, or None."""
    if challenge.closes is None or challenge.closes == wanted.closes:
        return None
    local = challenge.closes.astimezone(ZoneInfo(challenge.zone))
    return msg("The deadline moved to {time}.", time=f"{local:%Y-%m-%dT%H:%M}")


_NOT_OPEN = (
    msg("This route is not open to the value of the challenge now."),
    msg("Choose another route, mend value, day and kind of authority, or name it freely."),
)
_AS_IT_WAS = msg("Leave it as it was.")
_NO_REASON = (
    msg("It is published, and a change needs a reason of its own."),
    msg("Add a line `amendment: …` with the reason, a new one for each change, to every file."),
)


def _problem(found: FromFiles, change: Change, message: Message, remedy: Message) -> Problem:
    path = ("eligibility", change.field) if change.field in _ELIGIBILITY else (change.field,)
    return found.problem(Fault(path, message, remedy, change.lang))
