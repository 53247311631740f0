"""開催通知 with 返信票, 共有票 and the text for mail: one for each organisation, with its name, and nobody's contact data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.errors import InputError
from app.meetings.attendance import AttendanceValues, add_entry
from app.meetings.minutes import ItemMinutes, LineValues, save_minutes
from app.meetings.operations import add_meeting, edit_meeting
from app.meetings.queries import attendance, detail, meeting
from app.meetings.values import MeetingValues
from app.office import Office
from app.organisations import queries as organisation_queries
from app.organisations.operations import leave
from app.settings.operations import save_settings
from app.settings.queries import settings
from db.vocabulary import AttendanceAnswer, StatementKind
from reports import catalogue
from reports.checks import report_findings
from reports.document import Report
from reports.export import Format, write
from reports.renderers.excel_layout import PORTRAIT_HEIGHT
from reports.renderers.text import to_text

Paper = Callable[..., Report]
Called = Callable[[Office, str], str]
HELD, COMING = "令和9年度第2回全体会", "令和9年度第3回全体会"
OFF, LISTS = "令和9年度第1回地区別交流会（汐見）", ("agenda", "attendees", "packet")
AWKWARD = "A & B <C> 𠮷野・髙﨑の会=1+1"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _addressed(report: Report) -> list[str]:
    """To whom the letters go, in order."""
    return [section.name for section in report.sections if section.new_page]


def _pages_of_rows(sheet: Any) -> dict[int, int]:
    """On which printed page each row of a worksheet stands."""
    if sheet.page_setup.fitToHeight == 1:
        return dict.fromkeys(range(1, sheet.max_row + 1), 1)
    page, filled, found = 1, 0.0, {}
    turns = {one.id for one in sheet.row_breaks.brk}
    for row in range(1, sheet.max_row + 1):
        height = sheet.row_dimensions[row].height or 15.0
        if row - 1 in turns or filled + height > PORTRAIT_HEIGHT:
            page, filled = page + 1, 0.0
        filled += height
        found[row] = page
    return found


def test_each_organisation_has_one_sheet_with_its_names_and_its_slip(
    sample_office: Office, paper: Paper, meeting_called: Called, tmp_path: Path
) -> None:
    chosen = meeting_called(sample_office, COMING)
    seats = [one for one in sample_office.ask(attendance, [int(chosen)]) if not one.is_observer]
    report = paper(sample_office, "notice", meeting=chosen)
    pages = PdfReader(write(report, Format.PDF, tmp_path / "notice.pdf")).pages
    assert len(pages) == len({one.organisation_id for one in seats})
    texts = {
        name: _squeezed(page.extract_text()) for name, page in zip(_addressed(report), pages, strict=True)
    }
    for one in seats:
        text = texts[one.belongs_to]
        assert text.count(_squeezed(one.belongs_to)) >= 2, "on the letter and on the slip"
        assert _squeezed(f"{one.position_title}{one.name}様") in text
        for told in ("令和10年3月2日(木)", "返信票", "令和10年2月24日(木)までに", "以上", "□出席"):
            assert told in text


def test_word_and_excel_hold_every_letter(
    sample_office: Office, paper: Paper, meeting_called: Called, tmp_path: Path
) -> None:
    report = paper(sample_office, "notice", meeting=meeting_called(sample_office, COMING))
    names = _addressed(report)
    document = docx.Document(str(write(report, Format.DOCX, tmp_path / "notice.docx")))
    written = "\n".join(one.text for one in document.paragraphs)
    book: Any = load_workbook(write(report, Format.XLSX, tmp_path / "notice.xlsx"))
    assert len(book.sheetnames) == len(names)
    for name in names:
        assert name in written


def test_only_those_who_have_not_answered_or_one_alone(
    sample_office: Office, paper: Paper, meeting_called: Called
) -> None:
    chosen = meeting_called(sample_office, COMING)
    waiting = {
        one.belongs_to
        for one in sample_office.ask(attendance, [int(chosen)])
        if one.answer is AttendanceAnswer.UNANSWERED
    }
    reminded = paper(sample_office, "notice", meeting=chosen, whom="unanswered")
    assert set(_addressed(reminded)) == waiting
    with pytest.raises(InputError, match="招いていません"):
        paper(sample_office, "notice", meeting=chosen, organisation="9999")


@pytest.mark.parametrize(("lines", "sheets"), [(14, 1), (24, 2), (40, 2)])
def test_the_slip_of_a_long_notice_is_never_torn(
    lines: int, sheets: int, empty_office: Office, held: int, paper: Paper, tmp_path: Path
) -> None:
    office = empty_office
    row = office.ask(meeting, held)
    invitation = "\n".join(["駐車場はありませんので、電車やバスでお越しください。"] * lines)
    values = MeetingValues(row.meeting_kind_id, 2026, 1, held_on=row.held_on, invitation=invitation)
    office.perform(edit_meeting, held, row.version, values)
    report = paper(office, "notice", 2026, meeting=str(held))
    pages = PdfReader(write(report, Format.PDF, tmp_path / "n.pdf")).pages
    assert len(pages) == sheets * len(_addressed(report))
    for page in pages[sheets - 1 :: sheets]:
        text = _squeezed(page.extract_text())
        for part in ("きりとり", "団体名", "出席する方", "代理の方", "通信欄", "お返しください"):
            assert part in text
    document = docx.Document(str(write(report, Format.DOCX, tmp_path / "n.docx")))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    slip = next(cell for cell in cells if cell.text == "出席する方")
    assert slip.paragraphs[0].paragraph_format.keep_with_next, "so Word turns the page before the slip"
    book: Any = load_workbook(write(report, Format.XLSX, tmp_path / "n.xlsx"))
    on_page = _pages_of_rows(book.worksheets[0])
    cut = next(row for row in on_page if "きりとり" in str(book.worksheets[0].cell(row, 1).value))
    assert len({on_page[row] for row in on_page if row >= cut}) == 1, "and Excel as well"


def test_without_its_slip_a_notice_ends_with_the_letter(
    sample_office: Office, paper: Paper, meeting_called: Called
) -> None:
    text = to_text(paper(sample_office, "notice", meeting=meeting_called(sample_office, COMING), slip="no"))
    assert "返信票" not in text
    assert "きりとり" not in text


@pytest.mark.parametrize(
    "report_id", ["notice", "agenda", "attendees", "minutes", "digest", "mail", "packet"]
)
def test_what_is_handed_out_holds_no_contact_data_of_persons(
    report_id: str, sample_office: Office, paper: Paper, meeting_called: Called
) -> None:
    name = HELD if report_id == "digest" else COMING
    report = paper(sample_office, report_id, meeting=meeting_called(sample_office, name))
    text = to_text(report)
    for person in sample_office.ask(organisation_queries.people):
        assert not person.telephone or person.telephone not in text
        assert not person.mail or person.mail not in text
    assert report_findings(report) == ()


def test_where_to_ask_is_no_contact_of_a_person(empty_office: Office, held: int, paper: Paper) -> None:
    office = empty_office
    contact = "事務局（電話 045-123-4567　renrakukai@example.jp）"
    office.perform(save_settings, replace(office.ask(settings), network_name="連絡会", contact=contact))
    for report_id, about in (("notice", {}), ("digest", {}), ("mail", {}), ("mail", {"about": "sharing"})):
        report = paper(office, report_id, 2026, meeting=str(held), **about)
        assert contact in to_text(report)
        assert report_findings(report) == ()
    row = office.ask(meeting, held)
    values = MeetingValues(row.meeting_kind_id, 2026, 1, place="集会所（鍵は 090-1234-5678 へ）")
    office.perform(edit_meeting, held, row.version, values)
    (told,) = report_findings(paper(office, "notice", 2026, meeting=str(held)))
    assert "090-1234-5678" in told.message, "once, though it stands in every letter"


def test_awkward_names_stand_whole_in_every_format(
    empty_office: Office, held: int, paper: Paper, tmp_path: Path
) -> None:
    report = paper(empty_office, "notice", 2026, meeting=str(held))
    page = next(
        page
        for name, page in zip(
            _addressed(report), PdfReader(write(report, Format.PDF, tmp_path / "n.pdf")).pages, strict=True
        )
        if name == AWKWARD
    )
    assert _squeezed(AWKWARD) in _squeezed(page.extract_text())
    document = docx.Document(str(write(report, Format.DOCX, tmp_path / "n.docx")))
    assert any(AWKWARD in one.text for one in document.paragraphs)
    book: Any = load_workbook(write(report, Format.DATA_XLSX, tmp_path / "n.xlsx"))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert AWKWARD in [cell.value for cell in cells]


def test_a_speaker_from_outside_gets_a_letter_too(empty_office: Office, held: int, paper: Paper) -> None:
    row = empty_office.ask(meeting, held)
    values = MeetingValues(row.meeting_kind_id, 2026, 2, held_on=row.held_on)
    coming = empty_office.perform(add_meeting, values).result
    for name, affiliation in (("講師 八重", "見本大学"), ("九州 十郎", "")):
        empty_office.perform(add_entry, coming, AttendanceValues(affiliation=affiliation, name=name))
    report = paper(empty_office, "notice", 2026, meeting=str(coming))
    assert set(_addressed(report)) == {"見本大学", "九州 十郎"}
    text = to_text(report)
    assert "見本大学\n講師 八重 様" in text
    assert "\n九州 十郎 様" in text


def test_nobody_named_is_addressed_as_an_organisation(empty_office: Office, held: int, paper: Paper) -> None:
    text = to_text(paper(empty_office, "notice", 2026, meeting=str(held)))
    assert "だれかの会 御中" in text
    entry = catalogue.find("notice")
    with empty_office.reading() as reader:
        found = entry.check(reader, 2026, entry.complete({"meeting": str(held)}))
    assert any("「だれかの会」は、出席する方の記録がない" in one.message for one in found)


def test_who_has_left_since_it_was_asked_is_pointed_out(
    sample_office: Office, meeting_called: Called
) -> None:
    options = {"meeting": meeting_called(sample_office, COMING)}
    office = sample_office
    leaving = next(one for one in office.ask(organisation_queries.organisations) if "さくらんぼ" in one.name)
    row = office.ask(organisation_queries.organisation, leaving.id)
    office.perform(leave, leaving.id, row.version, date(2028, 2, 20))
    for report_id in ("notice", "attendees"):
        entry = catalogue.find(report_id)
        with office.reading() as reader:
            told = entry.check(reader, 2027, entry.complete(options))
        (warning,) = [one for one in told if "会員ではありません" in one.message]
        assert "さくらんぼ" in warning.message
        assert (warning.record_kind, warning.record_id) == ("organisation", leaving.id)


def test_papers_of_a_meeting_that_was_called_off_say_so(
    sample_office: Office, paper: Paper, meeting_called: Called
) -> None:
    chosen = meeting_called(sample_office, OFF)
    notice = paper(sample_office, "notice", meeting=chosen)
    assert notice.title == "中止のお知らせ"
    told = to_text(notice)
    assert f"{OFF}の中止について" in told
    assert "返信票" not in told
    assert "ご出席くださいますよう" not in told
    assert to_text(paper(sample_office, "mail", meeting=chosen)).count(f"件名：{OFF}の中止について") == 1
    minutes = to_text(paper(sample_office, "minutes", meeting=chosen))
    assert "欠席者" not in minutes, "nobody was away from a meeting that was not held"
    for text in (told, minutes, *(to_text(paper(sample_office, one, meeting=chosen)) for one in LISTS)):
        assert "中止（台風の接近により" in text
    with pytest.raises(InputError, match="中止になったため"):
        paper(sample_office, "digest", meeting=chosen)


# ------------------------------------------------------------------------------------------ 共有票


def test_each_absent_organisation_has_one_sheet(
    sample_office: Office, paper: Paper, meeting_called: Called, tmp_path: Path
) -> None:
    chosen = meeting_called(sample_office, HELD)
    report = paper(sample_office, "digest", meeting=chosen)
    rows = sample_office.ask(attendance, [int(chosen)])
    came = {one.organisation_id for one in rows if one.is_present}
    away = {one.belongs_to for one in rows if one.organisation_id and one.organisation_id not in came}
    absent = {one for one in away if one in {section.name for section in report.sections}}
    assert absent == {section.name for section in report.sections}
    pages = PdfReader(write(report, Format.PDF, tmp_path / "digest.pdf")).pages
    assert len(pages) == len(report.sections)
    for section, page in zip(report.sections, pages, strict=True):
        text = _squeezed(page.extract_text())
        assert _squeezed(f"{section.name} 御中") in text
        for told in ("付き添いは、てとてと「一度だけの手伝い」の人とで", "てとて柴田", "令和10年1月31日"):
            assert told in text


def test_who_sent_a_proxy_or_was_online_is_not_absent(empty_office: Office, held: int, paper: Paper) -> None:
    report = paper(empty_office, "digest", 2026, meeting=str(held))
    assert [section.name for section in report.sections] == ["やすみの家"]


def test_points_are_told_only_when_asked_for(empty_office: Office, held: int, paper: Paper) -> None:
    item = empty_office.ask(detail, held).agenda[0].id
    lines = (
        LineValues(StatementKind.POINT, "よい話が出た。"),
        LineValues(StatementKind.DECISION, "続ける。"),
    )
    version = empty_office.ask(meeting, held).version
    empty_office.perform(save_minutes, held, [ItemMinutes(item, lines)], version)
    assert "よい話が出た。" not in to_text(paper(empty_office, "digest", 2026, meeting=str(held)))
    told = to_text(paper(empty_office, "digest", 2026, meeting=str(held), points="yes"))
    assert "・よい話が出た。" in told
    assert "・続ける。" in told


# ------------------------------------------------------------------------------------------ mail


def test_a_mail_begins_with_its_subject_and_one_text_serves_all(
    empty_office: Office, held: int, paper: Paper
) -> None:
    text = to_text(paper(empty_office, "mail", 2026, meeting=str(held)))
    assert text.startswith("件名：令和8年度第1回全体会のご案内\n\n各団体の皆さま\n")
    assert "場所：区役所／5階／オンライン：Zoom\n" in text
    assert "出欠（出席・代理・オンライン・欠席）" in text


def test_a_mail_for_each_bears_its_names(empty_office: Office, held: int, paper: Paper) -> None:
    report = paper(empty_office, "mail", 2026, meeting=str(held), addressed="each")
    assert len(report.sections) == 7
    text = to_text(report)
    assert f"{AWKWARD}\n代表 𠮷野 花子 様" in text
    assert text.count("件名：") == 7
    shared = to_text(paper(empty_office, "mail", 2026, meeting=str(held), about="sharing", addressed="each"))
    assert "やすみの家 御中" in shared
    assert shared.count("件名：") == 1


def test_one_organisation_alone_is_written_to(
    sample_office: Office, paper: Paper, meeting_called: Called
) -> None:
    chosen = meeting_called(sample_office, COMING)
    seat = sample_office.ask(attendance, [int(chosen)])[0]
    report = paper(sample_office, "mail", meeting=chosen, organisation=str(seat.organisation_id))
    (section,) = report.sections
    assert section.name == seat.belongs_to
