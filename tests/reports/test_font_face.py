"""reports.font_face: the bundled fonts are read as reportlab reads them."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.ttfonts import TTFontFace

import resources
from reports import fonts
from reports.font_face import FontFace


@pytest.mark.parametrize("file", fonts.FILES.values())
def test_characters_widths_and_outlines_are_those_of_the_file(file: str) -> None:
    path = str(resources.path(file))
    ours, theirs = FontFace(path), TTFontFace(path)
    assert ours.charToGlyph == theirs.charToGlyph
    assert {code: ours.charWidths[code] for code in theirs.charWidths} == theirs.charWidths
    assert list(ours.glyphPos) == theirs.glyphPos
    # reportlab gives the last glyphs, which share one advance, that advance in another unit.
    full = max(glyph for glyph, (advance, _) in enumerate(theirs.hmetrics) if isinstance(advance, int)) + 1
    assert [ours.hmetrics[glyph] for glyph in range(full)] == theirs.hmetrics[:full]
    assert [ours.hmetrics[glyph][1] for glyph in range(full, len(theirs.hmetrics))] == [
        bearing for _, bearing in theirs.hmetrics[full:]
    ]
    assert ours.defaultWidth == theirs.defaultWidth


def test_a_character_that_the_font_lacks_has_the_default_width() -> None:
    widths = FontFace(str(resources.path(fonts.FILES[fonts.REGULAR]))).charWidths
    assert widths.get(ord("字"), 0.0) == 1000
    assert widths.get(0x10FFFF, 0.0) == 0.0
