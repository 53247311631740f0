"""What a cell of a roster says: its value as the ledger keeps it, or why it cannot be taken. Pure.

Width, kana and wareki are folded for numbers and dates only; names and texts keep every character. What is not certain is
not taken, and what was taken with an assumption says so in its notice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.calendar import format_date, parse_date
from app.errors import InputError
from app.importing.safe_workbook import Value
from app.text import clean, fold, search_key
from db.vocabulary import Opening


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says. ``trouble`` is why it was not understood, ``notice`` what was taken for granted; both Japanese."""

    value: str | date | bool | Opening | None = None
    trouble: str = ""
    notice: str = ""


NONE_WORDS = frozenset(
    {
        "なし",
        "無し",
        "無",
        "ナシ",
        "-",
        "―",
        "—",
        "–",
        "ー",
        "−",
        "‐",
        "該当なし",
        "特になし",
        "未設定",
        "空欄",
        "ありません",
        "/",
        "／",
        "*",
    }
)
"""Written where there is nothing."""
OPEN_WORDS = frozenset(
    {"未定", "不明", "調整中", "確認中", "欠員", "空席", "選出中", "?", "？", "??", "調査中", "検討中"}
)
"""Written where something is not known yet."""
DITTO = frozenset({"〃", "々", "同上", "″", "”", '"', '""', "同", "同じ", "上に同じ", "↑", "仝"})
"""Written for the cell above."""

_YES = frozenset(
    {
        "○",
        "◯",
        "〇",
        "o",
        "●",
        "◎",
        "✓",
        "✔",
        "☑",
        "レ",
        "れ",
        "1",
        "true",
        "はい",
        "有",
        "あり",
        "使用",
        "使用中",
        "yes",
        "y",
        "利用",
    }
)
_NO = frozenset(
    {
        "×",
        "x",
        "✕",
        "✖",
        "-",
        "―",
        "ー",
        "−",
        "0",
        "false",
        "いいえ",
        "無",
        "なし",
        "無し",
        "未使用",
        "no",
        "n",
        "☐",
    }
)
_MARKS = frozenset({"○", "◯", "〇", "o", "●", "◎", "✓", "✔", "☑"})
_KANA = re.compile(r"[\u3040-\u30ffー・\s\uff61-\uff9f()（）、,]+")


def text(value: Value, *, one_line: bool = False) -> Reading:
    """Text as it was typed; outer blanks and what no file can hold are dropped."""
    if isinstance(value, bool):
        return Reading(trouble="「真・偽」の値になっています。文字で入力してください。")
    if isinstance(value, date):
        shown = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return Reading(trouble=f"日付（{format_date(shown.date())}）になっています。文字で入力してください。")
    if isinstance(value, time | timedelta):
        return Reading(trouble="時刻になっています。文字で入力してください。")
    if isinstance(value, int | float):
        return Reading(str(value), notice=f"数値「{value}」を文字として読みました。")
    kept = clean(value).strip()
    if one_line and "\n" in kept:
        joined = "".join(line.strip() for line in kept.split("\n"))
        return Reading(joined, notice="セルの中の改行をつめて読みました。")
    return Reading(kept)


def plain(value: Value) -> Reading:
    """A line of text."""
    return text(value, one_line=True)


def numeric_text(value: Value) -> Reading:
    """Text for which a number is as good: 100 for a fee."""
    found = text(value)
    return Reading(found.value, found.trouble) if isinstance(value, int) else found


def name(value: Value) -> Reading:
    """A name, every character kept. Marks that stand for a name are no name."""
    found = plain(value)
    word = word_of(found.value)
    if found.trouble or not word:
        return found
    if word in DITTO or word in NONE_WORDS or word in OPEN_WORDS:
        return Reading(trouble=f"「{found.value}」は名前として読めません。名前を入力してください。")
    if not re.search(r"\w", word):
        return Reading(trouble=f"「{found.value}」は名前として読めません。")
    return found


