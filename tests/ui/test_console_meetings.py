"""Meetings on the command line: each of their papers by ``--option meeting=ID``, the calendar file, and all of it in ``dump``."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import icalendar
import pytest

from app.meetings import queries
from app.office import Office
from reports import catalogue
from ui import console

PAPERS = (
    "notice",
    "agenda",
    "attendees",
    "minutes",
    "action_list",
    "digest",
    "mail",
    "packet",
    "place_cards",
)


@pytest.fixture
def ledger(sample_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample ledger in the current folder."""
    monkeypatch.chdir(tmp_path)
    return shutil.copyfile(sample_ledger, tmp_path / "見本.tsunagari")


@pytest.fixture
def meeting(ledger: Path) -> queries.MeetingRow:
    """令和9年度第2回全体会."""
    office = Office.open(ledger, "金沢 一郎")
    rows = office.ask(queries.meetings, 2027)
    office.close()
    return next(one for one in rows if one.name == "令和9年度第2回全体会")


@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_is_made_for_the_meeting_that_is_asked_for(
    ledger: Path, meeting: queries.MeetingRow, paper: str, tmp_path: Path
) -> None:
    for fmt in catalogue.find(paper).formats:
        target = tmp_path / f"{paper}_{fmt.value}{fmt.suffix}"
        asked = ["--option", f"meeting={meeting.id}", "--format", fmt.value, "--out", str(target)]
        assert console.main(["report", str(ledger), paper, *asked]) == 0
        assert target.stat().st_size > 0
    text = (tmp_path / f"{paper}_txt.txt").read_text("utf-8-sig")
    assert meeting.name in text


def test_a_meeting_that_is_not_there_is_told(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["report", str(ledger), "minutes", "--option", "meeting=999"]) == 1
    assert "999" in capsys.readouterr().err
    for wrong in ("次回", "9" * 30):
        assert console.main(["report", str(ledger), "minutes", "--option", f"meeting={wrong}"]) == 1
        assert "会議の番号ではありません" in capsys.readouterr().err


def test_the_meetings_of_a_year_leave_as_a_calendar_file(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.main(["export", str(ledger), "meetings", "--format", "ics", "--year", "R9"]) == 0
    name = capsys.readouterr().out.strip()
    assert name == "【見本】会議の予定_令和9年度.ics"
    events = icalendar.Calendar.from_ical(Path(name).read_bytes()).events
    assert {str(one["summary"]) for one in events} >= {"令和9年度第1回全体会", "令和9年度第3回全体会"}
    assert all(
        date(2027, 4, 1) <= date.fromisoformat(f"{one.start:%Y-%m-%d}") <= date(2028, 3, 31) for one in events
    )
    assert console.main(["export", str(ledger), "meetings", "--out", "全部.ics"]) == 0
    assert len(icalendar.Calendar.from_ical(Path("全部.ics").read_bytes()).events) > len(events)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["meetings", "--format", "docx"], "使える形式：ics"),
        (["meetings", "--encoding", "cp932"], "文字コード"),
        (["meetings", "--year", "来年"], "年度として読めません"),
        (["meetings", "--year", "R2"], "開催日の決まった会議がありません"),
        (["organisations", "--year", "R9"], "会議だけ"),
    ],
)
def test_what_cannot_leave_is_told_with_the_way_on(
    ledger: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(ledger.parent.iterdir())
    assert console.main(["export", str(ledger), *words]) == 1
    assert told in capsys.readouterr().err
    assert set(ledger.parent.iterdir()) == before


def test_the_dump_holds_meetings_agendas_attendances_and_homework(
    ledger: Path, meeting: queries.MeetingRow, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.main(["dump", str(ledger)]) == 0
    dump = json.loads(capsys.readouterr().out)
    assert (
        next(row for row in dump["meeting"] if row["id"] == meeting.id)["place"] == "見本区役所 5階 大会議室"
    )

    def of_meeting(table: str) -> list[dict[str, object]]:
        return [row for row in dump[table] if row["meeting_id"] == meeting.id]

    assert "場に行きにくい家庭（届いた声から）" in {row["title"] for row in of_meeting("agenda_item")}
    assert len(of_meeting("attendance")) > 30
    assert "通訳に協力できる保護者がいるか、園長会で聞く" in {
        row["what"] for row in of_meeting("action_item")
    }
    assert of_meeting("statement")
    assert dump["voice"]
    assert dump["share_back"]
