"""宛名ラベル: every label where the bought sheet has it, everything on it, nobody left out in silence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from app.errors import InputError
from app.office import Office
from app.organisations import queries
from app.organisations.operations import OrganisationValues, add_organisation
from app.organisations.people import PersonValues, TermValues, add_person
from db.vocabulary import ContactRole
from reports import catalogue, export, fonts
from reports.catalogue import Finding
from reports.contents.labels import GRIDS
from reports.document import Report, Section
from reports.export import Format
from reports.label_sheet import Label, LabelGrid, LabelSheet
from reports.renderers.label_text import POINTS_PER_MM, fitted
from reports.renderers.pdf_labels import _count
from reports.renderers.text import to_text

_DAY = "R9.12.1"
_A4 = (210.0, 297.0)
_LONG = (
    "社会福祉法人 見本区健やか子育て支援協議会 地域子育て支援センター つどいの広場 ひなたぼっこ 若葉台分室"
)


def _build(office: Office, **options: str) -> Report:
    entry = catalogue.find("labels")
    with office.reading() as reader:
        return entry.build(reader, 2027, entry.complete({"as_of": _DAY} | options))


def _findings(office: Office, **options: str) -> tuple[Finding, ...]:
    entry = catalogue.find("labels")
    with office.reading() as reader:
        return entry.check(reader, 2027, entry.complete({"as_of": _DAY} | options))


def _labels(report: Report) -> LabelSheet:
    (sheet,) = report.sections[0].blocks
    assert isinstance(sheet, LabelSheet)
    return sheet


def _placed(path: Path) -> list[list[tuple[float, float, str]]]:
    """Every text of every page with its place in millimetres from the upper left corner."""
    pages = []
    for page in PdfReader(path).pages:
        found: list[tuple[float, float, str]] = []

        def visit(
            text: str, _matrix: Any, at: list[float], _font: Any, _size: float, found: Any = found
        ) -> None:
            if text.strip():
                found.append((at[4] / POINTS_PER_MM, _A4[1] - at[5] / POINTS_PER_MM, text.strip()))

        page.extract_text(visitor_text=visit)
        pages.append(found)
    return pages


@pytest.mark.parametrize("name", GRIDS)
def test_every_sheet_lies_in_the_middle_of_a4(name: str) -> None:
    grid = GRIDS[name]
    x, y = grid.corner(grid.count - 1)
    assert abs((_A4[0] - x - grid.width) - grid.left) <= 0.2
    assert abs((_A4[1] - y - grid.height) - grid.top) <= 0.7


@pytest.mark.parametrize("name", GRIDS)
def test_texts_stand_inside_their_labels_to_the_millimetre(
    sample_office: Office, tmp_path: Path, name: str
) -> None:
    report = _build(sample_office, sheet=name, start="2")
    path = export.write(report, Format.PDF, tmp_path / "labels.pdf")
    pages, sheets, grid = _placed(path), _labels(report).sheets(), GRIDS[name]
    assert len(pages) == len(sheets)
    for texts, sheet in zip(pages, sheets, strict=True):
        for place, label in sheet:
            x, y = grid.corner(place)
            inside = [
                text
                for left, base, text in texts
                if x <= left < x + grid.width and y < base <= y + grid.height
            ]
            assert inside[0] == label.address[0]
            whole = re.sub(r"\s", "", "".join(inside))
            assert re.sub(r"\s", "", "".join((*label.address, *label.name))) in whole


def test_a_sheet_that_was_begun_is_used_up(sample_office: Office) -> None:
    report = _build(sample_office, sheet="12", start="１１")
    sheets = _labels(report).sheets()
    assert [place for place, _ in sheets[0]] == [10, 11]
    assert sheets[1][0][0] == 0


@pytest.mark.parametrize("start", ["0", "13", "-1", "はじめ"])
def test_a_place_that_the_sheet_does_not_have_is_refused(sample_office: Office, start: str) -> None:
    with pytest.raises(InputError, match="1から12"):
        _build(sample_office, sheet="12", start=start)


def test_a_sheet_of_other_measures_is_taken_as_typed(sample_office: Office) -> None:
    grid = _labels(_build(sample_office, measures="２　４　９９．１　６７．７ 4.6 13.1 2.5 0")).grid
    assert grid == LabelGrid(4, 2, 99.1, 67.7, 4.6, 13.1, 2.5, 0.0)


@pytest.mark.parametrize(
    "measures", ["2 6", "3 3 100 50 0 0", "二列", "0 6 86 42 18 21", "2 6 86 42 18 21 0 0 9"]
)
def test_measures_that_do_not_lie_on_a4_are_refused(sample_office: Office, measures: str) -> None:
    with pytest.raises(InputError, match="A4"):
        _build(sample_office, measures=measures)


def test_organisations_get_onchu_and_persons_their_honorific(empty_office: Office) -> None:
    values = OrganisationValues("さくら会", kana="さくらかい", postal_code="000-0001", address="見本区1-2-3")
    circle = empty_office.perform(add_organisation, values).result
    other = replace(values, name="もみじ会", kana="もみじかい", building="見本ビル 3階")
    empty_office.perform(add_organisation, other)
    person = PersonValues("𠮷野 髙子", honorific="先生")
    empty_office.perform(add_person, circle, person, TermValues(ContactRole.REPRESENTATIVE, "会長"))
    organisation = _labels(_build(empty_office)).labels
    assert organisation[0] == Label(("〒000-0001", "見本区1-2-3"), ("さくら会 御中",))
    assert organisation[1].address[-1] == "見本ビル 3階"
    first, second = _labels(_build(empty_office, addressee="representative")).labels
    assert first.name == ("さくら会", "会長 𠮷野 髙子 先生")
    assert second.name == ("もみじ会 御中",)
    (finding,) = _findings(empty_office, addressee="representative")
    assert "もみじ会" in finding.message


def test_organisations_without_an_address_are_named_not_dropped(sample_office: Office) -> None:
    members = sample_office.ask(queries.organisations, date(2027, 12, 1))
    homeless = {one.id for one in members if not one.address}
    assert homeless
    warned = {finding.record_id for finding in _findings(sample_office) if "住所がない" in finding.message}
    assert warned == homeless
    assert len(_labels(_build(sample_office)).labels) == len(members) - len(homeless)


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from((_LONG, "見本区若葉台四丁目14-2", "〒000-0001", "Ａ" * 90)), min_size=1, unique=True
    ),
    st.lists(st.sampled_from((_LONG, "会長 金沢 花子 様", "W" * 120, "さくら会")), min_size=1, unique=True),
    st.sampled_from(sorted(GRIDS)),
)
def test_nothing_is_cut_however_long(address: list[str], name: list[str], sheet: str) -> None:
    grid = GRIDS[sheet]
    with fonts.PAINTING:
        fonts.register()
        text = fitted(Label(tuple(address), tuple(name)), grid, fonts.text_width, _count)
    assert text.height <= grid.height * POINTS_PER_MM
    assert [line.text for line in text.lines] == [*address, *name]
    assert all(line.size >= 3 for line in text.lines)


def test_a_long_name_is_printed_whole(empty_office: Office, tmp_path: Path) -> None:
    empty_office.perform(add_organisation, OrganisationValues(_LONG, address="見本区1-2-3"))
    path = export.write(_build(empty_office, sheet="24"), Format.PDF, tmp_path / "labels.pdf")
    assert re.sub(r"\s", "", _LONG) in re.sub(r"\s", "", PdfReader(path).pages[0].extract_text())


def test_word_has_the_same_measures(sample_office: Office, tmp_path: Path) -> None:
    report = _build(sample_office, sheet="21", start="3")
    document = docx.Document(str(export.write(report, Format.DOCX, tmp_path / "labels.docx")))
    grid, section, (table,) = GRIDS["21"], document.sections[0], document.tables
    assert section.left_margin is not None
    assert section.top_margin is not None
    assert abs(section.left_margin.mm - grid.left) < 0.05
    assert abs(section.top_margin.mm - grid.top) < 0.05
    heights = [row.height.mm for row in table.rows if row.height is not None]
    assert len(heights) == len(table.rows) == grid.rows * len(_labels(report).sheets())
    assert all(abs(height - grid.height) < 0.05 for height in heights)
    columns: Any = table._tbl.tblGrid
    widths = [int(column.get(qn("w:w"))) / 1440 * 25.4 for column in columns]
    assert all(
        abs(width - wanted) < 0.05
        for width, wanted in zip(widths, (grid.width, grid.gap_x) * 2 + (grid.width,), strict=True)
    )
    assert not table.cell(0, 0).text
    assert _labels(report).labels[0].address[0] in table.cell(0, 4).text


def test_text_and_data_hold_one_entry_a_label(sample_office: Office, tmp_path: Path) -> None:
    report = _build(sample_office)
    text = to_text(report)
    assert all(label.name[0] in text for label in _labels(report).labels)
    book: Any = load_workbook(export.write(report, Format.DATA_XLSX, tmp_path / "labels.xlsx"))
    assert book["宛名"].max_row == len(_labels(report).labels) + 1


def test_the_printed_form_in_excel_is_an_ordinary_table(sample_office: Office, tmp_path: Path) -> None:
    report = _build(sample_office)
    book: Any = load_workbook(export.write(report, Format.XLSX, tmp_path / "labels.xlsx"))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert _labels(report).labels[0].name[0] in cells


def test_labels_of_the_sample_say_so(sample_office: Office, tmp_path: Path) -> None:
    path = export.write(_build(sample_office), Format.PDF, tmp_path / "labels.pdf")
    assert all("見本" in page.extract_text().split() for page in PdfReader(path).pages)


def test_a_ledger_without_addresses_gives_an_empty_sheet(empty_office: Office, tmp_path: Path) -> None:
    report = _build(empty_office)
    assert report.sections == (Section("", (LabelSheet(GRIDS["12"], ()),)),)
    for fmt in catalogue.find("labels").formats:
        export.write(report, fmt, tmp_path / f"labels{fmt.suffix}")
    assert len(PdfReader(tmp_path / "labels.pdf").pages) == 1
