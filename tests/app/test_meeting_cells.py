"""Cells of lists of meetings as offices keep them, labelled: each is read right, or pointed out by its place; none is silently wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app import ledgers
from app.importing import meetings
from app.importing.preview import Preview, RowChange
from app.organisations.lists import EntryValues, save_districts
from db.vocabulary import MeetingState

TODAY = date(2026, 11, 21)
NOTHING = None


@dataclass(frozen=True)
class Ok:
    """Read as ``value``, nothing to say."""

    value: Any


@dataclass(frozen=True)
class Noted:
    """Read as ``value``, and pointed out as an assumption."""

    value: Any


@dataclass(frozen=True)
class Doubted:
    """Read as ``value``, but the row is taken by choice alone."""

    value: Any


class Flagged:
    """Left out, and pointed out."""


FLAGGED = Flagged()
MAY = date(2025, 5, 20)

DATES: list[tuple[Any, Any]] = [
    (MAY, Ok((MAY, "", ""))),
    ("令和7年5月20日", Ok((MAY, "", ""))),
    ("令和７年５月２０日（火）", Ok((MAY, "", ""))),
    ("R7.5.20", Ok((MAY, "", ""))),
    ("2025/5/20", Ok((MAY, "", ""))),
    ("20250520", Ok((MAY, "", ""))),
    (20250520, Ok((MAY, "", ""))),
    ("5/20", Noted((MAY, "", ""))),
    ("5月20日", Noted((MAY, "", ""))),
    ("５月２０日（火）", Noted((MAY, "", ""))),
    ("2/3", Noted((date(2026, 2, 3), "", ""))),
    ("5月20日(火) 13:30～15:00", Noted((MAY, "13:30", "15:00"))),
    ("令和7年5月20日(火) 13:30～15:00", Ok((MAY, "13:30", "15:00"))),
    ("令和7年5月20日（火）\n午後1時30分～午後3時", Ok((MAY, "13:30", "15:00"))),
    ("R7.5.20（火）10時〜正午", Ok((MAY, "10:00", "12:00"))),
    ("2025/5/2 9:00", Ok((date(2025, 5, 2), "09:00", ""))),
    ("令和7年5月20日 午後1時30分から3時まで", Noted((MAY, "13:30", "15:00"))),
    (datetime(2025, 5, 20, 13, 30), Noted((MAY, "13:30", ""))),
    ("令和6年5月20日", Doubted((date(2024, 5, 20), "", ""))),
    (date(2026, 5, 20), Doubted((date(2026, 5, 20), "", ""))),
    ("令和7年5月20日（中止）", Doubted((MAY, "", ""))),
    ("令和7年5月20日(月)", FLAGGED),
    ("5月20日(水)", FLAGGED),
    ("令和7年5月20日、21日", FLAGGED),
    ("5月20日～21日", FLAGGED),
    ("5月下旬", FLAGGED),
    ("2月30日", FLAGGED),
    ("平成35年5月20日", FLAGGED),
    ("7.5.20", FLAGGED),
    ("7/5/20", FLAGGED),
    ("未定", FLAGGED),
    ("〃", FLAGGED),
    (45797, FLAGGED),
    (5.2, FLAGGED),
    (True, FLAGGED),
    (None, FLAGGED),
    ("令和7年5月20日 1:30～3:00", FLAGGED),
]

YEARS: list[tuple[Any, Any]] = [
    ("令和7年度", Noted(MAY)),
    ("R7", Noted(MAY)),
    ("Ｒ７年度", Noted(MAY)),
    (2025, Noted(MAY)),
    (7, Noted(MAY)),
    ("平成30年度", Noted(date(2018, 5, 20))),
    ("26", FLAGGED),
    ("昨年度", FLAGGED),
    ("〃", FLAGGED),
    (date(2025, 4, 1), FLAGGED),
]

CELLS: dict[str, list[tuple[Any, Any]]] = {
    "回": [
        ("第3回", Ok(3)),
        ("３", Ok(3)),
        (3, Ok(3)),
        ("③", Ok(3)),
        ("第三回", Ok(3)),
        ("第十二回目", Ok(12)),
        ("－", Noted(NOTHING)),
        ("臨時", FLAGGED),
        ("R7-3", FLAGGED),
        (0, FLAGGED),
        (1.5, FLAGGED),
        ("1・2", FLAGGED),
        (date(2025, 3, 1), FLAGGED),
    ],
    "時間": [
        ("13:30～15:00", Ok(("13:30", "15:00"))),
        ("１３：３０－１５：００", Ok(("13:30", "15:00"))),
        ("13時半〜15時", Ok(("13:30", "15:00"))),
        ("午前10時～12時", Ok(("10:00", "12:00"))),
        ("午後1時30分～3時", Noted(("13:30", "15:00"))),
        (time(13, 30), Ok(("13:30", ""))),
        ("10:00", Ok(("10:00", ""))),
        (1330, Ok(("13:30", ""))),
        ("1:30～3:00", FLAGGED),
        ("15:00～13:30", FLAGGED),
        ("～15:00", FLAGGED),
        ("90分", FLAGGED),
        ("午後", FLAGGED),
        (13, FLAGGED),
        (0.5625, FLAGGED),
    ],
    "出席者数": [
        (52, Ok(52)),
        ("52", Ok(52)),
        ("５２名", Ok(52)),
        ("52人", Ok(52)),
        ("1,020名", Ok(1020)),
        ("約50", Noted(50)),
        ("約50名", Noted(50)),
        ("50名程度", Noted(50)),
        ("32団体52名", Noted(52)),
        ("32団体（52名）", Noted(52)),
        ("52名（うち子ども10名）", Noted(52)),
        ("－", Noted(NOTHING)),
        ("不明", Noted(NOTHING)),
        ("中止", Doubted(NOTHING)),
        ("32団体", FLAGGED),
        ("大人20名、子ども15名", FLAGGED),
        ("50～60名", FLAGGED),
        ("52/60", FLAGGED),
        ("52(60)", FLAGGED),
        ("五十二名", FLAGGED),
        ("多数", FLAGGED),
        (52.5, FLAGGED),
        (-3, FLAGGED),
        (999999, FLAGGED),
        (date(2025, 5, 2), FLAGGED),
        (True, FLAGGED),
    ],
    "会場": [
        ("金沢区役所 301会議室", Ok("金沢区役所 301会議室")),
        ("髙﨑𠮷会館", Ok("髙﨑𠮷会館")),
        ("－", Noted(NOTHING)),
        ("〃", FLAGGED),
        ("同上", FLAGGED),
        ("あ" * 401, FLAGGED),
        (date(2025, 5, 2), FLAGGED),
        ("中止", Doubted("中止")),
    ],
    "テーマ": [
        ("居場所の広報\n来年度の計画", Ok("居場所の広報\n来年度の計画")),
        ("夏祭りの中止について", Doubted("夏祭りの中止について")),
        ("11月に延期", Doubted("11月に延期")),
        ("〃", FLAGGED),
        ("あ" * 401, FLAGGED),
    ],
    "地区": [
        ("釜利谷", Ok("釜利谷")),
        ("釜利谷地区", Noted("釜利谷")),
        ("区全体", Ok(NOTHING)),
        ("－", Noted(NOTHING)),
        ("並木", Doubted("並木")),
        ("釜利谷・六浦", FLAGGED),
        ("〃", FLAGGED),
    ],
    "状態": [
        ("開催", Ok(MeetingState.HELD)),
        ("実施済", Ok(MeetingState.HELD)),
        ("中止", Ok(MeetingState.CANCELLED)),
        ("予定", Ok(MeetingState.PLANNED)),
        ("書面", FLAGGED),
        ("△", FLAGGED),
    ],
    "備考": [
        ("雨天", Ok("雨天")),
        (100, Noted("100")),
        ("中止（感染症のため）", Doubted("中止（感染症のため）")),
        ("〃", FLAGGED),
    ],
}
KEYS = {
    "回": ("meeting.number",),
    "時間": ("meeting.starts_at", "meeting.ends_at"),
    "出席者数": ("meeting.headcount",),
    "会場": ("meeting.place",),
    "テーマ": ("meeting.theme",),
    "地区": ("meeting.district",),
    "状態": ("meeting.state",),
    "備考": ("meeting.note",),
    "開催日": ("meeting.held_on", "meeting.starts_at", "meeting.ends_at"),
    "年度": ("meeting.held_on",),
}
CASES = [
    *(("開催日", *case) for case in DATES),
    *(("年度", *case) for case in YEARS),
    *((head, *case) for head, cases in CELLS.items() for case in cases),
]


def _write(book: openpyxl.Workbook, title: str, heads: list[str], cases: list[tuple[str, Any, Any]]) -> None:
    """A sheet with one case in each row; rows that are not about it have kind, day and number of their own."""
    sheet = book.create_sheet(title)
    sheet.append(heads)
    for number, (head, value, _) in enumerate(cases, 2):
        row: dict[str, Any] = {"会議名": "研修", "回": number}
        if "会場" in heads:
            row["開催日"] = date(1990 + number % 35, 5, 1 + number % 28) if head != "年度" else "5/20"
        if head == "年度":
            row["開催日"] = "5/20"
        row[head] = value
        for name, one in row.items():
            if name in heads:
                cell = sheet.cell(number, heads.index(name) + 1)
                cell.value = one
                if isinstance(one, str):
                    cell.data_type = "s"


GROUPS = {
    "令和7年度": ["開催日", "会議名", "回"],
    "年度": ["年度", "開催日", "会議名", "回"],
    "欄": ["開催日", "会議名", *CELLS],
}


def _group(head: str) -> str:
    return {"開催日": "令和7年度", "年度": "年度"}.get(head, "欄")


@pytest.fixture(scope="module")
def previews(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Preview]:
    """A workbook with the labelled cells, previewed sheet by sheet on a ledger with two districts."""
    folder = tmp_path_factory.mktemp("cells")
    book = openpyxl.Workbook()
    for group, heads in GROUPS.items():
        _write(book, group, heads, [case for case in CASES if _group(case[0]) == group])
    book.save(folder / "会議.xlsx")
    office = ledgers.create(folder / "台帳.tsunagari", "金沢 一郎", lambda: datetime(2026, 11, 21))
    try:
        office.perform(save_districts, [], [EntryValues("釜利谷"), EntryValues("六浦")])
        return {
            group: meetings.preview(office, folder / "会議.xlsx", sheet=group, today=TODAY)
            for group in GROUPS
        }
    finally:
        office.close()


def test_there_are_more_than_a_hundred_labelled_cells() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize(
    "case", range(len(CASES)), ids=lambda case: f"{CASES[case][0]}-{CASES[case][1]}"[:24]
)
def test_a_cell_is_read_right_or_pointed_out(previews: dict[str, Preview], case: int) -> None:
    head, _, expected = CASES[case]
    group = _group(head)
    number = 2 + [one for one in range(len(CASES)) if _group(CASES[one][0]) == group].index(case)
    preview = previews[group]
    place = f"{openpyxl.utils.get_column_letter(GROUPS[group].index(head) + 1)}{number}"
    added = next((one for one in preview.added if one.key == f"row{number}"), None)
    conflict = next((one for one in preview.conflicting if one.place.cell[1:] == str(number)), None)
    flags = [one for one in preview.not_understood if one.place.cell == place]
    at = {place, f"B{number}"} if head == "年度" else {place}
    notes = [one for one in preview.notices if one.place.cell in at]
    if isinstance(expected, Flagged):
        assert flags or (conflict is not None and conflict.row is None and conflict.reason)
        row = added or (conflict.row if conflict else None)
        assert row is None or set(_values(row, head)) <= {None, "", MeetingState.HELD}
        return
    assert not flags
    if isinstance(expected, Doubted):
        assert added is None
        assert conflict is not None
        assert conflict.reason
        row = conflict.row
    else:
        row = added
    assert row is not None, conflict
    found = _values(row, head)
    assert found == (expected.value if isinstance(expected.value, tuple) else (expected.value,))
    if not isinstance(expected, Doubted):
        assert bool(notes) == isinstance(expected, Noted), notes


def _values(row: RowChange, head: str) -> tuple[Any, ...]:
    """What a row would write for the columns that are read under ``head``."""
    values = {cell.field: getattr(cell.value, "name", cell.value) for cell in row.cells}
    if head == "状態":
        return (next(cell.value for cell in row.cells if cell.field == "meeting.state"),)
    empty = "" if head in ("時間", "開催日") else None
    return tuple(values.get(key, empty) for key in KEYS[head])


NAMED = [
    # name, column of kinds, expected kind, number, district, title
    ("第1回全体会", None, ("全体会", 1, None, "")),
    ("令和7年度第２回 全体会", None, ("全体会", 2, None, "")),
    ("全体会（第3回）", None, ("全体会", 3, None, "")),
    ("第4回地区別交流会（釜利谷地区）", None, ("地区別交流会", 4, "釜利谷", "")),
    ("健やか子育て連絡会 全体会", None, ("全体会", None, None, "健やか子育て連絡会 全体会")),
    ("母子部会", None, ("部会", None, None, "母子部会")),
    ("子育て支援者研修会", None, ("研修", None, None, "子育て支援者研修会")),
    ("事務局会", None, ("事務局会議", None, None, "")),
    ("第5回 全体会", "全体会", ("全体会", 5, None, "")),
    ("初顔合わせ", "全体", ("全体会", None, None, "初顔合わせ")),
    (None, "第6回全体会", ("全体会", 6, None, "")),
]
DOUBTFUL = [
    ("子育て講座", None, "会議の種類「子育て講座」が台帳にありません"),
    ("地区別交流会", None, "地区が分かりません"),
    ("地区別交流会（並木地区）", None, "地区「並木地区」が台帳にありません"),
    ("令和6年度第7回全体会", None, "会議名は令和6年度ですが、開催日は令和7年度です"),
    ("第8回全体会", "講演会", "会議の種類「講演会」が台帳にありません"),
    ("第9回", None, "会議の種類が分かりません"),
    (None, "〃", "会議の種類が分かりません"),
]


def test_kind_number_district_and_title_are_told_apart(tmp_path: Path) -> None:

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["開催日", "会議名", "種類"])
    rows = [*NAMED, *DOUBTFUL]
    for number, (name, kind, _) in enumerate(rows, 1):
        sheet.append([date(2025, 6, number), name, kind])
    book.save(tmp_path / "会議.xlsx")
    office = ledgers.create(tmp_path / "台帳.tsunagari", "金沢 一郎", lambda: datetime(2026, 11, 21))
    try:
        office.perform(save_districts, [], [EntryValues("釜利谷")])
        preview = meetings.preview(office, tmp_path / "会議.xlsx", today=TODAY)
    finally:
        office.close()
    added = {row.key: {cell.field: cell.value for cell in row.cells} for row in preview.added}
    for number, (name, kind, expected) in enumerate(NAMED, 2):
        values = added.pop(f"row{number}")
        found = (
            str(values["meeting.kind"]),
            values.get("meeting.number"),
            getattr(values.get("meeting.district"), "name", None),
            values.get("meeting.title", ""),
        )
        assert found == expected, (name, kind)
    assert not added
    reasons = {one.place.cell: one.reason for one in preview.conflicting}
    for number, (name, kind, reason) in enumerate(DOUBTFUL, 2 + len(NAMED)):
        assert reason in reasons[f"A{number}"], (name, kind)
