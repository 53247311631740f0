"""Plans out of the Excel form, mistakes named by cell; and workbooks from outside that must not do harm."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.errors import InputError, MachineError
from app.importing.plan_workbook import from_sheets, load
from app.importing.safe_workbook import Flaw, Limits, Sheet, Value, read, read_in_child
from app.plans import loader
from app.plans.draft import DEFAULT_SCALE, ItemDraft, PlanDraft, check
from db.vocabulary import ItemKind

Rows = Iterable[Iterable[Any]]
Maker = Callable[..., Path]

HEAD: list[list[Any]] = [["計画の名称", "指針"], ["開始年度", 2026], ["終了年度", "令和12年度"]]
ITEMS_HEAD = ["種類", "番号", "本文", "説明・現状と方向性"]


@pytest.fixture
def workbook(tmp_path: Path) -> Maker:
    """Writes sheets of rows to a workbook and gives its path."""

    def make(name: str = "様式.xlsx", **sheets: Rows) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return make


@pytest.fixture
def repacked(tmp_path: Path) -> Callable[..., Path]:
    """Writes a workbook again with some of its parts replaced or added, as no honest program would."""

    def make(path: Path, parts: dict[str, bytes]) -> Path:
        new = tmp_path / f"repacked-{path.name}"
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as package:
            for name in old.namelist():
                package.writestr(name, parts.get(name, old.read(name)))
            for name in parts.keys() - set(old.namelist()):
                package.writestr(name, parts[name])
        return new

    return make


def _sheet(name: str, rows: Rows) -> Sheet:
    cells: dict[tuple[int, int], Value] = {
        (row, column): value
        for row, values in enumerate(rows, 1)
        for column, value in enumerate(values, 1)
        if value is not None
    }
    return Sheet(name, cells)


def _plan(items: Rows, head: Rows = HEAD, levels: Rows | None = None) -> PlanDraft:
    sheets = [_sheet("計画", head), _sheet("項目", [ITEMS_HEAD, *items])]
    return from_sheets(sheets if levels is None else [*sheets, _sheet("評価段階", levels)])


def _refused(items: Rows, head: Rows = HEAD, levels: Rows | None = None) -> list[str]:
    with pytest.raises(InputError) as refused:
        _plan(items, head, levels)
    return refused.value.message.split("\n")


def _tree(items: tuple[ItemDraft, ...]) -> list[Any]:
    return [(item.title, _tree(item.children)) if item.children else item.title for item in items]


def test_the_wards_guideline_written_into_the_form_is_read_back_to_the_letter(workbook: Maker) -> None:
    plan = loader.load(resources.path("plans/kanazawa-ward-5.toml"))
    path = workbook(
        計画=[
            ["指針・計画の様式"],
            ["計画の名称", plan.title],
            ["期（例 第5期）", plan.edition],
            ["発行者", plan.publisher],
            ["開始年度", "令和８年度"],
            ["終了年度", 2030],
            ["まえがき", plan.preface],
            ["コード", plan.code],
        ],
        項目=[["上から順に書いてください。"], ITEMS_HEAD]
        + [[item.kind.label, item.number, item.title, item.body or None] for _, item in plan.walk()],
        評価段階=[["値", "名称", "記号", "到達とみなす(○)"]]
        + [[one.value, one.label, one.symbol, "○" if one.is_reached else None] for one in plan.scale.levels],
        記入例=[["ここは読まれません"]],
    )
    assert load(path) == plan


def test_a_form_with_nothing_but_the_needed_is_enough() -> None:
    plan = _plan([["取組の柱", 1, "柱"]])
    assert (plan.code, plan.period_from, plan.period_to) == ("指針", 2026, 2030)
    assert plan.scale == DEFAULT_SCALE
    assert plan.items == (ItemDraft(ItemKind.PILLAR, "柱", "1"),)


def test_items_hang_under_the_nearest_item_that_may_carry_them() -> None:
    rows: Rows = [
        ["取組の柱", 1, "柱1"],
        ["取組", "①", "取組1"],
        ["到達イメージ", None, "像1"],
        ["到達イメージ", None, "像2"],
        [],
        ["取組", "②", "取組2"],
        ["到達イメージ", None, "像3"],
        ["地域の方々と一緒に取り組んでいくこと", None, "地域"],
        ["取組の柱", 2, "柱2"],
        ["到達イメージ", None, "像4"],
    ]
    assert _tree(_plan(rows).items) == [
        ("柱1", [("取組1", ["像1", "像2"]), ("取組2", ["像3"]), "地域"]),
        ("柱2", ["像4"]),
    ]


def test_lists_written_one_after_the_other_stay_lists() -> None:
    kinds = ["基本方針", "基本方針", "目標", "目標", "取組の柱", "取組の柱"]
    plan = _plan([[kind, None, f"{kind}{number}"] for number, kind in enumerate(kinds)])
    assert all(not item.children for item in plan.items)
    assert len(plan.items) == 6


def test_a_pillar_that_has_something_under_it_keeps_what_follows() -> None:
    rows: Rows = [
        ["取組の柱", 1, "まだ何もない柱"],
        ["取組の柱", 2, "柱"],
        ["取組", "①", "取組"],
        ["地域の方々と一緒に取り組んでいくこと", None, "地域"],
    ]
    assert _tree(_plan(rows).items) == ["まだ何もない柱", ("柱", ["取組", "地域"])]


@given(st.lists(st.sampled_from(ItemKind), min_size=1, max_size=25))
def test_whatever_the_order_no_row_is_lost_moved_or_put_where_it_may_not_stand(kinds: list[ItemKind]) -> None:
    rows: Rows = [[kind.label, None, f"{number}番目"] for number, kind in enumerate(kinds)]
    try:
        plan = _plan(rows)
    except InputError as error:
        complaints = error.message.split("\n")
    else:
        complaints = []
        assert [[item.kind.label, None, item.title] for _, item in plan.walk()] == rows
        assert check(plan) == []
    assert all("には置けません" in line or "このほかに" in line for line in complaints)


def test_measures_after_each_policy_hang_under_it() -> None:
    rows: Rows = [
        ["基本方針", 1, "つながる"],
        ["基本施策", None, "支援機能"],
        ["主な関係事業", 4, "サロン"],
        ["今後の方向性", None, "意識"],
        ["基本方針", 2, "はぐくむ"],
        ["基本施策・今後の方向性", None, "保育"],
    ]
    assert _tree(_plan(rows).items) == [
        ("つながる", [("支援機能", ["サロン"]), "意識"]),
        ("はぐくむ", ["保育"]),
    ]


def test_width_blanks_and_brackets_do_not_matter_in_labels_and_kinds() -> None:
    plan = from_sheets(
        [
            _sheet(
                "計画 ",
                [["計画の名称（必須）", "指針"], ["開始 年度", "Ｒ８"], ["終了年度", "12"], [None, None]],
            ),
            _sheet("項目", [["種類 ", "番号", "本文(公式の文言)"], ["取組の柱　", "１", " 神﨑㈱𠮷！"]]),
        ]
    )
    assert plan.items[0] == ItemDraft(ItemKind.PILLAR, "神﨑㈱𠮷！", "１")
    assert (plan.period_from, plan.period_to) == (2026, 2030)


def test_every_bad_row_is_named_by_its_cell_and_all_at_once() -> None:
    complaints = _refused(
        [
            ["到達イメージ", None, "どこにも付かない"],
            ["取り組みの柱", 1, "柱"],
            [None, None, "種類がない"],
            ["取組の柱", date(2026, 3, 1), "番号が日付"],
            ["取組", "①", " "],
        ],
        [
            ["計画の名称", None],
            ["開始年度", "令和の初め"],
            ["発行元", "区"],
            ["コード", "a"],
            ["コード", "b"],
        ],
    )
    assert [line.partition("：")[0] for line in complaints] == [
        "「計画」シート A1",
        "「計画」シート B1",
        "「計画」シート B2",
        "「計画」シート A3",
        "「計画」シート A5",
        "「項目」シート A2",
        "「項目」シート A3",
        "「項目」シート A4",
        "「項目」シート B5",
        "「項目」シート C6",
    ]
    said = "\n".join(complaints)
    for part in (
        "終了年度がありません",
        "計画の名称が空です",
        "「令和の初め」は年度として読めません",
        "「発行者」の誤りではありませんか",
        "「コード」が二度書かれています",
        "「到達イメージ」は計画のすぐ下には置けません",
        "「取組の柱」の誤りではありませんか",
        "種類が空です",
        "日付や時刻になっています",
        "取組の本文が空です",
    ):
        assert part in said


def test_a_scale_is_named_by_its_cells_too() -> None:
    complaints = _refused(
        [["取組の柱", 1, "柱"]],
        levels=[
            ["値", "名称", "記号", "到達とみなす"],
            ["低", "未"],
            [1, "済", "○", "済"],
            [1, "済み", "○", "○"],
        ],
    )
    assert [line.partition("。")[0] for line in complaints] == [
        "「評価段階」シート A2：値「低」は整数ではありません",
        "「評価段階」シート D3：「済」は読めません",
        "「評価段階」シート A4：評価段階の値「1」が重なっています",
        "「評価段階」シート C4：評価段階の記号「○」が重なっています",
    ]


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ([_sheet("項目", [ITEMS_HEAD, ["取組の柱", 1, "柱"]])], "「計画」シートがありません"),
        ([_sheet("計画", HEAD)], "「項目」シートがありません"),
        ([_sheet("計画", HEAD), _sheet("項目", [["柱", 1]])], "「項目」シート A1：見出しの行"),
        ([_sheet("計画", HEAD), _sheet("項目", [ITEMS_HEAD])], "項目が一つもありません"),
        (
            [
                _sheet("計画", HEAD),
                Sheet("項目", _sheet("", [ITEMS_HEAD, ["取組の柱", 1, "柱"]]).cells, is_hidden=True),
            ],
            "「項目」シートが非表示です",
        ),
        (
            [
                _sheet("計画", HEAD),
                Sheet("項目", _sheet("", [ITEMS_HEAD, ["取組の柱"]]).cells, {(2, 3): Flaw.UNCALCULATED}),
            ],
            "「項目」シート C2：数式の計算結果が保存されていません",
        ),
    ],
)
def test_a_form_that_was_taken_apart_is_refused(sheets: list[Sheet], said: str) -> None:
    with pytest.raises(InputError) as refused:
        from_sheets(sheets)
    assert [said in line for line in refused.value.message.split("\n")] == [True]


def test_values_are_read_as_people_entered_them(workbook: Maker) -> None:
    path = workbook(表=[["=1+1", 1.0, 1.5, True, date(2026, 11, 21), " ｱ\n=B", None], [date(1900, 2, 1)]])
    sheet = read(path)[0]
    assert sheet.cells == {
        (1, 2): 1,
        (1, 3): 1.5,
        (1, 4): True,
        (1, 5): date(2026, 11, 21),
        (1, 6): " ｱ\n=B",
    }
    assert sheet.flaws == {(1, 1): Flaw.UNCALCULATED, (2, 1): Flaw.EARLY_DATE}
    assert sheet.last_row == 2


def test_calculated_formulas_give_their_result_and_failed_ones_are_flagged(
    workbook: Maker, repacked: Callable[..., Path]
) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1"><f>1+1</f></c></row>'
    )
    sheet = read(repacked(workbook(表=[["x"]]), {"xl/worksheets/sheet1.xml": _sheet_xml(rows)}))[0]
    assert sheet.cells == {(1, 1): 2}
    assert sheet.flaws == {(1, 3): Flaw.ERROR, (1, 4): Flaw.UNCALCULATED}


def test_what_a_sheet_says_of_its_extent_is_not_believed(
    workbook: Maker, repacked: Callable[..., Path]
) -> None:
    rows = '<row r="3"><c r="B3" t="str"><v>ここ</v></c></row>'
    for extent in ("A1", "A1:XFD1048576", "Z9:Z9"):
        path = repacked(workbook(表=[["x"]]), {"xl/worksheets/sheet1.xml": _sheet_xml(rows, extent)})
        assert read(path)[0].cells == {(3, 2): "ここ"}


def _sheet_xml(rows: str, extent: str = "A1") -> bytes:
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="{extent}"/><sheetData>{rows}</sheetData></worksheet>'
    ).encode()


def test_a_value_in_the_farthest_cell_is_refused_soon(workbook: Maker, repacked: Callable[..., Path]) -> None:
    rows = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = repacked(workbook(表=[["x"]]), {"xl/worksheets/sheet1.xml": _sheet_xml(rows)})
    with pytest.raises(InputError, match="20000行・256列より外に値があり"):
        read_in_child(path)


def test_formats_without_values_far_out_do_no_harm(workbook: Maker, repacked: Callable[..., Path]) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="30000"><c r="ZZ30000" s="0"/></row>'
    path = repacked(workbook(表=[["x"]]), {"xl/worksheets/sheet1.xml": _sheet_xml(rows)})
    assert read(path)[0].cells == {(1, 1): 1}


def test_a_zip_bomb_is_refused_before_it_opens(workbook: Maker, repacked: Callable[..., Path]) -> None:
    path = repacked(workbook(表=[["x"]]), {"xl/media/image1.png": b"\0" * 30_000_000})
    assert path.stat().st_size < 100_000
    with pytest.raises(InputError, match="開くと大きくなりすぎます"):
        read_in_child(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/extra.bin"])
def test_a_document_type_is_refused_in_any_part_and_encoding(
    workbook: Maker, repacked: Callable[..., Path], part: str, encoding: str
) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'
    with pytest.raises(InputError, match="DTD"):
        read_in_child(repacked(workbook(表=[["x"]]), {part: xml.encode(encoding)}))


def test_a_document_type_behind_a_long_comment_is_refused_too(
    workbook: Maker, repacked: Callable[..., Path]
) -> None:
    noise = "".join(f"{number}" for number in range(40_000))
    xml = f'<!--{noise}--><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'
    with pytest.raises(InputError, match="DTD"):
        read(repacked(workbook(表=[["x"]]), {"xl/worksheets/sheet1.xml": xml.encode()}))


def test_macros_are_refused_with_the_way_out(workbook: Maker, repacked: Callable[..., Path]) -> None:
    with pytest.raises(InputError, match="マクロ") as refused:
        read(repacked(workbook(表=[["x"]]), {"xl/vbaProject.bin": b"x"}))
    assert "xlsx" in refused.value.advice


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空のファイルです"),
        ("種類,番号\n".encode("cp932"), "Excelブック（.xlsx）ではありません"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "パスワードの付いたブックか、古い形式"),
        (b"PK\x03\x04" + b"\0" * 100, "壊れているか"),
    ],
)
def test_files_that_are_no_workbooks_are_refused_with_the_reason(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "何か.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_in_child(path)
    assert "何か.xlsx" in refused.value.message
    assert said in refused.value.message


def test_a_zip_without_a_workbook_and_a_broken_sheet_are_refused(
    tmp_path: Path, workbook: Maker, repacked: Callable[..., Path]
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    (tmp_path / "文書.xlsx").write_bytes(packed.getvalue())
    broken = repacked(workbook(表=[["x"]]), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"})
    for path in (tmp_path / "文書.xlsx", broken):
        with pytest.raises(InputError, match="壊れているか"):
            read(path)


def test_a_missing_file_and_a_folder_are_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="見つかりません"):
        read_in_child(tmp_path / "なし.xlsx")
    with pytest.raises((InputError, MachineError), match=r"見つかりません|開けません"):
        read_in_child(tmp_path)


def test_sizes_are_held_to_the_limits(workbook: Maker) -> None:
    path = workbook(表=[["x", "y"], ["z", None]])
    for limits, said in (
        (Limits(packed=1_000), "大きすぎます"),
        (Limits(unpacked=1_000), "開くと大きくなりすぎます"),
        (Limits(members=3), "普通ではありません"),
        (Limits(rows=1), "1行・256列より外"),
        (Limits(columns=1), "20000行・1列より外"),
    ):
        with pytest.raises(InputError, match=said):
            read(path, limits)


def test_a_workbook_that_takes_too_long_is_given_up(workbook: Maker) -> None:
    path = workbook(表=[[f"{row}-{column}" for column in range(40)] for row in range(1_000)])
    with pytest.raises(InputError, match=r"0\.05秒たっても読み終わりませんでした"):
        read_in_child(path, seconds=0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to an amount of memory")
def test_a_workbook_that_swells_in_memory_takes_only_the_child_down(
    workbook: Maker, repacked: Callable[..., Path]
) -> None:
    cells = [f'<c t="str"><v>{number * 7919}</v></c>' for number in range(200_000)]
    rows = "".join(f"<row>{''.join(cells[start : start + 100])}</row>" for start in range(0, len(cells), 100))
    path = repacked(workbook(表=[["x"]]), {"xl/worksheets/sheet1.xml": _sheet_xml(rows)})
    with pytest.raises(InputError, match="読み込めません"):
        read_in_child(path, megabytes=80)
