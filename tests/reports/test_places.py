"""居場所一覧: the places where parents and children can go, in the order of the office's districts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.errors import InputError
from app.office import Office
from app.organisations import queries
from app.organisations.operations import OrganisationValues, add_organisation
from app.organisations.queries import ChannelRow
from db.vocabulary import ChannelKind, Opening
from reports import catalogue, export
from reports.checks import report_findings
from reports.document import Report
from reports.export import Format
from reports.renderers.text import to_text


def _build(office: Office, **options: str) -> Report:
    entry = catalogue.find("places")
    with office.reading() as reader:
        return entry.build(reader, 2027, entry.complete({"as_of": "R9.12.1"} | options))


def test_golden_text(sample_office: Office, matches_golden: Callable[[str, str], None]) -> None:
    matches_golden("places", to_text(_build(sample_office)))


def test_districts_stand_in_the_order_of_the_office(sample_office: Office) -> None:
    order = [one.name for one in sample_office.ask(queries.lists).districts]
    districts = [str(row[1]) for row in _build(sample_office).data[0].rows]
    assert len(set(districts)) > 5
    assert districts == sorted(districts, key=order.index)


def test_a_member_that_is_no_place_is_left_out(empty_office: Office) -> None:
    perform = empty_office.perform
    perform(add_organisation, OrganisationValues("見本区保健活動推進員会"))
    perform(
        add_organisation,
        OrganisationValues(
            "さくら広場",
            opening=Opening.OCCASIONAL,
            opening_days="毎週火曜日",
            opening_hours="10:00～12:00",
            venue="さくら会館",
            audience="0～3歳の子どもと保護者",
            fee="無料",
            telephone="045-000-0001",
            uses_tag=True,
            web="https://www.example.jp/",
            channels=(ChannelRow(ChannelKind.INSTAGRAM, "@example"),),
        ),
    )
    text = to_text(_build(empty_office))
    assert "保健活動推進員会" not in text
    for typed in ("非常設", "毎週火曜日", "10:00～12:00", "さくら会館", "0～3歳", "無料", "045-000-0001"):
        assert typed in text
    for typed in (
        "ホームページ https://www.example.jp/",
        "Instagram @example",
        "#金沢っこ",
        "地区なし（1か所）",
    ):
        assert typed in text


def test_one_service_type_can_be_chosen(sample_office: Office) -> None:
    wanted = "子育て支援者事業"
    rows = _build(sample_office, service_type=wanted).data[0].rows
    assert {row[4] for row in rows} == {wanted}
    with pytest.raises(InputError, match=wanted):
        _build(sample_office, service_type="動物園")


def test_gaps_are_pointed_out_and_own_numbers_are_not(sample_office: Office) -> None:
    entry = catalogue.find("places")
    with sample_office.reading() as reader:
        findings = entry.check(reader, 2027, entry.complete({"as_of": "R9.12.1"}))
    assert any("パパの会 みほん" in one.message and "電話番号" in one.message for one in findings)
    assert all(one.record_kind == "organisation" and one.record_id for one in findings)
    assert report_findings(_build(sample_office)) == ()


def test_the_data_sheet_holds_one_value_a_cell(sample_office: Office, tmp_path: Path) -> None:
    report = _build(sample_office)
    book: Any = load_workbook(export.write(report, Format.DATA_XLSX, tmp_path / "places.xlsx"))
    sheet = book["居場所一覧"]
    assert sheet.max_row == len(report.data[0].rows) + 1
    assert not sheet.merged_cells.ranges
    assert {"事業の種類", "常設・非常設", "開催日", "時間", "対象", "費用", "電話"} <= {
        cell.value for cell in sheet[1]
    }


def test_every_format_is_written_even_when_there_is_no_place(empty_office: Office, tmp_path: Path) -> None:
    for fmt in catalogue.find("places").formats:
        assert export.write(_build(empty_office), fmt, tmp_path / f"places{fmt.suffix}").stat().st_size