def kana(value: Value) -> Reading:
    """A reading, as typed; what is no kana is pointed out."""
    found = plain(value)
    kept = str(found.value or "")
    if word_of(kept) in NONE_WORDS | OPEN_WORDS and kept:
        return Reading("", notice=f"「{kept}」は空として読みました。")
    if kept in DITTO:
        return ditto(kept)
    if kept and not found.trouble and not _KANA.fullmatch(kept):
        return Reading(kept, notice="かなでない文字が入っています。")
    return found


def day(value: Value) -> Reading:
    """A day, by Western or Japanese year."""
    if isinstance(value, datetime):
        return Reading(value.date(), notice="時刻を除いて読みました。")
    if isinstance(value, date):
        return Reading(value)
    if isinstance(value, bool | float | time | timedelta):
        return Reading(trouble="日付として読めません。「令和8年4月1日」のように入力してください。")
    written = str(value).strip()
    if isinstance(value, str) and word_of(written) in NONE_WORDS:
        return Reading(None, notice=f"「{written}」は空として読みました。")
    try:
        return Reading(parse_date(written)) if written else Reading()
    except InputError as error:
        return Reading(trouble=f"{error.message}{error.advice}")


def opening(value: Value, heading: str = "") -> Reading:
    """常設 or 非常設; under a heading 「常設」 a mark is enough."""
    found = plain(value)
    word = search_key(str(found.value or "")).replace(" ", "")
    if found.trouble or not word:
        return found
    for one in Opening:
        if word == search_key(one.label):
            return Reading(one)
    if word in _MARKS and search_key(heading).strip() in ("常設", "非常設"):
        return Reading(Opening.PERMANENT if search_key(heading).strip() == "常設" else Opening.OCCASIONAL)
    return Reading(trouble=f"「{found.value}」が常設か非常設か分かりません。")


def flag(value: Value) -> Reading:
    """A mark for yes or no."""
    if isinstance(value, bool):
        return Reading(value)
    found = plain(value)
    if found.trouble:
        return found
    word = search_key(str(found.value or "")).strip()
    if not word:
        return Reading()
    if word in _YES or word in _NO:
        return Reading(word in _YES)
    return Reading(trouble=f"「{found.value}」が「はい」か「いいえ」か分かりません。○か×で入力してください。")


def channel(value: Value) -> Reading:
    """The address of a channel, several on lines of their own; a mark where it is used without one."""
    found = text(value)
    if found.trouble or not found.value:
        return found
    word = search_key(str(found.value)).strip()
    if word in _NO or word in NONE_WORDS:
        return Reading("")
    return Reading("○") if word in _YES else found


def hours(value: Value) -> Reading:
    """Opening hours as text; a time of Excel's as it is shown."""
    if isinstance(value, time):
        return Reading(f"{value.hour}:{value.minute:02}", notice="時刻を文字として読みました。")
    return text(value)


def list_word(value: Value) -> Reading:
    """The name of a category, district, area or service type."""
    found = text(value)
    word = str(found.value or "")
    if "\n" in word:
        return Reading(trouble="一つのセルに改行があります。一つだけ書いてください。")
    if word in NONE_WORDS:
        return Reading("", notice=f"「{word}」は空として読みました。")
    if word in OPEN_WORDS:
        return Reading(trouble=f"「{word}」は名前として読めません。")
    return found


def ditto(word: str) -> Reading:
    return Reading(trouble=f"「{word}」は読めません。上と同じ内容を入力してください。")


def word_of(value: object) -> str:
    return fold(str(value or "")).strip()


def guarded(reader: Callable[[Value], Reading]) -> Callable[[Value], Reading]:
    """``reader`` for free texts, in which a mark for the cell above is not understood."""

    def read(value: Value) -> Reading:
        found = reader(value)
        return ditto(str(found.value)) if isinstance(found.value, str) and found.value in DITTO else found

    return read
