"""Reports that the tests of every renderer draw: one with all that a paper can hold, and a way to make small ones."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.meetings.attendance import AttendanceValues, add_entry
from app.meetings.operations import add_meeting, save_agenda, set_state
from app.meetings.queries import kinds, meetings
from app.meetings.queries import meeting as meeting_row
from app.meetings.values import AgendaValues, DocumentValues, MeetingValues
from app.office import Office
from app.organisations.operations import OrganisationValues, add_organisation
from db.vocabulary import AgendaKind, AttendanceAnswer, MeetingState
from reports import catalogue
from reports.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    DataColumn,
    DataSheet,
    Facts,
    Figure,
    Figures,
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
    TextStyle,
)

_LEVELS = (
    ("□□□□ 未着手", Ink.LEVEL_0),
    ("■□□□ 着手", Ink.LEVEL_1),
    ("■■□□ 進行中", Ink.LEVEL_2),
    ("■■■□ 概ね到達", Ink.LEVEL_3),
    ("■■■■ 到達", Ink.LEVEL_4),
    ("― 評価困難", Ink.NOT_ASSESSED),
)
_OUTCOMES = (
    "養育者が、身近な場所で気軽に相談できると感じている",
    "地域の居場所の情報が、必要な家庭に届いている",
    "𠮷田さん・髙橋さんの世代を超えた交流が①〜③の地区で続いている",
    "A & B <C> town の団体が、=合同で 催しを開いている",
    "こどもの声を聴く場が、年に2回以上ある",
    "支援者どうしが顔の見える関係になっている",
)


@pytest.fixture
def sample_report() -> Report:
    """A paper of three level-1 sections with every kind of block, marked 見本."""
    return Report(
        id="progress",
        title="到達状況 進捗報告書",
        subtitle="第5期 健やか子育て連絡会 活動指針（令和8年度～令和12年度）",
        issuer="健やか子育て連絡会 事務局",
        issued_on=date(2026, 11, 21),
        document_number="健子連第8-12号",
        contact="こども家庭支援課 電話 000-0000-0000",
        sample=True,
        cover=True,
        sections=(
            Section("令和8年度の到達状況", (*_overview(), PageBreak(), *_words()), new_page=True),
            Section("取組の柱ごとの到達状況", (), new_page=True),
            Section("取組の柱1　つながる", (_outcomes(),), level=2),
            Section("取組の柱2　支える", (_outcomes(long=True),), level=2),
            Section("評価の段階", (_scale(),), level=1, new_page=True),
            Section("改定の案", (_revision(),), level=3),
        ),
        data=(
            DataSheet(
                "到達状況",
                (
                    DataColumn("number", "番号"),
                    DataColumn("title", "到達イメージ"),
                    DataColumn("value", "評価の値", ColumnKind.INTEGER),
                    DataColumn("rate", "到達率", ColumnKind.NUMBER),
                    DataColumn("reviewed_on", "評価日", ColumnKind.DATE),
                ),
                (
                    ("1-1", _OUTCOMES[0], 3, 97.6, date(2026, 11, 21)),
                    ("1-2", _OUTCOMES[2], None, None, None),
                    ("1-3", "=1+1", 0, 0.5, date(2019, 5, 1)),
                ),
            ),
        ),
    )


@pytest.fixture
def report_of() -> Callable[..., Report]:
    """Makes a small report of one section that holds the given blocks; keywords set its other fields."""

    def make(*blocks: Block, **fields: Any) -> Report:
        report = Report(id="small", title="小さな帳票", sections=(Section("見出し", blocks),))
        return replace(report, **fields)

    return make


@pytest.fixture
def paper() -> Callable[..., Report]:
    """Builds a report of the catalogue: ``paper(office, "minutes", meeting="22")``, of 2027 unless told otherwise."""

    def make(office: Office, report_id: str, fiscal_year: int = 2027, **options: str) -> Report:
        entry = catalogue.find(report_id)
        with office.reading() as reader:
            return entry.build(reader, fiscal_year, entry.complete(options))

    return make


@pytest.fixture
def meeting_called() -> Callable[[Office, str], str]:
    """The id of a meeting by its name, as an option takes it."""

    def find(office: Office, name: str) -> str:
        return next(str(one.id) for one in office.ask(meetings) if one.name == name)

    return find


AWKWARD = "A & B <C> 𠮷野・髙﨑の会=1+1"


@pytest.fixture
def held(empty_office: Office) -> int:
    """A meeting of 2026-06-10 that was held by ``AWKWARD`` and others in every manner; its minutes are still empty.

    On its agenda are 報告 (with 資料1 and 2) and 話し合い, its id is given.
    """
    office = empty_office
    kind = office.ask(kinds)[0]
    values = MeetingValues(
        kind.id,
        2026,
        1,
        held_on=date(2026, 6, 10),
        starts_at="13:30",
        ends_at="15:00",
        place="区役所\n5階",
        online="Zoom",
        theme="つながる",
        chair="座長 一郎",
    )
    meeting = office.perform(add_meeting, values).result
    agenda = [
        AgendaValues(
            AgendaKind.REPORT,
            "報告",
            "事務局",
            30,
            documents=(DocumentValues("予定表"), DocumentValues("地図")),
        ),
        AgendaValues(AgendaKind.TOPIC, "話し合い", "区", 60),
    ]
    office.perform(save_agenda, meeting, agenda, office.ask(meeting_row, meeting).version)
    people: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (AWKWARD, "えー", {"name": "𠮷野 花子", "kana": "よしの", "position_title": "代表"}),
        ("そよかぜ", "そよかぜ", {"name": "代理 次郎", "answer": AttendanceAnswer.PROXY}),
        ("とおくの会", "とおく", {"name": "画面 三郎", "answer": AttendanceAnswer.ONLINE}),
        ("おくれ園", "おくれ", {"name": "遅刻 四郎", "arrived_at": "14:10"}),
        ("はやめ園", "はやめ", {"name": "早退 五郎", "left_at": "14:40"}),
        (
            "やすみの家",
            "やすみ",
            {"name": "欠席 六子", "answer": AttendanceAnswer.ABSENT, "is_present": False},
        ),
        ("だれかの会", "だれか", {"answer": AttendanceAnswer.ATTENDING}),
    )
    for name, kana, given in people:
        made = OrganisationValues(name, kana=kana, telephone="045-111-1111", mail="someone@example.jp")
        organisation = office.perform(add_organisation, made).result
        defaults: dict[str, Any] = {"answer": AttendanceAnswer.ATTENDING, "is_present": True}
        office.perform(add_entry, meeting, AttendanceValues(organisation, **(defaults | given)))
    guest = AttendanceValues(affiliation="見本大学", name="助言 七美", is_observer=True, is_present=True)
    office.perform(add_entry, meeting, guest)
    row = office.ask(meeting_row, meeting)
    office.perform(set_state, meeting, row.version, MeetingState.HELD)
    return meeting


@pytest.fixture
def matches_golden() -> Callable[[str, str], None]:
    """Compares a text with ``golden/<name>.txt``; with TSUNAGARI_WRITE_GOLDEN=1 in the environment it writes the file instead."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / f"{name}.txt"
        if os.environ.get("TSUNAGARI_WRITE_GOLDEN") == "1":
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare


