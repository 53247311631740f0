"""Random meetings, answers, minutes, 宿題, voices and collaborations, with undo and redo between: all taken back ends where it began."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from app.action_items import operations as actions
from app.action_items import queries as action_queries
from app.action_items.operations import ActionValues
from app.collaborations import operations as collaborations
from app.collaborations import queries as collaboration_queries
from app.collaborations.operations import CollaborationValues
from app.meetings import attendance, minutes, queries, record
from app.meetings import operations as meetings
from app.meetings.attendance import AttendanceValues
from app.meetings.minutes import ItemMinutes, LineValues
from app.meetings.operations import (
    AgendaValues,
    DocumentValues,
    KindValues,
    MeetingValues,
    StepValues,
    TaskValues,
)
from app.meetings.queries import AttendanceRow, MeetingDetail
from app.office import Office, Operation
from app.organisations import lists as office_lists
from app.organisations import operations as organisations
from app.organisations import people
from app.organisations.lists import EntryValues
from app.organisations.operations import OrganisationValues
from app.organisations.people import PersonValues, TermValues
from app.plans import queries as plan_queries
from app.voices import operations as voices
from app.voices import queries as voice_queries
from app.voices.operations import VoiceValues
from db.vocabulary import (
    ActionState,
    AgendaKind,
    AttendanceAnswer,
    ContactRole,
    MeetingState,
    ShareBackKind,
    StatementKind,
    VoiceState,
)
from tests.db.undo_machine import UndoMachine

T = TypeVar("T")

TEXTS = st.sampled_from(["", "雨の日の\n居場所", "𠮷田・髙橋", "ちらしを配る"])
TITLES = st.sampled_from(["居場所", "報告", "次年度の計画"])
DAYS = st.sampled_from([None, date(2026, 6, 10), date(2026, 9, 9), date(2027, 3, 31)])
NUMBERS = st.none() | st.integers(1, 3)
DISTRICTS = st.sampled_from([None, 1, 2])
INDEX = st.integers(0, 40)
INDICES = st.lists(st.integers(0, 5), max_size=4, unique=True)


def _one(found: Sequence[T], index: int) -> T | None:
    return found[index % len(found)] if found else None


def _some(found: Sequence[T], indices: Iterable[int]) -> list[T]:
    return [found[index] for index in indices if index < len(found)]


class Meetings(UndoMachine):
    """Meetings of two years in two districts, and what grows out of them."""

    def act(self, operation: Operation[..., Any], *arguments: Any) -> None:
        self.do(lambda: self.office.perform(operation, *arguments))

    def detail(self, index: int) -> MeetingDetail | None:
        # Few of them, so that the rules meet on the same one.
        found = _one(self.office.ask(queries.meetings)[:3], index)
        return None if found is None else self.office.ask(queries.detail, found.id)

    def entry(self, index: int) -> AttendanceRow | None:
        ids = [one.id for one in self.office.ask(queries.meetings)]
        return _one(self.office.ask(queries.attendance, ids), index)

    def agenda_item(self, index: int) -> int | None:
        detail = self.detail(index)
        found = _one(detail.agenda, index) if detail else None
        return found.id if found else None

    def outcomes(self) -> list[int]:
        plan = self.office.ask(plan_queries.plans)[0]
        return [one.id for one in self.office.ask(plan_queries.items, plan.id)]

    def collaborations(self) -> list[int]:
        return [one.id for one in self.office.ask(collaboration_queries.collaborations)]

    @rule(title=TITLES)
    def add_collaboration(self, title: str) -> None:
        self.act(collaborations.add_collaboration, CollaborationValues(title))

    @rule(index=INDEX)
    def remove_collaboration(self, index: int) -> None:
        if row := _one(self.office.ask(collaboration_queries.collaborations), index):
            self.act(collaborations.remove_collaboration, row.id, row.version)

    @rule(number=NUMBERS, day=DAYS, district=DISTRICTS, kind=st.integers(0, 1), title=TEXTS)
    def add_meeting(
        self, number: int | None, day: date | None, district: int | None, kind: int, title: str
    ) -> None:
        found = _one(self.office.ask(queries.kinds), kind)
        if found is not None:
            values = MeetingValues(found.id, 2026, number, title, day, district_id=district, headcount=3)
            self.act(meetings.add_meeting, values)

    @rule(index=INDEX, number=NUMBERS, day=DAYS, district=DISTRICTS)
    def edit_meeting(self, index: int, number: int | None, day: date | None, district: int | None) -> None:
        if detail := self.detail(index):
            meeting = detail.meeting
            values = MeetingValues(
                meeting.meeting_kind_id, meeting.fiscal_year, number, "", day, district_id=district
            )
            self.act(meetings.edit_meeting, meeting.id, meeting.version, values)

    @rule(index=INDEX, state=st.sampled_from(MeetingState), because=TEXTS)
    def set_state(self, index: int, state: MeetingState, because: str) -> None:
        if detail := self.detail(index):
            self.act(meetings.set_state, detail.meeting.id, detail.meeting.version, state, because)

    @rule(index=INDEX)
    def remove_meeting(self, index: int) -> None:
        if detail := self.detail(index):
            self.act(meetings.remove_meeting, detail.meeting.id, detail.meeting.version)

    @rule(year=st.integers(2026, 2028))
    def copy_year(self, year: int) -> None:
        ids = [one.id for one in self.office.ask(queries.meetings, 2026)]
        self.act(meetings.copy_year, ids, year)

    @rule(index=INDEX, kept=INDICES, added=st.lists(TITLES, max_size=2), done_on=DAYS)
    def save_tasks(self, index: int, kept: list[int], added: list[str], done_on: date | None) -> None:
        if detail := self.detail(index):
            tasks = [TaskValues(one.title, one.due_on, done_on, one.id) for one in _some(detail.tasks, kept)]
            wanted = [*tasks, *(TaskValues(title) for title in added)]
            self.act(meetings.save_tasks, detail.meeting.id, wanted, detail.meeting.version)

    @rule(index=INDEX, done_on=DAYS)
    def tick_task(self, index: int, done_on: date | None) -> None:
        detail = self.detail(index)
        task = _one(detail.tasks, index) if detail else None
        if task:
            self.act(meetings.tick_task, task.id, task.version, done_on)

    @rule(
        index=INDEX,
        kept=INDICES,
        added=st.lists(st.tuples(st.sampled_from(AgendaKind), TITLES, INDICES), max_size=2),
        documents=st.integers(0, 2),
    )
    def save_agenda(
        self,
        index: int,
        kept: list[int],
        added: list[tuple[AgendaKind, str, list[int]]],
        documents: int,
    ) -> None:
        detail = self.detail(index)
        if detail is None:
            return
        items = [
            AgendaValues(
                one.kind,
                one.title,
                documents=tuple(
                    DocumentValues(each.title, "", each.id) for each in one.documents[:documents]
                ),
                topics=one.topics[:1],
                collaborations=one.collaborations[:1],
                id=one.id,
            )
            for one in _some(detail.agenda, kept)
        ]
        new = [
            AgendaValues(
                kind,
                title,
                documents=tuple(DocumentValues(f"資料{n}") for n in range(documents)),
                topics=tuple(_some(self.outcomes(), topics)),
                collaborations=tuple(_some(self.collaborations(), topics)),
            )
            for kind, title, topics in added
        ]
        self.act(meetings.save_agenda, detail.meeting.id, [*items, *new], detail.meeting.version)

    @rule(
        index=INDEX,
        kept=INDICES,
        kind=st.sampled_from(StatementKind),
        text=TEXTS,
        added=st.lists(st.tuples(st.sampled_from(StatementKind), TEXTS), max_size=3),
    )
    def save_minutes(
        self,
        index: int,
        kept: list[int],
        kind: StatementKind,
        text: str,
        added: list[tuple[StatementKind, str]],
    ) -> None:
        """The lines of all items come under one of them, in another order, some changed, some dropped, some new."""
        detail = self.detail(index)
        if detail is None or not detail.agenda:
            return
        lines = [
            LineValues(
                kind if place % 2 else one.kind,
                one.text if place % 2 else one.text + text,
                assignee=text,
                due_on=detail.meeting.held_on,
                id=one.id,
            )
            for place, one in enumerate(_some(detail.statements, kept))
        ]
        lines += [LineValues(one, words) for one, words in added]
        chosen = detail.agenda[index % len(detail.agenda)].id
        items = [
            ItemMinutes(one.id, tuple(lines) if one.id == chosen else (), index) for one in detail.agenda
        ]
        self.act(minutes.save_minutes, detail.meeting.id, items, detail.meeting.version)

    @rule(index=INDEX, text=TEXTS)
    def finalise_or_reopen(self, index: int, text: str) -> None:
        if detail := self.detail(index):
            verb = minutes.reopen if detail.meeting.state is MeetingState.FINALISED else minutes.finalise
            self.act(verb, detail.meeting.id, detail.meeting.version, text)
            self.office.ask(record.record, detail.meeting.id)

    @rule(index=INDEX, ids=INDICES, kind=st.sampled_from(ShareBackKind), day=DAYS)
    def share(self, index: int, ids: list[int], kind: ShareBackKind, day: date | None) -> None:
        detail = self.detail(index)
        if detail is None:
            return
        if day is None:
            self.act(minutes.unshare, [one.id for one in _some(detail.share_backs, ids)])
        else:
            self.act(minutes.share, detail.meeting.id, [one % 3 + 1 for one in ids], kind, day)

    @rule(index=INDEX, ids=INDICES)
    def invite(self, index: int, ids: list[int]) -> None:
        if detail := self.detail(index):
            self.act(attendance.invite, detail.meeting.id, [one % 3 + 1 for one in ids])

    @rule(index=INDEX)
    def uninvite(self, index: int) -> None:
        if entry := self.entry(index):
            self.act(attendance.uninvite, [entry.id])

    @rule(index=INDEX, said=st.sampled_from(AttendanceAnswer), name=st.none() | TEXTS)
    def answer(self, index: int, said: AttendanceAnswer, name: str | None) -> None:
        if entry := self.entry(index):
            self.act(attendance.answer, entry.id, entry.version, said, name)

    @rule(index=INDEX, is_present=st.sampled_from([None, True, False]), time=st.sampled_from(["", "14:10"]))
    def receive(self, index: int, is_present: bool | None, time: str) -> None:
        if entry := self.entry(index):
            self.act(attendance.receive, entry.id, entry.version, is_present, time)

    @rule(index=INDEX, name=TEXTS, is_new=st.booleans())
    def write_entry(self, index: int, name: str, is_new: bool) -> None:
        values = AttendanceValues(index % 3 + 1 if index % 2 else None, name=name, is_walk_in=True)
        detail, entry = self.detail(index), self.entry(index)
        if is_new and detail:
            self.act(attendance.add_entry, detail.meeting.id, values)
        elif entry:
            self.act(attendance.edit_entry, entry.id, entry.version, values)

    @rule(index=INDEX)
    def close_reception(self, index: int) -> None:
        if detail := self.detail(index):
            self.act(attendance.close_reception, detail.meeting.id)

    @rule(kept=INDICES, name=st.none() | TITLES, days=st.integers(-7, 30), steps=st.integers(0, 2))
    def save_kinds(self, kept: list[int], name: str | None, days: int, steps: int) -> None:
        found = self.office.ask(queries.kinds)
        values = [
            KindValues(
                one.name,
                one.is_by_district,
                one.invitation,
                tuple(StepValues(step.title, days, step.id) for step in one.steps[-steps:]),
                one.id,
            )
            for place, one in enumerate(found)
            if place < 2 or place in kept
        ]
        if name:
            values.insert(0, KindValues(name, steps=(StepValues("準備", days),) * steps))
        self.act(meetings.save_kinds, values, {one.id: one.version for one in found})

    @rule(index=INDEX, verb=st.integers(0, 4), text=TEXTS, state=st.sampled_from(ActionState))
    def follow_up(self, index: int, verb: int, text: str, state: ActionState) -> None:
        found = _one(self.office.ask(action_queries.action_items), index)
        detail = self.detail(index)
        meeting_id = detail.meeting.id if detail else None
        values = ActionValues(text, index % 3 + 1, text, None, meeting_id, self.agenda_item(index))
        if verb == 0 or found is None:
            self.act(actions.add_action, values)
        elif verb == 1:
            self.act(actions.edit_action, found.id, found.version, values)
        elif verb == 2:
            self.act(actions.close_action, found.id, found.version, state, text)
        elif verb == 3:
            self.act(actions.reopen_action, found.id, found.version)
        else:
            self.act(actions.remove_action, found.id, found.version)

    @rule(index=INDEX, verb=st.integers(0, 3), text=TEXTS, state=st.sampled_from(VoiceState))
    def hear(self, index: int, verb: int, text: str, state: VoiceState) -> None:
        found = _one(self.office.ask(voice_queries.voices), index)
        item = self.agenda_item(index)
        values = VoiceValues(
            date(2026, 6, 1), text, "保護者", None, state, item, text, text, date(2026, 7, 1)
        )
        if verb == 0 or found is None:
            self.act(voices.add_voice, VoiceValues(date(2026, 6, 1), text))
        elif verb == 1:
            self.act(voices.edit_voice, found.id, found.version, values)
        elif verb == 2 and item is not None:
            self.act(voices.put_on_agenda, (found.id,), item)
        else:
            self.act(voices.remove_voice, found.id, found.version)

    @rule(kept=st.integers(1, 3), gone=st.integers(1, 3))
    def merge_organisations(self, kept: int, gone: int) -> None:
        self.act(organisations.merge, kept, gone)


@pytest.fixture(scope="module")
def network_ledger(template_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger with two districts, three organisations and a meeting that was held; to be copied."""
    path = Path(shutil.copyfile(template_ledger, tmp_path_factory.mktemp("network") / "台帳.tsunagari"))
    office = Office.open(path, "一郎")
    office.perform(office_lists.save_districts, [], [EntryValues("金沢東"), EntryValues("六浦")])
    for name in ("ひなた", "あおば", "みなと"):
        found = office.perform(organisations.add_organisation, OrganisationValues(name)).result
        person, term = PersonValues(f"{name} 花子"), TermValues(ContactRole.ATTENDEE)
        office.perform(people.add_person, found, person, term)
    _hold_a_meeting(office)
    office.close()
    return path


