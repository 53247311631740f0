"""Rosters as offices keep them: where the table is, what its columns are, what is left out; hostile files."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from app.errors import InputError
from app.importing import roster
from app.importing.headings import heading_key
from app.importing.preview import Preview, RowChange
from app.importing.roster_preview import AddPerson
from app.office import Office
from app.organisations.people import PersonValues
from app.organisations.roster_import import import_roster, remember_columns

Maker = Callable[..., Path]


def _values(row: RowChange) -> dict[str, str]:
    return {cell.field: cell.after for cell in row.cells}


def _person(action: AddPerson) -> tuple[str, str, str]:
    assert isinstance(action.person, PersonValues)
    return action.person.name, action.person.kana, action.person.telephone


def _names(preview: Preview) -> list[str]:
    return [row.name for row in preview.added]


def _flags(preview: Preview) -> dict[str, str]:
    return {one.place.cell: one.reason for one in preview.not_understood}


def _notes(preview: Preview) -> dict[str, str]:
    return {one.place.cell: one.reason for one in preview.notices}


@pytest.mark.parametrize("above", [0, 1, 7, 19])
def test_the_heading_stands_anywhere_in_the_first_twenty_rows(
    empty_office: Office, roster_file: Maker, above: int
) -> None:
    title: list[list[Any]] = [["令和8年度　健やか子育て連絡会　会員名簿"], *([] for _ in range(above))][
        :above
    ]
    preview = roster.preview(
        empty_office, roster_file(*title, ["No.", "団体名", "ＴＥＬ"], [1, "とことこ", "045-111-2222"])
    )
    assert [_values(row) for row in preview.added] == [
        {"organisation.name": "とことこ", "organisation.telephone": "045-111-2222"}
    ]
    assert preview.not_understood == ()
    assert {column.row for column in preview.columns} == {above + 1}


def test_a_heading_further_down_is_not_looked_for(empty_office: Office, roster_file: Maker) -> None:
    with pytest.raises(InputError, match="見出し"):
        roster.preview(
            empty_office, roster_file(*([["x"]] * 20), ["団体名", "電話"], ["とことこ", "045-111-2222"])
        )


def test_two_lines_of_merged_headings_are_joined(empty_office: Office, roster_file: Maker) -> None:
    path = roster_file(
        ["団体名", "代表者", None, None, "担当者", None],
        [None, "役職", "氏名", "ふりがな", "氏名", "電話"],
        ["とことこ", "所長", "山田 太郎", "やまだ たろう", "鈴木 花子", "090-1111-2222"],
        merges=["A1:A2", "B1:D1", "E1:F1"],
    )
    preview = roster.preview(empty_office, path)
    assert [column.key for column in preview.columns] == [
        "organisation.name",
        "representative.position_title",
        "representative.name",
        "representative.kana",
        "liaison.name",
        "liaison.telephone",
    ]
    people = [cell.value for cell in preview.added[0].cells if isinstance(cell.value, AddPerson)]
    told = [(one.term.position_title, *_person(one)) for one in people]
    assert told == [("所長", "山田 太郎", "やまだ たろう", ""), ("", "鈴木 花子", "", "090-1111-2222")]


def test_merged_cells_carry_their_value_down_and_are_pointed_out(
    empty_office: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["区分", "団体名", "電話"],
        ["地域ケアプラザ", "甲ケアプラザ", None],
        [None, "乙ケアプラザ", None],
        [None, "丙ケアプラザ", None],
        merges=["A2:A3"],
    )
    preview = roster.preview(empty_office, path)
    found = [_values(row).get("organisation.category", "") for row in preview.added]
    assert found == ["地域ケアプラザ", "地域ケアプラザ", ""]
    assert "A2" in _notes(preview)["A3"]


def test_lines_under_a_merged_name_are_its_further_people(empty_office: Office, roster_file: Maker) -> None:
    path = roster_file(
        ["団体名", "電話", "担当者"],
        ["とことこ", "045-111-2222", "山田 太郎"],
        [None, "045-111-3333", "鈴木 花子"],
        merges=["A2:A3"],
    )
    preview = roster.preview(empty_office, path)
    (row,) = preview.added
    assert [cell.after for cell in row.cells if cell.field == "liaison.name"] == ["山田 太郎", "鈴木 花子"]
    assert list(_flags(preview)) == ["B3"]


def test_what_is_no_organisation_is_skipped_and_reported(empty_office: Office, roster_file: Maker) -> None:
    path = roster_file(
        ["区分", "団体名", "電話"],
        ["【地域】"],
        ["地域ケアプラザ", "甲", "045-111-2222"],
        [],
        ["小計", "1団体"],
        ["区分", "団体名", "電話"],
        ["地域ケアプラザ", "乙", "045-111-3333"],
        ["合　計", 2],
        ["※ 令和8年4月1日現在"],
        [None, None, "045-111-4444"],
    )
    preview = roster.preview(empty_office, path)
    assert _names(preview) == ["甲", "乙"]
    assert {one.place.cell: one.reason for one in preview.skipped} == {
        "A2": "区切りの見出し",
        "A5": "計・合計の行",
        "A6": "見出しの繰り返し",
        "A8": "計・合計の行",
        "A9": "注記の行",
    }
    assert "団体名がない" in _flags(preview)["B10"]


def test_columns_that_may_be_several_things_are_left_to_the_person_and_remembered(
    empty_office: Office, roster_file: Maker
) -> None:
    path = roster_file(["団体名", "連絡先", "好きな色"], ["とことこ", "045-111-2222", "赤"])
    preview = roster.preview(empty_office, path)
    assert set(_values(preview.added[0])) == {"organisation.name"}
    assert "対応を選んでください" in _flags(preview)["B1"]
    assert "何の列か分かりません" in _flags(preview)["C1"]
    mapping = {heading_key("連絡先"): "organisation.telephone", heading_key("好きな色"): ""}
    empty_office.perform(remember_columns, {"連絡先": "organisation.telephone", "好きな色": ""})
    for settled in (roster.preview(empty_office, path, mapping), roster.preview(empty_office, path)):
        assert _values(settled.added[0])["organisation.telephone"] == "045-111-2222"
        assert settled.not_understood == ()


def test_two_columns_of_one_meaning_are_both_left_alone(empty_office: Office, roster_file: Maker) -> None:
    preview = roster.preview(
        empty_office, roster_file(["団体名", "電話", "ＴＥＬ"], ["とことこ", "045-111-2222", "045-111-3333"])
    )
    assert set(_values(preview.added[0])) == {"organisation.name"}
    assert set(_flags(preview)) == {"B1", "C1"}


def test_a_bare_reading_belongs_to_the_name_beside_it(empty_office: Office, roster_file: Maker) -> None:
    path = roster_file(
        ["団体名", "フリガナ", "代表者", "ふりがな", "役職"],
        ["とことこ", "トコトコ", "山田 太郎", "やまだ たろう", "所長"],
    )
    preview = roster.preview(empty_office, path)
    assert [column.key for column in preview.columns][1:] == [
        "organisation.kana",
        "representative.name",
        "representative.kana",
        "representative.position_title",
    ]
    assert "「団体名」の読み" in _notes(preview)["B1"]
    assert "「代表者」の読み" in _notes(preview)["D1"]


def test_of_several_sheets_the_best_is_read_and_the_others_are_named(
    empty_office: Office, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "表紙"
    first.append(["令和8年度"])
    sheets: dict[str, list[list[Any]]] = {
        "略": [["団体名"], ["甲"]],
        "名簿": [["団体名", "電話"], ["乙", "045-111-2222"]],
        "古い": [["団体名", "電話", "住所"], ["丙", None, "金沢区"]],
    }
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book["古い"].sheet_state = "veryHidden"
    book.save(tmp_path / "名簿.xlsx")
    preview = roster.preview(empty_office, tmp_path / "名簿.xlsx")
    assert (preview.sheet, _names(preview)) == ("名簿", ["乙"])
    assert {one.place.sheet for one in preview.not_understood} == {"略", "古い"}
    chosen = roster.preview(empty_office, tmp_path / "名簿.xlsx", sheet="古い")
    assert _names(chosen) == ["丙"]
    assert "非表示のシート" in chosen.notices[0].reason
    with pytest.raises(InputError, match="「なし」シート"):
        roster.preview(empty_office, tmp_path / "名簿.xlsx", sheet="なし")


def test_hidden_rows_and_columns_are_not_read_but_named(empty_office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["団体名", "電話", "備考"], ["甲", "045-111-2222", "内緒"], ["乙", "045-111-3333", None]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.save(tmp_path / "名簿.xlsx")
    preview = roster.preview(empty_office, tmp_path / "名簿.xlsx")
    assert _names(preview) == ["甲"]
    assert "organisation.note" not in _values(preview.added[0])
    assert "非表示の行" in _flags(preview)["A3"]
    assert "非表示の列" in _flags(preview)["C1"]


def test_formulas_without_a_result_and_early_dates_are_named(empty_office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["団体名", "電話", "入会日"])
    sheet.append(["甲", "=A1", date(1900, 1, 5)])
    sheet.append(["=A1&B1", None, None])
    book.save(tmp_path / "名簿.xlsx")
    preview = roster.preview(empty_office, tmp_path / "名簿.xlsx")
    assert _names(preview) == ["甲"]
    assert set(_flags(preview)) == {"B2", "C2", "A3"}


def test_furigana_in_a_row_of_its_own_is_no_organisation(empty_office: Office, roster_file: Maker) -> None:
    path = roster_file(
        ["団体名", "代表者", "電話"],
        ["わかばのかい", "あおき　ゆう"],
        ["若葉の会", "青木　優", "045-111-2222"],
        ["ﾅｷﾞｻﾋﾛﾊﾞ"],
        ["渚ひろば", "木下　渚", "045-111-3333"],
        ["にこにこ", "たに　あい"],
        ["にこにこ", "谷　愛", "045-111-4444"],
        ["ひまわり", "森 一", "045-111-5555"],
    )
    preview = roster.preview(empty_office, path)
    assert _names(preview) == ["若葉の会", "渚ひろば", "にこにこ", "ひまわり"]
    doubted = {one.place.cell: one.reason for one in preview.conflicting}
    assert set(doubted) == {"A2", "A4", "A6"}
    assert "下の行（A3「若葉の会」）のふりがな" in doubted["A2"]
    # Once they are in the ledger, the furigana of the representative does not take over either.
    empty_office.perform(import_roster, preview)
    again = roster.preview(empty_office, path)
    assert (again.added, again.changed) == ((), ())


def test_names_in_kana_above_names_in_kanji_are_names(empty_office: Office, roster_file: Maker) -> None:
    path = roster_file(
        ["団体名", "電話"], ["ひまわり", "045-111-2222"], ["若葉の会", "045-111-3333"], ["すみれ"]
    )
    assert _names(roster.preview(empty_office, path)) == ["ひまわり", "若葉の会", "すみれ"]


def test_a_word_alone_in_the_column_of_names_is_left_to_the_person(
    empty_office: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["団体名", "代表者", "電話"],
        ["甲", "森 一", "045-111-2222"],
        ["休会中"],
        ["乙", "森 二", "045-111-3333"],
        ["丙", "森 三", "045-111-4444"],
    )
    preview = roster.preview(empty_office, path)
    assert _names(preview) == ["甲", "乙", "丙"]
    (conflict,) = preview.conflicting
    assert (conflict.name, conflict.place.cell, conflict.row is not None) == ("休会中", "A3", True)


def test_struck_texts_are_not_read_but_named(empty_office: Office, tmp_path: Path) -> None:
    """Offices strike who has left, in a whole cell or in a part of it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    changed = CellRichText(TextBlock(InlineFont(strike=True), "山田 太郎"), "鈴木 花子")
    for row in (
        ["団体名", "代表者", "電話"],
        ["甲", changed, "045-111-2222"],
        ["乙", "森 一", "045-111-3333"],
        ["丙", "森 二", "045-111-4444"],
    ):
        sheet.append(row)
    sheet["A3"].font = Font(strike=True)
    sheet["C4"].font = Font(strike=False)
    book.save(tmp_path / "名簿.xlsx")
    preview = roster.preview(empty_office, tmp_path / "名簿.xlsx")
    assert _names(preview) == ["甲", "丙"]
    assert set(_flags(preview)) == {"B2", "A3"}
    assert "取り消し線" in _flags(preview)["B2"]
    assert _values(preview.added[1])["organisation.telephone"] == "045-111-4444"


