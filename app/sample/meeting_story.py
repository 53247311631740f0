"""The meetings of the sample ledger: planned, announced, held, written up and followed up day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from app.action_items import queries as action_queries
from app.action_items.operations import close_action
from app.calendar import first_day, fiscal_year_of
from app.meetings import queries
from app.meetings.attendance import (
    AttendanceValues,
    add_entry,
    answer,
    answer_all,
    candidates,
    close_reception,
    invite,
    receive_all,
)
from app.meetings.minutes import ItemMinutes, LineValues, finalise, reopen, save_minutes, share
from app.meetings.operations import (
    AgendaValues,
    DocumentValues,
    MeetingValues,
    TaskValues,
    add_meeting,
    save_agenda,
    save_tasks,
    set_state,
    tick_task,
)
from app.meetings.queries import AttendanceRow, MeetingRow
from app.organisations import queries as organisation_queries
from app.sample import minutes
from app.sample.clock import Event
from app.sample.meetings import Meetings
from app.sample.who_comes import name_who_comes
from db.vocabulary import ActionState, AgendaKind, AttendanceAnswer, MeetingState, ShareBackKind

_STAGES = ("planned", "announced", "cancelled", "held", "drafted", "final")
_PLANNED_AFTER = timedelta(days=19)
_NOTICE_BEFORE, _ANSWERS_BEFORE = timedelta(days=7), timedelta(days=4)
_DRAFT_AFTER, _FINAL_AFTER, _ASKED_AFTER = timedelta(days=3), timedelta(days=14), timedelta(days=30)
_TEXTS = (
    "title",
    "starts_at",
    "ends_at",
    "place",
    "online",
    "theme",
    "chair",
    "minute_taker",
    "document_number",
    "next_meeting",
)


def events(meetings: Meetings) -> Iterator[Event]:
    """What is entered of each meeting, in the order in which it has to come."""
    for key, told in meetings.told():
        yield from _Story(meetings, key, told).events()


class _Story:
    """One meeting from its plan to what became of its 宿題."""

    def __init__(self, meetings: Meetings, key: str, told: dict[str, Any]) -> None:
        self._all, self._office, self._key, self._told = meetings, meetings.office, key, told
        self._held_on: date = told["held_on"]
        self._id = 0

    def events(self) -> Iterator[Event]:
        told, day = self._told, self._held_on
        stage = told.get("until", "final")
        planned_on = told.get("planned_on", first_day(fiscal_year_of(day)) + _PLANNED_AFTER)
        agenda_on = self._all.agenda_day(self._key)
        notice_on = told.get("announced_on", day - _NOTICE_BEFORE)
        yield Event(planned_on, self._plan)
        if "item" in told:
            yield Event(agenda_on, self._set_agenda)
            if stage in ("planned", "announced"):
                yield Event(agenda_on, partial(self._tick, agenda_on))
        if stage == "planned":
            return
        yield Event(notice_on, self._announce)
        yield Event(notice_on + _NOTICE_BEFORE - _ANSWERS_BEFORE, self._record_answers)
        if stage == "cancelled":
            because = told["cancelled_because"]
            yield Event(told["cancelled_on"], partial(self._move_to, MeetingState.CANCELLED, because))
        elif _STAGES.index(stage) >= _STAGES.index("held"):
            yield Event(day, self._hold)
            yield from self._follow_up(stage)

    def _follow_up(self, stage: str) -> Iterator[Event]:
        told, day = self._told, self._held_on
        for number, one in enumerate(told.get("actions", ())):
            if one:
                yield Event(one["on"], partial(self._close_action, number, one))
        if stage == "held":
            return
        yield Event(day + _DRAFT_AFTER, partial(self._move_to, MeetingState.DRAFTED))
        if stage == "drafted":
            return
        yield Event(day + _FINAL_AFTER, partial(self._tick, day + _FINAL_AFTER))
        yield Event(day + _FINAL_AFTER, self._finalise)
        for one in told.get("shared", ()):
            yield Event(one["on"], partial(self._share, one))
        if "reopened" in told:
            yield Event(told["reopened"]["on"], self._reopen)
            yield Event(told["reopened"]["again"], self._finalise)
        yield Event(day + _ASKED_AFTER, self._tick_the_rest)

    def _plan(self) -> None:
        told = self._told
        kind = next(row for row in self._office.ask(queries.kinds) if row.name == told["kind"])
        districts = self._office.ask(organisation_queries.lists).districts
        values = MeetingValues(
            kind.id,
            fiscal_year_of(self._held_on),
            told["number"],
            held_on=self._held_on,
            district_id=next((row.id for row in districts if row.name == told.get("district")), None),
            invitation=kind.invitation,
            answer_by=told.get("answer_by", self._held_on - timedelta(days=3)),
        )
        given: dict[str, Any] = {name: told[name] for name in _TEXTS if name in told}
        given |= {f"for_{purpose}": True for purpose in told["purposes"]}
        values = replace(values, **given)
        self._id = self._office.perform(add_meeting, values).result

    def _set_agenda(self) -> None:
        items = [
            AgendaValues(
                AgendaKind(one["kind"]),
                one["title"],
                one.get("presenter", ""),
                one.get("allotted"),
                documents=tuple(DocumentValues(title) for title in one.get("documents", ())),
                topics=self._all.topics(one.get("topics", ())),
                collaborations=self._all.collaborations(one.get("collaborations", ())),
            )
            for one in self._told["item"]
        ]
        ids = self._office.perform(save_agenda, self._id, items, self._row().version).result
        self._all.keep_items(self._key, ids)

    def _announce(self) -> None:
        if self._told["invited"] == ["all"]:
            asked = [one.organisation_id for one in self._office.ask(candidates, self._id)]
        else:
            asked = self._all.chosen(self._told["invited"], self._held_on)
        self._office.perform(invite, self._id, asked)
        self._move_to(MeetingState.ANNOUNCED)

    def _record_answers(self) -> None:
        told = self._told
        away = {
            organisation_id
            for word in ("absent", "unanswered", "proxy", "surprise")
            for organisation_id in self._all.chosen(list(told.get(word, ())), None)
        }
        name_who_comes(self._office, self._id, told, away)
        said = {
            organisation_id: word
            for word, name in (
                (AttendanceAnswer.ABSENT, "absent"),
                (AttendanceAnswer.ONLINE, "online_answers"),
                (AttendanceAnswer.UNANSWERED, "unanswered"),
            )
            for organisation_id in self._all.chosen(told.get(name, ()), None)
        }
        proxies = {self._all.organisation(name): proxy for name, proxy in told.get("proxy", {}).items()}
        of_word: dict[AttendanceAnswer, list[int]] = defaultdict(list)
        for row in self._entries():
            assert row.organisation_id is not None
            if row.organisation_id in proxies:
                proxy = proxies[row.organisation_id]
                self._office.perform(answer, row.id, row.version, AttendanceAnswer.PROXY, proxy)
            else:
                of_word[said.get(row.organisation_id, AttendanceAnswer.ATTENDING)].append(row.id)
        for word, ids in of_word.items():
            if word is not AttendanceAnswer.UNANSWERED:
                self._office.perform(answer_all, ids, word)

    def _hold(self) -> None:
        """Reception, minutes, and the items as long as they took."""
        told = self._told
        late = {self._all.organisation(name): time for name, time in told.get("late", {}).items()}
        missing = set(self._all.chosen(told.get("surprise", ()), None))
        arrivals: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self._entries()):
            if row.answer.comes and row.organisation_id not in missing:
                time = late.get(row.organisation_id or 0) or self._minutes_before(3 + place * 7 % 3 * 4)
                arrivals[time].append(row.id)
        for time, ids in sorted(arrivals.items()):
            self._office.perform(receive_all, ids, time)
        here: dict[str, Any] = {
            "answer": AttendanceAnswer.ATTENDING,
            "is_present": True,
            "arrived_at": told["starts_at"],
        }
        for short_name, name in told.get("walk_in", ()):
            guest = AttendanceValues(self._all.organisation(short_name), name=name, is_walk_in=True, **here)
            self._office.perform(add_entry, self._id, guest)
        for affiliation, name in told.get("observers", ()):
            guest = AttendanceValues(affiliation=affiliation, name=name, is_observer=True, **here)
            self._office.perform(add_entry, self._id, guest)
        self._office.perform(close_reception, self._id)
        words = self._office.ask(action_queries.assignee_words)
        written = [
            ItemMinutes(
                self._all.agenda_item(self._key, number),
                minutes.lines(one["minutes"], words, self._held_on),
                self._seconds(one, number),
            )
            for number, one in enumerate(told["item"], 1)
            if "minutes" in one
        ]
        self._office.perform(save_minutes, self._id, written, self._row().version)

    def _seconds(self, told: dict[str, Any], number: int) -> int:
        """How long an item took: about as long as it was allotted."""
        seconds: int = told.get("allotted", 5) * 60
        return seconds + (number * 97 + self._held_on.day * 13) % 240 - 90

    def _minutes_before(self, minutes_before: int) -> str:
        start = datetime.combine(self._held_on, datetime.strptime(self._told["starts_at"], "%H:%M").time())
        return f"{start - timedelta(minutes=minutes_before):%H:%M}"

    def _finalise(self) -> None:
        row = self._row()
        self._office.perform(finalise, self._id, row.version, row.chair)

    def _reopen(self) -> None:
        """Open the minutes again and put right what was wrong in them."""
        told = self._told["reopened"]
        self._office.perform(reopen, self._id, self._row().version, told["because"])
        found = self._office.ask(queries.statements, self._id)
        wrong = next(row.agenda_item_id for row in found if told["old"] in row.text)
        corrected = tuple(
            LineValues(
                row.kind,
                row.text.replace(told["old"], told["new"]),
                row.speaker,
                row.indent,
                row.emphasis,
                row.assignee,
                due_on=row.due_on,
                id=row.id,
            )
            for row in found
            if row.agenda_item_id == wrong
        )
        self._office.perform(save_minutes, self._id, [ItemMinutes(wrong, corrected)], self._row().version)

    def _share(self, told: dict[str, Any]) -> None:
        if told["who"] == "absent":
            present = {row.organisation_id for row in self._entries() if row.is_present}
            asked = [row.organisation_id for row in self._entries() if row.organisation_id is not None]
            ids = [one for one in dict.fromkeys(asked) if one not in present]
        else:
            ids = self._all.chosen(told["who"], None)
        kind = ShareBackKind(told["kind"])
        self._office.perform(share, self._id, ids, kind, told["on"], told.get("by", ""), told["means"])

    def _close_action(self, number: int, told: dict[str, Any]) -> None:
        given = self._office.ask(action_queries.action_items, None, self._id)
        row = sorted(given, key=lambda one: one.id)[number]
        self._office.perform(
            close_action, row.id, row.version, ActionState(told["state"]), told["result"], told["on"]
        )

    def _tick(self, today: date) -> None:
        """Mark the preparation that was due by ``today`` as done on its day."""
        tasks = [
            TaskValues(
                row.title, row.due_on, row.due_on if row.due_on and row.due_on <= today else None, row.id
            )
            for row in self._office.ask(queries.tasks, (self._id,))
        ]
        self._office.perform(save_tasks, self._id, tasks, self._row().version)

    def _tick_the_rest(self) -> None:
        for row in self._office.ask(queries.tasks, (self._id,)):
            if row.done_on is None:
                self._office.perform(tick_task, row.id, row.version, row.due_on)

    def _move_to(self, state: MeetingState, because: str = "") -> None:
        self._office.perform(set_state, self._id, self._row().version, state, because)

    def _row(self) -> MeetingRow:
        return self._office.ask(queries.meeting, self._id)

    def _entries(self) -> tuple[AttendanceRow, ...]:
        return self._office.ask(queries.attendance, (self._id,))
