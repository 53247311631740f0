"""年度 and 元号: what the office writes, what it reads, and what it refuses."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar import (
    ERAS,
    DateStyle,
    first_day,
    fiscal_year_label,
    fiscal_year_of,
    format_date,
    format_span,
    holiday_name,
    last_day,
    parse_date,
    parse_fiscal_year,
    period_label,
)
from app.errors import InputError

DAYS = st.dates(date(1868, 1, 25), date(2200, 12, 31))
YEARS = st.integers(1870, 2200)
TO_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


@pytest.mark.parametrize(
    ("fiscal_year", "label"),
    [
        (2026, "令和8年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
        (2005, "平成17年度"),
    ],
)
def test_a_fiscal_year_is_called_by_the_era_at_the_end_of_its_western_year(
    fiscal_year: int, label: str
) -> None:
    assert fiscal_year_label(fiscal_year) == label


def test_a_period_names_both_its_ends() -> None:
    assert period_label(2026, 2030) == "令和8年度～令和12年度"


@given(DAYS)
def test_a_day_lies_within_the_fiscal_year_it_is_counted_to(day: date) -> None:
    year = fiscal_year_of(day)
    assert first_day(year) <= day <= last_day(year)
    assert (last_day(year) - first_day(year)).days in (364, 365)


@given(YEARS)
def test_every_label_of_a_fiscal_year_is_read_back(year: int) -> None:
    assert parse_fiscal_year(fiscal_year_label(year)) == year
    assert parse_fiscal_year(str(year).translate(TO_WIDE)) == year


@pytest.mark.parametrize(
    ("text", "fiscal_year"),
    [
        ("令和8年度", 2026),
        ("R8", 2026),
        ("r８年度", 2026),
        ("2026", 2026),
        ("2026年度", 2026),
        ("８", 2026),
        ("元", 2019),
        ("令和元年度", 2019),
        ("平成31年度", 2019),
        ("昭和64年", 1989),
        (" 令和 8 年度 ", 2026),
    ],
)
def test_fiscal_years_are_read_as_people_write_them(text: str, fiscal_year: int) -> None:
    assert parse_fiscal_year(text) == fiscal_year


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("平成32年度", "令和2年度（2020）です"),
        ("令和0年度", "という年はありません"),
        ("26", "西暦4桁でも和暦でもありません"),
        ("らいねん", "年度として読めません"),
        ("", "年度として読めません"),
        ("9999", "という年はありません"),
    ],
)
def test_fiscal_years_that_are_none_are_refused_with_the_reason_and_an_example(text: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_fiscal_year(text)
    assert said in refused.value.message
    assert "令和8年度" in refused.value.advice


def test_days_are_written_in_each_style() -> None:
    day = date(2026, 11, 21)
    assert format_date(day) == "令和8年11月21日"
    assert format_date(day, weekday=True) == "令和8年11月21日(土)"
    assert format_date(day, DateStyle.WAREKI_SHORT) == "R8.11.21"
    assert format_date(day, DateStyle.SEIREKI, weekday=True) == "2026年11月21日(土)"
    assert format_date(date(2019, 5, 1)) == "令和元年5月1日"
    assert format_date(date(2019, 4, 30)) == "平成31年4月30日"
    assert format_date(date(1872, 12, 31)) == "1872年12月31日"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 4, 1), date(2027, 3, 31), "令和8年4月1日から令和9年3月31日まで"),
        (date(2026, 4, 1), None, "令和8年4月1日から"),
        (None, date(2027, 3, 31), "令和9年3月31日まで"),
        (None, None, ""),
    ],
)
def test_a_span_of_days_leaves_out_an_open_end(first: date | None, last: date | None, words: str) -> None:
    assert format_span(first, last) == words


@pytest.mark.parametrize(
    "text",
    [
        "令和8年11月21日(土)",
        "令和8年11月21日（土・祝）",
        "令和８年１１月２１日　土曜日",
        "R8.11.21",
        "Ｒ８．１１．２１",
        "r8/11/21",
        "R8-11-21",
        "令8.11.21",
        "㋿8年11月21日",
        "2026/11/21",
        "2026-11-21",
        "２０２６ー１１ー２１",
        "2026・11・21",
        "20261121",
        "２０２６１１２１",
        "2026年11月21日",
        " 2026 年 11 月 21 日 (土)",
    ],
)
def test_a_day_is_read_however_people_write_it(text: str) -> None:
    assert parse_date(text) == date(2026, 11, 21)


@given(DAYS, st.sampled_from(DateStyle), st.booleans(), st.booleans())
def test_whatever_is_written_is_read_back_in_any_width(
    day: date, style: DateStyle, weekday: bool, wide: bool
) -> None:
    text = format_date(day, style, weekday)
    assert parse_date(text.translate(TO_WIDE) if wide else text) == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("令和8年11月21日(日)", "曜日が違います。令和8年11月21日(土)です"),
        ("平成31年5月1日", "2019年5月1日は令和元年5月1日です"),
        ("令和元年4月30日", "2019年4月30日は平成31年4月30日です"),
        ("2026/2/29", "という日はありません"),
        ("R8.13.1", "という日はありません"),
        ("R0.1.1", "という年はありません"),
        ("R9999.1.1", "という年はありません"),
        ("26/11/21", "西暦4桁でも和暦でもありません"),
        ("11/21", "日付として読めません"),
        ("きのう", "日付として読めません"),
        ("", "日付として読めません"),
        ("明治5年1月1日", "西暦で書いてください"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason_and_an_example(text: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_date(text)
    assert said in refused.value.message
    assert "例：" in refused.value.advice


@given(st.text(max_size=12) | st.text("0123456789年月日度元RrHS令和./-()土", max_size=16))
def test_no_text_does_worse_than_being_refused(text: str) -> None:
    for parse in (parse_date, parse_fiscal_year):
        with contextlib.suppress(InputError):
            parse(text)


def test_eras_follow_each_other() -> None:
    assert [era.name for era in ERAS] == ["明治", "大正", "昭和", "平成", "令和"]
    assert sorted(era.first_day for era in ERAS) == [era.first_day for era in ERAS]


def test_holidays_are_named() -> None:
    assert holiday_name(date(2026, 11, 23)) == "勤労感謝の日"
    assert holiday_name(date(2026, 11, 21)) is None