def _overview() -> tuple[Block, ...]:
    return (
        Paragraph("25の到達イメージのうち、12が到達または概ね到達となりました。", TextStyle.LEAD),
        Figures(
            (
                Figure("到達・概ね到達", "12 / 25", "前年度 8"),
                Figure("進行中", "7", "前年度 9"),
                Figure("未着手・着手", "5", "前年度 8"),
                Figure("評価困難", "1", ""),
            )
        ),
        Chart(
            ChartKind.STACKED_BAR,
            "取組の柱ごとの到達状況",
            ("1 つながる", "2 支える", "3 育ちあう", "4 つくる"),
            tuple(
                Series(name.split()[-1], values, ink)
                for (name, ink), values in zip(
                    _LEVELS,
                    ((0, 1, 0, 1), (1, 1, 0, 1), (1, 3, 2, 1), (3, 2, 2, 1), (1, 0, 1, 2), (0, 1, 0, 0)),
                    strict=True,
                )
            ),
            "件",
            "つながるは6件中4件が到達または概ね到達です。",
        ),
        Chart(
            ChartKind.LINE,
            "到達した件数の推移",
            ("令和6年度", "令和7年度", "令和8年度"),
            (Series("到達・概ね到達", (5, 8, 12), Ink.LEVEL_4), Series("進行中", (9, None, 7), Ink.LEVEL_2)),
            "件",
            "到達した件数は5件から12件に増えました。",
        ),
        Chart(
            ChartKind.BAR,
            "前年度との比べ",
            ("つながる", "支える"),
            (Series("令和7年度", (3, 2), Ink.LEVEL_1), Series("令和8年度", (4, 2.5), Ink.LEVEL_3)),
            "件",
            "支えるは増えていません。",
        ),
    )


