"""The Word document, opened again: headings Word navigates by, Japanese type, tables, pictures with words, no text lost."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.text import clean
from reports import palette
from reports.document import (
    Bullets,
    Cell,
    Chart,
    ChartKind,
    Column,
    Facts,
    Figure,
    Figures,
    Fit,
    Ink,
    PageBreak,
    Paragraph,
    Report,
    Row,
    RowKind,
    Run,
    Section,
    Series,
    Table,
)
from reports.renderers.docx import render

TRICKY = st.text(
    st.sampled_from("𠮷髙①〜&<>=+-@\n\t あア漢zA9、'\"\x0b\ufeff") | st.characters(codec="utf-8"), max_size=60
)


@pytest.fixture
def written(sample_report: Report, tmp_path: Path) -> Document:
    """The sample report, read from its file."""
    path = tmp_path / "report.docx"
    render(sample_report, path)
    return docx.Document(str(path))


def _texts(document: Document) -> Iterator[str]:
    for paragraph in document.paragraphs:
        yield paragraph.text
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield cell.text


def test_headings_are_ones_that_word_navigates_by(written: Document) -> None:
    headings = [(one.style.name, one.text) for one in written.paragraphs if one.style and one.style.name]
    assert ("Title", "到達状況 進捗報告書") in headings
    assert ("Heading 1", "令和8年度の到達状況") in headings
    assert ("Heading 2", "取組の柱1　つながる") in headings
    assert ("Heading 3", "改定の案") in headings


def test_every_style_has_japanese_type_and_no_theme(written: Document) -> None:
    faces = list(written.styles.element.iter(qn("w:rFonts")))
    assert len(faces) > 20
    for one in faces:
        assert one.get(qn("w:eastAsia")) == "BIZ UDPゴシック"
        assert not [name for name in one.attrib if "heme" in str(name)]
    (language,) = written.styles.element.iter(qn("w:lang"))
    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("ja-JP", "ja-JP")


def test_page_header_and_footer(written: Document) -> None:
    section = written.sections[0]
    # Word counts in twentieths of a point.
    assert abs(int(section.page_width or 0) - Mm(210)) < 20_000
    assert section.header.paragraphs[0].text == "到達状況 進捗報告書\t【見本】"
    fields = [one.get(qn("w:instr")) for one in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_landscape_turns_the_sheet(report_of: Callable[..., Report], tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    render(report_of(landscape=True, internal=True), path)
    document = docx.Document(str(path))
    section = document.sections[0]
    assert int(section.page_width or 0) > int(section.page_height or 0)
    assert "【内部用】" in section.header.paragraphs[0].text


def test_short_rows_stay_whole_and_long_ones_may_break(
    report_of: Callable[..., Report], tmp_path: Path
) -> None:
    path = tmp_path / "a.docx"
    rows = tuple(Row((Cell("到達イメージ"), Cell("状況の文です。" * count))) for count in (6, 200))
    render(report_of(Table((Column("名称"), Column("状況", 2)), rows)), path)
    _, short, long = docx.Document(str(path)).tables[0].rows
    assert short._tr.trPr.find(qn("w:cantSplit")) is not None
    assert long._tr.trPr is None


def test_a_short_list_stays_together(report_of: Callable[..., Report], tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    render(report_of(Bullets(("一つめ", "二つめ", "三つめ"))), path)
    found = [one for one in docx.Document(str(path)).paragraphs if "つめ" in one.text]
    assert [one.paragraph_format.keep_with_next for one in found] == [True, True, False]


def test_a_cover_parts_the_subtitle_where_it_is_parted(
    report_of: Callable[..., Report], tmp_path: Path
) -> None:
    path = tmp_path / "a.docx"
    render(report_of(cover=True, subtitle="令和9年度　第5期 指針（令和8年度～令和12年度）"), path)
    paragraphs: list[Any] = docx.Document(str(path)).paragraphs
    (subtitle,) = (one for one in paragraphs if one.style.name == "Subtitle")
    assert subtitle.text.split("\n") == ["令和9年度", "第5期 指針（令和8年度～令和12年度）"]


def test_no_column_is_narrower_than_its_head(report_of: Callable[..., Report], tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    columns = (Column("状況", 9), Column("令和12年度", 1), Column("根拠", 9))
    render(report_of(Table(columns, (Row((Cell("文"), Cell("到達"), Cell("記録"))),))), path)
    grid: Any = docx.Document(str(path)).tables[0]._tbl.tblGrid
    assert int(grid[1].get(qn("w:w"))) / 20 > 9 * 5 + 6


def test_tables_repeat_their_heads(written: Document) -> None:
    table: Any = next(one for one in written.tables if one.rows[0].cells[0].text == "番号")
    head, body = table.rows[0]._tr, table.rows[2]._tr
    assert head.trPr.find(qn("w:tblHeader")) is not None
    assert body.trPr.find(qn("w:tblHeader")) is None
    widths = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid]
    assert widths[4] > widths[1] > widths[0]
    assert table.rows[1]._tr.tc_lst[0].grid_span == 6


def test_ratings_are_tinted_and_their_words_readable(written: Document) -> None:
    cell: Any = next(
        cell
        for table in written.tables
        for row in table.rows
        for cell in row.cells
        if cell.text == "■■■■ 到達"
    )
    assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == palette.colour(Ink.LEVEL_4).removeprefix("#")
    colour = cell.paragraphs[0].runs[0].font.color.rgb
    assert str(colour) == palette.on(Ink.LEVEL_4).removeprefix("#")


def test_manner_of_runs_is_kept(written: Document) -> None:
    runs = {
        run.text: run
        for table in written.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
    }
    assert runs["団体"].font.strike
    assert runs["団体・個人"].underline
    assert runs["23名"].bold
    assert not runs["地域の"].underline


def test_charts_can_be_read_without_seeing_them(written: Document) -> None:
    pictures: list[Any] = list(written.inline_shapes)
    assert [one._inline.docPr.get("descr") for one in pictures] == [
        "つながるは6件中4件が到達または概ね到達です。",
        "到達した件数は5件から12件に増えました。",
        "支えるは増えていません。",
    ]
    texts = list(_texts(written))
    assert "つながるは6件中4件が到達または概ね到達です。" in texts
    assert "単位：件" in texts


def test_charts_are_drawn_as_on_paper(report_of: Callable[..., Report], tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    chart = Chart(ChartKind.BAR, "図", ("𠮷野", "今年"), (Series("件数", (2, 5), Ink.LEVEL_4),), "件")
    render(report_of(chart), path)
    document = docx.Document(str(path))
    parts = [part for part in document.part.package.iter_parts() if part.content_type == "image/png"]
    picture = Image.open(BytesIO(parts[0].blob)).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1_000_000) or []}
    assert (0x7A, 0x1E, 0x4E) in colours
    assert (255, 255, 255) in colours
    assert picture.width >= 1200


def test_new_pages_begin_where_they_should(report_of: Callable[..., Report], tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    facts = Facts((("日時", "今日"),))
    sections = (
        Section("一", (Paragraph("あ"), PageBreak(), Paragraph("い"), PageBreak(), facts), new_page=True),
        Section("二", (), new_page=True),
    )
    render(report_of(sections=sections, cover=True), path)
    broken = [one for one in docx.Document(str(path)).paragraphs if one.paragraph_format.page_break_before]
    assert [one.text for one in broken] == ["一", "い", "", "二"]


def test_file_says_what_it_is_and_is_the_same_twice(sample_report: Report, tmp_path: Path) -> None:
    one, two = tmp_path / "1.docx", tmp_path / "2.docx"
    heard: list[float] = []
    render(sample_report, one, heard.append)
    render(sample_report, two)
    assert one.read_bytes() == two.read_bytes()
    assert heard[-1] == 1.0
    properties = docx.Document(str(one)).core_properties
    assert (properties.title, properties.author) == ("到達状況 進捗報告書", "健やか子育て連絡会 事務局")
    assert properties.language == "ja-JP"
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == datetime(2026, 11, 21, 12)


@settings(max_examples=25)
@given(typed=TRICKY)
def test_no_text_is_lost(typed: str) -> None:
    manner = (Run(typed, bold=True), Run("と"), Run(typed, underline=True))
    rows = (Row((Cell(typed, span=2),), RowKind.GROUP), Row((Cell(typed), Cell(manner))))
    blocks = (
        Paragraph(typed),
        Bullets((typed,), ordered=True),
        Facts(((typed, typed),)),
        Figures((Figure(typed, typed, typed),)),
        Table((Column("見出し"), Column(typed)), rows),
    )
    kept = clean(typed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.docx"
        render(Report(id="x", title=typed, sections=(Section("", blocks),), issuer=typed), path)
        texts = list(_texts(docx.Document(str(path))))
    assert texts.count(kept) >= (11 if kept else 1)
    assert texts.count(f"{kept}と{kept}") == 1


def test_a_report_for_one_page_is_small_and_says_its_numbers_in_words(
    report_of: Callable[..., Report], tmp_path: Path
) -> None:
    path = tmp_path / "a.docx"
    chart = Chart(
        ChartKind.BAR, "図", ("昨年", "今年"), (Series("件数", (None, 5), Ink.LEVEL_4),), "件", "増えた。"
    )
    render(report_of(Paragraph("本文"), chart, fit=Fit.ONE_PAGE), path)
    document = docx.Document(str(path))
    (picture,) = list[Any](document.inline_shapes)
    assert picture._inline.docPr.get("descr") == "増えた。\n昨年：件数－件。今年：件数5件。"
    normal: Any = document.styles["Normal"]
    assert normal.font.size.pt < 9
    assert not document.tables
