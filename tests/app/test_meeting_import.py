"""Taking lists of past meetings in: what is new, changed or doubtful beside the ledger; all or nothing; one undo; broken files."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import ledgers
from app.errors import ConflictError, InputError
from app.importing import meetings
from app.importing.preview import Preview
from app.meetings import operations, queries
from app.meetings.meeting_import import Imported, import_meetings, remember_columns
from app.meetings.values import MeetingValues
from app.office import Office
from app.organisations.lists import EntryValues, save_districts
from db.vocabulary import MeetingState

Maker = Callable[..., Path]
Content = Callable[[Office], Any]

TODAY = date(2026, 11, 21)
HEADS = ["開催日", "会議名", "会場", "テーマ", "出席者数"]
ROWS: list[list[Any]] = [
    ["令和7年5月20日(火) 13:30～15:00", "第1回全体会", "区役所", "情報共有", "52名"],
    ["R7.11.20", "第2回全体会", "区役所", "振返り", "48"],
    [date(2025, 6, 10), "事務局会議", None, None, 8],
    ["令和9年2月3日", "第1回研修", "地域ケアプラザ", None, None],
]


def read(office: Office, path: Path, **given: Any) -> Preview:
    return meetings.preview(office, path, today=TODAY, **given)


def held(office: Office) -> dict[str, queries.MeetingRow]:
    return {one.name: one for one in office.ask(queries.meetings)}


def cells(preview: Preview) -> dict[str, tuple[str, str]]:
    return {cell.key: (cell.before, cell.after) for row in preview.changed for cell in row.cells}


@pytest.fixture
def filled(empty_office: Office, roster_file: Maker) -> Office:
    """A ledger with four meetings out of a list."""
    empty_office.perform(import_meetings, read(empty_office, roster_file(HEADS, *ROWS)))
    return empty_office


def test_a_list_becomes_meetings_in_one_change(empty_office: Office, roster_file: Maker) -> None:
    preview = read(empty_office, roster_file(["令和7年度 会議一覧"], HEADS, *ROWS[:3]))
    assert (preview.conflicting, preview.not_understood) == ((), ())
    assert empty_office.perform(import_meetings, preview).result == Imported(3, 0, 0)
    first = held(empty_office)["令和7年度第1回全体会"]
    assert (first.held_on, first.starts_at, first.ends_at) == (date(2025, 5, 20), "13:30", "15:00")
    assert (first.place, first.theme, first.headcount) == ("区役所", "情報共有", 52)
    assert {one.state for one in held(empty_office).values()} == {MeetingState.HELD}
    step, _ = empty_office.next_steps()
    assert step is not None
    assert "追加3・変更0件" in step.label


def test_past_meetings_were_held_and_bring_no_preparation_those_ahead_are_planned_with_it(
    filled: Office,
) -> None:
    found = held(filled)
    assert found["令和7年度第2回全体会"].state is MeetingState.HELD
    ahead = found["令和8年度第1回研修"]
    assert ahead.state is MeetingState.PLANNED
    tasks = filled.ask(queries.tasks, [one.id for one in found.values()])
    assert {task.meeting_id for task in tasks} == {ahead.id}


def test_one_undo_takes_the_whole_list_back(
    empty_office: Office, roster_file: Maker, content: Content
) -> None:
    before = content(empty_office)
    empty_office.perform(import_meetings, read(empty_office, roster_file(HEADS, *ROWS)))
    after = content(empty_office)
    empty_office.undo()
    assert content(empty_office) == before
    empty_office.redo()
    assert content(empty_office) == after


def test_the_same_list_again_changes_nothing(filled: Office, roster_file: Maker) -> None:
    preview = read(filled, roster_file(HEADS, *ROWS))
    assert preview.is_empty
    assert preview.conflicting == ()
    assert len(preview.unchanged) == 4


def test_changes_are_told_cell_by_cell_and_an_empty_cell_says_nothing(
    filled: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["開催日", "会議名", "会場", "出席者数", "司会"],
        ["令和7年5月20日", "全体会", None, 55, "佐藤"],
        ["令和7年11月27日", "第2回全体会", None, None, None],
        ["令和9年2月4日", "第1回研修", None, None, None],
    )
    preview = read(filled, path)
    assert cells(preview) == {
        "row2/meeting.headcount": ("52", "55"),
        "row2/meeting.chair": ("", "佐藤"),
        "row4/meeting.held_on": ("令和9年2月3日", "令和9年2月4日"),
    }
    (moved,) = preview.conflicting
    assert "台帳では令和7年11月20日です" in moved.reason
    done = filled.perform(import_meetings, preview, {"row2/meeting.chair", "row4/meeting.held_on"})
    assert done.result == Imported(0, 2, 0)
    found = held(filled)
    assert (found["令和7年度第1回全体会"].chair, found["令和7年度第1回全体会"].headcount) == ("佐藤", 52)
    assert found["令和7年度第1回全体会"].place == "区役所"
    training = found["令和8年度第1回研修"]
    assert training.held_on == date(2027, 2, 4)
    tasks = filled.ask(queries.tasks, [training.id])
    assert max(task.due_on for task in tasks if task.due_on) == date(2027, 2, 18)


def test_a_planned_meeting_that_is_over_becomes_held(empty_office: Office, roster_file: Maker) -> None:
    kind = empty_office.ask(queries.kinds)[0]
    values = MeetingValues(kind.id, 2025, 1, held_on=date(2025, 5, 20))
    empty_office.perform(operations.add_meeting, values)
    path = roster_file(["開催日", "会議名"], ["令和7年5月20日", "第1回全体会"])
    preview = read(empty_office, path)
    assert cells(preview) == {"row2/meeting.state": ("計画", "開催済")}
    empty_office.perform(import_meetings, preview)
    assert held(empty_office)["令和7年度第1回全体会"].state is MeetingState.HELD


def test_kinds_and_districts_unknown_to_the_ledger_come_by_choice_alone(
    empty_office: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["開催日", "会議名", "地区"],
        ["R7.6.1", "第1回子育て講座", None],
        ["R7.7.1", "第2回子育て講座", None],
        ["R7.8.1", "第1回地区別交流会", "並木"],
        ["R7.9.1", "第1回地区別交流会", None],
    )
    preview = read(empty_office, path)
    assert preview.is_empty
    assert [one.only_new for one in preview.conflicting] == [True, True, True, False]
    chosen = {one.row.key for one in preview.conflicting if one.row and one.only_new}
    assert empty_office.perform(import_meetings, preview, chosen).result == Imported(3, 0, 2)
    assert set(held(empty_office)) == {
        "令和7年度第1回子育て講座",
        "令和7年度第2回子育て講座",
        "令和7年度第1回地区別交流会（並木）",
    }
    assert empty_office.ask(queries.kinds)[-1].name == "子育て講座"
    empty_office.undo()
    assert "子育て講座" not in [one.name for one in empty_office.ask(queries.kinds)]


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("第1回 地区別交流会 若葉台", "令和7年度第1回地区別交流会（若葉台）"),
        ("若葉台地区 地区別交流会", "令和7年度地区別交流会（若葉台）"),
        ("地区別交流会・若葉台地区", "令和7年度地区別交流会（若葉台）"),
        ("全体会②", "令和7年度第2回全体会"),
        ("研修会「赤ちゃんの泣き」", "研修会「赤ちゃんの泣き」"),
    ],
)
def test_the_names_that_offices_write_are_understood(
    called: str, name: str, empty_office: Office, roster_file: Maker
) -> None:
    empty_office.perform(save_districts, [], [EntryValues("若葉台"), EntryValues("汐見")])
    preview = read(empty_office, roster_file(["日", "曜", "会議名"], ["R7.6.18", "水", called]))
    assert [row.name for row in preview.added] == [name]
    assert not preview.new_entries
    assert not preview.not_understood


def test_a_meeting_of_two_districts_makes_no_new_district(empty_office: Office, roster_file: Maker) -> None:
    empty_office.perform(save_districts, [], [EntryValues("若葉台"), EntryValues("汐見")])
    preview = read(empty_office, roster_file(HEADS[:2], ["R7.6.18", "地区別交流会（若葉台・汐見）"]))
    (doubtful,) = preview.conflicting
    assert "地区が分かりません" in doubtful.reason
    assert not preview.new_entries


def test_each_district_counts_by_itself(empty_office: Office, roster_file: Maker) -> None:
    empty_office.perform(save_districts, [], [EntryValues("釜利谷"), EntryValues("六浦")])
    path = roster_file(
        ["開催日", "会議名", "地区"],
        ["R7.6.1", "第1回地区別交流会", "釜利谷"],
        ["R7.6.1", "第1回地区別交流会", "六浦地区"],
        ["R7.6.1", "第1回地区別交流会（六浦）", None],
    )
    preview = read(empty_office, path)
    assert [row.name for row in preview.added] == ["令和7年度第1回地区別交流会（釜利谷）"]
    assert ["A3・A4" in one.reason for one in preview.conflicting] == [True, True]


def test_meetings_called_off_come_by_choice_and_keep_the_reason(
    empty_office: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["開催日", "会議名", "出席者数", "備考", "状態", "中止の理由"],
        ["R7.6.1", "第1回全体会", "中止", None, None, None],
        ["R7.7.1", "第2回全体会", None, None, "中止", "台風のため"],
        ["R7.8.1", "第3回全体会", 40, None, "開催", None],
        ["R9.8.1", "第1回全体会", None, None, "開催", None],
    )
    preview = read(empty_office, path)
    assert [row.name for row in preview.added] == ["令和7年度第2回全体会", "令和7年度第3回全体会"]
    called_off, ahead = preview.conflicting
    assert called_off.row is not None
    assert ahead.row is None
    assert "まだ先です" in ahead.reason
    empty_office.perform(import_meetings, preview, {called_off.row.key, *(row.key for row in preview.added)})
    found = held(empty_office)
    assert {name: (one.state, one.cancelled_because, one.headcount) for name, one in found.items()} == {
        "令和7年度第1回全体会": (MeetingState.CANCELLED, "中止", None),
        "令和7年度第2回全体会": (MeetingState.CANCELLED, "台風のため", None),
        "令和7年度第3回全体会": (MeetingState.HELD, "", 40),
    }
    assert len(read(empty_office, path).unchanged) == 3


def test_what_is_final_or_called_off_is_not_overwritten(sample_office: Office, roster_file: Maker) -> None:
    found = sample_office.ask(queries.meetings)
    final = next(one for one in found if one.state is MeetingState.FINALISED and not one.district)
    open_one = next(
        one for one in found if one.state in (MeetingState.PLANNED, MeetingState.HELD) and one.held_on
    )
    path = roster_file(
        ["開催日", "種類", "地区", "出席者数"],
        [final.held_on, final.kind, None, 999],
        [open_one.held_on, open_one.kind, open_one.district, "中止"],
    )
    preview = read(sample_office, path)
    assert preview.is_empty
    about_final, called_off = preview.conflicting
    assert (about_final.row, called_off.row) == (None, None)
    assert "会議録が確定" in about_final.reason
    assert f"台帳では「{open_one.state.label}」です" in called_off.reason


def test_day_and_number_that_name_two_meetings_are_not_guessed_between(
    filled: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["開催日", "会議名"],
        ["R7.5.20", "第2回全体会"],
        ["R7.5.20", "第3回全体会"],
        ["R8.6.1", "第1回研修"],
        ["R8.6.2", "第1回研修"],
    )
    preview = read(filled, path)
    assert preview.is_empty
    both, other, *twice = preview.conflicting
    assert both.row is None
    assert "どちらか決まりません" in both.reason
    assert other.row is not None
    assert "台帳では同じ日の会議が第1回です" in other.reason
    assert ["A4・A5" in one.reason for one in twice] == [True, True]


def test_a_year_stands_in_a_column_a_heading_or_a_title_above(
    empty_office: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["年度", "月日", "会議名"],
        ["令和6年度", "5/20", "第1回全体会"],
        [None, "2/3(月)", "第2回全体会"],
        ["令和7年度", None, None],
        [None, "5月20日", "第1回全体会"],
    )
    days = {row.name: row.cells[1].after for row in read(empty_office, path).added}
    assert days == {
        "令和6年度第1回全体会": "令和6年5月20日",
        "令和6年度第2回全体会": "令和7年2月3日",
        "令和7年度第1回全体会": "令和7年5月20日",
    }
    sheets = roster_file(
        ["会議の記録"],
        ["月日", "会議名"],
        ["【令和6年度】", None],
        ["5/20", "第1回全体会"],
        ["＜令和7年度＞", None],
        ["5/20", "第1回全体会"],
    )
    assert [row.name for row in read(empty_office, sheets).added] == [
        "令和6年度第1回全体会",
        "令和7年度第1回全体会",
    ]
    without = roster_file(["月日", "会議名"], ["5/20", "第1回全体会"])
    (conflict,) = read(empty_office, without).conflicting
    assert "年が分かりません" in conflict.reason
    assert conflict.row is None


def test_merged_cells_two_line_headings_sums_and_hidden_rows(
    empty_office: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["令和7年度 会議の開催状況"],
        [],
        ["No.", "種類", "開催", None, None, "出席者"],
        [None, None, "日付", "時間", "場所", "人数"],
        [1, "全体会", "5月20日(火)", "13:30～15:00", "区役所", "52名"],
        [2, None, "11月20日(木)", "10時～正午", "区役所", "48名"],
        ["合計", None, None, None, None, 100],
        ["※人数は受付の数", None, None, None, None, None],
        merges=["A1:F1", "A3:A4", "B3:B4", "C3:E3", "B5:B6"],
    )
    preview = read(empty_office, path)
    assert [(row.name, row.place.cell) for row in preview.added] == [
        ("令和7年度全体会", "C5"),
        ("令和7年度全体会", "C6"),
    ]
    assert [one.place.cell for one in preview.skipped] == ["A7", "A8"]
    assert any("結合された上のセル B5" in one.reason for one in preview.notices if one.place.cell == "B6")
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[6].hidden = True  # type: ignore[union-attr]
    book.save(path)
    preview = read(empty_office, path)
    assert len(preview.added) == 1
    assert any(one.place.cell == "C6" and "非表示" in one.reason for one in preview.not_understood)


def test_a_csv_in_cp932_is_read_as_well(empty_office: Office, tmp_path: Path) -> None:
    path = tmp_path / "会議.csv"
    path.write_text("開催日,会議名,会場\n令和７年５月２０日,第１回全体会,髙橋会館\n", "cp932")
    (row,) = read(empty_office, path).added
    assert (row.name, row.place.cell, row.cells[-1].after) == ("令和7年度第1回全体会", "A2", "髙橋会館")


def test_columns_told_apart_by_hand_are_remembered(empty_office: Office, roster_file: Maker) -> None:
    path = roster_file(["開催日", "会議名", "担当", "合図"], ["R7.5.20", "全体会", "佐藤", "あ"])
    preview = read(empty_office, path)
    assert {one.text for one in preview.not_understood} == {"担当", "合図"}
    empty_office.perform(remember_columns, {"担当": "meeting.chair", "合図": ""})
    preview = read(empty_office, path)
    assert preview.not_understood == ()
    assert preview.added[0].cells[-1].after == "佐藤"


def test_a_file_older_than_the_ledger_is_a_conflict(filled: Office, roster_file: Maker) -> None:
    path = roster_file(["開催日", "会議名", "司会"], ["R7.5.20", "第1回全体会", "佐藤"])
    long_ago = datetime(2026, 11, 19).timestamp()
    os.utime(path, (long_ago, long_ago))
    (conflict,) = read(filled, path).conflicting
    assert "このファイルが保存された後に" in conflict.reason
    assert conflict.row is not None


def test_a_preview_of_yesterday_is_not_written_over_today(
    filled: Office, roster_file: Maker, content: Content
) -> None:
    change = read(filled, roster_file(["開催日", "会議名", "司会"], ["R7.5.20", "第1回全体会", "佐藤"]))
    addition = read(filled, roster_file(["開催日", "会議名"], ["R7.9.9", "事務局会議"]))
    kind = read(filled, roster_file(["開催日", "会議名"], ["R7.9.9", "講演会"]))
    first = held(filled)["令和7年度第1回全体会"]
    filled.perform(operations.set_state, first.id, first.version, MeetingState.DRAFTED)
    filled.perform(import_meetings, addition)
    filled.perform(import_meetings, kind, {"row2"})
    before = content(filled)
    for preview, chosen in ((change, None), (addition, None), (kind, {"row2"})):
        with pytest.raises(ConflictError, match=r"何も取り込んでいません|変更しています"):
            filled.perform(import_meetings, preview, chosen)
    with pytest.raises(InputError, match="取り込むものがありません"):
        filled.perform(import_meetings, addition, set())
    assert content(filled) == before


@settings(max_examples=10)
@given(st.data())
def test_a_failure_at_any_row_leaves_the_ledger_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, content: Content, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("fail")
    office = ledgers.create(folder / "台帳.tsunagari", "金沢 一郎", lambda: datetime(2026, 11, 21))
    try:
        path = folder / "会議.csv"
        path.write_text(
            "開催日,会議名,時間\n"
            + "".join(f"R7.6.{one},第{one}回全体会,10:00～11:00\n" for one in range(1, 9)),
            "utf-8",
        )
        preview = read(office, path)
        assert len(preview.added) == 8
        index = data.draw(st.integers(0, 7))
        field, value = data.draw(
            st.sampled_from(
                [
                    ("meeting.held_on", "きのう"),
                    ("meeting.ends_at", "09:00"),
                    ("meeting.number", 0),
                    ("meeting.headcount", -1),
                    ("meeting.place", {}),
                ]
            )
        )
        row = preview.added[index]
        wrong = replace(row.cells[0], field=field, value=value)
        rows = list(preview.added)
        rows[index] = replace(row, cells=(*row.cells, wrong))
        before = content(office)
        with pytest.raises(Exception):  # noqa: B017, PT011 - whatever goes wrong, nothing may stay
            office.perform(import_meetings, replace(preview, added=tuple(rows)))
        assert content(office) == before
        assert office.perform(import_meetings, preview).result == Imported(8, 0, 0)
    finally:
        office.close()


def test_what_the_ledger_cannot_take_names_the_row(filled: Office, roster_file: Maker) -> None:
    preview = read(filled, roster_file(["開催日", "会議名"], ["R7.5.20", "第3回全体会"]))
    (conflict,) = preview.conflicting
    assert conflict.row is not None
    second = replace(
        conflict.row,
        cells=tuple(
            replace(cell, value=2) if cell.field == "meeting.number" else cell for cell in conflict.row.cells
        ),
    )
    with pytest.raises(
        InputError, match=r"「名簿」A2「令和7年度第1回全体会」：.*すでにあります。何も取り込んでいません。"
    ):
        filled.perform(import_meetings, replace(preview, changed=(second,)))


def test_files_without_such_a_list_and_hostile_ones_are_refused(
    empty_office: Office, roster_file: Maker, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="開催日の見出しがある表が見つかりません"):
        read(empty_office, roster_file(["曜日", "主菜"], ["月", "さば"]))
    with pytest.raises(InputError, match="「なし」シートに会議の表が見つかりません"):
        read(empty_office, roster_file(HEADS, *ROWS), sheet="なし")
    sound = roster_file(HEADS, *ROWS)
    for name, content in (
        ("xl/vbaProject.bin", b"x"),
        ("xl/bomb.xml", b"0" * 60_000_000),
        ("xl/dtd.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ):
        hostile = tmp_path / "hostile.xlsx"
        with zipfile.ZipFile(sound) as old, zipfile.ZipFile(hostile, "w", zipfile.ZIP_DEFLATED) as new:
            for member in old.namelist():
                new.writestr(member, old.read(member))
            new.writestr(name, content)
        with pytest.raises(InputError, match="読み込"):
            read(empty_office, hostile)
    (tmp_path / "not.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(InputError):
        read(empty_office, tmp_path / "not.xlsx")
