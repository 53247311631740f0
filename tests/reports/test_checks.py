"""What is pointed out before a paper is handed out."""

from __future__ import annotations

import pytest

from reports.checks import report_findings
from reports.document import Cell, Column, Paragraph, Report, Row, Section, Table


def _report(text: str, *, internal: bool = False) -> Report:
    return Report("x", "試し", (Section("節", (Paragraph(text),)),), internal=internal)


@pytest.mark.parametrize(
    "text",
    [
        "連絡は045-123-4567まで",
        "携帯 090-1234-5678",
        "０４５－１２３－４５６７へ",
        "045(123)4567",
        "09012345678",
        "hanako@example.jp へ",
    ],
)
def test_contact_data_is_pointed_out(text: str) -> None:
    assert len(report_findings(_report(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "640人から910人になりました",
        "令和8年11月21日",
        "2026/11/21",
        "20261121",
        "第3号-12",
        "10時30分〜11時",
        "2027-2-016-536W",
        "https://example.jp/j/0451234567?pwd=a0123456789 から参加",
    ],
)
def test_numbers_of_other_kinds_are_not(text: str) -> None:
    assert report_findings(_report(text)) == ()


def test_a_paper_for_the_office_may_hold_contacts() -> None:
    assert report_findings(_report("045-123-4567", internal=True)) == ()


def test_glyphs_without_a_font_are_listed_once() -> None:
    (finding,) = report_findings(_report("顔 😀 と 😀"))
    assert "😀" in finding.message


def test_what_organisations_make_known_is_no_contact_of_a_person() -> None:
    cells = (Cell("045-123-4567 😀", public=True), Cell("090-1234-5678"))
    table = Table((Column("団体"), Column("備考")), (Row(cells),))
    findings = report_findings(Report("x", "試し", (Section("節", (table,)),)))
    messages = "".join(finding.message for finding in findings)
    assert "045-123-4567" not in messages
    assert "090-1234-5678" in messages
    assert "😀" in messages, "it has to be printed all the same"
