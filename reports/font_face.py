"""A bundled TrueType file as reportlab wants it: the same answers as its own reader, with the large tables read in one go.

reportlab reads every character, width and glyph of a font by itself, a seventh of the time that a paper takes, and keeps
three times the file in memory. The layout of the tables is that of the OpenType specification.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Callable

from reportlab.pdfbase.ttfonts import TTFontFace


class FontFace(TTFontFace):
    """The face of a font with a format 12 ``cmap`` and long offsets, as all bundled fonts have them."""

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: ARG002, N802, N803 - the name is reportlab's
        """As in reportlab: names and measures of the font, then its characters, their widths, and where the glyphs lie."""
        super().extractInfo(charInfo=0)
        table: Callable[[str], bytes] = self.get_table
        self.charToGlyph = _characters(table("cmap"))
        if 0x20 in self.charToGlyph:
            # reportlab prints a no-break space as a space.
            self.charToGlyph[0xA0] = self.charToGlyph[0x20]
        full = struct.unpack_from(">H", table("hhea"), 34)[0]
        self.hmetrics = _Metrics(table("hmtx"), full)
        self.charWidths = _Widths(self.charToGlyph, self.hmetrics, 1000 / self.unitsPerEm)
        self.defaultWidth = self.hmetrics[0][0] * 1000 / self.unitsPerEm
        self.glyphPos = _offsets(table("loca"))


class _Metrics:
    """Glyph → (advance width, left side bearing), unpacked when it is asked for."""

    def __init__(self, table: bytes, full: int) -> None:
        self._table, self._full = table, full

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        if glyph < self._full:
            advance, bearing = struct.unpack_from(">HH", self._table, 4 * glyph)
            return advance, bearing
        # The last glyphs share the advance of the last one that has its own.
        (advance,) = struct.unpack_from(">H", self._table, 4 * (self._full - 1))
        (bearing,) = struct.unpack_from(">H", self._table, 4 * self._full + 2 * (glyph - self._full))
        return advance, bearing


class _Widths(dict[int, float]):
    """Character code → width in thousandths of the font size, filled as codes are asked for."""

    def __init__(self, glyphs: dict[int, int], metrics: _Metrics, scale: float) -> None:
        super().__init__()
        self._glyphs, self._metrics, self._scale = glyphs, metrics, scale

    def __missing__(self, code: int) -> float:
        width = self[code] = self._metrics[self._glyphs[code]][0] * self._scale
        return width

    def get(self, code: int, default: float | None = None) -> float | None:  # type: ignore[override]
        """The width of ``code``, or ``default`` where the font does not have it."""
        return self[code] if code in self._glyphs else default


def _characters(cmap: bytes) -> dict[int, int]:
    """Character code → glyph, from the format 12 subtable."""
    for number in range(struct.unpack_from(">H", cmap, 2)[0]):
        (start,) = struct.unpack_from(">L", cmap, 8 + 8 * number)
        if struct.unpack_from(">H", cmap, start)[0] == 12:
            break
    else:
        raise ValueError("the font has no format 12 cmap")
    (groups,) = struct.unpack_from(">L", cmap, start + 12)
    found: dict[int, int] = {}
    for first, last, glyph in struct.iter_unpack(">LLL", cmap[start + 16 : start + 16 + 12 * groups]):
        if first == last:
            found[first] = glyph
        else:
            found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return found


def _offsets(loca: bytes) -> array[int]:
    """Where each glyph begins in the outlines, and the end of the last one."""
    offsets = array("I", loca)
    if sys.byteorder == "little":
        offsets.byteswap()
    return offsets