def test_periods_and_places_to_send_to_in_two_lines_are_known(
    empty_office: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["団体名", "送付先", None, "会員期間", None, "代表者", None, "会場（住所）"],
        [None, "〒", "住所", "自", "至", "氏名", "連絡先", None],
        ["甲", "236-0021", "金沢区泥亀2-9-1", "R2.4.1", "R8.3.31", "森 一", "090-1111-2222", "地区センター"],
        merges=("A1:A2", "B1:C1", "D1:E1", "F1:G1", "H1:H2"),
    )
    preview = roster.preview(empty_office, path)
    assert {
        "organisation.postal_code": "236-0021",
        "organisation.member_from": "令和2年4月1日",
        "organisation.member_to": "令和8年3月31日",
    }.items() <= _values(preview.added[0]).items()
    unclear = {column.number: column.candidates for column in preview.columns if column.candidates}
    assert unclear == {
        7: ("representative.telephone", "representative.mail"),
        8: ("organisation.venue", "organisation.address"),
    }


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_STRINGS = (
    "<t>団体名</t>",
    "<t>代表者</t>",
    '<t>釜利谷けあぷらざ</t><rPh sb="0" eb="3"><t>カマリヤ</t></rPh>',
    '<r><t>髙橋</t></r><r><t> 一郎</t></r><rPh sb="0" eb="2"><t>タカハシ</t></rPh><rPh sb="3" eb="5"><t>イチロウ</t></rPh>',
)


