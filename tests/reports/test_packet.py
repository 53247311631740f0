"""会議一式: several papers in one file, each with its number, its own pages and those of the whole, and its bookmark."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from reports.document import Block, Enclosure, PageBreak, Paragraph, Report, Section
from reports.label_sheet import Label, LabelGrid, LabelSheet
from reports.renderers import pdf
from reports.renderers.text import to_text


def _paper(title: str, pages: int, *, landscape: bool = False, letters: bool = False) -> Report:
    blocks: list[Block] = [Paragraph(f"{title}の本文")]
    for number in range(2, pages + 1):
        blocks += [PageBreak(), Paragraph(f"{title}の{number}枚目")]
    section = Section("内容", tuple(blocks))
    return Report("paper", title, (section,), landscape=landscape, letters=letters, issuer="事務局")


@pytest.fixture
def packet() -> Report:
    """A packet of three papers after its first page: two pages, three pages on their side, a letter."""
    return Report(
        "packet",
        "会議一式",
        (Section("", (Paragraph("第2回全体会"),)),),
        enclosures=(
            Enclosure(_paper("次第", 2)),
            Enclosure(_paper("宿題一覧", 3, landscape=True), "資料1"),
            Enclosure(_paper("開催通知", 1, letters=True), "資料2"),
        ),
    )


@pytest.fixture
def opened(packet: Report, tmp_path: Path) -> pypdf.PdfReader:
    """The packet as a PDF, opened again."""
    pdf.render(packet, tmp_path / "packet.pdf")
    return pypdf.PdfReader(tmp_path / "packet.pdf")


def test_every_page_tells_its_place_in_its_paper_and_in_the_whole(opened: pypdf.PdfReader) -> None:
    pages = [page.extract_text() for page in opened.pages]
    assert len(pages) == 7
    assert all(f"通し {number} / 7" in page for number, page in enumerate(pages, 1))
    assert "2 / 2" in pages[2]
    assert "3 / 3" in pages[5]
    assert [("資料1" in page, "資料2" in page) for page in pages[3:]] == [(True, False)] * 3 + [(False, True)]


def test_the_first_page_lists_what_is_enclosed_and_where_it_begins(opened: pypdf.PdfReader) -> None:
    words = opened.pages[0].extract_text().split()
    listed = words[words.index("資料番号") :]
    assert [
        listed[listed.index(title) : listed.index(title) + 3] for title in ("次第", "宿題一覧", "開催通知")
    ] == [
        ["次第", "2", "2"],
        ["宿題一覧", "4", "3"],
        ["開催通知", "7", "1"],
    ]


def test_each_paper_keeps_the_direction_of_its_sheets(opened: pypdf.PdfReader) -> None:
    assert [page.mediabox.width > page.mediabox.height for page in opened.pages] == [
        False,
        False,
        False,
        True,
        True,
        True,
        False,
    ]


def test_bookmarks_lead_to_each_paper_and_below_it_to_its_sections(opened: pypdf.PdfReader) -> None:
    def spelled(entries: list[Any]) -> list[Any]:
        return [
            spelled(one)
            if isinstance(one, list)
            else (one["/Title"], opened.get_destination_page_number(one))
            for one in entries
        ]

    assert spelled(opened.outline) == [
        ("資料一覧", 0),
        ("次第", 1),
        [("内容", 1)],
        ("資料1　宿題一覧", 3),
        [("内容", 3)],
        ("資料2　開催通知", 6),
        [("内容", 6)],
    ]


def test_as_text_the_papers_follow_one_another_with_their_numbers(packet: Report) -> None:
    text = to_text(packet)
    places = [
        text.index(word)
        for word in ("会議一式", "次第の本文", "［資料1］", "宿題一覧の3枚目", "［資料2］", "開催通知の本文")
    ]
    assert places == sorted(places)


def test_a_packet_or_label_sheets_cannot_be_enclosed(packet: Report) -> None:
    labels = LabelSheet(LabelGrid(2, 2, 80, 40, 10, 10), (Label(("横浜市",), ("団体",)),))
    for one in (packet, replace(_paper("宛名", 1), sections=(Section("", (labels,)),))):
        with pytest.raises(ValueError, match="cannot be enclosed"):
            Report("outer", "一式", (), enclosures=(Enclosure(one),))
