"""Plain text: what a report reads like in a mail, and that nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.text import clean
from reports.document import (
    Align,
    Bullets,
    Cell,
    Chart,
    ChartKind,
    Column,
    Facts,
    Ink,
    Paragraph,
    Report,
    Row,
    RowKind,
    Run,
    Section,
    Series,
    Table,
    TextStyle,
)
from reports.renderers.text import LINE_WIDTH, render, to_text
from reports.renderers.text_width import columns_of

TRICKY = st.text(
    st.sampled_from("𠮷髙①〜&<>=+-@\n\t あア漢zA9、_'\"\x0b\ufeff") | st.characters(codec="utf-8"),
    max_size=60,
)


def test_the_whole_report_reads_as_it_always_did(
    sample_report: Report, matches_golden: Callable[[str, str], None]
) -> None:
    matches_golden("sample_report", to_text(sample_report))


def test_the_file_opens_in_the_windows_editor(sample_report: Report, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    heard: list[float] = []
    render(sample_report, path, heard.append)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf" + "【見本】\r\n".encode())
    assert b"\r\r" not in raw
    assert raw.decode("utf-8-sig").replace("\r\n", "\n") == to_text(sample_report)
    assert heard[-1] == 1.0


def test_columns_line_up_under_wide_heads(report_of: Callable[..., Report]) -> None:
    table = Table(
        (Column("番号"), Column("団体の名前"), Column("件数", align=Align.RIGHT)),
        (
            Row((Cell("1"), Cell("ひろば"), Cell(5))),
            Row((Cell("2"), Cell("ABC子育ての会"), Cell(1234))),
            Row((Cell("計", span=2), Cell(1239)), RowKind.TOTAL),
        ),
    )
    lines = to_text(report_of(table)).splitlines()[-6:]
    assert lines[0] == "番号  団体の名前      件数"
    assert lines[-1].endswith("1,239")
    assert len({columns_of(line) for line in lines if line and not line.startswith("-")}) == 1


def test_long_rows_become_labelled_blocks(report_of: Callable[..., Report]) -> None:
    long = "とても長い記述です。" * 10
    table = Table((Column("番号"), Column("状況")), (Row((Cell("1"), Cell(long))),))
    text = to_text(report_of(table))
    assert f"  状況：{long}" in text
    assert max(map(columns_of, text.split(long)[0].splitlines())) <= LINE_WIDTH


def test_numbers_and_dates_read_as_on_paper(report_of: Callable[..., Report]) -> None:
    row = Row((Cell(1234567), Cell(97.6), Cell(3.0), Cell(date(2019, 5, 1)), Cell(None)))
    text = to_text(report_of(Table(tuple(Column(name) for name in "あいうえお"), (row,))))
    assert text.splitlines()[-1].split() == ["1,234,567", "97.6", "3", "令和元年5月1日"]


def test_what_plain_text_cannot_show_is_said(report_of: Callable[..., Report]) -> None:
    runs = (Run("前は"), Run("団体", struck=True), Run("個人", underline=True), Run("です", bold=True))
    assert "前は〔取消：団体〕〔下線：個人〕です" in to_text(report_of(Paragraph(runs)))


def test_a_chart_is_its_summary_and_its_numbers(report_of: Callable[..., Report]) -> None:
    chart = Chart(
        ChartKind.BAR,
        "推移",
        ("昨年", "今年"),
        (Series("件数", (None, 3.0), Ink.LEVEL_3),),
        "件",
        "増えました。",
    )
    lines = to_text(report_of(chart)).splitlines()
    assert "増えました。" in lines
    assert lines[-4] == "単位：件  件数"
    assert lines[-1].split() == ["今年", "3"]


def test_marks_stand_first(report_of: Callable[..., Report]) -> None:
    assert to_text(report_of(sample=True, internal=True)).startswith("【見本】【内部用】\n小さな帳票\n")


@settings(max_examples=60)
@given(typed=TRICKY)
def test_no_text_is_lost(typed: str) -> None:
    table = Table((Column("見出し"), Column(typed)), (Row((Cell(typed), Cell((Run(typed, bold=True),)))),))
    blocks = (Paragraph(typed, TextStyle.NOTE), Bullets((typed,)), Facts(((typed, typed),)), table)
    text = to_text(Report(id="x", title="題", sections=(Section("", blocks),)))
    lines = [line.rstrip(" ") for line in clean(typed).split("\n")]
    for line in lines:
        assert text.count(line) >= 5
