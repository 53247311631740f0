"""Planning meetings: adding, changing, moving on, preparing, the agenda, the year's copy and the kinds; each undone and redone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.action_items.operations import ActionValues, add_action
from app.action_items.queries import action_items
from app.errors import ConflictError, InputError
from app.meetings import queries
from app.meetings.attendance import answer, invite
from app.meetings.minutes import ItemMinutes, LineValues, save_minutes
from app.meetings.operations import (
    AgendaValues,
    DocumentValues,
    KindValues,
    MeetingValues,
    StepValues,
    TaskValues,
    add_meeting,
    copy_year,
    edit_meeting,
    remove_meeting,
    save_agenda,
    save_kinds,
    save_tasks,
    set_state,
    tick_task,
)
from app.meetings.queries import KindRow, MeetingDetail
from app.office import Office, Operation
from app.organisations.lists import EntryValues, save_districts
from app.organisations.operations import OrganisationValues, add_organisation
from app.voices.operations import VoiceValues, add_voice, put_on_agenda
from app.voices.queries import voices
from db.vocabulary import AgendaKind, AttendanceAnswer, MeetingState, StatementKind, VoiceState

Perform = Callable[..., Any]
Contents = Callable[[Office], dict[str, list[dict[str, object]]]]
WEDNESDAY = date(2026, 6, 10)
STEPS = (StepValues("開催通知", 7), StepValues("会場の準備", 0), StepValues("会議録の送付", -14))


@pytest.fixture
def kind(empty_office: Office) -> KindRow:
    """全体会 with three items of preparation, the only kind there is."""
    shown = {one.id: one.version for one in empty_office.ask(queries.kinds)}
    values = [KindValues("全体会", invitation="ご出席をお願いします。", steps=STEPS)]
    empty_office.perform(save_kinds, values, shown)
    return empty_office.ask(queries.kinds)[0]


@pytest.fixture
def june(empty_office: Office, kind: KindRow) -> int:
    """The first 全体会 of 令和8年度, on a Wednesday."""
    values = MeetingValues(kind.id, 2026, 1, held_on=WEDNESDAY, starts_at="13:30", ends_at="15:00")
    return empty_office.perform(add_meeting, values).result


def _detail(office: Office, meeting_id: int) -> MeetingDetail:
    return office.ask(queries.detail, meeting_id)


def _version(office: Office, meeting_id: int) -> int:
    return _detail(office, meeting_id).meeting.version


def _values(detail: MeetingDetail, **changes: Any) -> MeetingValues:
    names = [name for name in MeetingValues.__slots__ if hasattr(detail.meeting, name)]
    return replace(MeetingValues(**{name: getattr(detail.meeting, name) for name in names}), **changes)


def _tries(*tries: tuple[Operation[..., Any], tuple[Any, ...]]) -> tuple[Any, ...]:
    """Operations with what they are given."""
    return tries


def _due(office: Office, meeting_id: int) -> dict[str, date | None]:
    return {task.title: task.due_on for task in _detail(office, meeting_id).tasks}


# ------------------------------------------------------------------------------------------ the meeting itself


def test_a_new_meeting_comes_with_its_preparation_counted_back(
    empty_office: Office, kind: KindRow, perform: Perform
) -> None:
    values = MeetingValues(kind.id, 2026, 1, held_on=WEDNESDAY, starts_at="午後1時半", ends_at="１５：００")
    found = _detail(empty_office, perform(add_meeting, values))
    assert found.meeting.name == "令和8年度第1回全体会"
    assert (found.meeting.state, found.meeting.starts_at, found.meeting.ends_at) == (
        MeetingState.PLANNED,
        "13:30",
        "15:00",
    )
    assert [(task.title, task.due_on, task.done_on) for task in found.tasks] == [
        ("開催通知", date(2026, 6, 3), None),
        ("会場の準備", WEDNESDAY, None),
        ("会議録の送付", date(2026, 6, 24), None),
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"held_on": date(2027, 4, 1)}, "令和9年4月1日は、令和8年度の日ではありません"),
        ({"held_on": date(2026, 3, 31)}, "令和8年3月31日は、令和8年度の日ではありません"),
        ({"starts_at": "15:00", "ends_at": "13:30"}, "終わりの時刻が始まりより前"),
        ({"starts_at": "25:00"}, "「25:00」は時刻として読めません"),
        ({"number": 1}, "「令和8年度第1回全体会」は、すでにあります"),
        ({"number": 0}, "回の数が1より小さく"),
        ({"headcount": -1}, "出席者の数が負の数"),
    ],
)
def test_what_cannot_be_is_refused(
    empty_office: Office, june: int, content: Contents, changes: dict[str, Any], message: str
) -> None:
    before = content(empty_office)
    kind_id = _detail(empty_office, june).meeting.meeting_kind_id
    with pytest.raises(InputError, match=message):
        empty_office.perform(add_meeting, replace(MeetingValues(kind_id, 2026, 2), **changes))
    assert content(empty_office) == before


def test_each_district_counts_by_itself(empty_office: Office, kind: KindRow, june: int) -> None:
    empty_office.perform(save_districts, [], [EntryValues("金沢東"), EntryValues("六浦")])
    for district_id in (1, 2):
        empty_office.perform(add_meeting, MeetingValues(kind.id, 2026, 1, district_id=district_id))
    with pytest.raises(InputError, match="令和8年度第1回全体会（六浦）"):
        empty_office.perform(add_meeting, MeetingValues(kind.id, 2026, 1, title="別の名", district_id=2))
    assert len(empty_office.ask(queries.meetings, 2026)) == 3


def test_preparation_moves_with_the_day_unless_it_is_done(
    empty_office: Office, june: int, perform: Perform
) -> None:
    notice = _detail(empty_office, june).tasks[0]
    perform(tick_task, notice.id, notice.version, date(2026, 6, 1))
    detail = _detail(empty_office, june)
    perform(edit_meeting, june, detail.meeting.version, _values(detail, held_on=date(2026, 6, 17)))
    assert _due(empty_office, june) == {
        "開催通知": date(2026, 6, 3),
        "会場の準備": date(2026, 6, 17),
        "会議録の送付": date(2026, 7, 1),
    }
    assert _detail(empty_office, june).tasks[0].done_on == date(2026, 6, 1)


def test_the_first_day_of_a_meeting_gives_its_preparation_days(
    empty_office: Office, kind: KindRow, perform: Perform
) -> None:
    found = perform(add_meeting, MeetingValues(kind.id, 2026, 1))
    assert set(_due(empty_office, found).values()) == {None}
    detail = _detail(empty_office, found)
    perform(edit_meeting, found, detail.meeting.version, _values(detail, held_on=WEDNESDAY))
    assert _due(empty_office, found)["開催通知"] == date(2026, 6, 3)


def test_two_who_change_one_meeting_do_not_overwrite_each_other(empty_office: Office, june: int) -> None:
    detail = _detail(empty_office, june)
    version = detail.meeting.version
    empty_office.perform(save_agenda, june, [AgendaValues(AgendaKind.TOPIC, "議題")], version)
    for operation, arguments in _tries(
        (edit_meeting, (june, version, _values(detail))),
        (set_state, (june, version, MeetingState.HELD)),
        (save_agenda, (june, [], version)),
        (save_tasks, (june, [], version)),
        (save_minutes, (june, [], version)),
        (remove_meeting, (june, version)),
    ):
        with pytest.raises(ConflictError):
            empty_office.perform(operation, *arguments)


def test_saving_what_is_there_writes_nothing(empty_office: Office, june: int) -> None:
    detail = _detail(empty_office, june)
    tasks = [TaskValues(one.title, one.due_on, one.done_on, one.id) for one in detail.tasks]
    version = detail.meeting.version
    for done in (
        empty_office.perform(edit_meeting, june, version, _values(detail)),
        empty_office.perform(save_tasks, june, tasks, version),
        empty_office.perform(save_agenda, june, [], version),
    ):
        assert not done.changes.rows


# ------------------------------------------------------------------------------------------ its state


def test_a_meeting_is_moved_on_step_by_step(empty_office: Office, june: int, perform: Perform) -> None:
    perform(set_state, june, 1, MeetingState.ANNOUNCED)
    found = _detail(empty_office, june).meeting
    assert (found.state, found.notified_on) == (MeetingState.ANNOUNCED, date(2026, 11, 21))
    with pytest.raises(InputError, match="「案内済」なので、「会議録案」にはできません"):
        empty_office.perform(set_state, june, found.version, MeetingState.DRAFTED)
    perform(set_state, june, found.version, MeetingState.HELD)
    perform(set_state, june, _version(empty_office, june), MeetingState.DRAFTED)
    with pytest.raises(InputError, match="「事後」で"):
        empty_office.perform(set_state, june, _version(empty_office, june), MeetingState.FINALISED)


def test_nothing_of_a_cancelled_meeting_is_lost(
    empty_office: Office, june: int, perform: Perform, content: Contents
) -> None:
    organisation = empty_office.perform(add_organisation, OrganisationValues("ひなた")).result
    empty_office.perform(invite, june, [organisation])
    empty_office.perform(answer, 1, 1, AttendanceAnswer.ATTENDING)
    document = DocumentValues("ちらし案", "ちらし.pdf")
    items = [AgendaValues(AgendaKind.TOPIC, "居場所", documents=(document,))]
    empty_office.perform(save_agenda, june, items, 1)
    with pytest.raises(InputError, match="中止の理由が空"):
        empty_office.perform(set_state, june, 2, MeetingState.CANCELLED, " ")
    before = content(empty_office)
    perform(set_state, june, 2, MeetingState.CANCELLED, "台風のため")
    cancelled = _detail(empty_office, june).meeting
    assert (cancelled.state, cancelled.cancelled_because) == (MeetingState.CANCELLED, "台風のため")
    perform(set_state, june, cancelled.version, MeetingState.PLANNED)
    assert content(empty_office) == before


# ------------------------------------------------------------------------------------------ preparation


def test_preparation_is_what_the_page_holds(empty_office: Office, june: int, perform: Perform) -> None:
    notice, place, _ = _detail(empty_office, june).tasks
    wanted = [
        TaskValues("名札", date(2026, 6, 9)),
        TaskValues("会場の準備", place.due_on, date(2026, 6, 9), place.id),
        TaskValues("案内の発送", notice.due_on, None, notice.id),
    ]
    perform(save_tasks, june, wanted, _version(empty_office, june))
    found = _detail(empty_office, june)
    assert {(task.title, task.done_on) for task in found.tasks} == {
        ("名札", None),
        ("会場の準備", date(2026, 6, 9)),
        ("案内の発送", None),
    }
    with pytest.raises(InputError, match="名前のない準備"):
        empty_office.perform(save_tasks, june, [TaskValues(" ")], found.meeting.version)


def test_ticking_makes_a_list_on_another_screen_stale(empty_office: Office, june: int) -> None:
    version, notice = _version(empty_office, june), _detail(empty_office, june).tasks[0]
    empty_office.perform(tick_task, notice.id, notice.version, WEDNESDAY)
    with pytest.raises(ConflictError):
        empty_office.perform(save_tasks, june, [], version)


# ------------------------------------------------------------------------------------------ the agenda


def test_the_agenda_is_kept_in_its_order_with_documents_numbered_through(
    office: Office, content: Contents
) -> None:
    kind = office.ask(queries.kinds)
    shown = {one.id: one.version for one in kind}
    office.perform(
        save_kinds, [*(KindValues(one.name, id=one.id) for one in kind), KindValues("調整会議")], shown
    )
    added = next(one for one in office.ask(queries.kinds) if one.name == "調整会議")
    meeting = office.perform(add_meeting, MeetingValues(added.id, 2026, 1, held_on=WEDNESDAY)).result
    first = AgendaValues(
        AgendaKind.REPORT, "区からの報告", "区 𠮷田", 10, "全員へ", (DocumentValues("予定表"),), (3, 4)
    )
    second = AgendaValues(
        AgendaKind.TOPIC, "居場所", documents=(DocumentValues("一覧"), DocumentValues("地図", "地図.pdf"))
    )
    ids = office.perform(save_agenda, meeting, [first, second], 1).result
    report, topic = office.ask(queries.agenda, meeting)
    assert [one.number for one in (*report.documents, *topic.documents)] == [1, 2, 3]
    assert (report.topics, report.minutes_allotted, report.presenter) == ((3, 4), 10, "区 𠮷田")

    before = content(office)
    moved = DocumentValues("予定表（改）", id=report.documents[0].id)
    turned = [
        replace(
            second, id=ids[1], documents=(moved, DocumentValues("地図", "地図.pdf", topic.documents[1].id))
        ),
        replace(first, id=ids[0], documents=(), topics=(4,)),
    ]
    assert office.perform(save_agenda, meeting, turned, 2).result == (ids[1], ids[0])
    topic, report = office.ask(queries.agenda, meeting)
    assert [(one.number, one.title) for one in topic.documents] == [(1, "予定表（改）"), (2, "地図")]
    assert report.topics == (4,)
    office.undo()
    assert content(office) == before


def test_an_item_with_minutes_stays_on_the_agenda(empty_office: Office, june: int) -> None:
    items = [AgendaValues(AgendaKind.TOPIC, "居場所づくり"), AgendaValues(AgendaKind.OTHER, "その他")]
    first, second = empty_office.perform(save_agenda, june, items, 1).result
    lines = [ItemMinutes(first, (LineValues(StatementKind.POINT, "広がった"),))]
    empty_office.perform(save_minutes, june, lines, 2)
    with pytest.raises(InputError, match="「居場所づくり」には会議録が書かれている"):
        empty_office.perform(save_agenda, june, [replace(items[1], id=second)], 3)
    empty_office.perform(save_agenda, june, [replace(items[0], id=first)], 3)
    assert [one.title for one in empty_office.ask(queries.agenda, june)] == ["居場所づくり"]


def test_voices_and_homework_outlive_the_item_they_were_under(
    empty_office: Office, june: int, perform: Perform
) -> None:
    (item,) = empty_office.perform(save_agenda, june, [AgendaValues(AgendaKind.VOICE, "声")], 1).result
    voice = empty_office.perform(add_voice, VoiceValues(WEDNESDAY, "雨の日の遊び場がほしい")).result
    empty_office.perform(put_on_agenda, (voice,), item)
    empty_office.perform(add_action, ActionValues("調べる", meeting_id=june, agenda_item_id=item))
    perform(save_agenda, june, [], 2)
    (heard,) = empty_office.ask(voices)
    assert (heard.state, heard.agenda_item_id) == (VoiceState.RECEIVED, None)
    (given,) = empty_office.ask(action_items)
    assert (given.meeting_id, given.agenda_item_id) == (june, None)


def test_what_belongs_to_another_meeting_is_not_touched(
    empty_office: Office, kind: KindRow, june: int, content: Contents
) -> None:
    (item,) = empty_office.perform(save_agenda, june, [AgendaValues(AgendaKind.TOPIC, "議題")], 1).result
    other = empty_office.perform(add_meeting, MeetingValues(kind.id, 2026, 2)).result
    task = _detail(empty_office, june).tasks[0]
    before = content(empty_office)
    lines = (LineValues(StatementKind.POINT, "発言"),)
    for operation, arguments in _tries(
        (save_agenda, (other, [AgendaValues(AgendaKind.TOPIC, "横取り", id=item)], 1)),
        (save_tasks, (other, [TaskValues("横取り", id=task.id)], 1)),
        (save_minutes, (other, [ItemMinutes(item, lines)], 1)),
    ):
        with pytest.raises(InputError, match="別の会議の"):
            empty_office.perform(operation, *arguments)
    assert content(empty_office) == before


# ------------------------------------------------------------------------------------------ deleting


def test_a_meeting_entered_by_mistake_is_deleted_with_what_was_planned(
    empty_office: Office, june: int, perform: Perform
) -> None:
    organisation = empty_office.perform(add_organisation, OrganisationValues("ひなた")).result
    empty_office.perform(invite, june, [organisation])
    items = [AgendaValues(AgendaKind.TOPIC, "議題", documents=(DocumentValues("資料"),))]
    empty_office.perform(save_agenda, june, items, 1)
    perform(remove_meeting, june, 2)
    assert empty_office.ask(queries.meetings) == ()


def test_a_meeting_in_which_something_was_done_is_not_deleted(empty_office: Office, june: int) -> None:
    organisation = empty_office.perform(add_organisation, OrganisationValues("ひなた")).result
    empty_office.perform(invite, june, [organisation])
    empty_office.perform(answer, 1, 1, AttendanceAnswer.ABSENT)
    with pytest.raises(InputError, match="出欠の返信や受付の記録があるため、削除できません") as refused:
        empty_office.perform(remove_meeting, june, 1)
    assert "「中止」" in refused.value.advice


# ------------------------------------------------------------------------------------------ the next year


def test_a_year_is_copied_to_the_same_weekdays_and_never_twice(
    empty_office: Office, kind: KindRow, june: int, perform: Perform
) -> None:
    values = MeetingValues(
        kind.id,
        2026,
        None,
        "令和8年度 春の研修",
        date(2027, 3, 31),
        theme="虐待予防",
        place="区役所",
        for_review=True,
        chair="座長",
    )
    training = empty_office.perform(add_meeting, values).result
    made = perform(copy_year, [june, training], 2028)
    first, second = (_detail(empty_office, one) for one in made)
    assert (first.meeting.held_on, first.meeting.number, first.meeting.starts_at) == (
        date(2028, 6, 14),
        1,
        "13:30",
    )
    assert first.meeting.name == "令和10年度第1回全体会"
    assert [task.due_on for task in first.tasks] == [date(2028, 6, 7), date(2028, 6, 14), date(2028, 6, 28)]
    assert (second.meeting.held_on, second.meeting.fiscal_year) == (date(2029, 3, 28), 2028)
    assert (second.meeting.theme, second.meeting.place, second.meeting.for_review) == (
        "虐待予防",
        "区役所",
        True,
    )
    assert (second.meeting.title, second.meeting.chair) == ("令和10年度 春の研修", "")
    assert second.agenda == ()
    assert perform(copy_year, [june, training], 2028) == ()
    with pytest.raises(InputError, match="令和8年度の会議は、令和8年度には写せません"):
        empty_office.perform(copy_year, [june], 2026)


# ------------------------------------------------------------------------------------------ kinds


def test_kinds_and_their_preparation_are_what_the_form_holds(
    empty_office: Office, kind: KindRow, perform: Perform
) -> None:
    notice, place, _ = kind.steps
    changed = KindValues(
        "総会",
        invitation="ご案内",
        steps=(StepValues("会場", 1, place.id), StepValues("名札", 2)),
        id=kind.id,
    )
    perform(save_kinds, [KindValues("交流会", True), changed], {kind.id: kind.version})
    added, kept = empty_office.ask(queries.kinds)
    assert (added.name, added.is_by_district, added.steps) == ("交流会", True, ())
    assert (kept.id, kept.name) == (kind.id, "総会")
    assert [(step.title, step.days_before) for step in kept.steps] == [("会場", 1), ("名札", 2)]
    assert notice.id not in {step.id for step in kept.steps}


def test_a_list_of_kinds_that_moved_on_is_not_overwritten(empty_office: Office, kind: KindRow) -> None:
    shown = {kind.id: kind.version}
    steps = tuple(StepValues(one.title, one.days_before + 1, one.id) for one in kind.steps)
    empty_office.perform(save_kinds, [KindValues("全体会", steps=steps, id=kind.id)], shown)
    with pytest.raises(ConflictError, match="何も保存していません"):
        empty_office.perform(save_kinds, [KindValues("全体会", id=kind.id)], shown)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["部会"], "「全体会」の会議があるため、この種類は取り除けません"),
        (["全体会", " "], "名前のない会議の種類"),
        (["全体会", "部会", "部会 "], "「部会」が重なっています"),
    ],
)
def test_a_list_of_kinds_that_cannot_be_is_refused(
    empty_office: Office, june: int, kind: KindRow, names: list[str], message: str
) -> None:
    values = [KindValues(name, id=kind.id if name == "全体会" else None) for name in names]
    with pytest.raises(InputError, match=message):
        empty_office.perform(save_kinds, values, {kind.id: kind.version})
    assert empty_office.ask(queries.kinds) == (kind,)
