"""The command line as a person or a script uses it: what it prints, what it leaves behind, how it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.calendar import parse_date
from app.meetings import queries as meeting_queries
from app.office import Office
from reports import catalogue
from reports.export import Format
from ui import console
from ui.console_papers import sample_options

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``demo`` fills; a ledger of the sample's name lies there already."""
    folder = tmp_path_factory.mktemp("見本")
    (folder / "見本.tsunagari").write_text("大事な台帳")
    assert console.main(["demo", str(folder)]) == 0
    return folder


@pytest.fixture
def ledger(demo: Path, tmp_path: Path) -> Path:
    """A copy of the sample ledger."""
    return Path(shutil.copy(demo / "見本（2）.tsunagari", tmp_path / "台帳.tsunagari"))


def test_demo_writes_the_ledger_and_every_paper(demo: Path) -> None:
    written = Counter(path.suffix for path in demo.iterdir() if path.is_file())
    offered = Counter(fmt.suffix for entry in catalogue.entries() for fmt in entry.formats)
    assert {suffix: written[suffix] for suffix in offered} == offered
    for name in ("開催通知", "席札・名札", "欠席団体への共有票"):
        (paper,) = demo.glob(f"*{name}*.pdf")
        assert len(PdfReader(paper).pages) > 1, "a paper of the sample shows what the paper is like"


def test_demo_never_replaces_a_ledger(demo: Path) -> None:
    assert (demo / "見本.tsunagari").read_text() == "大事な台帳"


def test_demo_is_the_same_every_time(ledger: Path, sample_ledger: Path, tmp_path: Path) -> None:
    another = shutil.copy(sample_ledger, tmp_path / "もう一つ.tsunagari")
    dumps = [json.loads(_run("dump", str(one)).stdout) for one in (ledger, another)]
    assert dumps[0] == dumps[1]


