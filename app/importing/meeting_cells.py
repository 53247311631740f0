"""What a cell of a list of meetings says: days, times, numbers and people counted, or why it cannot be taken. Pure.

What is not certain is not taken, and what was taken with an assumption says so in its notice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.calendar import (
    FISCAL_FIRST_MONTH,
    WEEKDAYS,
    fiscal_year_label,
    format_date,
    parse_date,
    parse_fiscal_year,
)
from app.errors import InputError
from app.importing.roster_cells import DITTO, NONE_WORDS, OPEN_WORDS, ditto, word_of
from app.importing.safe_workbook import Value
from app.meetings.rules import parse_time
from app.text import fold
from db.vocabulary import MeetingState

EARLIEST_HOUR = 7
"""A time of day written before it without 午前 may as well be meant for the afternoon."""
MOST_PEOPLE = 9_999
MOST_TIMES = 999

_YEARLESS = re.compile(
    rf"(?P<month>\d{{1,2}})(?:月|[./\-‐‑−–ー・])(?P<day>\d{{1,2}})日?(?:\(?(?P<weekday>[{WEEKDAYS}])(?:曜日?)?(?:・?祝)?\)?)?"
)
_AFTER_DAY = re.compile(r"(?<=日)(?![曜)(])|(?<=\))|\s+")
_DASH = re.compile(r"[~〜～\-‐‑−–—―ー－]+|から|より")
_FISCAL_YEAR = re.compile(
    r"(?:[明大昭平令]\w?\s*(?:\d{1,2}|元)|[mtshr]\s*\d{1,2}|\d{4}|(?<!\d)\d{1,2})\s*年度", re.IGNORECASE
)
_NUMBER = re.compile(r"第?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?:回目?)?")
_PEOPLE = re.compile(
    r"(?P<about>約|およそ|凡そ)?(?P<count>\d{1,3}(?:,\d{3})+|\d+)(?P<unit>名|人)?(?P<about2>程度|ほど|程|くらい|ぐらい|余|弱|強|前後)?(?P<more>\(.*\))?"
)
_GROUPS_AND_PEOPLE = re.compile(
    r"\(?\d+(?:団体|機関|組|施設|か所|ヶ所)[、,・/\s(]*(?P<people>\d+)(?:名|人)\)*"
)
_KANJI = "一二三四五六七八九"

_STATES = {
    **dict.fromkeys(
        ("開催", "開催済", "開催済み", "実施", "実施済", "実施済み", "済", "済み", "終了", "○", "◯", "〇"),
        MeetingState.HELD,
    ),
    **dict.fromkeys(("中止", "中止しました", "取りやめ", "取り止め", "×"), MeetingState.CANCELLED),
    **dict.fromkeys(("計画", "予定", "開催予定", "実施予定", "未", "未実施", "未開催"), MeetingState.PLANNED),
}


@dataclass(frozen=True, slots=True)
class MeetingReading:
    """What a cell says. ``trouble`` is why it was not understood, ``notice`` what was taken for granted; both Japanese."""

    value: str | int | date | MeetingState | None = None
    trouble: str = ""
    notice: str = ""


Reader = Callable[[Value], MeetingReading]


@dataclass(frozen=True, slots=True)
class Held:
    """When a meeting was held; times are HH:MM. ``needs_year``: the year was taken from what stands above."""

    day: date | None = None
    starts_at: str = ""
    ends_at: str = ""
    trouble: str = ""
    notice: str = ""
    needs_year: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when, as HH:MM."""

    starts_at: str = ""
    ends_at: str = ""
    trouble: str = ""
    notice: str = ""


def held(value: Value, fiscal_year: int | None) -> Held:
    """The day, with the times that stand behind it. ``fiscal_year`` is what is known of the year; a day without year needs it."""
    if isinstance(value, datetime):
        starts = f"{value.hour:02}:{value.minute:02}"
        return Held(value.date(), starts, notice=f"時刻（{starts}）は開始時刻として読みました。")
    if isinstance(value, date):
        return Held(value)
    if isinstance(value, bool | float | time | timedelta):
        return Held(trouble="日付として読めません。「令和8年4月1日」のように入力してください。")
    written = fold(str(value)).strip()
    if not written:
        return Held()
    if written in NONE_WORDS or written in OPEN_WORDS:
        return Held(trouble=f"「{written}」では開催日が分かりません。")
    if written in DITTO:
        return Held(trouble=ditto(written).trouble)
    return _written(written, fiscal_year)


