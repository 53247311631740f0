"""Export: every format lands whole in its place; full disks, locked files and bad places leave the old file as it was."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError, MachineError
from reports import export, pdfium
from reports.document import Paragraph, Report
from reports.export import Format, another_name, suggested_name, write
from reports.renderers import pdf

ReportOf = Callable[..., Report]

_OLD = "前に書き出したもの".encode()
_ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("fmt", Format)
def test_every_format_lands_whole_and_alone(fmt: Format, sample_report: Report, tmp_path: Path) -> None:
    target = tmp_path / suggested_name(sample_report, fmt)
    target.write_bytes(_OLD)
    told: list[float] = []
    assert write(sample_report, fmt, target, told.append) == target
    assert list(tmp_path.iterdir()) == [target]
    assert told == sorted(told)
    if fmt is Format.PDF:
        assert pdfium.page_count(target) > 1
    elif fmt is Format.TXT:
        assert sample_report.title in target.read_text(encoding="utf-8-sig")
    else:
        with zipfile.ZipFile(target) as parts:
            assert parts.testzip() is None


def test_a_file_that_another_program_holds_open_stays_and_another_name_is_offered(
    report_of: ReportOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "報告.pdf"
    target.write_bytes(_OLD)
    (tmp_path / "報告(2).pdf").write_bytes(_OLD)
    tries = []

    def held(*_: object) -> None:
        tries.append(1)
        raise PermissionError(13, "held open")

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(export, "_PAUSE", 0.0)
    with pytest.raises(MachineError) as raised:
        write(report_of(Paragraph("本文")), Format.PDF, target)
    assert "報告.pdf" in raised.value.message
    assert "開かれている" in raised.value.message
    assert "報告(3).pdf" in raised.value.advice
    assert len(tries) > 1
    assert target.read_bytes() == _OLD
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_held_only_for_a_moment_is_waited_for(
    report_of: ReportOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "報告.pdf"
    tries = []
    exchange = os.replace

    def held_once(draft: Path, place: Path) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise PermissionError(13, "held open")
        exchange(draft, place)

    monkeypatch.setattr(os, "replace", held_once)
    write(report_of(Paragraph("本文")), Format.PDF, target)
    assert pdfium.page_count(target) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on file sizes exists on POSIX only")
@pytest.mark.parametrize("fmt", [Format.PDF, Format.XLSX, Format.DOCX, Format.TXT])
def test_a_full_disk_leaves_the_old_file_whole(fmt: Format, tmp_path: Path) -> None:
    target = tmp_path / f"報告{fmt.suffix}"
    target.write_bytes(_OLD)
    program = f"""
        import resource
        from pathlib import Path
        from app.errors import MachineError
        from reports.document import Paragraph, Report, Section
        from reports.export import Format, write
        report = Report("x", "題", (Section("見出し", (Paragraph("長い本文です。" * 400),)),))
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
        try:
            write(report, Format({fmt.value!r}), Path({str(target)!r}))
        except MachineError as error:
            print(error.message, error.exit_code)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert "空き容量が足りない" in done.stdout, done.stderr
    assert done.stdout.strip().endswith("2")
    assert target.read_bytes() == _OLD
    assert list(tmp_path.iterdir()) == [target]


def test_what_was_written_short_is_not_put_in_place(
    report_of: ReportOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "報告.pdf"
    target.write_bytes(_OLD)
    render = pdf.render

    def short(report: Report, path: Path, progress: object = None) -> None:
        render(report, path)
        os.truncate(path, 900)

    monkeypatch.setattr(pdf, "render", short)
    with pytest.raises(MachineError, match="正しく書けていません"):
        write(report_of(Paragraph("本文")), Format.PDF, target)
    assert target.read_bytes() == _OLD
    assert list(tmp_path.iterdir()) == [target]


def test_an_interrupted_export_leaves_nothing_behind(report_of: ReportOf, tmp_path: Path) -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(report_of(Paragraph("本文")), Format.PDF, tmp_path / "報告.pdf", stop)
    assert list(tmp_path.iterdir()) == []


def test_places_that_cannot_hold_a_file_are_named(report_of: ReportOf, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="フォルダーです"):
        write(report_of(), Format.PDF, tmp_path)
    with pytest.raises(InputError, match="がありません"):
        write(report_of(), Format.PDF, tmp_path / "ない" / "報告.pdf")


def test_suggested_names_bear_title_marks_and_ending(sample_report: Report) -> None:
    report = replace(sample_report, internal=True, subtitle="令和8年度")
    assert suggested_name(report, Format.PDF) == "【見本】【内部用】到達状況 進捗報告書_令和8年度.pdf"
    assert (
        suggested_name(report, Format.DATA_XLSX)
        == "【見本】【内部用】到達状況 進捗報告書_令和8年度（データ）.xlsx"
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("4/1〜9/30: 「案」? <改>", "4／1〜9／30： 「案」？ ＜改＞.pdf"),
        ("con", "_con.pdf"),
        ("NUL.2026", "_NUL.2026.pdf"),
        ("コン", "コン.pdf"),
        ("行\nまたぎ\x07", "行 またぎ.pdf"),
        ("..", "無題.pdf"),
        ("終わり. ", "終わり.pdf"),
    ],
)
def test_suggested_names_are_taken_by_every_system(title: str, name: str) -> None:
    assert suggested_name(Report("x", title, ()), Format.PDF) == name


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.sampled_from(Format))
def test_any_title_gives_a_name_that_a_file_can_bear(tmp_path: Path, title: str, fmt: Format) -> None:
    name = suggested_name(Report("x", title, ()), fmt)
    assert not set(name) & set('<>:"/\\|?*\n\t')
    assert len(name.encode()) <= 200
    assert name.endswith(fmt.suffix)
    assert Path(name).name == name
    place = tmp_path / name
    place.touch()
    place.unlink()


def test_another_name_is_one_that_is_free(tmp_path: Path) -> None:
    for name in ("報告.pdf", "報告(2).pdf"):
        (tmp_path / name).touch()
    assert another_name(tmp_path / "報告.pdf").name == "報告(3).pdf"
