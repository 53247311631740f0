"""文書番号 from its pattern. Pure."""

from __future__ import annotations

import re

from app.calendar import fiscal_year_label
from app.errors import InputError

_PLACE = re.compile(r"\{([^{}]*)\}")
PLACES = ("年度", "年", "番号")
"""What a pattern may hold in braces: 令和8年度, the year's number 8, and the running number."""


def document_number(pattern: str, fiscal_year: int, number: int) -> str:
    """``pattern`` filled in: ``"{年}こ家第{番号}号"`` gives 8こ家第12号. InputError where it names an unknown place."""
    unknown = [name for name in _PLACE.findall(pattern) if name not in PLACES]
    if unknown:
        raise InputError(
            f"文書番号の型に、使えない言葉「{{{unknown[0]}}}」があります。",
            "使えるのは {年度}・{年}・{番号} です。",
        )
    label = fiscal_year_label(fiscal_year)
    year = label.removesuffix("年度")[2:]
    return _PLACE.sub(lambda found: {"年度": label, "年": year, "番号": str(number)}[found[1]], pattern)
