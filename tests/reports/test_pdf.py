"""The PDF as its readers find it: opened with pypdf and PDFium, its text what was typed, its fonts inside, its pages whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    Paragraph,
    Report,
    Row,
    RowKind,
    Run,
    Section,
    Series,
    Table,
    plain,
)
from reports.renderers import pdf

ReportOf = Callable[..., Report]

AWKWARD = (
    "𠮷田さんと髙﨑さん（①〜⑩、㈱・㍻）",
    "A & B <C> town",
    "x<y and z>w & <b>太字ではない</b> <br/>",
    "☑済み ☐まだ ✔よし",
    "葛\U000e0100城市の辻\U000e0101さん",
    "か\u3099と が、は\u309aと ぱ",
    "笑顔😀で",
    "(括弧) \\ 円記号 ¥ 50％ 〜 ～ － ― …… ――",
)


@pytest.fixture
def rendered(tmp_path: Path) -> Callable[[Report], Path]:
    """Renders a report and gives back the file."""

    def render(report: Report) -> Path:
        path = tmp_path / "report.pdf"
        pdf.render(report, path)
        return path

    return render


def squeezed(text: str) -> str:
    """``text`` without spaces and newlines, which a reader puts where lines end."""
    return "".join(text.split())


def page_texts(path: Path) -> list[str]:
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(path).pages]


def typed_texts(report: Report) -> Iterator[str]:
    """All that a person typed into ``report``."""
    for section in report.sections:
        yield section.title
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield plain(block.text)
                case Bullets():
                    yield from map(plain, block.items)
                case Facts():
                    yield from (part for label, text in block.pairs for part in (label, plain(text)))
                case Figures():
                    yield from (part for item in block.items for part in (item.label, item.value, item.note))
                case Table():
                    yield block.title
                    for row in block.rows:
                        for cell in row.cells:
                            if isinstance(cell.value, str | tuple):
                                yield plain(cell.value)
                case Chart():
                    yield block.title
                    yield block.summary


def test_everything_typed_is_found_again(sample_report: Report, rendered: Callable[[Report], Path]) -> None:
    path = rendered(sample_report)
    whole = "".join(page_texts(path))
    for text in typed_texts(sample_report):
        assert squeezed(text) in whole
    assert squeezed(sample_report.title) in whole
    assert "令和8年11月21日" in whole
    assert "令和元年5月1日" in whole
    assert "1,234.5" in whole


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_copied_as_it_was_typed(
    text: str, report_of: ReportOf, rendered: Callable[[Report], Path]
) -> None:
    table = Table((Column("頭"),), (Row((Cell(text),)),))
    path = rendered(report_of(Paragraph(text), table, Bullets((text,))))
    (page,) = page_texts(path)
    assert page.count(squeezed(text)) == 3


def test_pdfium_reads_the_same(report_of: ReportOf, rendered: Callable[[Report], Path]) -> None:
    text = "𠮷田さんと髙﨑さん（①〜⑩）、A & B <C> town、x<y and z>w、葛\U000e0100城市"
    document = pypdfium2.PdfDocument(rendered(report_of(Paragraph(text))))
    found = document[0].get_textpage().get_text_range()
    document.close()
    assert squeezed(text) in squeezed(found)


_TYPED = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Cf", "Co", "Zs", "Zl", "Zp"]),
    min_size=1,
    max_size=40,
)


@settings(max_examples=25)
@given(text=_TYPED)
def test_whatever_was_typed_is_copied_as_it_was_typed(
    text: str, report_of: ReportOf, rendered: Callable[[Report], Path]
) -> None:
    (page,) = page_texts(rendered(report_of(Paragraph(text))))
    assert squeezed(text) in page


def test_all_fonts_are_embedded(sample_report: Report, rendered: Callable[[Report], Path]) -> None:
    path = rendered(sample_report)
    assert b"Helvetica" not in path.read_bytes()
    names = set()
    for page in pypdf.PdfReader(path).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            found = font.get_object()
            assert "/FontFile2" in found["/FontDescriptor"].get_object()
            assert "/ToUnicode" in found
            names.add(str(found["/BaseFont"]).split("+")[1])
    assert names == {"BIZUDPGothic-Regular", "BIZUDPGothic-Bold", "NotoSansJP-Regular"}


def test_the_file_says_what_it_is(sample_report: Report, rendered: Callable[[Report], Path]) -> None:
    reader = pypdf.PdfReader(rendered(sample_report))
    assert reader.metadata is not None
    assert reader.metadata.title == sample_report.title
    assert reader.metadata.author == sample_report.issuer
    assert reader.metadata.subject == sample_report.subtitle
    assert reader.metadata.creator == "つながり帳"
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "ja-JP"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])


def test_bookmarks_follow_the_headings(sample_report: Report, rendered: Callable[[Report], Path]) -> None:
    reader = pypdf.PdfReader(rendered(sample_report))

    def titles(entries: list[Any]) -> list[Any]:
        return [titles(entry) if isinstance(entry, list) else entry.title for entry in entries]

    assert titles(reader.outline) == [
        "令和8年度の到達状況",
        "取組の柱ごとの到達状況",
        ["取組の柱1　つながる", "取組の柱2　支える"],
        "評価の段階",
        ["改定の案"],
    ]


def test_pages_are_numbered_and_marked(sample_report: Report, rendered: Callable[[Report], Path]) -> None:
    texts = page_texts(rendered(replace(sample_report, internal=True)))
    count = len(texts)
    assert count > 4
    for number, text in enumerate(texts, start=1):
        assert "見本" in text
        assert "内部用" in text
        assert (f"{number}/{count}" in text) is (number > 1)


def test_the_same_report_gives_the_same_bytes(sample_report: Report, tmp_path: Path) -> None:
    for name in ("one", "other"):
        pdf.render(sample_report, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_narrative_longer_than_a_page_runs_on_without_loss(
    report_of: ReportOf, rendered: Callable[[Report], Path]
) -> None:
    narrative = "".join(
        f"第{number}回の地区別交流会では、参加者から多くの声が寄せられました。" for number in range(1, 101)
    )
    assert len(narrative) > 3000
    table = Table(
        (Column("状況"), Column("備考", 2)),
        (Row((Cell(narrative), Cell(""))), Row((Cell("次"), Cell("の行")))),
    )
    texts = page_texts(rendered(report_of(table)))
    assert len(texts) > 2
    assert all(text.count("備考") == 1 for text in texts)
    assert _column_of(texts) == narrative + "次の行"


def _column_of(texts: list[str]) -> str:
    """The table's text on all pages, without its head and the running parts, which are painted after the body."""
    bodies = []
    for number, text in enumerate(texts, start=1):
        body = text.split("状況備考", 1)[1]
        running = f"{'小さな帳票' if number > 1 else ''}{number}/{len(texts)}"
        assert body.endswith(running)
        bodies.append(body.removesuffix(running))
    return "".join(bodies)