def _written(text: str, fiscal_year: int | None) -> Held:
    try:
        return _day(text, fiscal_year)
    except InputError as error:
        trouble = f"{error.message}{error.advice}"
    for split in reversed(list(_AFTER_DAY.finditer(text))):
        first, rest = text[: split.start()], text[split.end() :].strip()
        if not rest:
            continue
        try:
            found = _day(first, fiscal_year)
        except InputError as error:
            if "曜日" in error.message or "年が分かりません" in error.message:
                trouble = f"{error.message}{error.advice}"
            continue
        span = hours(rest)
        if span.trouble:
            trouble = f"日付のあとの「{rest}」が読めません。{span.trouble}"
            continue
        return replace(
            found, starts_at=span.starts_at, ends_at=span.ends_at, notice=found.notice + span.notice
        )
    return Held(trouble=trouble)


def _day(text: str, fiscal_year: int | None) -> Held:
    """A day as ``parse_date`` reads it, or one without a year in ``fiscal_year``. InputError where it is none."""
    found = _YEARLESS.fullmatch(re.sub(r"\s", "", text))
    if found is None:
        return Held(parse_date(text))
    if fiscal_year is None:
        raise InputError(
            f"「{text}」は年が分かりません。",
            "「令和7年5月20日」のように年を書くか、「年度」の列か「令和7年度」の見出しを上に入れてください。",
        )
    month = int(found["month"])
    try:
        day = date(fiscal_year if month >= FISCAL_FIRST_MONTH else fiscal_year + 1, month, int(found["day"]))
    except ValueError:
        raise InputError(f"「{text}」という日はありません。", "日付を確かめてください。") from None
    if found["weekday"] and found["weekday"] != WEEKDAYS[day.weekday()]:
        raise InputError(
            f"「{text}」の曜日が、{fiscal_year_label(fiscal_year)}の暦と違います（{format_date(day, weekday=True)}）。",
            "年度か日付を確かめてください。",
        )
    return Held(day, needs_year=True)


def hours(value: Value) -> Hours:
    """「13:30～15:00」, 「午後1時30分から3時まで」, or the start alone."""
    if isinstance(value, time):
        return _checked(f"{value.hour:02}:{value.minute:02}", "", False)
    if isinstance(value, bool | float | date | timedelta):
        return Hours(trouble="時刻として読めません。「13:30～15:00」のように入力してください。")
    text = re.sub(r"\s", "", fold(str(value)))
    text = re.sub(r"まで|頃|ごろ|開会|開始|開催|終了|閉会", "", text).replace("正午", "12:00")
    text = text.replace("時00分", "時")
    if not text:
        return Hours()
    if text in NONE_WORDS:
        return Hours(notice=f"「{text}」は空として読みました。")
    parts = [part for part in _DASH.split(text) if part]
    if len(parts) not in (1, 2) or _DASH.match(text):
        return Hours(trouble=f"「{value}」は時刻として読めません。「13:30～15:00」のように入力してください。")
    try:
        starts, ends = parse_time(parts[0]), parse_time(parts[1]) if len(parts) == 2 else ""
    except InputError as error:
        return Hours(trouble=f"{error.message}{error.advice}")
    said = [bool(re.match(r"午前|午後|am|pm", part, re.IGNORECASE)) for part in parts]
    if ends and ends <= starts and said[0] and not said[1] and ends < "12:00":
        hour, minute = ends.split(":")
        later = f"{int(hour) + 12:02}:{minute}"
        if later > starts >= "12:00":
            return Hours(starts, later, notice=f"終わりの「{parts[1]}」も午後として読みました。")
    return _checked(starts, ends, said[0])


def _checked(starts: str, ends: str, is_certain: bool) -> Hours:
    if not is_certain and int(starts[:2]) < EARLIEST_HOUR:
        return Hours(
            trouble=f"「{starts}」が午前か午後か分かりません。「13:30」「午後1時30分」のように入力してください。"
        )
    if ends and ends <= starts:
        return Hours(trouble=f"終わり（{ends}）が始まり（{starts}）より前です。")
    return Hours(starts, ends)


def clock(value: Value) -> MeetingReading:
    """One time of day, as HH:MM."""
    found = hours(value)
    if found.ends_at:
        return MeetingReading(trouble="時刻が二つ書かれています。一つだけ入力してください。")
    return MeetingReading(found.starts_at, found.trouble, found.notice)


