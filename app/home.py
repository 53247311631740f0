"""What the first page says of a year: how far the outcomes have come, and what waits to be done. Pure, from queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from app.action_items import queries as action_queries
from app.action_items.queries import ActionItemRow
from app.action_items.rules import is_overdue
from app.calendar import first_day, last_day
from app.meetings import queries as meeting_queries
from app.meetings.queries import MeetingRow, TaskRow
from app.office import Reader
from app.organisations import queries as organisation_queries
from app.organisations.rules import is_to_ask
from app.outcomes.progress import OutcomeProgress, Progress, progress
from app.outcomes.rules import roll_up_rule
from app.plans import queries as plan_queries
from app.settings.queries import OfficeSettings, settings
from app.steps import queries as step_queries
from app.steps.queries import RoundRow
from app.voices import queries as voice_queries
from app.voices.queries import VoiceRow
from db.vocabulary import ActionState, MeetingState, OrganisationGroup, RoundState, VoiceState


@dataclass(frozen=True, slots=True)
class HomeSummary:
    """The state of a year. ``progress`` is None in a ledger without any plan.

    ``unreviewed`` have no rating yet; ``without_evidence`` are rated but stand on nothing; ``unrevised`` still bear last year's
    text as it was copied.
    """

    office: OfficeSettings
    fiscal_year: int
    progress: Progress | None
    rule: str = ""
    unreviewed: tuple[OutcomeProgress, ...] = ()
    without_evidence: tuple[OutcomeProgress, ...] = ()
    unrevised: tuple[OutcomeProgress, ...] = ()

    @property
    def is_within_period(self) -> bool:
        """Whether the year lies in the plan's period; otherwise the nearest plan is shown."""
        return self.progress is not None and self.fiscal_year in self.progress.plan.fiscal_years


def summary(reader: Reader, fiscal_year: int) -> HomeSummary:
    """Read the state of ``fiscal_year`` by the plan in force then, or the nearest one."""
    office = settings(reader)
    plan = plan_queries.plan_in_force(reader, fiscal_year)
    if plan is None:
        return HomeSummary(office, fiscal_year, None)
    found = progress(reader, plan.id, fiscal_year)
    outcomes = tuple(found.outcomes)
    return HomeSummary(
        office,
        fiscal_year,
        found,
        roll_up_rule(found.levels),
        tuple(one for one in outcomes if one.level is None),
        tuple(one for one in outcomes if one.level is not None and one.now and not one.now.evidence),
        tuple(one for one in outcomes if one.now and one.now.copied_from is not None),
    )


@dataclass(frozen=True, slots=True)
class NetworkSummary:
    """The members of the network on ``day``, counted by group (None: without a category), in the order of the groups.

    ``to_ask`` counts those who were members on April 1 and have not yet confirmed the year's roster.
    """

    day: date
    fiscal_year: int
    groups: tuple[tuple[OrganisationGroup | None, int], ...]
    to_ask: int

    @property
    def total(self) -> int:
        """All members."""
        return sum(count for _, count in self.groups)


def network(reader: Reader, fiscal_year: int, today: date) -> NetworkSummary:
    """Count the members today, or on the day of ``fiscal_year`` that is nearest to it."""
    day = min(max(today, first_day(fiscal_year)), last_day(fiscal_year))
    counts = Counter(row.group for row in organisation_queries.organisations(reader, day))
    answers = organisation_queries.confirmations(reader, fiscal_year)
    states = {organisation_id: row.state for organisation_id, row in answers.items()}
    in_april = organisation_queries.organisations(reader, first_day(fiscal_year))
    return NetworkSummary(
        day,
        fiscal_year,
        tuple((group, counts[group]) for group in (*OrganisationGroup, None) if counts[group]),
        sum(is_to_ask(states.get(row.id)) for row in in_april),
    )


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round of ステップ確認 that takes answers. ``days_left`` is negative after its day, None where none was set."""

    round: RoundRow
    days_left: int | None


@dataclass(frozen=True, slots=True)
class WaitingSummary:
    """What waits around meetings on ``today``, whatever the fiscal year.

    ``coming`` are the meetings ahead by day, ``tasks`` their preparation that is due within a week or overdue; ``unfinished`` were held
    but their minutes are not final; ``overdue`` are open 宿題 after their day, the oldest first, out of ``open_actions``;
    ``voices`` were received and nothing was done with them yet, the oldest first; ``unanswered`` counts those that went further
    and have no answer yet; ``rounds`` are open, the next to end first.
    """

    today: date
    coming: tuple[MeetingRow, ...]
    tasks: tuple[TaskRow, ...]
    unfinished: tuple[MeetingRow, ...]
    overdue: tuple[ActionItemRow, ...]
    open_actions: int
    voices: tuple[VoiceRow, ...]
    unanswered: int
    rounds: tuple[OpenRound, ...]


def waiting(reader: Reader, today: date) -> WaitingSummary:
    """Read what waits around meetings."""
    meetings = meeting_queries.meetings(reader)
    coming = tuple(
        one
        for one in meetings
        if one.state in (MeetingState.PLANNED, MeetingState.ANNOUNCED)
        and one.held_on is not None
        and one.held_on >= today
    )
    soon = today + timedelta(days=7)
    tasks = meeting_queries.tasks(reader, [one.id for one in coming])
    opened = action_queries.action_items(reader, ActionState.OPEN)
    return WaitingSummary(
        today,
        coming,
        tuple(
            sorted(
                (one for one in tasks if one.done_on is None and one.due_on and one.due_on <= soon),
                key=lambda one: (one.due_on, one.id),
            )
        ),
        tuple(one for one in meetings if one.state in (MeetingState.HELD, MeetingState.DRAFTED)),
        tuple(one for one in opened if is_overdue(one.state, one.due_on, today)),
        len(opened),
        tuple(reversed(voice_queries.voices(reader, VoiceState.RECEIVED))),
        _unanswered(reader),
        _open_rounds(reader, today),
    )


def _unanswered(reader: Reader) -> int:
    counts = voice_queries.counts(reader)
    return sum(counts.get(state, 0) for state in (VoiceState.ON_AGENDA, VoiceState.REFLECTED))


def _open_rounds(reader: Reader, today: date) -> tuple[OpenRound, ...]:
    found = [one for one in step_queries.rounds(reader) if one.state is RoundState.OPEN]
    return tuple(
        OpenRound(one, (one.answer_by - today).days if one.answer_by else None)
        for one in sorted(found, key=lambda one: (one.answer_by is None, one.answer_by or today, one.id))
    )
