"""What the papers of a meeting have in common: which meeting, its facts, how seats and days read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from app.calendar import DateStyle, fiscal_year_label, format_date
from app.errors import InputError
from app.meetings.queries import MeetingRow, meetings
from app.meetings.record import MeetingRecord, Seat, record
from app.meetings.rules import span_of_time
from app.office import Reader
from app.organisations.queries import organisations
from app.text import excerpt, kana_key
from db.vocabulary import MeetingState
from reports.catalogue import Choices, Finding, Option, OptionKind, Options, Severity
from reports.contents.ledger_choices import record_number

NEAREST = ""
"""The value of the option that leaves the choice of the meeting to the paper."""

HELD = (MeetingState.HELD, MeetingState.DRAFTED, MeetingState.FINALISED)
"""The states of a meeting whose day is over."""

DAY_NOT_FIXED = "日程調整中"


class Prefer(Enum):
    """Which meeting a paper is about when none is chosen: the next one to come, or the last one held."""

    COMING = "coming"
    HELD = "held"


def _meetings(reader: Reader) -> Choices:
    rows = sorted(meetings(reader), key=lambda one: (one.held_on or date.max, one.id), reverse=True)
    return tuple((str(one.id), _choice(one)) for one in rows)


def _choice(meeting: MeetingRow) -> str:
    day = (
        format_date(meeting.held_on, DateStyle.WAREKI_SHORT, weekday=True) if meeting.held_on else "日程未定"
    )
    cancelled = "・中止" if meeting.state is MeetingState.CANCELLED else ""
    return f"{meeting.name}（{day}{cancelled}）"


MEETING = Option(
    "meeting",
    "会議",
    OptionKind.CHOICE,
    NEAREST,
    ((NEAREST, "おまかせ（開催日がいちばん近い会議）"),),
    source=_meetings,
)


def record_of(reader: Reader, fiscal_year: int, options: Options, prefer: Prefer) -> MeetingRecord:
    """The record of the chosen meeting, or of the nearest one of the year. InputError where there is none."""
    return record(reader, meeting_id_of(reader, fiscal_year, options, prefer))


def meeting_id_of(reader: Reader, fiscal_year: int, options: Options, prefer: Prefer) -> int:
    """The id of the chosen meeting, or of the nearest one of the year. InputError where there is none."""
    wanted = options["meeting"].strip()
    if wanted != NEAREST:
        return record_number(wanted, "会議")
    dated = [
        one
        for one in meetings(reader, fiscal_year)
        if one.held_on is not None and one.state is not MeetingState.CANCELLED
    ]
    held = [one for one in dated if _is_over(one, date.today())]
    coming = [one for one in dated if one not in held]
    nearest = coming[:1] + held[::-1] if prefer is Prefer.COMING else held[::-1] + coming[:1]
    if not nearest:
        raise InputError(
            f"{fiscal_year_label(fiscal_year)}には、開催日の決まった会議がありません。",
            "「会議」のページで会議に開催日を入れるか、この帳票の選択「会議」で、どの会議のものかを選んでください。",
        )
    return nearest[0].id


def _is_over(meeting: MeetingRow, today: date) -> bool:
    """Whether it was held, as recorded, or because its day is past though nobody has said so yet."""
    return meeting.state in HELD or (meeting.held_on is not None and meeting.held_on < today)


def day_and_time(meeting: MeetingRecord, style: DateStyle) -> str:
    """令和8年11月25日(水) 午後1時30分～午後3時."""
    if meeting.held_on is None:
        return DAY_NOT_FIXED
    day = format_date(meeting.held_on, style, weekday=True)
    return " ".join(part for part in (day, span_of_time(meeting.starts_at, meeting.ends_at)) if part)


def place_of(meeting: MeetingRecord) -> str:
    """The place, and below it how to take part online."""
    online = f"オンライン：{meeting.online}" if meeting.online else ""
    return "\n".join(part for part in (meeting.place, online) if part)


def purposes_of(meeting: MeetingRecord) -> str:
    """共有・話し合い …: what the meeting is for (source 3: どの場で共有し、話し合い、決定し、振返りをするか)."""
    served = (
        (meeting.for_sharing, "共有"),
        (meeting.for_discussion, "話し合い"),
        (meeting.for_decision, "取組・役割分担の決定"),
        (meeting.for_review, "振返り"),
    )
    return "、".join(label for serves, label in served if serves)


def is_cancelled(meeting: MeetingRecord) -> bool:
    """Whether it was called off, which each of its papers says."""
    return meeting.state is MeetingState.CANCELLED


def facts_of(meeting: MeetingRecord, style: DateStyle) -> list[tuple[str, str]]:
    """日時・場所・テーマ・この会議の役割, before them that it was called off; what is not recorded is left out."""
    because = f"（{meeting.cancelled_because}）" if meeting.cancelled_because else ""
    pairs = (
        ("開催", f"中止{because}" if is_cancelled(meeting) else ""),
        ("日時", day_and_time(meeting, style)),
        ("場所", place_of(meeting)),
        ("テーマ", meeting.theme),
        ("この会議の役割", purposes_of(meeting)),
    )
    return [(label, text) for label, text in pairs if text]


def cancelled_findings(meeting: MeetingRecord) -> tuple[Finding, ...]:
    """That a paper is about a meeting which was called off."""
    if not is_cancelled(meeting):
        return ()
    message = f"{meeting.name}は中止になっています。"
    return (Finding(Severity.WARNING, message, "meeting", meeting.meeting_id),)


def departed_findings(reader: Reader, meeting: MeetingRecord) -> tuple[Finding, ...]:
    """Who is asked to a meeting to come and is no member on its day: it has left since, or is to join only later."""
    day = meeting.held_on
    if day is None or meeting.state in HELD or is_cancelled(meeting):
        return ()
    asked = {seat.organisation_id for seat in meeting.seats}
    return tuple(
        Finding(
            Severity.WARNING,
            f"「{excerpt(one.name)}」は、{meeting.name}の日には会員ではありません。招くかどうかを確かめてください。",
            "organisation",
            one.id,
        )
        for one in organisations(reader)
        if one.id in asked and not one.membership.holds_on(day)
    )


def by_kana(seats: Iterable[Seat]) -> list[Seat]:
    """Seats in 五十音 order of the organisation, then of the person; observers last."""
    return sorted(
        seats,
        key=lambda one: (
            one.is_observer,
            kana_key(one.organisation_kana, one.organisation),
            kana_key(one.kana, one.name),
        ),
    )


def by_category(seats: Iterable[Seat]) -> list[Seat]:
    """Seats in the office's order of categories, in each by 五十音; observers last."""
    return sorted(by_kana(seats), key=lambda one: (one.is_observer, one.category_position))


def titled_name(seat: Seat) -> str:
    """「主任 金沢 花子」; 「（出席者未定）」 where nobody is named."""
    return f"{seat.position_title} {seat.name}".strip() or "（出席者未定）"