def _hold_a_meeting(office: Office) -> None:
    """Give the walk something to begin with: everybody asked, one present, an agenda with documents, minutes and a voice."""
    kind = office.ask(queries.kinds)[0].id
    meeting = office.perform(meetings.add_meeting, MeetingValues(kind, 2026, 1, held_on=date(2026, 6, 10)))
    office.perform(attendance.invite, meeting.result, [1, 2, 3])
    office.perform(attendance.receive, 1, 1, True)
    documents = (DocumentValues("予定表"), DocumentValues("地図"))
    items = [
        AgendaValues(AgendaKind.REPORT, "報告", documents=documents),
        AgendaValues(AgendaKind.TOPIC, "居場所"),
    ]
    first, second = office.perform(meetings.save_agenda, meeting.result, items, 1).result
    lines = tuple(LineValues(kind, f"{kind.label}のことば") for kind in StatementKind)
    written = [ItemMinutes(first, lines[:1]), ItemMinutes(second, lines[1:])]
    office.perform(minutes.save_minutes, meeting.result, written, 2)
    office.perform(voices.add_voice, VoiceValues(date(2026, 6, 1), "雨の日の居場所"))


def test_taking_meetings_back_ends_where_it_began(
    network_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Meetings, "template", network_ledger, raising=False)
    run_state_machine_as_test(Meetings, settings=settings(max_examples=12, stateful_step_count=50))
