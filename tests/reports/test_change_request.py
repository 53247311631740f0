"""担当者変更のお願い: one letter to each organisation that is asked, with its entry as it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.errors import InputError
from app.office import Office
from app.organisations import queries
from app.organisations.operations import confirm
from app.organisations.queries import OrganisationRow
from app.text import kana_key
from db.vocabulary import ConfirmationState
from reports import catalogue, export
from reports.checks import report_findings
from reports.document import Report
from reports.export import Format
from reports.renderers.text import to_text

_DAY = date(2027, 12, 1)
_OPTIONS = {"as_of": "R9.12.1", "issued_on": "R9.12.1", "document_number": "9見こ家第12号"}


def _build(office: Office, fiscal_year: int = 2027, **options: str) -> Report:
    entry = catalogue.find("change_request")
    with office.reading() as reader:
        return entry.build(reader, fiscal_year, entry.complete(_OPTIONS | options))


def _members(office: Office) -> list[OrganisationRow]:
    rows = office.ask(queries.organisations, _DAY)
    return sorted(rows, key=lambda one: kana_key(one.kana, one.name))


def test_golden_text(sample_office: Office, matches_golden: Callable[[str, str], None]) -> None:
    matches_golden("change_request", to_text(_build(sample_office, district="汐見")))


def test_every_organisation_has_one_page_of_its_own(sample_office: Office, tmp_path: Path) -> None:
    path = export.write(_build(sample_office), Format.PDF, tmp_path / "letters.pdf")
    reader, members = PdfReader(path), _members(sample_office)
    assert len(reader.pages) == len(members)
    for page, one in zip(reader.pages, members, strict=True):
        text = "".join(page.extract_text().split())
        for typed in (one.name, one.telephone, one.mail, one.address, "9見こ家第12号", "令和9年12月15日(水)"):
            assert "".join(typed.split()) in text
    outline: list[Any] = reader.outline
    assert [entry.title for entry in outline] == [one.short_name or one.name for one in members]


def test_word_begins_a_page_for_each_letter_and_excel_a_sheet(sample_office: Office, tmp_path: Path) -> None:
    report = _build(sample_office, district="汐見")
    count = len(report.sections)
    assert count > 1
    document = docx.Document(str(export.write(report, Format.DOCX, tmp_path / "letters.docx")))
    breaks = [one for one in document.paragraphs if one.paragraph_format.page_break_before]
    assert len(breaks) == count - 1
    book: Any = load_workbook(export.write(report, Format.XLSX, tmp_path / "letters.xlsx"))
    assert len(book.sheetnames) == count


def test_one_organisation_can_be_chosen(sample_office: Office) -> None:
    one = _members(sample_office)[3]
    report = _build(sample_office, organisation=str(one.id))
    assert len(report.sections) == 1
    assert one.name in to_text(report)
    with pytest.raises(InputError, match="999"):
        _build(sample_office, organisation="999")


def test_only_those_still_to_ask_are_asked(sample_office: Office) -> None:
    members = _members(sample_office)
    for one, state in zip(members, ConfirmationState, strict=False):
        sample_office.perform(confirm, one.id, 2028, state)
    asked = len(_build(sample_office, 2028, whom="unconfirmed").sections)
    assert asked == len(members) - 2, "who answered 不明 is asked again"
    assert len(_build(sample_office, 2028).sections) == len(members)


def test_the_day_to_send_back_can_be_chosen(sample_office: Office) -> None:
    one = _members(sample_office)[0]
    assert "令和10年4月28日(金)" in to_text(
        _build(sample_office, organisation=str(one.id), return_by="R10.4.28")
    )


def test_letters_hold_no_contact_data_of_persons(sample_office: Office) -> None:
    report = _build(sample_office)
    text = to_text(report)
    for person in sample_office.ask(queries.people):
        assert not person.telephone or person.telephone not in text
        assert not person.mail or person.mail not in text
    assert report_findings(report) == ()


def test_a_ledger_without_members_gives_a_paper_that_says_so(empty_office: Office, tmp_path: Path) -> None:
    report = _build(empty_office)
    assert "会員団体はありません" in to_text(report)
    for fmt in catalogue.find("change_request").formats:
        export.write(report, fmt, tmp_path / f"letters{fmt.suffix}")
