"""会議録: lines written and rewritten, the 宿題 that come from them, made final and reopened, told to others; each undone and redone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.action_items.operations import ActionValues, close_action, edit_action
from app.action_items.queries import ActionItemRow, action_items
from app.errors import ConflictError, InputError
from app.meetings import queries, record
from app.meetings.attendance import (
    AttendanceValues,
    add_entry,
    answer,
    close_reception,
    edit_entry,
    invite,
    receive,
    uninvite,
)
from app.meetings.minutes import (
    ItemMinutes,
    LineValues,
    finalise,
    reopen,
    save_minutes,
    share,
    unshare,
)
from app.meetings.operations import (
    AgendaValues,
    MeetingValues,
    add_meeting,
    copy_year,
    edit_meeting,
    remove_meeting,
    save_agenda,
    set_state,
    tick_task,
)
from app.meetings.queries import StatementRow
from app.office import Office, Operation
from app.organisations.operations import OrganisationValues, add_organisation
from db.vocabulary import (
    ActionState,
    AgendaKind,
    AttendanceAnswer,
    MeetingState,
    ShareBackKind,
    StatementKind,
)

Perform = Callable[..., Any]
Contents = Callable[[Office], dict[str, list[dict[str, object]]]]
WEDNESDAY = date(2026, 6, 10)
POINT, DECISION, ACTION = StatementKind.POINT, StatementKind.DECISION, StatementKind.ACTION


@pytest.fixture
def hinata(empty_office: Office) -> int:
    """An organisation."""
    return empty_office.perform(add_organisation, OrganisationValues("ひなた")).result


@pytest.fixture
def june(empty_office: Office, hinata: int) -> int:
    """A 全体会 with two agenda items, to which one organisation is asked."""
    kind = empty_office.ask(queries.kinds)[0]
    found = empty_office.perform(add_meeting, MeetingValues(kind.id, 2026, 1, held_on=WEDNESDAY)).result
    empty_office.perform(invite, found, [hinata])
    items = [AgendaValues(AgendaKind.TOPIC, "居場所"), AgendaValues(AgendaKind.OTHER, "その他")]
    empty_office.perform(save_agenda, found, items, 1)
    return found


def _items(office: Office, meeting_id: int) -> list[int]:
    return [one.id for one in office.ask(queries.agenda, meeting_id)]


def _version(office: Office, meeting_id: int) -> int:
    return office.ask(queries.meeting, meeting_id).version


def _lines(office: Office, meeting_id: int) -> list[LineValues]:
    """What an editor holds after loading the minutes."""
    names = [name for name in LineValues.__slots__ if name != "organisation_id"]
    return [
        LineValues(**{name: getattr(row, name) for name in names})
        for row in office.ask(queries.statements, meeting_id)
    ]


def _texts(office: Office, meeting_id: int) -> list[str]:
    return [row.text for row in office.ask(queries.statements, meeting_id)]


def _action(office: Office) -> ActionItemRow:
    (row,) = office.ask(action_items)
    return row


def _write(office: Office, meeting_id: int, *lines: LineValues) -> None:
    minutes = [ItemMinutes(_items(office, meeting_id)[0], lines)]
    office.perform(save_minutes, meeting_id, minutes, _version(office, meeting_id))


# ------------------------------------------------------------------------------------------ lines


def test_lines_come_back_as_they_were_typed(empty_office: Office, june: int, perform: Perform) -> None:
    first, second = _items(empty_office, june)
    lines = (
        LineValues(POINT, "髙﨑の杜 𠮷田さん：\n雨の日の居場所がない", "区 佐藤", 1, "0-4,10-12"),
        LineValues(POINT, " 　"),
        LineValues(DECISION, "部会で案を作る"),
    )
    ids = perform(
        save_minutes,
        june,
        [ItemMinutes(first, lines, 600), ItemMinutes(second, (LineValues(POINT, "次回は秋"),))],
        _version(empty_office, june),
    )
    assert [len(one) for one in ids] == [2, 1]
    assert [replace(one, id=None) for one in _lines(empty_office, june)] == [
        lines[0],
        lines[2],
        LineValues(POINT, "次回は秋"),
    ]
    assert empty_office.ask(queries.agenda, june)[0].elapsed_seconds == 600
    assert empty_office.ask(queries.meeting, june).state is MeetingState.HELD


def test_only_lines_that_changed_are_written(empty_office: Office, june: int) -> None:
    first, _ = _items(empty_office, june)
    _write(empty_office, june, *(LineValues(POINT, f"発言{number}") for number in range(50)))
    lines = _lines(empty_office, june)
    lines[20:20] = [LineValues(DECISION, "決まったこと")]
    lines[30] = replace(lines[30], text="言い直し")
    del lines[40]
    version = _version(empty_office, june)
    done = empty_office.perform(save_minutes, june, [ItemMinutes(first, tuple(lines))], version)
    assert sorted(kind for kind, _ in done.changes.rows) == ["meeting", "statement", "statement", "statement"]
    assert _texts(empty_office, june) == [one.text for one in lines]
    same = [ItemMinutes(first, tuple(_lines(empty_office, june)))]
    assert not empty_office.perform(save_minutes, june, same, version + 1).changes.rows
    with pytest.raises(ConflictError):
        empty_office.perform(save_minutes, june, same, version)


def test_a_line_moves_to_another_item_with_its_homework(
    empty_office: Office, june: int, perform: Perform
) -> None:
    first, second = _items(empty_office, june)
    _write(empty_office, june, LineValues(POINT, "残る"), LineValues(ACTION, "移る", assignee="佐藤"))
    stays, moves = _lines(empty_office, june)
    perform(
        save_minutes,
        june,
        [ItemMinutes(first, (stays,)), ItemMinutes(second, (LineValues(POINT, "前"), moves))],
        _version(empty_office, june),
    )
    rows = empty_office.ask(queries.statements, june)
    assert [(row.agenda_item_id, row.text) for row in rows] == [
        (first, "残る"),
        (second, "前"),
        (second, "移る"),
    ]
    assert (_action(empty_office).agenda_item_id, _action(empty_office).statement_id) == (second, moves.id)


def test_items_that_are_not_given_stay(empty_office: Office, june: int, perform: Perform) -> None:
    first, second = _items(empty_office, june)
    _write(empty_office, june, LineValues(POINT, "前半"))
    after = [ItemMinutes(second, (LineValues(POINT, "後半"),))]
    perform(save_minutes, june, after, _version(empty_office, june))
    assert _texts(empty_office, june) == ["前半", "後半"]
    perform(save_minutes, june, [ItemMinutes(first, ())], _version(empty_office, june))
    assert _texts(empty_office, june) == ["後半"]


def test_one_line_cannot_stand_twice(empty_office: Office, june: int) -> None:
    first, second = _items(empty_office, june)
    _write(empty_office, june, LineValues(POINT, "一度"))
    lines = tuple(_lines(empty_office, june))
    twice = [ItemMinutes(first, lines), ItemMinutes(second, lines)]
    with pytest.raises(InputError, match="二度"):
        empty_office.perform(save_minutes, june, twice, _version(empty_office, june))


# ------------------------------------------------------------------------------------------ 宿題


def test_an_open_homework_follows_its_line(
    empty_office: Office, june: int, hinata: int, perform: Perform
) -> None:
    first, _ = _items(empty_office, june)
    typed = LineValues(
        ACTION, "ちらしを配る", assignee="ひなた 佐藤", organisation_id=hinata, due_on=date(2026, 7, 1)
    )
    _write(empty_office, june, typed)
    given = _action(empty_office)
    assert (given.what, given.organisation, given.assignee, given.due_on, given.state) == (
        "ちらしを配る",
        "ひなた",
        "ひなた 佐藤",
        date(2026, 7, 1),
        ActionState.OPEN,
    )
    assert (given.meeting_id, given.agenda_item_id) == (june, first)
    (line,) = _lines(empty_office, june)
    changed = replace(line, text="ちらしを作って配る", due_on=date(2026, 8, 1))
    perform(save_minutes, june, [ItemMinutes(first, (changed,))], _version(empty_office, june))
    now = _action(empty_office)
    assert (now.id, now.what, now.due_on, now.organisation_id) == (
        given.id,
        "ちらしを作って配る",
        date(2026, 8, 1),
        hinata,
    )
    perform(save_minutes, june, [ItemMinutes(first, ())], _version(empty_office, june))
    assert empty_office.ask(action_items) == ()


def test_what_was_changed_at_the_homework_itself_is_not_lost_by_saving_other_lines(
    empty_office: Office, june: int
) -> None:
    _write(empty_office, june, LineValues(ACTION, "ちらし", assignee="佐藤"))
    given = _action(empty_office)
    empty_office.perform(
        edit_action, given.id, given.version, ActionValues("ちらし（両面）", assignee="鈴木", meeting_id=june)
    )
    _write(empty_office, june, *_lines(empty_office, june), LineValues(POINT, "別の話"))
    assert (_action(empty_office).what, _action(empty_office).assignee) == ("ちらし（両面）", "鈴木")


def test_a_closed_homework_outlives_its_line(empty_office: Office, june: int, perform: Perform) -> None:
    first, _ = _items(empty_office, june)
    _write(empty_office, june, LineValues(ACTION, "ちらし"))
    given = _action(empty_office)
    empty_office.perform(close_action, given.id, given.version, ActionState.DONE, "配った")
    (line,) = _lines(empty_office, june)
    changed = [ItemMinutes(first, (replace(line, text="ちらしを配ること"),))]
    perform(save_minutes, june, changed, _version(empty_office, june))
    assert _action(empty_office).what == "ちらし"
    perform(save_minutes, june, [ItemMinutes(first, ())], _version(empty_office, june))
    left = _action(empty_office)
    assert (left.state, left.result, left.statement_id) == (ActionState.DONE, "配った", None)


def test_a_line_becomes_a_homework_and_a_point_again(
    empty_office: Office, june: int, perform: Perform
) -> None:
    first, _ = _items(empty_office, june)
    _write(empty_office, june, LineValues(POINT, "調べる"))
    for kind, count in ((ACTION, 1), (DECISION, 0), (ACTION, 1)):
        (line,) = _lines(empty_office, june)
        minutes = [ItemMinutes(first, (replace(line, kind=kind),))]
        perform(save_minutes, june, minutes, _version(empty_office, june))
        assert len(empty_office.ask(action_items)) == count


# ------------------------------------------------------------------------------------------ final


@pytest.fixture
def final(empty_office: Office, june: int) -> int:
    """The meeting with minutes made final."""
    empty_office.perform(receive, 1, 1, True)
    _write(empty_office, june, LineValues(POINT, "広がった"), LineValues(ACTION, "調べる"))
    empty_office.perform(finalise, june, _version(empty_office, june), " 座長 ", date(2026, 6, 20))
    return june


def test_what_is_missing_for_final_minutes_is_named(empty_office: Office, june: int) -> None:
    detail = empty_office.ask(queries.meeting, june)
    values = MeetingValues(detail.meeting_kind_id, 2026, 1)
    empty_office.perform(edit_meeting, june, detail.version, values)
    with pytest.raises(InputError, match="足りないもの：開催日、出席した人（受付か出席者数）、会議録の本文"):
        empty_office.perform(finalise, june, _version(empty_office, june), "座長")
    values = replace(values, held_on=WEDNESDAY, headcount=12)
    empty_office.perform(edit_meeting, june, _version(empty_office, june), values)
    _write(empty_office, june, LineValues(POINT, "集まった"))
    with pytest.raises(InputError, match=r"確定した日（令和7年6月20日）が、会議の日（.+）より前です"):
        empty_office.perform(finalise, june, _version(empty_office, june), "座長", date(2025, 6, 20))
    assert empty_office.perform(finalise, june, _version(empty_office, june), "座長").result == 1


def test_a_cancelled_meeting_has_no_final_minutes(empty_office: Office, june: int) -> None:
    version = _version(empty_office, june)
    empty_office.perform(set_state, june, version, MeetingState.CANCELLED, "台風")
    with pytest.raises(InputError, match="中止した会議"):
        empty_office.perform(finalise, june, version + 1, "座長")


def test_final_minutes_are_changed_by_nothing_but_reopening(
    empty_office: Office, final: int, hinata: int, content: Contents
) -> None:
    meeting = empty_office.ask(queries.meeting, final)
    version, first = meeting.version, _items(empty_office, final)[0]
    values = MeetingValues(meeting.meeting_kind_id, 2026, 1, held_on=WEDNESDAY)
    before = content(empty_office)
    refused: tuple[tuple[Operation[..., Any], tuple[Any, ...]], ...] = (
        (edit_meeting, (final, version, values)),
        (set_state, (final, version, MeetingState.HELD)),
        (remove_meeting, (final, version)),
        (save_agenda, (final, [], version)),
        (save_minutes, (final, [ItemMinutes(first, ())], version)),
        (finalise, (final, version, "座長")),
        (invite, (final, [hinata])),
        (uninvite, ([1],)),
        (answer, (1, 2, AttendanceAnswer.ABSENT)),
        (add_entry, (final, AttendanceValues(name="後から"))),
        (edit_entry, (1, 2, AttendanceValues(name="後から"))),
        (receive, (1, 2, None)),
        (close_reception, (final,)),
    )
    for operation, arguments in refused:
        with pytest.raises(InputError, match="会議録が確定しているため、変更できません") as error:
            empty_office.perform(operation, *arguments)
        assert "開き直してから" in error.value.advice
    assert content(empty_office) == before
    task = empty_office.ask(queries.tasks, (final,))[-1]
    empty_office.perform(tick_task, task.id, task.version, date(2026, 6, 21))
    assert empty_office.perform(copy_year, [final], 2027).result


def test_reopening_is_recorded_and_told_in_the_next_version(
    empty_office: Office, final: int, perform: Perform
) -> None:
    with pytest.raises(InputError, match="開き直す理由が空"):
        empty_office.perform(reopen, final, _version(empty_office, final), " ")
    perform(reopen, final, _version(empty_office, final), "氏名の誤り")
    assert empty_office.ask(queries.meeting, final).state is MeetingState.DRAFTED
    with pytest.raises(InputError, match="確定していません"):
        empty_office.perform(reopen, final, _version(empty_office, final), "もう一度")
    assert perform(finalise, final, _version(empty_office, final), "座長") == 2
    found = empty_office.ask(record.record, final)
    assert (found.revision, found.finalised_on, found.confirmed_by) == (2, date(2026, 11, 21), "座長")
    assert found.earlier == (
        "第1版（令和8年6月20日確定）を令和8年11月21日に開き直しました。理由：氏名の誤り",
    )


# ------------------------------------------------------------------------------------------ told to others


def test_sharing_is_recorded_also_after_the_minutes_are_final(
    empty_office: Office, final: int, hinata: int, perform: Perform
) -> None:
    other = empty_office.perform(add_organisation, OrganisationValues("あおば")).result
    perform(share, final, [hinata, other], ShareBackKind.OWN_STAFF, None)
    perform(share, final, [hinata], ShareBackKind.OWN_STAFF, date(2026, 7, 1), "佐藤", "朝礼")
    perform(share, final, [hinata], ShareBackKind.ABSENT, date(2026, 7, 2))
    rows = empty_office.ask(queries.share_backs, (final,))
    assert [(row.organisation, row.kind, row.shared_on, row.shared_by, row.means) for row in rows] == [
        ("ひなた", ShareBackKind.OWN_STAFF, date(2026, 7, 1), "佐藤", "朝礼"),
        ("あおば", ShareBackKind.OWN_STAFF, None, "", ""),
        ("ひなた", ShareBackKind.ABSENT, date(2026, 7, 2), "", ""),
    ]
    with pytest.raises(InputError, match="共有した日（令和7年7月1日）が、会議の日"):
        empty_office.perform(share, final, [hinata], ShareBackKind.ABSENT, date(2025, 7, 1))
    perform(unshare, [rows[0].id, rows[2].id])
    assert [row.organisation for row in empty_office.ask(queries.share_backs, (final,))] == ["あおば"]


def test_lines_are_read_in_the_order_of_the_agenda(empty_office: Office, june: int) -> None:
    first, second = _items(empty_office, june)
    minutes = [
        ItemMinutes(second, (LineValues(POINT, "その他"),)),
        ItemMinutes(first, (LineValues(POINT, "居場所"),)),
    ]
    empty_office.perform(save_minutes, june, minutes, _version(empty_office, june))
    rows: tuple[StatementRow, ...] = empty_office.ask(queries.statements, june)
    assert [row.text for row in rows] == ["居場所", "その他"]
