"""Check sheets on the command line: written into a folder, read back from one, taken in, and told as JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.office import Office
from app.steps import queries
from reports import check_sheet
from ui import console

ROUND = "3"


@pytest.fixture
def ledger(sample_ledger: Path, tmp_path: Path) -> Path:
    return shutil.copyfile(sample_ledger, tmp_path / "見本.tsunagari")


@pytest.fixture
def returned(ledger: Path, tmp_path: Path) -> Path:
    """Of five who have not answered, three fill their sheets in, one of them with a word nobody knows; beside them lies a PDF."""
    folder = tmp_path / "返信"
    assert console.main(["sheets", str(ledger), "--round", ROUND, "--out", str(folder), "--missing"]) == 0
    for place, path in enumerate(sorted(folder.iterdir())[:3]):
        book = openpyxl.load_workbook(path)
        sheet = book["チェックシート"]
        for row in sheet.iter_rows():
            number = str(row[0].value or "")
            if len(number) == 3 and number[1] == "-":
                row[2].value = "◎" if place == 2 and number == "1-4" else "○"
        book.save(path)
    (folder / "答え.pdf").write_bytes(b"%PDF-1.7\n")
    return folder


def answered(ledger: Path) -> int:
    office = Office.open(ledger, "金沢 一郎")
    try:
        return office.ask(queries.round_row, int(ROUND)).answered
    finally:
        office.close()


def test_all_sheets_of_a_round_are_written(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.main(["sheets", str(ledger), "--round", ROUND, "--out", str(tmp_path / "送付")]) == 0
    written = capsys.readouterr().out.splitlines()
    assert len(written) == 31
    assert all(Path(path).is_file() for path in written)
    assert console.main(["sheets", str(ledger), "--round", ROUND, "--out", str(tmp_path / "送付")]) == 1
    assert "上書きしません" in capsys.readouterr().err


def test_a_round_that_is_not_there_is_told(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.main(["sheets", str(ledger), "--round", "99", "--out", str(tmp_path / "送付")]) == 1
    told = capsys.readouterr().err
    assert "番号「99」" in told
    assert "3（令和9年度 第2回・受付中）" in told
    assert console.main(["sheets", str(ledger), "--round", "三", "--out", str(tmp_path / "送付")]) == 1
    assert "三" in capsys.readouterr().err
    assert not (tmp_path / "送付").exists()


def test_ctrl_c_leaves_no_half_of_the_sheets_and_no_traceback(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []

    def write(_sheets: object, _order: object, _office: object, path: Path) -> None:
        if len(written) == 3:
            raise KeyboardInterrupt
        path.write_bytes(b"sheet")
        written.append(path)

    monkeypatch.setattr(check_sheet, "write", write)
    assert console.main(["sheets", str(ledger), "--out", str(tmp_path / "送付")]) == 130
    assert capsys.readouterr().err == "途中でやめました。\n"
    assert len(written) == 3
    assert not (tmp_path / "送付").exists()


def test_a_file_in_place_of_a_folder_is_told(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "シート.xlsx"
    file.write_bytes(b"x")
    assert console.main(["sheets", str(ledger), "--out", str(file)]) == 1
    assert console.main(["import", str(ledger), "sheets", str(file)]) == 1
    assert capsys.readouterr().err.count("フォルダーではなくファイルです") == 2
    assert file.read_bytes() == b"x"


def test_returns_are_told_file_by_file_and_nothing_is_written(
    ledger: Path, returned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = answered(ledger)
    capsys.readouterr()
    assert console.main(["import", str(ledger), "sheets", str(returned), "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["round"] == {"id": 3, "name": "令和9年度 第2回", "state": "open"}
    assert [one["state"] for one in told["files"]].count("read") == 2
    states = {one["file"]: one for one in told["files"]}
    assert states["答え.pdf"]["recognised"] is False
    (doubtful,) = [one for one in told["files"] if one["state"] == "doubtful"]
    assert (doubtful["answers_read"], doubtful["checkpoints"]) == (11, 12)
    (doubt,) = doubtful["doubts"]
    assert doubt["cell"].startswith("C")
    assert doubt["text"] == "◎"
    assert doubtful["asked"]["code"].startswith("2027-2-")
    assert len(told["missing"]) == 2
    assert told["applied"] == 0
    assert answered(ledger) == before


def test_returns_are_taken_in_and_the_doubtful_ones_on_demand(
    ledger: Path, returned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = answered(ledger)
    capsys.readouterr()
    assert console.main(["import", str(ledger), "sheets", str(returned), "--apply"]) == 0
    told = capsys.readouterr().out
    assert "取り込みました：2 枚" in told
    assert "確認が必要な 1 枚は取り込みません" in told
    assert answered(ledger) == before + 2
    assert console.main(["import", str(ledger), "sheets", str(returned), "--apply", "--doubtful"]) == 0
    assert "取り込みました：1 枚" in capsys.readouterr().out
    assert answered(ledger) == before + 3
    assert console.main(["import", str(ledger), "sheets", str(returned), "--apply"]) == 0
    assert "取り込むシートはありませんでした" in capsys.readouterr().out


def test_what_would_be_written_over_and_sheets_of_one_are_told(
    ledger: Path, returned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is sent on to an option that would not help."""
    assert console.main(["import", str(ledger), "sheets", str(returned), "--apply", "--doubtful"]) == 0
    first = sorted(path for path in returned.iterdir() if path.suffix == ".xlsx")[0]
    shutil.copy(first, returned / "もう一度.xlsx")
    book = openpyxl.load_workbook(returned / "もう一度.xlsx")
    row = next(row for row in book["チェックシート"].iter_rows() if row[0].value == "1-1")
    row[2].value = "×"
    book.save(returned / "もう一度.xlsx")
    capsys.readouterr()
    assert console.main(["import", str(ledger), "sheets", str(returned), "--apply", "--doubtful"]) == 0
    told = capsys.readouterr().out
    assert "1-1　○ できている → × まだ" in told
    assert "どれを使うかを決め" in told
    assert "--doubtful も付けてください" not in told


def test_a_round_that_is_closed_takes_none(
    ledger: Path, returned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from app.steps.operations import close_round

    office = Office.open(ledger, "金沢 一郎")
    held = office.ask(queries.round_row, 3)
    office.perform(close_round, held.id, held.version)
    office.close()
    assert console.main(["import", str(ledger), "sheets", str(returned), "--apply"]) == 1
    assert "受付中" in capsys.readouterr().err


def test_options_of_other_imports_are_refused(
    ledger: Path, returned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.main(["import", str(ledger), "sheets", str(returned), "--as-of", "R8.4.1"]) == 1
    assert "--as-of" in capsys.readouterr().err
    assert console.main(["import", str(ledger), "organisations", str(returned), "--doubtful"]) == 1
    assert "--doubtful" in capsys.readouterr().err
