"""いただいた声と対応: what those who bring up children said in a year, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.calendar import DateStyle, fiscal_year_label, format_date
from app.office import Reader
from app.settings.queries import settings
from app.text import excerpt
from app.voices.queries import VoiceRow, voices
from db.vocabulary import VoiceState
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents.progress_parts import HANDOUT, INTERNAL, ISSUED_ON, issue_day
from reports.document import (
    Align,
    Block,
    Cell,
    Column,
    ColumnKind,
    DataColumn,
    DataSheet,
    Figure,
    Figures,
    Paragraph,
    Report,
    Row,
    Section,
    Table,
    TextStyle,
)
from reports.export import Format

AUDIENCE = Option(
    "audience",
    "用途",
    OptionKind.CHOICE,
    HANDOUT,
    ((HANDOUT, "配布用"), (INTERNAL, "内部用（受けた団体も載せる）")),
    "配布用には、声を受けた団体を載せません。",
)
STATE = Option(
    "state",
    "状態",
    OptionKind.CHOICE,
    "",
    (("", "すべて"), *((one.value, one.label) for one in VoiceState)),
)


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The voices received in ``fiscal_year``."""
    office = settings(reader)
    rows = _chosen(reader, fiscal_year, options)
    internal = options["audience"] == INTERNAL
    counts = Counter(one.state for one in rows)
    shown = [state for state in VoiceState if options["state"] in ("", state.value)]
    figures = Figures(tuple(Figure(state.label, f"{counts[state]}件") for state in shown))
    lead = Paragraph(
        "連絡会に寄せられた養育者の声と、それにどう応えたかをまとめました。"
        "声をくださった方がわからないよう、お名前は記録していません。",
        indent=True,
    )
    return Report(
        "voices",
        "いただいた声と対応",
        (
            Section("", (lead, figures), name="声の数"),
            Section("声と対応", (_table(rows, internal, office.date_style) if rows else _none(options),)),
        ),
        subtitle="　".join((fiscal_year_label(fiscal_year), *_only(options))),
        issuer=office.issuer,
        issued_on=issue_day(options),
        contact=office.contact,
        sample=office.is_sample,
        internal=internal,
        date_style=office.date_style,
        data=(_data(rows, internal),),
    )


def _chosen(reader: Reader, fiscal_year: int, options: Options) -> list[VoiceRow]:
    state = VoiceState(options["state"]) if options["state"] else None
    return sorted(voices(reader, state, fiscal_year), key=lambda one: (one.received_on, one.id))


def _only(options: Options) -> list[str]:
    """Which state alone is told of."""
    return [f"状態「{VoiceState(options['state']).label}」の声"] if options["state"] else []


def _none(options: Options) -> Block:
    what = "".join(_only(options)) or "声"
    return Paragraph(f"この年度に受けた{what}は、まだありません。", TextStyle.NOTE)


def _table(rows: Sequence[VoiceRow], internal: bool, style: DateStyle) -> Block:
    columns = (
        Column("いつ、どなたから", 2.1),
        Column("声", 4.0),
        Column("状態", 0.9, Align.CENTRE),
        Column("対応", 4.0),
    )
    return Table(
        columns,
        tuple(
            Row(
                (
                    Cell(f"{format_date(one.received_on, style)}\n{_from(one, internal)}", public=True),
                    Cell(one.content),
                    Cell(one.state.label, whole=True),
                    Cell(done_for(one)),
                )
            )
            for one in rows
        ),
    )


def _from(row: VoiceRow, internal: bool) -> str:
    through = f"（{row.organisation}）" if internal and row.organisation else ""
    return f"{row.heard_from}{through}"


def done_for(row: VoiceRow) -> str:
    """What became of a voice so far: where it was talked about, what changed, what was answered."""
    parts = (
        f"取り上げた会議：{row.meeting}" if row.meeting else "",
        f"反映：{row.reflected}" if row.reflected else "",
        f"返答：{row.response}" if row.response else "",
    )
    return "\n".join(part for part in parts if part)


_COLUMNS = (
    DataColumn("received_on", "受けた日", ColumnKind.DATE),
    DataColumn("heard_from", "どなたから"),
    DataColumn("content", "声"),
    DataColumn("state", "状態"),
    DataColumn("meeting", "取り上げた会議"),
    DataColumn("agenda_item", "議題"),
    DataColumn("reflected", "反映"),
    DataColumn("response", "返答"),
    DataColumn("answered_on", "返答日", ColumnKind.DATE),
)
_THROUGH = DataColumn("organisation", "受けた団体")


def _data(rows: Sequence[VoiceRow], internal: bool) -> DataSheet:
    columns = (*_COLUMNS, *((_THROUGH,) if internal else ()))
    return DataSheet(
        "養育者の声",
        columns,
        tuple(
            (
                one.received_on,
                one.heard_from,
                one.content,
                one.state.label,
                one.meeting,
                one.agenda_item,
                one.reflected,
                one.response,
                one.answered_on,
                *((one.organisation,) if internal else ()),
            )
            for one in rows
        ),
    )


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """Voices that nobody has taken up or answered yet."""
    waiting = [one for one in _chosen(reader, fiscal_year, options) if one.state is VoiceState.RECEIVED]
    return tuple(
        Finding(Severity.HINT, f"声「{excerpt(one.content)}」は、受け付けたままです。", "voice", one.id)
        for one in waiting
    )


ENTRY = Entry(
    "voices",
    "いただいた声と対応",
    "年度のうちに受けた養育者の声と、取り上げた会議、反映したこと、返答を並べます。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (STATE, AUDIENCE, ISSUED_ON),
    build,
    findings,
)