def test_heads_are_repeated_and_group_rows_never_stand_alone_at_the_foot(
    report_of: ReportOf, rendered: Callable[[Report], Path]
) -> None:
    rows = []
    for number in range(120):
        if number % 3 == 0:
            rows.append(Row((Cell(f"組{number}", span=2),), RowKind.GROUP))
        rows.append(Row((Cell(f"行{number}。"), Cell(number))))
    texts = page_texts(rendered(report_of(Table((Column("名称の列"), Column("数")), tuple(rows)))))
    assert len(texts) > 3
    for number, text in enumerate(texts, start=1):
        assert text.count("名称の列") == 1
        body = text.split("小さな帳票")[-1 if number == 1 else -2]
        assert not body.rstrip("0123456789/").endswith("組")


def test_a_heading_never_stands_alone_at_the_foot(
    report_of: ReportOf, rendered: Callable[[Report], Path]
) -> None:
    base = report_of()
    sections = tuple(
        Section(f"見出し{number}", (Paragraph("本文です。" * (number % 17 * 9 + 1)),), level=number % 3 + 1)
        for number in range(60)
    )
    texts = page_texts(rendered(replace(base, sections=sections)))
    for number, text in enumerate(texts, start=1):
        running = f"{base.title if number > 1 else ''}{number}/{len(texts)}"
        assert text.removesuffix(running).endswith("本文です。")


