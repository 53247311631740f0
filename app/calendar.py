"""年度 and 元号: in which fiscal year a day lies, and how days and years are written and read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.errors import InputError
from app.text import fold
from db.vocabulary import Labelled


@dataclass(frozen=True, slots=True)
class Era:
    """元号. ``first_day`` is its first day in the Gregorian calendar."""

    name: str
    letter: str
    first_day: date

    def year(self, western: int) -> int:
        """The year of this era that begins in, or contains, the ``western`` year."""
        return western - self.first_day.year + 1


ERAS = (
    Era("明治", "M", date(1868, 1, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("令和", "R", date(2019, 5, 1)),
)
"""The eras since 明治, oldest first."""

GREGORIAN_SINCE = date(1873, 1, 1)
"""明治6年1月1日, from which Japan counts by the Gregorian calendar; days before have no wareki here."""

FISCAL_FIRST_MONTH = 4
LAST_BARE_YEAR = 19
"""Up to this a number alone is a year of the present era; 26 may as well be meant for 2026 or 平成26年."""

WEEKDAYS = "月火水木金土日"

DATE_EXAMPLE = "例：令和8年11月21日、R8.11.21、2026/11/21"
FISCAL_YEAR_EXAMPLE = "例：令和8年度、R8、2026"

_ERA_WORDS = {word: era for era in ERAS for word in (era.name, era.letter, era.name[0])} | {
    "㍾": ERAS[0],
    "㍽": ERAS[1],
    "㍼": ERAS[2],
    "㍻": ERAS[3],
    "㋿": ERAS[4],
}
_ERA = "(?P<era>" + "|".join(sorted(_ERA_WORDS, key=len, reverse=True)) + ")"
_YEAR = r"(?P<year>\d{1,4}|元)"
_WEEKDAY = rf"(?:\(?(?P<weekday>[{WEEKDAYS}])(?:曜日?)?(?:・?祝)?\)?)?"
# A Japanese keyboard gives ー for the minus key, ・ for the slash and 。 for the dot.
_SIGN = r"[./\-‐‑−–ー・。]"
_DATE_FORMS = tuple(
    re.compile(form + _WEEKDAY, re.IGNORECASE)
    for form in (
        rf"{_ERA}?{_YEAR}年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日?",
        rf"{_ERA}?{_YEAR}{_SIGN}(?P<month>\d{{1,2}}){_SIGN}(?P<day>\d{{1,2}})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    )
)
# 八年四月二十日, 二〇二六年; not the 一 of a weekday or a name.
_KANJI = "〇一二三四五六七八九"
_KANJI_NUMBER = re.compile("[〇一二三四五六七八九十]+(?=[年月日])")
_FISCAL_YEAR = re.compile(rf"{_ERA}?{_YEAR}(?:年度?)?", re.IGNORECASE)


class DateStyle(Labelled):
    """How days are written; ``label`` shows the style by an example."""

    WAREKI = "wareki", "和暦（令和8年11月21日）"
    WAREKI_SHORT = "wareki_short", "和暦・略記（R8.11.21）"
    SEIREKI = "seireki", "西暦（2026年11月21日）"


def fiscal_year_of(day: date) -> int:
    """The fiscal year in which ``day`` lies: the Western year in which it begins, on April 1."""
    return day.year if day.month >= FISCAL_FIRST_MONTH else day.year - 1


def first_day(fiscal_year: int) -> date:
    """April 1."""
    return date(fiscal_year, FISCAL_FIRST_MONTH, 1)


def last_day(fiscal_year: int) -> date:
    """March 31 of the next Western year."""
    return date(fiscal_year + 1, 3, 31)


def fiscal_year_label(fiscal_year: int) -> str:
    """令和8年度. A year in which an era changed bears the new one: 2019 is 令和元年度.

    It began in 平成31年, and the network's timeline writes 「31(令和元)年度」; 平成31年度 is read as well.
    """
    era = _era_of(date(fiscal_year, 12, 31))
    return f"{era.name}{_year_word(era.year(fiscal_year))}年度" if era else f"{fiscal_year}年度"


def period_label(first: int, last: int) -> str:
    """令和8年度～令和12年度, both ends included."""
    return f"{fiscal_year_label(first)}～{fiscal_year_label(last)}"


def format_date(day: date, style: DateStyle = DateStyle.WAREKI, weekday: bool = False) -> str:
    """``day`` as people write it: 令和8年11月21日(土) with ``weekday``; a first year is 元年.

    Days before the Gregorian calendar came are written with the Western year in every style.
    """
    era = _era_of(day) if day >= GREGORIAN_SINCE else None
    if style is DateStyle.WAREKI_SHORT:
        year = f"{era.letter}{era.year(day.year)}" if era else str(day.year)
        text = f"{year}.{day.month}.{day.day}"
    else:
        in_era = era is not None and style is DateStyle.WAREKI
        year = f"{era.name}{_year_word(era.year(day.year))}" if era and in_era else str(day.year)
        text = f"{year}年{day.month}月{day.day}日"
    return f"{text}({WEEKDAYS[day.weekday()]})" if weekday else text


def format_month(day: date) -> str:
    """The month of ``day``: 令和8年11月."""
    return format_date(day.replace(day=1)).removesuffix("1日")


def format_span(first: date | None, last: date | None) -> str:
    """令和8年4月1日から令和9年3月31日まで, both days included; an open end (None) is left out, nothing where both are."""
    since = f"{format_date(first)}から" if first else ""
    until = f"{format_date(last)}まで" if last else ""
    return since + until


def parse_date(text: str) -> date:
    """The day that a person wrote, by era or Western year, in any width, with or without weekday.

    Raises InputError where it is no date, names a day that does not exist or lies in another era, or
    where the weekday is another: nothing is guessed.
    """
    plain = _KANJI_NUMBER.sub(_digits, re.sub(r"\s", "", fold(text)))
    found = next((match for form in _DATE_FORMS if (match := form.fullmatch(plain))), None)
    if found is None:
        raise _refused(f"「{text.strip()}」は日付として読めません。", DATE_EXAMPLE)
    era_word = found.groupdict().get("era")
    year = _western_year(text, era_word, found["year"], DATE_EXAMPLE)
    try:
        day = date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        raise _refused(f"「{text.strip()}」という日はありません。", DATE_EXAMPLE) from None
    if era_word:
        _check_era(_ERA_WORDS[era_word.upper()], day)
    if found["weekday"] and found["weekday"] != WEEKDAYS[day.weekday()]:
        actual = format_date(day, weekday=True)
        raise _refused(f"「{text.strip()}」の曜日が違います。{actual}です。", DATE_EXAMPLE)
    return day


def _digits(found: re.Match[str]) -> str:
    """A number in kanji as digits, by tens (三十一) or figure by figure (二〇二六); as it stands where it is neither."""
    word = found[0]
    tens = re.fullmatch("([二三四五六七八九]?)(十)?([一二三四五六七八九]?)", word)
    if tens and tens[2]:
        return str((_KANJI.index(tens[1]) if tens[1] else 1) * 10 + (_KANJI.index(tens[3]) if tens[3] else 0))
    return word if "十" in word else "".join(str(_KANJI.index(letter)) for letter in word)


def parse_fiscal_year(text: str) -> int:
    """The fiscal year that a person wrote: 令和8年度, R8, 2026, in any width; a bare 8 is of the present era.

    Raises InputError where it is no year, lies outside of its era, or it may be of either count (26).
    """
    found = _FISCAL_YEAR.fullmatch(re.sub(r"\s", "", fold(text)))
    if found is None:
        raise _refused(f"「{text.strip()}」は年度として読めません。", FISCAL_YEAR_EXAMPLE)
    era_word = found["era"]
    if era_word is None and (found["year"] == "元" or int(found["year"]) <= LAST_BARE_YEAR):
        era_word = ERAS[-1].name
    year = _western_year(text, era_word, found["year"], FISCAL_YEAR_EXAMPLE)
    era = _ERA_WORDS[era_word.upper()] if era_word else None
    if era and not _touches(era, year):
        label = fiscal_year_label(year)
        raise _refused(f"{text.strip()}という年度はありません。{label}（{year}）です。", FISCAL_YEAR_EXAMPLE)
    return year


def holiday_name(day: date) -> str | None:
    """The name of the national holiday on ``day`` (勤労感謝の日, 振替休日), or nothing."""
    import jpholiday

    return jpholiday.is_holiday_name(day)


def is_day_off(day: date) -> bool:
    """Whether public offices are closed: on Saturdays, Sundays, national holidays, and from December 29 to January 3.

    Source: 地方自治法第4条の2.
    """
    is_turn_of_the_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() >= 5 or is_turn_of_the_year or holiday_name(day) is not None


def _touches(era: Era, fiscal_year: int) -> bool:
    """Whether a day of ``era`` lies in ``fiscal_year`` or in the Western year after which that is called."""
    following = next((other for other in ERAS if other.first_day > era.first_day), None)
    began_later = last_day(fiscal_year) < era.first_day
    ended_before = following is not None and following.first_day <= date(fiscal_year, 1, 1)
    return not began_later and not ended_before


def _era_of(day: date) -> Era | None:
    return next((era for era in reversed(ERAS) if era.first_day <= day), None)


def _year_word(year: int) -> str:
    return "元" if year == 1 else str(year)


def _western_year(text: str, era_word: str | None, year_word: str, example: str) -> int:
    year = 1 if year_word == "元" else int(year_word)
    if era_word is None:
        if len(year_word) != 4:
            raise _refused(f"「{text.strip()}」の年が西暦4桁でも和暦でもありません。", example)
        western = year
    else:
        western = _ERA_WORDS[era_word.upper()].first_day.year + year - 1
    if year == 0 or not date.min.year <= western < date.max.year:
        raise _refused(f"「{text.strip()}」という年はありません。", example)
    return western


def _check_era(era: Era, day: date) -> None:
    if day < GREGORIAN_SINCE:
        raise _refused("明治6年1月1日より前の日付は、西暦で書いてください。", "例：1872年12月31日")
    actual = _era_of(day)
    if actual is not era:
        western = format_date(day, DateStyle.SEIREKI)
        raise _refused(f"元号が合いません。{western}は{format_date(day)}です。", DATE_EXAMPLE)


def _refused(message: str, example: str) -> InputError:
    return InputError(message, f"次のように入力してください（{example}）。")