@pytest.mark.parametrize("shared", [True, False])
def test_furigana_of_the_cell_is_the_reading_where_no_column_is(
    empty_office: Office, roster_file: Maker, tmp_path: Path, shared: bool
) -> None:
    texts = [f'<c t="s"><v>{number}</v></c>' for number in range(4)]
    if not shared:
        texts = [f'<c t="inlineStr"><is>{text}</is></c>' for text in _STRINGS]
    rows = f"<row>{texts[0]}{texts[1]}</row><row>{texts[2]}{texts[3]}</row>"
    parts = {
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{''.join(f'<si>{text}</si>' for text in _STRINGS)}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>",
    }
    path, furigana = roster_file(["x"]), tmp_path / "ふりがな.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(furigana, "w") as new:
        types = old.read("[Content_Types].xml").decode()
        if "sharedStrings" not in types:
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
            part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>'
            parts["[Content_Types].xml"] = types.replace("</Types>", f"{part}</Types>")
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    preview = roster.preview(empty_office, furigana)
    (row,) = preview.added
    assert _values(row)["organisation.kana"] == "カマリヤけあぷらざ"
    people = [cell.value for cell in row.cells if isinstance(cell.value, AddPerson)]
    assert [_person(one) for one in people] == [("髙橋 一郎", "タカハシ イチロウ", "")]
    assert "ふりがな" in _notes(preview)["A2"]
    assert "ふりがな" in _notes(preview)["B2"]


