"""How wide Japanese text is before any font has measured it: in columns, and in lines of a cell."""

from __future__ import annotations

import re
import unicodedata

from reports.document import Align

# Measured on BIZ UDPGothic: digits 0.75 em, capitals 0.76 on average, small letters 0.62, 、。（） 0.53.
_BROAD_EM, _NARROW_EM = 0.76, 0.62
_CLOSE_SET = frozenset("、。，．・「」『』（）【】〔〕［］")
_TOKEN = re.compile(r"[\x21-\x7e]+|.", re.DOTALL)


def columns_of(text: str) -> int:
    """The half-width columns that ``text`` takes: wide and ambiguous characters two, combining marks none."""
    return sum(_columns(character) for character in text)


def pad(text: str, width: int, align: Align = Align.LEFT) -> str:
    """``text`` filled with blanks to ``width`` columns; longer text is left as it is."""
    missing = max(0, width - columns_of(text))
    if align is Align.RIGHT:
        return " " * missing + text
    if align is Align.CENTRE:
        return " " * (missing // 2) + text + " " * (missing - missing // 2)
    return text + " " * missing


def length_of(text: str, size: float) -> float:
    """About how long one line of ``text`` is at ``size`` points, in points; rather too long than too short."""
    return sum(_em(character) for character in text) * size


def lines_in(text: str, width: float, size: float) -> int:
    """How many lines ``text`` takes at ``size`` points in a cell ``width`` points wide; at least one.

    Words of Latin letters are kept whole where they fit; a little of the width is held back for 禁則.
    """
    usable = max(width - 0.6 * size, size)
    return sum(_lines_in_paragraph(paragraph, usable, size) for paragraph in text.split("\n"))


def _lines_in_paragraph(text: str, usable: float, size: float) -> int:
    lines, filled = 1, 0.0
    for token in _TOKEN.findall(text):
        length = length_of(token, size)
        if filled + length <= usable:
            filled += length
        elif length <= usable:
            lines, filled = lines + 1, length
        else:
            wrapped = int((filled + length) // usable)
            lines, filled = lines + wrapped, (filled + length) % usable
    return lines


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def _em(character: str) -> float:
    columns = _columns(character)
    if columns == 2:
        return _NARROW_EM if character in _CLOSE_SET else 1.0
    return (_BROAD_EM if character.isdigit() or character.isupper() else _NARROW_EM) * columns
