"""会議録: in the order offices use, whole at any length, with rightly broken lines, and pleasant to edit in Word."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.meetings.minutes import ItemMinutes, LineValues, finalise, reopen, save_minutes
from app.meetings.operations import save_agenda
from app.meetings.queries import detail, meeting
from app.meetings.values import AgendaValues
from app.office import Office
from db.vocabulary import AgendaKind, StatementKind
from reports import catalogue
from reports.document import Bullets, Facts, Report, plain
from reports.export import Format, write
from reports.linebreaking import NO_END, NO_START
from reports.renderers.text import to_text

Paper = Callable[..., Report]
POINT, DECISION, ACTION = StatementKind.POINT, StatementKind.DECISION, StatementKind.ACTION
AWKWARD = "A & B <C> 𠮷野・髙﨑の会=1+1"
LINES = (
    LineValues(POINT, "=1+1 と <b>太字</b> & 「𠮷」。", "𠮷野 花子", emphasis="0-4"),
    LineValues(POINT, "その理由。", "髙﨑", indent=1),
    LineValues(DECISION, "月1回ひらく。", "座長"),
    LineValues(ACTION, "ちらしを作る", assignee="そよかぜ 代理", due_on=date(2026, 7, 1)),
)


def _version(office: Office, meeting_id: int) -> int:
    return office.ask(meeting, meeting_id).version


def _write_down(office: Office, meeting_id: int, *items: tuple[LineValues, ...]) -> None:
    ids = [one.id for one in office.ask(detail, meeting_id).agenda]
    minutes = [ItemMinutes(item, lines) for item, lines in zip(ids, items, strict=False)]
    office.perform(save_minutes, meeting_id, minutes, _version(office, meeting_id))


def _pages(report: Report, folder: Path) -> list[str]:
    pages = PdfReader(write(report, Format.PDF, folder / "minutes.pdf")).pages
    return ["".join(page.extract_text().split()) for page in pages]


@pytest.fixture
def minutes(empty_office: Office, held: int, paper: Paper) -> Callable[..., Report]:
    """The paper on the meeting ``held``, after ``LINES`` were written down."""
    _write_down(empty_office, held, LINES)

    def make(**options: str) -> Report:
        return paper(empty_office, "minutes", 2026, meeting=str(held), **options)

    return make


def test_the_parts_come_in_the_order_that_offices_use(minutes: Callable[..., Report]) -> None:
    titles = [section.title or section.name for section in minutes().sections]
    assert titles == [
        "会議の概要",
        "出席者（7名）",
        "欠席者（1名）",
        "配布資料",
        "議題と要点",
        "1　報告",
        "2　話し合い",
        "決定事項",
        "宿題",
        "会議録の確認",
    ]
    text = to_text(minutes())
    assert "出席 7名（6団体）　欠席 1名" in text
    assert "令和8年6月10日(水) 午後1時30分～午後3時" in text
    handed_out = [line.removeprefix("・") for line in text.splitlines() if line.startswith("・資料")]
    assert handed_out == ["資料1　予定表", "資料2　地図"]


def test_everybody_is_told_in_the_manner_in_which_they_came(minutes: Callable[..., Report]) -> None:
    text = to_text(minutes())
    present, _, after = text.partition("■ 欠席者")
    absent = after.partition("■ 配布資料")[0]
    for told in (
        f"{AWKWARD}（代表 𠮷野 花子）",
        "そよかぜ（代理 次郎・代理）",
        "とおくの会（画面 三郎・オンライン）",
        "だれかの会",
        "見本大学（助言 七美）",
        "オブザーバー",
    ):
        assert told in present
    assert "やすみの家（欠席 六子）" in absent
    assert "六子" not in present


def test_names_can_be_left_out(minutes: Callable[..., Report]) -> None:
    text = to_text(minutes(attendees="no"))
    assert "六子" not in text
    assert "𠮷野 花子" not in text
    assert "出席 7名" in text


def test_who_said_what_stands_there_only_when_asked_for(minutes: Callable[..., Report]) -> None:
    assert "（𠮷野 花子）=1+1" not in to_text(minutes())
    told = to_text(minutes(speakers="yes"))
    assert "（𠮷野 花子）=1+1 と <b>太字</b> & 「𠮷」。" in told
    assert "【決定】（座長）月1回ひらく。" in told


def test_decisions_and_homework_are_marked_and_gathered(minutes: Callable[..., Report]) -> None:
    text = to_text(minutes())
    assert "・【決定】月1回ひらく。" in text
    assert "1. 月1回ひらく。（議題1）" in text
    assert "・【宿題】ちらしを作る（そよかぜ 代理、令和8年7月1日まで）" in text
    assert re.search(r"ちらしを作る +そよかぜ 代理 +令和8年7月1日", text)


def test_emphasis_stays_and_an_indented_line_stands_below_its_item(
    minutes: Callable[..., Report], tmp_path: Path
) -> None:
    section = next(one for one in minutes().sections if one.title.endswith("報告"))
    bullets = next(block for block in section.blocks if isinstance(block, Bullets))
    assert [plain(item) for item in bullets.items[:2]] == ["=1+1 と <b>太字</b> & 「𠮷」。", "その理由。"]
    assert bullets.levels == (0, 1, 0, 0)
    assert isinstance(bullets.items[0], tuple)
    assert [run.text for run in bullets.items[0] if run.bold] == ["=1+1"]
    assert "・=1+1 と <b>太字</b> & 「𠮷」。\n  － その理由。\n" in to_text(minutes())
    places: list[tuple[str, float]] = []
    page = next(
        page
        for page in PdfReader(write(minutes(), Format.PDF, tmp_path / "m.pdf")).pages
        if "その理由" in page.extract_text()
    )
    page.extract_text(visitor_text=lambda text, _cm, tm, *_: places.append((text.strip(), tm[4])))
    left = {text: x for text, x in places if text}
    assert left["その理由。"] > left["=1+1"] + 10


def test_a_draft_says_so_and_a_final_record_says_since_when_and_which_version(
    empty_office: Office, held: int, minutes: Callable[..., Report]
) -> None:
    assert minutes().title.endswith("会議録（案）")
    assert "この会議録は案です。" in to_text(minutes())
    empty_office.perform(finalise, held, _version(empty_office, held), "座長 一郎", date(2026, 6, 20))
    final = minutes()
    assert final.title.endswith("会議録")
    assert final.subtitle == "令和8年6月20日確定"
    assert "この会議録は、座長 一郎の確認を受け、令和8年6月20日に確定しました。" in to_text(final)
    empty_office.perform(reopen, held, _version(empty_office, held), "人数の誤り")
    assert minutes().title.endswith("会議録（案）")
    empty_office.perform(finalise, held, _version(empty_office, held), "座長 一郎", date(2026, 12, 1))
    again = minutes()
    assert again.subtitle == "令和8年12月1日確定　第2版"
    text = to_text(again)
    assert "この会議録（第2版）は、" in text
    assert "第1版（令和8年6月20日確定）を" in text
    assert "理由：人数の誤り" in text


def test_what_is_missing_is_pointed_out(empty_office: Office, held: int) -> None:
    entry = catalogue.find("minutes")
    _write_down(empty_office, held, (LineValues(ACTION, "だれかがする"),))
    with empty_office.reading() as reader:
        found = entry.check(reader, 2026, entry.complete({"meeting": str(held)}))
    told = "\n".join(one.message for one in found)
    assert "まだ確定していません" in told
    assert "宿題「だれかがする」に、担当がありません" in told
    assert "議題2「話し合い」に、要点の記録がありません" in told
    assert {(one.record_kind, one.record_id) for one in found} == {("meeting", held)}


# ------------------------------------------------------------------------------------------ as files


def test_word_has_headings_and_lists_that_word_knows(minutes: Callable[..., Report], tmp_path: Path) -> None:
    document = docx.Document(str(write(minutes(speakers="yes"), Format.DOCX, tmp_path / "minutes.docx")))
    styled = [(one.style.name if one.style else "", one.text) for one in document.paragraphs]
    assert ("Title", "令和8年度第1回全体会　会議録（案）") in styled
    assert ("Heading 1", "決定事項") in styled
    assert ("Heading 2", "1　報告") in styled
    assert ("List Bullet", "（𠮷野 花子）=1+1 と <b>太字</b> & 「𠮷」。") in styled
    below = next(one for one in document.paragraphs if one.text == "（髙﨑）その理由。")
    numbered: Any = below._p.pPr.numPr if below._p.pPr is not None else None
    assert numbered.ilvl.val == 1, "Word knows that it stands below, and moves it so"
    assert ("List Number", "月1回ひらく。（議題1）") in styled
    assert not any(text.startswith("・") for _, text in styled), "a mark typed by hand is a nuisance in Word"
    (bold,) = (run.text for one in document.paragraphs for run in one.runs if run.bold and "1+1" in run.text)
    assert bold == "=1+1"
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert f"{AWKWARD}（代表 𠮷野 花子）" in "\n".join(cells)
    assert "ちらしを作る" in cells


def test_excel_holds_the_same_words_and_no_formula(minutes: Callable[..., Report], tmp_path: Path) -> None:
    for fmt in (Format.XLSX, Format.DATA_XLSX):
        path = write(minutes(speakers="yes"), fmt, tmp_path / f"{fmt.value}.xlsx")
        book: Any = load_workbook(path)
        cells = [
            cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        words = "\n".join(str(cell.value) for cell in cells)
        for told in (
            "=1+1 と <b>太字</b> & 「𠮷」。",
            "その理由。",
            "月1回ひらく。",
            "ちらしを作る",
            "そよかぜ 代理",
        ):
            assert told in words


def test_minutes_of_30_000_characters_are_whole_and_rightly_broken(
    empty_office: Office, held: int, paper: Paper, tmp_path: Path
) -> None:
    sentence = "（第{0}回）「地域の居場所」では、親子が集い、支援者と話しました。ちらし・ポスターは1,234枚、Instagramでも知らせています！"
    lines = tuple(LineValues(POINT, sentence.format(number) * 3) for number in range(170))
    assert sum(len(line.text) for line in lines) > 30_000
    _write_down(empty_office, held, lines[:85], lines[85:])
    report = paper(empty_office, "minutes", 2026, meeting=str(held))
    path = write(report, Format.PDF, tmp_path / "long.pdf")
    pages = [page.extract_text() for page in PdfReader(path).pages]
    whole = "".join("".join(pages).split())
    for number in (0, 84, 85, 169):
        assert f"（第{number}回）「地域の居場所」では、" in whole
    assert len(pages) < 35
    set_lines = [line.strip() for page in pages for line in page.splitlines() if len(line.strip()) > 30]
    assert len(set_lines) > 600
    assert not [line for line in set_lines if line[0] in NO_START - set("・")]
    assert not [line for line in set_lines if line[-1] in NO_END]
    assert to_text(report).count("1,234枚") == 170 * 3


def test_very_long_and_very_many_items_lose_nothing(
    empty_office: Office, held: int, paper: Paper, tmp_path: Path
) -> None:
    title = "居場所の情報を必要な家庭に届けるために、それぞれの団体ができることを出し合い、役割を決める" * 4
    agenda = [AgendaValues(AgendaKind.TOPIC, f"{number} {title}") for number in range(40)]
    empty_office.perform(save_agenda, held, agenda, _version(empty_office, held))
    word = "Ａ" * 500
    _write_down(empty_office, held, *(((LineValues(POINT, f"{number}番 {word}"),)) for number in range(40)))
    report = paper(empty_office, "minutes", 2026, meeting=str(held))
    whole = "".join(_pages(report, tmp_path))
    assert all(f"{number}番" in whole for number in range(40))
    assert whole.count("Ａ") == 40 * 500
    assert whole.count("居場所の情報を必要な家庭に届ける") >= 40 * 4
    for fmt in (Format.DOCX, Format.XLSX, Format.DATA_XLSX):
        assert write(report, fmt, tmp_path / f"{fmt.value}{fmt.suffix}").stat().st_size > 0


def test_minutes_without_agenda_or_seats_say_so(empty_office: Office, held: int, paper: Paper) -> None:
    empty_office.perform(save_agenda, held, [], _version(empty_office, held))
    report = paper(empty_office, "minutes", 2026, meeting=str(held))
    text = to_text(report)
    assert "議題の記録がありません。" in text
    assert "決定した事項はありません。" in text
    assert "この会議で決まった宿題はありません。" in text
    assert isinstance(report.sections[0].blocks[0], Facts)
