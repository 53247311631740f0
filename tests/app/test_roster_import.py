"""Taking rosters in: all or nothing, one undo, what is chosen, what stands against it; and the way out and back."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import ledgers
from app.errors import ConflictError, InputError
from app.importing import roster
from app.importing.preview import Preview
from app.importing.roster_preview import AddPerson
from app.office import Office
from app.organisations import operations, people, queries
from app.organisations.operations import OrganisationValues
from app.organisations.people import PersonValues, TermValues
from app.organisations.queries import ChannelRow
from app.organisations.roster_import import Imported, import_roster
from db.vocabulary import ChannelKind, ContactRole, Opening
from reports import export
from reports.contents import organisation_data
from reports.export import Format
from reports.renderers import data_csv

Maker = Callable[..., Path]

HEADS = ["区分", "地区", "団体名", "団体名かな", "電話", "代表者", "担当者", "ブログ", "入会日"]
ROWS: list[list[Any]] = [
    [
        "地域ケアプラザ",
        "釜利谷",
        "甲ケアプラザ",
        "こう",
        "045-111-1111",
        "髙橋 一郎",
        "鈴木 花子",
        "https://a.example",
        "R6.4.1",
    ],
    ["子育てサロン", "六浦", "乙サロン", "おつ", "045-111-2222", "会長 﨑山 𠮷子", None, "○", None],
    ["保育園", "釜利谷", "丙園", "へい", "045-111-3333", None, "田中 実", None, "平成20年4月1日"],
]


@pytest.fixture
def filled(empty_office: Office, roster_file: Maker) -> Office:
    """A ledger with three organisations out of a roster."""
    preview = roster.preview(empty_office, roster_file(HEADS, *ROWS))
    assert preview.not_understood == ()
    empty_office.perform(import_roster, preview)
    return empty_office


def _cells(preview: Preview) -> dict[str, tuple[str, str]]:
    return {cell.key: (cell.before, cell.after) for row in preview.changed for cell in row.cells}


def _member(office: Office, name: str) -> queries.Member:
    return next(one for one in office.ask(queries.members) if one.organisation.name == name)


def test_a_roster_becomes_organisations_people_and_lists_in_one_change(filled: Office) -> None:
    member = _member(filled, "甲ケアプラザ")
    about = member.organisation
    assert (about.category, about.district, about.kana) == ("地域ケアプラザ", "釜利谷", "こう")
    assert about.member_from == date(2024, 4, 1)
    assert member.channels == (ChannelRow(ChannelKind.BLOG, "https://a.example"),)
    assert _member(filled, "乙サロン").channels == (ChannelRow(ChannelKind.BLOG, ""),)
    assert [(term.role, term.name) for term in member.terms] == [
        (ContactRole.REPRESENTATIVE, "髙橋 一郎"),
        (ContactRole.LIAISON, "鈴木 花子"),
    ]
    (chair,) = _member(filled, "乙サロン").terms
    assert (chair.name, chair.position_title) == ("﨑山 𠮷子", "会長")
    lists = filled.ask(queries.lists)
    assert [row.name for row in lists.districts] == ["釜利谷", "六浦"]
    assert [row.name for row in lists.categories][-2:] == ["子育てサロン", "保育園"]
    step, _ = filled.next_steps()
    assert step is not None
    assert "追加3・変更0団体" in step.label


def test_one_undo_takes_the_whole_roster_back(empty_office: Office, roster_file: Maker) -> None:
    before = _content(empty_office)
    empty_office.perform(import_roster, roster.preview(empty_office, roster_file(HEADS, *ROWS)))
    assert _content(empty_office) != before
    empty_office.undo()
    assert _content(empty_office) == before
    empty_office.redo()
    assert len(empty_office.ask(queries.members)) == 3


def test_the_same_roster_again_changes_nothing(filled: Office, roster_file: Maker) -> None:
    preview = roster.preview(filled, roster_file(HEADS, *ROWS))
    assert preview.is_empty
    assert len(preview.unchanged) == 3
    assert preview.conflicting == ()


def test_changes_are_told_cell_by_cell_and_an_empty_cell_says_nothing(
    filled: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["団体名", "電話", "住所", "団体名かな"],
        ["甲ケアプラザ", "０４５－９９９－９９９９", "金沢区1-1", None],
    )
    preview = roster.preview(filled, path)
    assert _cells(preview) == {
        "row2/organisation.telephone": ("045-111-1111", "045-999-9999"),
        "row2/organisation.address": ("", "金沢区1-1"),
    }
    assert filled.perform(import_roster, preview).result == Imported(0, 1, 0)
    about = _member(filled, "甲ケアプラザ").organisation
    assert (about.telephone, about.address, about.kana) == ("045-999-9999", "金沢区1-1", "こう")


def test_only_what_is_chosen_is_written(filled: Office, roster_file: Maker) -> None:
    path = roster_file(
        ["団体名", "電話", "住所"],
        ["甲ケアプラザ", "045-999-9999", "金沢区1-1"],
        ["丁会", None, "金沢区2"],
        ["戊会", None, None],
    )
    preview = roster.preview(filled, path)
    done = filled.perform(import_roster, preview, {"row2/organisation.address", "row3"})
    assert done.result == Imported(1, 1, 0)
    about = _member(filled, "甲ケアプラザ").organisation
    assert (about.telephone, about.address) == ("045-111-1111", "金沢区1-1")
    assert {one.organisation.name for one in filled.ask(queries.members)} == {
        "甲ケアプラザ",
        "乙サロン",
        "丙園",
        "丁会",
    }


def test_other_people_take_over_on_the_given_day(filled: Office, roster_file: Maker) -> None:
    path = roster_file(
        ["団体名", "担当者", "担当者電話"],
        ["甲ケアプラザ", "佐藤 次郎", "045-222-2222"],
        ["丙園", "田中　実", "045-333-3333"],
    )
    preview = roster.preview(filled, path, as_of=date(2027, 4, 1))
    assert _cells(preview) == {
        "row2/liaison.name/0": ("鈴木 花子", "佐藤 次郎（045-222-2222）"),
        "row3/liaison.name/0": ("田中 実", "田中　実"),
        "row3/liaison.telephone/0": ("", "045-333-3333"),
    }
    filled.perform(import_roster, preview)
    terms = {term.name: (term.term_from, term.term_to) for term in _member(filled, "甲ケアプラザ").terms}
    assert terms["鈴木 花子"] == (None, date(2027, 3, 31))
    assert terms["佐藤 次郎"] == (date(2027, 4, 1), None)
    (same,) = _member(filled, "丙園").terms
    assert (same.name, same.telephone) == ("田中　実", "045-333-3333")


def test_what_stands_against_a_row_is_a_conflict_taken_by_choice_alone(
    filled: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["団体名", "電話"], ["丁会", "045-111-1111"], ["戊会", None], ["戊　会", "045-111-4444"]
    )
    preview = roster.preview(filled, path)
    assert preview.is_empty
    reasons = {one.place.cell: one.reason for one in preview.conflicting}
    assert "「甲ケアプラザ」と同じ" in reasons["A2"]
    assert "A3・A4" in reasons["A3"]
    assert "A3・A4" in reasons["A4"]
    filled.perform(import_roster, preview, {"row2"})
    assert _member(filled, "丁会").organisation.telephone == "045-111-1111"


def test_two_of_one_name_in_the_ledger_are_not_guessed_between(filled: Office, roster_file: Maker) -> None:
    filled.perform(operations.add_organisation, OrganisationValues("甲 ケアプラザ"))
    for name, is_certain in (("甲ケアプラザ", True), ("甲・ケアプラザ", False)):
        preview = roster.preview(filled, roster_file(["団体名", "住所"], [name, "金沢区"]))
        assert (len(preview.changed), len(preview.conflicting)) == ((1, 0) if is_certain else (0, 1))


def test_a_file_older_than_the_ledger_is_a_conflict(filled: Office, roster_file: Maker) -> None:
    path = roster_file(["団体名", "住所"], ["甲ケアプラザ", "金沢区"])
    long_ago = datetime(2026, 11, 19).timestamp()
    os.utime(path, (long_ago, long_ago))
    preview = roster.preview(filled, path)
    (conflict,) = preview.conflicting
    assert "このファイルが保存された後に" in conflict.reason
    assert conflict.row is not None
    filled.perform(import_roster, preview, {conflict.row.key})
    assert _member(filled, "甲ケアプラザ").organisation.address == "金沢区"


def test_a_preview_of_yesterday_is_not_written_over_today(filled: Office, roster_file: Maker) -> None:
    change = roster.preview(filled, roster_file(["団体名", "住所"], ["甲ケアプラザ", "金沢区"]))
    addition = roster.preview(filled, roster_file(["団体名"], ["丁会"]))
    about = _member(filled, "甲ケアプラザ").organisation
    filled.perform(
        operations.edit_organisation, about.id, about.version, OrganisationValues("甲ケアプラザ", note="x")
    )
    filled.perform(operations.add_organisation, OrganisationValues("丁　会"))
    before = _content(filled)
    for preview in (change, addition):
        with pytest.raises(ConflictError):
            filled.perform(import_roster, preview)
    assert _content(filled) == before


@settings(max_examples=12)
@given(st.data())
def test_a_failure_at_any_row_leaves_the_ledger_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("fail")
    office = ledgers.create(folder / "台帳.tsunagari", "金沢 一郎", lambda: datetime(2026, 11, 21))
    try:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(HEADS)
        for number in range(8):
            sheet.append(
                [
                    "区分",
                    f"地区{number}",
                    f"第{number}会",
                    None,
                    None,
                    f"山田 {number}郎".replace(str(number), "一二三四五六七八"[number]),
                    None,
                    "○",
                    None,
                ]
            )
        book.save(folder / "a.xlsx")
        preview = roster.preview(office, folder / "a.xlsx")
        assert len(preview.added) == 8
        broken = _broken(
            preview, data.draw(st.integers(0, 7)), data.draw(st.sampled_from(["name", "person", "day"]))
        )
        before = _content(office)
        with pytest.raises(Exception):  # noqa: B017, PT011 - whatever goes wrong, nothing may stay
            office.perform(import_roster, broken)
        assert _content(office) == before
        assert office.perform(import_roster, preview).result == Imported(8, 0, 8)
    finally:
        office.close()


def _broken(preview: Preview, index: int, how: str) -> Preview:
    """The preview with a row that the ledger cannot take."""
    row = preview.added[index]
    cells = []
    for cell in row.cells:
        if how == "name" and cell.field == "organisation.name":
            cell = replace(cell, value=None)
        if how == "person" and isinstance(cell.value, AddPerson):
            cell = replace(cell, value=replace(cell.value, person=10_000))
        cells.append(cell)
    if how == "day":
        wrong = replace(cells[0], field="organisation.member_to", value="きのう")
        cells.append(wrong)
    added = list(preview.added)
    added[index] = replace(row, cells=tuple(cells))
    return replace(preview, added=tuple(added))


def test_a_leaving_before_the_joining_is_a_conflict_and_refused_as_a_whole(
    filled: Office, roster_file: Maker
) -> None:
    path = roster_file(
        ["団体名", "入会日", "退会日"],
        ["丁会", "R6.4.1", "R5.3.31"],
        ["甲ケアプラザ", None, "R5.3.31"],
        ["戊会", None, None],
    )
    preview = roster.preview(filled, path)
    assert [one.reason for one in preview.conflicting] == [
        "退会日が入会日（令和6年4月1日）より前です。日付を確かめてください。"
    ] * 2
    assert [row.name for row in preview.added] == ["戊会"]
    (row,) = preview.added
    wrong = [
        replace(row.cells[0], field=f"organisation.{name}", value=day)
        for name, day in (("member_from", date(2024, 4, 1)), ("member_to", date(2023, 3, 31)))
    ]
    before = _content(filled)
    with pytest.raises(InputError, match="退会日が入会日（令和6年4月1日）より前"):
        filled.perform(import_roster, replace(preview, added=(replace(row, cells=(*row.cells, *wrong)),)))
    assert _content(filled) == before


FULL = OrganisationValues(
    name="=髙﨑𠮷\ufa19葛\U000e0100会",
    short_name="'略",
    kana="ﾀｶｻｷ　ヨシ",
    postal_code="236-0042",
    address="  前後の空白  ",
    building="-1階",
    telephone="+81-45-111-2222",
    fax="内線だけ",
    mail="古い書き方 at example.jp",
    web="準備中",
    uses_tag=True,
    opening=Opening.OCCASIONAL,
    opening_days="@火\n木",
    opening_hours="10:00~11:30",
    venue="〃",
    audience="0～3歳",
    fee="100",
    strengths="強み\n「二行目」",
    offers="なし",
    member_from=date(1890, 4, 1),
    member_to=date(2026, 3, 31),
    note='1,234\t"引用"',
    channels=(
        ChannelRow(ChannelKind.BLOG, "https://a.example"),
        ChannelRow(ChannelKind.NOTICE_BOARD, ""),
        ChannelRow(ChannelKind.BLOG, "=b"),
    ),
)


def _export(office: Office, folder: Path, suffix: str) -> Path:
    target = folder / f"会員団体{suffix}"
    with office.reading() as reader:
        report = organisation_data.build(reader)
    if suffix == ".csv":
        return export.place(target, lambda draft: data_csv.render(report.data[0], draft))
    return export.write(report, Format.DATA_XLSX, target)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_way_out_and_back_shows_no_difference(filled: Office, tmp_path: Path, suffix: str) -> None:
    full_id = filled.perform(operations.add_organisation, FULL).result
    term = TermValues(ContactRole.ATTENDEE, "'主任", date(1899, 1, 1), date(2026, 3, 31))
    filled.perform(
        people.add_person, full_id, PersonValues("山田\n太郎", " かな ", "", "?", "x", "=備考"), term
    )
    preview = roster.preview(filled, _export(filled, tmp_path, suffix))
    assert (preview.changed, preview.added, preview.conflicting) == ((), (), ())
    assert (preview.not_understood, preview.notices) == ((), ())
    assert len(preview.unchanged) == 4


def test_the_sample_goes_out_and_back_without_a_difference(sample_office: Office, tmp_path: Path) -> None:
    for suffix in (".xlsx", ".csv"):
        preview = roster.preview(sample_office, _export(sample_office, tmp_path, suffix))
        assert preview.is_empty
        assert (preview.conflicting, preview.not_understood) == ((), ())
        assert len(preview.unchanged) == len(sample_office.ask(queries.organisations))


def test_an_edited_data_sheet_comes_back_with_what_differs(filled: Office, tmp_path: Path) -> None:
    path = _export(filled, tmp_path, ".xlsx")
    book = openpyxl.load_workbook(path)
    organisations, persons = book["会員団体"], book["担当者・代表者"]
    heads = {cell.value: cell.column or 0 for cell in organisations[1]}
    organisations.cell(2, heads["団体名"]).value = "甲地域ケアプラザ"
    organisations.cell(2, heads["電話番号"]).value = None
    organisations.cell(2, heads["入会日"]).value = None
    organisations.cell(2, heads["発信：ブログ"]).value = None
    organisations.cell(2, heads["メールアドレス"]).value = "だめ"
    organisations.append([None, None, "丁会"])
    columns = {cell.value: cell.column or 0 for cell in persons[1]}
    persons.cell(2, columns["氏名"]).value = "髙橋 一朗"
    persons.cell(2, columns["終了日"]).value = "令和9年3月31日"
    persons.append([None] * len(columns))
    persons.cell(persons.max_row + 1, columns["団体名"]).value = "乙サロン"
    persons.cell(persons.max_row, columns["役割"]).value = "担当者"
    persons.cell(persons.max_row, columns["氏名"]).value = "新人 一郎"
    book.save(path)
    preview = roster.preview(filled, path)
    assert [row.name for row in preview.added] == ["丁会"]
    assert {cell.label: (cell.before, cell.after) for row in preview.changed for cell in row.cells} == {
        "団体名": ("甲ケアプラザ", "甲地域ケアプラザ"),
        "電話番号": ("045-111-1111", ""),
        "入会日": ("令和6年4月1日", ""),
        "発信：ブログ": ("https://a.example", ""),
        "氏名": ("髙橋 一郎", "髙橋 一朗"),
        "終了日": ("", "令和9年3月31日"),
        "担当者": ("", "新人 一郎"),
    }
    assert [one.text for one in preview.not_understood] == ["だめ"]
    # An organisation and its people are one organisation that changed.
    assert filled.perform(import_roster, preview).result.changed == 2
    member = _member(filled, "甲地域ケアプラザ")
    assert (member.organisation.telephone, member.organisation.member_from, member.channels) == ("", None, ())
    assert [(term.name, term.term_to) for term in member.terms][-1] == ("髙橋 一朗", date(2027, 3, 31))
    assert [term.name for term in _member(filled, "乙サロン").terms] == ["﨑山 𠮷子", "新人 一郎"]


def test_a_row_that_moved_on_since_the_export_is_a_conflict(filled: Office, tmp_path: Path) -> None:
    path = _export(filled, tmp_path, ".xlsx")
    about = _member(filled, "甲ケアプラザ").organisation
    filled.perform(
        operations.edit_organisation,
        about.id,
        about.version,
        OrganisationValues("甲ケアプラザ", note="新しい"),
    )
    preview = roster.preview(filled, path)
    (conflict,) = preview.conflicting
    assert "書き出した後に" in conflict.reason
    assert preview.is_empty
    assert len(preview.unchanged) == 2


def test_letters_that_cp932_lacks_are_listed_and_nothing_is_written(filled: Office, tmp_path: Path) -> None:
    with filled.reading() as reader:
        sheets = organisation_data.build(reader).data
    data_csv.render(sheets[0], tmp_path / "ok.csv", data_csv.Encoding.CP932)
    assert "甲ケアプラザ" in (tmp_path / "ok.csv").read_text("cp932")
    with pytest.raises(InputError, match=r"𠮷（U\+20BB7）") as refused:
        data_csv.render(sheets[1], tmp_path / "no.csv", data_csv.Encoding.CP932)
    assert "UTF-8" in refused.value.advice
    assert not (tmp_path / "no.csv").exists()


def test_the_ledger_older_by_less_than_a_day_is_no_conflict(filled: Office, roster_file: Maker) -> None:
    path = roster_file(["団体名", "住所"], ["甲ケアプラザ", "金沢区"])
    recent = (datetime(2026, 11, 21, 9) - timedelta(hours=20)).timestamp()
    os.utime(path, (recent, recent))
    assert roster.preview(filled, path).conflicting == ()


def _content(office: Office) -> dict[str, Any]:
    """The whole ledger without the history of its changes."""
    return {
        name: rows for name, rows in ledgers.dump(office).items() if name not in ("change", "changed_row")
    }
