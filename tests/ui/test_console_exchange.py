"""Rosters on the command line: a preview by default, for people and for machines; taken in on request; sent out."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app import ledgers
from ui import console


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A new ledger."""
    path = tmp_path / "台帳.tsunagari"
    ledgers.create(path, "金沢 一郎", lambda: datetime(2026, 11, 21, 9)).close()
    return path


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A roster with one thing of every kind."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名簿"
    for row in (
        ["会員名簿"],
        ["団体名", "電話", "代表者", "好きな色"],
        ["髙﨑ひろば", "０４５－１１１－１１１１", "会長 山田 太郎", "赤"],
        ["乙サロン", 451112222, None, None],
        ["丙園", None, None, None],
        ["丙　園", None, None, None],
        ["合計", 3, None, None],
    ):
        sheet.append(row)
    path = tmp_path / "名簿.xlsx"
    book.save(path)
    return path


def test_a_preview_writes_nothing_and_names_every_place(
    ledger: Path, roster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = ledger.read_bytes()
    assert console.main(["import", str(ledger), "organisations", str(roster)]) == 0
    told = capsys.readouterr()
    assert "追加 2、変更 0、確認が必要 2、変わらない 0" in told.out
    assert "--apply" in told.out
    assert "取り込めないもの：5 件" in told.out
    assert "「名簿」B4「451112222」" in told.out
    assert "「名簿」D2「好きな色」" in told.out
    assert told.err == ""
    assert ledger.read_bytes() == before


def test_what_was_taken_in_and_what_was_left_out_stand_side_by_side(
    ledger: Path, roster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.main(["import", str(ledger), "organisations", str(roster), "--apply"]) == 0
    told = capsys.readouterr().out.splitlines()
    done = told.index("取り込みました：追加 2、変更 0 団体、担当者・代表者 1 人")
    assert [line.split("」")[1] for line in told if line.startswith("追加 ")] == [
        "A3「髙﨑ひろば",
        "A4「乙サロン",
    ]
    assert told[done + 1] == "取り込まなかったもの：5 件"
    left_out = told[done + 2 :]
    assert len(left_out) == 5
    for line, (kind, place) in zip(
        left_out,
        (
            ("確認が必要", "「名簿」A5「丙園」"),
            ("確認が必要", "「名簿」A6「丙　園」"),
            ("読めない列", "「名簿」D2「好きな色」"),
            ("読めないセル", "「名簿」B4「451112222」"),
            ("読み飛ばした行", "「名簿」A7 "),
        ),
        strict=True,
    ):
        start, _, reason = line.partition(place)
        assert start.strip() == kind
        assert reason.strip()
    told_again = _json(capsys, "import", str(ledger), "organisations", str(roster), "--apply", "--json")
    assert told_again["imported"] is None
    assert {one["cell"]: bool(one["reason"]) for one in told_again["conflicting"]} == {"A5": True, "A6": True}


def test_machines_read_every_row_with_sheet_and_cell(
    ledger: Path, roster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _json(capsys, "import", str(ledger), "organisations", str(roster), "--json")
    assert told["applied"] is False
    assert [(row["sheet"], row["cell"], row["name"]) for row in told["added"]] == [
        ("名簿", "A3", "髙﨑ひろば"),
        ("名簿", "A4", "乙サロン"),
    ]
    cells = {
        cell["field"]: (cell["cell"], cell["before"], cell["after"]) for cell in told["added"][0]["cells"]
    }
    assert cells["organisation.telephone"] == ("B3", "", "045-111-1111")
    assert cells["representative.name"] == ("C3", "", "山田 太郎（会長）")
    assert told["changed"] == []
    assert [(one["sheet"], one["cell"]) for one in told["conflicting"]] == [("名簿", "A5"), ("名簿", "A6")]
    assert {(one["sheet"], one["cell"]) for one in told["not_understood"]} == {("名簿", "D2"), ("名簿", "B4")}
    assert [one["cell"] for one in told["skipped"]] == ["A7"]


def test_what_was_shown_is_taken_in_and_comes_back_unchanged(
    ledger: Path, roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = _json(capsys, "import", str(ledger), "organisations", str(roster), "--apply", "--json")
    assert (taken["applied"], taken["imported"]) == (True, {"added": 2, "changed": 0, "people": 1})
    for name, *options in (
        ("a.xlsx", "--format", "xlsx"),
        ("a.csv", "--format", "csv"),
        ("b.csv", "--format", "csv", "--encoding", "cp932"),
    ):
        out = tmp_path / name
        assert console.main(["export", str(ledger), "organisations", *options, "--out", str(out)]) == 0
        assert capsys.readouterr().out.strip() == str(out)
        told = _json(capsys, "import", str(ledger), "organisations", str(out), "--json")
        assert told["counts"] == {
            "added": 0,
            "changed": 0,
            "conflicting": 0,
            "unchanged": 2,
            "not_understood": 0,
            "notices": 0,
            "skipped": 0,
        }
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "髙﨑ひろば" in (tmp_path / "b.csv").read_text("cp932")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["import", "LEDGER", "people", "x.xlsx"], "「people」は扱えません"),
        (["import", "LEDGER", "organisations", "x.xlsx"], "見つかりません"),
        (["import", "LEDGER", "organisations", "LEDGER"], "Excelブック"),
        (["import", "LEDGER", "organisations", "ROSTER", "--sheet", "なし"], "「なし」シート"),
        (["import", "LEDGER", "organisations", "ROSTER", "--as-of", "来年"], "日付として読めません"),
        (["export", "LEDGER", "organisations", "--format", "pdf"], "「pdf」の形式では"),
        (["export", "LEDGER", "organisations", "--encoding", "cp932"], "CSV だけ"),
        (
            ["export", "LEDGER", "organisations", "--format", "csv", "--encoding", "latin"],
            "「latin」は使えません",
        ),
    ],
)
def test_wrong_input_is_explained_and_ends_with_1(
    ledger: Path, roster: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    given = {"LEDGER": str(ledger), "ROSTER": str(roster)}
    before = ledger.read_bytes()
    assert console.main([given.get(one, one) for one in arguments]) == 1
    assert told in capsys.readouterr().err
    assert ledger.read_bytes() == before


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert console.main(list(arguments)) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found