def test_hostile_merges_do_no_harm(empty_office: Office, roster_file: Maker, tmp_path: Path) -> None:
    path = roster_file(["団体名", "電話"], ["甲", "045-111-2222"])
    for count, said in ((1, ""), (30_000, "壊れている")):
        merges = '<mergeCell ref="A3:XFD1048576"/>' * count
        hostile = tmp_path / f"{count}.xlsx"
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(hostile, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    content = content.replace(
                        b"</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>".encode()
                    )
                new.writestr(name, content)
        if said:
            with pytest.raises(InputError, match=said):
                roster.preview(empty_office, hostile)
        else:
            assert _names(roster.preview(empty_office, hostile)) == ["甲"]


def test_nothing_is_written_by_looking(empty_office: Office, roster_file: Maker) -> None:
    before = empty_office.next_steps()
    preview = roster.preview(empty_office, roster_file(["団体名"], ["甲"]))
    assert empty_office.next_steps() == before
    with pytest.raises(InputError, match="取り込むものがありません"):
        empty_office.perform(import_roster, preview, ())


def test_an_upper_line_that_only_groups_leaves_the_meaning_to_the_lower_one(
    empty_office: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["団体名", "住所", None, "連絡先", None, "担当者", None],
        [None, "〒", "所在地", "電話", "メール", "氏名", "ふりがな"],
        ["とことこ", "236-0021", "泥亀2-9-1", "045-111-2222", "a@example.jp", "鈴木 花子", "すずき はなこ"],
        merges=["A1:A2", "B1:C1", "D1:E1", "F1:G1"],
    )
    preview = roster.preview(empty_office, path)
    assert [column.key for column in preview.columns] == [
        "organisation.name",
        "organisation.postal_code",
        "organisation.address",
        "organisation.telephone",
        "organisation.mail",
        "liaison.name",
        "liaison.kana",
    ]


def test_the_reading_of_a_name_not_told_apart_is_not_taken_for_the_organisation_s(
    empty_office: Office, roster_file: Maker
) -> None:
    path = roster_file(["団体名", "電話", "氏名", "ふりがな"], ["とことこ", "045-111-2222", "鈴木", "すずき"])
    preview = roster.preview(empty_office, path)
    assert [column.key for column in preview.columns] == [
        "organisation.name",
        "organisation.telephone",
        "",
        "",
    ]
    assert "liaison.kana" in preview.columns[3].candidates
    assert _flags(preview).keys() == {"C1", "D1"}
    assert "D1" not in _notes(preview)