BEFORE_CIRCLED = 0x245F
"""The place before ① in Unicode."""


def number(value: Value) -> MeetingReading:
    """Which of the year: 「第3回」, 3, 三."""
    if isinstance(value, bool | float | date | time | timedelta):
        return MeetingReading(trouble="回として読めません。「第3回」「3」のように入力してください。")
    text = re.sub(r"\s", "", fold(str(value)))
    text = "".join(str(ord(one) - BEFORE_CIRCLED) if "①" <= one <= "⑳" else one for one in text)
    if not text:
        return MeetingReading()
    if text in NONE_WORDS:
        return MeetingReading(notice=f"「{text}」は空として読みました。")
    found = _NUMBER.fullmatch(text)
    counted = counted_number(found["number"]) if found else None
    if counted is None or not 1 <= counted <= MOST_TIMES:
        return MeetingReading(
            trouble=f"「{str(value).strip()}」は回として読めません。「第3回」「3」のように入力してください。"
        )
    return MeetingReading(counted)


def counted_number(word: str) -> int | None:
    """A number in figures, in a circle (①) or in kanji up to 九十九; None where it is none."""
    if "①" <= word <= "⑳":
        return ord(word) - BEFORE_CIRCLED
    if word.isdecimal():
        return int(fold(word))
    found = re.fullmatch(f"([{_KANJI}])?(十)?([{_KANJI}])?", word)
    if found is None or not word or (found[1] and found[3] and not found[2]):
        return None
    ones = _KANJI.index(found[3]) + 1 if found[3] else 0
    first = _KANJI.index(found[1]) + 1 if found[1] else 0
    return (first or 1) * 10 + ones if found[2] else first or ones


def headcount(value: Value) -> MeetingReading:
    """How many people were there: 「52名」, 52, 「約50」."""
    if isinstance(value, bool | date | time | timedelta):
        return MeetingReading(trouble="人数として読めません。数字で入力してください。")
    text = re.sub(r"\s", "", fold(str(value)))
    if not text:
        return MeetingReading()
    if text in NONE_WORDS or text in OPEN_WORDS:
        return MeetingReading(notice=f"「{text}」は空として読みました。")
    both = _GROUPS_AND_PEOPLE.fullmatch(text)
    if both:
        return MeetingReading(int(both["people"]), notice=f"「{text}」の人の数だけを読みました。")
    found = _PEOPLE.fullmatch(text)
    if found is None or (found["more"] and not found["unit"]):
        return MeetingReading(
            trouble=f"「{str(value).strip()}」から人数が決まりません。数字だけを入力してください。"
        )
    count = int(found["count"].replace(",", ""))
    if count > MOST_PEOPLE:
        return MeetingReading(trouble=f"人数が多すぎます（{MOST_PEOPLE:,}人まで）。")
    if found["about"] or found["about2"]:
        return MeetingReading(count, notice=f"「{text}」を{count}人として読みました。")
    if found["more"]:
        return MeetingReading(count, notice=f"「{found['more']}」を除いて読みました。")
    return MeetingReading(count)


def fiscal_year(value: Value) -> MeetingReading:
    """「令和7年度」, R7, 2025."""
    if isinstance(value, bool | float | date | time | timedelta):
        return MeetingReading(trouble="年度として読めません。「令和7年度」のように入力してください。")
    written = str(value).strip()
    if word_of(written) in DITTO:
        return MeetingReading(trouble=ditto(written).trouble)
    try:
        return MeetingReading(parse_fiscal_year(written)) if written else MeetingReading()
    except InputError as error:
        return MeetingReading(trouble=f"{error.message}{error.advice}")


def state(value: Value) -> MeetingReading:
    """Whether a meeting took place."""
    word = re.sub(r"\s", "", fold(str(value)))
    if not word:
        return MeetingReading()
    found = _STATES.get(word)
    if found is None:
        return MeetingReading(
            trouble=f"「{word}」から、開催したかどうかが分かりません。「開催」「中止」「予定」で入力してください。"
        )
    return MeetingReading(found)


def year_in(text: str) -> int | None:
    """The fiscal year that a title or a heading between rows names, if it names just one."""
    years = set()
    for found in _FISCAL_YEAR.finditer(fold(text)):
        try:
            years.add(parse_fiscal_year(found[0]))
        except InputError:
            return None
    return years.pop() if len(years) == 1 else None