@pytest.mark.parametrize("rows", [1, 12, 60, 400])
@pytest.mark.parametrize("landscape", [False, True])
def test_one_page_holds_everything_whatever_its_length(
    rows: int, landscape: bool, report_of: ReportOf, rendered: Callable[[Report], Path]
) -> None:
    cells = tuple(
        Row((Cell(f"到達イメージ{number}番"), Cell("長い記述が続きます。" * 6))) for number in range(rows)
    )
    table = Table((Column("名称"), Column("状況", 3)), cells)
    report = report_of(Paragraph("前書き"), table, fit=Fit.ONE_PAGE, landscape=landscape, cover=True)
    path = rendered(report)
    (text,) = page_texts(path)
    assert text.count("番長い記述") == rows
    assert _ink_inside_the_sheet(path)


def _ink_inside_the_sheet(path: Path) -> bool:
    """Whether the outer 8 mm of the first page are blank."""
    document = pypdfium2.PdfDocument(path)
    image = document[0].render(scale=1.0, grayscale=True).to_pil()
    document.close()
    edge = 22
    inner = image.crop((edge, edge, image.width - edge, image.height - edge))
    darkest_inside = image.copy()
    darkest_inside.paste(255, (edge, edge, image.width - edge, image.height - edge))
    return inner.getextrema()[0] < 128 and darkest_inside.getextrema()[0] > 250


def test_nothing_runs_into_the_margins(sample_report: Report, rendered: Callable[[Report], Path]) -> None:
    document = pypdfium2.PdfDocument(rendered(sample_report))
    for index in range(len(document)):
        image = document[index].render(scale=1.0, grayscale=True).to_pil()
        left = image.crop((0, 0, 68, image.height))
        assert left.getextrema()[0] > 250, f"page {index + 1}: the punched margin is not blank"
    document.close()


def test_the_charts_words_and_numbers_are_text(
    report_of: ReportOf, rendered: Callable[[Report], Path]
) -> None:
    chart = Chart(
        ChartKind.STACKED_BAR,
        "到達状況",
        ("𠮷野地区", "髙田地区"),
        (Series("到達", (12, 0), Ink.LEVEL_4), Series("進行中", (7, 0), Ink.LEVEL_2)),
        "件",
        "𠮷野地区は19件です。",
    )
    (text,) = page_texts(rendered(report_of(chart)))
    for part in ("到達状況", "𠮷野地区", "髙田地区", "12", "7", "19件", "進行中", "𠮷野地区は19件です。"):
        assert part in text


def test_empty_reports_are_a_page_too(rendered: Callable[[Report], Path]) -> None:
    for report in (
        Report("x", "題だけ", ()),
        Report("x", "題だけ", (Section("", ()), Section("見出しだけ", ()))),
        Report(
            "x",
            "題だけ",
            (Section("", (Figures((Figure("数", "0"),)), Facts(()), Bullets(()), Paragraph(""))),),
        ),
        Report("x", "題だけ", (Section("表", (Table((Column("頭"),), ()),)),)),
    ):
        texts = page_texts(rendered(report))
        assert len(texts) == 1
        assert "題だけ" in texts[0]


def test_progress_rises_from_nothing_to_all(sample_report: Report, tmp_path: Path) -> None:
    told: list[float] = []
    pdf.render(sample_report, tmp_path / "a.pdf", told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > len(sample_report.sections)


def test_a_cell_of_runs_is_filled_like_a_cell_of_text(
    report_of: ReportOf, rendered: Callable[[Report], Path]
) -> None:
    text = (
        "休止していた地区のうち一つが、地域ケアプラザで再開しました。月に1回以上、集いの場が開かれています。"
        * 3
    )
    heights = []
    for value in (text, (Run(text),)):
        table = Table((Column("状況"), Column("根拠", 3)), (Row((Cell(value), Cell("記録"))),))
        (page,) = pypdf.PdfReader(rendered(report_of(table))).pages
        heights.append(page.extract_text().count("\n"))
    assert heights[0] == heights[1]
