"""次第, 出席者名簿・受付表, 席札, 宿題一覧, いただいた声 and 出席の集計: who and what, in order, marked, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from app.errors import InputError
from app.meetings.operations import add_meeting, save_agenda, set_state
from app.meetings.queries import meeting
from app.meetings.statistics import attendances, strangers
from app.meetings.values import AgendaValues, MeetingValues
from app.office import Office
from app.organisations import queries as organisation_queries
from app.text import kana_key
from app.voices.queries import voices
from db.vocabulary import AgendaKind, MeetingState, VoiceState
from reports import catalogue
from reports.contents.participation import percent
from reports.document import Chart, Report, RowKind, Table
from reports.export import Format, write
from reports.label_sheet import LabelSheet
from reports.pages import PdfPages
from reports.renderers.text import to_text

Paper = Callable[..., Report]
Called = Callable[[Office, str], str]
HELD, COMING = "令和9年度第2回全体会", "令和9年度第3回全体会"
AWKWARD = "A & B <C> 𠮷野・髙﨑の会=1+1"


def _table(report: Report) -> Table:
    return next(one for section in report.sections for one in section.blocks if isinstance(one, Table))


def _rows(report: Report) -> list[list[Any]]:
    return [[cell.value for cell in row.cells] for row in _table(report).rows if row.kind is RowKind.BODY]


# ------------------------------------------------------------------------------------------ 次第


def test_an_agenda_tells_when_each_item_begins(empty_office: Office, held: int, paper: Paper) -> None:
    rows = _rows(paper(empty_office, "agenda", 2026, meeting=str(held)))
    assert rows == [
        ["13:30", "1", "報告", "事務局", "資料1\n資料2"],
        ["14:00", "2", "話し合い", "区", ""],
    ]
    untimed = paper(empty_office, "agenda", 2026, meeting=str(held), times="no")
    assert _rows(untimed)[0] == ["1", "報告", "事務局", "資料1\n資料2"]


def test_an_agenda_that_does_not_fit_is_pointed_out(empty_office: Office, held: int) -> None:
    entry = catalogue.find("agenda")
    version = empty_office.ask(meeting, held).version
    agenda = [AgendaValues(AgendaKind.TOPIC, "長い話", minutes_allotted=91)]
    empty_office.perform(save_agenda, held, agenda, version)
    with empty_office.reading() as reader:
        found = entry.check(reader, 2026, entry.complete({"meeting": str(held)}))
    assert ["終了時刻を過ぎます" in one.message for one in found] == [True]


# ------------------------------------------------------------------------------------------ 名簿


def test_the_list_tells_how_each_came(empty_office: Office, held: int, paper: Paper) -> None:
    rows = {row[1]: row[2:] for row in _rows(paper(empty_office, "attendees", 2026, meeting=str(held)))}
    assert rows[AWKWARD] == ["代表", "𠮷野 花子", "出席", ""]
    assert rows["そよかぜ"][1:] == ["代理 次郎", "代理", ""]
    assert rows["とおくの会"][1:] == ["画面 三郎", "オンライン", ""]
    assert rows["おくれ園"][1:] == ["遅刻 四郎", "出席", "14:10から"]
    assert rows["はやめ園"][1:] == ["早退 五郎", "出席", "14:40まで"]
    assert rows["やすみの家"][1:] == ["欠席 六子", "欠席", ""]
    assert rows["見本大学"][1:] == ["助言 七美", "出席", "オブザーバー"]
    assert list(rows)[-1] == "見本大学", "observers come last"
    assert [row[0] for row in _rows(paper(empty_office, "attendees", 2026, meeting=str(held)))] == [
        f"{number}" for number in range(1, 9)
    ]


def test_those_who_were_away_can_be_left_out(empty_office: Office, held: int, paper: Paper) -> None:
    text = to_text(paper(empty_office, "attendees", 2026, meeting=str(held), absent="no"))
    assert "やすみの家" not in text
    assert "欠席 六子" not in text
    reception = to_text(
        paper(empty_office, "attendees", 2026, meeting=str(held), absent="no", form="reception")
    )
    assert "やすみの家" in reception, "at the door everybody may turn up"


def test_the_list_for_the_door_has_room_to_sign_and_is_internal(
    sample_office: Office, paper: Paper, meeting_called: Called, tmp_path: Path
) -> None:
    chosen = meeting_called(sample_office, COMING)
    report = paper(sample_office, "attendees", meeting=chosen, form="reception", order="category")
    assert report.internal
    assert _table(report).columns[-1].title == "署名"
    groups = [row.cells[0].value for row in _table(report).rows if row.kind is RowKind.GROUP]
    assert len(groups) == len(set(groups)) > 5
    pages = PdfReader(write(report, Format.PDF, tmp_path / "door.pdf")).pages
    assert all("署名" in page.extract_text() for page in pages), "the head is repeated"
    book: Any = load_workbook(write(report, Format.XLSX, tmp_path / "door.xlsx"))
    words = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {row[1] for row in _rows(report)} <= set(words)


def test_organisations_stand_in_the_order_of_their_reading(
    sample_office: Office, paper: Paper, meeting_called: Called
) -> None:
    rows = _rows(paper(sample_office, "attendees", meeting=meeting_called(sample_office, COMING)))
    readings = {one.name: one.kana for one in sample_office.ask(organisation_queries.organisations)}
    keys = [kana_key(readings[row[1]], row[1]) for row in rows]
    assert keys == sorted(keys)


def test_of_a_meeting_of_which_only_the_number_is_known_nobody_is_called_absent(
    empty_office: Office, held: int, paper: Paper
) -> None:
    kind = empty_office.ask(meeting, held).meeting_kind_id
    values = MeetingValues(kind, 2025, 1, held_on=date(2025, 6, 10), headcount=40)
    listed = empty_office.perform(add_meeting, values).result
    empty_office.perform(set_state, listed, empty_office.ask(meeting, listed).version, MeetingState.HELD)
    names = to_text(paper(empty_office, "attendees", 2025, meeting=str(listed)))
    assert "出席 40名" in names
    assert "だれが出席したかの記録がありません。" in names
    assert "欠席した団体が分かりません" in to_text(paper(empty_office, "digest", 2025, meeting=str(listed)))


# ------------------------------------------------------------------------------------------ 席札


def _cards(report: Report) -> LabelSheet:
    return next(one for section in report.sections for one in section.blocks if isinstance(one, LabelSheet))


@pytest.mark.parametrize(("card", "on_a_sheet"), [("stand", 3), ("badge", 10)])
def test_there_is_a_card_for_everybody_expected(
    card: str, on_a_sheet: int, sample_office: Office, paper: Paper, meeting_called: Called, tmp_path: Path
) -> None:
    chosen = meeting_called(sample_office, COMING)
    report = paper(sample_office, "place_cards", meeting=chosen, card=card)
    labels = _cards(report).labels
    assert labels
    path = write(report, Format.PDF, tmp_path / "cards.pdf")
    pages = ["".join(page.extract_text().split()) for page in PdfReader(path).pages]
    assert len(pages) == -(-len(labels) // on_a_sheet)
    for number, label in enumerate(labels):
        for line in (*label.address, *label.name):
            assert "".join(line.split()) in pages[number // on_a_sheet]
    document = docx.Document(str(write(report, Format.DOCX, tmp_path / "cards.docx")))
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert all(label.name[0] in cells for label in labels)
    everybody = paper(sample_office, "place_cards", meeting=chosen, card=card, whom="everybody")
    assert len(_cards(everybody).labels) > len(labels)


def test_a_card_without_a_person_bears_the_organisation(
    empty_office: Office, held: int, paper: Paper
) -> None:
    labels = {
        one.name[0]: one.address
        for one in _cards(paper(empty_office, "place_cards", 2026, meeting=str(held))).labels
    }
    assert labels["だれかの会"] == ()
    assert labels["𠮷野 花子"] == (AWKWARD, "代表")
    assert "欠席 六子" not in labels


def test_marks_in_the_margin_show_where_cards_are_cut(
    empty_office: Office, held: int, paper: Paper, tmp_path: Path
) -> None:
    path = write(
        paper(empty_office, "place_cards", 2026, meeting=str(held)), Format.PDF, tmp_path / "cards.pdf"
    )
    points = 72 / 25.4
    bitmap = PdfPages(path).render(0, 4 / points)  # four pixels a millimetre
    sheet = Image.frombytes("RGB", (bitmap.width, bitmap.height), bitmap.pixels, "raw", "BGRX", bitmap.stride)
    cut = round((10.5 + 92) * 4)
    margin, card = (
        sheet.crop((left, cut - 2, right, cut + 3)).convert("L") for left, right in ((0, 39), (41, 799))
    )
    assert min(margin.tobytes()) < 200, "a mark beside the first card"
    assert min(card.tobytes()) > 250, "no mark on a card"


# ------------------------------------------------------------------------------------------ 宿題・声


def test_homework_is_sorted_by_what_is_overdue_on_the_day_of_the_paper(
    sample_office: Office, paper: Paper
) -> None:
    early = to_text(paper(sample_office, "action_list", issued_on="R10.1.1"))
    late = to_text(paper(sample_office, "action_list", issued_on="R10.12.1"))
    assert "■ 期限を過ぎた宿題" not in early
    overdue = late.partition("■ 期限を過ぎた宿題")[2].partition("■ これからの宿題")[0]
    days = re.findall(r"期限 +：(令和10年\d+月\d+日)", overdue)
    assert days
    assert days == sorted(days, key=lambda day: [int(part) for part in re.findall(r"\d+", day)])


def test_homework_of_one_organisation(sample_office: Office, paper: Paper) -> None:
    rows = {one.short_name: one for one in sample_office.ask(organisation_queries.organisations)}
    report = paper(sample_office, "action_list", organisation=str(rows["てとて"].id), closed="yes")
    assert report.subtitle == rows["てとて"].name
    assert report.data[0].rows
    assert {row[1] for row in report.data[0].rows} == {rows["てとて"].name}
    for wrong in ({"organisation": "てとて"}, {"organisation": "9999"}, {"meeting": "9999"}):
        with pytest.raises(InputError, match="一覧にある番号ではありません"):
            paper(sample_office, "action_list", **wrong)


def test_a_list_without_homework_says_of_which_meeting(empty_office: Office, held: int, paper: Paper) -> None:
    assert paper(empty_office, "action_list", 2026, meeting=str(held)).subtitle == "令和8年度第1回全体会"


def test_voices_for_handing_out_do_not_tell_who_received_them(sample_office: Office, paper: Paper) -> None:
    rows = sample_office.ask(voices, None, 2027)
    through = {one.organisation for one in rows if one.organisation}
    assert through
    handed_out = paper(sample_office, "voices")
    assert not [name for name in through if f"（{name}）" in to_text(handed_out)]
    assert not handed_out.internal
    internal = paper(sample_office, "voices", audience="internal")
    assert internal.internal
    assert [name for name in through if f"（{name}）" in to_text(internal)] == list(through)
    for one in rows:
        assert one.content in to_text(handed_out)


def test_voices_of_one_state(sample_office: Office, paper: Paper) -> None:
    latest_first = sample_office.ask(voices, VoiceState.RECEIVED, 2027)
    wanted = [one.content for one in reversed(latest_first)]
    assert len(wanted) > 1
    report = paper(sample_office, "voices", state=VoiceState.RECEIVED.value)
    assert [row[2] for row in report.data[0].rows] == wanted
    text = to_text(report)
    assert "令和9年度　状態「受付」の声" in text
    assert "返答 0件" not in " ".join(text.split()), "the others were not counted"
    assert "この年度に受けた状態「反映」の声は、まだありません。" in to_text(
        paper(sample_office, "voices", 2025, state=VoiceState.REFLECTED.value)
    )


# ------------------------------------------------------------------------------------------ 出席の集計


def test_marks_and_rates_agree_with_the_record(sample_office: Office, paper: Paper) -> None:
    found = sample_office.ask(attendances, 2027)
    report = paper(sample_office, "participation")
    grid = next(
        one
        for section in report.sections
        if section.title == "団体ごとの出席"
        for one in section.blocks
        if isinstance(one, Table)
    )
    marks = {True: "○", False: "×", None: ""}
    for row, one in zip(grid.rows, found.organisations, strict=True):
        values = [cell.value for cell in row.cells]
        assert values == [
            one.organisation,
            *(marks[answer] for answer in one.answers),
            f"{one.present}/{one.asked}",
        ]
    listed = sum(answer is not None for one in found.organisations for answer in one.answers)
    assert len(report.data[0].rows) == listed
    asked, present = (
        sum(one.asked for one in found.organisations),
        sum(one.present for one in found.organisations),
    )
    for title in ("地区ごとの出席", "区分ごとの出席"):
        (table,) = next(section.blocks for section in report.sections if section.title == title)
        assert isinstance(table, Table)
        assert [cell.value for cell in table.rows[-1].cells][2:] == [asked, present, percent(present, asked)]


def test_pairs_that_never_met_are_listed_by_district(sample_office: Office, paper: Paper) -> None:
    pairs = sample_office.ask(strangers, (2027,))
    assert pairs
    section = paper(sample_office, "participation").sections[-1]
    (table,) = (one for one in section.blocks if isinstance(one, Table))
    bodies = [row for row in table.rows if row.kind is RowKind.BODY]
    assert sum(len(str(row.cells[1].value).split("、")) for row in bodies) == len(pairs)
    groups = [row.cells[0].value for row in table.rows if row.kind is RowKind.GROUP]
    assert groups == list(dict.fromkeys(one.district for one in pairs))
    without = paper(sample_office, "participation", strangers="no")
    assert "まだ会ったことのない団体" not in to_text(without)


def test_the_statistics_are_a_chart_in_every_printed_form_and_numbers_in_the_data(
    sample_office: Office, paper: Paper, tmp_path: Path
) -> None:
    report = paper(sample_office, "participation")
    assert isinstance(report.sections[0].blocks[0], Chart)
    path = write(report, Format.PDF, tmp_path / "p.pdf")
    assert len(PdfReader(path).pages) <= 5
    book: Any = load_workbook(write(report, Format.XLSX, tmp_path / "p.xlsx"))
    assert sum(len(sheet._charts) for sheet in book) == 1
    document = docx.Document(str(write(report, Format.DOCX, tmp_path / "p.docx")))
    assert len(document.inline_shapes) == 1
    data: Any = load_workbook(write(report, Format.DATA_XLSX, tmp_path / "d.xlsx"))
    head, *rows = data["出席"].iter_rows(values_only=True)
    assert head[0] == "団体名"
    assert {row[-1] for row in rows} == {0, 1}


def test_one_kind_and_one_district(sample_office: Office, paper: Paper) -> None:
    lists = sample_office.ask(organisation_queries.lists)
    district = next(one for one in lists.districts if one.name == "若葉台")
    report = paper(sample_office, "participation", district=str(district.id))
    assert {row[3] for row in report.data[0].rows} == {"若葉台"}
    assert report.subtitle == "令和9年度　若葉台", "the paper tells that it counts a part"
    for wrong in ({"kind": "全体会"}, {"kind": "9999"}, {"district": "9999"}):
        with pytest.raises(InputError, match="一覧にある番号ではありません"):
            paper(sample_office, "participation", **wrong)


# ------------------------------------------------------------------------------------------ 会議一式


def test_a_packet_holds_the_last_minutes_and_what_is_open(
    sample_office: Office, paper: Paper, meeting_called: Called, tmp_path: Path
) -> None:
    report = paper(sample_office, "packet", meeting=meeting_called(sample_office, COMING))
    titles = [one.report.title for one in report.enclosures]
    assert titles == [f"{COMING}　次第", f"{COMING}　出席者名簿", f"{HELD}　会議録", "宿題一覧"]
    assert [one.number for one in report.enclosures] == ["", "資料6", "資料7", "資料8"]
    assert "付き添いをしてもよい人を募り、月3回の当番を組む" in to_text(report.enclosures[-1].report)
    opened = PdfReader(write(report, Format.PDF, tmp_path / "packet.pdf"))
    pages = ["".join(page.extract_text().split()) for page in opened.pages]
    assert all(f"通し{number}/{len(pages)}" in page for number, page in enumerate(pages, 1))
    outline: list[Any] = [one for one in opened.outline if not isinstance(one, list)]
    marks = [one["/Title"] for one in outline]
    assert marks[1:] == [
        "資料一覧",
        titles[0],
        *(f"資料{n}　{title}" for n, title in zip((6, 7, 8), titles[1:], strict=True)),
    ]
    starts = [opened.get_destination_page_number(one) for one in outline[2:]]
    for title, start in zip(titles, starts, strict=True):
        assert start is not None
        assert "".join(title.split()) in pages[start]


def test_the_papers_of_a_packet_can_be_chosen_ordered_and_numbered(
    sample_office: Office, paper: Paper, meeting_called: Called
) -> None:
    chosen = meeting_called(sample_office, COMING)
    report = paper(
        sample_office,
        "packet",
        meeting=chosen,
        attendees="no",
        voices="yes",
        order="宿題一覧、次第",
        first_number="１",
    )
    assert [(one.number, one.report.id) for one in report.enclosures] == [
        ("資料1", "action_list"),
        ("", "agenda"),
        ("資料2", "minutes"),
        ("資料3", "voices"),
    ]
    assert "別に配る資料" in to_text(report), "what the agenda names is not in the packet"
    entry = catalogue.find("packet")
    with sample_office.reading() as reader:
        found = entry.check(reader, 2027, entry.complete({"meeting": chosen, "first_number": "1"}))
        usual = entry.check(reader, 2027, entry.complete({"meeting": chosen}))
    assert "重なります" in found[0].message
    assert not [one for one in usual if "重なります" in one.message]
    plain = paper(sample_office, "packet", meeting=chosen, numbered="no")
    assert {one.number for one in plain.enclosures} == {""}
    for wrong, told in (
        ({"first_number": "零"}, "番号ではありません"),
        ({"order": "会計報告"}, "選ばれている帳票にありません"),
    ):
        with pytest.raises(InputError, match=told):
            paper(sample_office, "packet", meeting=chosen, **wrong)
    nothing = dict.fromkeys(("agenda", "attendees", "last_minutes", "action_list"), "no")
    with pytest.raises(InputError, match="選ばれていません"):
        paper(sample_office, "packet", meeting=chosen, **nothing)


def test_the_first_meeting_has_no_minutes_to_enclose_and_says_so(
    empty_office: Office, held: int, paper: Paper
) -> None:
    report = paper(empty_office, "packet", 2026, meeting=str(held))
    assert [one.report.id for one in report.enclosures] == ["agenda", "attendees", "action_list"]
    entry = catalogue.find("packet")
    with empty_office.reading() as reader:
        found = entry.check(reader, 2026, entry.complete({"meeting": str(held)}))
    assert any("前回の会議がない" in one.message for one in found)
