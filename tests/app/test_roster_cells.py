"""Two hundred cells as offices keep them, labelled: each is read right, or pointed out by its place; none is silently wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.importing import roster
from app.importing.preview import Preview, RowChange
from app.importing.roster_fields import meanings
from app.importing.roster_preview import AddPerson
from app.office import Office
from db.vocabulary import ContactRole, Opening

REP, LIA, ATT = ContactRole.REPRESENTATIVE, ContactRole.LIAISON, ContactRole.ATTENDEE


@dataclass(frozen=True)
class Ok:
    """Read as ``value``, nothing to say."""

    value: Any


@dataclass(frozen=True)
class Noted:
    """Read as ``value``, and pointed out as an assumption."""

    value: Any


class Flagged:
    """Left out, and pointed out."""


EMPTY = Ok(None)
FLAGGED = Flagged()

NAMES: list[tuple[Any, Any]] = [
    ("釜利谷地域ケアプラザ", Ok("釜利谷地域ケアプラザ")),
    ("髙橋子育てサロン", Ok("髙橋子育てサロン")),
    ("﨑陽つどいの広場", Ok("﨑陽つどいの広場")),
    ("𠮷野保育園", Ok("𠮷野保育園")),
    ("\ufa19社前ひろば", Ok("\ufa19社前ひろば")),
    ("葛\U000e0100城こども園", Ok("葛\U000e0100城こども園")),
    ("渡邉\ufe00サークル", Ok("渡邉\ufe00サークル")),
    ("㈱おひさま①号園", Ok("㈱おひさま①号園")),
    ("ｷﾗｷﾗｸﾗﾌﾞ", Ok("ｷﾗｷﾗｸﾗﾌﾞ")),
    ("ＮＰＯ法人　そらまめ", Ok("ＮＰＯ法人　そらまめ")),
    ("A & B <C> town", Ok("A & B <C> town")),
    ("=SUM会", Ok("=SUM会")),
    ("　前後に空白のある園　", Ok("前後に空白のある園")),
    ("がぎぐ (濁点が別)", Ok("がぎぐ (濁点が別)")),
    ("金沢区\n子育てサークル", Noted("金沢区子育てサークル")),
    (123, Noted("123")),
    ("〃", FLAGGED),
    ("未定", FLAGGED),
    ("－－－", FLAGGED),
    (date(2026, 4, 1), FLAGGED),
    (True, FLAGGED),
    ("あ" * 401, FLAGGED),
]

CELLS: dict[str, list[tuple[Any, Any]]] = {
    "電話番号": [
        ("045-788-2901", Ok("045-788-2901")),
        ("０４５－７８８－２９０１", Ok("045-788-2901")),
        ("045ー788ー2901", Ok("045-788-2901")),
        ("045−788−2901", Ok("045-788-2901")),
        ("(045)788-2901", Ok("(045)788-2901")),
        ("０４５（７８８）２９０１", Ok("045(788)2901")),
        ("045 788 2901", Ok("045 788 2901")),
        ("0457882901", Ok("0457882901")),
        ("090-1234-5678", Ok("090-1234-5678")),
        ("+81-45-788-2901", Ok("+81-45-788-2901")),
        ("TEL 045-788-2901", Noted("045-788-2901")),
        ("045-788-2901（代）", Noted("045-788-2901(代)")),
        ("045-788-2901 内線12", Noted("045-788-2901 内線12")),
        ("788-2901", Noted("788-2901")),
        ("045-788-2901\n090-1234-5678", Noted("045-788-2901、090-1234-5678")),
        ("045-788-2901、045-788-2902", Noted("045-788-2901、045-788-2902")),
        ("なし", Noted(None)),
        ("－", Noted(None)),
        (457882901, FLAGGED),
        ("457882901", FLAGGED),
        ("045-788-29011", FLAGGED),
        ("045-788-290", FLAGGED),
        ("電話してください", FLAGGED),
        ("同上", FLAGGED),
        ("045-788-2901 FAX 045-788-2902", FLAGGED),
        ("045-788-2901/FAX045-788-2902", FLAGGED),
        (45788.5, FLAGGED),
        (None, EMPTY),
        ("　", EMPTY),
    ],
    "FAX": [
        ("045-788-2902", Ok("045-788-2902")),
        ("ＴＥＬと同じ", FLAGGED),
        ("×", FLAGGED),
    ],
    "〒": [
        ("236-0042", Ok("236-0042")),
        ("〒236-0042", Ok("236-0042")),
        ("２３６－００４２", Ok("236-0042")),
        ("2360042", Ok("236-0042")),
        (2360042, Ok("236-0042")),
        ("236ー0042", Ok("236-0042")),
        (600042, FLAGGED),
        ("236-042", FLAGGED),
        ("金沢区", FLAGGED),
    ],
    "住所": [
        ("横浜市金沢区釜利谷南2-8-1", Ok("横浜市金沢区釜利谷南2-8-1")),
        ("横浜市金沢区２丁目８番１号", Ok("横浜市金沢区２丁目８番１号")),
        ("𠮷田町1-1", Ok("𠮷田町1-1")),
        ("横浜市金沢区泥亀2-9-1\n金沢ビル3階", Noted("横浜市金沢区泥亀2-9-1")),
        ("〒236-0021 横浜市金沢区泥亀2-9-1", Noted("横浜市金沢区泥亀2-9-1")),
        ("〒２３６－００２１横浜市金沢区泥亀2-9-1", Noted("横浜市金沢区泥亀2-9-1")),
        ("（236-0021）横浜市金沢区泥亀2-9-1", Noted("横浜市金沢区泥亀2-9-1")),
        ("横浜市金沢区泥亀2-9-1 〒236-0021", FLAGGED),
        ("同上", FLAGGED),
        ("〃", FLAGGED),
        (date(2026, 2, 9), FLAGGED),
        ("あ" * 401, FLAGGED),
    ],
    "メール": [
        ("info@example.jp", Ok("info@example.jp")),
        ("ｉｎｆｏ＠ｅｘａｍｐｌｅ．ｊｐ", Ok("info@example.jp")),
        ("mailto:info@example.jp", Ok("info@example.jp")),
        ("なし", Noted(None)),
        ("info＠example", FLAGGED),
        ("a@example.jp、b@example.jp", FLAGGED),
        ("担当まで", FLAGGED),
        (12, FLAGGED),
    ],
    "ホームページ": [
        ("https://example.jp/kosodate?x=1", Ok("https://example.jp/kosodate?x=1")),
        ("www.example.jp", Ok("www.example.jp")),
        ("なし", Noted(None)),
        ("ホームページ準備中", FLAGGED),
    ],
    "入会日": [
        (date(2017, 4, 1), Ok(date(2017, 4, 1))),
        ("2017/4/1", Ok(date(2017, 4, 1))),
        ("2017-04-01", Ok(date(2017, 4, 1))),
        ("２０１７年４月１日", Ok(date(2017, 4, 1))),
        ("平成29年4月1日", Ok(date(2017, 4, 1))),
        ("平成２９年４月１日", Ok(date(2017, 4, 1))),
        ("H29.4.1", Ok(date(2017, 4, 1))),
        ("Ｈ２９．４．１", Ok(date(2017, 4, 1))),
        ("R元.5.1", Ok(date(2019, 5, 1))),
        ("令和元年5月1日", Ok(date(2019, 5, 1))),
        ("㋿6年4月1日", Ok(date(2024, 4, 1))),
        ("20170401", Ok(date(2017, 4, 1))),
        ("平成二十九年四月一日", Ok(date(2017, 4, 1))),
        ("二〇一七年十二月三十一日", Ok(date(2017, 12, 31))),
        ("令和十十年四月一日", FLAGGED),
        ("令和八年四月", FLAGGED),
        (20170401, Ok(date(2017, 4, 1))),
        ("令和6年4月1日(月)", Ok(date(2024, 4, 1))),
        (datetime(2017, 4, 1, 13, 30), Noted(date(2017, 4, 1))),
        ("－", Noted(None)),
        ("平成31年5月1日", FLAGGED),
        ("令和6年4月1日(火)", FLAGGED),
        ("令和6年2月30日", FLAGGED),
        ("平成17年度", FLAGGED),
        ("H17.4", FLAGGED),
        ("29.4.1", FLAGGED),
        ("4月1日", FLAGGED),
        ("不明", FLAGGED),
        (42826, FLAGGED),
        (date(1900, 1, 5), FLAGGED),
        (True, FLAGGED),
        (time(9, 0), FLAGGED),
    ],
    "常設/非常設": [
        ("常設", Ok(Opening.PERMANENT)),
        ("非常設", Ok(Opening.OCCASIONAL)),
        ("非 常設", Ok(Opening.OCCASIONAL)),
        ("○", FLAGGED),
        ("週3日", FLAGGED),
        ("常設・非常設", FLAGGED),
    ],
    "#金沢っこ": [
        ("○", Ok(True)),
        ("〇", Ok(True)),
        ("●", Ok(True)),
        ("有", Ok(True)),
        ("はい", Ok(True)),
        (1, Ok(True)),
        (True, Ok(True)),
        ("×", EMPTY),
        ("無", EMPTY),
        ("-", EMPTY),
        ("△", FLAGGED),
        ("検討中", FLAGGED),
    ],
    "区分": [
        ("地域ケアプラザ", Ok("地域ケアプラザ")),
        ("地域ｹｱﾌﾟﾗｻﾞ", Ok("地域ケアプラザ")),
        ("新しい区分", Noted("新しい区分")),
        ("地域ケアプラザ、保育園・認定こども園・幼稚園", FLAGGED),
        ("〃", FLAGGED),
        ("未定", FLAGGED),
        ("なし", Noted(None)),
        (3, Noted("3")),
    ],
    "地区": [
        ("釜利谷", Noted("釜利谷")),
        ("釜利谷地区", Noted("釜利谷")),
        ("釜利谷\n六浦", FLAGGED),
        ("同上", FLAGGED),
    ],
    "開催日": [
        ("毎週火・木曜日", Ok("毎週火・木曜日")),
        ("第1・3月曜", Ok("第1・3月曜")),
        ("月〜金\n(祝日を除く)", Ok("月〜金\n(祝日を除く)")),
        (date(2026, 4, 7), FLAGGED),
        ("〃", FLAGGED),
    ],
    "時間": [
        ("10:00～11:30", Ok("10:00～11:30")),
        ("10時から12時", Ok("10時から12時")),
        (time(10, 0), Noted("10:00")),
        ("同上", FLAGGED),
    ],
    "参加費": [
        ("無料", Ok("無料")),
        (100, Ok("100")),
        ("１００円", Ok("１００円")),
        (0.5, Noted("0.5")),
    ],
    "対象": [
        ("０～３歳児と保護者", Ok("０～３歳児と保護者")),
        ("未就学児\n妊婦さん", Ok("未就学児\n妊婦さん")),
        (False, FLAGGED),
    ],
    "備考": [
        ("＊要連絡", Ok("＊要連絡")),
        ("@home", Ok("@home")),
        ("+1 名", Ok("+1 名")),
        ("'引用", Ok("'引用")),
        (2026, Ok("2026")),
        ("々", FLAGGED),
        (date(2026, 4, 1), FLAGGED),
    ],
    "インスタ": [
        ("https://www.instagram.com/kosodate", Ok("https://www.instagram.com/kosodate")),
        ("○", Ok("○")),
        ("×", EMPTY),
        ("なし", EMPTY),
    ],
    "団体名かな": [
        ("かまりやちいきけあぷらざ", Ok("かまりやちいきけあぷらざ")),
        ("ｶﾏﾘﾔ ｹｱﾌﾟﾗｻﾞ", Ok("ｶﾏﾘﾔ ｹｱﾌﾟﾗｻﾞ")),
        ("カマリヤ（けあぷらざ）", Ok("カマリヤ（けあぷらざ）")),
        ("釜利谷", Noted("釜利谷")),
        ("なし", Noted(None)),
        ("〃", FLAGGED),
    ],
    "代表者": [
        ("山田太郎", Ok([(REP, "山田太郎", "", "")])),
        ("（欠員）", Noted([])),
        ("空欄", Noted([])),
        ("山田　太郎", Ok([(REP, "山田　太郎", "", "")])),
        ("髙﨑 𠮷男", Ok([(REP, "髙﨑 𠮷男", "", "")])),
        ("\ufa19 葛\U000e0100子", Ok([(REP, "\ufa19 葛\U000e0100子", "", "")])),
        ("ジョン・スミス", Ok([(REP, "ジョン・スミス", "", "")])),
        ("Mary Ann Smith", Ok([(REP, "Mary Ann Smith", "", "")])),
        ("山田太郎様", Noted([(REP, "山田太郎", "", "")])),
        ("会長 山田太郎", Noted([(REP, "山田太郎", "会長", "")])),
        ("会長：山田太郎", Noted([(REP, "山田太郎", "会長", "")])),
        ("会長\n山田太郎", Noted([(REP, "山田太郎", "会長", "")])),
        ("山田太郎（会長）", Noted([(REP, "山田太郎", "会長", "")])),
        ("山田太郎（やまだたろう）", Noted([(REP, "山田太郎", "", "やまだたろう")])),
        ("山田太郎(ﾔﾏﾀﾞﾀﾛｳ)", Noted([(REP, "山田太郎", "", "ﾔﾏﾀﾞﾀﾛｳ")])),
        ("会長 山田太郎／担当 鈴木花子", Noted([(REP, "山田太郎", "会長", ""), (LIA, "鈴木花子", "", "")])),
        ("代表：山田太郎\n担当：鈴木花子", Noted([(REP, "山田太郎", "", ""), (LIA, "鈴木花子", "", "")])),
        (
            "会長 山田太郎・副会長 鈴木花子",
            Noted([(REP, "山田太郎", "会長", ""), (REP, "鈴木花子", "副会長", "")]),
        ),
        ("山田太郎\n鈴木花子", Noted([(REP, "山田太郎", "", ""), (REP, "鈴木花子", "", "")])),
        ("山田太郎、鈴木花子", Noted([(REP, "山田太郎", "", ""), (REP, "鈴木花子", "", "")])),
        ("未定", Noted([])),
        ("欠員", Noted([])),
        ("なし", Noted([])),
        (None, Ok([])),
        ("山田\n太郎", FLAGGED),
        ("山田、鈴木", FLAGGED),
        ("山田・鈴木", FLAGGED),
        ("会長山田太郎", FLAGGED),
        ("山田太郎 他2名", FLAGGED),
        ("山田太郎ほか", FLAGGED),
        ("山田太郎 090-1234-5678", FLAGGED),
        ("山田太郎(代理:鈴木)", FLAGGED),
        ("会長", FLAGGED),
        ("同上", FLAGGED),
        ("〃", FLAGGED),
        ("？？", FLAGGED),
        (5, FLAGGED),
        (date(2026, 4, 1), FLAGGED),
        ("山田太郎・鈴木花子", FLAGGED),
        ("金沢区役所こども家庭支援課の担当者", FLAGGED),
    ],
    "出席者": [
        ("担当 鈴木花子", Noted([(LIA, "鈴木花子", "", "")])),
        ("主任 佐藤 健", Noted([(ATT, "佐藤 健", "主任", "")])),
        ("１名", FLAGGED),
    ],
}

CASES = [("団体名", *case) for case in NAMES] + [
    (head, *case) for head, cases in CELLS.items() for case in cases
]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Preview, dict[int, tuple[str, Any, Any]]]:
    """A workbook with a labelled cell in each row, previewed on a new ledger; and the case of each row."""
    from app import ledgers

    folder = tmp_path_factory.mktemp("cells")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    heads = ["団体名", *CELLS]
    sheet.append(heads)
    cases = {}
    for number, (head, value, expected) in enumerate(CASES, 2):
        if head != "団体名":
            sheet.cell(number, 1).value = f"第{number}サークル"
        cell = sheet.cell(number, heads.index(head) + 1)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        cases[number] = (head, value, expected)
    book.save(folder / "名簿.xlsx")
    office = ledgers.create(folder / "台帳.tsunagari", "金沢 一郎", lambda: datetime(2026, 11, 21))
    try:
        return roster.preview(office, folder / "名簿.xlsx", as_of=date(2026, 11, 21)), cases
    finally:
        office.close()


def test_there_are_two_hundred_labelled_cells() -> None:
    assert len(CASES) >= 200


@pytest.mark.parametrize(
    "number", range(2, len(CASES) + 2), ids=lambda number: f"{CASES[number - 2][0]}-{number}"
)
def test_a_cell_is_read_right_or_pointed_out(
    taken: tuple[Preview, dict[int, tuple[str, Any, Any]]], number: int
) -> None:
    preview, cases = taken
    head, _, expected = cases[number]
    place = f"{openpyxl.utils.get_column_letter(['団体名', *CELLS].index(head) + 1)}{number}"
    row = next((one for one in preview.added if one.key == f"row{number}"), None)
    flags = [one for one in preview.not_understood if one.place.cell == place]
    # That many cases have one telephone number is pointed out too, and tested elsewhere.
    found = (one for one in preview.notices if one.place.cell == place)
    notes = [one for one in found if "電話番号が同じ" not in one.reason]
    if isinstance(expected, Flagged):
        assert flags
        assert row is None if head == "団体名" else _value(row, head) in (None, [])
        return
    assert not flags
    assert _value(row, head) == expected.value
    assert bool(notes) == isinstance(expected, Noted), notes


def _value(row: RowChange | None, head: str) -> Any:
    """What a row would write for the column under ``head``."""
    assert row is not None
    (key,) = meanings(head)
    if key.endswith(".name") and not key.startswith("organisation"):
        people = [cell.value for cell in row.cells if isinstance(cell.value, AddPerson)]
        return [
            (one.term.role, one.person.name, one.term.position_title, one.person.kana)
            for one in people
            if not isinstance(one.person, int)
        ]
    value = next((cell.value for cell in row.cells if cell.field == key), None)
    return getattr(value, "name", value) if head in ("区分", "地区") else value


def test_what_the_preview_says_is_what_the_ledger_holds(
    empty_office: Office, tmp_path: Path, roster_file: Callable[..., Path]
) -> None:
    """Every character of a name comes through the file, the preview and the ledger."""
    from app.organisations import queries
    from app.organisations.roster_import import import_roster

    names = [value for value, expected in NAMES if isinstance(expected, Ok)]
    path = roster_file(["団体名", "代表者"], *([name, "髙﨑 𠮷葛\U000e0100\ufa19"] for name in names))
    empty_office.perform(import_roster, roster.preview(empty_office, path))
    members = empty_office.ask(queries.members)
    assert [member.organisation.name for member in members] == [name.strip() for name in names]
    assert {term.name for member in members for term in member.terms} == {"髙﨑 𠮷葛\U000e0100\ufa19"}