def _words() -> tuple[Block, ...]:
    return (
        Facts(
            (
                ("日時", "令和8年11月21日(土) 午前10時から\n正午まで"),
                ("場所", "区役所 5階 会議室①"),
                ("出席者", (Run("23名", bold=True), Run("（うちオンライン 4名）"))),
            )
        ),
        Paragraph(
            "養育者と地域と関係機関が手をつなぎ、こどもの育ちを見守るために、連絡会は毎年度この報告をまとめています。\n"
            "数は台帳の記録と同じです。",
            indent=True,
        ),
        Bullets(("地区別交流会を3回開いた。", (Run("居場所の地図を"), Run("改めた", underline=True)))),
        Bullets(("全体会で報告する", "地区で話し合う"), ordered=True),
        Paragraph("※ 見本のための架空の内容です。", TextStyle.NOTE),
        Paragraph("担当：事務局", TextStyle.RIGHT),
        Paragraph("以上", TextStyle.CENTRE),
    )


def _outcomes(long: bool = False) -> Table:
    narrative = "地区ごとの集まりで声を聴き、居場所の一覧を作り直して配った。" * (3 if not long else 12)
    rows = [Row((Cell("取組1　声を聴く", span=6),), RowKind.GROUP)]
    for number, title in enumerate(_OUTCOMES, start=1):
        before, now = _LEVELS[(number + 1) % 6], _LEVELS[number % 6]
        rows.append(
            Row(
                (
                    Cell(f"{number}"),
                    Cell(title),
                    Cell(before[0], fill=before[1]),
                    Cell(now[0], fill=now[1]),
                    Cell(narrative if number % 2 else "次年度に確かめる。"),
                    Cell("交流会の記録（資料1）\n来場者アンケート" if number % 3 else ""),
                )
            )
        )
    columns = (
        Column("番号", 0.5, Align.CENTRE),
        Column("到達イメージ", 2.4),
        Column("前年度", 0.9, Align.CENTRE),
        Column("今年度", 0.9, Align.CENTRE),
        Column("状況", 3.2),
        Column("根拠", 1.6),
    )
    return Table(columns, tuple(rows))


def _scale() -> Table:
    rows = [
        Row((Cell(index), Cell(name, fill=ink), Cell(index * 2))) for index, (name, ink) in enumerate(_LEVELS)
    ]
    total = Row((Cell("計", span=2), Cell(1234.5, bold=True)), RowKind.TOTAL)
    dated = Row((Cell("評価した日", span=2), Cell(date(2019, 5, 1))))
    columns = (Column("値"), Column("名称", 2), Column("件数", align=Align.RIGHT))
    return Table(columns, (*rows, dated, total), title="評価の段階と件数")


def _revision() -> Table:
    old = (Run("地域の"), Run("団体", struck=True), Run("が集まる"))
    new = (Run("地域の"), Run("団体・個人", underline=True), Run("が集まる"))
    return Table((Column("変更前"), Column("変更後")), (Row((Cell(old), Cell(new))),))