def test_a_paper_is_the_same_every_time(
    demo: Path, sample_ledger: Path, sample_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each PDF of the demo, made from another sample by ``report`` with the same choices."""
    another = shutil.copy(sample_ledger, tmp_path / "もう一つ.tsunagari")
    monkeypatch.chdir(tmp_path)
    for entry in catalogue.entries():
        if Format.PDF in entry.formats:
            chosen = [
                f"--option={key}={value}" for key, value in sample_options(entry, sample_office).items()
            ]
            assert console.main(["report", str(another), entry.id, "--fiscal-year", "R9", *chosen]) == 0
    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.pdf")}
    assert made == {path.name: path.read_bytes() for path in demo.glob("*.pdf")}


def test_the_demo_invites_people_before_they_have_to_answer(sample_office: Office) -> None:
    chosen = sample_options(catalogue.find("notice"), sample_office)
    to_come = sample_office.ask(meeting_queries.meeting, int(chosen["meeting"]))
    assert to_come.answer_by is not None
    assert parse_date(chosen["issued_on"]) < to_come.answer_by


@pytest.mark.parametrize("fmt", ["pdf", "xlsx", "docx", "txt", "data-xlsx"])
def test_a_report_leaves_in_every_format(ledger: Path, tmp_path: Path, fmt: str) -> None:
    out = tmp_path / f"報告.{fmt.removeprefix('data-')}"
    arguments = [
        "report",
        str(ledger),
        "progress",
        "--fiscal-year",
        "2026",
        "--format",
        fmt,
        "--out",
        str(out),
    ]
    assert console.main(arguments) == 0
    assert out.stat().st_size > 1000


def test_the_fiscal_year_is_read_as_people_write_it(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert (
        console.main(["report", str(ledger), "progress", "--fiscal-year", "令和８年度", "--out", str(out)])
        == 0
    )
    assert "令和8年度のまとめ" in PdfReader(out).pages[1].extract_text()


def test_what_should_be_looked_at_is_said_beside_the_paper(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "a.pdf")
    assert console.main(["report", str(ledger), "progress", "--fiscal-year", "2040", "--out", out]) == 0
    captured = capsys.readouterr()
    assert captured.out.strip() == out
    assert "計画の期間の外" in captured.err
    assert "ほか" in captured.err


def test_options_reach_the_paper(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    given = [
        "report",
        str(ledger),
        "progress",
        "--fiscal-year",
        "2027",
        "--format",
        "data-xlsx",
        "--out",
        str(out),
    ]
    assert console.main([*given, "--option", "audience=internal"]) == 0
    heads = [cell.value for cell in next(load_workbook(out)["到達状況"].iter_rows())]
    assert "確認した人" in heads


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["report", "LEDGER", "nothing"], "「nothing」という帳票はありません"),
        (["report", "LEDGER", "progress", "--format", "doc"], "「doc」の形式では書き出せません"),
        (["report", "LEDGER", "progress", "--fiscal-year", "来年"], "来年"),
        (["report", "LEDGER", "progress", "--option", "audience"], "名前=値"),
        (["report", "LEDGER", "progress", "--option", "audience=x"], "「x」は選べません"),
        (["report", "nowhere.tsunagari", "progress"], "見つかりません"),
        (["new", "LEDGER"], "上書きはしません"),
        (["unknown"], "使い方は --help"),
        (["report"], "使い方は --help"),
        (["new", "x.tsunagari", "--plan", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_wrong_input_is_explained_and_ends_with_1(
    ledger: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = ledger.read_bytes()
    code = _code([str(ledger) if one == "LEDGER" else one for one in arguments])
    captured = capsys.readouterr()
    assert code == 1
    assert told in captured.err
    assert captured.out == ""
    assert ledger.read_bytes() == before


def test_a_new_ledger_holds_the_plan(tmp_path: Path) -> None:
    made = tmp_path / "新しい.tsunagari"
    plan = ROOT / "resources" / "plans" / "kanazawa-ward-5.toml"
    assert console.main(["new", str(made), "--plan", str(plan)]) == 0
    dump = json.loads(_run("dump", str(made)).stdout)
    assert sum(row["kind"] == "outcome" for row in dump["plan_item"]) == 25


def test_backup_restore_and_check(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "控え"
    assert console.main(["backup", str(ledger), str(folder)]) == 0
    (backup,) = folder.glob("*.tsunagari")
    ledger.write_bytes(b"damaged")
    assert console.main(["check", str(ledger)]) != 0
    assert console.main(["restore", str(backup), str(ledger)]) == 0
    assert console.main(["check", str(ledger)]) == 0
    assert console.main(["migrate", str(ledger)]) == 0
    assert "すでにこの版" in capsys.readouterr().out
    assert b"damaged" in [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]


def test_a_damaged_ledger_ends_with_2_and_is_left_alone(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(ledger.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    ledger.write_bytes(content)
    assert console.main(["dump", str(ledger)]) == 2
    assert "バックアップ" in capsys.readouterr().err
    assert ledger.read_bytes() == bytes(content)


def test_help_is_japanese(capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["--help"]) == 0
    out = capsys.readouterr().out
    for command in ("demo", "report", "dump", "new", "check", "backup", "restore", "migrate"):
        assert command in out
    assert "見本の台帳" in out
    assert "show this help" not in out
    assert "usage:" not in out


def test_the_self_test_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["--self-test"]) == 0
    assert "問題はありません" in capsys.readouterr().out


def test_no_command_loads_qt(ledger: Path) -> None:
    program = (
        "import sys; from ui import console;"
        f"code = console.main(['report', {str(ledger)!r}, 'progress', '--fiscal-year', '2027', '--out', 'x.pdf']);"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]; sys.exit(code)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ledger.parent,
        env=_environment(),
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr.decode()


def _code(arguments: list[str]) -> int:
    try:
        return console.main(arguments)
    except SystemExit as end:
        return int(end.code or 0)


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )


def _environment() -> dict[str, str]:
    import os

    return os.environ | {"PYTHONPATH": str(ROOT)}
