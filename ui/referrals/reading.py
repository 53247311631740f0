"""The つなぎ of a year as the page shows them: every text is worked out here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.calendar import fiscal_year_label, format_month
from app.office import Reader
from app.organisations import queries as organisation_queries
from app.referrals import queries
from app.referrals.queries import ReferralRow
from app.referrals.sums import month_sums, months
from reports.document import Chart, ChartKind, Ink, Series
from ui.widgets.organisation_field import OrganisationChoice, organisation_choices
from ui.widgets.record_list import ListLine

WIDEST = "12月"
"""The widest words of the list's first column."""

YEAR = 1
"""In place of a month's key: the whole year."""


@dataclass(frozen=True, slots=True)
class Found:
    """The referrals of a year and of the year before, and the organisations in the order of their kana."""

    fiscal_year: int
    rows: tuple[ReferralRow, ...]
    before: tuple[ReferralRow, ...]
    organisations: tuple[OrganisationChoice, ...]
    is_empty: bool
    """Whether the ledger holds no referral at all."""

    @property
    def names(self) -> dict[int, str]:
        """The organisations' names by their ids."""
        return {one.id: one.name for one in self.organisations}

    @property
    def months(self) -> tuple[date, ...]:
        """The months of the year."""
        return months(self.fiscal_year)

    def last_before(self, month: date) -> tuple[ReferralRow, ...]:
        """The rows of the last month before ``month`` of which something was recorded."""
        earlier = [row for row in (*self.before, *self.rows) if row.month < month]
        last = max((row.month for row in earlier), default=None)
        return tuple(row for row in earlier if row.month == last)


def read(reader: Reader, fiscal_year: int) -> Found:
    """Read what the page shows of a year."""
    everything = queries.referrals(reader)
    years = {fiscal_year: months(fiscal_year), fiscal_year - 1: months(fiscal_year - 1)}
    return Found(
        fiscal_year,
        tuple(row for row in everything if row.month in years[fiscal_year]),
        tuple(row for row in everything if row.month in years[fiscal_year - 1]),
        organisation_choices(organisation_queries.organisations(reader)),
        not everything,
    )


def month_of_referral(reader: Reader, referral_id: int) -> date | None:
    """In which month's table a referral stands."""
    return next((row.month for row in queries.referrals(reader) if row.id == referral_id), None)


def key_of(month: date) -> int:
    """A month as the list names it."""
    return month.year * 100 + month.month


def month_of_key(key: int) -> date:
    """The month behind its key."""
    return date(key // 100, key % 100, 1)


def first_shown(found: Found, today: date) -> int:
    """The month with which the page opens: today's, else the last of which something was recorded, else the first."""
    this = today.replace(day=1)
    recorded = [row.month for row in found.rows]
    return key_of(this if this in found.months else max(recorded, default=found.months[0]))


def lines(found: Found) -> list[ListLine]:
    """The whole year, then its months."""
    sums = month_sums(found.rows, found.months)
    then = month_sums(found.before, months(found.fiscal_year - 1))
    total = sum(value or 0 for value in sums)
    before = sum(value or 0 for value in then)
    listed = [ListLine(YEAR, "年度", _two(f"合計 {total}件", before), "", "")]
    for month, value, value_before in zip(found.months, sums, then, strict=True):
        pairs = sum(row.month == month for row in found.rows)
        words = "（未入力）" if value is None else f"{value}件・{pairs}組"
        listed.append(ListLine(key_of(month), f"{month.month}月", _two(words, value_before), "", ""))
    return listed


def chart(found: Found) -> Chart:
    """The families of each month, beside the year before."""
    sums = month_sums(found.rows, found.months)
    before = month_sums(found.before, months(found.fiscal_year - 1))
    series = [Series(fiscal_year_label(found.fiscal_year), sums, Ink.ACCENT)]
    if any(value is not None for value in before):
        series.append(Series(fiscal_year_label(found.fiscal_year - 1), before, Ink.MUTED))
    words = "、".join(
        f"{month.month}月 {value}件"
        for month, value in zip(found.months, sums, strict=True)
        if value is not None
    )
    return Chart(
        ChartKind.LINE,
        "月ごとの件数",
        tuple(f"{month.month}月" for month in found.months),
        tuple(series),
        "件",
        words or "まだ入力がありません。",
    )


def counted(rows: Sequence[ReferralRow]) -> str:
    """「8組・23件」."""
    return f"{len(rows)}組・{sum(row.count for row in rows)}件"


def before_words(rows: Sequence[ReferralRow]) -> str:
    """Which month stands in the column 前回, and what it came to."""
    return f"前回は{format_month(rows[0].month)}（{counted(rows)}）です。" if rows else ""


def _two(words: str, before: int | None) -> str:
    return f"{words}\n前年度 {before}件" if before else f"{words}\n "
